"""The frontier as a figure: cash against problems, supporters and the wait, as they differ."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from kring.experiments.charts import style
from kring.experiments.charts.panels import WIDE, column
from kring.experiments.study.budget import CASH
from kring.experiments.study.plan import Plan
from kring.experiments.text.language import _
from kring.experiments.text.names import outcome_name

SHOWN = ("problems", "supporters", "wait")


def frontier_chart(plan: Plan, table: pd.DataFrame) -> Figure | None:
    """A panel for each outcome under the other, a dot a combination, lines where 95% lie."""
    shown = [name for name in SHOWN if name in table]
    if not shown:
        return None
    figure, axes = column([2.6] * len(shown), above=1.5, sharex=True)
    lived = table["policy"].notna()
    tried, best = table[~lived], table[lived]
    frontier = tried[tried["on_frontier"].astype(bool)]
    for ax, name in zip(axes, shown, strict=True):
        ax.plot(tried[f"{CASH}_difference"], tried[f"{name}_difference"], "o",
                color=style.GREY, alpha=0.4, markersize=3)  # fmt: skip
        crosses(ax, frontier, name, style.BLUE, "o", 0.35)
        crosses(ax, best, name, style.ORANGE, "s", 1.0)
        ax.plot(0, 0, "D", color="black")
        ax.axvline(table["ceiling"].iloc[0] - table[CASH].iloc[0], color=style.GREY, linestyle=":")
        ax.set_title(style.panel_title(name, WIDE), fontsize=10.5)
        style.plain_numbers(ax.xaxis)
        style.numbers_of(name, ax.yaxis)
    note = _(
        "As they differ from today (diamond); across: {cash} (EUR). Blue: tried in a few sets, and "
        "no other costs as little and does better in {aim}; orange: the best, in all sets. Lines: "
        "95% of the sets. Dotted: the budget"
    ).format(cash=outcome_name(CASH), aim=outcome_name(plan.outcomes[0]))
    style.under(figure, note)
    return figure


def crosses(ax: Axes, table: pd.DataFrame, name: str, colour: str, mark: str, deep: float) -> None:
    """Dots with lines both ways, between which 95% of the sets lie."""
    x, y = (table[f"{one}_difference"] for one in (CASH, name))
    ends = [
        np.array([middle - table[f"{one}_low"], table[f"{one}_high"] - middle])
        for one, middle in ((CASH, x), (name, y))
    ]
    ax.errorbar(x, y, ends[1], ends[0], fmt="none", ecolor=colour, alpha=deep, linewidth=1)
    ax.plot(x, y, mark, color=colour, markersize=4.5)
