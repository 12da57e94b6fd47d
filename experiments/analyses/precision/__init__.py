"""Precision: how far differences are known, and how many towns what is wanted would take."""

from collections.abc import Iterable

import pandas as pd

from kring.experiments.analyses.base import Analysis, Tables
from kring.experiments.analyses.precision import numbers, words
from kring.experiments.analyses.precision.numbers import pilot
from kring.experiments.study.plan import Plan
from kring.experiments.text.language import _
from kring.experiments.text.tables import Section

__all__ = ["Precision", "pilot"]


class Precision(Analysis):
    """How precise differences are, where a study says what is wanted."""

    name = "precision"

    def title(self) -> str:
        """What it is about."""
        return _("How precise the differences are")

    def applies(self, plan: Plan) -> bool:
        """Whether a precision is wanted."""
        return bool(plan.precision)

    def table(self, plan: Plan, tables: Tables) -> pd.DataFrame:
        """How precise each difference is; see `numbers.precision`."""
        return numbers.precision(plan, tables["runs"])

    def lines(self, plan: Plan, table: pd.DataFrame) -> Iterable[str]:
        """Whether what is wanted is reached, or what it takes."""
        return words.lines(plan, table)

    def section(self, plan: Plan, table: pd.DataFrame) -> Section:
        """A row for each outcome."""
        return words.section(plan, table, self.title())
