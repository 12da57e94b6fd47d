"""Totals in words: a row for each, a column for each policy."""

from collections.abc import Iterator

import pandas as pd

from experiments.analyses.totals.numbers import FTE, NEW_CLIENTS, STAFF_HOURS
from experiments.measures.base import UNITS_NL
from experiments.study.plan import Plan
from experiments.text.language import Word, _, said
from experiments.text.names import outcome_name, policy_names
from experiments.text.numbers import capital, three_digits
from experiments.text.tables import PageTable

NAMES = {
    NEW_CLIENTS: Word("new clients a year", "nieuwe cliënten per jaar"),
    FTE: Word("FTE of team workers", "fte van teamleden"),
    STAFF_HOURS: Word("hours of team workers for clients a year",
                      "uren van teamleden voor cliënten per jaar"),
}  # fmt: skip
PER = (Word(" per new client", " per nieuwe cliënt"), Word(" per client", " per cliënt"))


def what_name(what: str) -> str:
    """What a total is of; of an outcome, what it is called without the client that it is per."""
    if what in NAMES:
        return said(NAMES[what])
    name = outcome_name(what)
    for per in PER:
        name = name.replace(said(per), "")
    return name


def amount(row: pd.Series) -> str:
    """A total with the difference from the first policy behind it, where there is one."""
    text = three_digits(row["total"])
    if row["difference"]:
        text += f" ({three_digits(row['difference'], '+')})"
    return text


def page_table(plan: Plan, table: pd.DataFrame) -> PageTable:
    """A row for each total: its unit, and what it is under each policy."""
    names = policy_names(plan)
    head = [_("Total"), _("Unit"), *names.values()]
    return PageTable("", head, [
        [capital(what_name(what)), said(Word(unit, UNITS_NL.get(unit, ""))), *cells(names, part)]
        for (what, unit), part in table.groupby(["what", "unit"], sort=False)
    ])  # fmt: skip


def cells(names: dict[str, str], part: pd.DataFrame) -> Iterator[str]:
    """One total under each policy; empty where a policy has no number."""
    rows = part.set_index("policy")
    for name in names:
        yield amount(rows.loc[name]) if name in rows.index else ""


def lines(plan: Plan, table: pd.DataFrame) -> Iterator[str]:
    """The same in a terminal."""
    for (what, unit), part in table.groupby(["what", "unit"], sort=False):
        each = "; ".join(f"{row.policy}: {amount(row._asdict())}" for row in part.itertuples())
        yield f"- {capital(what_name(what))} ({unit}): {each}."


def note(plan: Plan) -> str:
    """How the table is read."""
    if plan.municipality:
        text = _("Means per client times the people of your whole municipality")
    else:
        text = _("Means per client times the people of the town that was simulated")
    more = _("; between brackets: the difference from the first policy. Three digits count.")
    return text + more
