"""The frontier as a figure: cash against problems, supporters and the wait."""

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.figure import Figure

from experiments.charts import style
from experiments.study.plan import Plan
from experiments.text.language import _
from experiments.text.names import outcome_name

SHOWN, TITLE = ("problems", "supporters", "wait"), 38


def frontier_chart(plan: Plan, table: pd.DataFrame) -> Figure | None:
    """A panel for each outcome under the other, a dot a combination."""
    shown = [name for name in SHOWN if name in table]
    if not shown:
        return None
    figure, axes = plt.subplots(
        len(shown), 1, figsize=(6.2, 3 * len(shown)), sharex=True, squeeze=False
    )
    for ax, name in zip(axes.flat, shown, strict=True):
        best = table[table["on_frontier"]].sort_values("cash")
        ax.plot(table["cash"], table[name], "o", color=style.GREY, alpha=0.4, markersize=4)
        ax.plot(best["cash"], best[name], "o-", color=style.BLUE, markersize=5)
        ax.plot(table["cash"].iloc[0], table[name].iloc[0], "D", color="black")
        ax.axvline(table["ceiling"].iloc[0], color=style.GREY, linestyle=":")
        ax.set_title(style.panel_title(name, TITLE), fontsize=10.5)
        for axis in (ax.xaxis, ax.yaxis):
            style.plain_numbers(axis)
    note = _(
        "{cash} (EUR); blue: no other costs as little and does better in {aim}; diamond: as today; "
        "dotted: the budget"
    ).format(cash=outcome_name("cash"), aim=outcome_name(plan.outcomes[0]))
    style.under(figure, note)
    return figure
