"""The figures of Rotterdam: both routes week by week, and the study's table as a picture."""

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from kring.experiments.casebook.rotterdam.fit import readable
from kring.experiments.charts import style
from kring.experiments.text.language import Word, _, said
from kring.simulation.evidence import figure
from kring.simulation.survey import WAVES

ROUTES = {
    "team": Word("neighbourhood team (WT)", "wijkteam (WT)"),
    "conference": Word("family group conference (EKC)", "Eigen Kracht-conferentie (EKC)"),
}
SHORT = {"team": "WT", "conference": "EKC"}
PUBLISHED = {  # outcome -> route of entry -> evidence at either wave
    "problems": {"team": ("E13", "E15"), "conference": ("E12", "E14")},
    "supporters": {"team": ("E21", "E23"), "conference": ("E20", "E22")},
}
LETTERS = 12.5  # of the picture's table to an inch, with blanks around each cell


def titles() -> dict[str, str]:
    """What stands above each figure, by outcome."""
    return {"problems": _("problems per client"), "supporters": _("supporters per client")}


def trajectory_chart(table: pd.DataFrame, outcome: str) -> Figure:
    """One outcome over the weeks, with what the interviews found."""
    chart, ax = plt.subplots(figsize=(style.WIDTH, 4))
    names = {route: said(words) for route, words in ROUTES.items()}
    part = table[table["outcome"] == outcome]
    style.lines_with_bands(ax, part, "week", "mean", "entrance", names)
    draw_published(ax, outcome)
    ax.set_ylim(bottom=0)
    ax.set_xticks(range(0, 105, 26))
    ax.set_xlabel(_("week of the study"))
    ax.set_title(titles()[outcome])
    note = _("line: mean of all simulated clients, who enter in weeks 1 to 52")
    if outcome == "problems":
        note += "; " + _("band: 95% of means of 45 clients")
    style.under(chart, note)
    style.number_format(ax)
    chart.legend(loc="outside upper left")
    return chart


def draw_published(ax: Axes, outcome: str) -> None:
    """What the interviews found at both waves, a mark a route."""
    words = _("published (interviews)")
    for i, (route, waves) in enumerate(PUBLISHED[outcome].items()):
        ax.plot(
            WAVES,
            [figure(evidence) for evidence in waves],
            "os"[i],
            color=style.COLOURS[i],
            markeredgecolor="black",
            markersize=(11, 7)[i],  # both show where they meet
            label=f"{words}, {SHORT[route]}",
            zorder=5,
            clip_on=False,
        )


def table_chart(fit: pd.DataFrame) -> Figure:
    """The study's table as a picture; what lies outside stands out."""
    title, table = _("The Rotterdam study: published and simulated"), readable(fit)
    letters = [max(len(column) + 2, *table[column].str.len()) + 2 for column in table]
    widths = [number / sum(letters) for number in letters]
    picture = style.table_picture(table, title, list(fit["inside"].fillna(True)), widths)
    picture.set_figwidth(sum(letters) / LETTERS)
    return picture
