"""Work: what a worker does with a batch of runs, on whatever machine it is."""

import traceback
from typing import NamedTuple

import pandas as pd

from experiments.design import RunSpec, Scene, code, scene
from experiments.measures import measure
from experiments.raw_tables import RAW_TABLES
from experiments.study_file import Study
from simulation.errors import KringError
from simulation.parameters import Parameters
from simulation.result import Result
from simulation.rows import World
from simulation.run import simulate
from simulation.town import Town
from simulation.world import settle


class Lived(NamedTuple):
    """What came of a run: its outcomes and tables, or else an error in one line."""

    number: int
    outcomes: dict[str, float]
    tables: dict[str, pd.DataFrame]
    error: str = ""
    trace: str = ""


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


def live(study: Study, at: Scene, people: People, threads: int | None) -> Result:
    """Live one scene, keeping what the study's outcomes and tables read."""
    tables = [RAW_TABLES[name] for name in study.tables]
    reads_episodes = [*tables, *(measure(name) for name in study.outcomes)]
    return simulate(
        people.of(at) if study.pieces == 1 else at.town,
        at.policy,
        at.weeks,
        at.seed,
        parameters=at.parameters,
        keep=[week for table in tables for week in table.keep],
        episodes=any(one.episodes for one in reads_episodes),
        threads=threads,
    )


def live_run(study: Study, run: RunSpec, people: People, threads: int | None = 1) -> Lived:
    """Live one run and measure it; what goes wrong becomes its error."""
    try:
        at = scene(study, run)
        result = live(study, at, people, threads)
        outcomes = {name: measure(name).of(result) for name in study.outcomes}
        tables = {name: RAW_TABLES[name].of(result, at.town) for name in study.tables}
    except Exception as error:  # a failed run is a row, whatever failed
        said = str(error).replace("\n", " ")
        if not isinstance(error, KringError):
            said = f"{type(error).__name__}: {said}"
        return Lived(run.number, {}, {}, said, traceback.format_exc())
    return Lived(run.number, outcomes, tables)


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
            f"a worker has other code ({code()}) than this machine ({expected}): install the same "
            "Kring on both"
        )
    people = People()
    return [live_run(study, run, people, threads) for run in batch]
