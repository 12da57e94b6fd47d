"""A panel: some columns of everybody, noted week by week, at the size they have in memory."""

from copy import copy
from typing import NamedTuple, Self

import numpy as np

from kring.simulation.beside import client_columns, tie_columns
from kring.simulation.rows import Columns, World


class PanelColumns(NamedTuple):
    """The columns that are asked of clients and of ties."""

    clients: tuple[str, ...] = ()
    ties: tuple[str, ...] = ()


class Panel:
    """Some columns of everybody at the end of each week.

    Parameters
    ----------
    columns : tuple
        Of clients or of ties, as they are declared.
    names : tuple of str
        Which of them are kept.
    who : dict of str to ndarray
        Whose rows they are: a number for each.
    first, last : int
        The weeks that are kept.

    Attributes
    ----------
    rows : ndarray, shape (weeks, people)
        A record of the columns for each week and person.
    """

    def __init__(
        self,
        columns: Columns,
        names: tuple[str, ...],
        who: dict[str, np.ndarray],
        first: int,
        last: int,
    ) -> None:
        self.columns: Columns = columns
        self.names: tuple[str, ...] = names
        self.who: dict[str, np.ndarray] = who
        self.first: int = first
        kept = {*names, "left_week"} if "stage" in names else set(names)
        fields = [(c[0], *c[1]) if isinstance(c[1], tuple) else (c[0], c[1]) for c in columns]
        kind = np.dtype([field for field in fields if field[0] in kept])
        self.rows: np.ndarray = np.empty((last - first + 1, len(next(iter(who.values())))), kind)

    @classmethod
    def of(cls, world: World, wanted: PanelColumns, first: int, last: int) -> dict[str, Self]:
        """The panels that are asked of a world: of `clients`, of `ties`."""
        clients = np.arange(len(world.clients), dtype=np.int32)
        found = {}
        if wanted.clients:
            who = {"client": clients}
            found["clients"] = cls(client_columns(), wanted.clients, who, first, last)
        if wanted.ties:
            of_whom = np.repeat(clients, world.clients["n_ties"])
            who = {"client": of_whom, "member": world.ties["member"].copy()}
            found["ties"] = cls(tie_columns(), wanted.ties, who, first, last)
        return found

    def look(self, world: World, week: int) -> None:
        """Note what is so at the end of a week."""
        for name in self.rows.dtype.names or ():
            self.rows[name][week - self.first] = self.now(world, name)

    def now(self, world: World, name: str) -> np.ndarray:
        """A column of everybody as it is now; of a tie it may be the member's."""
        if "member" not in self.who:
            values = world.clients[name]
        elif name in (world.ties.dtype.names or ()):
            values = world.ties[name]
        else:
            values = world.members[name][world.ties["member"]]
        return np.asarray(values)

    def of_client(self, client: int) -> np.ndarray:
        """The rows of one client's ties, week by week."""
        return self.rows[:, self.who["client"] == client]

    def until(self, week: int) -> Self:
        """The same up to a week."""
        other = copy(self)
        other.rows = self.rows[: max(0, week - self.first + 1)]
        return other
