"""Panels below each other, as wide as a phone can show, and what is drawn in them."""

from collections.abc import Iterable, Sequence
from textwrap import fill
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from kring.experiments.charts import style

SHOWN = 6  # outcomes below each other
LABEL = 24  # letters of a label
TITLE, WIDE = 34, 44  # letters on a line above a panel with labels at its left, or without
LINE, BAR, AROUND = 0.19, 0.38, 0.5  # inches of a line of a label, a bar at least, and a panel
DARK = "#333333"  # of intervals, and of zero


def wrapped(names: Iterable[str]) -> list[str]:
    """Labels along an axis, on as many lines as they take."""
    return [fill(name, LABEL) for name in names]


def column(
    heights: Sequence[float], above: float = 0.9, **shared: Any
) -> tuple[Figure, list[Axes]]:
    """Panels below each other, each of so many inches, with room above and below for words."""
    figure, axes = plt.subplots(
        len(heights), 1, figsize=(style.WIDTH, above + sum(heights)), squeeze=False,
        height_ratios=heights, layout="constrained", **shared,
    )  # fmt: skip
    return figure, [*axes[:, 0]]


def labelled(titles: Sequence[str], labels: Sequence[str]) -> tuple[Figure, list[Axes]]:
    """Panels with the same labels along the left, each under its title."""
    lines = sum(max(BAR, LINE * (label.count("\n") + 1.5)) for label in labels)
    heights = [AROUND + LINE * (title.count("\n") + 1) + lines for title in titles]
    figure, axes = column(heights)
    for ax, title in zip(axes, titles, strict=True):
        ax.set_title(title, fontsize=10)
        finish(ax, labels)
    return figure, axes


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
    around = [part[value] - part[low], part[high] - part[value]]
    return np.asarray(np.maximum(np.nan_to_num(around), 0))
