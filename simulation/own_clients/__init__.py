"""Clients of one's own: tables of people and their networks; what they don't tell is drawn."""

import copy
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from kring.simulation.errors import KringError, shown
from kring.simulation.own_clients.files import CLIENTS, TIES, Rows, cells_of, sha256_of

if TYPE_CHECKING:
    import networkx
    import pandas as pd

    Table: TypeAlias = str | Path | pd.DataFrame
    Network: TypeAlias = Table | networkx.Graph[Any]


class OwnClients:
    """What tables tell of clients: numbers only, in an order that tells nothing.

    Two are the same if their files are. What they hold is never shown: it is about people.

    Parameters
    ----------
    rows : ndarray
        A row a client, of `kring.simulation.told.TOLD`.
    sha256 : str
        Hash of the file, or of the table where there was none.
    ties : ndarray, optional
        A row a tie, of `kring.simulation.own_clients.ties.TIE`, in the order of the clients.
    ties_sha256 : str
        Hash of their file or table; empty where none was given.

    Attributes
    ----------
    file, ties_file : str
        The files; empty where there were none.
    cells : dict of str to DataFrame
        The cells of tables that lay in no file, `CLIENTS` and `TIES` by what they are of. They stay
        in this process: no copy has them.
    places : ndarray
        The place of each client of the table among all clients of the town.
    """

    def __init__(
        self, rows: np.ndarray, sha256: str, ties: np.ndarray | None = None, ties_sha256: str = ""
    ) -> None:
        from kring.simulation.own_clients.ties import NO_TIES

        self.rows: np.ndarray = rows
        self.sha256: str = sha256
        self.ties: np.ndarray = NO_TIES if ties is None else ties
        self.ties_sha256: str = ties_sha256
        self.file: str = ""
        self.ties_file: str = ""
        self.cells: dict[str, pd.DataFrame] = {}
        self.places: np.ndarray = np.arange(len(rows))
        self.rows.flags.writeable = self.ties.flags.writeable = False

    @property
    def key(self) -> tuple[object, ...]:
        """By what they are known."""
        return (self.sha256, self.ties_sha256)

    def __len__(self) -> int:
        """Number of clients."""
        return len(self.rows)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, OwnClients) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)

    def __getstate__(self) -> dict[str, Any]:
        return self.__dict__ | {"cells": {}}

    def __repr__(self) -> str:
        ties = f" and {len(self.ties)} ties, sha256 {self.ties_sha256}" if self.ties_sha256 else ""
        return f"<{len(self)} clients of a table, sha256 {self.sha256}{ties}>"

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
        parts = {what: float((self.rows[name] >= 0).mean()) for what, name in columns.items()}
        if self.ties_sha256:
            parts["ties"] = len(np.unique(self.ties["client"])) / len(self.places)
        return parts

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

    def ties_of(self, first: int, clients: int) -> np.ndarray:
        """What is told of the ties of so many clients, counted from the ``first`` on."""
        client = self.places[self.ties["client"]]
        start, end = np.searchsorted(client, [first, first + clients])
        found = self.ties[start:end].copy()
        found["client"] = client[start:end] - first
        return found

    def at_teams(self, teams: int) -> "OwnClients":
        """The same clients, those who share network members at the same of so many teams.

        Raises
        ------
        KringError
            If more clients share members than a team has room for.
        """
        return _at_teams(self, teams) if len(self.ties) else self

    def placed(self, team: np.ndarray) -> "OwnClients":
        """The same clients at these teams, of whom each takes a place there."""
        other, order = copy.copy(self), np.argsort(team, kind="stable")
        other.rows, other.ties = self.rows.copy(), self.ties.copy()
        other.rows[self.places] = self.rows[self.places[order]]
        # Members are a team's own: who is of two teams is a person in each.
        persons = self.ties["person"] * (int(team.max()) + 1) + team[self.ties["client"]]
        other.ties["person"] = np.unique(persons, return_inverse=True)[1]
        other.ties["client"] = np.argsort(order)[self.ties["client"]]
        other.ties.sort(order=("client", "place"))
        return other


@lru_cache(maxsize=4)
def _at_teams(clients: OwnClients, teams: int) -> OwnClients:
    from kring.simulation.own_clients.together import team_of_each

    places = clients.places * teams // len(clients)
    return clients.placed(team_of_each(places, clients.ties))


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
        super().__init__(rows, own.sha256, own.ties, own.ties_sha256)
        self.places = places
        self.file: str = own.file
        self.ties_file: str = own.ties_file
        self.are_own: np.ndarray = np.zeros(clients, bool)
        self.are_own[places] = True
        self.begins: int = begins
        self.within: int = within

    @property
    def key(self) -> tuple[object, ...]:
        """By what they are known."""
        return (*super().key, len(self), self.begins, self.within)

    def told_of(self, first: int, drawn: np.ndarray, span: int) -> np.ndarray:
        """What is told of a town's clients, with a week of entry for each; see `OwnClients`."""
        rows = super().told_of(first, drawn, span).copy()
        drawn, ours = drawn.astype(np.int64), self.are_own[first : first + len(drawn)]
        others = drawn * (span - self.within) // span
        others += self.within * (others >= self.begins)
        weeks = np.where(ours, self.begins + drawn * self.within // span, others)
        rows["entry_week"] = np.where(rows["entry_week"] < 0, weeks, rows["entry_week"])
        return rows


def read_clients(
    table: "Table | None", ties: "Network | None" = None, *, in_any_order: bool = True
) -> OwnClients:
    """What tables tell of clients, and of their networks.

    Parameters
    ----------
    table : str, Path, DataFrame or None
        A file in CSV or Parquet, or a table. A row is a client; columns are named in English or
        Dutch (`kring.simulation.own_clients.columns`). An empty cell isn't known. None where a
        graph says who the clients are.
    ties : str, Path, DataFrame or networkx.Graph, optional
        A row a tie (`kring.simulation.own_clients.tie_columns`), or an edge. Who has a tie there
        has no others, unless the column ``network`` tells of more.
    in_any_order : bool
        Whether the order of the clients tells nothing.

    Raises
    ------
    KringError
        In one line: for what is no such table, and for wrong cells by row and column.
    """
    from kring.simulation.own_clients import graphs
    from kring.simulation.own_clients.cells import told_in
    from kring.simulation.own_clients.ties import in_the_networks, ties_in

    is_graph = graphs.is_graph(ties)
    if table is None and is_graph:
        table = graphs.clients_of(ties)
    cells, name, sha256 = cells_in(table, CLIENTS)
    every = {CLIENTS.of: cells}
    rows, ids = told_in(cells, name, in_any_order=in_any_order)
    if not in_any_order:  # the same table, in another order
        sha256 = sha256_of(f"as it stands: {sha256}".encode())
    told, ties_sha256 = None, ""
    if ties is not None:
        edges = graphs.ties_of(ties, set(ids)) if is_graph else ties
        every[TIES.of], name_of_ties, ties_sha256 = cells_in(edges, TIES)
        told = ties_in(every[TIES.of], name_of_ties, ids)
        in_the_networks(told, rows, f"{name_of_ties} beside {name}")
    found = OwnClients(rows, sha256, told, ties_sha256)
    found.file, found.ties_file = (
        str(one) if isinstance(one, str | Path) else "" for one in (table, ties)
    )
    if in_any_order:
        files = {CLIENTS.of: found.file, TIES.of: found.ties_file}
        found.cells = {of: cells for of, cells in every.items() if not files[of]}
    return found


def with_names_listed(cells: "pd.DataFrame") -> "pd.DataFrame":
    """A table of ties in which lists of names stand as in a file."""
    from kring.simulation.own_clients.ties import listed

    found = cells.copy(deep=False)
    for place in range(cells.shape[1]):
        column = cells.iloc[:, place]
        if column.dtype == "object" and any(isinstance(one, list | tuple) for one in column):
            texts = [listed(one) if isinstance(one, list | tuple) else one for one in column]
            found.isetitem(place, texts)
    return found


def cells_in(table: Any, rows: Rows) -> "tuple[pd.DataFrame, str, str]":
    """The cells of a file or a table, what it is called in messages, and its hash."""
    if isinstance(table, str | Path):
        content, cells = cells_of(Path(table), rows)
        return cells, Path(table).name, sha256_of(content)
    if hasattr(table, "to_pandas"):  # of Arrow, of Polars
        table = table.to_pandas()
    if not hasattr(table, "columns"):
        is_graph = hasattr(table, "adj")
        how = "it stands under ties=" if is_graph else "give a file or a DataFrame"
        raise KringError(f"{shown(table)} is no table of {rows.of}: {how}")
    cells = table.reset_index() if table.index.name else table
    cells = with_names_listed(cells) if rows is TIES else cells
    return cells, f"the table of {rows.of}", sha256_of(cells)
