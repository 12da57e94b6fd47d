"""What a measure is, and the ways to read a number from a result."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from kring.simulation.behaviour.case import PLAN_NORM
from kring.simulation.field import DOMAINS
from kring.simulation.money import KINDS
from kring.simulation.result import Result
from kring.simulation.rows import OUTSIDE

DAYS_A_WEEK = 5  # working days
YEAR = 52  # weeks
LAST = 2 * YEAR  # weeks that are looked at

UNITS_NL = {
    "problems": "problemen",
    "levels": "niveaus",
    "persons": "personen",
    "share": "aandeel",
    "working days": "werkdagen",
    "clients": "cliënten",
    "cases": "zaken",
    "times": "keren",
    "plans": "plannen",
    "0 to 1": "0 tot 1",
    "EUR": "euro",
    "hours": "uren",
    "weeks": "weken",
    "FTE": "fte",
}

# What is spent on and what hours go to, in English and in Dutch.
KIND_WORDS = {
    "team": ("team hours", "uren van het team"),
    "guidance": ("guidance", "begeleiding"),
    "conference": ("conferences", "conferenties"),
    "specialist": ("agencies", "instellingen"),
    "placement": ("foster care", "pleegzorg"),
    "inquiry": ("child-protection inquiries", "raadsonderzoeken"),
    "neighbourhood": ("neighbourhood work", "werk in de buurt"),
    "schooling": ("schooling", "scholing"),
    "campaign": ("campaigns", "campagnes"),
}
TASK_WORDS = {
    "intake": ("intake", "intake"),
    "plans": ("plans", "plannen"),
    "guidance": ("guidance", "begeleiding"),
    "network": ("the network", "het netwerk"),
    "administration": ("accounting", "verantwoording"),
    "collective": ("groups", "groepen"),
    "outreach": ("outreach", "outreachend werken"),
}


class Measure(NamedTuple):
    """One number of a result.

    Attributes
    ----------
    unit : str
        Unit.
    en, nl : str
        What it is, in English and in Dutch.
    of : callable
        ``of(result)`` gives the number.
    episodes : bool
        Whether it reads what happened to whom, which must then be kept.
    """

    unit: str
    en: str
    nl: str
    of: Callable[[Result], float]
    episodes: bool = False


def looked_at(result: Result) -> int:
    """How many weeks at the end are looked at: a year of a town that ran already, else two.

    Earlier ones are left out, for there teams begin with no cases.
    """
    return min(YEAR if result.start else LAST, result.weeks)


def last(name: str) -> Callable[[Result], float]:
    """An outcome at the end of the run: a mean over the people whose need has arisen."""
    return lambda result: result.at(name)


def municipal(result: Result, name: str) -> np.ndarray:
    """What is booked of the municipality, week by week, in the weeks that are looked at."""
    return result.booked(name)[-looked_at(result) :]


def ratio(part: str, whole: str) -> Callable[[Result], float]:
    """What is booked under one name against another."""
    return lambda result: float(
        municipal(result, part).sum() / max(municipal(result, whole).sum(), 1e-9)
    )


def given(task: str) -> Callable[[Result], float]:
    """Part of the wanted hours for a task that was given."""
    return ratio(f"given_{task}", f"wanted_{task}")


def came(result: Result) -> np.ndarray:
    """Clients who came to the team in the weeks that are looked at, in time for a plan.

    Those who were still outside, or came in the last weeks, say nothing of the wait.
    """
    rows, end = result.client_rows, result.start + result.weeks
    there = (rows["stage"] > 1) & (rows["entry_week"] >= end - looked_at(result))
    return rows[there & (rows["entry_week"] < end - PLAN_NORM)]


def newly_in_need(result: Result) -> np.ndarray:
    """Clients whose need arose in the weeks that are looked at, whether they came or not."""
    rows, end = result.client_rows, result.start + result.weeks
    entry = rows["entry_week"]
    return np.asarray(rows[(entry >= end - looked_at(result)) & (entry < end)])


def stay_away(result: Result) -> float:
    """Share of those newly in need who have not come to the team."""
    rows = newly_in_need(result)
    return float((rows["stage"] == OUTSIDE).mean()) if len(rows) else float("nan")


def inflow(result: Result) -> float:
    """People who come to the team for the first time, in a year."""
    rows, end = result.client_rows, result.start + result.weeks
    came_first = (rows["stage"] > OUTSIDE) & (rows["returns"] == 0)
    came_first &= rows["opened_week"] >= end - looked_at(result)
    return float(came_first.sum() / looked_at(result) * YEAR)


def wait(result: Result) -> float:
    """Mean wait in working days; who is taken in within the week has waited half of one."""
    rows = came(result)
    return float((rows["waited"].mean() + 0.5) * DAYS_A_WEEK) if len(rows) else float("nan")


def without_plan(result: Result) -> float:
    """Share of clients without a plan six weeks after they came."""
    rows = came(result)
    came_back = rows["returns"] > 0  # who has had a plan before
    took = np.where(came_back, 0, rows["plan_week"] - rows["opened_week"])
    in_time = (rows["plan_week"] >= 0) & (took <= PLAN_NORM)
    return float(1 - in_time.mean()) if len(rows) else float("nan")


def cases_per_worker(result: Result) -> float:
    """Cases per full-time worker on the books."""
    per_worker = municipal(result, "cases") / np.maximum(municipal(result, "hours_paid"), 1e-9)
    return float(per_worker.mean() * result.full_time)


def people_a_year(result: Result) -> float:
    """People whose need arises in a year; of a town that ran, in the weeks looked at."""
    if result.start:
        return max(len(newly_in_need(result)) / looked_at(result) * YEAR, 1.0)
    lived = min(result.entry_weeks, result.weeks)
    return max(result.at("entered") / lived * YEAR, 1.0)


def yearly(result: Result, name: str) -> float:
    """What is spent in a year, per person whose need arose in a year."""
    total = municipal(result, name).sum() / looked_at(result) * YEAR
    return float(total / people_a_year(result))


def spent(*kinds: str) -> Callable[[Result], float]:
    """What is spent on some kinds in a year, per person whose need arose in a year."""
    return lambda result: sum(yearly(result, f"spent_{kind}") for kind in kinds or KINDS)


def share(*conditions: str) -> Callable[[Result], float]:
    """Share of those who came for whom all these columns say yes."""

    def of(result: Result) -> float:
        rows = came(result)
        yes = np.logical_and.reduce([rows[c] > 0 for c in conditions])
        return float(yes.mean()) if len(rows) else float("nan")

    return of


def with_problem(domain: str) -> Callable[[Result], float]:
    """Share of people in need who have a problem in this domain at the end."""

    def of(result: Result) -> float:
        rows = result.counted
        return float((rows["level"][:, DOMAINS.index(domain)] > 0).mean())

    return of


def mean_of(column: str, who: Callable[[Result], np.ndarray] = came) -> Callable[[Result], float]:
    """Mean of a column over some clients: those who came, if nobody else is named."""

    def of(result: Result) -> float:
        rows = who(result)
        return float(rows[column].mean()) if len(rows) else float("nan")

    return of


def hours_for(task: str) -> Callable[[Result], float]:
    """Hours a week that a full-time worker comes to give to a task."""
    return lambda result: ratio(f"given_{task}", "hours_paid")(result) * result.full_time


def with_plan_of(plan: int) -> Callable[[Result], float]:
    """Share of those who came whose plan was made by the worker (1) or the network (2)."""
    return lambda result: float((came(result)["plan"] == plan).mean())
