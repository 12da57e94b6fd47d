"""Results: tidy tables with units, made when they are asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Self

import numpy as np

from simulation import outcomes
from simulation.cohort import Asked
from simulation.episodes import KINDS
from simulation.errors import KringError
from simulation.field import DOMAINS
from simulation.parameters import Parameters
from simulation.policy import Policy
from simulation.records import Records
from simulation.rows import CLIENT, ENTRANCES, NOT_YET, PLANS, STAGES, units

if TYPE_CHECKING:  # loaded when a table is asked for: many runs are over before that
    import pandas as pd

LEFT = "left for good"  # a stage in tables

# Columns that are places in memory and mean nothing to a reader.
INNER = {
    "first_tie",
    "policy",
    "helpers",
    "had",
    "passing",
    "supporting",
    "present",
    "coming",
    "caseworker",
    "coordinator",
    "hidden",
    "brewing",
    "at_agency",
    "referred",
    "comes_week",
}


def client_table(rows: np.ndarray) -> pd.DataFrame:
    """One row a client, with the level of each domain in a column of its own."""
    import pandas as pd

    columns: dict[str, object] = {"id": rows["id"], "entrance": rows["entrance"]}
    for name, kind, *_ in CLIENT:
        if name in INNER:
            continue
        values = rows[name]
        if name == "level":
            columns |= {f"level_{d}": values[:, i] for i, d in enumerate(DOMAINS)}
        elif not isinstance(kind, tuple):
            columns[name] = values
    stage = np.where(rows["left_week"] >= 0, len(STAGES), rows["stage"])
    columns["stage"] = pd.Categorical.from_codes(stage, [*STAGES, LEFT])
    columns["entrance"] = pd.Categorical.from_codes(rows["entrance"], ENTRANCES)
    columns["plan"] = pd.Categorical.from_codes(rows["plan"], PLANS)
    table = pd.DataFrame(columns, copy=True)
    table.attrs["units"] = units(CLIENT) | dict.fromkeys([f"level_{d}" for d in DOMAINS], "level")
    return table


def episode_table(rows: np.ndarray) -> pd.DataFrame:
    """One row an episode: week, client, kind, detail in words, amount."""
    import pandas as pd

    kinds = [kind for kind, _, _ in KINDS]
    words = sorted({word for _, details, _ in KINDS for word in details})
    codes = np.zeros((len(KINDS), 16), np.int16)
    for i, (_, details, _) in enumerate(KINDS):
        codes[i, : len(details)] = [words.index(word) for word in details]
    table = pd.DataFrame(
        {
            "week": rows["week"],
            "client": rows["client"],
            "kind": pd.Categorical.from_codes(rows["kind"], kinds),
            "detail": pd.Categorical.from_codes(codes[rows["kind"], rows["detail"]], words),
            "amount": rows["amount"],
        }
    )
    table.attrs["units"] = {"week": "week"} | {f"amount of {k}": about for k, _, about in KINDS}
    return table


@dataclass(frozen=True, eq=False)
class Result:
    """What came out of a run.

    Attributes
    ----------
    sums : ndarray, shape (weeks, routes of entry, outcomes)
        Weekly sums over the clients who have entered.
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
    seconds: float = 0.0

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
            seconds=seconds,
        )

    def _means(self, sums: np.ndarray) -> pd.DataFrame:
        import pandas as pd

        n = sums[:, :1]
        means = np.divide(sums, n, out=np.full_like(sums, np.nan), where=n > 0)
        means[:, 0] = sums[:, 0]
        table = pd.DataFrame(means, columns=list(outcomes.NAMES))
        table.insert(0, "week", np.arange(1, len(table) + 1))
        table.attrs["units"] = {"week": "week", **outcomes.UNITS}
        return table

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
        """
        sums = self.sums[-1 if week is None else week - 1]
        row = sums.sum(axis=0) if entrance is None else sums[ENTRANCES.index(entrance)]
        value = row[outcomes.NAMES.index(outcome)]
        if outcome == outcomes.NAMES[0]:  # how many have entered is no mean
            return float(value)
        return float(value / row[0]) if row[0] > 0 else float("nan")

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
        return replace(
            self,
            weeks=week,
            sums=self.sums[:week],
            spread=self.spread[:week],
            municipal_sums=self.municipal_sums[:week],
            client_rows=self._kept(week),
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
        sums = np.zeros(len(ENTRANCES), outcomes.CLIENT_SUMS).view(np.recarray)
        rows = self.cohorts[year, after]
        outcomes.add_up(rows[rows["left_week"] < 0], sums)
        return replace(self, sums=outcomes.numbers(sums)[None]).at(outcome, 1, entrance)

    def _kept(self, week: int) -> np.ndarray:
        if week not in self.kept:
            raise KringError(f"week {week} was not kept: simulate(..., keep=[{week}])")
        return self.kept[week]

    def booked(self, name: str) -> np.ndarray:
        """What is booked of the municipality under a name, week by week."""
        booked: np.ndarray = self.municipal_sums[:, outcomes.MUNICIPAL_NAMES.index(name)]
        return booked

    @cached_property
    def weekly(self) -> pd.DataFrame:
        """One row a week (the end of it): means over the clients who have entered."""
        return self._means(self.sums.sum(axis=1))

    @cached_property
    def weekly_by_entrance(self) -> pd.DataFrame:
        """The same by route of entry: `entrance` is "team" or "conference"."""
        import pandas as pd

        parts = []
        for i, entrance in enumerate(ENTRANCES):
            part = self._means(self.sums[:, i])
            part.insert(1, "entrance", entrance)
            parts.append(part)
        table = pd.concat(parts, ignore_index=True)
        table.attrs["units"] = self.weekly.attrs["units"]
        return table

    @cached_property
    def municipality(self) -> pd.DataFrame:
        """One row a week: waiting list, cases, hours wanted and given by task, money by kind."""
        import pandas as pd

        table = pd.DataFrame(self.municipal_sums, columns=list(outcomes.MUNICIPAL_NAMES))
        table.insert(0, "week", np.arange(1, len(table) + 1))
        table.attrs["units"] = {o.name: o.unit for o in outcomes.MUNICIPAL} | {"week": "week"}
        return table

    @cached_property
    def clients(self) -> pd.DataFrame:
        """One row a client, as at the end."""
        return client_table(self.client_rows)

    def clients_at(self, week: int) -> pd.DataFrame:
        """One row a client, as at the end of a week that was kept.

        Raises
        ------
        KringError
            If the week was not kept.
        """
        if week == self.weeks:
            return self.clients
        return client_table(self._kept(week))

    @cached_property
    def episodes(self) -> pd.DataFrame:
        """One row for each thing that happened."""
        return episode_table(self.episode_rows)

    @property
    def units(self) -> dict[str, str]:
        """Unit of each column of the tables."""
        return {**units(CLIENT), **outcomes.UNITS}
