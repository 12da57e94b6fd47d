"""A budget in euros: what levers cost beside the books, and what may be paid."""

from typing import TYPE_CHECKING

from kring.experiments.measures import part_of
from kring.experiments.study.designs import Levers
from kring.experiments.study.spec import BudgetTable
from kring.simulation.policy import Policy

if TYPE_CHECKING:
    import pandas as pd

CASH, PEOPLE = "cash", "people_a_year"


def with_prices(
    outcomes: dict[str, float], budget: BudgetTable | None, policy: Levers, today: Levers
) -> dict[str, float]:
    """Outcomes of a run, with in all its cash what its levers cost beside the books."""
    if budget is None or not budget.prices:
        return outcomes
    own, now = of_the_team(policy), of_the_team(today)
    more = sum(
        price * max(0.0, getattr(own, name) - getattr(now, name))
        for name, price in budget.prices.items()
    )
    return {
        name: value + more if part_of(name).base == CASH else value
        for name, value in outcomes.items()
    }


def of_the_team(levers: Levers) -> Policy:
    """The levers for who enters at the team."""
    return levers["team"] if isinstance(levers, dict) else levers


def ceilings(budget: BudgetTable, today: "pd.DataFrame") -> "pd.Series":
    """What may be paid in each town.

    Parameters
    ----------
    budget : BudgetTable
        The budget.
    today : DataFrame
        Outcomes of the first policy, a row a town.

    Returns
    -------
    Series
        EUR a year for each new client.
    """
    if budget.total:
        return budget.total / today[PEOPLE]
    if isinstance(budget.ceiling, str):
        return today[CASH] * (1 + float(budget.ceiling.rstrip("%").replace(",", ".")) / 100)
    return today[CASH] * 0 + float(budget.ceiling)
