"""Run: a pure function of town, policy, parameters and seed.

A town that runs already is lived under today's policy first (`run_in`); from where it stands then,
it goes on under any policy.
"""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from kring.simulation.beside import client_columns, tie_columns
from kring.simulation.cohort import Asked
from kring.simulation.compiled import must_compile
from kring.simulation.errors import KringError, shown
from kring.simulation.living import Run
from kring.simulation.parameters import Parameters
from kring.simulation.past import live_past
from kring.simulation.phase_in import Start, turns
from kring.simulation.policy import Policies, Policy
from kring.simulation.records.panel import PanelColumns
from kring.simulation.result import Result
from kring.simulation.result.tables import chosen
from kring.simulation.rows import World
from kring.simulation.settings import preset
from kring.simulation.town import Town
from kring.simulation.world import adopt, at_pace, check_seed, settle

MOST_WEEKS = 5200


def policies_of(given: Any, **levers: float) -> Policies:
    """Take one policy, or one for each route of entry, as it is or by name; levers changed."""
    if isinstance(given, Mapping):
        return {entrance: policy_of(one, **levers) for entrance, one in given.items()}
    return policy_of(given, **levers)


def policy_of(given: str | Policy, **levers: float) -> Policy:
    """Take a policy as it is or by name; levers changed."""
    policy = preset(Policy, given)
    return policy.replace(**levers) if levers else policy


def teams_of(given: Mapping[int, str | Policy] | None) -> dict[int, Policy]:
    """Take the policies of single teams, as they are or by name."""
    if given is not None and not isinstance(given, Mapping):
        raise KringError(
            f"teams = {shown(given)}: give policies by team, such as {{0: 'wijkteam'}}"
        )
    return {team: preset(Policy, one) for team, one in (given or {}).items()}


def is_whole(value: object, low: float, high: float) -> bool:
    """Whether this is a whole number between two, both included."""
    whole = isinstance(value, int | np.integer) and not isinstance(value, bool)
    return whole and low <= value <= high  # type: ignore[operator]


def check_run(weeks: int, seed: int, threads: int | None = None) -> None:
    """Refuse what cannot be run, in one line."""
    if not is_whole(weeks, 1, MOST_WEEKS):
        raise KringError(
            f"weeks = {shown(weeks)} is not possible: it takes a whole number from 1 to "
            f"{MOST_WEEKS}"
        )
    check_seed(seed)
    if threads is not None and not is_whole(threads, 1, np.inf):
        raise KringError(
            f"threads = {shown(threads)} is not possible: it takes a whole number from 1 on"
        )


def check_kept(keep: Iterable[int], run: Run, weeks: int) -> list[int]:
    """The weeks at which what is known of people is kept; refuse those that are not lived."""
    if isinstance(keep, str) or not isinstance(keep, Iterable):
        raise KringError(f"keep = {shown(keep)}: give weeks in a list, such as [26, 52]")
    for week in (wanted := list(keep)):
        if not is_whole(week, run.lived, weeks) and week not in run.kept:
            raise KringError(
                f"keep: no week {shown(week)}; weeks to keep are {run.lived} (as it begins) to "
                f"{weeks}"
            )
    return wanted


def check_progress(progress: object) -> None:
    """Refuse what cannot be told how many weeks have passed."""
    if progress is not None and not callable(progress):
        raise KringError(f"progress = {shown(progress)}: give a function that is told weeks passed")


def run_in(
    town: str | Town,
    today: str | Policy | Mapping[str, str | Policy],
    weeks: int = 104,
    seed: int = 1,
    *,
    parameters: str | Parameters | None = None,
    teams: Mapping[int, str | Policy] | None = None,
    episodes: bool = False,
    threads: int | None = None,
    portions: Sequence[range] | None = None,
) -> Run:
    """Live a town up to the start under today's policy: from there it goes on under any policy.

    Parameters
    ----------
    town : str or Town
        The town, or the name of a preset; it has lived `weeks_before` weeks at the start, or none.
    today : str, Policy or mapping
        The policy it has lived under, as `simulate` takes it.
    weeks : int
        Weeks that will be lived from the start on: for these too people come.
    seed, parameters, teams, threads
        As for `simulate`.
    episodes : bool
        Whether to keep what happens to whom from the start on.
    portions : sequence of range, optional
        Only these portions of teams, where memory is short.

    Returns
    -------
    Run
        For `simulate`, as often as wanted.

    Raises
    ------
    KringError
        For what cannot be run.

    Examples
    --------
    >>> run_in("class", "wijkteam", weeks=8).at(4).lived
    4
    """
    check_run(weeks, seed, threads)
    town = preset(Town, town).peopled(weeks)
    here = range(portions[0].start, portions[-1].stop) if portions else range(0)
    policy, strengths = policies_of(today), preset(Parameters, parameters or Parameters())
    people = settle(town, strengths, seed, None if portions is None else here)
    world = adopt(people, policy, teams_of(teams), copy=False)
    is_empty = town.weeks_before == 0
    run = Run(world, episodes=episodes and is_empty, threads=threads, portions=portions)
    run.policies, run.teams, run.parameters = {0: policy}, teams_of(teams), strengths
    if is_empty:
        return run
    live_past(run, town)
    return run.branched(episodes=True, threads=threads) if episodes else run


def simulate(
    town: str | Town | World | Run,
    policy: str | Policy | Mapping[str, str | Policy],
    weeks: int = 104,
    seed: int | None = None,
    *,
    parameters: str | Parameters | None = None,
    today: str | Policy | Mapping[str, str | Policy] | None = None,
    from_week: int | None = None,
    phase_in: int = 0,
    teams: Mapping[int, str | Policy] | None = None,
    keep: Iterable[int] = (),
    cohorts: Iterable[Asked] = (),
    panel: Iterable[str] = (),
    panel_of_ties: Iterable[str] = (),
    episodes: bool = True,
    threads: int | None = None,
    progress: Callable[[int], None] | None = None,
) -> Result:
    """Simulate a town under a policy.

    Parameters
    ----------
    town : str, Town, World or Run
        The town, or the name of a preset; its people, settled before; or a run that stands at some
        week (`run_in`, `Run.at`) and goes on from there.
    policy : str, Policy or mapping
        One policy, or one for each route of entry: ``{"team": ..., "conference": ...}``; each may
        be the name of a preset.
    weeks : int
        Number of weeks from week 1 on.
    seed : int, optional
        Seed of the run, 1 if not given. Runs with the same town and seed meet the same people and
        luck.
    parameters : str or Parameters, optional
        Strengths of the mechanisms, or the name of a set; the fitted set if not given.
    today : str, Policy or mapping, optional
        What the town lives under before the policy begins; the policy itself if not given.
    from_week : int, optional
        First week of the policy: the one that comes, if not given.
    phase_in : int
        Weeks in which its numbers go from today's to its own.
    teams : mapping of int to str or Policy, optional
        Other policies for single teams.
    keep : iterable of int
        Weeks at which to keep what is known of every client (`Result.clients_at`).
    cohorts : iterable of (int, int)
        A year, from 1, and a number of weeks: what is kept of those who come in that year, so many
        weeks after the entry of each (`Result.of_cohort`).
    panel : iterable of str
        Columns of clients to keep week by week, such as ``["problems", "stage"]``
        (`Result.panel`); those of `Result.clients`, and ``level`` for the level of each domain.
    panel_of_ties : iterable of str
        Columns of ties, and of the members behind them, to keep week by week, such as
        ``["state", "hours", "strain"]`` (`Result.panel_of_ties`, `Result.life`).
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
        For weeks, seeds or policies that cannot be run, and unknown names; and for a seed or
        strengths other than those of people who are given.

    Examples
    --------
    >>> simulate("class", "eigen_kracht", weeks=10).weeks
    10
    """
    check_run(weeks, 1 if seed is None else seed, threads)
    check_progress(progress)
    if not isinstance(episodes, bool):
        raise KringError(f"episodes = {shown(episodes)}: it takes True or False")
    started = time.perf_counter()
    columns = (
        chosen("panel", client_columns(), panel),
        chosen("panel_of_ties", tie_columns(), panel_of_ties),
    )
    goal, other = policies_of(policy), teams_of(teams)
    before = None if today is None else policies_of(today)
    is_new = before is not None or isinstance(town, Run)  # a policy that is lived only from here on
    how: dict[str, Any] = {"episodes": episodes, "threads": threads}
    how["teams"] = {} if is_new else other
    run = standing(town, before or goal, weeks, seed, parameters, **how)
    start = Start(run.lived + 1 if from_week is None else from_week, phase_in)
    check_start(run, start, is_new)
    kept = check_kept(keep, run, weeks)
    ahead = {start.from_week - 1: goal} if other and is_new else {}
    if run.policy:
        ahead |= turns(run.policy, goal, start, float(run.world.town.recruiting_weeks))
    run.live_and_keep(
        weeks, kept, progress,
        cohorts=cohorts, panel=PanelColumns(*columns), turns=ahead, teams=other,
    )  # fmt: skip
    took, strengths = time.perf_counter() - started, run.parameters or Parameters()
    result = Result.of(run.records(), goal, strengths, int(run.world.seed), took)
    return result if episodes else replace(result, keeps_episodes=False)


def standing(
    town: str | Town | World | Run,
    today: Policies,
    weeks: int,
    seed: int | None,
    parameters: str | Parameters | None,
    *,
    teams: Mapping[int, Policy],
    episodes: bool,
    threads: int | None,
) -> Run:
    """A run that stands where what is simulated begins, and that nobody else uses."""
    if isinstance(town, Run):
        if seed is not None or parameters:
            check_same(town, seed, parameters or town.parameters)
        return town.branched(episodes=episodes, threads=threads)
    if isinstance(town, World):
        run = Run(adopt(town, today, teams), episodes=episodes, threads=threads)
        run.policies, run.teams = {0: today}, teams
        run.parameters = check_same(run, seed, parameters)
        return run
    return run_in(
        town, today, weeks, 1 if seed is None else seed,
        parameters=parameters, teams=teams, episodes=episodes, threads=threads,
    )  # fmt: skip


def check_same(run: Run, seed: int | None, parameters: str | Parameters | None) -> Parameters:
    """The strengths of people who are given; refuse others than they were settled with.

    Raises
    ------
    KringError
        For another seed, or other strengths.
    """
    world = run.world
    if seed is not None and seed != world.seed:
        raise KringError(f"seed = {seed}: these people were settled with seed {world.seed}")
    strengths = preset(Parameters, parameters or Parameters())
    if at_pace(strengths, *run.pace).tobytes() != world.parameters.tobytes():
        raise KringError(
            "parameters: these people were settled with other strengths; give those, or the town"
        )
    return strengths


def check_start(run: Run, start: Start, is_new: bool) -> None:
    """Refuse a start of a policy that is over, or before which nothing is lived."""
    if is_whole(start.from_week, 1, MOST_WEEKS) and start.from_week <= run.lived:
        raise KringError(
            f"from_week = {start.from_week}: the run stands at week {run.lived} already"
        )
    if not is_new and start != Start():
        raise KringError(
            "from_week and phase_in: say what is lived before, such as today='wijkteam'"
        )


def compile_first() -> None:
    """Compile what isn't kept yet, before work is handed out to many."""
    if must_compile():
        simulate("class", "wijkteam", weeks=1, threads=1)
