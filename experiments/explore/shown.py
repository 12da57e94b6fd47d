"""What is shown of a choice: the outcomes that a page can make of a town's weekly sums."""

from collections.abc import Iterable
from typing import Any

import numpy as np

from kring.experiments.explore.books import BOOKED
from kring.experiments.measures import part_of
from kring.simulation.outcomes import NAMES

SHOWN = ("problems", "supporters", "cost", "alone", "waiting")
CHARTED = 3  # the first so many stand at the top, in the sentence and in charts
MOST = 8
WAIT = "wait"  # the one that is told without a line: it is of those who have come in time
LINES = (*(name for name in NAMES if name != "entered"), *BOOKED)
# Those that a client has by him- or herself, so that they can be followed since entry.
OF_A_CLIENT = (
    "problems", "severity", "supporters", "alone", "professionals", "network_help",
    "hours_professional", "hours_mapped", "hours_network", "solved", "cost", "returns", "refused",
)  # fmt: skip


def of_study(outcomes: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The outcomes of a study that a page can show, and those that it cannot.

    A page shows the whole line of an outcome, of all who come: a moment or a route that a study
    names is in it.
    """
    asked = dict.fromkeys(part_of(name).base for name in outcomes)
    can = [name for name in asked if name in LINES or name == WAIT][:MOST]
    left = tuple(name for name in asked if name not in can)
    return (tuple(can) if set(can) & set(LINES) else (*can, *SHOWN)), left


def followed(shown: Iterable[str]) -> list[str]:
    """The outcomes that are told by weeks since entry as well."""
    return [name for name in shown if name in OF_A_CLIENT]


def of_each(rows: Any, name: str) -> np.ndarray:
    """An outcome of each of these clients."""
    values = rows["supporters"] == 0 if name == "alone" else rows[name]
    return np.asarray(values, float)
