"""The figure of the national poll: goals beside the poll, and outreach against pressure."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.analyses.base import Tables
from experiments.casebook.national_poll.goals import BOUNDS, KEYS, goals_in_words, staffed
from experiments.charts import style
from experiments.study.plan import Plan
from experiments.text.language import _, said
from simulation.evidence import figure as published

MARKS = "osD^v<"


def poll_chart(plan: Plan, tables: Tables) -> Figure:
    """Left the goals, right outreach."""
    figure, (left, right) = plt.subplots(1, 2, figsize=(12.5, 4.8))
    goals_panel(left, plan, tables["goals"])
    outreach_panel(right, plan, tables["municipalities"])
    handles, labels = left.get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside upper center", ncols=4)
    note = _(
        "left: bars: from strict to lenient bounds; diamond: the poll of 2019 (E40); right: a dot "
        "a municipality"
    )
    figure.supxlabel(note, fontsize=9, color=style.GREY)
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
    ax.set_title(_("municipalities whose teams contribute (share)"))
    ax.set_xlim(0, 1)
    ax.grid(axis="x")
    ax.grid(axis="y", visible=False)
    style.plain_numbers(ax.xaxis)
    ax.set_yticks(range(len(KEYS)), goals_in_words())
    ax.set_ylim(len(KEYS) - 0.5, -0.5)


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
    ax.set_ylabel(_("share of the wanted outreach that was given"))
    style.number_format(ax)
