"""Levers: which do nothing in a study, whom a number of problems selects, what else it means."""

from collections.abc import Iterable

import pandas as pd

from kring.experiments.analyses.base import Analysis, Tables
from kring.experiments.analyses.levers import numbers, words
from kring.experiments.study.plan import Plan
from kring.experiments.text.language import _
from kring.experiments.text.tables import Section


class Levers(Analysis):
    """Levers that do nothing, and whom those select that count problems."""

    name = "levers"

    def title(self) -> str:
        """What it is about."""
        return _("What levers reach here")

    def applies(self, plan: Plan) -> bool:
        """Whether there is anything to say."""
        return bool(len(numbers.levers(plan)))

    def table(self, plan: Plan, tables: Tables) -> pd.DataFrame:
        """What is so of each lever; see `numbers.levers`."""
        return numbers.levers(plan)

    def lines(self, plan: Plan, table: pd.DataFrame) -> Iterable[str]:
        """A sentence for each lever."""
        return (f"- {sentence}" for sentence in words.sentences(plan, table))

    def section(self, plan: Plan, table: pd.DataFrame) -> Section:
        """The same sentences."""
        return Section(self.title(), "", [], list(words.sentences(plan, table)))
