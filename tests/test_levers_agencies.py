"""The levers on agencies: each does what its mechanism says, and at its neutral value nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.experiments.measures import MEASURES
from kring.experiments.measures.base import hours_for
from kring.simulation import episodes
from kring.simulation.behaviour import referral
from kring.simulation.field import DISCIPLINES, MENTAL_HEALTH
from kring.simulation.levers.agencies import AgencyLevers
from kring.simulation.rows import GUIDED
from tests.effects import PLACE, Effect, changed_by, happened, lived, named, shift, strengths
from tests.helpers import TEAM, differences, living

WORLD = living(PLACE.replace(clients=200), TEAM).world
SEED = st.integers(0, 2**40)
DISCIPLINE = st.integers(0, len(DISCIPLINES) - 1)
OUT = {"agencies": 1}
OTHERS = [d for d in range(len(DISCIPLINES)) if d != MENTAL_HEALTH]

EFFECTS = (
    Effect("agencies", 1, MEASURES["spent_specialist"].of, +1),
    Effect("agencies", 1, MEASURES["spent_guidance"].of, -1),
    Effect("agencies", 1, MEASURES["refused"].of, +1),
    Effect("agencies", 1, MEASURES["plans_beside"].of, +1),
    Effect("agencies", 1, hours_for("plans"), +1),
    Effect("agencies", 1, MEASURES["severity"].of, +1),
    Effect("one_plan", 1, MEASURES["plans_beside"].of, -1, OUT),
    Effect("one_plan", 1, hours_for("plans"), -1, OUT),
    Effect("one_plan", 1, MEASURES["severity"].of, -1, OUT),
    Effect("one_plan", 1, MEASURES["spent"].of, -1, OUT),
    Effect("no_mental_health", 1, happened(episodes.REFERRAL, MENTAL_HEALTH), +1),
    Effect("no_mental_health", 1, MEASURES["professionals"].of, -1, {"agency_places": 0}),
    Effect("agency_places", 3, happened(episodes.REFERRAL), +1, OUT),
    Effect("agency_places", 3, MEASURES["awaits_agency"].of, -1, OUT),
    Effect("agency_places", 3, MEASURES["professionals"].of, +1, OUT),
    Effect("accept_duty", 1, MEASURES["refused"].of, -1, OUT),
    Effect("accept_duty", 1, happened(episodes.PASSED_ON), -1, OUT),
)


@pytest.mark.parametrize(**named(EFFECTS))
def test_a_lever_does_what_its_mechanism_says(effect):
    assert shift(effect) * effect.sign > 0


def test_every_lever_is_tried():
    assert {effect.lever for effect in EFFECTS} == set(AgencyLevers.model_fields)


def test_without_agencies_nothing_about_them_matters():
    changed = changed_by(
        ("agencies", "no_mental_health"),
        {},
        {"one_plan": 1, "agency_places": 5, "accept_duty": 1},
        {
            "contradiction": 0.5,
            "tuning_hours": 5,
            "agency_intake": 40,
            "agency_refuses": 1,
            "agency_passes_on": 1,
        },
        {"agency_hours": 500},
    )
    assert changed == []


def test_agencies_that_never_refuse_need_no_duty():
    willing = {"agency_refuses": 0, "agency_passes_on": 0}
    assert not differences(lived(OUT, willing), lived(OUT | {"accept_duty": 1}, willing))


def test_under_a_full_duty_nobody_is_refused():
    result = lived(OUT | {"accept_duty": 1})
    assert happened(episodes.REFUSAL)(result) == happened(episodes.PASSED_ON)(result) == 0
    assert (result.client_rows["refused"] == 0).all()


def test_agencies_without_places_help_nobody():
    result = lived(OUT | {"agency_places": 0})
    assert happened(episodes.REFERRAL)(result) == 0
    assert (result.client_rows["at_agency"] == 0).all()
    assert MEASURES["spent_specialist"].of(result) == 0


def test_only_mental_health_goes_out_where_only_that_is_missing():
    result = lived({"no_mental_health": 1, "agencies": 0})
    assert happened(episodes.REFERRAL, MENTAL_HEALTH)(result) > 0
    assert happened(episodes.REFERRAL, *OTHERS)(result) == 0


def test_one_plan_is_one_plan():
    rows = lived(OUT | {"one_plan": 1}).client_rows
    with_agency = rows[(rows["stage"] == GUIDED) & (rows["at_agency"] > 0)]
    assert len(with_agency) and with_agency["one_plan"].all()


@given(strengths("tuning_hours", "contradiction"), st.integers(0, 127), st.integers(0, 127))
def test_more_plans_take_more_hours_and_leave_less_effect(p, agencies, more):
    client = WORLD.clients[:1].copy()[0]
    seen = []
    for bits in (agencies, agencies | more):
        client.at_agency = bits
        client.one_plan = False
        apart = referral.tuning_wanted(client, p), referral.effect_of_tuning(client, p)
        client.one_plan = True
        together = referral.tuning_wanted(client, p), referral.effect_of_tuning(client, p)
        assert together == (apart[0] / 2, 1.0)
        assert 0 <= apart[1] <= 1
        seen.append(apart)
    (hours, effect), (more_hours, less_effect) = seen
    assert more_hours >= hours
    assert less_effect <= effect


@given(st.tuples(st.floats(0, 1), st.floats(0, 1)).map(sorted), DISCIPLINE, SEED, st.floats(0, 1))
def test_a_stronger_duty_never_turns_anybody_away(duties, discipline, seed, chance):
    for client in WORLD.clients[:20]:
        less, more = (
            referral.is_turned_away(
                client,
                discipline,
                chance,
                referral.REFUSES,
                TEAM.replace(accept_duty=duty).record(),
                seed,
                3,
            )
            for duty in duties
        )
        assert more <= less


@given(st.tuples(st.floats(0, 1), st.floats(0, 1)).map(sorted), DISCIPLINE, SEED, st.floats(0, 1))
def test_more_to_agencies_keeps_no_call_that_went_there(shares, discipline, seed, missing):
    for client in WORLD.clients[:20]:
        less, more = (
            referral.goes_to_agency(
                client,
                WORLD.teams[0],
                discipline,
                TEAM.replace(agencies=share, no_mental_health=missing).record(),
                seed,
            )
            for share in shares
        )
        assert more >= less
