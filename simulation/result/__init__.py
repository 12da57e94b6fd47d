"""Results: tidy tables with units, made when they are asked for."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

import numpy as np

from kring.simulation import outcomes
from kring.simulation.beside import Beside
from kring.simulation.cohort import Asked
from kring.simulation.errors import KringError, nearest, shown
from kring.simulation.parameters import Parameters
from kring.simulation.policy import Policies, Policy
from kring.simulation.records import Records
from kring.simulation.records.panel import Panel
from kring.simulation.result.dictionary import dictionary, units
from kring.simulation.result.tables import (
    client_table,
    episode_table,
    life_table,
    panel_table,
    write_panel,
)
from kring.simulation.result.weekly import (
    municipal_table,
    sums_over,
    table_by_entrance,
    weekly_table,
)
from kring.simulation.rows import ENTRANCES, NOT_YET

if TYPE_CHECKING:  # loaded when a table is asked for: many runs are over before that
    import pandas as pd
    import xarray


PANELS = {
    "clients": ("panel", "problems"),
    "ties": ("panel_of_ties", "state"),
}  # how they are asked


@dataclass(frozen=True, eq=False, repr=False)
class Result:
    """What came out of a run.

    Attributes
    ----------
    policy : Policy or mapping
        What everybody meets at the end.
    met : dict of int to Policy or mapping
        What everybody met from which week on, from 1; more than one where a policy began later, or
        was changed on the way.
    teams : mapping of int to Policy
        What single teams met instead.
    panels : dict of str to Panel
        Columns of `clients` and of `ties`, week by week, where these were asked.
    sums : ndarray, shape (weeks, routes of entry, outcomes)
        Weekly sums over the clients who have entered.
    own_sums : dict of str to ndarray, shape (weeks, routes of entry)
        The same of the outcomes of extensions.
    beside : Beside
        What the extensions that took part put beside Kring's own columns, episodes and outcomes.
    spread : ndarray, shape (weeks, routes of entry, 14)
        Numbers of clients by number of problems.
    municipal_sums : ndarray, shape (weeks, municipal outcomes)
        Weekly sums over teams, and money.
    sums_before : ndarray, shape (up to 52, municipal outcomes)
        The same in the year before week 1, of a town that ran already.
    start : int
        Weeks lived before week 1. Clients, ties and episodes count weeks from the very beginning.
    cohorts : dict of (int, int) to ndarray
        What is known of those who came in a year, so many weeks after the entry of each.
    entry_weeks, full_time, price_regular : float
        Of the town: weeks over which people come into need, hours a week of a full-time worker, and
        the price of an hour of regular guidance.
    seconds : float
        Wall time.
    keeps_episodes : bool
        Whether what happened to whom was kept.

    Examples
    --------
    >>> from kring.simulation.run import simulate
    >>> result = simulate("class", "eigen_kracht", weeks=10, seed=1)
    >>> result
    <Result of 100 clients, 10 weeks, seed 1>
    >>> result.weekly.shape[0], result.units["problems"]
    (10, 'problems')
    """

    policy: Policy | Mapping[str, Policy]
    parameters: Parameters
    seed: int
    weeks: int
    sums: np.ndarray = field(repr=False)
    spread: np.ndarray = field(repr=False)
    municipal_sums: np.ndarray = field(repr=False)
    client_rows: np.ndarray = field(repr=False)
    kept: dict[int, np.ndarray] = field(repr=False)
    episode_rows: np.ndarray = field(repr=False)
    sums_before: np.ndarray = field(repr=False)
    start: int
    cohorts: dict[Asked, np.ndarray] = field(repr=False)
    entry_weeks: float
    full_time: float
    price_regular: float
    met: Mapping[int, Policies]
    teams: Mapping[int, Policy]
    panels: Mapping[str, Panel]
    own_sums: Mapping[str, np.ndarray] = field(repr=False)
    beside: Beside = field(repr=False)
    seconds: float = 0.0
    keeps_episodes: bool = True

    def __repr__(self) -> str:
        n = len(self.client_rows)
        return f"<Result of {n} clients, {self.weeks} weeks, seed {self.seed}>"

    def _repr_html_(self) -> str:
        """The outcomes of the last week, as a notebook shows them."""
        last = self.weekly.iloc[-1:].T
        last.columns = [f"{self!r}"]
        return str(
            last.assign(unit=self.weekly.attrs["units"]).to_html(float_format="{:.3g}".format)
        )

    @classmethod
    def of(
        cls,
        records: Records,
        policy: Policy | Mapping[str, Policy],
        parameters: Parameters,
        seed: int,
        seconds: float,
    ) -> Self:
        """The result of what a run has recorded."""
        return cls(
            policy=policy,
            parameters=parameters,
            seed=seed,
            weeks=records.weeks,
            sums=records.sums(),
            spread=records.counts(),
            municipal_sums=records.municipal_sums(),
            client_rows=records.clients,
            kept=records.kept,
            episode_rows=records.episodes_in_order(),
            sums_before=records.municipal_sums_before(),
            start=records.start,
            cohorts=records.cohorts,
            entry_weeks=float(records.town.entry_weeks),
            full_time=float(records.town.client_hours),
            price_regular=float(records.town.price_regular),
            met=records.met,
            teams=records.teams,
            panels=records.panels,
            own_sums=records.own_sums(),
            beside=records.beside,
            seconds=seconds,
        )

    def at(self, outcome: str, week: int | None = None, entrance: str | None = None) -> float:
        """One outcome of one week, as `weekly` and `weekly_by_entrance` have it.

        Parameters
        ----------
        outcome : str
            Name of a weekly outcome.
        week : int, optional
            The week, from 1; the last if not given.
        entrance : str, optional
            Only clients of this route of entry; NaN where nobody took it.

        Raises
        ------
        KringError
            For an outcome, a week or a route that there is not.

        Examples
        --------
        >>> from kring.simulation.run import simulate
        >>> result = simulate("class", "eigen_kracht", weeks=10)
        >>> result.at("problems", week=10) == result.at("problems")
        True
        """
        _check("outcome", outcome, [*outcomes.NAMES, *self.own_sums])
        if week is not None and (
            not isinstance(week, int | np.integer) or not 0 < week <= len(self.sums)
        ):
            raise KringError(f"no week {shown(week)}; weeks are 1 to {len(self.sums)}")
        at = -1 if week is None else week - 1
        if entrance is not None:
            _check("route of entry", entrance, ENTRANCES)
        route = slice(None) if entrance is None else ENTRANCES.index(entrance)
        entered = float(self.sums[at, route, 0].sum())
        if outcome == outcomes.NAMES[0]:  # how many have entered is no mean
            return entered
        if outcome in self.own_sums:
            value = self.own_sums[outcome][at, route].sum()
        else:
            value = self.sums[at, route, outcomes.NAMES.index(outcome)].sum()
        return float(value / entered) if entered > 0 else float("nan")

    @property
    def here(self) -> np.ndarray:
        """Whether each client is still there, and was not done with before week 1."""
        there: np.ndarray = (self.client_rows["left_week"] < 0) & ~self.client_rows["past"]
        return there

    @property
    def counted(self) -> np.ndarray:
        """Rows of the clients whom outcomes count: in need, and not done with before week 1."""
        rows = self.client_rows
        counted: np.ndarray = rows[(rows["stage"] != NOT_YET) & ~rows["past"]]
        return counted

    def until(self, week: int) -> Self:
        """The result as it was after a week that was kept; the whole one after the last.

        Raises
        ------
        KringError
            If the week was not kept.
        """
        if week == self.weeks:
            return self
        met = {first: one for first, one in self.met.items() if first <= max(week, 1)}
        return replace(
            self,
            weeks=week,
            policy=self.policy if met == self.met else met[max(met)],
            sums=self.sums[:week],
            own_sums={name: sums[:week] for name, sums in self.own_sums.items()},
            spread=self.spread[:week],
            municipal_sums=self.municipal_sums[:week],
            client_rows=self._kept(week),
            met=met,
            panels={name: panel.until(week) for name, panel in self.panels.items()},
            kept={w: rows for w, rows in self.kept.items() if w < week},
            episode_rows=self.episode_rows[self.episode_rows["week"] < self.start + week],
        )

    def of_cohort(self, outcome: str, year: int, after: int, entrance: str | None = None) -> float:
        """One outcome of those who came in a year, so many weeks after each one's entry.

        Who has left the municipality by then is left out.

        Parameters
        ----------
        outcome : str
            Name of a weekly outcome.
        year, after : int
            The year, from 1, and the weeks: ``simulate(..., cohorts=[(year, after)])`` keeps them.
        entrance : str, optional
            Only clients of this route of entry; NaN where nobody took it.

        Raises
        ------
        KringError
            If they were not looked at then.
        """
        if (year, after) not in self.cohorts:
            raise KringError(f"that was not kept: simulate(..., cohorts=[({year}, {after})])")
        rows = self.cohorts[year, after]
        sums, own = sums_over(rows[rows["left_week"] < 0], self.beside.outcomes)
        return replace(self, sums=sums, own_sums=own).at(outcome, 1, entrance)

    def _kept(self, week: int) -> np.ndarray:
        if week not in self.kept:
            if not isinstance(week, int | np.integer) or not 0 <= week <= self.weeks:
                raise KringError(f"no week {shown(week)}; weeks are 0 to {self.weeks}")
            raise KringError(f"week {week} was not kept: simulate(..., keep=[{week}])")
        return self.kept[week]

    def booked(self, name: str) -> np.ndarray:
        """What is booked of the municipality under a name, week by week.

        Raises
        ------
        KringError
            For a name under which nothing is booked.
        """
        _check("booking", name, outcomes.MUNICIPAL_NAMES)
        booked: np.ndarray = self.municipal_sums[:, outcomes.MUNICIPAL_NAMES.index(name)]
        return booked

    @cached_property
    def weekly(self) -> pd.DataFrame:
        """One row a week (the end of it): means over the clients who have entered."""
        return weekly_table(self.sums, self.own_sums, self.beside)

    @cached_property
    def weekly_by_entrance(self) -> pd.DataFrame:
        """The same by route of entry: `entrance` is "team" or "conference"."""
        return table_by_entrance(self.sums, self.own_sums, self.beside)

    @cached_property
    def municipality(self) -> pd.DataFrame:
        """One row a week: waiting list, cases, hours wanted and given by task, money by kind."""
        return municipal_table(self.municipal_sums)

    @cached_property
    def clients(self) -> pd.DataFrame:
        """One row a client, as at the end."""
        return client_table(self.client_rows, self.beside.clients)

    def clients_at(self, week: int) -> pd.DataFrame:
        """One row a client, as at the end of a week that was kept.

        Raises
        ------
        KringError
            If the week was not kept.
        """
        if week == self.weeks:
            return self.clients
        return client_table(self._kept(week), self.beside.clients)

    @cached_property
    def episodes(self) -> pd.DataFrame:
        """One row for each thing that happened.

        Raises
        ------
        KringError
            If none were kept.
        """
        if not self.keeps_episodes:
            raise KringError("no episodes were kept: simulate(..., episodes=True)")
        return episode_table(self.episode_rows, self.beside.kinds)

    @property
    def panel(self) -> pd.DataFrame:
        """One row for each week and client: the columns asked with ``simulate(..., panel=[...])``.

        Raises
        ------
        KringError
            If none were asked.
        """
        return panel_table(self._panel("clients"))

    @property
    def panel_of_ties(self) -> pd.DataFrame:
        """One row for each week and tie: the columns asked with ``panel_of_ties=[...]``.

        Raises
        ------
        KringError
            If none were asked.
        """
        return panel_table(self._panel("ties"))

    def life(self, client: int) -> pd.DataFrame:
        """One row for each week and tie of a client: how a life goes, beside its `episodes`.

        Parameters
        ----------
        client : int
            Number of the client.

        Returns
        -------
        DataFrame
            ``week``, ``tie`` (its place in the client's network, as in `episodes`), and the columns
            asked with ``simulate(..., panel_of_ties=["state", "hours", "strain"])``.

        Raises
        ------
        KringError
            If none were asked, and for a client that there is not.
        """
        clients = range(len(self.client_rows))
        if not isinstance(client, int | np.integer) or client not in clients:
            raise KringError(f"no client {shown(client)}; clients are 0 to {len(clients) - 1}")
        return life_table(self._panel("ties"), client)

    def write_panel(self, path: str | Path, of: str = "clients") -> None:
        """Write a panel as Parquet, some weeks at a time: a large town's is never held whole.

        Parameters
        ----------
        path : str or Path
            The file.
        of : str
            ``clients`` or ``ties``.

        Raises
        ------
        KringError
            If nothing of it was kept, and if the file cannot be written.
        """
        _check("panel", of, list(PANELS))
        panel = self._panel(of)
        if not isinstance(path, str | Path) or Path(path).suffix != ".parquet":
            raise KringError(f"{shown(path)} is no name for a panel: it ends in .parquet")
        try:
            write_panel(panel, Path(path))
        except OSError as error:
            raise KringError(f"cannot write {path}: {os.strerror(error.errno or 0)}") from None

    def _panel(self, name: str) -> Panel:
        if name not in self.panels:
            key, such = PANELS[name]
            raise KringError(f'nothing was kept week by week: simulate(..., {key}=["{such}"])')
        return self.panels[name]

    def to_xarray(self) -> xarray.Dataset:
        """The weekly tables and the panel of clients as one data set, with units.

        Returns
        -------
        xarray.Dataset
            Outcomes over ``week``, with `_by_entrance` behind their name also over ``entrance``;
            what is booked of the municipality; and, where a panel was kept, its columns as
            ``client_problems`` over ``panel_week`` and ``client``. Each has its unit.

        Raises
        ------
        KringError
            Without the extra ``xarray``.
        """
        from kring.simulation.result.arrays import dataset

        return dataset(self)

    @cached_property
    def columns(self) -> pd.DataFrame:
        """The dictionary: ``table, column, unit, about`` for every column of every table."""
        import pandas as pd

        return pd.DataFrame(dictionary(self.panels, self.beside))

    @cached_property
    def units(self) -> dict[str, str]:
        """Unit of each column; by table and column where tables differ: `clients.cooperation`."""
        return units(dictionary(self.panels, self.beside))


def _check(kind: str, name: str, known: Sequence[str]) -> None:
    if name not in known:
        raise KringError(f"no {kind} {shown(name)}; {nearest(name, known)}")
