"""Work: what a worker does with a batch of runs, on whatever machine it is."""

import traceback
from typing import Any, NamedTuple

import pandas as pd

from experiments.measures import measure
from experiments.running.raw_tables import RAW_TABLES
from experiments.study.design import RunSpec, Scene, code, scene
from experiments.study.file import Study
from simulation.books import Books
from simulation.errors import KringError
from simulation.parameters import Parameters
from simulation.pieces import live_piece
from simulation.result import Result
from simulation.rows import World
from simulation.run import simulate
from simulation.town import Town
from simulation.world import settle


class Lived(NamedTuple):
    """What came of a run: its outcomes and tables, or else an error in one line.

    Of a piece of a town only its books come back, for outcomes are of the whole town.
    """

    number: int
    outcomes: dict[str, float]
    tables: dict[str, pd.DataFrame]
    error: str = ""
    trace: str = ""
    piece: int = -1
    books: Books | None = None


class People:
    """The people last settled, kept because the next run often meets the same ones."""

    def __init__(self) -> None:
        self.who: tuple[Town, Parameters, int] | None = None
        self.world: World | None = None

    def of(self, at: Scene) -> World:
        """The people of a scene."""
        who = (at.town, at.parameters, at.seed)
        if self.who != who:
            self.world = None  # free the old ones first
            self.world, self.who = settle(*who), who
        return self.world


def what_to_keep(study: Study) -> dict[str, Any]:
    """What a run must keep for the study's outcomes and tables."""
    tables = [RAW_TABLES[name] for name in study.tables]
    read = [*tables, *(measure(name) for name in study.outcomes)]
    return {
        "keep": [week for table in tables for week in table.keep],
        "episodes": any(one.episodes for one in read),
    }


def measured(study: Study, number: int, at: Scene, result: Result) -> Lived:
    """The outcomes and tables that a study asks of a result."""
    outcomes = {name: measure(name).of(result) for name in study.outcomes}
    tables = {name: RAW_TABLES[name].of(result, at.town) for name in study.tables}
    return Lived(number, outcomes, tables)


def live(study: Study, run: RunSpec, people: People, threads: int | None) -> Lived:
    """Live one run and measure it; or live a piece of its town."""
    at = scene(study, run)
    how = {"parameters": at.parameters, "threads": threads, **what_to_keep(study)}
    if run.piece >= 0:
        whole = (at.town, at.policy, at.weeks, at.seed, run.piece, study.pieces)
        return Lived(run.number, {}, {}, piece=run.piece, books=live_piece(*whole, **how))
    result = simulate(people.of(at), at.policy, at.weeks, at.seed, **how)
    return measured(study, run.number, at, result)


def live_run(study: Study, run: RunSpec, people: People, threads: int | None = 1) -> Lived:
    """Live one run; what goes wrong becomes its error, for a failed run is a row as well."""
    try:
        return live(study, run, people, threads)
    except Exception as error:
        said = str(error).replace("\n", " ")
        if not isinstance(error, KringError):
            said = f"{type(error).__name__}: {said}"
        return Lived(run.number, {}, {}, said, traceback.format_exc())


def live_batch(
    study: Study, batch: list[RunSpec], expected: str = "", threads: int | None = 1
) -> list[Lived]:
    """Live some runs, one after the other.

    Raises
    ------
    KringError
        If this worker's code is not the code that the study was begun with.
    """
    if expected and expected != code():
        raise KringError(
            f"a worker has other code ({code()}) than the study began with ({expected}): if Kring "
            "was changed just now, give the command again; on a cluster, update it everywhere"
        )
    people = People()
    return [live_run(study, run, people, threads) for run in batch]
