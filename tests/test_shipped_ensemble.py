"""The ensemble that ships with Kring meets the rows of evidence, with this very model."""

import numpy as np
import pandas as pd
import pytest

from experiments.calibration.implausibility import RULED_OUT, implausibility
from experiments.calibration.instruments import PublishedFigures
from simulation.ensemble import Ensemble
from simulation.town import Town

SAMPLE, CLIENTS, SEED = 10, 500, 900_000


@pytest.mark.slow
def test_the_sets_that_ship_meet_the_rows():
    """Ten sets, each in a town it has not seen; chance is allowed for by its spread over them."""
    ensemble = Ensemble.load("rotterdam")
    instrument = PublishedFigures(Town(), CLIENTS)
    every = ensemble.sets[[*ensemble.strengths, *ensemble.facts]]
    chosen = every.iloc[:: max(1, len(every) // SAMPLE)].head(SAMPLE)
    found = pd.DataFrame(
        [instrument.measure(dict(row), SEED + i) for i, (_, row) in enumerate(chosen.iterrows())]
    )[[row.id for row in instrument.rows]]
    each = implausibility(instrument.rows, found.to_numpy(), found.var().to_numpy())
    typical = np.median(each, axis=0)
    missed = [row.id for row, off in zip(instrument.rows, typical, strict=True) if off > 2]
    assert not missed, f"the shipped sets no longer meet {missed}: calibrate anew"
    assert (each.max(axis=1) <= RULED_OUT).mean() >= 0.7
