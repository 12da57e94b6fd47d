"""Policies beside each other: a panel for each outcome, a dot for what each policy changes."""

from textwrap import fill

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from kring.experiments.charts import style
from kring.experiments.charts.panels import DARK, SHOWN, TITLE, half_intervals, labelled, wrapped
from kring.experiments.study.plan import Plan
from kring.experiments.text.formats import NumberFormat
from kring.experiments.text.language import _
from kring.experiments.text.names import policy_names
from kring.experiments.text.periods import looked_at
from kring.simulation.spread import Spread


def policy_chart(plan: Plan, table: pd.DataFrame) -> Figure:
    """A panel for each outcome, a dot a policy: its difference from the first one.

    A policy that is alone has its values.
    """
    shown, names = plan.outcomes[:SHOWN], policy_names(plan)
    first, *others = names
    parts = [
        table[table["outcome"] == outcome].set_index("policy").reindex(names) for outcome in shown
    ]
    titles = [
        style.panel_title(outcome, TITLE) + against(outcome, part, names[first], bool(others))
        for outcome, part in zip(shown, parts, strict=True)
    ]
    figure, axes = labelled(titles, wrapped(names[name] for name in others or [first]))
    for ax, outcome, part in zip(axes, shown, parts, strict=True):
        style.numbers_of(outcome, ax.xaxis)
        if others:
            differences(ax, part.loc[others])
        else:
            ax.plot(part["value"], [0], "o", color=style.BLUE)
    note = caption(plan, bool(others)).format(when=looked_at(plan), first=names[first])
    style.under(figure, note + style.left_out(len(shown), len(plan.outcomes)))
    return figure


def against(outcome: str, part: pd.DataFrame, first: str, is_compared: bool) -> str:
    """What stands under a title: the value that others are compared with."""
    if not is_compared:
        return ""
    written = NumberFormat.of(outcome, part["value"], part["difference"])
    text = _("difference from {value} with ‘{first}’")
    said = text.format(value=written.value(part["value"].iloc[0]), first=first)
    return "\n" + fill(said, TITLE)


def caption(plan: Plan, is_compared: bool) -> str:
    """What is seen, over the sets of an ensemble or of a single one."""
    if not is_compared:
        return _("{when}; dots: the middle") if plan.is_ensemble else _("{when}; dots: means")
    if plan.is_ensemble:
        return _(
            "{when}; dots: the difference from ‘{first}’ on the same people, the middle of the "
            "sets; thin bars: 95% of the sets; thick: what chance alone may do; grey: we don't "
            "know which way"
        )
    return _(
        "{when}; dots: the difference from ‘{first}’ on the same people; bars: its 95% interval; "
        "grey: could be none"
    )


def differences(ax: Axes, part: pd.DataFrame) -> None:
    """A dot a policy with its interval, from the top; grey where the sign isn't known."""
    errors = half_intervals(part, "difference")
    ax.axvline(0, color=DARK, linewidth=0.8)
    for i, row in enumerate(part.itertuples()):
        spread = Spread(row.difference, row.low, row.high, row.share, row.chance)
        colour = style.BLUE if spread.is_clear else style.GREY
        middle, bars = spread.middle, errors[:, i : i + 1]
        ax.errorbar(middle, i, xerr=bars, fmt="o", color=colour, capsize=3)
        if spread.is_over_sets and np.isfinite(spread.chance):
            ends = middle - spread.chance, middle + spread.chance
            ax.hlines(i, *ends, color=colour, linewidth=6, alpha=0.5)
