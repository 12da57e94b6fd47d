"""Totals in words: a row for each, a column for each policy."""

from collections.abc import Iterator

import pandas as pd

from kring.experiments.analyses.totals.numbers import FTE, NEW_CLIENTS, STAFF_HOURS
from kring.experiments.measures.base import UNITS_NL
from kring.experiments.study.plan import Plan
from kring.experiments.text.formats import NumberFormat, decimals_for
from kring.experiments.text.language import Word, _, said
from kring.experiments.text.names import outcome_name, policy_names
from kring.experiments.text.numbers import capital
from kring.experiments.text.tables import PageTable
from kring.simulation.spread import Spread

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


def amounts(part: pd.DataFrame) -> dict[str, str]:
    """One total by policy, with the difference from the first one behind it, where there is one."""
    unit = "EUR" if part["unit"].iloc[0] == "EUR" else ""
    format_, found = NumberFormat(unit, decimals_for(part["total"], part["difference"])), {}
    for row in part.itertuples():
        written = format_.together(row.total, Spread(row.difference, row.low, row.high))
        found[row.policy] = written.value + (f" ({written.signed})" if row.difference else "")
    return found


def page_table(plan: Plan, table: pd.DataFrame) -> PageTable:
    """A row for each total: its unit, and what it is under each policy."""
    names = policy_names(plan)
    head = [_("Total"), _("Unit"), *names.values()]
    rows = []
    for (what, unit), part in table.groupby(["what", "unit"], sort=False):
        found = amounts(part)
        called = [capital(what_name(what)), said(Word(unit, UNITS_NL.get(unit, "")))]
        rows.append(called + [found.get(name, "") for name in names])
    return PageTable("", head, rows)


def lines(plan: Plan, table: pd.DataFrame) -> Iterator[str]:
    """The same in a terminal."""
    for (what, unit), part in table.groupby(["what", "unit"], sort=False):
        each = "; ".join(f"{policy}: {text}" for policy, text in amounts(part).items())
        yield f"- {capital(what_name(what))} ({unit}): {each}."


def note(plan: Plan) -> str:
    """How the table is read."""
    if plan.municipality:
        text = _("Means per client times the people of your whole municipality")
    else:
        text = _("Means per client times the people of the town that was simulated")
    more = _("; between brackets: the difference from the first policy.")
    return text + more
