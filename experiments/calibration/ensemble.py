"""From waves to an ensemble: sets that meet all rows in fresh towns."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from kring.experiments.calibration.implausibility import MEETS, RULED_OUT, implausibility
from kring.experiments.calibration.instruments import Instrument
from kring.experiments.calibration.trials import measured
from kring.experiments.calibration.unknowns import valued
from kring.experiments.calibration.waves import TOWNS, Waves
from kring.experiments.execution.files import read_if_whole, write_parquet
from kring.simulation.ensemble import EFFECT, Ensemble
from kring.simulation.errors import KringError

SPARE = 4.0  # sets that are tried, for each that is wanted
FRESH = 3  # towns in which each is tried
FEWEST = 10  # sets that are an ensemble


class Kept(NamedTuple):
    """The sets of an ensemble.

    Attributes
    ----------
    sets : DataFrame
        A row a set, a column a quantity.
    found : DataFrame
        What was measured of them: the mean of the fresh towns.
    answers : DataFrame
        What a conference for all changes in each.
    bound : float
        Implausibility within which they meet all rows.
    tried : ndarray
        Implausibility of the worst row of each set that was tried in fresh towns.
    """

    sets: pd.DataFrame
    found: pd.DataFrame
    answers: pd.DataFrame
    bound: float
    tried: np.ndarray

    def ensemble(self, name: str, about: str, about_nl: str, extensions: str = "") -> Ensemble:
        """The ensemble, with what a conference for all does to problems in each set.

        How near its sets are to what was observed is said with it.
        """
        sets = self.sets.assign(**{EFFECT: self.answers[EFFECT]})
        sets.index = pd.RangeIndex(1, len(sets) + 1, name="set")
        near = f"{self.bound:.1f}"
        return Ensemble(
            name,
            sets,
            f"{about} Each row within {near} standard deviations.",
            f"{about_nl} Elk cijfer binnen {near.replace('.', ',')} standaardafwijkingen.",
            extensions=extensions,
        )


def kept(waves: Waves, wanted: int, answers: Instrument) -> Kept:
    """The sets of the ensemble: new ones, each tried in fresh towns, and their answers.

    No town in which a set was found has a say in whether it is kept. The first is the nearest to
    all rows together, for where one set has to do; the others come by lot.

    Raises
    ------
    KringError
        If hardly any set is not ruled out.
    """
    sets, found = tried_out(waves, int(SPARE * wanted))
    ids = [row.id for row in waves.rows]
    off = implausibility(waves.rows, found[ids].to_numpy(), waves.chance / FRESH)
    worst = off.max(axis=1)
    bound = min(RULED_OUT, max(MEETS, float(np.sort(worst)[min(wanted, len(worst)) - 1])))
    inside = np.flatnonzero(worst <= bound)
    if len(inside) < FEWEST:
        raise KringError(
            f"{len(inside)} of {len(worst)} sets meet the observations (the best is off by "
            f"{worst.min():.1f} standard deviations): see the report for the rows that cannot be "
            "met together"
        )
    nearest = inside[(off[inside] ** 2).sum(axis=1).argmin()]
    by_lot = waves.luck(4).permutation(inside[inside != nearest])
    chosen = np.append(nearest, by_lot[: wanted - 1])
    sets, found = (table.iloc[chosen].reset_index(drop=True) for table in (sets, found))
    given = measured(
        answers, sets, [TOWNS // 8 + 100 * i for i in range(len(sets))],
        waves.folder / "answers", waves.engine, waves.progress,
    )  # fmt: skip
    return Kept(sets, found, given, bound, worst)


def tried_out(waves: Waves, n: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Sets that the emulator of all waves says meet all rows, and what fresh towns give of them."""
    folder = waves.folder / "fresh"
    sets = read_if_whole(folder / "sets.parquet")
    if sets is None:
        folder.mkdir(parents=True, exist_ok=True)
        sets = valued(waves.unknown, waves.drawn(n, aims=True)[0])
        write_parquet(sets, folder / "sets.parquet")
    each = measured(
        waves.instrument, pd.concat([sets] * FRESH, ignore_index=True),
        [TOWNS // 4 + i for i in range(FRESH * len(sets))], folder, waves.engine, waves.progress,
    )  # fmt: skip
    return sets, each.groupby(np.tile(np.arange(len(sets)), FRESH)).mean()
