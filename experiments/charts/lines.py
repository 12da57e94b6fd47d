"""Along one quantity: a panel for each outcome, a line for what each policy changes."""

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from kring.experiments.charts import style
from kring.experiments.charts.panels import DARK, WIDE, column
from kring.experiments.study.plan import Plan
from kring.experiments.study.quantities import KINDS, Value
from kring.experiments.text.language import ENGLISH, _, said, spoken
from kring.experiments.text.names import note, policy_names, quantity_name, quantity_unit
from kring.experiments.text.periods import looked_at

SHOWN = 3  # outcomes in a figure of lines
HEIGHT = 2.3  # inches of a panel


def line_chart(plan: Plan, table: pd.DataFrame) -> Figure:
    """A panel for each of three outcomes by the value of what varies, a line for each policy.

    Lines are differences, from the same policy at its own value or from the first policy.
    """
    (factor,) = plan.design.factors
    shown, names, own = plan.outcomes[:SHOWN], policy_names(plan), own_values(plan, factor)
    if not own:
        names.pop(plan.policies[0].name)
    chart, axes = column([HEIGHT] * len(shown), above=1.2 + 0.2 * len(names), sharex=True)
    for ax, name in zip(axes, shown, strict=True):
        part = table[table["outcome"] == name].sort_values(factor).copy()
        part["chance"] = part["chance"].where(part["share"].notna())
        style.lines_with_bands(ax, part, factor, "difference", "policy", names)
        ax.axhline(0, color=DARK, linewidth=0.8)
        for value in own:
            ax.axvline(float(value), color=style.GREY, linestyle=":", linewidth=1)
        ax.set_title(style.panel_title(name, WIDE))
        style.plain_numbers(ax.xaxis)
        style.numbers_of(name, ax.yaxis)
        ax.xaxis.set_major_locator(MaxNLocator(7, steps=[1, 2, 5, 10]))
    if len(names) > 1:
        chart.legend(*axes[0].get_legend_handles_labels(), loc="outside upper left")
    note = caption(bool(own), plan.is_ensemble)
    note = note.format(when=looked_at(plan), first=said(plan.policies[0].label))
    note += style.left_out(len(shown), len(plan.outcomes))
    chart.supxlabel(
        f"{style.in_lines(along(factor), chart)}\n{style.in_lines(note, chart)}", fontsize=9
    )
    return chart


def caption(with_itself: bool, over_sets: bool) -> str:
    """What is seen, where lines are compared with themselves or with the first one."""
    if over_sets and with_itself:
        return _(
            "{when}; lines: the difference from the value at the dotted line, on the same people; "
            "wide bands: 95% of the sets; narrow: what chance alone may do"
        )
    if over_sets:
        return _(
            "{when}; lines: the difference from ‘{first}’, on the same people; wide bands: 95% of "
            "the sets; narrow: what chance alone may do"
        )
    if with_itself:
        return _(
            "{when}; lines: the difference from the value at the dotted line, on the same people; "
            "bands: its 95% interval"
        )
    return _(
        "{when}; lines: the difference from ‘{first}’, on the same people; bands: its 95% interval"
    )


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
