"""Reading of mechanisms: what changes, by route of entry, when each is silent."""

from collections.abc import Iterable
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from experiments.measures import ROUTES as CLIENTS
from experiments.measures import measure, part_of
from experiments.reporting import figures
from experiments.reporting.amounts import Amounts, decimals_for, is_clear
from experiments.reporting.answers import join, listed
from experiments.reporting.charts import after
from experiments.reporting.general import Tables
from experiments.reporting.mechanism_words import mechanism
from experiments.study.file import Study
from simulation.rows import ENTRANCES

SHOWN = ("problems", "supporters")
SILENT = "parameters.without"
ROUTES = {"en": ("team", "conference"), "nl": ("wijkteam", "conferentie")}
NOTE = {
    "en": "change without the mechanism, {when}, on the same people; bars: 95% interval",
    "nl": "verandering zonder het mechanisme, {when}, bij dezelfde mensen; balken: 95%-interval",
}
NAMED = 2  # mechanisms in the answer, of each outcome and route
ANSWER = {
    "first": {
        "en": "{when}, {outcome} change most, {routes}.",
        "nl": "{when} verandert het aantal {outcome} het meest {routes}.",
    },
    "second": {
        "en": "{outcome} change most, {routes}.",
        "nl": "het aantal {outcome} verandert het meest {routes}.",
    },
    "route": {"en": "for {clients}, without {names}", "nl": "bij {clients} zonder {names}"},
    "unclear": {"en": "{change}: could be none", "nl": "{change}: kan ook nul zijn"},
    "table": {
        "en": "Change without the mechanism, {when}, on the same people (○: could be none)",
        "nl": "Verandering zonder het mechanisme, {when}, bij dezelfde mensen (○: kan ook nul "
        "zijn)",
    },
    "head": {"en": "Without", "nl": "Zonder"},
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


def coded(code: str, language: str) -> str:
    """A mechanism and its code."""
    return f"{mechanism(code, language)} ({code})"


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
    ax.set_yticks(range(len(codes)), [coded(code, language) for code in codes])
    figures.plain_numbers(ax.xaxis, language)


def draw(study: Study, tables: Tables, folder: Path) -> None:
    """Changes in problems and supporters when each mechanism is silent."""

    def chart(language: str) -> plt.Figure:
        figure, axes = plt.subplots(1, 2, figsize=(12, 7.4), sharey=True)
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


def most(table: pd.DataFrame, outcome: str, entrance: str) -> pd.DataFrame:
    """What changes an outcome most by a route of entry, among what is clear if anything is."""
    part = table[(table["outcome"] == outcome) & (table["entrance"] == entrance)]
    clear = part[[is_clear(row.low, row.high) for row in part.itertuples()]]
    ranked = (clear if len(clear) else part).sort_values(
        "change", key=lambda change: -change.abs(), kind="stable"
    )
    return ranked.head(NAMED)


def said_of(table: pd.DataFrame, outcome: str, entrance: str, language: str) -> str:
    """Without which mechanisms an outcome changes most by a route, and how."""
    names = []
    for row in most(table, outcome, entrance).itertuples():
        said = Amounts("", decimals_for([], [row.change]), language).change(row.change)
        if row.low <= 0 <= row.high:
            said = ANSWER["unclear"][language].format(change=said)
        names.append(f"‘{mechanism(row.without, language)}’ ({row.without}, {said})")
    clients = CLIENTS[entrance][language == "nl"]
    return ANSWER["route"][language].format(clients=clients, names=listed(names, language))


def answer(study: Study, tables: Tables, language: str) -> str:
    """Without which mechanisms supporters and problems change most, by route of entry."""
    sentences = []
    for key, outcome in zip(("first", "second"), ("supporters", "problems"), strict=True):
        said = [said_of(tables["contributions"], outcome, e, language) for e in ENTRANCES]
        sentences.append(
            ANSWER[key][language].format(
                when=after(study.weeks, language),
                outcome=measure(outcome).words(language),
                routes="; ".join(said),
            )
        )
    return join(*sentences)


def page_tables(study: Study, tables: Tables, language: str) -> list[tuple[str, pd.DataFrame]]:
    """What changes without each mechanism, by outcome and route of entry."""
    table = tables["contributions"].set_index(["without", "outcome", "entrance"])
    columns = {}
    for outcome in SHOWN:
        for entrance in ENTRANCES:
            part = table.xs((outcome, entrance), level=("outcome", "entrance"))
            amounts = Amounts("", 2, language)
            columns[measure(f"{outcome}:{entrance}").words(language)] = [
                amounts.marked(row.change, row.low, row.high) for row in part.itertuples()
            ]
    codes = dict.fromkeys(tables["contributions"]["without"])
    names = [coded(code, language) for code in codes]
    title = ANSWER["table"][language].format(when=after(study.weeks, language))
    return [(title, pd.DataFrame({ANSWER["head"][language]: names, **columns}))]
