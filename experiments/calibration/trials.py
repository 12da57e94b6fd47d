"""Trials: sets of values that are simulated, on any engine; what is done is kept, whole."""

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from kring.experiments.calibration.instruments import Instrument
from kring.experiments.execution.engines import Engine
from kring.experiments.execution.files import read_if_whole, write_parquet
from kring.experiments.execution.handing_out import HandOut
from kring.experiments.study.fingerprint import code
from kring.simulation.errors import KringError

BATCH = 8  # trials that a dying worker loses
NUMBER, ERROR = "trial", "error"


class Trial(NamedTuple):
    """A set of values that is measured in a town of its own."""

    number: int
    values: Mapping[str, float]
    seed: int


class Measured(NamedTuple):
    """What a trial gave, or its error in one line."""

    number: int
    found: dict[str, float]
    error: str = ""


def try_out(
    instrument: Instrument, trials: list[Trial], expected: str, threads: int | None = 1
) -> list[Measured]:
    """Measure some sets, one after the other.

    Raises
    ------
    KringError
        If this worker's code is not the code that the calibration was begun with.
    """
    if expected != code():
        raise KringError("a worker has other code than the calibration began with: update it")
    return [tried(instrument, trial) for trial in trials]


def tried(instrument: Instrument, trial: Trial) -> Measured:
    """Measure a set; what goes wrong becomes its error, in one line."""
    try:
        return Measured(trial.number, instrument.measure(trial.values, trial.seed))
    except Exception as error:
        message = f"{type(error).__name__}: {error}".replace("\n", " ")
        return Measured(trial.number, {}, message)


class Trials(HandOut[Trial, Measured]):
    """Trials on their way; each batch that comes back is a file.

    Parameters
    ----------
    instrument : Instrument
        What measures them.
    trials : list of Trial
        All of them: those that are kept already are left out.
    folder : Path
        Where they are kept.
    engine : Engine
        Where they are measured.
    progress : callable
        Called with the number of trials that have come back since the last call.
    """

    def __init__(
        self,
        instrument: Instrument,
        trials: list[Trial],
        folder: Path,
        engine: Engine,
        progress: Callable[[int], Any],
    ) -> None:
        self.instrument: Instrument = instrument
        self.folder: Path = folder
        folder.mkdir(parents=True, exist_ok=True)
        done = set(kept(folder).get(NUMBER, ()))
        progress(len(done))
        left = [trial for trial in trials if trial.number not in done]
        batches = [left[i : i + BATCH] for i in range(0, len(left), BATCH)]
        super().__init__(batches, engine, progress)

    def submit(self, trials: list[Trial]) -> Future[list[Measured]]:
        """Hand out trials."""
        return self.engine.submit(try_out, self.instrument, trials, code())

    def given_up(self, trial: Trial, message: str) -> Measured:
        """What is kept of a trial that no worker survives."""
        return Measured(trial.number, {}, message)

    def keep(self, trials: list[Trial], made: list[Measured]) -> None:
        """Keep what a batch brought."""
        table = pd.DataFrame([{NUMBER: m.number, ERROR: m.error, **m.found} for m in made])
        write_parquet(table, self.folder / f"{trials[0].number:06d}-{len(trials)}.parquet")


def kept(folder: Path) -> pd.DataFrame:
    """What is kept in a folder of trials; torn files count as not kept."""
    parts = [read_if_whole(path) for path in sorted(folder.glob("[0-9]*.parquet"))]
    whole = [part for part in parts if part is not None]
    if not whole:
        return pd.DataFrame()
    return pd.concat(whole).drop_duplicates(NUMBER, keep="last").sort_values(NUMBER)


def measured(
    instrument: Instrument,
    sets: pd.DataFrame,
    seeds: list[int],
    folder: Path,
    engine: Engine,
    progress: Callable[[int], Any],
) -> pd.DataFrame:
    """Measure sets of values, each in a town of its own, going on where it was interrupted.

    Parameters
    ----------
    instrument : Instrument
        What measures them.
    sets : DataFrame
        A row a set, a column a quantity.
    seeds : list of int
        A seed for each set.
    folder : Path
        Where what is done is kept.
    engine : Engine
        Where it is done.
    progress : callable
        Called with the number of sets done since the last call.

    Returns
    -------
    DataFrame
        A row a set, a column what was measured; NaN where a set failed.

    Raises
    ------
    KringError
        If all failed.
    """
    rows = sets.to_dict("records")
    trials = [Trial(i, row, seeds[i]) for i, row in enumerate(rows)]
    Trials(instrument, trials, folder, engine, progress).run()
    table = kept(folder).set_index(NUMBER).reindex(range(len(sets)))
    errors = table.pop(ERROR)
    if (errors != "").all():
        raise KringError(f"none of the {len(sets)} sets could be simulated: {errors.iloc[0]}")
    return table.reset_index(drop=True).astype(float)
