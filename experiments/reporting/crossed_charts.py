"""Charts where quantities are crossed, stand side by side, or take words: lines or dots."""

from itertools import product
from math import prod
from typing import NamedTuple

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from experiments.analysis.pairs import reference
from experiments.reporting import figures
from experiments.reporting.charts import SHOWN_LINES, axis_words, in_lines, lived, shown_of, title
from experiments.reporting.quantity_words import (
    UNITS_NL,
    name_of,
    note,
    point_words,
    value_of,
    with_decimal_sign,
)
from experiments.study.design import points
from experiments.study.file import Study, Value

COMPARED = {
    "itself": {
        "en": "{when}; {bars}: 95% of the difference from the values compared with (open circle), "
        "on the same people",
        "nl": "{when}; {bars}: 95% van het verschil met de waarden waarmee is vergeleken (open "
        "rondje), bij dezelfde mensen",
    },
    "first": {
        "en": "{when}; {bars}: 95% of the difference from '{first}' at the same values, on the "
        "same people",
        "nl": "{when}; {bars}: 95% van het verschil met '{first}' bij dezelfde waarden, bij "
        "dezelfde mensen",
    },
}
BARS = {True: {"en": "bands", "nl": "banden"}, False: {"en": "bars", "nl": "balken"}}
APART = 0.12  # between dots that stand at the same word
ROWS = 8  # of panels: more cannot be taken in


class Layout(NamedTuple):
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


class Row(NamedTuple):
    """A row of panels: what it is about, and its lines (policy, what it is called, its points)."""

    about: str
    lines: list[tuple[int, str, set[int]]]


def layout(study: Study) -> Layout | None:
    """Where things stand; nothing if more varies than a chart can show."""
    factors = study.vary.factors()
    words = {name: any(isinstance(v, str) for v in levels) for name, levels in factors.items()}
    if study.vary.design == "list" and factors:
        return Layout(tuple(factors), "", not any(words.values()))
    if study.vary.design != "grid" or not factors:
        return None
    along, *rest = sorted(factors, key=words.get)  # a quantity in numbers lies along the axis
    by, *down = rest or [""]
    if len(study.policies) * prod(len(factors[name]) for name in down) > ROWS:
        return None
    return Layout((along,), by, not words[along], tuple(down))


def tick(point: dict[str, Value], at: Layout, language: str) -> str:
    """What a place on the axis is called."""
    if len(at.along) > 1:
        values = [point[name] for name in at.along]
        texts = [v if isinstance(v, str) else with_decimal_sign(v, language) for v in values]
        return " / ".join(texts)
    kind, _, quantity = at.along[0].partition(".")
    return value_of(kind, quantity, point[at.along[0]], language)


def places(study: Study, at: Layout, language: str) -> tuple[dict[int, float], list[str]]:
    """Where each point stands on the axis, and the words there; no words where numbers do."""
    every = points(study)
    if at.ordered and len(at.along) == 1:
        return {i: float(point[at.along[0]]) for i, point in enumerate(every)}, []
    words = [tick(point, at, language) for point in every]
    order = list(dict.fromkeys(words))
    return {i: float(order.index(word)) for i, word in enumerate(words)}, order


def points_with(study: Study, values: dict[str, Value]) -> set[int]:
    """The points that have these values."""
    return {i for i, point in enumerate(points(study)) if values.items() <= point.items()}


def rows_of_panels(study: Study, at: Layout, language: str) -> list[Row]:
    """Rows of panels: for each policy, each set of values of what is neither along nor a line."""
    names = list(study.called(language).values())
    if not at.by:
        return [Row("", [(i, name, points_with(study, {})) for i, name in enumerate(names)])]
    levels, rows = study.vary.factors(), []
    for (i, name), values in product(enumerate(names), product(*(levels[n] for n in at.down))):
        here = dict(zip(at.down, values, strict=True))
        about = [name] * (len(names) > 1) + [point_words(here, language)] * bool(here)
        lines = [
            (i, value_of(*at.by.split(".", 1), level, language),
             points_with(study, {**here, at.by: level}))
            for level in levels[at.by]
        ]  # fmt: skip
        rows.append(Row("\n".join(about), lines))
    return rows


def line(ax: plt.Axes, part: pd.DataFrame, label: str, i: int, ordered: bool) -> None:
    """One line with its band, or one row of dots with their bars."""
    colour, dash = (
        figures.COLOURS[i % len(figures.COLOURS)],
        figures.DASHES[i % len(figures.DASHES)],
    )
    base = part["value"] - part["difference"]
    low, high = base + part["low"], base + part["high"]
    if ordered:
        ax.plot(part["x"], part["value"], color=colour, linestyle=dash, linewidth=2, marker="o",
                markersize=4, label=label)  # fmt: skip
        ax.fill_between(part["x"], low, high, color=colour, alpha=0.18, lw=0)
        return
    errors = np.maximum(np.nan_to_num([part["value"] - low, high - part["value"]]), 0)
    ax.errorbar(part["x"], part["value"], yerr=errors, fmt="o", color=colour, capsize=3,
                label=label)  # fmt: skip


def panel(
    ax: plt.Axes, study: Study, part: pd.DataFrame, lines: list, at: Layout, x: dict[int, float]
) -> None:
    """One outcome of a row of panels."""
    for i, (policy, label, mine) in enumerate(lines):
        own = part[part["policy"].eq(study.policies[policy].name) & part["point"].isin(mine)]
        shift = 0 if at.ordered else APART * (i - (len(lines) - 1) / 2)
        own = own.assign(x=own["point"].map(x) + shift).sort_values("x")
        line(ax, own, label, i, at.ordered)
        compared = {reference(study, policy, point) for point in mine}
        base = own[own["point"].isin({at for which, at in compared if which == policy})]
        if not is_with_first(study):
            ax.plot(base["x"], base["value"], "o", markerfacecolor="white", markersize=8,
                    color=figures.COLOURS[i % len(figures.COLOURS)])  # fmt: skip


def is_with_first(study: Study) -> bool:
    """Whether policies are compared with the first one at the same values."""
    last = len(points(study)) - 1
    return len(study.policies) > 1 and reference(study, len(study.policies) - 1, last)[0] == 0


def below(study: Study, at: Layout, language: str) -> str:
    """What is seen, and what it is compared with."""
    text = COMPARED["first" if is_with_first(study) else "itself"][language]
    first = study.policies[0].called(language)
    bars = BARS[at.ordered][language]
    text = text.format(when=lived(study, language), bars=bars, first=first)
    return text + shown_of(min(SHOWN_LINES, len(study.outcomes)), len(study.outcomes), language)


def unit_of(kind: str, quantity: str, language: str) -> str:
    """The unit of a quantity."""
    unit = note(kind, quantity).get("unit", "")
    return UNITS_NL.get(unit, unit) if language == "nl" else unit


def along_words(at: Layout, language: str) -> str:
    """What lies along the axis."""
    if len(at.along) == 1 and at.ordered:
        return axis_words(at.along[0], language)
    parts = [name.split(".", 1) for name in at.along]
    words = " / ".join(name_of(kind, quantity, language) for kind, quantity in parts)
    units = {unit_of(kind, quantity, language) for kind, quantity in parts}
    return f"{words} ({units.pop()})" if len(units) == 1 and any(units) else words


def crossed_chart(study: Study, table: pd.DataFrame, language: str) -> plt.Figure:
    """A panel for each of three outcomes, in rows where lines are something else than policies."""
    at = layout(study)
    rows = rows_of_panels(study, at, language)
    shown = study.outcomes[:SHOWN_LINES]
    x, words = places(study, at, language)
    chart, axes = plt.subplots(
        len(rows), len(shown), figsize=(4 * len(shown), 1.3 + 3.5 * len(rows)), squeeze=False,
        sharey="col",
    )  # fmt: skip
    for across, row in zip(axes, rows, strict=True):
        for ax, name in zip(across, shown, strict=True):
            panel(ax, study, table[table["outcome"] == name], row.lines, at, x)
            ax.set_title(f"{title(name, language)}\n{row.about}".strip(), fontsize=10.5)
            figures.plain_numbers(ax.yaxis, language)
            if words:
                ax.set_xticks(range(len(words)), words)
                ax.set_xlim(-0.5, len(words) - 0.5)
            else:
                figures.plain_numbers(ax.xaxis, language)
    handles, labels = axes[0, 0].get_legend_handles_labels()
    if len(labels) > 1:
        heading = name_of(*at.by.split(".", 1), language) if at.by else None
        chart.legend(
            handles, labels, loc="outside upper center", ncols=min(len(labels), 4), title=heading
        )
    note = in_lines(below(study, at, language), chart)
    chart.supxlabel(f"{along_words(at, language)}\n{note}", fontsize=9.5)
    return chart
