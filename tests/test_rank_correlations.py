"""Rank correlations of few points: an interval where there is one, and never a crash."""

import numpy as np
import pandas as pd
import pytest

from kring.experiments.analyses.sensitivity.numbers import indices
from kring.experiments.analyses.sensitivity.rank_correlation import partial, rank_correlations
from kring.experiments.study.load import plan_of

FACTORS = {"town.sick_leave": [0.0, 0.1], "town.entry_weeks": [5.0, 15.0]}


def few(points, factors=1):
    """A study of few points, and runs of which the outcome rises with the first quantity."""
    levels = dict(list(FACTORS.items())[:factors])
    vary = {"design": "latin hypercube", "points": points,
            "town": {name.partition(".")[2]: span for name, span in levels.items()}}  # fmt: skip
    content = {"outcomes": ["problems"], "seeds": 3, "policies": [{"name": "a"}], "vary": vary}
    plan = plan_of(content)
    first, random = next(iter(levels)), np.random.default_rng(1)
    rows = [
        {"policy": "a", "point": i, "seed": seed, "problems": point[first] + random.normal(0, 0.01)}
        for i, point in enumerate(plan.points) for seed in (1, 2, 3)
    ]  # fmt: skip
    return plan, pd.DataFrame(rows)


@pytest.mark.parametrize(("points", "factors"), [(5, 1), (6, 2), (7, 2)])
@pytest.mark.parametrize("failed", [0, 1])
def test_a_study_of_few_points_ends_with_a_table(points, factors, failed):
    """Of five points, some resample has one of them five times: nothing varies in it."""
    plan, runs = few(points, factors)
    table = indices(plan, runs.query(f"point >= {failed}"))
    assert len(table) == factors and (table["missing"] == failed).all()
    known = table.dropna(subset=["low"])
    assert (known["low"] <= known["high"]).all() and known["value"].between(-1, 1).all()
    assert table["value"].notna().all() == (points - failed >= factors + 4)


def test_where_nothing_is_left_to_go_with_there_is_no_number():
    random = np.random.default_rng(2)
    x, y = random.normal(size=(2, 12))
    assert np.isnan(partial(np.c_[x, np.ones(12)])).all()
    assert np.isnan(partial(np.c_[np.ones(12), x, y])).all()
    assert np.isnan(partial(np.c_[x, 2 * x, y])).all()
    assert np.isnan(partial(np.c_[x, y][[0, 1, 0, 1, 1]])).all()  # a line through two points


def test_a_quantity_that_says_it_all_has_a_correlation_of_one():
    rising = np.arange(20.0)
    np.testing.assert_allclose(partial(np.c_[rising, rising]), [1])
    np.testing.assert_allclose(partial(np.c_[rising, -rising]), [-1])
    found, low, high = rank_correlations(rising[:, None], rising**3)
    np.testing.assert_allclose([found, low, high], 1)


def test_they_are_what_is_left_when_the_others_are_taken_off():
    random = np.random.default_rng(3)
    a, b, luck = random.normal(size=(3, 200))
    y = a + b + luck
    others = np.c_[b, np.ones(200)]
    left = [v - others @ np.linalg.lstsq(others, v, rcond=None)[0] for v in (a, y)]
    assert partial(np.c_[a, b, y])[0] == pytest.approx(np.corrcoef(*left)[0, 1])


def test_where_most_resamples_say_nothing_there_is_no_interval():
    drawn = np.array([[0.0], [1.0], [1.0], [1.0], [1.0], [1.0], [1.0]])
    means = np.array([0.0, 1.0, 1.0, 1.0, 1.0, 1.0, 2.0])
    found, low, high = rank_correlations(drawn, means)
    assert np.isfinite(found).all() and np.isnan([low, high]).all()
