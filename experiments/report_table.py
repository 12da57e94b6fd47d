"""The table of a report: every outcome of every policy, in words and numbers."""

from typing import NamedTuple

from experiments.findings import Findings, Row
from experiments.measures import measure
from experiments.pairs import is_sampled
from experiments.report_words import say

MOST_ROWS = 24  # of an outcome; the CSV has all


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


def outcome_groups(found: Findings) -> list[OutcomeGroup]:
    """The table: for each outcome a line for each policy or point."""
    shown = shown_rows(found)
    groups = []
    for name in found.outcomes():
        about, rows = measure(name), found.rows(name)
        unit = "%" if about.unit == "share" else about.unit_in(found.language)
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
    amounts, language = found.amounts(outcome), found.language
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
        return "○"
    return ("▼" if row.difference < 0 else "▲") if row.has_interval else ""


def split_groups(found: Findings) -> list[OutcomeGroup]:
    """What each part of a policy brings, outcome by outcome; empty where nothing was split."""
    groups = []
    for name in found.outcomes():
        amounts, about = found.amounts(name), measure(name)
        lines = [
            Line(row.label, "", "", "", amounts.change(row.difference),
                 amounts.span(row.low, row.high), "", "")
            for row in found.split(name)
        ]  # fmt: skip
        if lines:
            unit = "%" if about.unit == "share" else about.unit_in(found.language)
            groups.append(OutcomeGroup(about.words(found.language), unit, lines))
    return groups
