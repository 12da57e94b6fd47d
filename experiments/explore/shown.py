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

    A page shows the whole line of an outcome: a moment that a study names is in it.
    """
    asked = dict.fromkeys(name.partition("@")[0].strip() for name in outcomes)
    can = [name for name in asked if is_line(name) or name == WAIT][:MOST]
    left = tuple(name for name in asked if name not in can)
    return (tuple(can) if any(map(is_line, can)) else (*can, *SHOWN)), left


def is_line(name: str) -> bool:
    """Whether an outcome, of all or of a route of entry, is told week by week."""
    return part_of(name).base in LINES


def followed(shown: Iterable[str]) -> list[str]:
    """The outcomes that are told by weeks since entry as well."""
    return [name for name in shown if name in OF_A_CLIENT]


def of_each(rows: Any, name: str) -> np.ndarray:
    """An outcome of each of these clients."""
    values = rows["supporters"] == 0 if name == "alone" else rows[name]
    return np.asarray(values, float)
