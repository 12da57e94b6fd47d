"""Sensitivity: which of the quantities that vary an outcome, or a difference, depends on."""

from collections.abc import Iterable

import pandas as pd
from matplotlib.figure import Figure

from kring.experiments.analyses.base import Analysis, Tables
from kring.experiments.analyses.sensitivity import figure, numbers, words
from kring.experiments.study.plan import Plan
from kring.experiments.text.language import _
from kring.experiments.text.tables import Section


class Sensitivity(Analysis):
    """What outcomes depend on, where points were drawn."""

    name = "sensitivity"

    def title(self) -> str:
        """What it is about."""
        return _("What it depends on")

    def applies(self, plan: Plan) -> bool:
        """Whether points are drawn."""
        return plan.design.is_sampled

    def table(self, plan: Plan, tables: Tables) -> pd.DataFrame:
        """Indices of every quantity; see `numbers.indices`."""
        return numbers.indices(plan, tables["runs"])

    def lines(self, plan: Plan, table: pd.DataFrame) -> Iterable[str]:
        """What outcomes depend on most."""
        return words.lines(plan, table)

    def section(self, plan: Plan, table: pd.DataFrame) -> Section:
        """Tables by quantity, and what they say."""
        return words.section(plan, table, self.title())

    def chart(self, plan: Plan, table: pd.DataFrame) -> Figure | None:
        """Bars by quantity."""
        return figure.sensitivity_chart(plan, table)
