"""Rotterdam: the study's table, published against simulated, and the trajectories behind it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from experiments import figures
from experiments.experiment import Experiment, Setting, Tables
from simulation.evidence import figure
from simulation.parameters import Parameters
from simulation.policy import Policy
from simulation.rows import ENTRANCES
from simulation.run import simulate
from simulation.study import WAVES, against_evidence, repeat_study
from simulation.town import Town

ROUTES = {"team": Policy.preset("wijkteam"), "conference": Policy.preset("eigen_kracht")}
COLUMNS = ["statistic", "group", "moment", "published", "simulated", "low", "high", "inside"]
REPEATS = 100  # studies held in each simulated town
ASKED = 45
FROM_WEEK = 8  # before it too few have entered for a mean

ROUTE_NAMES = {
    "en": {"team": "neighbourhood team (WT)", "conference": "family group conference (EKC)"},
    "nl": {"team": "wijkteam (WT)", "conference": "Eigen Kracht-conferentie (EKC)"},
}
PUBLISHED = {  # outcome -> route of entry -> evidence at either wave
    "problems": {"team": ("E13", "E15"), "conference": ("E12", "E14")},
    "supporters": {"team": ("E21", "E23"), "conference": ("E20", "E22")},
}
TEXT = {
    "problems": {"en": "problems per client", "nl": "problemen per cliënt"},
    "supporters": {"en": "supporters per client", "nl": "steungevers per cliënt"},
    "week": {"en": "week of the study", "nl": "week van het onderzoek"},
    "published": {"en": "published (interviews)", "nl": "gepubliceerd (interviews)"},
    "band": {
        "en": "band: 95% of means of 45 clients",
        "nl": "band: 95% van gemiddelden van 45 cliënten",
    },
    "lines": {
        "en": "line: mean of all simulated clients, who enter in weeks 1 to 52",
        "nl": "lijn: gemiddelde van alle gesimuleerde cliënten, instroom in week 1 tot 52",
    },
}


def band_of_means(counts: np.ndarray, luck: np.random.Generator) -> tuple[float, float]:
    """Where 95% of the means of 45 clients lie, from numbers of clients by count."""
    share = counts / counts.sum()
    means = luck.multinomial(ASKED, share, 1000) @ np.arange(len(share)) / ASKED
    low, high = np.quantile(means, [0.025, 0.975])
    return float(low), float(high)


def trajectories(weekly: pd.DataFrame, spread: np.ndarray) -> pd.DataFrame:
    """Mean problems and supporters by week and route; for problems, the band of 45 people."""
    luck = np.random.Generator(np.random.Philox(key=[45, 0]))
    rows = []
    for i, entrance in enumerate(ENTRANCES):
        part = weekly[weekly["entrance"] == entrance].set_index("week")
        for week in range(FROM_WEEK, len(spread) + 1):
            low, high = band_of_means(spread[week - 1, i], luck)
            problems, supporters = part.loc[week, ["problems", "supporters"]]
            rows.append((entrance, week, "problems", problems, low, high))
            rows.append((entrance, week, "supporters", supporters, np.nan, np.nan))
    return pd.DataFrame(rows, columns=["entrance", "week", "outcome", "mean", "low", "high"])


def who_entered(kept: list[np.ndarray]) -> pd.DataFrame:
    """Clients by route of entry: how they differ before anything is done."""
    rows = np.concatenate(kept)
    table = []
    for i, entrance in enumerate(ENTRANCES):
        part = rows[rows["entrance"] == i]
        table.append(
            {
                "entrance": entrance,
                "clients_a_year": len(part) / len(kept),
                "problems_at_entry": part["problems_at_entry"].mean(),
                "low_education": part["low_education"].mean(),
                "assistance": part["assistance"].mean(),
                "with_children": (part["children"] > 0).mean(),
                "latent_network": part["n_ties"].mean(),
            }
        )
    return pd.DataFrame(table)


def town_of(setting: Setting) -> Town:
    """Rotterdam; a quick one has few clients, so more of them by conference."""
    town = Town.preset("rotterdam", clients=setting.clients)
    return town.replace(conference_share=0.2) if setting.quick else town


def compute(setting: Setting, progress: Callable[[int], Any]) -> Tables:
    """Simulate the study's two years in several towns and hold the study many times in each."""
    town = town_of(setting)
    parameters = Parameters.preset(setting.parameters)
    studies, weekly, kept, spread = [], [], [], 0
    for seed in setting.seeds:
        result = simulate(
            town, ROUTES, seed=seed, parameters=parameters, keep=[WAVES[0]], episodes=False
        )
        studies.append(repeat_study(result, 30 if setting.quick else REPEATS))
        weekly.append(result.weekly_by_entrance)
        kept.append(result.client_rows)
        spread = spread + result.spread
        progress(1)
    mean = pd.concat(weekly).groupby(["entrance", "week"], as_index=False).mean()
    full = against_evidence(pd.concat(studies))
    return {
        "table": full[COLUMNS],
        "fit": full[["id", *COLUMNS, "role", "deviation", "fits"]],
        "trajectories": trajectories(mean, spread),
        "weekly": mean,
        "who_entered": who_entered(kept),
    }


def readable(table: pd.DataFrame) -> pd.DataFrame:
    """The table with words and two decimals, as printed."""
    marks = {"input": " (input)", "calibrate": " (fitted)", "validate": ""}
    ordering = table["published"].isna()
    published = table["published"].map("{:.2f}".format).mask(ordering, "yes")
    simulated = table["simulated"].map("{:.2f}".format)
    simulated = simulated.mask(ordering, table["simulated"].map("{:+.2f}".format))
    span = table["low"].map("{:.2f}".format) + " to " + table["high"].map("{:.2f}".format)
    role = table["role"].map(marks) if "role" in table else ""
    return pd.DataFrame(
        {
            "statistic": table["statistic"] + role,
            "group": table["group"],
            "moment": table["moment"],
            "published": published,
            "simulated": simulated,
            "95% of studies": span,
            "inside": table["inside"].map({True: "yes", False: "NO"}),
        }
    )


def trajectory_figure(tables: Tables, outcome: str, language: str) -> plt.Figure:
    """One outcome over the weeks, with what the interviews found."""
    table = tables["trajectories"]
    table = table[table["outcome"] == outcome]
    chart, ax = plt.subplots(figsize=(8, 4.6))
    names = ROUTE_NAMES[language]
    figures.lines_with_bands(ax, table, "week", "mean", "entrance", names)
    for i, entrance in enumerate(names):
        values = [figure(e) for e in PUBLISHED[outcome][entrance]]
        label = f"{TEXT['published'][language]}, {('WT', 'EKC')[i]}"
        marker = "os"[i]
        ax.plot(
            WAVES,
            values,
            marker,
            color=figures.COLOURS[i],
            markeredgecolor="black",
            markersize=(11, 7)[i],  # both show where they meet
            label=label,
            zorder=5,
            clip_on=False,
        )
    ax.set_ylim(bottom=0)
    ax.set_xticks(range(0, 105, 26))
    ax.set_xlabel(TEXT["week"][language])
    ax.set_title(TEXT[outcome][language])
    note = TEXT["lines"][language]
    if outcome == "problems":
        note += "; " + TEXT["band"][language]
    chart.supxlabel(note, fontsize=8.5, color=figures.GREY, x=0.01, ha="left")
    figures.number_format(ax, language)
    ax.legend(loc="best")
    return chart


def draw(tables: Tables, folder: Path) -> None:
    """Trajectories of both routes, supporters, and the table as a picture."""
    for outcome in ("problems", "supporters"):
        figures.in_both_languages(
            lambda language, outcome=outcome: trajectory_figure(tables, outcome, language),
            folder,
            outcome,
        )
    with figures.style():
        picture = figures.table_picture(
            readable(tables["fit"]),
            "The Rotterdam study: published and simulated",
            list(tables["fit"]["inside"]),
            [0.47, 0.17, 0.13, 0.08, 0.08, 0.12, 0.06],
        )
        figures.save(picture, folder, "table", "en")


def reading(tables: Tables) -> str:
    """What fits and what does not, by role."""
    fit = tables["fit"]
    lines = []
    for role, name in (("calibrate", "fitted rows"), ("validate", "rows never fitted")):
        part = fit[fit["role"] == role]
        lines.append(f"Of {len(part)} {name}, {int(part['inside'].sum())} lie inside the interval.")
        for row in part[~part["inside"]].itertuples():
            lines.append(f"- Outside: {row.statistic} ({row.group}, {row.moment}).")
    off = fit[(fit["role"] == "calibrate") & ~fit["fits"] & fit["inside"]]
    for row in off.itertuples():
        what = f"{row.statistic} ({row.group}, {row.moment})"
        lines.append(f"- More than 10% from the published mean: {what}: {row.deviation:+.0%}.")
    return "\n".join(lines)


EXPERIMENT = Experiment(
    name="rotterdam",
    question="What did the study measure, and what does the simulation make of it?",
    compute=compute,
    draw=draw,
    reading=reading,
    town=town_of,
    policies=ROUTES,
    runs=lambda setting: len(setting.seeds),
)
