"""Winners and losers: who is better and worse off than under the first policy."""

from collections.abc import Iterable

import pandas as pd
from matplotlib.figure import Figure

from kring.experiments.analyses.base import Analysis, Tables
from kring.experiments.analyses.winners import figure, numbers, words
from kring.experiments.study.designs import Layout
from kring.experiments.study.plan import Plan
from kring.experiments.text.language import _
from kring.experiments.text.tables import Section


class Winners(Analysis):
    """Who ends with fewer and with more problems, by what they were before anything was done."""

    name = "winners"

    def title(self) -> str:
        """What it is about."""
        return _("Who is better and who is worse off")

    def applies(self, plan: Plan) -> bool:
        """Whether policies stand beside each other and it is kept how clients end."""
        beside = plan.design.layout is Layout.POLICIES and len(plan.policies) > 1
        return beside and plan.country is None and numbers.is_kept(plan)

    def table(self, plan: Plan, tables: Tables) -> pd.DataFrame:
        """Better and worse off in each group; see `numbers.winners`."""
        return numbers.winners(plan, tables)

    def lines(self, plan: Plan, table: pd.DataFrame) -> Iterable[str]:
        """In which groups more are better off than worse, and the other way round."""
        return words.lines(plan, table)

    def section(self, plan: Plan, table: pd.DataFrame) -> Section:
        """A table for each policy, a row a group."""
        return words.section(plan, table, self.title())

    def chart(self, plan: Plan, table: pd.DataFrame) -> Figure | None:
        """The balance of better and worse off, group by group."""
        return figure.balance_chart(plan, table)
