"""What a report shows of its study: the answer and tables of its own, and what is folded."""

from types import ModuleType
from typing import NamedTuple

from experiments.readings import script_of
from experiments.reporting.answers import answer
from experiments.reporting.charts import SHOWN, SHOWN_LINES
from experiments.reporting.findings import Findings, Tables
from experiments.reporting.report_table import (
    OutcomeGroup,
    OwnTable,
    line_tables,
    outcome_groups,
    own_table,
)


def script_for(found: Findings) -> ModuleType | None:
    """The study's reading script, where every policy has the numbers that it is about."""
    policies = {policy.name for policy in found.study.policies}
    return script_of(found.study) if found.there() == policies else None


def best_answer(found: Findings, tables: Tables) -> str:
    """The answer of the study's reading script, or the general one where it has none."""
    parts = (found.study, tables, found.language)
    own = getattr(script_for(found), "answer", None)
    return (own(*parts) if own else "") or answer(*parts)


def own_tables(found: Findings, tables: Tables) -> tuple[OwnTable, ...]:
    """The tables that the study's reading script has for the page."""
    own = getattr(script_for(found), "page_tables", None)
    given = own(found.study, tables, found.language) if own else []
    return tuple(own_table(title, table) for title, table in given)


class Shown(NamedTuple):
    """What the page shows as tables, and what it folds at its end.

    Attributes
    ----------
    own, along : tuple of OwnTable
        Tables of the study's own, and those along a quantity that varies.
    groups : tuple of OutcomeGroup
        Outcomes with their lines.
    more, more_along : tuple
        What is folded.
    """

    own: tuple[OwnTable, ...] = ()
    along: tuple[OwnTable, ...] = ()
    groups: tuple[OutcomeGroup, ...] = ()
    more: tuple[OutcomeGroup, ...] = ()
    more_along: tuple[OwnTable, ...] = ()


def shown_and_folded(found: Findings, tables: Tables) -> Shown:
    """As many outcomes as the figures show; beneath tables of the study's own all are folded.

    What is compared with nothing is left out there.
    """
    own = own_tables(found, tables)
    if not own and (along := tuple(line_tables(found))):
        return Shown(along=along[:SHOWN_LINES], more_along=along[SHOWN_LINES:])
    groups = tuple(outcome_groups(found))
    if not own:
        return Shown(groups=groups[:SHOWN], more=groups[SHOWN:])
    is_compared = any(found.compared(name) for name in found.outcomes())
    return Shown(own=own, more=groups if is_compared else ())
