"""Money in three measures: cash, time that is free, and cost to others.

*Cash* is what the municipality pays: its workers, whether their hours are used or not, and what it
buys. *Free time* is hours of workers that are paid and that no task takes: more of it is time
freed, and no saving. *Cost to others* is what insurers and the state pay. The price of help, such
as the cost of a client so far, is none of the three: it counts hours that are paid anyway.

The books are what `Result.municipality` holds, week by week or summed.
"""

import csv
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from kring.experiments.measures.base import YEAR, Measure, looked_at, people_a_year, ratio
from kring.simulation.choices import TASKS
from kring.simulation.money import payers
from kring.simulation.outcomes import MUNICIPAL_NAMES
from kring.simulation.result import Result
from kring.simulation.settings import DATA

if TYPE_CHECKING:
    import pandas as pd

MUNICIPALITY = "municipality"
PAYER_WORDS = {
    MUNICIPALITY: ("the municipality", "de gemeente"),
    "insurer": ("insurers", "verzekeraars"),
    "state": ("the state", "het rijk"),
}
OTHERS = [payer for payer in PAYER_WORDS if payer != MUNICIPALITY]
GIVEN = [f"given_{task}" for task in TASKS]
BY_THE_TEAM = ["given_outreach", "given_collective"]  # booked as work in the neighbourhood


class Part(NamedTuple):
    """One thing that the municipality pays for.

    Attributes
    ----------
    en, nl : str
        What it is.
    booked : str
        The column of the books.
    beside, low, high : float
        Which part of that is paid beside the pay of workers, and between what it may lie.
    source : str
        Where that comes from.
    """

    en: str
    nl: str
    booked: str
    beside: float
    low: float
    high: float
    source: str


@cache
def cash_parts() -> dict[str, Part]:
    """What the municipality pays for, by name: `data/cash.csv`."""
    found = {}
    with (DATA / "cash.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[row["part"]] = Part(
                en=row["en"],
                nl=row["nl"],
                booked=row["booked"],
                beside=float(row["beside"]),
                low=float(row["low"]),
                high=float(row["high"]),
                source=row["source"],
            )
    return found


@cache
def paid_here() -> dict[str, float]:
    """Which part of each kind of spending the municipality pays, by column of the books."""
    own = payers().query("payer == @MUNICIPALITY")
    return {f"spent_{kind}": share for kind, share in zip(own["kind"], own["share"], strict=True)}


@cache
def what_counts(price_regular: float) -> dict[str, np.ndarray]:
    """What a euro or an hour in the books counts for in each measure.

    Parameters
    ----------
    price_regular : float
        EUR, price of an hour of regular guidance, at which work in the neighbourhood is booked.

    Returns
    -------
    dict of str to ndarray, shape (municipal outcomes,)
        By measure: it is the books times this, of a week, a year or a town.
    """
    place = {name: i for i, name in enumerate(MUNICIPAL_NAMES)}
    counts = {name: np.zeros(len(place)) for name in SUMS}
    for name, part in cash_parts().items():
        own = paid_here().get(part.booked, 1.0)  # pay of workers is no kind of help
        counts[f"cash_{name}"][place[part.booked]] = part.beside * own
    for name in BY_THE_TEAM:
        counts["cash_neighbourhood"][place[name]] = -price_regular  # in the pay of the team
    for row in payers().itertuples():
        if row.payer != MUNICIPALITY:
            counts[f"paid_{row.payer}"][place[f"spent_{row.kind}"]] = row.share
    counts["free_hours"][place["hours_here"]] = 1.0
    for name in GIVEN:
        counts["free_hours"][place[name]] = -1.0
    counts["cash"] = np.sum([counts[f"cash_{name}"] for name in cash_parts()], axis=0)
    counts["cost_others"] = np.sum([counts[f"paid_{payer}"] for payer in OTHERS], axis=0)
    return counts


def three_measures(books: "pd.DataFrame", price_regular: float) -> "pd.DataFrame":
    """Cash, free hours and cost to others (EUR, hours): the rows of the books, `SUMS` and
    ``free_worth``.

    Parameters
    ----------
    books : DataFrame
        A table with the columns of `Result.municipality`.
    price_regular : float
        EUR, price of an hour of regular guidance in its town.
    """
    import pandas as pd

    every, counts = books[list(MUNICIPAL_NAMES)], what_counts(price_regular)
    found = pd.DataFrame({name: every @ counts[name] for name in SUMS})
    mean_pay = books["staff_cost"] / books["hours_paid"].clip(lower=1e-9)
    return found.assign(free_worth=found["free_hours"] * mean_pay)


def a_year(name: str) -> Callable[[Result], float]:
    """One of the measures in a year, per person whose need arose in a year."""

    def of(result: Result) -> float:
        weeks = result.municipal_sums[-looked_at(result) :]
        total = float(weeks.sum(axis=0) @ what_counts(result.price_regular)[name])
        return total / len(weeks) * YEAR / people_a_year(result)

    return of


def free_worth(result: Result) -> float:
    """What the free hours of a year could be worth, at the mean pay of an hour of the team."""
    return a_year("free_hours")(result) * ratio("staff_cost", "hours_paid")(result)


SUMS = [
    *("cash", *(f"cash_{part}" for part in cash_parts())),
    *("free_hours", "cost_others", *(f"paid_{payer}" for payer in OTHERS)),
]


def a_year_per_client(unit: str, en: str, nl: str, of: Callable[[Result], float]) -> Measure:
    """A measure of a year, per new client."""
    return Measure(unit, f"{en}, a year per new client", f"{nl}, per jaar per nieuwe cliënt", of)


MONEY_MEASURES: dict[str, Measure] = {
    "cash": a_year_per_client("EUR", "cash paid by the municipality", "uitgaven van de gemeente",
                              a_year("cash")),
    **{f"cash_{name}": a_year_per_client("EUR", f"cash: {part.en}",
                                         f"uitgaven van de gemeente: {part.nl}",
                                         a_year(f"cash_{name}"))
       for name, part in cash_parts().items()},
    "free_hours": a_year_per_client("hours", "hours of the team that are free",
                                    "vrije uren van het team", a_year("free_hours")),
    "free_worth": a_year_per_client("EUR", "what the team's free hours could be worth",
                                    "wat de vrije uren van het team waard kunnen zijn", free_worth),
    "cost_others": a_year_per_client("EUR", "cost to others: insurers and the state",
                                     "kosten voor anderen: verzekeraars en het rijk",
                                     a_year("cost_others")),
    **{f"paid_{payer}": a_year_per_client("EUR", f"cost to {PAYER_WORDS[payer][0]}",
                                          f"kosten voor {PAYER_WORDS[payer][1]}",
                                          a_year(f"paid_{payer}"))
       for payer in OTHERS},
}  # fmt: skip
