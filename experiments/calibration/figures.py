"""The figures of a calibration."""

from textwrap import shorten

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from kring.experiments.calibration.implausibility import MEETS
from kring.experiments.calibration.words import answer_name, quantity, row_name
from kring.experiments.charts.panels import DARK, column
from kring.experiments.charts.style import BLUE, GREY, number_format, under
from kring.experiments.text.language import _

LETTERS = 80
AN_INCH = 4  # of lines


def _horizontal(labels: list[str], width: float = 9) -> tuple[Figure, Axes]:
    figure, ax = plt.subplots(figsize=(width, 1.2 + len(labels) / AN_INCH))
    ax.set_yticks(range(len(labels)), [shorten(text, LETTERS) for text in labels], fontsize=8)
    ax.invert_yaxis()
    ax.grid(axis="y", visible=False)
    ax.grid(axis="x", visible=True)
    return figure, ax


def rows_met(table: pd.DataFrame) -> Figure:
    """Where the sets lie beside what was observed, in standard deviations of what is not known."""
    figure, ax = _horizontal([row_name(identity) for identity in table["id"]])
    unknown = np.sqrt(table["sampling"] ** 2 + table["discrepancy"] ** 2)
    y = np.arange(len(table))
    low, median, high = (
        (table[c] - table["published"]) / unknown for c in ("low", "median", "high")
    )
    colours = [BLUE if had_say else GREY for had_say in table["had_say"]]
    ax.hlines(y, low, high, colors=colours, linewidth=3)
    ax.scatter(median, y, c=colours, zorder=3)
    ax.axvspan(-MEETS, MEETS, color="#EEEEEE", zorder=0)
    ax.axvline(0, color=DARK)
    number_format(ax)
    under(
        figure,
        _(
            "difference from what was published, in standard deviations of sampling error and "
            "discrepancy; bars: 95% of sets; grey: rows that had no say; of an ordering, left of "
            "the line is short of a significant difference, right of it is met"
        ),
    )
    return figure


def narrowed(table: pd.DataFrame) -> Figure:
    """How wide each quantity is, as part of what was thought before."""
    figure, ax = _horizontal([quantity(name) for name in table["name"]])
    ax.barh(range(len(table)), 100 * table["width"].clip(upper=1.05), color=BLUE, height=0.6)
    ax.axvline(100, color=GREY)
    number_format(ax)
    under(figure, _("width of 95% of the sets, in percents of the width of the prior"))
    return figure


def answers(table: pd.DataFrame) -> Figure:
    """How each answer is spread over the sets."""
    figure, axes = column([2.0] * table.shape[1])
    for ax, name in zip(axes, table, strict=True):
        ax.hist(table[name], bins=25, color=BLUE)
        ax.axvline(0, color=DARK)
        ax.set_title(answer_name(name), fontsize=9)
        number_format(ax)
    under(figure, _("number of sets by what changes per client after two years"))
    return figure
