"""How many towns must be drawn: enough and no more, and honest about how rough that is."""

import tomllib

import numpy as np
import pandas as pd
import pytest

from kring.experiments.analyses.paired import paired_table
from kring.experiments.analyses.precision import pilot
from kring.experiments.analyses.precision.numbers import (
    MOST,
    at_most,
    enough,
    half_width,
    pilot_runs,
    precision,
    times_fewer,
)
from kring.experiments.analyses.precision.words import lines
from kring.experiments.study.load import plan_of
from kring.simulation.errors import KringError

STUDY = """
outcomes = ["problems", "supporters"]
weeks = 60
seeds = 30
parameters = { preset = "fitted" }
[town]
clients = 60
[[policies]]
name = "now"
[[policies]]
name = "ten hours"
mobilisation_hours = 10
offer = 1
[precision]
problems = 0.02
"""


@pytest.fixture
def plan():
    return plan_of(tomllib.loads(STUDY))


@pytest.mark.parametrize(("spread", "wanted"), [(1, 2), (1, 0.5), (1, 0.1), (3, 0.01), (0.2, 0.2)])
def test_so_many_seeds_are_enough_and_one_less_is_not(spread, wanted):
    n = enough(spread, wanted)
    assert half_width(spread, n) <= wanted
    assert n == 2 or half_width(spread, n - 1) > wanted


def test_half_the_width_takes_four_times_as_many():
    values = np.random.default_rng(1).normal(0, 1, 200)
    spread = values.std(ddof=1)
    assert enough(spread, 0.01) / enough(spread, 0.02) == pytest.approx(4, rel=0.01)
    assert enough(spread, 0.1) == pytest.approx((1.96 * spread / 0.1) ** 2, rel=0.03)
    assert enough(0, 0.1) == 2
    assert enough(spread, 1e-9) == MOST


def test_what_cannot_be_judged_is_refused():
    with pytest.raises(KringError, match="more than 0"):
        enough(1.0, 0)
    with pytest.raises(KringError, match="three pairs"):
        times_fewer(np.array([1.0, 2.0]), np.array([1.0, 2.5]))


def test_at_most_holds_in_95_of_100_cases():
    """Of many pilots of five seeds, some one in twenty has a spread too small to warn enough."""
    random = np.random.default_rng(2)
    truth = enough(1.0, 0.1)
    spreads = random.normal(0, 1, (4000, 5)).std(axis=1, ddof=1)
    held = np.mean([at_most(spread, 5, 0.1) >= truth for spread in spreads])
    assert held == pytest.approx(0.95, abs=0.012)


def test_pairing_saves_as_much_as_pairs_have_in_common():
    """Half of what varies is common: a difference has half the variance, so half the seeds."""
    random = np.random.default_rng(3)

    def draw(n):
        common = random.normal(0, 1, n)
        return (common + random.normal(0, 1, n) for _ in range(2))

    ratio, low, high = times_fewer(*draw(20_000))
    assert ratio == pytest.approx(2, rel=0.05) and low < 2 < high
    a, b = draw(50)
    assert times_fewer(a, b)[0] == pytest.approx((a.var() + b.var()) / (a - b).var())
    spans = [times_fewer(*draw(8))[1:] for _ in range(2000)]
    held = np.mean([low <= 2 <= high for low, high in spans])
    assert held == pytest.approx(0.95, abs=0.015)


def test_a_finished_study_says_what_is_reached_and_what_it_takes(plan):
    random = np.random.default_rng(4)
    towns = random.normal(4, 0.5, 12)
    rows = [
        {"policy": policy, "seed": seed, "problems": town - 0.3 * arm + random.normal(0, 0.05),
         "supporters": 1.0 + arm}
        for seed, town in enumerate(towns) for arm, policy in enumerate(("now", "ten hours"))
    ]  # fmt: skip
    runs = pd.DataFrame(rows)
    table = precision(plan, runs).set_index("outcome")
    change = (
        runs.query("policy == 'ten hours'")["problems"].to_numpy()
        - runs.query("policy == 'now'")["problems"].to_numpy()
    )
    row = table.loc["problems"]
    assert (row["policy"], row["counted"], row["run"]) == ("ten hours", "seeds", 12)
    assert row["needed"] == enough(change.std(ddof=1), 0.02)
    assert row["run"] < row["needed"] < row["at_most"]
    assert row["times_fewer_low"] > 10  # for most that differs between towns is common
    assert np.isnan(table.loc["supporters", "needed"])
    said = " ".join(lines(plan, table.reset_index()))
    assert f"it takes about {row['needed']:,.0f} (at most" in said and "Rough" not in said


def test_a_pilot_runs_the_first_seeds_in_memory(plan, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    table = pilot(plan, seeds=3)
    assert not list(tmp_path.iterdir())
    assert list(table["outcome"]) == plan.outcomes and (table["run"] == 3).all()
    assert (table["expected"] < table["half_width"]).all()  # the study has ten times as many
    assert "Rough, judged from 3 towns" in list(lines(plan, table))[-1]
    pd.testing.assert_frame_equal(table, pilot(plan, seeds=3))


def drawn(plan, sets, apart, random):
    """Towns of sets that lie apart, two each, with as much chance in all."""
    rows = []
    for seed in range(2 * sets):
        lies = apart * (seed // 2) / (sets - 1)
        noise = random.normal(0, 0.05)
        rows += [
            {"policy": "now", "seed": seed + 1, "problems": 4.0, "supporters": 1.0},
            {"policy": "ten hours", "seed": seed + 1, "problems": 3 + lies + noise,
             "supporters": 1.5},
        ]  # fmt: skip
    return pd.DataFrame(rows)


def test_over_an_ensemble_it_is_of_the_median_that_is_said_how_far_it_is_known(plan):
    """What is known is what the report says that chance does, and far less than of a mean."""
    sets = plan.changed(parameters={}, sets=60, seeds=2)
    runs = drawn(sets, 60, apart=2.0, random=np.random.default_rng(6))
    row = precision(sets, runs).set_index("outcome").loc["problems"]
    told = paired_table(sets, runs).query("policy == 'ten hours' and outcome == 'problems'")
    assert row["half_width"] == pytest.approx(float(told["chance"].iloc[0]))
    assert row["half_width"] > 2 * half_width(0.05, 120)
    assert row["needed"] == pytest.approx(120 * (row["half_width"] / 0.02) ** 2, rel=0.05)


def test_a_pilot_of_an_ensemble_expects_what_the_whole_study_then_knows(plan):
    random, expected = np.random.default_rng(7), []
    whole = plan.changed(parameters={}, sets=60, seeds=2)
    small = whole.changed(sets=6)
    for _ in range(30):
        table = precision(small, drawn(small, 6, 2.0, random), asked=whole)
        expected.append(float(table.set_index("outcome").loc["problems", "expected"]))
    known = precision(whole, drawn(whole, 60, 2.0, random)).set_index("outcome").loc["problems"]
    assert np.median(expected) == pytest.approx(known["half_width"], rel=0.25)
    assert pilot(whole, seeds=2)["run"].tolist() == [4, 4]  # two sets, two towns each


def test_one_town_a_set_cannot_tell_chance_apart(plan):
    alone = plan.changed(parameters={}, sets=6, seeds=1)
    runs = drawn(alone, 3, 2.0, np.random.default_rng(8))
    assert precision(alone, runs).empty


def test_a_pilot_of_many_points_runs_a_few_of_them(plan):
    vary = {"policy": {"mobilisation_hours": list(range(41))}}
    many = plan.changed(vary=vary, policies=[{"name": "now"}])
    runs = pilot_runs(many.changed(seeds=2))
    assert {run.point for run in runs} == {0, 10, 20, 30, 40}


def test_where_points_are_drawn_it_is_points_that_are_counted(plan):
    vary = {"design": "latin hypercube", "points": 40, "parameters": {"willing": [-2, 2]}}
    futures = plan.changed(vary=vary)
    random = np.random.default_rng(5)
    rows = [
        {"policy": policy, "point": point, "seed": seed, "supporters": 1.0,
         "problems": 3 - 0.01 * point * arm + random.normal(0, 0.01)}
        for point in range(40) for seed in (1, 2) for arm, policy in enumerate(("now", "ten hours"))
    ]  # fmt: skip
    row = precision(futures, pd.DataFrame(rows)).set_index("outcome").loc["problems"]
    assert (row["counted"], row["run"]) == ("points", 40)
    spread = 0.01 * np.arange(40).std(ddof=1)
    assert row["half_width"] == pytest.approx(half_width(spread, 40), rel=0.05)
