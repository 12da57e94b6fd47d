"""The figure of winners and losers: better less worse off, group by group."""

from textwrap import fill

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from kring.experiments.analyses.winners.words import WORDS
from kring.experiments.charts import style
from kring.experiments.charts.panels import TITLE, half_intervals, labelled, wrapped
from kring.experiments.study.plan import Plan
from kring.experiments.text.language import _, said
from kring.experiments.text.names import policy_names

POLICIES = 3  # in the figure


def balance_chart(plan: Plan, table: pd.DataFrame) -> Figure | None:
    """A panel for each of three policies, a dot a group, with the corrected interval.

    None where no group is told of.
    """
    if table.empty:
        return None
    called, parts = policy_names(plan), dict([*table.groupby("policy", sort=False)][:POLICIES])
    groups = list(dict.fromkeys(table["group"]))
    labels = wrapped(said(WORDS[name]) for name in groups)
    figure, axes = labelled([fill(called[policy], TITLE) for policy in parts], labels)
    for ax, part in zip(axes, parts.values(), strict=True):
        panel(ax, part.set_index("group").reindex(groups).reset_index())
    note = _(
        "of 100 clients of a group: better off less worse off, against ‘{first}’, on the same "
        "people; bars hold for all {n} groups together; grey: we don't know which way"
    )
    style.under(
        figure, note.format(first=called[plan.policies[0].name], n=int(table["groups"].max()))
    )
    return figure


def panel(ax: Axes, part: pd.DataFrame) -> None:
    """The groups of one policy."""
    ax.axvline(0, color="black", linewidth=0.8)
    times = part.assign(**{name: 100 * part[name] for name in part if name.startswith("balance")})
    bars = half_intervals(times, "balance", "balance_low", "balance_high")
    known = (part["balance_low"] > 0) | (part["balance_high"] < 0)
    for clear, colour in ((True, style.BLUE), (False, style.GREY)):
        rows = np.flatnonzero((known == clear) & part["balance"].notna())
        ax.errorbar(
            times["balance"].iloc[rows], rows, xerr=np.maximum(bars[:, rows], 0), fmt="o",
            color=colour, capsize=3,
        )  # fmt: skip
