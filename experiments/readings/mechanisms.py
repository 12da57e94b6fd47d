"""Reading of mechanisms: what changes, by route of entry, when each is silent."""

from collections.abc import Iterable
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from experiments import figures
from experiments.charts import after
from experiments.general import Tables
from experiments.measures import measure, part_of
from experiments.study_file import Study
from simulation.rows import ENTRANCES

SHOWN = ("problems", "supporters")
SILENT = "parameters.without"
ROUTES = {"en": ("team", "conference"), "nl": ("wijkteam", "conferentie")}
NOTE = {
    "en": "change without the mechanism, {when}, on the same people; bars: 95% interval",
    "nl": "verandering zonder het mechanisme, {when}, bij dezelfde mensen; balken: 95%-interval",
}


def tables(study: Study, raw: Tables) -> Tables:
    """Difference that silencing each mechanism makes, with intervals over seeds."""
    found = raw["differences"]
    found = found[found[SILENT] != study.vary.parameters["without"][0]]
    parts = found["outcome"].map(part_of)
    return {
        "contributions": pd.DataFrame(
            {
                "without": found[SILENT],
                "entrance": parts.str[1],
                "outcome": parts.str[0],
                "change": found["difference"],
                "low": found["low"],
                "high": found["high"],
            }
        )
    }


def panel(ax: plt.Axes, table: pd.DataFrame, outcome: str, language: str) -> None:
    """One outcome: a row a mechanism, a dot a route of entry."""
    codes = list(dict.fromkeys(table["without"]))
    for j, entrance in enumerate(ENTRANCES):
        part = table[(table["outcome"] == outcome) & (table["entrance"] == entrance)]
        part = part.set_index("without").reindex(codes)
        errors = np.nan_to_num([part["change"] - part["low"], part["high"] - part["change"]])
        ax.errorbar(
            part["change"], np.arange(len(codes)) + (j - 0.5) * 0.35, xerr=errors, fmt="os"[j],
            color=figures.COLOURS[j], label=ROUTES[language][j],
        )  # fmt: skip
    ax.axvline(0, color="black", linewidth=0.8)
    ax.set_title(measure(outcome).words(language))
    ax.grid(axis="x")
    ax.set_yticks(range(len(codes)), codes)
    figures.plain_numbers(ax.xaxis, language)


def draw(study: Study, tables: Tables, folder: Path) -> None:
    """Changes in problems and supporters when each mechanism is silent."""

    def chart(language: str) -> plt.Figure:
        figure, axes = plt.subplots(1, 2, figsize=(10, 6.6), sharey=True)
        for ax, outcome in zip(axes, SHOWN, strict=True):
            panel(ax, tables["contributions"], outcome, language)
        axes[0].invert_yaxis()
        axes[1].legend()
        note = NOTE[language].format(when=after(study.weeks, language))
        figure.supxlabel(note, fontsize=10)
        return figure

    figures.in_both_languages(chart, folder, study.name)


def lines(study: Study, tables: Tables) -> Iterable[str]:
    """The mechanisms without which supporters change most, by route."""
    table = tables["contributions"]
    for entrance in ENTRANCES:
        part = table[(table["outcome"] == "supporters") & (table["entrance"] == entrance)]
        top = part.reindex(part["change"].abs().sort_values(ascending=False).index).head(4)
        said = ", ".join(f"{r.without} {r.change:+.2f}" for r in top.itertuples())
        yield f"- {entrance}: supporters change most without {said}."
