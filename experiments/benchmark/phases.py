"""Where a week's time goes: by phase, and the heaviest beside their twin in C++."""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import numpy as np

from kring.experiments.benchmark import speed
from kring.experiments.benchmark.cpp_twin import TWINS, Given, build, there_is_a_compiler
from kring.experiments.benchmark.one_phase import live_a_phase
from kring.experiments.benchmark.table import Found
from kring.simulation.living import Portion
from kring.simulation.parameters import Parameters
from kring.simulation.rows import World
from kring.simulation.week import PHASES
from kring.simulation.world import adopt, settle

NESTED = 3  # teams in the world whose phases are timed: they fit in a core's own cache
NOTHING = len(PHASES)  # no phase: what a call costs
NO_TWIN = -1


def a_small_world(seed: int) -> World:
    """A few teams with room for what all weeks record."""
    town = speed.TOWN.replace(clients=round(NESTED * speed.TOWN.clients_per_team))
    people = adopt(settle(town, Parameters(), seed), speed.POLICY)
    portion = Portion(people, 0, len(people.teams), keep_episodes=True)
    portion.make_room(speed.WEEKS)
    return portion.world


def taken(job: Callable[..., object], *given: object) -> float:
    """Seconds of the processor that a call takes."""
    return speed.seconds(lambda: job(*given), time.process_time)


def time_phases(world: World) -> np.ndarray:
    """Seconds spent in each phase over all weeks; what a call costs is taken off."""
    spent = np.zeros(NOTHING + 1)
    for week in range(speed.WEEKS):
        for which in range(NOTHING + 1):
            spent[which] += taken(live_a_phase, world, week, which)
    return spent[:-1] - spent[-1]


def measure_phases(rounds: int) -> list[Found]:
    """Nanoseconds per client-week that each phase takes."""
    rounds_of = [time_phases(a_small_world(seed)) for seed in range(rounds + 1)]
    spent = np.sum(rounds_of[1:], axis=0)  # the first round loads the code
    nano = spent / rounds / len(a_small_world(0).clients) / speed.WEEKS * 1e9
    rows = [
        Found(phase.name, each, "nanoseconds", f"{each / nano.sum():.0%} of the week")
        for phase, each in zip(PHASES, nano, strict=True)
    ]
    return [*rows, Found("whole week", nano.sum(), "nanoseconds")]


def beside_twin(seed: int, twin: Callable[..., object]) -> tuple[float, float]:
    """Seconds of the three phases in Kring and in C++, each in a world of its own, in turns.

    Raises
    ------
    RuntimeError
        If the two worlds are not the same, to the last bit.
    """
    ours, theirs = a_small_world(seed), a_small_world(seed)
    given = Given(theirs)
    kring = cpp = 0.0
    for week in range(speed.WEEKS):
        for which, phase in enumerate(PHASES):
            if phase.name in TWINS:
                kring += taken(live_a_phase, ours, week, which)
                kring -= taken(live_a_phase, ours, week, NOTHING)
                cpp += taken(twin, given, week, TWINS.index(phase.name))
                cpp -= taken(twin, given, week, NO_TWIN)
            else:
                live_a_phase(ours, week, which)
                live_a_phase(theirs, week, which)
    if other := [t for t, a in ours._asdict().items() if not same(a, getattr(theirs, t))]:
        raise RuntimeError(f"the twin in C++ came to other {', '.join(other)} than Kring")
    return kring, cpp


def same(one: object, other: object) -> bool:
    """Whether two tables hold the same bits, column by column: what lies between them is chance."""
    ours, theirs = np.asarray(one), np.asarray(other)
    if ours.dtype.names is None:
        return ours.tobytes() == theirs.tobytes()
    return all(same(ours[name], theirs[name]) for name in ours.dtype.names)


def measure_twin(rounds: int) -> list[Found]:
    """The three heaviest phases in C++ against Kring's: same rules, same draws, same bits."""
    name = "C++ / Kring, the three heaviest phases"
    if not there_is_a_compiler():
        return [Found(name, np.nan, "times", "not measured: there is no g++ here")]
    with tempfile.TemporaryDirectory() as folder:
        twin = build(a_small_world(0), Path(folder))
        pairs = [beside_twin(seed, twin) for seed in range(rounds + 1)][1:]  # the first one loads
    nano = 1e9 / len(a_small_world(0).clients) / speed.WEEKS
    kring, cpp = (np.array(part) for part in zip(*pairs, strict=True))
    return [
        Found("the three heaviest phases, Kring", median(kring) * nano, "nanoseconds"),
        Found("the three heaviest phases, C++", median(cpp) * nano, "nanoseconds"),
        Found(name, median(cpp / kring), "times", ">= 0.8"),
    ]
