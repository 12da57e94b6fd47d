"""How a case ends, and who comes back, worked by hand: the comments are the sums."""

import math

import numpy as np
import pytest

from kring.simulation import episodes
from kring.simulation.behaviour import closing
from kring.simulation.rows import GUIDED
from tests.by_hand import P, helping
from tests.helpers import QUIET_POLICY, give_problems, one_client


def code(world, week: int, **levers) -> int:
    """Why the case closes in this week, -1 if it does not."""
    world.policies[0] = QUIET_POLICY.replace(**levers).row()
    return closing.can_close(world.clients[0], world.policies[0], world.parameters, 1, week)


@pytest.mark.parametrize(
    ("levels", "week", "children", "chance"),
    [
        ({}, 3, 0, 0.2),
        ({"finances": 2, "housing": 2, "work": 1}, 3, 0, 0.1),  # light
        ({"finances": 1, "housing": 1, "work": 1, "justice": 1}, 3, 0, 0.02),  # four are too many
        ({"housing": 3}, 3, 0, 0.02),  # and one heavy problem is too much
        ({"housing": 2}, 25, 0, 0.1),
        ({"housing": 2}, 26, 0, 0.3),  # the norm presses, three times
        ({"housing": 3}, 26, 0, 0.06),
        ({"housing": 2}, 51, 2, 0.1),  # with children the norm is 52 weeks
        ({"housing": 2}, 52, 2, 0.3),
        ({}, 300, 0, 0.6),
    ],
)
def test_a_case_closes_sooner_the_less_is_left_and_once_the_norm_is_past(
    levels, week, children, chance
):
    world = one_client(P)
    give_problems(world, **levels)
    client = world.clients[0]
    client.stage, client.children = GUIDED, children

    def readiness(week):
        return closing.readiness(client, world.policies[0], world.parameters, week)

    assert readiness(week) == pytest.approx(chance)
    client.opened_week = 10  # opened again: the norm counts from then
    assert readiness(week + 10) == pytest.approx(chance)
    light = not levels or chance in (0.1, 0.3)
    for certain in ("closes_when_solved", "closes_when_light", "closes_with_problems"):
        world.parameters[certain] = 1
    assert code(world, week) == (episodes.BETTER if light else episodes.PROBLEMS_LEFT)
    client.stage = GUIDED - 1  # without a plan never
    assert code(world, 500) == closing.NOT_YET_READY


def test_who_is_closed_finds_the_way_back_less_and_less():
    world = one_client(P.replace(comes_back=0.05, return_fades=26))
    client = world.clients[0]
    client.closed_week = 100
    chances = [closing.chance_to_come_back(client, world.parameters, w) for w in (100, 126, 204)]
    assert chances == pytest.approx([0.05, 0.05 / math.e, 0.05 / math.e**4])


def test_a_heavy_problem_is_left_to_supporters_or_where_the_norm_is_strict():
    world = one_client(P.replace(closes_with_problems=0))
    give_problems(world, housing=4)
    world.clients[0].stage = GUIDED
    assert code(world, 26, hand_over=1) == closing.NOT_YET_READY  # to nobody
    helping(world, 0)
    assert code(world, 26, hand_over=1) == episodes.HANDED_OVER
    assert code(world, 26, strict_norm=1) == episodes.AT_THE_NORM
    assert code(world, 25, strict_norm=1) == closing.NOT_YET_READY


def test_a_worker_who_is_close_lets_go_late():
    world = one_client(P.replace(letting_go=0.8, closeness_weeks=26, closes_when_solved=1))
    client = world.clients[0]
    client.stage = GUIDED
    assert closing.closeness(client, world.parameters, 0) == 0
    assert closing.closeness(client, world.parameters, 26) == pytest.approx(1 - math.exp(-1))

    def lets_go(week, **levers):
        world.policies[0] = QUIET_POLICY.replace(**levers).row()
        return np.mean(
            [
                closing.can_close(client, world.policies[0], world.parameters, seed, week) >= 0
                for seed in range(4000)
            ]
        )

    # 1 - 0.8 x closeness, at 0.632 after 26 weeks and 0.982 after 104
    assert lets_go(26) == pytest.approx(1 - 0.8 * 0.632, abs=0.03)
    assert lets_go(104) == pytest.approx(1 - 0.8 * 0.982, abs=0.03)
    world.parameters["letting_go_by_outcome"] = 0.5  # of it goes under full steering
    assert lets_go(104, outcome_steering=1) == pytest.approx(1 - 0.4 * 0.982, abs=0.03)
    assert lets_go(104, strict_norm=1) == 1
