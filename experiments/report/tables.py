"""The table of a report: every outcome of every policy, in words and numbers."""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

import pandas as pd

from experiments.analysis.pairs import is_line, is_sampled
from experiments.measures import measure
from experiments.reporting.amounts import UNCLEAR
from experiments.reporting.findings import Findings, Row
from experiments.reporting.quantity_words import name_of, value_of
from experiments.reporting.report_words import say

MOST_COLUMNS = 9  # of values along a line
MOST_ROWS = 12  # of an outcome; the CSV has all


class Line(NamedTuple):
    """A line of the table: what it is, and its numbers in words."""

    label: str
    other: str
    value: str
    futures: str
    change: str
    span: str
    lower_in: str
    mark: str


class OutcomeGroup(NamedTuple):
    """The lines of one outcome."""

    title: str
    unit: str
    lines: list[Line]


class OwnTable(NamedTuple):
    """A table of a study's own, in words: its title, what the columns are, and its rows."""

    title: str
    head: list[str]
    rows: list[list[str]]


class Section(NamedTuple):
    """What the page shows of an analysis: tables, what they mean, and what is to be said."""

    title: str
    note: str
    tables: list[OwnTable]
    said: list[str]


def own_table(title: str, table: pd.DataFrame) -> OwnTable:
    """A table of words as the page shows it."""
    return OwnTable(title, [*table.columns], table.astype(str).to_numpy().tolist())


def unit_of(outcome: str, language: str) -> str:
    """The unit of an outcome's numbers as they are written here."""
    about = measure(outcome)
    return "%" if about.unit == "share" else about.unit_in(language)


def line_tables(found: Findings) -> list[OwnTable]:
    """Where one quantity varies: a table for each outcome, a row a policy, a column a value.

    None where a line for each is not too long, or the columns would be too many.
    """
    study, language = found.study, found.language
    if not is_line(study):
        return []
    ((factor, levels),) = study.vary.factors().items()
    if len(levels) * len(study.policies) <= MOST_ROWS or len(levels) > MOST_COLUMNS:
        return []
    kind, _, quantity = factor.partition(".")
    head = [say("policy", language), *(value_of(kind, quantity, v, language) for v in levels)]
    tables = []
    for name in found.outcomes():
        title = say(
            "line_table",
            language,
            outcome=f"{measure(name).words(language)} ({unit_of(name, language)})",
            quantity=name_of(kind, quantity, language),
        )
        tables.append(OwnTable(title, head, list(line_rows(found, name, len(levels)))))
    return tables


def line_rows(found: Findings, outcome: str, levels: int) -> Iterator[list[str]]:
    """A row for each policy: its values along the line, and between brackets what they differ."""
    amounts = replace(found.amounts(outcome), is_short=True)
    by_place = {(row.policy, row.point): row for row in found.rows(outcome)}
    for i, policy in enumerate(found.study.policies):
        cells = []
        for row in (by_place.get((i, point)) for point in range(levels)):
            text = amounts.value(row.value) if row else "–"
            if row and row.is_compared:
                text += f" ({amounts.marked(row.difference, row.low, row.high)})"
            cells.append(text)
        yield [policy.called(found.language), *cells]


def outcome_groups(found: Findings) -> list[OutcomeGroup]:
    """The table: for each outcome a line for each policy or point."""
    shown = shown_rows(found)
    groups = []
    for name in found.outcomes():
        about, rows, unit = measure(name), found.rows(name), unit_of(name, found.language)
        lines = [line(found, name, row) for row in rows if (row.policy, row.point) in shown]
        groups.append(OutcomeGroup(about.words(found.language), unit, lines))
    return groups


def shown_rows(found: Findings) -> set[tuple[int, int]]:
    """Rows that the table shows: what is compared with, and what differs most."""
    if not found.outcomes():
        return set()
    rows = found.rows(found.outcomes()[0])
    ranked = sorted(rows, key=lambda row: (row.is_compared, -abs(row.difference)))
    every = {(row.policy, row.point) for name in found.outcomes() for row in found.rows(name)}
    if len(every) <= MOST_ROWS:
        return every
    return {(row.policy, row.point) for row in ranked[:MOST_ROWS]}


def cut_note(found: Findings) -> str:
    """What is said where the table doesn't show all rows."""
    if not found.outcomes():
        return ""
    main, language = found.outcomes()[0], found.language
    n = len(found.rows(main))
    if n <= MOST_ROWS:
        return ""
    return say("table_cut", language, n=n, words=measure(main).words(language))


def line(found: Findings, outcome: str, row: Row) -> Line:
    """A row in words."""
    amounts, language = replace(found.amounts(outcome), is_short=True), found.language
    mark, change, span = "", "", ""
    if row.is_compared:
        mark = mark_of(row)
        change, span = amounts.change(row.difference), amounts.span(row.low, row.high)
    elif not row.other:
        several = len(found.rows(outcome)) > 1
        change = say("base_row" if several else "nothing_row", language)
    futures = f"{amounts.value(row.low_future)} – {amounts.value(row.high_future)}"
    other = row.other if row.is_compared and row.other != found.first() else ""
    share = f"{row.lower_share:.0%}" if row.is_compared and is_sampled(found.study) else ""
    value = amounts.value(row.value)
    return Line(row.label, other, value, futures, change, span, share, mark)


def mark_of(row: Row) -> str:
    """A sign for who doesn't read on; none where there is no interval."""
    if row.is_none:
        return "="
    if row.could_be_none:
        return UNCLEAR
    return ("▼" if row.difference < 0 else "▲") if row.has_interval else ""
