"""The tables of a report: every outcome of every policy, in words and numbers."""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from kring.experiments.reading.differences import Differences, Row
from kring.experiments.study.designs import Layout
from kring.experiments.text.formats import UNCLEAR
from kring.experiments.text.language import _, said
from kring.experiments.text.names import (
    outcome_name,
    quantity_name,
    value_of,
    with_unit,
    written_unit,
)
from kring.experiments.text.numbers import DASH
from kring.experiments.text.tables import PageTable

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
    holds_in: str
    chance: str
    mark: str


class OutcomeGroup(NamedTuple):
    """The lines of one outcome."""

    title: str
    unit: str
    lines: list[Line]


def line_tables(found: Differences) -> list[PageTable]:
    """Where one quantity varies: a table for each outcome, a row a policy, a column a value.

    None where a line for each is not too long, or the columns would be too many.
    """
    if found.design.layout is not Layout.LINE:
        return []
    ((factor, levels),) = found.design.factors.items()
    if len(levels) * len(found.names) <= MOST_ROWS or len(levels) > MOST_COLUMNS:
        return []
    kind, _dot, quantity = factor.partition(".")
    head = [_("Policy"), *(value_of(kind, quantity, value) for value in levels)]
    return [
        PageTable(
            _("{outcome}, by {quantity}").format(
                outcome=with_unit(name), quantity=quantity_name(kind, quantity)
            ),
            head,
            list(line_rows(found, name, len(levels))),
        )
        for name in found.outcomes()
    ]


def line_rows(found: Differences, outcome: str, levels: int) -> Iterator[list[str]]:
    """A row for each policy: its values along the line, and between brackets what they differ."""
    format_ = replace(found.format(outcome), is_short=True)
    by_place = {(row.policy, row.point): row for row in found.rows(outcome)}
    for i, policy in enumerate(found.plan.policies):
        cells = []
        for row in (by_place.get((i, point)) for point in range(levels)):
            if row is None:
                cells.append(DASH)
            elif row.is_compared:
                cells.append(format_.compared(row.value, row.spread))
            else:
                cells.append(format_.value(row.value))
        yield [said(policy.label), *cells]


def outcome_groups(found: Differences) -> list[OutcomeGroup]:
    """The table: for each outcome a line for each policy or point."""
    shown = shown_rows(found)
    return [
        OutcomeGroup(
            outcome_name(name),
            written_unit(name),
            [line(found, name, r) for r in found.rows(name) if (r.policy, r.point) in shown],
        )
        for name in found.outcomes()
    ]


def shown_rows(found: Differences) -> set[tuple[int, int]]:
    """Rows that the table shows: what is compared with, and what differs most."""
    if not found.outcomes():
        return set()
    rows = found.rows(found.outcomes()[0])
    ranked = sorted(rows, key=lambda row: (row.is_compared, -abs(row.difference)))
    every = {(row.policy, row.point) for name in found.outcomes() for row in found.rows(name)}
    if len(every) <= MOST_ROWS:
        return every
    return {(row.policy, row.point) for row in ranked[:MOST_ROWS]}


def cut_note(found: Differences) -> str:
    """What is said where the table doesn't show all rows."""
    if not found.outcomes():
        return ""
    main = found.outcomes()[0]
    n = len(found.rows(main))
    if n <= MOST_ROWS:
        return ""
    return _(
        "Of {n} rows an outcome, the table shows those that are compared with and those that "
        "differ most in {outcome}; all stand in differences.csv."
    ).format(n=n, outcome=outcome_name(main))


def line(found: Differences, outcome: str, row: Row) -> Line:
    """A row in words."""
    format_ = replace(found.format(outcome), is_short=True)
    written = format_.together(row.value, row.spread)
    mark = change = span = holds = chance = ""
    if row.is_compared:
        mark, change, span = mark_of(row), written.change, written.span
        if row.spread.is_over_sets:
            holds = _("{n} of 100").format(n=round(100 * row.share))
            chance = written.chance
    elif not row.other:
        several = len(found.rows(outcome)) > 1
        change = _("base") if several else _("compared with nothing")
    futures = f"{format_.value(row.low_future)} – {format_.value(row.high_future)}"
    other = row.other if row.is_compared and row.other != found.first() else ""
    return Line(
        row.label + idle(found, row), other, written.value, futures, change, span, holds, chance,
        mark,
    )  # fmt: skip


def idle(found: Differences, row: Row) -> str:
    """Which levers of a policy do nothing; nothing if all do something."""
    levers = found.idle.get(found.names[row.policy], [])
    if not levers:
        return ""
    names = ", ".join(quantity_name("policy", lever) for lever in levers)
    return _(" (does nothing here: {levers})").format(levers=names)


def mark_of(row: Row) -> str:
    """A sign for who doesn't read on; none where there is no interval."""
    if row.is_none:
        return "="
    if row.could_be_none:
        return UNCLEAR
    return ("▼" if row.difference < 0 else "▲") if row.has_interval else ""
