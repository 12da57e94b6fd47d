"""Mechanisms: what does each contribute? Each is switched off in turn on the same people."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from experiments import figures
from experiments.experiment import Experiment, Setting, Tables
from experiments.rotterdam import ROUTES
from simulation.comparison import interval
from simulation.parameters import Parameters
from simulation.rows import ENTRANCES
from simulation.run import simulate
from simulation.town import Town

OUTCOMES = ("problems", "supporters", "professionals")
AS_IS = "as it is"


def town_of(setting: Setting) -> Town:
    """Rotterdam with more clients by conference, for means that few people would blur."""
    return Town.preset("rotterdam", clients=setting.clients, conference_share=0.1)


def compute(setting: Setting, progress: Callable[[int], Any]) -> Tables:
    """Both routes with every mechanism, and with each silenced; paired differences at the end."""
    town = town_of(setting)
    parameters = Parameters.preset(setting.parameters)
    arms = {AS_IS: parameters} | {m: parameters.without(m) for m in Parameters.mechanisms()}
    rows = []
    for seed in setting.seeds:
        for name, strengths in arms.items():
            result = simulate(town, ROUTES, seed=seed, parameters=strengths, episodes=False)
            last = result.weekly_by_entrance.query("week == @result.weeks").set_index("entrance")
            for entrance in ENTRANCES:
                for outcome in OUTCOMES:
                    rows.append((name, seed, entrance, outcome, last.loc[entrance, outcome]))
            progress(1)
    runs = pd.DataFrame(rows, columns=["without", "seed", "entrance", "outcome", "value"])
    return {"contributions": contributions(runs)}


def contributions(runs: pd.DataFrame) -> pd.DataFrame:
    """Difference that silencing each mechanism makes, with intervals over seeds."""
    keys = ["entrance", "outcome", "seed"]
    base = runs[runs["without"] == AS_IS].set_index(keys)["value"].sort_index()
    rows = []
    for (code, entrance, outcome), part in runs[runs["without"] != AS_IS].groupby(
        ["without", "entrance", "outcome"], sort=False
    ):
        change = (
            part.set_index(keys)["value"].sort_index()
            - base.loc[(entrance, outcome)].reindex(part["seed"]).to_numpy()
        )
        rows.append((code, entrance, outcome, *interval(change.to_numpy())))
    return pd.DataFrame(rows, columns=["without", "entrance", "outcome", "change", "low", "high"])


def draw(tables: Tables, folder: Path) -> None:
    """Changes in problems and supporters when each mechanism is silent."""
    words = {
        "en": ("problems, week 104", "supporters, week 104", "change without the mechanism"),
        "nl": ("problemen, week 104", "steungevers, week 104", "verandering zonder het mechanisme"),
    }
    routes = {"en": ("team", "conference"), "nl": ("wijkteam", "conferentie")}

    def chart(language: str) -> plt.Figure:
        figure, axes = plt.subplots(1, 2, figsize=(10, 6.2), sharey=True)
        table = tables["contributions"]
        codes = list(dict.fromkeys(table["without"]))
        for ax, outcome, title in zip(axes, OUTCOMES[:2], words[language][:2], strict=True):
            for j, entrance in enumerate(ENTRANCES):
                part = table[(table["outcome"] == outcome) & (table["entrance"] == entrance)]
                part = part.set_index("without").loc[codes]
                y = np.arange(len(codes)) + (j - 0.5) * 0.35
                errors = np.nan_to_num(
                    [part["change"] - part["low"], part["high"] - part["change"]]
                )
                ax.errorbar(
                    part["change"],
                    y,
                    xerr=errors,
                    fmt="os"[j],
                    color=figures.COLOURS[j],
                    label=routes[language][j],
                )
            ax.axvline(0, color="black", linewidth=0.8)
            ax.set_title(title)
            ax.grid(axis="x")
            figures.number_format(ax, language)
            ax.set_yticks(range(len(codes)), codes)
            ax.yaxis.set_major_formatter(plt.FixedFormatter(codes))
        axes[0].invert_yaxis()
        axes[1].legend()
        figure.supxlabel(words[language][2])
        return figure

    figures.in_both_languages(chart, folder, "mechanisms")


def reading(tables: Tables) -> str:
    """The mechanisms without which supporters change most, by route."""
    table = tables["contributions"]
    lines = []
    for entrance in ENTRANCES:
        part = table[(table["outcome"] == "supporters") & (table["entrance"] == entrance)]
        top = part.reindex(part["change"].abs().sort_values(ascending=False).index).head(4)
        said = ", ".join(f"{r.without} {r.change:+.2f}" for r in top.itertuples())
        lines.append(f"- {entrance}: supporters change most without {said}.")
    return "\n".join(lines)


EXPERIMENT = Experiment(
    name="mechanisms",
    question="What does each mechanism contribute to what comes out?",
    compute=compute,
    draw=draw,
    reading=reading,
    town=town_of,
    policies=ROUTES,
    runs=lambda setting: (len(Parameters.mechanisms()) + 1) * len(setting.seeds),
)
