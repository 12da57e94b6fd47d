"""The figure of savings: returns per euro by year, and the net saving over all years."""

from textwrap import fill

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from kring.experiments.casebook.savings.sums import years_of
from kring.experiments.charts import style
from kring.experiments.charts.panels import TITLE, column, finish, half_intervals, wrapped
from kring.experiments.study.plan import Plan
from kring.experiments.text.language import _
from kring.experiments.text.names import policy_names


def savings_chart(plan: Plan, table: pd.DataFrame) -> Figure:
    """Above returns per euro by year, below the net saving of all years together."""
    first, *names = policy_names(plan).values()
    labels = wrapped(names)
    figure, (left, right) = column([3, 0.9 + 0.42 * len(names)], above=1 + 0.2 * len(names))
    years = years_of(plan)
    draw_policies(left, right, plan, table, names)
    left.axhline(1, color=style.GREY, linestyle=":")
    left.axhline(0, color="black", linewidth=0.8)
    left.set_title(fill(_("cash saved per euro of cash invested"), TITLE))
    left.set_xlabel(_("year"))
    right.axvline(0, color="black", linewidth=0.8)
    net = _("net saving of cash per client (EUR), {years} years together").format(years=years)
    right.set_title(fill(net, TITLE))
    finish(right, labels)
    style.number_format(left)
    left.set_xticks(range(1, years + 1))
    figure.legend(*left.get_legend_handles_labels(), loc="outside upper left")
    note = _(
        "by year; against '{first}', on the same people; bars: 95% of the sets, or of the towns of "
        "one set; 1: what is invested comes back"
    )
    style.under(figure, note.format(first=first))
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
