"""Totals for a town: its people, staff and hours, and what means per client add up to."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from kring.experiments.measures import part_of
from kring.experiments.measures.totals import TOWN, YEAR, over, unit_of_total
from kring.experiments.study.plan import Plan
from kring.simulation.policy import Policy
from kring.simulation.town import Town

WEEKS = 52
COLUMNS = ("policy", "what", "unit", "total", "difference", "low", "high")
NEW_CLIENTS, FTE, STAFF_HOURS = "new_clients", "fte", "staff_hours"


def totals(plan: Plan, differences: pd.DataFrame) -> pd.DataFrame:
    """What each policy comes to in the town as a whole.

    Returns
    -------
    DataFrame
        ``policy, what, unit, total, difference, low, high``. `what` is "new_clients" a year, "fte"
        of team workers, "staff_hours" a year for clients, or an outcome of the study whose mean per
        client adds up; `difference` is from what the policy is compared with, from `low` to `high`.
    """
    rows = [*of_staff(plan), *of_outcomes(plan, differences)]
    return pd.DataFrame(rows, columns=COLUMNS)


def new_clients(plan: Plan, town: Town) -> float:
    """Clients a year: of the whole municipality, also where a part of it is lived."""
    return plan.municipality.year if plan.municipality else town.clients * WEEKS / town.entry_weeks


def of_staff(plan: Plan) -> Iterator[dict[str, Any]]:
    """Clients, full-time places and hours of each policy, as they are set."""
    first: dict[str, float] = {}
    for number, policy in enumerate(plan.policies):
        levers, town, _strengths = plan.at_point(number, {})
        team = levers if isinstance(levers, Policy) else levers["team"]
        clients = new_clients(plan, town)
        fte = clients / WEEKS * town.case_weeks / town.cases_per_worker * team.staffing
        amounts = {
            NEW_CLIENTS: (clients, "clients"),
            FTE: (fte, "FTE"),
            STAFF_HOURS: (fte * town.client_hours * WEEKS, "hours"),
        }
        for what, (total, unit) in amounts.items():
            change = total - first.setdefault(what, total)
            yield {"policy": policy.name, "what": what, "unit": unit, "total": total,
                   "difference": change, "low": change, "high": change}  # fmt: skip


def of_outcomes(plan: Plan, differences: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """The means per client of each policy, times the people they are means of.

    How many are in need at once in a town that ran before week 1 is no figure of the study: there
    only what is of a year's new clients adds up.
    """
    towns = {
        policy.name: plan.at_point(number, {})[1] for number, policy in enumerate(plan.policies)
    }
    for row in differences.to_dict("records"):
        town = towns.get(row["policy"])
        people = how_many(plan, town, row["outcome"]) if town else 0.0
        if people:
            yield {
                "policy": row["policy"],
                "what": row["outcome"],
                "unit": unit_of_total(row["outcome"]),
                "total": row["value"] * people,
                **{name: row[name] * people for name in ("difference", "low", "high")},
            }


def how_many(plan: Plan, town: Town, outcome: str) -> float:
    """The people of whom an outcome is a mean, in the whole town; 0 where it does not add up.

    Of what is of the town already: how many times the town that is lived goes into the whole.
    """
    year = new_clients(plan, town)
    if over(outcome) == TOWN:
        return year / (town.clients * WEEKS / town.entry_weeks)
    if over(outcome) == YEAR:
        return year
    if not over(outcome) or town.weeks_before:
        return 0.0
    asked = part_of(outcome)
    weeks = WEEKS if asked.after else min(asked.week or plan.weeks, town.entry_weeks)
    routes = {"conference": town.conference_share, "team": 1 - town.conference_share}
    return year * weeks / WEEKS * routes.get(asked.route, 1.0)
