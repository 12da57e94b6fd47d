"""The worker: what is done with a batch of runs, on whatever machine it is."""

import traceback
from typing import TYPE_CHECKING, Any, NamedTuple

from experiments.measures import measure
from experiments.study.fingerprint import code
from experiments.study.plan import Plan, RunSpec, Setup
from simulation.errors import KringError
from simulation.parameters import Parameters
from simulation.pieces import live_piece
from simulation.records import Records
from simulation.result import Result
from simulation.rows import World
from simulation.run import simulate
from simulation.town import Town
from simulation.world import settle

if TYPE_CHECKING:
    import pandas as pd

    from experiments.measures.long_tables import LongTable


class Output(NamedTuple):
    """What came of a run: its outcomes and tables, or else an error in one line.

    Of a piece of a town only its records come back, for outcomes are of the whole town.
    """

    number: int
    outcomes: dict[str, float]
    tables: "dict[str, pd.DataFrame]"
    error: str = ""
    trace: str = ""
    piece: int = -1
    records: Records | None = None


class PeopleCache:
    """The people last settled, kept because the next run often meets the same ones."""

    def __init__(self) -> None:
        self.key: tuple[Town, Parameters, int] | None = None
        self.world: World | None = None

    def of(self, setup: Setup) -> World:
        """The people of a run."""
        key = (setup.town, setup.parameters, setup.seed)
        if self.world is None or self.key != key:
            self.world = None  # free the old ones first
            self.world, self.key = settle(*key), key
        return self.world


def long_tables(plan: Plan) -> "dict[str, LongTable]":
    """The long tables that a plan asks for."""
    if not plan.tables:
        return {}
    from experiments.measures.long_tables import LONG_TABLES

    return {name: LONG_TABLES[name] for name in plan.tables}


def recorded(plan: Plan) -> dict[str, Any]:
    """What a run must record for the plan's outcomes and tables, as `simulate` takes it."""
    tables = long_tables(plan).values()
    read_episodes = [table.episodes for table in tables]
    read_episodes += [measure(name).episodes for name in plan.outcomes]
    return {
        "keep": [week for table in tables for week in table.keep],
        "episodes": any(read_episodes),
    }


def measured(plan: Plan, number: int, setup: Setup, result: Result) -> Output:
    """The outcomes and tables that a plan asks of a result."""
    outcomes = {name: measure(name).of(result) for name in plan.outcomes}
    tables = {name: one.of(result, setup.town) for name, one in long_tables(plan).items()}
    return Output(number, outcomes, tables)


def execute(plan: Plan, run: RunSpec, people: PeopleCache, threads: int | None = 1) -> Output:
    """Execute a run or a piece of one; what goes wrong becomes its error, in one line."""
    try:
        return _execute(plan, run, people, threads)
    except Exception as error:
        message = str(error).replace("\n", " ")
        if not isinstance(error, KringError):
            message = f"{type(error).__name__}: {message}"
        return Output(run.number, {}, {}, message, traceback.format_exc())


def _execute(plan: Plan, run: RunSpec, people: PeopleCache, threads: int | None) -> Output:
    setup = plan.setup(run)
    how = {"parameters": setup.parameters, "threads": threads, **recorded(plan)}
    if run.piece >= 0:
        which = (setup.town, setup.policy, setup.weeks, setup.seed, run.piece, plan.pieces)
        return Output(run.number, {}, {}, piece=run.piece, records=live_piece(*which, **how))
    result = simulate(people.of(setup), setup.policy, setup.weeks, setup.seed, **how)
    return measured(plan, run.number, setup, result)


def execute_batch(
    plan: Plan, batch: list[RunSpec], expected: str = "", threads: int | None = 1
) -> list[Output]:
    """Execute some runs, one after the other.

    Raises
    ------
    KringError
        If this worker's code is not the code that the plan was begun with.
    """
    if expected and expected != code():
        raise KringError(
            f"a worker has other code ({code()}) than the study began with ({expected}): if Kring "
            "was changed just now, give the command again; on a cluster, update it everywhere"
        )
    people = PeopleCache()
    return [execute(plan, run, people, threads) for run in batch]
