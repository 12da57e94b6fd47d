"""From waves to an ensemble: sets that meet all rows in one town and in a fresh one."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from experiments.calibration.implausibility import MEETS, RULED_OUT, implausibility
from experiments.calibration.instruments import ConferenceForAll
from experiments.calibration.trials import measured
from experiments.calibration.unknowns import valued
from experiments.calibration.waves import TOWNS, Waves
from simulation.ensemble import EFFECT, Ensemble
from simulation.errors import KringError

SPARE = 1.6  # sets that are tried in a fresh town, for each that is wanted
FEWEST = 10  # sets that are an ensemble


class Kept(NamedTuple):
    """The sets of an ensemble.

    Attributes
    ----------
    sets : DataFrame
        A row a set, a column a quantity.
    found : DataFrame
        What was measured of them: the mean of two towns.
    answers : DataFrame
        What a conference for all changes in each.
    bound : float
        Implausibility within which they meet all rows.
    tried : int
        How many were tried in a fresh town.
    """

    sets: pd.DataFrame
    found: pd.DataFrame
    answers: pd.DataFrame
    bound: float
    tried: int

    def ensemble(self, name: str, about: str, about_nl: str) -> Ensemble:
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
        )


def chosen(waves: Waves, wanted: int) -> tuple[np.ndarray, float]:
    """Sets that meet all rows, drawn by lot; where too few do, the nearest, and how near they are.

    Raises
    ------
    KringError
        If hardly any set is not ruled out.
    """
    worst = waves.worst
    bound = max(MEETS, float(np.sort(worst)[min(wanted, len(worst)) - 1]))
    if bound > RULED_OUT:
        bound = RULED_OUT
    inside = np.flatnonzero(worst <= bound)
    if len(inside) < FEWEST:
        raise KringError(
            f"{len(inside)} of {len(worst)} sets meet the observations (the best is off by "
            f"{worst.min():.1f} standard deviations): see the report for the rows that cannot be "
            "met together"
        )
    return waves.luck(4).permutation(inside)[:wanted], bound


def kept(waves: Waves, wanted: int, answers: ConferenceForAll) -> Kept:
    """The sets of the ensemble, each tried again in a fresh town, and their answers."""
    numbers, bound = chosen(waves, int(SPARE * wanted))
    sets = valued(waves.unknown, waves.places[numbers])
    ids = [row.id for row in waves.rows]
    fresh = measured(
        waves.instrument, sets, [TOWNS // 4 + i for i in range(len(sets))],
        waves.folder / "fresh", waves.engine, waves.progress,
    )  # fmt: skip
    both = (waves.found.iloc[numbers].reset_index(drop=True) + fresh) / 2
    worst = implausibility(waves.rows, both[ids].to_numpy(), waves.chance / 2).max(axis=1)
    again = np.flatnonzero(worst <= bound)[:wanted]
    if len(again) < FEWEST:
        raise KringError(f"only {len(again)} of {len(sets)} sets hold in a fresh town")
    sets, both = (table.iloc[again].reset_index(drop=True) for table in (sets, both))
    given = measured(
        answers, sets, [TOWNS // 8 + 100 * i for i in range(len(sets))],
        waves.folder / "answers", waves.engine, waves.progress,
    )  # fmt: skip
    return Kept(sets, both, given, bound, len(numbers))
