"""The tables of a page: those of the study itself, the usual ones, and what is folded."""

from typing import NamedTuple

from kring.experiments.analyses.base import Tables
from kring.experiments.charts.lines import SHOWN as SHOWN_ALONG
from kring.experiments.charts.panels import SHOWN
from kring.experiments.reading.base import Reading
from kring.experiments.reading.differences import Differences
from kring.experiments.report.tables import OutcomeGroup, line_tables, outcome_groups
from kring.experiments.text.tables import PageTable


class PageTables(NamedTuple):
    """What the page shows as tables, and what it folds at its end.

    Attributes
    ----------
    own, along : tuple of PageTable
        Tables of the study's own, and those along a quantity that varies.
    groups : tuple of OutcomeGroup
        Outcomes with their lines.
    more, more_along : tuple
        What is folded.
    """

    own: tuple[PageTable, ...] = ()
    along: tuple[PageTable, ...] = ()
    groups: tuple[OutcomeGroup, ...] = ()
    more: tuple[OutcomeGroup, ...] = ()
    more_along: tuple[PageTable, ...] = ()


def shown_and_folded(found: Differences, reading: Reading, tables: Tables) -> PageTables:
    """As many outcomes as the figures show; beneath tables of the study's own all are folded.

    What is compared with nothing is left out there.
    """
    given = reading.page_tables(found.plan, tables) if found.are_complete() else ()
    own = tuple(PageTable.of(title, table) for title, table in given)
    if not own and (along := tuple(line_tables(found))):
        return PageTables(along=along[:SHOWN_ALONG], more_along=along[SHOWN_ALONG:])
    groups = tuple(outcome_groups(found))
    if not own:
        return PageTables(groups=groups[:SHOWN], more=groups[SHOWN:])
    is_compared = any(found.compared(name) for name in found.outcomes())
    return PageTables(own=own, more=groups if is_compared else ())
