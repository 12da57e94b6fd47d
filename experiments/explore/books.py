"""Outcomes of the municipality's books that a page can make: sums of weeks, over each other."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from kring.experiments.measures.base import KIND_WORDS, TASK_WORDS, YEAR, people_a_year
from kring.experiments.measures.money import SUMS, what_counts
from kring.simulation.money import KINDS
from kring.simulation.outcomes import MUNICIPAL_NAMES
from kring.simulation.result import Result
from kring.simulation.town import Town

Counts = Mapping[str, float]  # of what is booked, and how much


class OfBooks(NamedTuple):
    """What is counted of the books, and over what: each by what is booked and how much it counts.

    Where it is over nothing, it is what is paid in a year for each client who comes in a year.
    """

    part: Counts
    whole: Counts

    def weekly(self, result: Result) -> np.ndarray:
        """Week by week; NaN where there is nothing to count over."""
        part, whole = (counted(result, counts) for counts in self)
        if not self.whole:
            return part * YEAR / people_a_year(result)
        return ratio(part, whole)


def counted(result: Result, counts: Counts) -> np.ndarray:
    """What is booked, week by week, as it counts."""
    total = np.zeros(result.weeks)
    for name, value in counts.items():
        total += value * result.booked(name)
    return total


def ratio(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """Parts of wholes; NaN where there is no whole."""
    found: np.ndarray = np.divide(part, whole, out=np.full(len(whole), np.nan), where=whole > 0)
    return found


def of_books(price_regular: float) -> dict[str, OfBooks]:
    """The outcomes of a town's books, by name; `kring.experiments.measures` has the same."""
    return {
        **{
            name: OfBooks(nonzero(what_counts(price_regular)[name]), {}) for name in SUMS
        },
        "spent": OfBooks({f"spent_{kind}": 1.0 for kind in KINDS}, {}),
        **{f"spent_{kind}": OfBooks({f"spent_{kind}": 1.0}, {}) for kind in KIND_WORDS},
        **{
            f"given_{task}": OfBooks({f"given_{task}": 1.0}, {f"wanted_{task}": 1.0})
            for task in TASK_WORDS
        },
        "doubt": OfBooks({"doubt": 1.0}, {"workers": 1.0}),
        "skill": OfBooks({"skill": 1.0}, {"workers": 1.0}),
    }  # fmt: skip


def nonzero(counts: np.ndarray) -> Counts:
    """What counts at all, by what is booked."""
    pairs = zip(MUNICIPAL_NAMES, counts.tolist(), strict=True)
    return {name: value for name, value in pairs if value}


BOOKED = tuple(of_books(Town().price_regular))
