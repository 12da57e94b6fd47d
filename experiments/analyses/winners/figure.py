"""The figure of winners and losers: better less worse off, group by group."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.analyses.winners.words import WORDS
from experiments.charts import style
from experiments.charts.panels import ACROSS, finish, grid, half_intervals, wrapped
from experiments.study.plan import Plan
from experiments.text.language import _, said
from experiments.text.names import policy_names


def balance_chart(plan: Plan, table: pd.DataFrame) -> Figure | None:
    """A panel for each of three policies, a dot a group, with the corrected interval."""
    called, parts = policy_names(plan), dict([*table.groupby("policy", sort=False)][:ACROSS])
    groups = list(dict.fromkeys(table["group"]))
    labels = wrapped(said(WORDS[name]) for name in groups)
    figure, axes = grid(1, len(parts), labels, wrapped(called[policy] for policy in parts))
    for ax, (policy, part) in zip(axes.flat, parts.items(), strict=True):
        panel(ax, part.set_index("group").reindex(groups).reset_index())
        ax.set_title("\n".join(wrapped([called[policy]])), fontsize=9.5)
        finish(ax, labels)
    figure.set_size_inches(figure.get_size_inches()[0], 2 + 0.4 * len(labels))
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
