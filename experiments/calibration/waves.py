"""Waves: history matching. Each wave simulates sets from what the waves before have not ruled out.

The first is a Latin hypercube over the whole of the priors. After each, an emulator learns from all
that was simulated, and draws the next sets from the part of the priors that it does not rule out
(Vernon, Goldstein and Bower 2010; Williamson and Vernon 2013).
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from scipy.stats.qmc import LatinHypercube

from kring.experiments.calibration.emulator import Emulator
from kring.experiments.calibration.implausibility import MEETS, RULED_OUT, implausibility
from kring.experiments.calibration.instruments import Observed
from kring.experiments.calibration.region import region
from kring.experiments.calibration.trials import measured
from kring.experiments.calibration.unknowns import Unknown, placed, valued
from kring.experiments.execution.engines import Engine
from kring.experiments.execution.files import read_if_whole, write_json, write_parquet
from kring.simulation.errors import KringError, shown
from kring.simulation.parameters import Parameters
from kring.simulation.town import Town

SEED = 20190  # of all that a calibration draws
TOWNS = 1_000_000  # seeds of towns in each wave lie so far apart
WALKERS = 400  # at least: fewer lie too much alike
EXPLORED = 2  # waves in which the emulator's own error is allowed for
AIM = (
    1.5  # what an emulator thinks best it thinks too well of: so it is asked for better than MEETS
)
ENOUGH = 0.5  # of a wave that meets all rows: another would bring little
REPEATED, SEEDS = 16, 4  # sets that tell chance at most, and towns of each


class Size(NamedTuple):
    """How many sets are simulated.

    Attributes
    ----------
    first : int
        In the Latin hypercube.
    later : int
        In each later wave.
    waves : int
        Later waves, at most.
    sets : int
        Sets that the ensemble gets.
    """

    first: int = 1000
    later: int = 700
    waves: int = 8
    sets: int = 200

    @property
    def repeated(self) -> int:
        """Sets that tell chance, each in several towns."""
        return min(REPEATED, self.sets // 2)

    @property
    def simulated(self) -> int:
        """Towns that are simulated at most, until the sets of the ensemble are chosen."""
        return self.first + self.waves * self.later + 2 * self.repeated * SEEDS

    def changed(self, sets: int | None, draws: int | None, waves: int | None) -> "Size":
        """Another size, where one is given.

        Raises
        ------
        KringError
            For too few to learn from.
        """
        for name, given, least in (("sets", sets, 10), ("draws", draws, 20), ("waves", waves, 1)):
            if given is not None:
                check_whole(name, given, least)
        first, later = (draws, 3 * draws // 4) if draws else (self.first, self.later)
        return Size(first, later, waves or self.waves, sets or self.sets)


def check_whole(name: str, given: object, least: int) -> None:
    """Refuse what is no whole number from so many on.

    Raises
    ------
    KringError
        With its name.
    """
    if not isinstance(given, int) or isinstance(given, bool) or given < least:
        raise KringError(f"{name} = {shown(given)}: it takes a whole number from {least} on")


@dataclass
class Waves:
    """The waves of a calibration so far.

    Attributes
    ----------
    instrument : Observed
        What measures, and what was observed.
    unknown : sequence of Unknown
        What is calibrated.
    folder : Path
        Where everything simulated is kept.
    engine : Engine
        Where it is simulated.
    progress : callable
        Called with the number of sets done since the last call.
    places : ndarray, shape (sets, unknowns)
        Where the simulated sets lie in the priors.
    found : DataFrame
        What was measured of them: a column a row of evidence.
    wave : ndarray
        In which wave each was simulated; 0 is the Latin hypercube.
    log : list of dict
        Of each wave: sets, share of the prior left before it, bound, how many meet all rows.
    chance : ndarray, shape (rows,)
        Variance of what a single town gives, by its chance.
    """

    instrument: Observed
    unknown: Sequence[Unknown]
    folder: Path
    engine: Engine
    progress: Callable[[int], Any] = lambda done: None
    places: np.ndarray = field(init=False)
    found: pd.DataFrame = field(init=False)
    wave: np.ndarray = field(init=False)
    log: list[dict[str, Any]] = field(default_factory=list)
    chance: np.ndarray = field(init=False)

    def __post_init__(self) -> None:
        self.places = np.empty((0, len(self.unknown)))
        self.found, self.wave = pd.DataFrame(), np.empty(0, int)
        self.chance = np.zeros(len(self.rows))

    @property
    def rows(self) -> Sequence[Any]:
        """What was observed."""
        return self.instrument.rows

    @property
    def simulated(self) -> np.ndarray:
        """What was simulated of the rows: a row a set, a column a row of evidence."""
        return np.asarray(self.found[[row.id for row in self.rows]])

    @property
    def worst(self) -> np.ndarray:
        """Implausibility of the worst row of each simulated set."""
        return np.asarray(implausibility(self.rows, self.simulated, self.chance).max(axis=1))

    def luck(self, what: int) -> np.random.Generator:
        """Draws for one purpose in the wave that comes."""
        return np.random.Generator(np.random.Philox([SEED, what, len(self.log)]))

    def run(self, size: Size) -> None:
        """Simulate wave after wave, until another would bring little."""
        first = LatinHypercube(len(self.unknown), rng=self.luck(0)).random(size.first)
        first[0] = self.thought_now()
        self.simulate(first, {"share": 1.0, "bound": None, "aimed": False})
        self.repeat("chance_of_the_first", size.repeated)
        for _ in range(size.waves):
            if self.log[-1]["meet"] > ENOUGH * self.log[-1]["sets"]:
                break
            self.simulate(*self.proposed(size.later))
        self.repeat("chance_of_the_last", size.repeated)

    def thought_now(self) -> np.ndarray:
        """Where the presets lie: the first guess."""
        presets = {**Town().model_dump(), **Parameters().model_dump()}
        now = pd.DataFrame({one.name: [presets[one.name]] for one in self.unknown})
        with np.errstate(divide="ignore"):  # none at all, where the prior is in the logarithm
            return np.asarray(np.clip(placed(self.unknown, now)[0], 0, 1))

    def emulator(self) -> Emulator:
        """An emulator that has learned from all that was simulated."""
        return Emulator.taught(self.rows, self.places, self.simulated, SEED + len(self.log))

    def proposed(self, sets: int) -> tuple[np.ndarray, dict[str, Any]]:
        """Sets from what is not ruled out, and what that part is like."""
        if (old := read_if_whole(self.path / "sets.parquet")) is not None:
            told = json.loads((self.path / "wave.json").read_text())
            return placed(self.unknown, old), told
        # At first the emulator is rough, and rules out only what is too far off for its error too.
        # Later it is believed, and asked for sets that meet all rows.
        return self.drawn(sets, aims=len(self.log) > EXPLORED)

    def drawn(self, sets: int, *, aims: bool) -> tuple[np.ndarray, dict[str, Any]]:
        """Sets drawn from what the emulator does not rule out, or where it says all is met."""
        emulator = self.emulator()
        bound = AIM if aims else RULED_OUT
        variance = self.chance if aims else np.maximum(emulator.rmse**2, self.chance)
        start = LatinHypercube(len(self.unknown), rng=self.luck(1)).random(max(sets, WALKERS))
        left = region(
            lambda places: emulator.each(places, variance).max(axis=1), start, bound, self.luck(2)
        )
        chosen = self.luck(3).choice(len(left.places), sets, replace=False)
        rmse = dict(zip([row.id for row in self.rows], emulator.rmse.tolist(), strict=True))
        told = {"share": float(left.share), "bound": left.bound, "aimed": aims, "rmse": rmse}
        return left.places[chosen], told

    @property
    def path(self) -> Path:
        """Where the wave that comes is kept."""
        return self.folder / f"wave_{len(self.log)}"

    def simulate(self, places: np.ndarray, told: dict[str, Any]) -> None:
        """Simulate a wave."""
        sets, path = valued(self.unknown, places), self.path
        if not (path / "sets.parquet").is_file():
            path.mkdir(parents=True, exist_ok=True)
            write_json(path / "wave.json", told)
            write_parquet(sets, path / "sets.parquet")
        seeds = [TOWNS * (1 + len(self.log)) + i for i in range(len(sets))]
        found = measured(self.instrument, sets, seeds, path, self.engine, self.progress)
        self.places = np.concatenate([self.places, places])
        self.found = pd.concat([self.found, found], ignore_index=True)
        self.wave = np.append(self.wave, np.full(len(places), len(self.log)))
        worst = self.worst[-len(places) :]
        self.log.append(
            {
                "wave": len(self.log), "sets": len(sets), **told,
                "best": float(worst.min()),
                "not_ruled_out": int((worst <= RULED_OUT).sum()),
                "meet": int((worst <= MEETS).sum()),
            }
        )  # fmt: skip

    def repeat(self, name: str, number: int) -> None:
        """Simulate the best sets in other towns, which tells the chance of a single town."""
        best = np.argsort(self.worst)[:number]
        sets = valued(self.unknown, self.places[best]).loc[np.repeat(np.arange(len(best)), SEEDS)]
        seeds = [TOWNS // 2 + i for i in range(len(sets))]
        found = measured(
            self.instrument, sets, seeds, self.folder / name, self.engine, self.progress
        )
        of = np.repeat(np.arange(len(best)), SEEDS)
        within = found[[row.id for row in self.rows]].groupby(of).var()
        self.chance = np.nan_to_num(within.mean().to_numpy())
