"""A check of the method: does it find back strengths that are known (Talts and others 2018)?

Sets of the first wave, which are draws of the priors, are taken for the truth in turn: what they
gave, with the rows' own errors on top, is what was observed. The emulator is asked for sets that go
with it, and the rank of each true value among these should be even: neither too sure nor too vague.
"""

import numpy as np
import pandas as pd

from kring.experiments.calibration.implausibility import tolerance
from kring.experiments.calibration.region import moved
from kring.experiments.calibration.waves import Waves

TRUTHS = 60  # sets taken for the truth
WALKERS, STEPS, THIN = 120, 1500, 20  # of each; the first half of the steps only leads there
BINS = 6  # of the histograms


def ranks(waves: Waves) -> pd.DataFrame:
    """The rank of each true value among the sets that are found for it.

    Returns
    -------
    DataFrame
        A row a truth, a column a quantity: the share of the sets found that lie below.
    """
    rows, luck = list(waves.rows), waves.luck(7)
    first = np.flatnonzero((waves.wave == 0) & ~np.isnan(waves.simulated).any(axis=1))
    truths = luck.choice(first, min(TRUTHS, len(first)), replace=False)
    emulator = waves.emulator()
    variance = tolerance(rows) ** 2 + np.maximum(waves.chance, emulator.rmse**2)
    found = []
    for truth in truths:
        seen = waves.simulated[truth] + tolerance(rows) * luck.normal(size=len(rows))

        def weight(places: np.ndarray, seen: np.ndarray = seen) -> np.ndarray:
            return np.asarray(-0.5 * ((emulator.gives(places) - seen) ** 2 / variance).sum(axis=1))

        places = luck.random((WALKERS, len(waves.unknown)))
        weights, below, count = weight(places), np.zeros(len(waves.unknown)), 0
        for step in range(STEPS):
            tried = moved(places, luck)
            weighed = weight(tried)
            better = np.log(luck.random(len(places))) < weighed - weights
            places = np.where(better[:, None], tried, places)
            weights = np.where(better, weighed, weights)
            if step >= STEPS // 2 and step % THIN == 0:
                below += (places < waves.places[truth]).sum(axis=0)
                count += len(places)
        found.append(below / count)
    return pd.DataFrame(found, columns=[one.name for one in waves.unknown])


def histogram(found: pd.DataFrame) -> pd.DataFrame:
    """How often each quantity's true value ranks where, and how likely so uneven ranks are.

    Returns
    -------
    DataFrame
        ``name``, a count for each sixth of the ranks, ``p`` (Kolmogorov and Smirnov's test for even
        ranks), smallest first.
    """
    from scipy.stats import kstest

    edges = np.linspace(0, 1, BINS + 1)
    table = pd.DataFrame(
        [
            [name, *np.histogram(found[name], edges)[0], kstest(found[name], "uniform").pvalue]
            for name in found
        ],
        columns=["name", *(f"sixth_{i}" for i in range(1, BINS + 1)), "p"],
    )
    return table.sort_values("p", ignore_index=True)
