"""The figure of sensitivity: how much each quantity counts, outcome by outcome."""

from textwrap import fill

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from kring.experiments.analyses.sensitivity.methods import method_of
from kring.experiments.analyses.sensitivity.numbers import by_size
from kring.experiments.analyses.sensitivity.words import heading
from kring.experiments.charts import style
from kring.experiments.charts.lines import SHOWN
from kring.experiments.charts.panels import (
    DARK,
    TITLE,
    half_intervals,
    labelled,
    wrapped,
)  # fmt: skip
from kring.experiments.study.plan import Plan
from kring.experiments.text.language import _
from kring.experiments.text.names import factor_name
from kring.experiments.text.periods import looked_at

DOWN = 6  # policies: more cannot be taken in
COLOURS = {"first order": style.BLUE, "total": style.ORANGE}


def sensitivity_chart(plan: Plan, table: pd.DataFrame) -> Figure:
    """A panel for each of three outcomes; first values, then a row for each difference."""
    method, shown, order = method_of(plan), plan.outcomes[:SHOWN], by_size(plan, table)
    first, *others = (policy.name for policy in plan.policies)
    asked = [(first, "value"), *((name, "difference") for name in others)][:DOWN]
    labels = wrapped(factor_name(factor) for factor in order)
    heads = {
        (policy, of, name): f"{method.panel_title(name)}\n{fill(heading(plan, policy, of), TITLE)}"
        for name in shown for policy, of in asked
    }  # fmt: skip
    figure, axes = labelled([*heads.values()], labels)
    for ax, about in zip(axes, heads, strict=True):
        part = table[(table[["policy", "of", "outcome"]] == [*about]).all(axis=1)]
        panel(ax, plan, part, order)
    if len(method.bars) > 1:
        handles, called = axes[0].get_legend_handles_labels()
        figure.legend(handles, called, loc="outside upper left")
    note = method.caption().format(when=looked_at(plan))
    note += style.left_out(len(shown), len(plan.outcomes), "sensitivity")
    if len(asked) < len(plan.policies):
        text = _("{k} of {n} policies; all in {table}")
        text = text.format(k=len(asked), n=len(plan.policies), table="sensitivity.csv")
        note += f"; {text}"
    style.under(figure, note)
    return figure


def panel(ax: Axes, plan: Plan, part: pd.DataFrame, order: list[str]) -> None:
    """The bars of one outcome."""
    method = method_of(plan)
    for i, index in enumerate(method.bars):
        one = part[part["index"] == index].set_index("factor").reindex(order)
        label = method.index_name(index) if len(method.bars) > 1 else None
        index_bars(ax, one, COLOURS.get(index, style.BLUE), label, i, len(method.bars))
    if len(part) and method.axis:
        ax.set_xlim(*method.axis)


def index_bars(
    ax: Axes, one: pd.DataFrame, colour: str, label: str | None, i: int, of: int
) -> None:
    """Bars of one index, beside those of another, with what luck would give."""
    height = 0.75 / of
    y = np.arange(len(one)) + (i - (of - 1) / 2) * height
    ax.barh(
        y, one["value"].fillna(0), height, color=colour, label=label,
        xerr=np.maximum(half_intervals(one), 0),
        error_kw={"ecolor": DARK, "capsize": 2, "linewidth": 1},
    )  # fmt: skip
    if one["by_luck"].notna().any():
        ax.axvline(one["by_luck"].max(), color=style.GREY, linestyle=":", linewidth=1.2)
    if one["value"].lt(0).any():
        ax.axvline(0, color=DARK, linewidth=0.8)
