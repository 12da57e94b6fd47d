"""Totals: what means per client are for the whole town: persons, FTE, hours and euros."""

from collections.abc import Iterable

import pandas as pd

from kring.experiments.analyses.base import Analysis, Tables
from kring.experiments.analyses.totals import numbers, words
from kring.experiments.study.designs import Layout
from kring.experiments.study.plan import Plan
from kring.experiments.text.language import _
from kring.experiments.text.tables import Section


class Totals(Analysis):
    """What the town as a whole has, beside means per client."""

    name = "totals"

    def title(self) -> str:
        """What it is about."""
        return _("For the town as a whole")

    def applies(self, plan: Plan) -> bool:
        """Whether policies stand beside each other in one town, whose size is known."""
        return plan.design.layout is Layout.POLICIES and plan.country is None

    def table(self, plan: Plan, tables: Tables) -> pd.DataFrame:
        """The totals of each policy; see `numbers.totals`."""
        return numbers.totals(plan, tables["differences"])

    def lines(self, plan: Plan, table: pd.DataFrame) -> Iterable[str]:
        """The totals of each policy, where the town is somebody's own; else the page has them."""
        return words.lines(plan, table) if plan.municipality else ()

    def section(self, plan: Plan, table: pd.DataFrame) -> Section:
        """A row for each total, a column for each policy."""
        return Section(self.title(), words.note(plan), [words.page_table(plan, table)], [])
