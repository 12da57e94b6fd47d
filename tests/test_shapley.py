"""Shapley values: they add up, and are fair to players who do nothing or the same."""

import tomllib

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from kring.experiments.analyses import registry
from kring.experiments.analyses.shapley.numbers import WHOLE, split, values
from kring.experiments.analyses.shapley.words import lines
from kring.experiments.charts.style import save_in_every_language
from kring.experiments.execution.worker import StandingTown, execute
from kring.experiments.study.load import plan_of

STUDY = """
name = "lever by lever"
outcomes = ["problems", "supporters"]
weeks = 30
seeds = 3
parameters = { preset = "fitted" }
[town]
clients = 80
[[policies]]
name = "now"
nl = "nu"
[[policies]]
name = "network first"
nl = "eerst het netwerk"
mobilisation_hours = 15
offer = 1
network_makes_plan = 0.5
campaign_clients = 0
[vary]
design = "shapley"
[vary.groups]
conference = ["offer", "network_makes_plan"]
"""
PLAYERS = 4
GAMES = arrays(float, (2**PLAYERS, 2), elements=st.floats(-100, 100))


def on(player):
    """Whether a player is in each coalition."""
    return (np.arange(2**PLAYERS) >> (PLAYERS - 1 - player)) & 1


@given(GAMES)
def test_they_add_up_to_the_whole_difference(worth):
    np.testing.assert_allclose(values(worth).sum(axis=0), worth[-1] - worth[0], atol=1e-9)


@given(GAMES, st.integers(0, PLAYERS - 1))
def test_who_changes_nothing_gets_nothing(worth, player):
    without = np.arange(2**PLAYERS) & ~(1 << (PLAYERS - 1 - player))
    np.testing.assert_allclose(values(worth[without])[player], 0, atol=1e-9)


@given(GAMES)
def test_who_do_the_same_get_the_same(worth):
    both = on(1) + on(2)
    first = [np.flatnonzero((both == both[i]) & (on(0) == on(0)[i]) & (on(3) == on(3)[i]))[0]
             for i in range(2**PLAYERS)]  # fmt: skip
    found = values(worth[first])
    np.testing.assert_allclose(found[1], found[2], atol=1e-9)


def test_what_two_bring_only_together_is_halved():
    both = (on(0) & on(3)).astype(float)[:, None]
    np.testing.assert_allclose(values(6 * both + 2 * on(1)[:, None]).ravel(), [3, 2, 0, 3])


@pytest.fixture(scope="module")
def plan():
    return plan_of(tomllib.loads(STUDY))


def executed(plan):
    """All runs of a plan, those of the same people after one another."""
    standing = StandingTown()
    every = sorted(plan.runs, key=lambda run: run.seed)
    return pd.DataFrame([plan.identity(r) | execute(plan, r, standing).outcomes for r in every])


@pytest.fixture(scope="module")
def runs(plan):
    return executed(plan)


def test_together_they_are_the_difference_between_the_two_policies(plan, runs):
    """The whole is what a study of just these two policies finds."""
    table = split(plan, runs).set_index(["outcome", "player"])
    both = executed(plan.changed(vary={})).set_index(["policy", "seed"])
    change = both.loc["network first"] - both.loc["now"]
    for outcome in plan.outcomes:
        part = table.loc[outcome]
        assert list(part.index) == ["conference", "mobilisation_hours", WHOLE]
        assert part.loc[WHOLE, "value"] == pytest.approx(change[outcome].mean(), abs=1e-12)
        assert part["value"].iloc[:-1].sum() == pytest.approx(part.loc[WHOLE, "value"], abs=1e-12)
        assert part["of_whole"].iloc[:-1].sum() == pytest.approx(1)
    assert (table["low"] <= table["value"]).all() and (table["value"] <= table["high"]).all()


def test_a_town_in_which_a_mix_failed_is_left_out_and_counted(plan, runs):
    table = split(plan, runs.query("not (seed == 2 and point == 1)"))
    assert (table["seeds"] == 2).all() and (table["left_out"] == 1).all()
    assert "1 towns left out" in " ".join(lines(plan, table))
    nothing = split(plan, runs.query("point != 1"))
    assert nothing["value"].isna().all()
    assert "not known" in " ".join(lines(plan, nothing))


def test_figure_and_lines_name_the_players(plan, runs, tmp_path):
    (analysis,) = registry.asked(plan)
    table = analysis.table(plan, {"runs": runs})
    save_in_every_language(lambda: analysis.chart(plan, table), tmp_path, "a_shapley")
    assert {p.suffix for p in tmp_path.glob("*_shapley_nl.*")} == {".png", ".svg"}
    text = "\n".join(analysis.lines(plan, table))
    assert "From 'now' to 'network first'" in text and "conference" in text
