"""A run and a model are saved, copied, sent elsewhere and branched; they go on to the last bit."""

import copy
import pickle
from functools import partial

import mesa
import pandas as pd
import pytest

import kring
from kring.simulation.living import Run
from kring.simulation.model import SupportNetworkModel
from kring.simulation.policy import Policy
from kring.simulation.run import run_in, simulate
from tests.helpers import CONFERENCE, TEAM, TOWN, differences

HALF, WEEKS = 26, 52
STRICT = TEAM.replace(strict_norm=1, closing_adult=4, closing_youth=4)
COORDINATED = TEAM.replace(outside_guidance=1, outside_guidance_capacity=52)
HOWS = {
    "pickled": lambda one: pickle.loads(pickle.dumps(one)),
    "copied": copy.copy,
    "copied deep": copy.deepcopy,
}


@pytest.fixture(scope="module")
def whole():
    return simulate(TOWN, TEAM, WEEKS, threads=1)


def lives(model, weeks):
    for _ in range(weeks):  # a model whose clock stands still is no endless test
        model.step()
    return model


def half_way(**how):
    return lives(SupportNetworkModel(TOWN, TEAM, weeks=WEEKS, seed=1, **how), HALF)


@pytest.mark.parametrize("how", HOWS.values(), ids=HOWS)
def test_a_saved_run_goes_on_as_if_it_had_not_been(how, whole):
    state = how(run_in(TOWN, TEAM, WEEKS, episodes=True, threads=1).at(HALF))
    assert isinstance(state, Run)
    assert differences(simulate(state, TEAM, WEEKS, threads=1), whole) == []


@pytest.mark.parametrize("how", HOWS.values(), ids=HOWS)
@pytest.mark.parametrize("looked_into", [False, True])
def test_a_saved_model_goes_on_and_moves_no_other(how, looked_into, whole):
    model = half_way()
    if looked_into:
        assert model.agents and model.clients[0].age
    other = how(model)
    lives(other, WEEKS - HALF)
    assert (model.week, other.week) == (HALF, WEEKS)
    assert differences(other.result(), whole) == []
    lives(model, WEEKS - HALF)
    assert differences(model.result(), whole) == []
    collected = other.datacollector.get_model_vars_dataframe()
    pd.testing.assert_frame_equal(collected, model.datacollector.get_model_vars_dataframe())
    assert isinstance(other, mesa.Model) and len(other.agents) == len(model.agents)


def test_a_model_of_ones_own_travels_with_what_it_holds():
    cloudpickle = pytest.importorskip("cloudpickle")  # what Dask sends with

    class Followed(SupportNetworkModel):
        def __init__(self, **how):
            super().__init__(TOWN, **how)
            self.followed = self.clients[3]

    model = Followed(seed=2, weeks=10)
    other = pickle.loads(cloudpickle.dumps(model))
    assert other.followed is other.clients[3] and other.followed.model is other
    lives(other, 10)
    assert other.steps == 10 and model.steps == 0


def test_both_arms_of_a_branch_are_as_they_would_have_been(whole):
    state = run_in(TOWN, TEAM, WEEKS, episodes=True, threads=1).at(HALF)
    same, other = (simulate(state, policy, WEEKS, threads=1) for policy in (TEAM, CONFERENCE))
    assert differences(same, whole) == []
    later = simulate(TOWN, CONFERENCE, WEEKS, today=TEAM, from_week=HALF + 1, threads=1)
    assert differences(other, later) == []
    assert differences(other, whole)


def test_a_run_that_was_saved_under_other_rules_is_refused(monkeypatch):
    kept = pickle.dumps(run_in(TOWN, TEAM, WEEKS))
    monkeypatch.setattr("kring.simulation.living.rules", lambda: "others")
    with pytest.raises(kring.KringError, match="other rules"):
        pickle.loads(kept)


@pytest.mark.parametrize("policy", [STRICT, COORDINATED, {"team": STRICT, "conference": TEAM}])
def test_a_policy_that_is_set_begins_in_the_coming_week(policy):
    model = half_way()
    model.policy = policy
    model.run_model()
    result = model.result()
    expected = simulate(TOWN, policy, WEEKS, today=TEAM, from_week=HALF + 1, threads=1)
    assert differences(result, expected) == []
    assert result.policy == model.policy == expected.policy
    assert list(result.met) == list(expected.met) and result.met[1] == TEAM


def test_a_policy_that_has_not_begun_was_not_lived():
    model = half_way()
    model.policy = STRICT
    assert model.policy == STRICT
    assert (model.result().policy, list(model.result().met)) == (TEAM, [1])
    model.policy = TEAM
    model.step()
    assert (model.result().policy, list(model.result().met)) == (TEAM, [1])


def test_a_result_tells_what_was_lived_before_and_by_single_teams():
    result = simulate(TOWN, STRICT, 40, today=TEAM, from_week=21, teams={1: "eigen_kracht"})
    assert result.met[1] == TEAM and max(result.met) == 21
    assert result.teams == {1: Policy.preset("eigen_kracht")}
    kept = simulate(TOWN, STRICT, 40, today=TEAM, from_week=21, keep=[10])
    assert kept.policy == STRICT and kept.until(10).policy == TEAM
    assert repr(kept) == "<Result of 90 clients, 40 weeks, seed 1>"


def test_a_network_is_a_graph_with_what_ties_are():
    client = half_way().clients[0]
    graph = client.network()
    assert len(graph) == client.n_ties + 1 == graph.degree("client") + 1
    for tie in client.ties:
        edge = graph.edges["client", tie.member.number]
        assert (edge["state"], edge["closeness"]) == (tie.state, tie.closeness)
        known = {other.member.number for other in tie.knows}
        assert known == set(graph[tie.member.number]) - {"client"}
        assert tie.number not in [other.number for other in tie.knows]
    helps = {tie.number for tie in client.ties if tie.state == "supporting"}
    assert helps == {tie.number for tie in client.supporting}


def test_a_reporter_is_told_by_name():
    model = half_way()
    told = model.datacollector.model_reporters["problems"]
    assert isinstance(told, partial) and told(model) == model.outcomes["problems"]
