"""The worker: what is done with a batch of runs, on whatever machine it is."""

import traceback
from typing import TYPE_CHECKING, Any, NamedTuple

from kring.experiments.measures import is_weekly, measure, part_of
from kring.experiments.study.budget import with_prices
from kring.experiments.study.fingerprint import code
from kring.experiments.study.plan import Plan
from kring.experiments.study.run_spec import RunSpec, Setup
from kring.experiments.study.sent import Sent
from kring.simulation.errors import KringError
from kring.simulation.living import Run
from kring.simulation.pieces import live_piece
from kring.simulation.records import Records
from kring.simulation.result import Result
from kring.simulation.run import run_in, simulate

if TYPE_CHECKING:
    import pandas as pd

    from kring.experiments.measures.long_tables import LongTable


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


class StandingTown:
    """The town last run in, kept because the next run often begins where this one did."""

    def __init__(self) -> None:
        self.key: Any = None
        self.run: Run | None = None
        self.first: tuple[int, pd.DataFrame] | None = None  # how people end there, by its run

    def of(self, setup: Setup, threads: int | None) -> Run:
        """The town of a run as it stands at the start, under today's policy."""
        peopled = setup.weeks if setup.town.weeks_before else 0
        key = (setup.town, setup.parameters, setup.seed, setup.today, peopled)
        if self.run is None or self.key != key:
            self.run = None  # free the old one first
            how: dict[str, Any] = {"parameters": setup.parameters, "threads": threads}
            self.run = run_in(setup.town, setup.today, setup.weeks, setup.seed, **how)
            self.key = key
        return self.run


def long_tables(plan: Plan) -> "dict[str, LongTable]":
    """The long tables that a plan asks for."""
    if not plan.tables:
        return {}
    from kring.experiments.measures.long_tables import LONG_TABLES

    return {name: LONG_TABLES[name] for name in plan.tables}


def recorded(plan: Plan, weeks: int) -> dict[str, Any]:
    """What a run must record for the plan's outcomes and tables, as `simulate` takes it."""
    tables = long_tables(plan).values()
    read_episodes = [table.episodes for table in tables]
    read_episodes += [measure(name).episodes for name in plan.outcomes]
    asked = [part_of(name) for name in plan.outcomes]
    return {
        "keep": [week for table in tables for week in table.keep if week <= weeks]
        + [one.week for one in asked if one.week and not is_weekly(one.base)],
        "cohorts": list({(one.year, one.after): None for one in asked if one.after}),
        "episodes": any(read_episodes),
    }


def measured(
    plan: Plan, number: int, setup: Setup, result: Result, first: "pd.DataFrame | None" = None
) -> Output:
    """The outcomes and tables that a plan asks of a result.

    What is told beside the first policy takes how the same people end under that.
    """
    outcomes = {name: measure(name).of(result) for name in plan.outcomes}
    outcomes = with_prices(outcomes, plan.budget, setup.policy, setup.today)
    tables = {
        name: one.of(result, setup.town, *([first] if one.is_beside_first else []))
        for name, one in long_tables(plan).items()
    }
    return Output(number, outcomes, tables)


def execute(plan: Plan, run: RunSpec, standing: StandingTown, threads: int | None = 1) -> Output:
    """Execute a run or a piece of one; what goes wrong becomes its error, in one line."""
    try:
        return _execute(plan, run, standing, threads)
    except Exception as error:
        message = str(error).replace("\n", " ")
        if not isinstance(error, KringError):
            message = f"{type(error).__name__}: {message}"
        return Output(run.number, {}, {}, message, traceback.format_exc())


def _execute(plan: Plan, run: RunSpec, standing: StandingTown, threads: int | None) -> Output:
    setup = plan.setup(run)
    how: dict[str, Any] = {"threads": threads, **recorded(plan, setup.weeks)}
    if run.piece >= 0:
        which = (setup.town, setup.policy, setup.weeks, setup.seed, run.piece, plan.pieces)
        how |= {"parameters": setup.parameters, "today": setup.today}
        how |= {"from_week": setup.from_week, "phase_in": setup.phase_in}
        return Output(run.number, {}, {}, piece=run.piece, records=live_piece(*which, **how))
    result = lived(plan, setup, standing, how)
    first = None
    if plan.is_beside_first:
        first = ends_under_the_first(plan, run, result, standing, threads)
    return measured(plan, run.number, setup, result, first)


def lived(plan: Plan, setup: Setup, standing: StandingTown, how: dict[str, Any]) -> Result:
    """A run of a whole town, lived in one go."""
    how = how | {"from_week": setup.from_week, "phase_in": setup.phase_in}
    if plan.has_own_clients and plan.pieces > 1:
        return piece_by_piece(setup, plan.pieces, how)
    return simulate(standing.of(setup, how["threads"]), setup.policy, setup.weeks, **how)


def ends_under_the_first(
    plan: Plan, run: RunSpec, result: Result, standing: StandingTown, threads: int | None
) -> "pd.DataFrame":
    """How the people of a run end under the first policy, which is lived where it just wasn't.

    So it is known while a run is measured, and a row a person needs to be kept nowhere.
    """
    from kring.experiments.measures.long_tables import ends

    first = plan.under_the_first(run)
    if standing.first is None or standing.first[0] != first.number:
        setup = plan.setup(first)
        if run.number != first.number:
            result = lived(plan, setup, standing, {"threads": threads})
        standing.first = first.number, ends(result, setup.town)
    return standing.first[1]


def piece_by_piece(setup: Setup, pieces: int, how: dict[str, Any]) -> Result:
    """A run lived piece by piece in one go: of people of one's own no piece is kept."""
    how = how | {"parameters": setup.parameters, "today": setup.today}
    which = (setup.town, setup.policy, setup.weeks, setup.seed)
    records = [live_piece(*which, piece, pieces, **how) for piece in range(pieces)]
    return Result.of(Records.join(records), setup.policy, setup.parameters, setup.seed, 0.0)


def execute_batch(
    sent: Sent, batch: list[RunSpec], expected: str = "", threads: int | None = 1
) -> list[Output]:
    """Execute some runs of a plan, one after the other.

    Raises
    ------
    KringError
        If this worker's code or one of the plan's extensions is not the one it was begun with.
    """
    if expected and expected != code():
        raise KringError(
            f"a worker has other code ({code()}) than the study began with ({expected}): if Kring "
            "was changed just now, give the command again; on a cluster, update it everywhere"
        )
    with sent.arrived() as plan:
        standing = StandingTown()
        return [execute(plan, run, standing, threads) for run in batch]
