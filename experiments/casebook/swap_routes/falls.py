"""Falls in problems by route and group of clients, and what the difference is made of."""

from textwrap import fill

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from kring.experiments.analyses.paired import SPREAD, of_policy, over_sets
from kring.experiments.charts import style
from kring.experiments.charts.panels import TITLE, half_intervals
from kring.experiments.study.plan import Plan
from kring.experiments.text.language import Word, _, said
from kring.experiments.text.names import policy_names
from kring.simulation.rows import ENTRANCES

TEAM, CONFERENCE, NOBODY = "wijkteam", "conference, all accept", "natural recovery alone"
GROUPS = {
    "team": Word("clients of the team", "cliënten van het wijkteam"),
    "conference": Word("clients of the conference", "cliënten van de conferentie"),
}


def fall_table(plan: Plan, runs: pd.DataFrame) -> pd.DataFrame:
    """Falls by policy and group of clients, and between what 95% of the sets lie."""
    rows = []
    for policy in plan.policies:
        found = of_policy(plan, runs, policy.name)
        for group in ENTRANCES:
            rows.append((policy.name, group, *over_sets(plan, found[f"fall_{group}"])[:3]))
    return pd.DataFrame(rows, columns=["route", "clients", "fall", "low", "high"])


def split_table(plan: Plan, runs: pd.DataFrame) -> pd.DataFrame:
    """The difference in fall between the groups as they were helped, and its three parts.

    The parts add up in each town and set; their medians over sets needn't. `natural recovery` is
    the groups' difference where no professional comes and nobody is asked; `route` is the mean over
    both groups of what the conference does beyond the team; `who entered` is what remains, the
    groups' difference under the same help beyond natural recovery.
    """
    team, conference, alone = (of_policy(plan, runs, n) for n in (TEAM, CONFERENCE, NOBODY))
    observed = conference["fall_conference"] - team["fall_team"]
    natural = alone["fall_conference"] - alone["fall_team"]
    route = (conference - team)[["fall_team", "fall_conference"]].mean(axis=1, skipna=False)
    parts = {
        "observed difference": observed,
        "route": route,
        "who entered": observed - natural - route,
        "natural recovery": natural,
    }
    rows = [(name, *over_sets(plan, values)) for name, values in parts.items()]
    return pd.DataFrame(rows, columns=["part", "problems", *SPREAD])


def fall_chart(plan: Plan, table: pd.DataFrame) -> Figure:
    """A pair of bars for each route: both groups of clients."""
    figure, ax = plt.subplots(figsize=(style.WIDTH, 4.2))
    labels = [fill(name, 14) for name in policy_names(plan).values()]
    for j, (group, words) in enumerate(GROUPS.items()):
        part = table[table["clients"] == group]
        errors = half_intervals(part, "fall")
        ax.bar(
            np.arange(len(part)) + (j - 0.5) * 0.38, part["fall"], 0.36, yerr=errors, capsize=3,
            color=style.COLOURS[j], hatch=("", "//")[j], edgecolor="white", label=said(words),
        )  # fmt: skip
    ax.set_axisbelow(True)
    ax.axhline(0, color="black", linewidth=0.8)
    ax.set_xticks(range(len(labels)), labels)
    title = _("fall in problems per client, from entry to the end of year 2")
    ax.set_title(fill(title, TITLE))
    style.plain_numbers(ax.yaxis)
    figure.legend(loc="outside upper left")
    note = _("bars: the middle, with its 95% interval")
    style.under(figure, note)
    return figure
