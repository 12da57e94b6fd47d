"""The fit: from elsewhere it finds the strengths that made the data."""

from collections.abc import Mapping

import numpy as np
import pytest

from experiments.calibration.fit import PULL, Unknown, distances, fit, trial, unknown
from simulation.parameters import Parameters
from simulation.run import simulate
from simulation.town import Town
from tests.helpers import ROUTES

TOWN = Town.preset("rotterdam", clients=800, conference_share=0.3)
MADE_BY = {"named_at_once": 0.6, "willing": 0.5, "professional_effect": 0.02}
OUTCOMES = ("network", "supporters", "problems")


def outcomes(values: Mapping[str, float]) -> np.ndarray:
    """What a town shows after one year and two, by routes of entry."""
    parameters = Parameters().replace(**values)
    result = simulate(TOWN, ROUTES, seed=5, parameters=parameters, episodes=False, threads=1)
    return np.array(
        [
            result.at(name, week, entrance)
            for name in OUTCOMES
            for week in (52, 104)
            for entrance in ROUTES
        ]
    )


def test_it_finds_the_strengths_that_made_the_data():
    data = outcomes(MADE_BY)
    start = {name: value * 1.5 for name, value in MADE_BY.items()}
    unknowns = [unknown(name, value) for name, value in start.items()]
    found = fit(unknowns, lambda values: (outcomes(values) / data - 1) / 0.05, 15, pull=0.0)
    assert found == pytest.approx(MADE_BY, rel=0.03)


def test_what_the_data_leave_open_stays_where_it_was_assumed():
    silent = Unknown("silent", assumed=2.0, low=0.0, high=10.0)
    heard = Unknown("heard", assumed=0.0, low=-5.0, high=5.0)
    found = fit([silent, heard], lambda values: np.array([50 * (values["heard"] - 3)]), 20)
    assert found["silent"] == pytest.approx(2.0)
    assert found["heard"] == pytest.approx(3.0, abs=0.05)  # pulled a little towards 0


def test_no_value_leaves_its_range():
    beyond = Unknown("beyond", assumed=1.0, low=0.0, high=2.0)
    found = fit([beyond], lambda values: np.array([values["beyond"] - 7]), 20, pull=PULL)
    assert found["beyond"] == pytest.approx(2.0, abs=1e-3)


def test_a_trial_is_told_in_steps_of_five_percent_from_what_is_published():
    table = trial({}, TOWN, range(1, 2))
    published = table[table["role"] == "calibrate"]["deviation"].dropna()
    told = distances(table)
    assert len(told) >= len(published) > 5
    assert set((published / 0.05).round(6)) <= set(told.round(6))
