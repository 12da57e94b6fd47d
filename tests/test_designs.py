"""Designs: which points there are, what each is compared with, and how they are read."""

from itertools import product

import pytest

from kring.experiments.study.designs import Layout
from kring.experiments.study.load import plan_of
from kring.simulation.errors import KringError

TWO = [{"name": "now"}, {"name": "ten", "mobilisation_hours": 10}]
HOURS, SICK = [0, 2.5, 10], [0.0, 0.1]


def plan(policies=TWO, **vary):
    return plan_of({"name": "a", "sets": 2, "seeds": 2, "policies": policies, "vary": vary})


PLANS = {
    "nothing varies": plan(),
    "a lever": plan(TWO[:1], policy={"mobilisation_hours": HOURS}),
    "a town": plan(town={"sick_leave": SICK}),
    "a town under one policy": plan(TWO[:1], town={"sick_leave": SICK}),
    "crossed": plan(policy={"offer": [0, 1]}, town={"sick_leave": SICK}),
    "words": plan(policy={"queue_order": ["first come", "youth first"]}),
    "listed": plan(design="list", policy={"offer": [0, 1], "training": [0, 8]}),
    "futures": plan(design="latin hypercube", points=8, town={"sick_leave": SICK}),
    "split": plan([*TWO[:1], {"name": "b", "offer": 1, "training": 8}], design="shapley"),
}
LAYOUTS = {
    "nothing varies": Layout.POLICIES,
    "a lever": Layout.LINE,
    "a town": Layout.LINE,
    "a town under one policy": Layout.LINE,
    "crossed": Layout.CROSSED,
    "words": Layout.CROSSED,
    "listed": Layout.CROSSED,
    "futures": Layout.FUTURES,
    "split": Layout.SPLIT,
}


@pytest.mark.parametrize("name", PLANS)
def test_a_design_is_read_by_what_varies(name):
    assert PLANS[name].design.layout is LAYOUTS[name]


@pytest.mark.parametrize("name", PLANS)
def test_what_is_compared_with_is_compared_with_itself(name):
    """Nothing is compared with what is compared with something else again."""
    design = PLANS[name].design
    for policy, point in product(design.policies, range(len(design.points))):
        base = design.compared_with(policy, point)
        assert design.compared_with(*base) == base
        assert base[0] in design.policies and base[1] < len(design.points)


@pytest.mark.parametrize("name", PLANS)
def test_every_policy_meets_every_point_and_seed_once(name):
    one = PLANS[name]
    every = {(run.policy, run.point, run.seed) for run in one.runs}
    assert len(every) == len(one.runs)
    points = range(len(one.points))
    towns = [(point, seed) for point in points for seed in one.seeds_at(point)]
    assert every == {(policy, *town) for policy in one.design.policies for town in towns}
    assert {seed for _, seed in towns} == set(one.all_seeds)


def test_each_future_that_is_drawn_has_towns_of_its_own_and_others_share_them():
    for name, one in PLANS.items():
        towns = [set(one.seeds_at(point)) for point in range(len(one.points))]
        apart = len(set.union(*towns)) == sum(map(len, towns))
        assert apart == (one.design.method == "latin hypercube" or len(towns) == 1), name
    assert [run.number for run in one.runs] == list(range(len(one.runs)))


def test_a_lever_is_compared_with_the_policy_as_it_is():
    assert PLANS["a lever"].design.compared_with(0, 2) == (0, 1)  # 2.5 hours are wijkteam's
    assert PLANS["words"].design.compared_with(1, 1) == (1, 0)


def test_a_town_that_varies_is_compared_within():
    """The first policy at the same point; of one policy alone, the first point."""
    assert PLANS["a town"].design.compared_with(1, 1) == (0, 1)
    assert PLANS["crossed"].design.compared_with(1, 3) == (0, 3)
    assert PLANS["a town under one policy"].design.compared_with(0, 1) == (0, 0)


def test_points_of_a_grid_are_all_combinations():
    points = [tuple(point.values()) for point in PLANS["crossed"].points]
    assert points == list(product([0, 1], SICK))


def test_points_of_a_list_stand_side_by_side():
    points = [tuple(point.values()) for point in PLANS["listed"].points]
    assert points == [(0, 0), (1, 8)]


def test_a_hypercube_has_one_point_in_every_slice():
    drawn = sorted(point["town.sick_leave"] for point in PLANS["futures"].points)
    low, high = SICK
    slices = [int((value - low) / (high - low) * 8) for value in drawn]
    assert slices == list(range(8))


def test_the_same_points_are_drawn_by_every_study_that_varies_the_same():
    again = plan(TWO[::-1], design="latin hypercube", points=8, town={"sick_leave": SICK})
    assert again.points == PLANS["futures"].points


def test_a_split_mixes_the_levers_in_which_two_policies_differ():
    one = PLANS["split"]
    setups = [one.setup(run).policy for run in one.runs if run.seed == 1]
    assert [(p.offer, p.training) for p in setups] == [(0, 0), (0, 8), (1, 0), (1, 8)]
    assert list(one.design.rows()) == [0, 3]
    assert [one.design.policy_at(0, point) for point in one.design.rows()] == [0, 1]


def test_the_same_people_meet_what_varies_in_policies_only():
    design = PLANS["crossed"].design
    people = [design.people_at(point) for point in range(4)]
    assert people[0] == people[2] != people[1] == people[3]


def test_runs_that_are_the_same_have_the_same_key_in_any_study():
    alone = plan(TWO[:1])
    keys = {run.seed: alone.keys[run.number] for run in alone.runs}
    both = PLANS["nothing varies"]
    assert {run.seed: both.keys[run.number] for run in both.runs if run.policy == 0} == keys
    renamed = plan([{"name": "other"}])
    assert list(renamed.keys.values()) == list(alone.keys.values())
    assert not set(plan([{"name": "a", "offer": 1}]).keys.values()) & set(alone.keys.values())


def test_policies_that_differ_in_nothing_cannot_be_split():
    with pytest.raises(KringError, match="splits a difference in 1 to 10 levers, here 0"):
        plan([{"name": "a"}, {"name": "b"}], design="shapley")
