"""Charts where quantities are crossed, stand side by side, or take words: lines or dots."""

from itertools import product
from math import prod
from typing import NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from kring.experiments.charts import style
from kring.experiments.charts.lines import HEIGHT, SHOWN, along
from kring.experiments.charts.panels import DARK, WIDE, column, half_intervals
from kring.experiments.study.plan import Plan
from kring.experiments.study.quantities import Value
from kring.experiments.text.language import _, said
from kring.experiments.text.names import (
    factor_name,
    policy_names,
    quantity_name,
    quantity_unit,
    value_of,
)
from kring.experiments.text.numbers import plain
from kring.experiments.text.periods import looked_at
from kring.experiments.text.phrases import point_name

APART = 0.12  # between dots that stand at the same word
ROWS = 8  # of panels: more cannot be taken in


class Arrangement(NamedTuple):
    """Where things stand in the chart.

    Attributes
    ----------
    along : tuple of str
        Quantities along the horizontal axis: one, or those of a list, side by side.
    by : str
        Quantity of which each value is a line; empty if each policy is a line.
    ordered : bool
        Whether what is along the axis is in numbers, so that points can be joined.
    down : tuple of str
        Quantities of which each set of values is a row of panels.
    """

    along: tuple[str, ...]
    by: str
    ordered: bool
    down: tuple[str, ...] = ()


Line = tuple[int, str, set[int]]


class Row(NamedTuple):
    """A row of panels: what it is about, and its lines (policy, what it is called, its points)."""

    about: str
    lines: list[Line]


def arrangement(plan: Plan) -> Arrangement | None:
    """Where things stand; nothing if more varies than a chart can show."""
    factors = plan.design.factors
    words = {name: any(isinstance(v, str) for v in levels) for name, levels in factors.items()}
    if plan.design.changes_together:
        return Arrangement(tuple(factors), "", not any(words.values()))
    # A quantity in numbers lies along the axis.
    along, *rest = sorted(factors, key=lambda name: words[name])
    by, *down = rest or [""]
    if len(plan.policies) * prod(len(factors[name]) for name in down) > ROWS:
        return None
    return Arrangement((along,), by, not words[along], tuple(down))


def tick(point: dict[str, Value], at: Arrangement) -> str:
    """What a place on the axis is called."""
    if len(at.along) > 1:
        values = [point[name] for name in at.along]
        texts = [v if isinstance(v, str) else plain(v) for v in values]
        return " / ".join(texts)
    kind, _dot, quantity = at.along[0].partition(".")
    return value_of(kind, quantity, point[at.along[0]])


def places(plan: Plan, at: Arrangement) -> tuple[dict[int, float], list[str]]:
    """Where each point stands on the axis, and the words there; no words where numbers do."""
    every = plan.points
    if at.ordered and len(at.along) == 1:
        return {i: float(point[at.along[0]]) for i, point in enumerate(every)}, []
    words = [tick(point, at) for point in every]
    order = list(dict.fromkeys(words))
    return {i: float(order.index(word)) for i, word in enumerate(words)}, order


def points_with(plan: Plan, values: dict[str, Value]) -> set[int]:
    """The points that have these values."""
    return {i for i, point in enumerate(plan.points) if values.items() <= point.items()}


def rows_of_panels(plan: Plan, at: Arrangement) -> list[Row]:
    """Rows of panels: for each policy, each set of values of what is neither along nor a line.

    The first policy is left out where others are compared with it: its differences are none.
    """
    names = [*enumerate(policy_names(plan).values())][is_with_first(plan) :]
    if not at.by:
        return [Row("", [(i, name, points_with(plan, {})) for i, name in names])]
    levels, rows = plan.design.factors, []
    for (i, name), values in product(names, product(*(levels[n] for n in at.down))):
        here = dict(zip(at.down, values, strict=True))
        about = [name] * (len(names) > 1) + [point_name(here)] * bool(here)
        kind, _dot, quantity = at.by.partition(".")
        lines = [
            (i, value_of(kind, quantity, level), points_with(plan, {**here, at.by: level}))
            for level in levels[at.by]
        ]
        rows.append(Row("\n".join(about), lines))
    return rows


def line(ax: Axes, part: pd.DataFrame, label: str, i: int, ordered: bool) -> None:
    """One line of differences with its band, or one row of dots with their bars."""
    colour, dash = style.COLOURS[i % len(style.COLOURS)], style.DASHES[i % len(style.DASHES)]
    chance = part["chance"].where(part["share"].notna()).fillna(0)
    near = (part["difference"] - chance, part["difference"] + chance)
    if ordered:
        ax.plot(part["x"], part["difference"], color=colour, linestyle=dash, linewidth=2,
                marker="o", markersize=4, label=label)  # fmt: skip
        ax.fill_between(part["x"], part["low"], part["high"], color=colour, alpha=0.18, lw=0)
        ax.fill_between(part["x"], *near, color=colour, alpha=0.4, lw=0)
        return
    ax.errorbar(part["x"], part["difference"], yerr=half_intervals(part, "difference"), fmt="o",
                color=colour, capsize=3, label=label)  # fmt: skip
    ax.vlines(part["x"], *near, color=colour, linewidth=6, alpha=0.5)


def panel(
    ax: Axes,
    plan: Plan,
    part: pd.DataFrame,
    lines: list[Line],
    at: Arrangement,
    x: dict[int, float],
) -> None:
    """One outcome of a row of panels: what differs from zero."""
    ax.axhline(0, color=DARK, linewidth=0.8)
    for i, (policy, label, points) in enumerate(lines):
        own = part[part["policy"].eq(plan.policies[policy].name) & part["point"].isin(points)]
        shift = 0 if at.ordered else APART * (i - (len(lines) - 1) / 2)
        own = own.assign(x=own["point"].map(x) + shift).sort_values("x")
        line(ax, own, label, i, at.ordered)
        compared = {plan.design.compared_with(policy, point) for point in points}
        base = own[own["point"].isin({at for which, at in compared if which == policy})]
        if not is_with_first(plan):
            ax.plot(base["x"], base["difference"], "o", markerfacecolor="white", markersize=8,
                    color=style.COLOURS[i % len(style.COLOURS)])  # fmt: skip


def is_with_first(plan: Plan) -> bool:
    """Whether policies are compared with the first one at the same values."""
    last = len(plan.points) - 1
    with_what = plan.design.compared_with(len(plan.policies) - 1, last)[0]
    return len(plan.policies) > 1 and with_what == 0


def below(plan: Plan, at: Arrangement) -> str:
    """What is seen, and what it is compared with."""
    if is_with_first(plan):
        text = _(
            "{when}; the difference from ‘{first}’ at the same values, on the same people; {bars}: "
            "{range}"
        )
    else:
        text = _(
            "{when}; the difference from the values at the open circle, on the same people; "
            "{bars}: {range}"
        )
    span = _("its 95% interval")
    if plan.is_ensemble:
        span = _("95% of the sets; narrow: what chance alone may do")
    text = text.format(
        when=looked_at(plan), first=said(plan.policies[0].label), range=span,
        bars=_("bands") if at.ordered else _("bars"),
    )  # fmt: skip
    return text + style.left_out(min(SHOWN, len(plan.outcomes)), len(plan.outcomes))


def along_words(at: Arrangement) -> str:
    """What lies along the axis."""
    if len(at.along) == 1 and at.ordered:
        return along(at.along[0])
    parts = [name.split(".", 1) for name in at.along]
    words = " / ".join(quantity_name(kind, quantity) for kind, quantity in parts)
    units = {quantity_unit(kind, quantity) for kind, quantity in parts}
    return f"{words} ({units.pop()})" if len(units) == 1 and any(units) else words


def crossed_chart(plan: Plan, table: pd.DataFrame) -> Figure:
    """A panel for each of three outcomes, in rows where lines are something else than policies."""
    at = arrangement(plan)
    assert at is not None  # what a chart cannot show is not drawn
    rows = rows_of_panels(plan, at)
    shown = plan.outcomes[:SHOWN]
    x, words = places(plan, at)
    every = [(name, row) for name in shown for row in rows]
    most = max(len(row.lines) for row in rows)
    chart, axes = column([HEIGHT] * len(every), above=1.2 + 0.2 * most)
    for ax, (name, row) in zip(axes, every, strict=True):
        panel(ax, plan, table[table["outcome"] == name], row.lines, at, x)
        ax.set_title(f"{style.panel_title(name, WIDE)}\n{row.about}".strip(), fontsize=10.5)
        style.numbers_of(name, ax.yaxis)
        if words:
            ax.set_xticks(range(len(words)), words)
            ax.set_xlim(-0.5, len(words) - 0.5)
        else:
            style.plain_numbers(ax.xaxis)
    handles, labels = axes[0].get_legend_handles_labels()
    if len(labels) > 1:
        heading = style.in_lines(factor_name(at.by), chart) if at.by else None
        chart.legend(handles, labels, loc="outside upper left", title=heading)
    note = style.in_lines(below(plan, at), chart)
    chart.supxlabel(f"{style.in_lines(along_words(at), chart)}\n{note}", fontsize=9)
    return chart
