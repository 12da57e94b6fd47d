"""Swap the routes: what of the difference is route, who entered, and natural recovery?"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from experiments import figures
from experiments.experiment import Experiment, Setting, Tables
from experiments.rotterdam import town_of
from simulation.comparison import interval
from simulation.parameters import Parameters
from simulation.policy import Policy
from simulation.rows import ENTRANCES
from simulation.run import simulate
from simulation.study import WAVES

TEAM = Policy.preset("wijkteam")
OFFERED = Policy.preset("eigen_kracht")
ROUTES = {
    "wijkteam": TEAM,
    "conference, all accept": OFFERED.replace(uptake=1),
    "conference, as offered": OFFERED,
}
NOBODY_THERE = {"client_hours": 0, "coordinator_hours": 0}
NOBODY = "natural recovery alone"
ARMS = (*ROUTES, NOBODY)
NAMES = {
    "en": {
        "wijkteam": "team",
        "conference, all accept": "conference,\nall accept",
        "conference, as offered": "conference,\nas offered",
        NOBODY: "natural\nrecovery",
    },
    "nl": {
        "wijkteam": "wijkteam",
        "conference, all accept": "conferentie,\nallen doen mee",
        "conference, as offered": "conferentie,\nzoals aangeboden",
        NOBODY: "natuurlijk\nherstel",
    },
}
GROUPS = {
    "en": {"team": "clients of the team", "conference": "clients of the conference"},
    "nl": {"team": "cliënten van het wijkteam", "conference": "cliënten van de conferentie"},
}
TITLE = {
    "en": "fall in problems per client, from entry to the end of year 2",
    "nl": "afname van problemen per cliënt, van instroom tot eind jaar 2",
}


def falls(rows: np.ndarray) -> list[float]:
    """Mean fall in problems from entry to the end, by route of entry."""
    fall = rows["problems_at_entry"] - rows["problems"]
    return [float(fall[rows["entrance"] == i].mean()) for i in range(len(ENTRANCES))]


def compute(setting: Setting, progress: Callable[[int], Any]) -> Tables:
    """Run every group by every route, and split the difference between the groups."""
    town = town_of(setting)
    parameters = Parameters.preset(setting.parameters)
    deserted = town.replace(**NOBODY_THERE)
    found = np.empty((len(ARMS), len(ENTRANCES), len(setting.seeds)))
    for k, seed in enumerate(setting.seeds):
        for i, arm in enumerate(ARMS):
            result = simulate(
                deserted if arm == NOBODY else town,
                ROUTES.get(arm, TEAM),
                WAVES[1],
                seed,
                parameters=parameters,
                episodes=False,
            )
            found[i, :, k] = falls(result.client_rows)
            progress(1)
    return {"falls": fall_table(found), "split": split_table(found)}


def fall_table(found: np.ndarray) -> pd.DataFrame:
    """Falls by arm and group of clients, with intervals over seeds."""
    rows = []
    for i, arm in enumerate(ARMS):
        for j, group in enumerate(ENTRANCES):
            mean, low, high = interval(found[i, j])
            rows.append((arm, group, mean, low, high))
    return pd.DataFrame(rows, columns=["route", "clients", "fall", "low", "high"])


def split_table(found: np.ndarray) -> pd.DataFrame:
    """The difference in fall between the groups as they were helped, and its three parts.

    The parts add up exactly: `natural recovery` is the groups' difference where no professional
    comes and nobody is asked; `route` is the mean over both groups of what the conference does
    beyond the team;
    `who entered` is what remains, the groups' difference under the same help beyond natural
    recovery.
    """
    team, conference = found[ARMS.index("wijkteam")], found[ARMS.index("conference, all accept")]
    alone = found[ARMS.index(NOBODY)]
    observed = conference[1] - team[0]
    natural = alone[1] - alone[0]
    route = ((conference[0] - team[0]) + (conference[1] - team[1])) / 2
    entered = observed - natural - route
    parts = {
        "observed difference": observed,
        "route": route,
        "who entered": entered,
        "natural recovery": natural,
    }
    rows = [(name, *interval(values)) for name, values in parts.items()]
    return pd.DataFrame(rows, columns=["part", "problems", "low", "high"])


def draw(tables: Tables, folder: Path) -> None:
    """Falls of both groups by every route."""

    def chart(language: str) -> plt.Figure:
        figure, ax = plt.subplots(figsize=(8, 4.6))
        table = tables["falls"]
        for j, (group, label) in enumerate(GROUPS[language].items()):
            part = table[table["clients"] == group].set_index("route").loc[list(ARMS)]
            x = np.arange(len(ARMS)) + (j - 0.5) * 0.38
            errors = [part["fall"] - part["low"], part["high"] - part["fall"]]
            ax.bar(
                x,
                part["fall"],
                0.36,
                yerr=np.nan_to_num(errors),
                capsize=3,
                color=figures.COLOURS[j],
                hatch=("", "//")[j],
                edgecolor="white",
                label=label,
            )
        ax.set_axisbelow(True)
        ax.axhline(0, color="black", linewidth=0.8)
        ax.set_xticks(range(len(ARMS)), [NAMES[language][arm] for arm in ARMS])
        ax.set_title(TITLE[language])
        figures.number_format(ax, language)
        ax.xaxis.set_major_formatter(plt.FixedFormatter([NAMES[language][a] for a in ARMS]))
        ax.legend()
        return figure

    figures.in_both_languages(chart, folder, "swap_routes")


def reading(tables: Tables) -> str:
    """The split in words."""
    lines = []
    for row in tables["split"].itertuples():
        lines.append(f"- {row.part}: {row.problems:+.2f} ({row.low:+.2f} to {row.high:+.2f})")
    return (
        "Problems that conference clients lose more than team clients, per client from entry to "
        "the end of year 2, and the parts of that difference:\n" + "\n".join(lines)
    )


EXPERIMENT = Experiment(
    name="swap_routes",
    question="What of the difference between the groups is route, who entered, natural recovery?",
    compute=compute,
    draw=draw,
    reading=reading,
    town=town_of,
    policies=ROUTES,
    runs=lambda setting: len(ARMS) * len(setting.seeds),
)
