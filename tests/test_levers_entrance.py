"""The levers on the entrance: each does what its mechanism says, and at neutral nothing."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.experiments.measures import MEASURES
from kring.experiments.measures.base import hours_for
from kring.simulation import episodes
from kring.simulation.behaviour import entrance
from kring.simulation.levers.entrance import EntranceLevers
from kring.simulation.rows import OUTSIDE
from tests.effects import (
    PLACE,
    SCARCE,
    Effect,
    changed_by,
    first,
    happened,
    lived,
    named,
    shift,
    strengths,
)
from tests.helpers import TEAM, differences, living

WORLD = living(PLACE.replace(clients=200), TEAM).world
SEED = st.integers(0, 2**40)
PAIR = st.tuples(st.floats(0, 1), st.floats(0, 1)).map(sorted)
COLLECTIVE = strengths("group_detects", "places_per_hour")


def hidden(result):
    """Problems that were not told at the door and are still hidden, per client."""
    rows = result.client_rows[result.client_rows["stage"] > OUTSIDE]
    return float(np.bitwise_count(rows["hidden"].astype(np.uint16)).mean())


def weeks_outside(result):
    """Weeks between the need and the coming in, of those who came in and never came back."""
    rows = result.client_rows
    rows = rows[(rows["stage"] > OUTSIDE) & (rows["returns"] == 0)]
    return float((rows["opened_week"] - rows["entry_week"]).mean())


EFFECTS = (
    Effect("low_threshold", 1, MEASURES["outside"].of, -1),
    Effect("low_threshold", 1, weeks_outside, -1),
    Effect("low_threshold", 1, hidden, -1),
    Effect("low_threshold", 1, happened(episodes.ENTRY), +1, town={"hesitant": 0.8}),
    Effect("referral_only", 1, MEASURES["outside"].of, +1),
    Effect("referral_only", 1, weeks_outside, +1),
    Effect("referral_only", 1, MEASURES["severity"].of, +1),
    Effect("outreach", 0.39, MEASURES["found_early"].of, +1),
    Effect("outreach", 0.39, happened(episodes.FOUND_EARLY), +1),
    Effect("outreach", 0.39, MEASURES["problems_at_entry"].of, -1),
    Effect("outreach", 0.39, MEASURES["problems"].of, -1),
    Effect("outreach", 0.39, MEASURES["spent_neighbourhood"].of, +1),
    Effect("outreach", 0.39, hours_for("outreach"), +1),
)


@pytest.mark.parametrize(**named(EFFECTS))
def test_a_lever_does_what_its_mechanism_says(effect):
    assert shift(effect) * effect.sign > 0


def test_every_lever_is_tried():
    assert {effect.lever for effect in EFFECTS} == set(EntranceLevers.model_fields)


NEUTRAL = {  # levers at neutral, given, other levers, strengths
    "no outreach": (
        ("outreach",),
        {},
        {"work_order": first("outreach")},
        {"outreach_hours": 20, "brewing": 1, "brewing_weeks": 1},
    ),
    "no referral": (("referral_only",), {}, {}, {"referral_weeks": 104}),
}


@pytest.mark.parametrize("case", NEUTRAL)
def test_at_its_neutral_value_a_lever_does_nothing(case):
    assert changed_by(*NEUTRAL[case]) == []


def test_who_hesitates_to_nobody_has_no_threshold():
    told = {"hidden_at_door": 0}
    town = {"hesitant": 0}
    assert not differences(lived({}, told, town), lived({"low_threshold": 1}, told, town))


def test_a_way_of_no_weeks_is_a_week_of_waiting_at_most():
    result = lived({"referral_only": 1}, {"referral_weeks": 0})
    rows = result.client_rows
    once = rows[(rows["stage"] > OUTSIDE) & (rows["returns"] == 0)]
    assert (once["opened_week"] - once["entry_week"] == 1).all()


def test_pressure_squeezes_outreach_unless_it_comes_first():
    reach = {"outreach": 1}
    ahead = reach | {"work_order": first("outreach")}
    given_part = MEASURES["given_outreach"].of
    ample, scarce = given_part(lived(reach)), given_part(lived(SCARCE | reach))
    assert scarce < ample < given_part(lived(SCARCE | ahead)) <= 1


@given(PAIR, SEED)
def test_a_lower_threshold_never_makes_anybody_hesitate(thresholds, seed):
    town = WORLD.town
    for client in WORLD.clients[:20]:
        team = WORLD.teams[client.team]
        less, more = (
            entrance.hesitates(client, team, town, TEAM.replace(low_threshold=t).record(), seed)
            for t in thresholds
        )
        assert more <= less


@given(PAIR, SEED)
def test_wider_referral_never_lets_anybody_in_without(shares, seed):
    for client in WORLD.clients[:20]:
        less, more = (
            entrance.needs_referral(client, TEAM.replace(referral_only=s).record(), seed)
            for s in shares
        )
        assert more >= less


@given(PAIR, st.floats(0, 1), COLLECTIVE, SEED)
def test_more_outreach_never_misses_who_was_found(shares, reached, p, seed):
    team = WORLD.teams[:1].copy()[0]
    team.reached = reached
    for client in WORLD.clients[:20]:
        less, more = (
            entrance.is_found_early(client, team, TEAM.replace(outreach=s).record(), p, seed)
            for s in shares
        )
        assert more >= less


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1e6), COLLECTIVE)
def test_the_share_found_early_is_a_share(outreach, reached, places, p):
    team = WORLD.teams[:1].copy()[0]
    team.reached, team.places = reached, places
    share = entrance.share_found_early(team, TEAM.replace(outreach=outreach).record(), p)
    assert min(1, outreach * reached) <= share <= 1
