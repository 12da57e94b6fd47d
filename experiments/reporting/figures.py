"""Figures, drawn from tables only, in English and Dutch."""

from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.figure import Figure

# Okabe and Ito's colours, apart for colour-blind people too; each line also has its own dash.
BLUE, VERMILION, GREEN, GREY = "#0072B2", "#D55E00", "#009E73", "#666666"
COLOURS = (BLUE, VERMILION, GREEN, "#CC79A7", "#E69F00", "#56B4E9")
DASHES = ("-", "--", "-.", ":", (0, (5, 1)), (0, (3, 1, 1, 1)))
LANGUAGES = ("en", "nl")
STYLE = {
    "font.size": 11,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlesize": 12,
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
def style():
    """Kring's look."""
    with plt.rc_context(STYLE):
        yield


def save(figure: Figure, folder: Path, name: str, language: str) -> None:
    """Write a figure as PNG and SVG; Dutch ones carry `_nl`."""
    stem = name if language == "en" else f"{name}_{language}"
    for ending in ("png", "svg"):
        metadata = {"Date": None} if ending == "svg" else None
        figure.savefig(folder / f"{stem}.{ending}", dpi=130, metadata=metadata)
    plt.close(figure)


def in_both_languages(draw: Callable[[str], Figure], folder: Path, name: str) -> None:
    """Draw and save a figure in English and in Dutch."""
    for language in LANGUAGES:
        with style():
            save(draw(language), folder, name, language)


def plain_numbers(axis: Axis, language: str) -> None:
    """Numbers along an axis, with decimal commas in Dutch."""
    point = "," if language == "nl" else "."
    axis.set_major_formatter(lambda x, _: f"{x:g}".replace(".", point))


def number_format(ax: Axes, language: str) -> None:
    """Decimal commas in Dutch."""
    if language == "nl":
        for axis in (ax.xaxis, ax.yaxis):
            plain_numbers(axis, language)


def lines_with_bands(
    ax: Axes, table: pd.DataFrame, x: str, y: str, by: str, names: dict[str, str]
) -> None:
    """A line for each group, with its band `low` to `high` where the table has one."""
    for i, (key, label) in enumerate(names.items()):
        part = table[table[by] == key]
        if part.empty:
            continue
        colour, dash = COLOURS[i % len(COLOURS)], DASHES[i % len(DASHES)]
        ax.plot(part[x], part[y], color=colour, linestyle=dash, linewidth=2, label=label)
        if "low" in part and part["low"].notna().any():
            ax.fill_between(part[x], part["low"], part["high"], color=colour, alpha=0.18, lw=0)


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
    for (row, _), cell in picture.get_celld().items():
        cell.set_edgecolor("#DDDDDD")
        if row == 0:
            cell.set_text_props(weight="bold")
        elif not ok[row - 1]:
            cell.set_facecolor("#FBE3D6")
    return figure
