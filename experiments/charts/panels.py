"""Panels that share labels along the left, and what is drawn in them."""

from collections.abc import Iterable, Sequence
from textwrap import fill

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.charts import style

ACROSS = 3  # panels beside each other
WIDTH = 26  # letters of a label
TITLE = 36  # letters on a line above a panel
LINE, BAR, AROUND = 0.19, 0.42, 0.6  # inches of a line of a label, a bar at least, and a panel
DARK = "#333333"  # of intervals, and of zero


def wrapped(names: Iterable[str]) -> list[str]:
    """Labels along an axis, on as many lines as they take."""
    return [fill(name, WIDTH) for name in names]


def grid(
    down: int, across: int, labels: Sequence[str], titles: Sequence[str]
) -> tuple[Figure, np.ndarray]:
    """Panels that share labels along the left, with room for these and for titles above."""
    lines = max(label.count("\n") + 1 for label in labels)
    above = max(text.count("\n") + 1 for text in titles)
    height = AROUND + LINE * above + len(labels) * max(BAR, LINE * (lines + 0.5))
    figure, axes = plt.subplots(
        down, across, figsize=(2.4 + 3.3 * across, 1.2 + down * height),
        sharey=True, squeeze=False, layout="constrained",
    )  # fmt: skip
    return figure, axes


def by_outcome(
    outcomes: Sequence[str], labels: Sequence[str]
) -> tuple[Figure, list[tuple[str, Axes]]]:
    """A panel for each outcome, with its title; what is left of the last row is empty."""
    across = min(ACROSS, len(outcomes))
    heads = [style.panel_title(outcome, TITLE) for outcome in outcomes]
    figure, axes = grid(-(-len(outcomes) // across), across, labels, heads)
    for ax in axes.flat[len(outcomes) :]:
        ax.set_visible(False)
    for ax, head in zip(axes.flat, heads, strict=False):
        ax.set_title(head, fontsize=9.5)
    return figure, list(zip(outcomes, axes.flat, strict=False))


def finish(ax: Axes, labels: Sequence[str]) -> None:
    """Labels from the top, and numbers as the language has them."""
    ax.set_yticks(range(len(labels)), labels)
    ax.set_ylim(len(labels) - 0.5, -0.5)
    ax.grid(axis="y", visible=False)
    ax.grid(axis="x", color="#E5E5E5")
    ax.set_axisbelow(True)
    ax.locator_params(axis="x", nbins=5)
    style.plain_numbers(ax.xaxis)


def half_intervals(
    part: pd.DataFrame, value: str = "value", low: str = "low", high: str = "high"
) -> np.ndarray:
    """How far an interval goes below and above each value; 0 where there is none.

    Parameters
    ----------
    part : DataFrame
        A row a value.
    value, low, high : str
        Columns of the values, and of the ends of their intervals.

    Returns
    -------
    ndarray, shape (2, rows)
    """
    return np.asarray(np.nan_to_num([part[value] - part[low], part[high] - part[value]]))
