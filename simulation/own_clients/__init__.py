"""Clients of one's own: a table of people, of whom something is known and the rest is drawn."""

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd


class OwnClients:
    """What a table tells of clients: numbers only, in an order that tells nothing.

    Two are the same if their files are. What they hold is never shown: it is about people.

    Parameters
    ----------
    rows : ndarray
        A row a client, of `simulation.told.TOLD`.
    sha256 : str
        Hash of the file, or of the table where there was none.
    """

    def __init__(self, rows: np.ndarray, sha256: str) -> None:
        self.rows, self.sha256 = rows, sha256
        self.rows.flags.writeable = False

    def __len__(self) -> int:
        """Number of clients."""
        return len(self.rows)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, OwnClients) and self.sha256 == other.sha256

    def __hash__(self) -> int:
        return hash(self.sha256)

    def __repr__(self) -> str:
        return f"<{len(self)} clients of a table, sha256 {self.sha256}>"

    @property
    def weeks(self) -> int:
        """Weeks within which all enter of whom it is told; 0 where it is told of nobody."""
        return int(self.rows["entry_week"].max(initial=-1)) + 1

    def told(self) -> dict[str, float]:
        """Of which part of the clients, or of their domains, something is told."""
        columns = {
            "age": "age", "children at home": "with_children", "problems": "level",
            "network": "members", "week": "entry_week",
        }  # fmt: skip
        return {what: float((self.rows[name] >= 0).mean()) for what, name in columns.items()}


def read_clients(table: "str | Path | pd.DataFrame") -> OwnClients:
    """What a table tells of clients.

    Parameters
    ----------
    table : str, Path or DataFrame
        A file in CSV or Parquet, or a table. A row is a client; columns are named in English or
        Dutch (`simulation.own_clients.columns`). An empty cell isn't known.

    Raises
    ------
    KringError
        In one line: for what is no such table, and for wrong cells by row and column.
    """
    from simulation.own_clients.cells import told_in
    from simulation.own_clients.files import cells_of, sha256_of

    if isinstance(table, str | Path):
        content, cells = cells_of(Path(table))
        return OwnClients(told_in(cells, Path(table).name), sha256_of(content))
    return OwnClients(told_in(table, "the table"), sha256_of(table))
