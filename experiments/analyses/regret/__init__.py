"""Regret: how far each policy stays behind the best one, future by future."""

from collections.abc import Iterable

import pandas as pd
from matplotlib.figure import Figure

from kring.experiments.analyses.base import Analysis, Tables
from kring.experiments.analyses.regret import figure, numbers, words
from kring.experiments.study.designs import Layout
from kring.experiments.study.plan import Plan
from kring.experiments.text.language import _
from kring.experiments.text.tables import Section


class Regret(Analysis):
    """How far behind the best policy each one is, where policies meet futures."""

    name = "regret"

    def title(self) -> str:
        """What it is about."""
        return _("How far behind the best policy, future by future")

    def applies(self, plan: Plan) -> bool:
        """Whether policies meet futures: points in which more than levers varies, or sets."""
        if plan.design.layout is Layout.POLICIES:
            return plan.is_ensemble and len(plan.policies) > 2
        is_met = any(not factor.startswith("policy.") for factor in plan.design.factors)
        return plan.design.is_sampled and is_met and len(plan.policies) > 1

    def table(self, plan: Plan, tables: Tables) -> pd.DataFrame:
        """Regret of every policy; see `numbers.regret`."""
        return numbers.regret(plan, tables["runs"])

    def lines(self, plan: Plan, table: pd.DataFrame) -> Iterable[str]:
        """Which policy has least to regret."""
        return words.lines(plan, table)

    def section(self, plan: Plan, table: pd.DataFrame) -> Section:
        """A table for each outcome, and what they say."""
        return words.section(plan, table, self.title())

    def chart(self, plan: Plan, table: pd.DataFrame) -> Figure | None:
        """Dots, lines and crosses by policy."""
        return figure.regret_chart(plan, table)
