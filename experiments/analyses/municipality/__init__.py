"""A municipality of one's own: what Kring makes of it, beside what was told."""

from collections.abc import Iterable

import pandas as pd

from kring.experiments.analyses.base import Analysis, Tables
from kring.experiments.analyses.municipality import numbers, words
from kring.experiments.study.plan import Plan
from kring.experiments.text.language import _
from kring.experiments.text.tables import Section


class Municipality(Analysis):
    """What Kring makes of the municipality of a study."""

    name = "municipality"

    def title(self) -> str:
        """What it is about."""
        return _("Your municipality, as it runs today")

    def applies(self, plan: Plan) -> bool:
        """Whether the study has a municipality, and it is known what comes out."""
        return bool(plan.municipality and plan.figures)

    def table(self, plan: Plan, tables: Tables) -> pd.DataFrame:
        """Each figure as it was told and as it comes out; see `numbers.compared`."""
        assert plan.municipality
        return numbers.compared(plan.municipality, plan.figures)

    def lines(self, plan: Plan, table: pd.DataFrame) -> Iterable[str]:
        """Each figure, and what can't go together."""
        yield from words.figure_lines(table)
        yield from (f"- {remark}" for remark in self.remarks(plan, table))

    def section(self, plan: Plan, table: pd.DataFrame) -> Section:
        """The figures as a table, and what can't go together."""
        return Section(
            self.title(), words.note(), [words.page_table(table)], list(self.remarks(plan, table))
        )

    def remarks(self, plan: Plan, table: pd.DataFrame) -> Iterable[str]:
        """What was found, what can't go together, and what stays off."""
        assert plan.municipality
        yield from words.remarks(plan.municipality, plan.today, plan.found, table)
