"""Clients of one's own: a table of people, of whom something is known and the rest is drawn."""

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from kring.simulation.errors import KringError, shown

if TYPE_CHECKING:
    import pandas as pd


class OwnClients:
    """What a table tells of clients: numbers only, in an order that tells nothing.

    Two are the same if their files are. What they hold is never shown: it is about people.

    Parameters
    ----------
    rows : ndarray
        A row a client, of `kring.simulation.told.TOLD`.
    sha256 : str
        Hash of the file, or of the table where there was none.
    file : str
        The file; empty where there was none.
    """

    def __init__(self, rows: np.ndarray, sha256: str, file: str = "") -> None:
        self.rows: np.ndarray = rows
        self.sha256: str = sha256
        self.file: str = file
        self.rows.flags.writeable = False

    @property
    def key(self) -> tuple[object, ...]:
        """By what they are known."""
        return (self.sha256,)

    def __len__(self) -> int:
        """Number of clients."""
        return len(self.rows)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, OwnClients) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)

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

    def told_of(self, first: int, drawn: np.ndarray, span: int) -> np.ndarray:
        """What is told of a town's clients from the ``first`` on.

        Parameters
        ----------
        first : int
            Number of the first of them.
        drawn : ndarray
            The week of entry that was drawn for each.
        span : int
            Weeks over which they were drawn.
        """
        return self.rows[first : first + len(drawn)]


class AmongOthers(OwnClients):
    """Clients of a table as they come to a town that runs already, among others who are drawn.

    They come in the weeks of the table, others in those before and after.

    Parameters
    ----------
    own : OwnClients
        What the table tells.
    clients : int
        How many they are with the others.
    begins : int
        Week in which the first of the table can come.
    within : int
        Weeks within which all of them come.
    """

    def __init__(self, own: OwnClients, clients: int, begins: int, within: int) -> None:
        from kring.simulation.told import NOT_TOLD

        places = np.arange(len(own)) * clients // len(own)  # evenly over the teams
        rows = np.full(clients, NOT_TOLD, own.rows.dtype)
        rows[places] = own.rows
        rows["entry_week"] += begins * (rows["entry_week"] != NOT_TOLD)
        super().__init__(rows, own.sha256, own.file)
        self.are_own: np.ndarray = np.zeros(clients, bool)
        self.are_own[places] = True
        self.begins: int = begins
        self.within: int = within

    @property
    def key(self) -> tuple[object, ...]:
        """By what they are known."""
        return (self.sha256, len(self), self.begins, self.within)

    def told_of(self, first: int, drawn: np.ndarray, span: int) -> np.ndarray:
        """What is told of a town's clients, with a week of entry for each; see `OwnClients`."""
        rows = super().told_of(first, drawn, span).copy()
        drawn, ours = drawn.astype(np.int64), self.are_own[first : first + len(drawn)]
        others = drawn * (span - self.within) // span
        others += self.within * (others >= self.begins)
        weeks = np.where(ours, self.begins + drawn * self.within // span, others)
        rows["entry_week"] = np.where(rows["entry_week"] < 0, weeks, rows["entry_week"])
        return rows


def read_clients(table: "str | Path | pd.DataFrame") -> OwnClients:
    """What a table tells of clients.

    Parameters
    ----------
    table : str, Path or DataFrame
        A file in CSV or Parquet, or a table. A row is a client; columns are named in English or
        Dutch (`kring.simulation.own_clients.columns`). An empty cell isn't known.

    Raises
    ------
    KringError
        In one line: for what is no such table, and for wrong cells by row and column.
    """
    from kring.simulation.own_clients.cells import told_in
    from kring.simulation.own_clients.files import cells_of, sha256_of

    if isinstance(table, str | Path):
        content, cells = cells_of(Path(table))
        return OwnClients(told_in(cells, Path(table).name), sha256_of(content), str(table))
    if not hasattr(table, "iloc"):
        raise KringError(f"{shown(table)} is no table of clients: give a file or a DataFrame")
    cells = table.reset_index() if table.index.name else table
    return OwnClients(told_in(cells, "the table"), sha256_of(cells))
