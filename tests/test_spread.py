"""Intervals on means."""

import numpy as np
import pytest

from simulation.spread import interval, student_t
from tests.helpers import python


def test_students_t_is_that_of_the_published_tables():
    published = {1: 12.706, 2: 4.303, 9: 2.262, 14: 2.145, 15: 2.131, 30: 2.042, 60: 2.000}
    assert {n: round(student_t(n), 3) for n in published} == published


def test_an_interval_holds_the_mean_in_its_middle():
    mean, low, high = interval(np.array([1.0, 2.0, 3.0, 6.0]))
    half = 3.182446 * np.sqrt(14 / 3 / 4)  # variance 14 / 3, 3 degrees of freedom
    assert (mean, low, high) == pytest.approx((3, 3 - half, 3 + half))
    assert np.isnan(interval(np.array([1.0]))[1:]).all()


def test_who_compares_nothing_does_not_wait_for_scipy():
    found = python("import sys, simulation.comparison; print('scipy.special' in sys.modules)")
    assert found.stdout.strip() == "False", found.stderr
