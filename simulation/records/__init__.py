"""Records: what a run has recorded, and how those of a town's pieces become one."""

import itertools
from collections.abc import Mapping, Sequence
from typing import NamedTuple, Self

import numpy as np

from kring.simulation.beside import Beside
from kring.simulation.cohort import YEAR, Asked
from kring.simulation.field import N_DOMAINS
from kring.simulation.outcomes import MUNICIPAL_NAMES, NAMES
from kring.simulation.policy import Policies, Policy
from kring.simulation.records.panel import Panel
from kring.simulation.records.rows import copied, stacked
from kring.simulation.rows import ENTRANCES, EPISODE, empty_rows


class Records(NamedTuple):
    """What a run has recorded, portion of teams by portion: sums are made in one order only.

    Attributes
    ----------
    weeks : int
        Weeks that were lived.
    weekly : list of ndarray, shape (weeks, routes of entry, outcomes)
        Sums over clients.
    spread : list of ndarray, shape (weeks, routes of entry, 14)
        Numbers of clients by number of problems.
    municipality : list of ndarray, shape (weeks, municipal outcomes)
        Sums over teams, and money.
    before : list of ndarray, shape (up to 52, municipal outcomes)
        The same in the year before week 1, where the town runs already.
    episodes : list of ndarray
        What happened to whom.
    own : list of ndarray, shape (weeks, routes of entry)
        Weekly sums of the outcomes of extensions, a column each; none without them.
    clients : ndarray
        What is known of the clients at the end.
    kept : dict of int to ndarray
        The same at weeks that were kept.
    cohorts : dict of (int, int) to ndarray
        The same of who came in a year, so many weeks after the entry of each.
    start : int
        Weeks that were lived before week 1.
    town : record
        The town.
    n_ties, n_professionals : int
        Rows of ties and professionals there were, to which clients point.
    met : dict of int to Policies
        What everybody met from which week on.
    teams : mapping of int to Policy
        What single teams met instead.
    panels : dict of str to Panel
        Columns of everybody week by week: of `clients`, of `ties`; none of a piece.
    beside : Beside
        What extensions put beside Kring's own.
    """

    weeks: int
    weekly: list[np.ndarray]
    spread: list[np.ndarray]
    municipality: list[np.ndarray]
    before: list[np.ndarray]
    episodes: list[np.ndarray]
    own: list[np.ndarray]
    clients: np.ndarray
    kept: dict[int, np.ndarray]
    cohorts: dict[Asked, np.ndarray]
    start: int
    town: np.record
    n_ties: int
    n_professionals: int
    met: Mapping[int, Policies]
    teams: Mapping[int, Policy]
    panels: Mapping[str, Panel]
    beside: Beside

    @classmethod
    def join(cls, pieces: Sequence[Self]) -> Self:
        """The records of a town from those of its pieces, in the order of their teams."""
        clients = _before_each([len(piece.clients) for piece in pieces])
        ties = _before_each([piece.n_ties for piece in pieces])
        professionals = _before_each([piece.n_professionals for piece in pieces])

        def joined(tables: list[np.ndarray]) -> np.recarray:
            return _joined(tables, ties, professionals)

        return pieces[0]._replace(
            weekly=[sums for piece in pieces for sums in piece.weekly],
            spread=[counts for piece in pieces for counts in piece.spread],
            municipality=[sums for piece in pieces for sums in piece.municipality],
            before=[sums for piece in pieces for sums in piece.before],
            episodes=[
                _with_others_before(rows, before)
                for piece, before in zip(pieces, clients, strict=True)
                for rows in piece.episodes
            ],
            own=[sums for piece in pieces for sums in piece.own],
            clients=joined([piece.clients for piece in pieces]),
            kept={week: joined([piece.kept[week] for piece in pieces]) for week in pieces[0].kept},
            cohorts={one: joined([p.cohorts[one] for p in pieces]) for one in pieces[0].cohorts},
            n_ties=sum(piece.n_ties for piece in pieces),
            n_professionals=sum(piece.n_professionals for piece in pieces),
        )

    def sums(self) -> np.ndarray:
        """Sums over clients, shape (weeks, routes of entry, outcomes)."""
        return sum(self.weekly, np.zeros((self.weeks, len(ENTRANCES), len(NAMES))))

    def own_sums(self) -> dict[str, np.ndarray]:
        """Sums over clients of the outcomes of extensions, shape (weeks, routes of entry)."""
        names = self.own[0].dtype.names or () if self.own else ()
        none = np.zeros((self.weeks, len(ENTRANCES)))
        return {name: sum((each[name] for each in self.own), none) for name in names}

    def counts(self) -> np.ndarray:
        """Numbers of clients by number of problems, shape (weeks, routes of entry, 14)."""
        return sum(self.spread, np.zeros((self.weeks, len(ENTRANCES), N_DOMAINS + 1), np.int64))

    def municipal_sums(self) -> np.ndarray:
        """Sums over teams, shape (weeks, municipal outcomes)."""
        return sum(self.municipality, np.zeros((self.weeks, len(MUNICIPAL_NAMES))))

    def municipal_sums_before(self) -> np.ndarray:
        """Sums over teams in the year before week 1, shape (up to 52, municipal outcomes)."""
        weeks = min(YEAR, self.start)
        return sum(self.before, np.zeros((weeks, len(MUNICIPAL_NAMES))))

    def episodes_in_order(self) -> np.recarray:
        """All episodes, by week and client."""
        rows = stacked(self.episodes) if self.episodes else empty_rows(EPISODE, 0)
        when_and_who = rows["week"].astype(np.int64) * len(self.clients) + rows["client"]
        place = np.arange(len(rows))  # what happened first to a client in a week stays first
        first_to_last = (when_and_who * (len(rows) + 1) + place).argsort()
        in_order: np.recarray = rows[first_to_last].view(np.recarray)
        return in_order


def _before_each(numbers: Sequence[int]) -> list[int]:
    """How many there are in all pieces before each."""
    return [0, *itertools.accumulate(numbers)][:-1]


def _with_others_before(episodes: np.ndarray, clients: int) -> np.ndarray:
    """Episodes of clients who have so many clients before them."""
    rows = copied(episodes)
    rows["client"] += clients
    return rows


def _joined(tables: Sequence[np.ndarray], ties: list[int], professionals: list[int]) -> np.recarray:
    """The clients of all pieces, who point to rows further on; -1 points to nobody."""
    clients = stacked(tables)
    for table, first, ties_before, before in zip(
        tables, _before_each(list(map(len, tables))), ties, professionals, strict=True
    ):
        here = clients[first : first + len(table)]
        here["first_tie"] += ties_before
        for column in ("helpers", "caseworker", "coordinator"):
            rows = here[column]
            rows[rows >= 0] += before
    return clients
