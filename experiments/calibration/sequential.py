"""A check by other means: sequential ABC (pyABC) on the emulator, beside the sets of the waves."""

import logging
import tempfile
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from kring.experiments.calibration.ensemble import Kept
from kring.experiments.calibration.findings import WITHIN, spans
from kring.experiments.calibration.implausibility import MEETS
from kring.experiments.calibration.unknowns import placed
from kring.experiments.calibration.waves import SEED, Waves
from kring.experiments.extras import extra

PARTICLES, GENERATIONS, RAREST = 400, 12, 0.01
NARROWEST = 6  # quantities that the rows say most about: in more, few particles carry weight


def checked(waves: Waves, kept: Kept) -> pd.DataFrame:
    """Where sequential ABC puts the quantities that are narrowed down most, beside the kept sets.

    It begins in the prior of these and asks the emulator; all others come from a kept set by lot.

    Returns
    -------
    DataFrame
        ``name, low, median, high, abc_low, abc_median, abc_high``: places in the prior, 0 to 1.
    """
    pyabc = extra("pyabc", "the check by sequential ABC", "calibration")
    logging.getLogger("ABC").setLevel(logging.ERROR)
    emulator, places = waves.emulator(), placed(waves.unknown, kept.sets)
    narrowest = np.sort(spans(places).argsort()[:NARROWEST])
    names = [waves.unknown[i].name for i in narrowest]

    def model(values: dict[str, float]) -> dict[str, Any]:
        point = places[np.random.randint(len(places))][None, :].copy()
        point[0, narrowest] = [values[name] for name in names]
        return {"worst": float(emulator.each(point, waves.chance).max())}

    prior = pyabc.Distribution(**{name: pyabc.RV("uniform", 0, 1) for name in names})
    np.random.seed(SEED)  # pyABC draws from numpy's own stream
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        abc = pyabc.ABCSMC(
            model, prior, distance_function=lambda x, _: x["worst"], population_size=PARTICLES,
            sampler=pyabc.sampler.SingleCoreSampler(),
        )  # fmt: skip
        abc.new("sqlite:///" + str(Path(folder) / "abc.db"), {"worst": 0.0})
        history = abc.run(
            minimum_epsilon=MEETS, max_nr_populations=GENERATIONS, min_acceptance_rate=RAREST
        )
        drawn, weights = history.get_distribution()
    weighted = [weighted_quantiles(drawn[name].to_numpy(), weights) for name in names]
    return pd.DataFrame(
        np.column_stack([np.percentile(places[:, narrowest], WITHIN, axis=0).T, weighted]),
        columns=["low", "median", "high", "abc_low", "abc_median", "abc_high"],
    ).assign(name=names)


def weighted_quantiles(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """The 2.5%, 50% and 97.5% quantiles of a weighted sample."""
    order = values.argsort()
    return np.asarray(np.interp(np.array(WITHIN) / 100, np.cumsum(weights[order]), values[order]))
