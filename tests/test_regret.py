"""Regret: how far each policy stays behind the best one, future by future."""

import tomllib

import pandas as pd
import pytest

from kring.experiments.analyses.regret import Regret
from kring.experiments.analyses.regret.numbers import (
    FAMILIES,
    LESS_IS_BETTER,
    MORE_IS_BETTER,
    direction,
    regret,
)
from kring.experiments.analyses.regret.words import lines
from kring.experiments.measures import MEASURES
from kring.experiments.study.load import plan_of

STUDY = """
outcomes = ["problems", "supporters", "closed"]
seeds = 2
parameters = { preset = "fitted" }
[[policies]]
name = "safe"
[[policies]]
name = "bold"
mobilisation_hours = 10
[vary]
design = "latin hypercube"
points = 4
[vary.parameters]
willing = [-2, 2]
[precision]
problems = 0.1
"""
# Problems and supporters by future, under each policy.
PROBLEMS = {"safe": (3.0, 3.0, 3.0, 3.0), "bold": (2.0, 2.95, 3.0, 6.0)}
SUPPORTERS = {"safe": (1.0, 1.0, 1.0, 1.0), "bold": (2.0, 2.0, 2.0, 0.5)}


def plan(**changes):
    return plan_of(tomllib.loads(STUDY) | changes)


def runs(noise=0.0):
    return pd.DataFrame(
        [
            {"policy": name, "point": i, "seed": seed, "closed": 0.5,
             "problems": PROBLEMS[name][i] + noise * (1 if (seed == 1) == (name == "safe") else -1),
             "supporters": SUPPORTERS[name][i]}
            for name in PROBLEMS for i in range(4) for seed in (1, 2)
        ]
    )  # fmt: skip


@pytest.fixture
def table():
    return regret(plan(), runs()).set_index(["outcome", "policy"])


def test_regret_is_the_distance_to_the_best_policy_in_the_same_future(table):
    safe, bold = table.loc["problems", "safe"], table.loc["problems", "bold"]
    assert safe["mean_regret"] == pytest.approx((1 + 0.05 + 0 + 0) / 4)
    assert safe["worst_regret"] == pytest.approx(1)
    assert bold["mean_regret"] == pytest.approx(3 / 4)
    assert bold["worst_regret"] == pytest.approx(3)
    assert (safe["best"], bold["best"]) == (0.5, 0.75)  # in one future they do as well


def test_more_supporters_are_better_and_more_problems_are_not(table):
    assert list(table.loc["problems", "better"].unique()) == ["less"]
    assert list(table.loc["supporters", "better"].unique()) == ["more"]
    assert table.loc[("supporters", "safe"), "worst_regret"] == pytest.approx(1)
    assert table.loc[("supporters", "bold"), "worst_regret"] == pytest.approx(0.5)
    assert table.loc[("supporters", "bold"), "value"] == pytest.approx(1.625)


def test_near_the_best_is_within_the_precision_that_is_wanted(table):
    assert table.loc[("problems", "safe"), "tolerance"] == 0.1
    assert table.loc[("problems", "safe"), "near"] == 0.75
    assert table.loc[("problems", "bold"), "near"] == 0.75


def test_being_best_by_luck_is_not_being_clearly_best(table):
    assert table.loc[("problems", "bold"), "clearly_best"] == 0.5
    doubtful = regret(plan(), runs(noise=0.2)).set_index(["outcome", "policy"])
    assert doubtful.loc[("problems", "bold"), "best"] == 0.75
    assert doubtful.loc[("problems", "bold"), "clearly_best"] == 0
    one = regret(plan(seeds=1), runs().query("seed == 1"))
    assert one["clearly_best"].isna().all()


def test_an_outcome_that_can_be_argued_both_ways_is_left_out_and_named(table):
    assert "closed" not in table.index.get_level_values("outcome")
    said = list(lines(plan(), table.reset_index()))
    assert said[0].startswith("No regret for cases closed")
    assert "least to regret is ‘safe’" in said[1]
    assert "least to regret is ‘bold’" in said[2]


def test_a_future_in_which_a_policy_failed_is_left_out_for_all():
    holes = runs().query("not (policy == 'bold' and point == 3)")
    table = regret(plan(), holes)
    assert (table["futures"] == 3).all() and (table["left_out"] == 1).all()
    assert table.set_index(["outcome", "policy"]).loc[("problems", "bold"), "worst_regret"] == 0
    assert "1 futures are left out" in " ".join(lines(plan(), table))


def test_directions_are_of_measures_that_there_are():
    families = {family.rstrip("_") for family in FAMILIES}
    assert {*MORE_IS_BETTER, *LESS_IS_BETTER} <= {*MEASURES, *families}
    assert not {*MORE_IS_BETTER} & {*LESS_IS_BETTER}
    assert direction("problems:team@52") == direction("spent_team") == -1
    assert direction("given_network") == direction("supporters@10") == 1
    assert direction("closed") == 0


def test_only_futures_that_are_drawn_have_regret():
    assert Regret().applies(plan())
    assert not Regret().applies(plan(vary={"parameters": {"willing": [-2, 2]}}))
    levers = {"design": "latin hypercube", "points": 4, "policy": {"training": [0, 8]}}
    assert not Regret().applies(plan(vary=levers))
