"""Groups of clients, as they were at the start, in which a page looks who is better off."""

from typing import Any, NamedTuple

import numpy as np

from kring.experiments.measures.groups import GROUPINGS
from kring.experiments.text.language import Word

OF_ROWS = ("problems_at_entry", "children", "age")  # what the rows of clients hold by themselves


class Part(NamedTuple):
    """Clients for whom a column lies between two whole numbers, both included."""

    key: str
    column: str
    low: int
    high: int
    word: Word

    def members(self, clients: dict[str, Any]) -> np.ndarray:
        """Which clients are in it: a yes or no for each."""
        column = np.asarray(clients[self.column])
        return np.asarray((column >= self.low) & (column <= self.high))


GROUPS = tuple(
    Part(
        f"{grouping.column}{group.low}",
        grouping.column,
        group.low,
        group.high,
        Word(group.en, group.nl),
    )
    for grouping in GROUPINGS
    if grouping.column in OF_ROWS
    for group in grouping.groups
)
