"""The levers on closing: each does what its mechanism says, and at its neutral value nothing."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments.measures import MEASURES
from simulation import episodes
from simulation.behaviour import closing
from simulation.behaviour.closing import is_checked
from simulation.calendar import WEEKS_A_YEAR
from simulation.levers.closing import ClosingLevers
from simulation.rows import CLOSED, GUIDED, WAITING
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
HOLDING = strengths("letting_go", "heavy_holds", "closeness_weeks", "letting_go_by_outcome")
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
    Effect("hand_over", 1, MEASURES["closed"].of, +1, strengths={"heavy_holds": 1}),
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
        {"strict_norm": 1, "hand_over": 1, "check_ins": 4},
        {"letting_go": 0, "heavy_holds": 0, "comes_back": 1, "keeps_open": 1},
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
    assert by_check > by_themselves > 0


@given(HOLDING, st.floats(1, 520), st.floats(0, 1), SEED, st.integers(0, 99), st.integers(0, 300))
def test_nobody_closes_before_the_norm_and_all_at_a_strict_one(p, norm, part, seed, place, week):
    client = WORLD.clients[place : place + 1].copy()[0]
    client.stage, client.opened_week, client.with_worker = GUIDED, 0, 0
    loose, strict = (
        TEAM.replace(
            closing_adult=norm, closing_youth=norm, hand_over=part, strict_norm=all_of
        ).record()
        for all_of in (part, 1)
    )
    if week < norm:
        assert closing.can_close(client, loose, p, seed, week) == closing.NOT_YET_READY
        assert closing.can_close(client, strict, p, seed, week) == closing.NOT_YET_READY
    else:
        assert closing.can_close(client, strict, p, seed, week) == episodes.AT_THE_NORM


@given(HOLDING, st.floats(0, 1), st.integers(0, 300))
def test_putting_off_is_a_chance_and_more_so_with_a_heavy_problem(p, steering, week):
    policy = TEAM.replace(outcome_steering=steering).record()
    for client in WORLD.clients[:10]:
        chances = [
            closing.chance_to_put_off(client, why, policy, p, week + client.with_worker)
            for why in (episodes.AT_THE_NORM, episodes.BETTER, episodes.LET_GO)
        ]
        assert 0 == chances[0] <= chances[1] <= chances[2] <= 1


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
