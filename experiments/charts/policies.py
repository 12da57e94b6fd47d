"""Policies beside each other: a panel for each outcome, a dot for each policy."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.charts import style
from experiments.charts.panels import ACROSS, half_intervals
from experiments.study.plan import Plan
from experiments.text.language import _
from experiments.text.names import policy_names
from experiments.text.periods import looked_at

SHOWN = 6  # outcomes in figures and readings; the tables have all
TITLE = 38  # letters on a line above a panel


def policy_chart(plan: Plan, table: pd.DataFrame) -> Figure:
    """A panel for each outcome, three beside each other, a dot for each policy."""
    shown, labels = plan.outcomes[:SHOWN], list(policy_names(plan).values())
    across = min(ACROSS, len(shown))
    down = -(-len(shown) // across)
    figure, axes = plt.subplots(
        down, across, figsize=(12, 0.9 + down * (0.9 + 0.36 * len(labels))), sharey=True,
        squeeze=False, layout="constrained",
    )  # fmt: skip
    for ax, name in zip(axes.flat, shown, strict=False):
        part = table[table["outcome"] == name].set_index("policy")
        panel(ax, part.reindex([policy.name for policy in plan.policies]), name, labels)
    for ax in axes.flat[len(shown) :]:
        ax.set_visible(False)
    note = caption(plan.is_ensemble).format(when=looked_at(plan))
    style.under(figure, note + style.left_out(len(shown), len(plan.outcomes)))
    return figure


def caption(over_sets: bool) -> str:
    """What is seen, over the sets of an ensemble or of a single one."""
    if over_sets:
        return _(
            "{when}; dots: the middle of the sets; thin bars: 95% of the sets, of the difference "
            "from the first policy on the same people; thick: what chance alone may do; dotted: "
            "the first policy"
        )
    return _(
        "{when}; dots: means; bars: 95% interval of the difference from the first policy, on the "
        "same people; dotted: the first policy"
    )


def panel(ax: Axes, part: pd.DataFrame, name: str, labels: list[str]) -> None:
    """One outcome: a dot a policy, from the first at the top."""
    y = np.arange(len(part))
    errors = half_intervals(part, "difference")
    chance = np.nan_to_num(part["chance"].where(part["share"].notna()))
    ax.axvline(part["value"].iloc[0], color=style.GREY, linestyle=":", linewidth=1)
    for i in range(len(part)):
        value, colour = part["value"].iloc[i], style.VERMILION if i else style.BLUE
        ax.errorbar(
            value, y[i], xerr=np.maximum(errors[:, i : i + 1], 0), fmt="o", color=colour, capsize=3
        )
        ax.hlines(y[i], value - chance[i], value + chance[i], color=colour, linewidth=6, alpha=0.5)
    ax.set_title(style.panel_title(name, TITLE), fontsize=10.5)
    ax.set_yticks(y, labels)
    ax.set_ylim(len(part) - 0.5, -0.5)
    ax.grid(axis="y", visible=False)
    ax.grid(axis="x", color="#E5E5E5")
    ax.locator_params(axis="x", nbins=5)
    style.plain_numbers(ax.xaxis)
