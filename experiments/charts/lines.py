"""Along one quantity: a panel for each outcome, a line for each policy."""

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from experiments.charts import style
from experiments.study.plan import Plan
from experiments.study.quantities import KINDS, Value
from experiments.text.language import ENGLISH, _, spoken
from experiments.text.names import note, policy_names, quantity_name, quantity_unit
from experiments.text.periods import looked_at

SHOWN = 3  # outcomes in a figure of lines
TITLE = 38  # letters on a line above a panel


def line_chart(plan: Plan, table: pd.DataFrame) -> Figure:
    """A panel for each of three outcomes by the value of what varies, a line for each policy."""
    (factor,) = plan.design.factors
    shown, names, own = plan.outcomes[:SHOWN], policy_names(plan), own_values(plan, factor)
    chart, axes = plt.subplots(1, len(shown), figsize=(4 * len(shown), 4.8), squeeze=False)
    for ax, name in zip(axes.flat, shown, strict=True):
        part = table[table["outcome"] == name].sort_values(factor).copy()
        # The band is that of the paired difference, laid around the value.
        part["low"] = part["value"] - part["difference"] + part["low"]
        part["high"] = part["value"] - part["difference"] + part["high"]
        part["chance"] = part["chance"].where(part["share"].notna())
        style.lines_with_bands(ax, part, factor, "value", "policy", names)
        for value in own:
            ax.axvline(value, color=style.GREY, linestyle=":", linewidth=1)
        ax.set_title(style.panel_title(name, TITLE), fontsize=11)
        ax.set_ylim(bottom=min(0, part[["low", "value"]].min().min()))
        for axis in (ax.xaxis, ax.yaxis):
            style.plain_numbers(axis)
        ax.xaxis.set_major_locator(MaxNLocator(7, steps=[1, 2, 5, 10]))
    if len(names) > 1:
        handles, labels = axes[0, 0].get_legend_handles_labels()
        chart.legend(handles, labels, loc="outside upper center", ncols=min(len(names), 2))
    note = caption(bool(own), plan.is_ensemble).format(when=looked_at(plan))
    note += style.left_out(len(shown), len(plan.outcomes))
    chart.supxlabel(f"{along(factor)}\n{style.in_lines(note, chart)}", fontsize=9.5)
    return chart


def caption(with_itself: bool, over_sets: bool) -> str:
    """What is seen, where lines are compared with themselves or with the first one."""
    if over_sets and with_itself:
        return _(
            "{when}; dotted, upright: the value compared with; wide bands: 95% of the sets, of the "
            "difference from it on the same people; narrow: what chance alone may do"
        )
    if over_sets:
        return _(
            "{when}; wide bands: 95% of the sets, of the difference from the first line on the "
            "same people; narrow: what chance alone may do"
        )
    if with_itself:
        return _(
            "{when}; dotted, upright: the value compared with; bands: 95% of the difference from "
            "it, on the same people"
        )
    return _("{when}; bands: 95% of the difference from the first line, on the same people")


def own_values(plan: Plan, factor: str) -> list[Value]:
    """The values that lines are compared with, each line with itself; empty if not with itself."""
    levels = plan.design.factors[factor]
    every = range(len(plan.policies))
    found = {plan.design.compared_with(i, len(levels) - 1) for i in every}
    with_itself = {policy for policy, _ in found} == set(every)
    return sorted({levels[point] for _, point in found}) if with_itself else []


def along(factor: str) -> str:
    """What varies along a line, in words, with its unit."""
    kind, _dot, quantity = factor.partition(".")
    name = quantity_name(kind, quantity)
    if spoken() == ENGLISH:  # what it does says more than Kring's name for it
        does = KINDS[kind].model_fields[quantity].description or name
        first = does.partition(". ")[0].rstrip(".")
        name = f"{first[0].lower()}{first[1:]}"
        return f"{name} ({note(kind, quantity).get('unit', '')})"
    return f"{name} ({quantity_unit(kind, quantity)})"
