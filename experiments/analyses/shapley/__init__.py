"""Shapley values: how much of the difference between two policies each lever brings."""

from collections.abc import Iterable

import pandas as pd
from matplotlib.figure import Figure

from kring.experiments.analyses.base import Analysis, Tables
from kring.experiments.analyses.shapley import figure, numbers, words
from kring.experiments.study.designs import Layout
from kring.experiments.study.plan import Plan
from kring.experiments.text.language import _
from kring.experiments.text.tables import Section


class Split(Analysis):
    """What each part of a policy brings of a difference, where every mix was run."""

    name = "shapley"

    def title(self) -> str:
        """What it is about."""
        return _("What brings the difference")

    def applies(self, plan: Plan) -> bool:
        """Whether the design splits a difference."""
        return plan.design.layout is Layout.SPLIT

    def table(self, plan: Plan, tables: Tables) -> pd.DataFrame:
        """Values of every part; see `numbers.split`."""
        return numbers.split(plan, tables["runs"])

    def lines(self, plan: Plan, table: pd.DataFrame) -> Iterable[str]:
        """What each part brings."""
        return words.lines(plan, table)

    def section(self, plan: Plan, table: pd.DataFrame) -> Section:
        """A table of parts by outcomes."""
        return words.section(plan, table, self.title())

    def chart(self, plan: Plan, table: pd.DataFrame) -> Figure | None:
        """Bars by part."""
        return figure.shapley_chart(plan, table)
