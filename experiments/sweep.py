"""Sweep one lever under several policies, paired with the value of today."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.ticker import MaxNLocator

from experiments import figures
from experiments.experiment import Setting
from simulation.comparison import compare
from simulation.parameters import Parameters
from simulation.policy import Policy
from simulation.town import Town

SHOWN = {
    "problems": {"en": "problems per client", "nl": "problemen per cliënt"},
    "supporters": {"en": "supporters per client", "nl": "steungevers per cliënt"},
    "cost": {"en": "cost per client (EUR)", "nl": "kosten per cliënt (euro)"},
}
AFTER = {"en": "after two years", "nl": "na twee jaar"}
PAIRED = {
    "en": "dotted: today's value; paired on the same clients; bands: 95% of the difference from it",
    "nl": "gestippeld: waarde van nu; gepaard op dezelfde cliënten; banden: 95% van het verschil",
}


def town_of(setting: Setting) -> Town:
    """Rotterdam without those who came for a conference."""
    return Town.preset("rotterdam", clients=setting.clients, conference_share=0.0)


def sweep(
    arms: Mapping[str, Policy],
    lever: str,
    values: Iterable[float],
    as_now: float,
    setting: Setting,
    progress: Callable[[int], Any],
) -> pd.DataFrame:
    """Outcomes after two years by arm and value, with paired differences from today's value.

    Returns
    -------
    DataFrame
        ``arm, <lever>, outcome, unit, value, difference, low, high``.
    """
    town = town_of(setting)
    parts = []
    for arm, policy in arms.items():
        order = [as_now, *(v for v in values if v != as_now)]
        found = compare(
            town,
            {f"{v:g}": policy.replace(**{lever: v}) for v in order},
            seeds=setting.seeds,
            parameters=Parameters.preset(setting.parameters),
            progress=progress,
        ).differences
        now = found.drop_duplicates("outcome").assign(
            policy=f"{as_now:g}", difference=0.0, low=0.0, high=0.0
        )
        now["value"] = now["baseline"]
        both = pd.concat([now, found]).assign(arm=arm)
        both[lever] = both["policy"].astype(float)
        parts.append(both)
    table = pd.concat(parts).sort_values(["arm", lever, "outcome"])
    return table[["arm", lever, "outcome", "unit", "value", "difference", "low", "high"]]


def sweep_figure(
    table: pd.DataFrame, lever: str, label: str, names: dict[str, str], language: str
) -> plt.Figure:
    """Three panels: problems, supporters and cost by the lever's value, a line an arm."""
    chart, axes = plt.subplots(1, 3, figsize=(12, 4.8))
    for ax, (outcome, words) in zip(axes, SHOWN.items(), strict=True):
        part = table[table["outcome"] == outcome].copy()
        # The band is that of the paired difference, laid around the value.
        part["low"] = part["value"] - part["difference"] + part["low"]
        part["high"] = part["value"] - part["difference"] + part["high"]
        figures.lines_with_bands(ax, part, lever, "value", "arm", names)
        now = part.loc[part["difference"].eq(0) & part["low"].eq(part["high"]), lever]
        ax.axvline(now.iloc[0], color=figures.GREY, linestyle=":", linewidth=1)
        ax.set_title(words[language])
        ax.set_ylim(bottom=0)
        figures.number_format(ax, language)
        ax.xaxis.set_major_locator(MaxNLocator(6, integer=True))
    handles, labels = axes[0].get_legend_handles_labels()
    chart.legend(handles, labels, loc="outside upper center", ncols=min(len(names), 2))
    chart.supxlabel(f"{label}\n{AFTER[language]}; {PAIRED[language]}", fontsize=9.5)
    return chart
