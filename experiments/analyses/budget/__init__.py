"""Within a budget: what is paid over all sets, whether the best differ, and the frontier."""

from collections.abc import Iterable

import pandas as pd
from matplotlib.figure import Figure

from kring.experiments.analyses.base import Analysis, Tables
from kring.experiments.analyses.budget import figure, numbers, words
from kring.experiments.study.plan import Plan
from kring.experiments.text.language import _
from kring.experiments.text.tables import PageTable, Section


class Paid(Analysis):
    """Whether the best combinations stay within the budget over all sets they are lived in."""

    name = "paid"

    def title(self) -> str:
        """What it is about."""
        return _("Whether they stay within the budget")

    def applies(self, plan: Plan) -> bool:
        """Whether a study has a budget, and the best were found."""
        return plan.budget is not None and bool(plan.budget.found) and len(plan.policies) > 1

    def table(self, plan: Plan, tables: Tables) -> pd.DataFrame:
        """What each pays over all sets, beside the ceiling; see `numbers.judged`."""
        return numbers.judged(plan, tables["runs"], tables.get("left_out"))

    def lines(self, plan: Plan, table: pd.DataFrame) -> Iterable[str]:
        """A line for each combination, and what was left out."""
        return words.paid(plan, table)

    def section(self, plan: Plan, table: pd.DataFrame) -> Section:
        """The same on the page."""
        remarks = [line.removeprefix("- ") for line in words.paid(plan, table)]
        return Section(self.title(), "", [], remarks)


class NextBest(Paid):
    """Which of the best combinations differ from the next best by more than is not known."""

    name = "next_best"

    def title(self) -> str:
        """What it is about."""
        return _("The best combinations within the budget")

    def table(self, plan: Plan, tables: Tables) -> pd.DataFrame:
        """Each combination against the next best; see `numbers.next_best`."""
        return numbers.next_best(plan, tables["runs"])

    def lines(self, plan: Plan, table: pd.DataFrame) -> Iterable[str]:
        """What each combination consists of, and whether it does better than the next best."""
        return [*words.consist(plan), *words.lines(plan, table)]

    def section(self, plan: Plan, table: pd.DataFrame) -> Section:
        """What each combination consists of, and what is known of the next best."""
        remarks = [line.removeprefix("- ") for line in words.lines(plan, table)]
        return Section(self.title(), "", [PageTable(*words.levers(plan))], remarks)


class Frontier(NextBest):
    """What more cash brings: all combinations that were tried."""

    name = "frontier"

    def title(self) -> str:
        """What it is about."""
        return _("What more cash brings")

    def table(self, plan: Plan, tables: Tables) -> pd.DataFrame:
        """What was tried, and what lies on the frontier; see `numbers.frontier`."""
        return numbers.frontier(plan, tables)

    def lines(self, plan: Plan, table: pd.DataFrame) -> Iterable[str]:
        """How many were tried, and how many no other beats."""
        if len(table):
            yield words.tried(table[table["policy"].isna()])

    def section(self, plan: Plan, table: pd.DataFrame) -> Section:
        """The same on the page."""
        return Section(self.title(), "", [], [*self.lines(plan, table)])

    def chart(self, plan: Plan, table: pd.DataFrame) -> Figure | None:
        """Cash against problems, supporters and the wait."""
        return figure.frontier_chart(plan, table)
