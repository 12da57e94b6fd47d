"""The levers on closing: each does what its mechanism says, and at its neutral value nothing."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.experiments.measures import MEASURES
from kring.simulation import episodes
from kring.simulation.behaviour import closing
from kring.simulation.behaviour.closing import is_checked
from kring.simulation.calendar import WEEKS_A_YEAR
from kring.simulation.levers.closing import ClosingLevers
from kring.simulation.rows import CLOSED, GUIDED, WAITING
from tests.effects import (
    PLACE,
    SCARCE,
    Effect,
    changed_by,
    happened,
    lived,
    named,
    shift,
    strengths,
)
from tests.helpers import TEAM, living

WORLD = living(PLACE.replace(clients=200), TEAM).world
SEED = st.integers(0, 2**40)
HOLDING = strengths(
    *("letting_go", "closeness_weeks", "letting_go_by_outcome", "norm_presses"),
    *("closes_when_solved", "closes_when_light", "closes_with_problems", "light_problems"),
)
NO_NORM = ("closing_adult", "closing_youth")


def closed(children: bool):
    """Share of the clients with or without children whose case was closed at least once."""

    def of(result):
        rows = result.client_rows
        rows = rows[(rows["stage"] > 0) & ((rows["children"] > 0) == children)]
        return float((rows["closed_week"] >= 0).mean())

    return of


SHORT = {"short_provision": 1}
EFFECTS = (
    Effect("closing_adult", 26, closed(False), +1),
    Effect("closing_youth", 52, closed(True), +1),
    Effect("closing_adult", 26, MEASURES["wait"].of, -1, SCARCE),
    Effect("strict_norm", 1, MEASURES["closed"].of, +1),
    Effect("strict_norm", 1, MEASURES["returns"].of, +1),
    Effect("strict_norm", 1, MEASURES["left_with"].of, +1),
    Effect("strict_norm", 1, MEASURES["cases"].of, -1),
    Effect("hand_over", 1, happened(episodes.CLOSING, episodes.HANDED_OVER), +1),
    Effect("hand_over", 1, MEASURES["closed"].of, +1, strengths={"closes_with_problems": 0}),
    Effect("check_ins", 4, happened(episodes.RETURN, 1), +1, {"strict_norm": 1}),
    Effect("check_ins", 4, happened(episodes.RETURN, 0), -1, {"strict_norm": 1}),
    Effect("check_ins", 12, happened(episodes.CHECK_IN), +1),
    Effect("short_provision", 1, happened(episodes.RENEWAL), +1, {"provision_weeks": 13}),
    Effect("short_provision", 1, MEASURES["closed"].of, +1, {"provision_weeks": 13}),
    Effect("short_provision", 1, MEASURES["left_with"].of, +1, {"provision_weeks": 13}),
    Effect("provision_weeks", 13, MEASURES["closed"].of, +1, SHORT),
)


@pytest.mark.parametrize(**named(EFFECTS))
def test_a_lever_does_what_its_mechanism_says(effect):
    assert shift(effect) * effect.sign > 0


def test_every_lever_is_tried():
    assert {effect.lever for effect in EFFECTS} == set(ClosingLevers.model_fields)


NEUTRAL = {  # levers at neutral, given, other levers, strengths
    "no norm": (
        NO_NORM,
        {},
        {"strict_norm": 1, "hand_over": 1},
        {"norm_presses": 20},
    ),
    "no check-ins": (("check_ins",), {"strict_norm": 1}, {}, {"check_in_hours": 5}),
    "no short provision": (
        ("short_provision",),
        {},
        {"provision_weeks": 4},
        {"renewed": 1, "renewal_hours": 20},
    ),
}


@pytest.mark.parametrize("case", NEUTRAL)
def test_at_its_neutral_value_a_lever_does_nothing(case):
    assert changed_by(*NEUTRAL[case]) == []


def test_a_provision_longer_than_the_run_only_notes_its_end():
    changed = changed_by(("short_provision",), {"provision_weeks": 520}, SHORT, {})
    assert changed == ["client.provision_end"]


def test_without_the_levers_nothing_closes_for_their_reasons():
    result = lived()
    strict = happened(episodes.CLOSING, episodes.AT_THE_NORM, episodes.PROVISION_ENDED)
    assert strict(result) == 0
    assert happened(episodes.CLOSING, episodes.HANDED_OVER)(result) == 0
    assert happened(episodes.CHECK_IN)(result) == 0
    assert happened(episodes.CLOSING)(result) > 0


def test_who_comes_back_after_a_check_in_has_no_wait():
    run = living(PLACE, TEAM.replace(strict_norm=1, check_ins=12, staffing=0.5))
    run.live(80)
    clients = run.world.clients
    by_check = by_themselves = 0
    for _ in range(30):
        before = clients.copy()
        run.live(1)
        back = np.flatnonzero(clients.returns > before.returns)
        now = clients[back]
        looked_in_on = now.stage == GUIDED
        assert (now.stage[~looked_in_on] == WAITING).all()
        assert (now.caseworker[looked_in_on] == before.caseworker[back][looked_in_on]).all()
        assert (now.waited[looked_in_on] == before.waited[back][looked_in_on]).all()
        by_check += looked_in_on.sum()
        by_themselves += (~looked_in_on).sum()
    assert by_check > 0 and by_themselves > 0


@given(HOLDING, st.floats(1, 520), st.floats(0, 1), SEED, st.integers(0, 99), st.integers(0, 300))
def test_the_policys_endings_wait_for_the_norm_and_a_strict_one_ends_all(
    p, norm, part, seed, place, week
):
    client = WORLD.clients[place : place + 1].copy()[0]
    client.stage, client.opened_week, client.with_worker = GUIDED, 0, 0

    def ends(**levers) -> int:
        policy = TEAM.replace(closing_adult=norm, closing_youth=norm, **levers).record()
        return closing.can_close(client, policy, p, seed, week)

    if week < norm:
        usual = ends()
        assert usual in (closing.NOT_YET_READY, episodes.BETTER, episodes.PROBLEMS_LEFT)
        assert ends(strict_norm=1) == ends(strict_norm=part, hand_over=part) == usual
    else:
        assert ends(strict_norm=1, hand_over=part) == episodes.AT_THE_NORM


@given(HOLDING, st.floats(0, 1), SEED, st.integers(0, 300))
def test_closeness_and_time_to_the_norm_never_close_a_case_sooner(p, steering, seed, week):
    for client in WORLD.clients[:10].copy():
        client.stage, client.opened_week = GUIDED, 0
        held, counted = (
            TEAM.replace(outcome_steering=o, closing_adult=26, closing_youth=26).record()
            for o in (0, steering)
        )
        early = TEAM.replace(closing_adult=520, closing_youth=520).record()
        weekly = closing.readiness(client, held, p, week)
        assert 0 <= closing.readiness(client, early, p, week) <= weekly <= 1
        usual, steered = (closing.lets_go(client, policy, p, week) for policy in (held, counted))
        assert 0 <= usual <= steered <= 1
        if closing.can_close(client, held, p, seed, week) >= 0:
            assert closing.can_close(client, counted, p, seed, week) >= 0


@given(st.floats(1, 12), st.integers(0, 500))
def test_check_ins_are_spread_over_one_year_after_closing(a_year, closed_week):
    client = WORLD.clients[:1].copy()[0]
    client.stage, client.caseworker, client.closed_week = CLOSED, 0, closed_week
    policy = TEAM.replace(check_ins=a_year).record()
    weeks = [w for w in range(800) if is_checked(client, policy, w)]
    assert len(weeks) >= int(a_year)
    assert closed_week < weeks[0] and weeks[-1] <= closed_week + WEEKS_A_YEAR
    client.caseworker = -1
    assert not any(is_checked(client, policy, w) for w in weeks)
