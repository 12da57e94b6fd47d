"""Style: the look of every figure, and how it is written in every language."""

import io
import warnings
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from textwrap import fill
from typing import Any, cast

import matplotlib
import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.ticker import ScalarFormatter

from kring.experiments.execution.files import write_whole
from kring.experiments.measures import measure
from kring.experiments.text import names
from kring.experiments.text.language import ENGLISH, _, language, languages, spoken, suffix
from kring.experiments.text.numbers import percentage, plain

# Of Okabe and Ito's colours, apart for colour-blind people too, those that say neither good nor
# bad: no red and no green. Each line also has its own dash.
BLUE, ORANGE, GREY = "#0072B2", "#E69F00", "#666666"
COLOURS = (BLUE, ORANGE, "#CC79A7", "#56B4E9", "#000000", GREY)
DASHES = ("-", "--", "-.", ":", (0, (5, 1)), (0, (3, 1, 1, 1)))
LETTERS = 13  # of a caption to an inch
WIDTH = 4.8  # inches of a figure that can be read on a phone
STYLE: dict[str, Any] = {
    "font.size": 11,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlesize": 11,
    "xtick.labelsize": 10,
    "ytick.labelsize": 10,
    "legend.fontsize": 10,
    "axes.titlelocation": "left",
    "axes.grid": True,
    "axes.grid.axis": "y",
    "grid.color": "#E5E5E5",
    "legend.frameon": False,
    "figure.constrained_layout.use": True,
    "svg.hashsalt": "kring",
    "text.parse_math": False,  # a dollar in a name is a dollar
}


@contextmanager
def style() -> Iterator[None]:
    """Kring's look, whatever the settings and the backend of whoever runs it; these stay theirs."""
    with matplotlib.rc_context(), drawn_aside(), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing from font")  # it is drawn as a box
        warnings.filterwarnings("ignore", "constrained_layout not applied")  # a name is too long
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(cast(Any, STYLE))
        yield


@contextmanager
def drawn_aside() -> Iterator[None]:
    """Draw into files, not on a screen or in a notebook."""
    before = matplotlib.get_backend()
    plt.switch_backend("agg")
    try:
        yield
    finally:
        with suppress(ImportError):  # one that could not be had before cannot be had now
            plt.switch_backend(before)


def save(figure: Figure, folder: Path, name: str) -> None:
    """Write a figure as PNG and SVG; others than English ones carry their language."""
    drawn = {"png": io.BytesIO(), "svg": io.BytesIO()}
    figure.set_dpi(130)
    as_png: Any = FigureCanvasAgg(figure)
    as_png.print_png(drawn["png"])
    figure.set_layout_engine("none")  # laid out once: that takes longer than to draw it
    as_svg: Any = FigureCanvasSVG(figure)
    as_svg.print_svg(drawn["svg"], metadata={"Date": None})
    for ending, content in drawn.items():
        write_whole(folder / f"{name}{suffix()}.{ending}", content.getvalue())
    plt.close(figure)


def save_in_every_language(draw: Callable[[], Figure | None], folder: Path, name: str) -> None:
    """Draw and save a figure in every language there is; nothing where none is drawn."""
    for code in languages():
        with language(code), style():
            if figure := draw():
                save(figure, folder, name)


def plain_numbers(axis: Axis) -> None:
    """Numbers along an axis, with the decimal sign of the language."""
    axis.set_major_formatter(lambda x, _: plain(x))


def numbers_of(outcome: str, axis: Axis) -> None:
    """Numbers of an outcome along an axis: shares in percents."""
    if measure(outcome).unit == "share":
        axis.set_major_formatter(lambda x, _: percentage(plain(100 * x)))
    else:
        plain_numbers(axis)


def number_format(ax: Axes) -> None:
    """The decimal sign of the language, where it is not the usual one; words on an axis stay."""
    if spoken() != ENGLISH:
        for axis in (ax.xaxis, ax.yaxis):
            if isinstance(axis.get_major_formatter(), ScalarFormatter):
                plain_numbers(axis)


def in_lines(text: str, figure: Figure) -> str:
    """A caption on as many lines as the width of its figure asks."""
    return fill(text, int(figure.get_size_inches()[0] * LETTERS))


def under(figure: Figure, text: str) -> None:
    """What is seen, under the figure."""
    figure.supxlabel(in_lines(text, figure), fontsize=9, color=GREY)


def panel_title(outcome: str, width: int) -> str:
    """An outcome and its unit, on lines of so many letters."""
    return fill(names.with_unit(outcome), width)


def left_out(shown: int, every: int, table: str = "differences") -> str:
    """What a caption adds where a figure leaves outcomes out: `; 3 of 5 outcomes; all in ...`."""
    if shown >= every:
        return ""
    text = _("{k} of {n} outcomes; all in {table}").format(k=shown, n=every, table=f"{table}.csv")
    return f"; {text}"


def lines_with_bands(
    ax: Axes,
    table: pd.DataFrame,
    x: str,
    y: str,
    by: str,
    names: dict[str, str],
    leave_out: Collection[str] = (),
) -> None:
    """A line for each group, with its band `low` to `high` where the table has one.

    Where it has `chance`, a narrow band shows what that alone may do. Who is left out keeps its
    colour.
    """
    for i, (key, label) in enumerate(names.items()):
        part = table[table[by] == key]
        if part.empty or key in leave_out:
            continue
        colour, dash = COLOURS[i % len(COLOURS)], DASHES[i % len(DASHES)]
        ax.plot(part[x], part[y], color=colour, linestyle=dash, linewidth=2, label=label)
        if "low" in part and part["low"].notna().any():
            ax.fill_between(part[x], part["low"], part["high"], color=colour, alpha=0.18, lw=0)
        if "chance" in part and part["chance"].notna().any():
            near = part["chance"].fillna(0)
            ax.fill_between(part[x], part[y] - near, part[y] + near, color=colour, alpha=0.4, lw=0)


def table_picture(table: pd.DataFrame, title: str, ok: list[bool], widths: list[float]) -> Figure:
    """A table as a picture; rows that are not ok stand out."""
    figure, ax = plt.subplots(figsize=(11, 0.6 + 0.30 * (len(table) + 1)))
    ax.axis("off")
    ax.set_title(title)
    picture = ax.table(
        cellText=table.to_numpy(),
        colLabels=list(table.columns),
        colWidths=widths,
        cellLoc="left",
        loc="upper center",
    )
    picture.auto_set_font_size(False)
    picture.set_fontsize(9.5)
    picture.scale(1, 1.35)
    for (row, _column), cell in picture.get_celld().items():
        cell.set_edgecolor("#DDDDDD")
        if row == 0:
            cell.set_text_props(weight="bold")
        elif not ok[row - 1]:
            cell.set_facecolor("#E8E8E8")
    return figure
