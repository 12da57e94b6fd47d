"""Intervals: how often they hold what they say they hold, and what they do at the edges."""

import numpy as np
import pytest

from kring.simulation.spread import interval, spread, student_t
from tests.helpers import python

REPEATS = 2000


@pytest.fixture
def rng():
    return np.random.default_rng(11)


def test_students_t_is_that_of_the_published_tables():
    published = {1: 12.706, 2: 4.303, 9: 2.262, 14: 2.145, 15: 2.131, 30: 2.042, 60: 2.000}
    assert {n: round(student_t(n), 3) for n in published} == published


def test_an_interval_holds_the_mean_in_its_middle():
    mean, low, high = interval(np.array([1.0, 2.0, 3.0, 6.0]))
    half = 3.182446 * np.sqrt(14 / 3 / 4)  # variance 14 / 3, 3 degrees of freedom
    assert (mean, low, high) == pytest.approx((3, 3 - half, 3 + half))
    assert np.isnan(interval(np.array([1.0]))[1:]).all()


def test_towns_in_which_nothing_differs_are_no_degrees_of_freedom():
    few = np.array([0.0, 0, 0, 0.1, 0.2])
    mean, _, high = interval(few)
    assert high - mean == pytest.approx(student_t(1) * few.std(ddof=1) / np.sqrt(5))
    assert interval(np.zeros(5)) == (0, 0, 0)


@pytest.mark.parametrize("towns", [5, 10])
def test_the_interval_of_one_set_holds_the_truth_in_95_of_100(rng, towns):
    values = rng.normal(0.3, 1, (REPEATS, towns))
    held = [low <= 0.3 <= high for _, low, high in map(interval, values)]
    assert 0.93 <= np.mean(held) <= 0.97


@pytest.mark.parametrize("part", [0.3, 0.5, 0.7])
def test_an_outcome_that_differs_in_some_towns_only_is_held_at_least_as_often(rng, part):
    there = rng.random((REPEATS, 10)) < part
    values = np.where(there, rng.gamma(2, 0.5, there.shape), 0.0)
    found = np.array([interval(one) for one in values])
    told = found[:, 2] > found[:, 1]
    assert ((found[:, 1] <= part) & (part <= found[:, 2]))[told].mean() >= 0.93


@pytest.mark.parametrize("sets", [20, 200])
@pytest.mark.parametrize("strengths", [0.0, 1.0, 3.0])
@pytest.mark.parametrize("skewed", [False, True])
def test_chance_is_how_far_other_towns_would_move_the_median(rng, sets, strengths, skewed):
    shape = rng.exponential(size=sets) - 1 if skewed else rng.normal(size=sets)
    towns = np.repeat(shape * strengths, 2) + rng.normal(size=(REPEATS // 4, 2 * sets))
    usual = np.median(towns.reshape(-1, sets, 2).mean(axis=2), axis=1).mean()
    which = np.repeat(np.arange(sets), 2)
    found = [spread(values, which) for values in towns]
    held = np.mean([abs(one.middle - usual) <= one.chance for one in found])
    assert 0.93 <= held <= (0.97 if sets > 100 else 0.99)


@pytest.mark.parametrize("strengths", [0.5, 2.0])
def test_95_of_100_sets_lie_where_it_is_said(rng, strengths):
    # A quantile band over sets, not an interval of a mean: it doesn't narrow with more sets.
    held = []
    for _ in range(REPEATS // 10):
        lie = rng.normal(size=200) * strengths
        towns = np.repeat(lie, 2) + rng.normal(size=400) * 0.5
        found = spread(towns, np.repeat(np.arange(200), 2))
        held.append(np.mean((found.low <= lie) & (lie <= found.high)))
    assert 0.93 <= np.mean(held) <= 0.97


def test_a_set_far_from_all_others_keeps_chance_finite():
    found = spread(np.array([0.0, 1e-9, 100, 100.1]), np.array([1, 1, 2, 2]))
    assert 0 < found.chance < 1


def test_who_compares_nothing_does_not_wait_for_scipy():
    found = python("import sys, kring.simulation.comparison; print('scipy.special' in sys.modules)")
    assert found.stdout.strip() == "False", found.stderr
