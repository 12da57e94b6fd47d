"""Living: a world goes on week by week, portion by portion of its teams; it can be branched."""

import itertools
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any, Self

import numpy as np

from kring.simulation.beside import Beside, loaded
from kring.simulation.cohort import YEAR, Asked, Cohort, check_cohort
from kring.simulation.compiled import NOT_COMPILED, sources
from kring.simulation.episodes import MOST_A_WEEK
from kring.simulation.errors import KringError, shown
from kring.simulation.extensions.own_rows import OwnRows, policies_in_order
from kring.simulation.outcomes import numbers
from kring.simulation.parameters import Parameters
from kring.simulation.policy import Policies, Policy
from kring.simulation.records import Records
from kring.simulation.records.panel import Panel, PanelColumns
from kring.simulation.records.rows import copied
from kring.simulation.rows import EPISODE, World, empty_rows
from kring.simulation.week import begin_here, live
from kring.simulation.world import adopt, at_pace, copy_of

# Teams are worked through in so many portions, whatever the number of threads, so that sums come
# out the same to the last bit.
PORTIONS = 16
EPISODES_A_CLIENT = 24  # room made at first; more is made when needed
WEEKLY = ("weekly", "spread", "municipality")  # the tables of a world with a row a week


def with_weeks(sums: np.ndarray, weeks: int) -> np.ndarray:
    """Weekly sums of so many weeks, in memory of their own."""
    other = np.zeros((weeks, *sums.shape[1:]), sums.dtype)
    if both := min(weeks, len(sums)):
        other[:both] = sums.view(np.ndarray)[:both]
    return other.view(type(sums))


@cache
def rules() -> str:
    """Short hash of the rules that are compiled: a run goes on only under the same."""
    return sources(NOT_COMPILED)


class Portion:
    """Some teams of a world with records of their own, so that threads share nothing."""

    def __init__(self, world: World, first: int, end: int, keep_episodes: bool) -> None:
        self.first: int = first
        self.end: int = end
        clients = int(world.teams.end_client[end - 1] - world.teams.first_client[first])
        a_week = MOST_A_WEEK * (clients // (end - first) + 1)  # of one team, at most
        room = (EPISODES_A_CLIENT * clients + a_week) if keep_episodes else 0
        self.world: World = world._replace(
            episodes=empty_rows(EPISODE, room), episode_count=np.zeros(1, np.int64)
        )
        self.own_sums: list[np.ndarray] = []  # of each extension, by week and route of entry

    def branched(self, world: World, week: int, keep_episodes: bool) -> "Portion":
        """The same teams in a copy of the world, with what has been recorded up to a week."""
        other = Portion(world, self.first, self.end, keep_episodes)
        sums = {name: with_weeks(getattr(self.world, name), week) for name in WEEKLY}
        other.world = other.world._replace(**sums)
        other.own_sums = [with_weeks(own, week) for own in self.own_sums]
        if keep_episodes and len(self.written()):
            other.world = other.world._replace(
                episodes=self.world.episodes.copy(), episode_count=self.world.episode_count.copy()
            )
        return other

    def make_room(self, weeks: int) -> None:
        """Make room for so many weeks in the weekly sums, where there is less."""
        if weeks > len(self.world.weekly):
            sums = {name: with_weeks(getattr(self.world, name), weeks) for name in WEEKLY}
            self.world = self.world._replace(**sums)
            self.own_sums = [with_weeks(own, weeks) for own in self.own_sums]

    def live(self, first_week: int, end_week: int) -> None:
        """Live these weeks, making room for episodes where it runs out."""
        team, week = self.first, first_week
        while True:
            team, week = live(self.world, team, self.end, week, first_week, end_week)
            if team >= self.end:
                return
            held = self.world.episodes
            more = empty_rows(EPISODE, 2 * len(held) + 100_000)
            more[: len(held)] = held
            self.world = self.world._replace(episodes=more)

    def written(self) -> np.recarray:
        """The episodes written so far."""
        return self.world.episodes[: self.world.episode_count[0]]


def portions_of(n_teams: int) -> list[range]:
    """Teams in portions."""
    edges = np.linspace(0, n_teams, min(PORTIONS, n_teams) + 1).astype(int)
    return [range(int(a), int(b)) for a, b in itertools.pairwise(edges)]


class Run:
    """A world that lives week by week; what it looked like can be kept at any week.

    Parameters
    ----------
    world : World
        The people, under their policies.
    episodes : bool
        Whether to keep what happens to whom.
    threads : int, optional
        Number of threads; all cores if not given.
    portions : sequence of range, optional
        Portions of teams to live, where only these have been settled.

    Attributes
    ----------
    week : int
        Weeks lived since the town began: the number of the week that comes, as rows have it.
    start : int
        How many of them were lived before week 1 of the results.
    policies : dict of int to Policies
        What everybody met from which week on, by the number of weeks lived before.
    teams : mapping of int to Policy
        What single teams meet instead.
    parameters : Parameters, optional
        Strengths of the mechanisms, as they were given.
    pace : (float, float)
        How long cases last and how many hours they take, in times the usual: as the town has it, or
        as it came out in its past.

    Examples
    --------
    >>> from kring.simulation.run import run_in, simulate
    >>> stands = run_in("class", "wijkteam", weeks=20)
    >>> now, other = (simulate(stands, policy, 20) for policy in ("wijkteam", "eigen_kracht"))
    >>> now.seed == other.seed, stands.lived
    (True, 0)
    """

    def __init__(
        self,
        world: World,
        *,
        episodes: bool = True,
        threads: int | None = None,
        portions: Sequence[range] | None = None,
    ) -> None:
        self.world: World = world
        self.policies: dict[int, Policies] = {}
        self.teams: Mapping[int, Policy] = {}
        self.parameters: Parameters | None = None
        self.week: int = 0
        self.start: int = 0
        self.pace: tuple[float, float] = float(world.town.case_length), float(world.town.case_hours)
        self.threads: int = threads or os.cpu_count() or 1
        self.kept: dict[int, np.recarray] = {}
        self.cohorts: dict[Asked, Cohort] = {}
        self.panels: dict[str, Panel] = {}
        chosen = portions_of(len(world.teams)) if portions is None else portions
        self.portions: list[Portion] = [Portion(world, p.start, p.stop, episodes) for p in chosen]
        self.own: OwnRows = OwnRows(loaded(), world)
        for portion in self.portions:
            portion.own_sums = self.own.no_sums()

    def __repr__(self) -> str:
        n = len(self.world.clients)
        return f"<Run of {n} clients, {self.lived} weeks lived, seed {self.world.seed}>"

    def __getstate__(self) -> dict[str, Any]:
        """What is kept when it is saved; the rules go by their fingerprint."""
        return vars(self) | {"rules": rules()}

    def __setstate__(self, state: dict[str, Any]) -> None:
        if state.pop("rules") != rules():
            raise KringError("this run was saved by a Kring with other rules: live it anew")
        vars(self).update(state)

    def __copy__(self) -> Self:
        return self.branched(threads=self.threads)

    @property
    def policy(self) -> Policies | None:
        """What everybody meets now, as it was given."""
        return next(reversed(self.policies.values()), None)

    @property
    def lived(self) -> int:
        """Weeks lived since week 1 began."""
        return self.week - self.start

    def begin(self) -> None:
        """Let week 1 be the one that comes; outcomes leave out whose case is over by now."""
        self.start = self.week
        begin_here(self.world.clients)

    def branched(self, *, episodes: bool = True, threads: int | None = None) -> Self:
        """A run of its own that stands where this one does: what it lives changes nothing here.

        Parameters
        ----------
        episodes : bool
            Whether to keep what happens to whom from here on.
        threads : int, optional
            Number of threads; all cores if not given.
        """
        other = type(self)(copy_of(self.world), threads=threads, portions=())
        other.week, other.start, other.kept = self.week, self.start, dict(self.kept)
        other.policies, other.teams = dict(self.policies), self.teams
        other.parameters, other.pace = self.parameters, self.pace
        other.portions = [p.branched(other.world, self.week, episodes) for p in self.portions]
        other.own = self.own.branched()
        return other

    def at(self, week: int) -> Self:
        """The state after so many weeks, as a run of its own; lives up to there.

        Raises
        ------
        KringError
            For a week that is over.

        Examples
        --------
        >>> from kring.simulation.run import run_in, simulate
        >>> state = run_in("class", "wijkteam", weeks=20).at(10)
        >>> simulate(state, "eigen_kracht", weeks=20).weeks
        20
        """
        if not isinstance(week, int | np.integer):
            raise KringError(f"week = {shown(week)}: it takes a whole number")
        if week < self.lived:
            raise KringError(f"week {week} is over: the run stands at week {self.lived}")
        self.live(week - self.lived)
        return self.branched(threads=self.threads)

    def meet(self, policy: Policies, teams: Mapping[int, Policy] | None = None) -> None:
        """Let everybody meet these policies from the coming week on."""
        self.world = adopt(self.world, policy, teams, copy=False, begin=self.week)
        self.policies[self.week], self.teams = policy, teams or {}
        self.share("policies")

    def work_at(self, length: float, hours: float) -> None:
        """Let cases last, and take hours, so many times the usual from the coming week on."""
        self.pace = length, hours
        strengths = at_pace(self.parameters or Parameters(), length, hours)
        self.world = self.world._replace(parameters=strengths)
        self.share("parameters")

    def share(self, part: str) -> None:
        """Give every portion this part of the world."""
        for portion in self.portions:
            portion.world = portion.world._replace(**{part: getattr(self.world, part)})

    def live(self, weeks: int) -> None:
        """Go on for some weeks."""
        if weeks == 0:
            return
        end = self.week + weeks
        for portion in self.portions:
            portion.make_room(end)
        met = policies_in_order(self.policy, self.teams)
        self.own.know(met, self.parameters)
        if self.own.extensions:
            self.own.put_at_work(self.world, self.portions, met, self.parameters or Parameters())
        with self.own.stops_told():
            self.live_portions(end)
        self.week = end
        self.own.check(self.portions)

    def live_portions(self, end: int) -> None:
        """Let every portion live up to a week."""
        if self.threads == 1 or len(self.portions) < 2:
            for portion in self.portions:
                portion.live(self.week, end)
        else:
            with ThreadPoolExecutor(self.threads) as pool:
                list(pool.map(lambda portion: portion.live(self.week, end), self.portions))

    def seen(self) -> World:
        """The world as results show it: with what extensions know of clients and ties."""
        return self.own.beside(self.world)

    def keep(self) -> None:
        """Keep what is known of the clients at this moment."""
        self.kept[self.lived] = copied(self.seen().clients)

    def live_and_keep(
        self,
        weeks: int,
        keep: Iterable[int] = (),
        progress: Callable[[int], None] | None = None,
        *,
        cohorts: Iterable[Asked] = (),
        panel: PanelColumns | None = None,
        turns: Mapping[int, Policies] | None = None,
        teams: Mapping[int, Policy] | None = None,
    ) -> None:
        """Live up to so many weeks after the start, keeping what is known of people on the way.

        Parameters
        ----------
        weeks : int
            Weeks since week 1 began, at the end.
        keep : iterable of int
            Weeks at which to keep what is known of every client.
        progress : callable, optional
            Called with the number of weeks that have passed since the last call.
        cohorts : iterable of (int, int)
            A year, from 1, and a number of weeks: what is kept of those who come in that year, so
            many weeks after the entry of each.
        panel : PanelColumns, optional
            Columns of everybody to keep, week by week.
        turns : mapping of int to Policies, optional
            Policies that everybody meets after so many weeks.
        teams : mapping of int to Policy, optional
            Other policies for single teams, from the first of these on.
        """
        wanted, turns = set(keep), dict(turns or {})
        for one in (asked := list(cohorts)):
            check_cohort(one, weeks)
        self.cohorts = {one: Cohort(self.seen().clients, self.start, one) for one in asked}
        due = {int(week) - self.start for one in self.cohorts.values() for week in one.due}
        self.panels = Panel.of(self.seen(), panel, self.lived + 1, weeks) if panel else {}
        every = set(range(self.lived + 1, weeks)) if self.panels else set()
        for portion in self.portions:
            portion.make_room(self.start + weeks)
        ahead = {week for week in wanted | due | every | set(turns) if self.lived <= week < weeks}
        for stop in sorted(ahead | {weeks}):
            passed = stop - self.lived
            self.live(passed)
            if stop in wanted:
                self.keep()
            seen = self.seen() if self.cohorts or self.panels else self.world
            for cohort in self.cohorts.values():
                cohort.look(seen.clients, self.week)
            if passed:
                for panel_of in self.panels.values():
                    panel_of.look(seen, self.lived)
            if stop in turns and stop < weeks:
                self.meet(turns[stop], teams)
            if progress and passed:
                progress(passed)

    def records(self) -> Records:
        """All that was recorded since the start, portion by portion."""
        worlds = [portion.world for portion in self.portions]
        lived, year = slice(self.start, self.week), slice(max(0, self.start - YEAR), self.start)
        return Records(
            weeks=self.lived,
            weekly=[numbers(world.weekly[lived]) for world in worlds],
            spread=[world.spread[lived] for world in worlds],
            municipality=[numbers(world.municipality[lived]) for world in worlds],
            before=[numbers(world.municipality[year]) for world in worlds],
            episodes=[portion.written() for portion in self.portions],
            clients=self.seen().clients,
            own=self.own.sums_of(self.portions, lived),
            kept=self.kept,
            cohorts={asked: one.rows for asked, one in self.cohorts.items()},
            start=self.start,
            town=self.world.town,
            n_ties=len(self.world.ties),
            n_professionals=len(self.world.professionals),
            met={max(1, week - self.start + 1): one for week, one in self.policies.items()},
            teams=self.teams,
            panels=self.panels,
            beside=Beside.of(self.own.extensions),
        )
