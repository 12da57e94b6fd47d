"""Periods: after how long outcomes are looked at, in words."""

from kring.experiments.measures.base import YEAR
from kring.experiments.study.plan import Plan
from kring.experiments.text.language import _


def after(weeks: int) -> str:
    """How long was lived: `after 2 years`."""
    if weeks % YEAR:
        return _("after {weeks} weeks").format(weeks=weeks)
    if weeks == YEAR:
        return _("after 1 year")
    return _("after {years} years").format(years=weeks // YEAR)


def looked_at(plan: Plan) -> str:
    """After how long outcomes are looked at, where policies may have weeks of their own."""
    weeks = {policy.weeks for policy in plan.policies}
    return after(weeks.pop()) if len(weeks) == 1 else _("at the end of each run")
