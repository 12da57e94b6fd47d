"""The figure of the national poll: goals beside the poll, and outreach against pressure."""

from textwrap import fill

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from kring.experiments.analyses.base import Tables
from kring.experiments.casebook.national_poll.goals import BOUNDS, KEYS, goals_in_words, staffed
from kring.experiments.charts import style
from kring.experiments.charts.panels import TITLE, column, finish, wrapped
from kring.experiments.study.plan import Plan
from kring.experiments.text.language import _, said
from kring.simulation.evidence import figure as published

MARKS = "osD^v<"


def poll_chart(plan: Plan, tables: Tables) -> Figure:
    """Above the goals, below outreach."""
    figure, (left, right) = column([3.2, 3.2], above=1.8)
    goals_panel(left, plan, tables["goals"])
    outreach_panel(right, plan, tables["municipalities"])
    figure.legend(*left.get_legend_handles_labels(), loc="outside upper left")
    note = _(
        "above: bars: from strict to lenient bounds; diamond: the poll of 2019 (E40); below: a dot "
        "a municipality"
    )
    style.under(figure, note)
    return figure


def goals_panel(ax: Axes, plan: Plan, table: pd.DataFrame) -> None:
    """Shares of municipalities by goal, a mark for each policy of staff, beside the poll."""
    shares = table.set_index(["policy", "goal", "bounds"])["share"]
    for j, policy in enumerate(staffed(plan)):
        low, usual, high = (
            np.array([shares[policy.name, goal, how] for goal in KEYS]) for how in BOUNDS
        )
        ax.errorbar(
            usual, np.arange(len(KEYS)) + (j - 1.5) * 0.17, xerr=[usual - low, high - usual],
            fmt=MARKS[j % 6], capsize=3, color=style.COLOURS[j % 6], label=said(policy.label),
        )  # fmt: skip
    ax.plot(published("E40"), len(KEYS) - 1, "D", color="black", zorder=5)
    ax.set_title(fill(_("municipalities whose teams contribute (share)"), TITLE))
    ax.set_xlim(0, 1)
    finish(ax, wrapped(goals_in_words()))


def outreach_panel(ax: Axes, plan: Plan, asked: pd.DataFrame) -> None:
    """Outreach against cases per worker, a dot a municipality."""
    for j, policy in enumerate(staffed(plan)):
        part = asked[(asked["policy"] == policy.name) & (asked["outreach_wanted"] > 0)]
        ax.plot(
            part["cases"], part["given_outreach"], MARKS[j % 6],
            color=style.COLOURS[j % 6], alpha=0.25, markersize=3,
        )  # fmt: skip
    ax.set_title(_("outreach given, as pressure grows"))
    ax.set_xlabel(_("cases per full-time worker"))
    ax.set_ylabel(fill(_("share of the wanted outreach that was given"), TITLE), fontsize=9)
    style.number_format(ax)
