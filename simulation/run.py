"""Run: a pure function of town, policy, parameters and seed."""

import itertools
import os
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import numpy as np

from simulation.compiled import must_compile
from simulation.errors import KringError
from simulation.outcomes import numbers
from simulation.parameters import Parameters
from simulation.policy import Policy
from simulation.records import Records
from simulation.result import Result
from simulation.rows import EPISODE, World, empty_rows
from simulation.settings import Settings
from simulation.town import Town
from simulation.week import live
from simulation.world import adopt, settle

Policies = Policy | Mapping[str, Policy]

# Teams are worked through in so many portions, whatever the number of threads, so that sums come
# out the same to the last bit.
PORTIONS = 16
EPISODES_A_CLIENT = 24  # room made at first; more is made when needed


def with_weeks(sums: np.ndarray, weeks: int) -> np.ndarray:
    """Weekly sums with room for so many weeks more."""
    longer = np.zeros((len(sums) + weeks, *sums.shape[1:]), sums.dtype).view(type(sums))
    longer[: len(sums)] = sums
    return longer


class Portion:
    """Some teams of a world with records of their own, so that threads share nothing."""

    def __init__(self, world: World, first: int, end: int, keep_episodes: bool) -> None:
        self.first, self.end = first, end
        clients = int(world.teams.end_client[end - 1] - world.teams.first_client[first])
        room = (EPISODES_A_CLIENT * clients + 10_000) if keep_episodes else 0
        self.world = world._replace(
            episodes=empty_rows(EPISODE, room), episode_count=np.zeros(1, np.int64)
        )

    def add_weeks(self, weeks: int) -> None:
        """Make room in the weekly sums."""
        self.world = self.world._replace(
            weekly=with_weeks(self.world.weekly, weeks),
            spread=with_weeks(self.world.spread, weeks),
            municipality=with_weeks(self.world.municipality, weeks),
        )

    def live(self, first_week: int, end_week: int) -> None:
        """Live these weeks, making room for episodes where it runs out."""
        self.add_weeks(end_week - first_week)
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
    """

    def __init__(
        self,
        world: World,
        *,
        episodes: bool = True,
        threads: int | None = None,
        portions: Sequence[range] | None = None,
    ) -> None:
        self.world = world
        self.week = 0
        self.threads = threads or os.cpu_count() or 1
        self.kept: dict[int, np.recarray] = {}
        chosen = portions_of(len(world.teams)) if portions is None else portions
        self.portions = [Portion(world, p.start, p.stop, episodes) for p in chosen]

    def live(self, weeks: int) -> None:
        """Go on for some weeks."""
        end = self.week + weeks
        if self.threads == 1 or len(self.portions) < 2:
            for portion in self.portions:
                portion.live(self.week, end)
        else:
            with ThreadPoolExecutor(self.threads) as pool:
                list(pool.map(lambda portion: portion.live(self.week, end), self.portions))
        self.week = end

    def keep(self) -> None:
        """Keep what is known of the clients at this moment."""
        self.kept[self.week] = self.world.clients.copy()

    def live_and_keep(
        self,
        weeks: int,
        keep: Iterable[int] = (),
        progress: Callable[[int], None] | None = None,
    ) -> None:
        """Live all weeks, keeping what is known of the clients at some of them."""
        wanted = set(keep)
        for stop in sorted({w for w in wanted if 0 < w < weeks} | {weeks}):
            passed = stop - self.week
            self.live(passed)
            if stop in wanted:
                self.keep()
            if progress:
                progress(passed)

    def records(self) -> Records:
        """All that was recorded, portion by portion."""
        return Records(
            weeks=self.week,
            weekly=[numbers(portion.world.weekly) for portion in self.portions],
            spread=[portion.world.spread for portion in self.portions],
            municipality=[numbers(portion.world.municipality) for portion in self.portions],
            episodes=[portion.written() for portion in self.portions],
            clients=self.world.clients,
            kept=self.kept,
            town=self.world.town,
            n_ties=len(self.world.ties),
            n_professionals=len(self.world.professionals),
        )


Kind = TypeVar("Kind", bound=Settings)


def preset(kind: type[Kind], given: str | Kind) -> Kind:
    """Take settings as they are, or by name.

    Raises
    ------
    KringError
        For an unknown name, or what is no such settings.
    """
    if isinstance(given, str):
        return kind.preset(given)
    if not isinstance(given, kind):
        apart = isinstance(given, tuple)
        hint = " (to batch_run in a list: it takes a single one apart)" if apart else ""
        raise KringError(f"{given!r} is no {kind.kind}: give a name or a {kind.__name__}{hint}")
    return given


def policies_of(given: Any, **levers: float) -> Policies:
    """Take one policy, or one for each route of entry, as it is or by name; levers changed."""
    if isinstance(given, Mapping):
        return {entrance: policies_of(one, **levers) for entrance, one in given.items()}
    policy = preset(Policy, given)
    return policy.replace(**levers) if levers else policy


def check_run(weeks: int, seed: int, threads: int | None = None) -> None:
    """Refuse what cannot be run, in one line."""
    if isinstance(weeks, bool) or not isinstance(weeks, int | np.integer) or not 0 < weeks <= 5200:
        raise KringError(
            f"weeks = {weeks!r} is not possible: it takes a whole number from 1 to 5200"
        )
    if isinstance(seed, bool) or not isinstance(seed, int | np.integer) or not 0 <= seed < 2**63:
        raise KringError(f"seed = {seed!r} is not possible: it takes a whole number from 0 on")
    if threads is not None and threads < 1:
        raise KringError(f"threads = {threads!r} is not possible: it takes a number from 1 on")


def simulate(
    town: str | Town | World,
    policy: str | Policy | Mapping[str, str | Policy],
    weeks: int = 104,
    seed: int = 1,
    *,
    parameters: str | Parameters | None = None,
    teams: Mapping[int, str | Policy] | None = None,
    keep: Iterable[int] = (),
    episodes: bool = True,
    threads: int | None = None,
    progress: Callable[[int], None] | None = None,
) -> Result:
    """Simulate a town under a policy.

    Parameters
    ----------
    town : str, Town or World
        The town, or the name of a preset; or its people, settled before with the same parameters
        and seed.
    policy : str, Policy or mapping
        One policy, or one for each route of entry: ``{"team": ..., "conference": ...}``; each may
        be the name of a preset.
    weeks : int
        Number of weeks, from 1.
    seed : int
        Seed of the run. Runs with the same town and seed meet the same people and luck.
    parameters : str or Parameters, optional
        Strengths of the mechanisms, or the name of a set; the fitted set if not given.
    teams : mapping of int to str or Policy, optional
        Other policies for single teams.
    keep : iterable of int
        Weeks at which to keep what is known of every client (`Result.clients_at`).
    episodes : bool
        Whether to keep episodes; a country needs the memory for its clients.
    threads : int, optional
        Number of threads; all cores if not given. The result is the same.
    progress : callable, optional
        Called with the number of weeks that have passed since the last call.

    Returns
    -------
    Result
        Tables `weekly`, `clients` and `episodes`, with units.

    Raises
    ------
    KringError
        For weeks, seeds or policies that cannot be run, and unknown names.

    Examples
    --------
    >>> simulate("class", "eigen_kracht", weeks=10).weeks
    10
    """
    check_run(weeks, seed, threads)
    started = time.perf_counter()
    parameters = preset(Parameters, parameters or Parameters())
    policy, teams = policies_of(policy), policies_of(teams or {})
    settled = isinstance(town, World)
    people = town if settled else settle(preset(Town, town), parameters, seed)
    run = Run(adopt(people, policy, teams, copy=settled), episodes=episodes, threads=threads)
    run.live_and_keep(weeks, keep, progress)
    return Result.of(run.records(), policy, parameters, seed, time.perf_counter() - started)


def compile_first() -> None:
    """Compile what isn't kept yet, before work is handed out to many."""
    if must_compile():
        simulate("class", "wijkteam", weeks=1, threads=1)
