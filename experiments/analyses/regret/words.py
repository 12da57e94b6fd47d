"""Regret told: which policy stays least behind the best one, in English and Dutch."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from experiments.analysis.futures import direction
from experiments.measures import measure
from experiments.reporting.amounts import Amounts
from experiments.reporting.report_table import OwnTable, Section, unit_of
from experiments.reporting.report_words import say
from experiments.reporting.words import begun
from experiments.study.file import Study

COLUMNS = ("mean_regret", "regret_90", "worst_regret", "best", "clearly_best")


def lines(study: Study, table: pd.DataFrame, language: str = "en") -> Iterator[str]:
    """For each outcome the policy of least regret; and outcomes that are left out."""
    unjudged = [measure(name).words(language) for name in study.outcomes if not direction(name)]
    if unjudged:
        yield say("no_regret", language, what=", ".join(unjudged))
    for _, part in table.groupby("outcome", sort=False):
        yield f"- {least(study, part, language)}"


def amounts_of(part: pd.DataFrame, language: str) -> Amounts:
    """How regrets of one outcome are written."""
    behind = part["worst_regret"]
    return Amounts.of(part["outcome"].iloc[0], behind, behind, language)


def least(study: Study, part: pd.DataFrame, language: str) -> str:
    """The policy that has least to regret at worst, and which has less on average."""
    names, amounts = study.called(language), amounts_of(part, language)
    one = part.loc[part["worst_regret"].idxmin()]
    usual = part.loc[part["mean_regret"].idxmin()]
    behind = more = ""
    if one["worst_regret"] > 0:
        told = {key: amounts.size(one[f"{key}_regret"]) for key in ("mean", "worst")}
        behind = say("behind", language, **told)
    if usual["policy"] != one["policy"]:
        told = {key: amounts.size(usual[f"{key}_regret"]) for key in ("mean", "worst")}
        more += say("usually_less", language, policy=names[usual["policy"]], **told)
    if one["clearly_best"] < one["best"]:
        more += say("clearly_so", language, share=f"{one['clearly_best']:.0%}")
    if one["left_out"]:
        more += say("futures_left_out", language, n=one["left_out"])
    return say(
        "least_regret",
        language,
        outcome=begun(measure(one["outcome"]).words(language)),
        policy=names[one["policy"]],
        behind=behind,
        best=f"{one['best']:.0%}",
        n=one["futures"],
        more=more,
    )


def section(study: Study, table: pd.DataFrame, language: str) -> Section:
    """What the page shows: for each outcome the regret of every policy."""
    tables = [page_table(study, part, language) for _, part in table.groupby("outcome", sort=False)]
    said = [line.removeprefix("- ") for line in lines(study, table, language)]
    note = say("regret_note", language) if tables else ""
    return Section(say("regret_about", language), note, tables, said)


def page_table(study: Study, part: pd.DataFrame, language: str) -> OwnTable:
    """A row for each policy: its regret, and in how many futures it is best."""
    outcome, names, amounts = (
        part["outcome"].iloc[0],
        study.called(language),
        amounts_of(part, language),
    )
    shown = [name for name in COLUMNS if part[name].notna().any()]
    title = f"{measure(outcome).words(language)} ({unit_of(outcome, language)})"
    title = f"{begun(title)}: {say(part['better'].iloc[0], language)}"
    rows = [
        [names[row["policy"]], *(cell(row, name, amounts) for name in shown)]
        for _, row in part.iterrows()
    ]
    return OwnTable(title, [say("policy", language), *(say(n, language) for n in shown)], rows)


def cell(row: pd.Series, name: str, amounts: Amounts) -> str:
    """A regret as an amount, or in how many futures as a share."""
    if name.endswith("best"):
        return "–" if np.isnan(row[name]) else f"{row[name]:.0%}"
    return amounts.value(row[name])
