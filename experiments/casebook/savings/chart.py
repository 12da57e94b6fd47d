"""The figure of savings: returns per euro by year, and the net saving over all years."""

from textwrap import fill

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.casebook.savings.sums import years_of
from experiments.charts import style
from experiments.charts.panels import half_intervals
from experiments.study.plan import Plan
from experiments.text.language import _
from experiments.text.names import policy_names

TITLE = 42  # letters on a line of a title


def savings_chart(plan: Plan, table: pd.DataFrame) -> Figure:
    """Left returns per euro by year, right the net saving of all years together."""
    figure, (left, right) = plt.subplots(1, 2, figsize=(12.5, 5.4))
    first, *names = policy_names(plan).values()
    years = years_of(plan)
    draw_policies(left, right, plan, table, names)
    left.axhline(1, color=style.GREY, linestyle=":")
    left.axhline(0, color="black", linewidth=0.8)
    left.set_title(_("cash saved per euro of cash invested"))
    left.set_xlabel(_("year"))
    right.axvline(0, color="black", linewidth=0.8)
    net = _("net saving of cash per client (EUR), {years} years together").format(years=years)
    right.set_title(fill(net, TITLE))
    right.set_ylim(len(names) - 0.5, -0.5)
    right.grid(axis="x")
    right.grid(axis="y", visible=False)
    for ax in (left, right):
        style.number_format(ax)
    left.set_xticks(range(1, years + 1))
    right.set_yticks(range(len(names)), names)
    handles, labels = left.get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside upper center", ncols=3)
    note = _(
        "by year; against '{first}', on the same people; bars: 95% of the sets, or of the towns of "
        "one set; 1: what is invested comes back"
    )
    figure.supxlabel(note.format(first=first), fontsize=9, color=style.GREY)
    return figure


def draw_policies(
    left: Axes, right: Axes, plan: Plan, table: pd.DataFrame, names: list[str]
) -> None:
    """A mark for each policy but the first: by year, and over all years."""
    for i, policy in enumerate(plan.policies[1:]):
        own = table[table["policy"] == policy.name]
        mark, colour = "osD^v"[i % 5], style.COLOURS[i % 6]
        by_year, together = own[own["year"] > 0], own[own["year"] == 0]
        left.errorbar(
            by_year["year"] + (i - 2) * 0.1, by_year["returns"], yerr=spans(by_year, "returns"),
            label=names[i], capsize=2, fmt=mark, color=colour,
        )  # fmt: skip
        right.errorbar(
            together["net"], [i], xerr=spans(together, "net"), capsize=3, fmt=mark, color=colour
        )


def spans(part: pd.DataFrame, name: str) -> np.ndarray:
    """Lengths of the bars around a value, below and above."""
    return half_intervals(part, name, f"{name}_low", f"{name}_high")
