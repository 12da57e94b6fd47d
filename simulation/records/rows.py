"""Rows as they lie in memory: copied and put together whole, where NumPy goes column by column."""

from collections.abc import Sequence

import numpy as np


def copied(rows: np.ndarray) -> np.recarray:
    """The same rows in memory of their own."""
    return stacked([rows])


def stacked(tables: Sequence[np.ndarray]) -> np.recarray:
    """The rows of tables of one kind, one after the other."""
    rows = np.empty(sum(map(len, tables)), tables[0].dtype)
    memory, end = rows.view(np.uint8), 0
    for table in tables:
        lies = np.ascontiguousarray(table).view(np.ndarray).view(np.uint8)
        memory[end : end + len(lies)] = lies
        end += len(lies)
    return rows.view(np.recarray)
