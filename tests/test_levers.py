"""What more of a lever does to the same client."""

import functools
import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.simulation.behaviour import client as a_client
from kring.simulation.behaviour import entrance, referral
from kring.simulation.behaviour import member as a_member
from kring.simulation.behaviour import professional as a_professional
from kring.simulation.behaviour.case import is_offered
from kring.simulation.living import Run
from kring.simulation.parameters import Parameters
from kring.simulation.policy import Policy
from kring.simulation.world import adopt, settle
from tests.helpers import TEAM, TOWN

hours = st.floats(0, 100)
pairs = st.tuples(hours, hours).map(sorted)
WORLD = adopt(settle(TOWN.replace(conference_share=0), Parameters(), 8), TEAM)
WORLD.clients.opened_week = WORLD.clients.entry_week
STRENGTHS = WORLD.parameters


@given(pairs, st.integers(0, len(WORLD.ties) - 1), st.integers(0, 2**40))
def test_more_hours_of_search_never_lose_a_tie(hours, place, seed):
    few, many = (a_client.finds(WORLD.ties[place], h, STRENGTHS, seed) for h in hours)
    assert many >= few


@given(st.tuples(st.floats(0, 13), st.floats(0, 13)).map(sorted), st.integers(0, 2**40), hours)
def test_a_higher_threshold_never_proposes_to_fewer_clients(thresholds, seed, hours):
    worker = WORLD.professionals[0]
    for client in WORLD.clients[:30]:
        low, high = (
            a_professional.proposes_network(
                worker,
                client,
                TEAM.replace(multi_problem_threshold=t, mobilisation_hours=hours).record(),
                STRENGTHS,
                seed,
            )
            for t in thresholds
        )
        assert high >= low


LEVERS = {  # more of the lever, never fewer of these answers
    "mobilisation_hours": lambda c, p, s: a_professional.sees_room(c, p, STRENGTHS, s),
    "offer": lambda c, p, s: is_offered(c, p, STRENGTHS, s),
    "right_known_clients": lambda c, p, s: is_offered(c, p, STRENGTHS, s),
    "uptake": lambda c, p, s: a_client.accepts(c, p, s),
    "right_known_workers": lambda c, p, s: tells_of_the_right(c, p, s),
    "campaign_workers": lambda c, p, s: tells_of_the_right(c, p, s),
    "campaign_clients": lambda c, p, s: is_offered(c, p, STRENGTHS, s),
    "referral_only": lambda c, p, s: entrance.needs_referral(c, p, s),
    "agencies": lambda c, p, s: referral.goes_to_agency(c, WORLD.teams[0], 4, p, s),
    "no_mental_health": lambda c, p, s: referral.lacks_mental_health(0, p, s),
    "input_steering": lambda c, p, s: a_professional.puts_visits_first(c, p, STRENGTHS, s),
}


def tells_of_the_right(client, policy, seed: int) -> bool:
    worker = WORLD.professionals[1]
    return a_professional.tells_of_the_right(worker, client, policy, STRENGTHS, seed, 100)


@pytest.mark.parametrize("lever", LEVERS)
@given(data=st.data(), seed=st.integers(0, 2**40))
def test_more_of_a_lever_never_turns_a_yes_into_a_no(lever, data, seed):
    note = Policy.note(lever)
    value = st.floats(note["low"], note["high"])
    less, more = sorted([data.draw(value), data.draw(value)])
    for client in WORLD.clients[:30]:
        before, after = (
            LEVERS[lever](client, TEAM.replace(**{lever: v}).record(), seed) for v in (less, more)
        )
        assert after >= before


@functools.cache
def met_with(hours: float) -> np.recarray:
    """The same clients some time after their networks met, with so many hours to prepare it."""
    town = TOWN.replace(conference_share=0, client_hours=40, entry_weeks=1, intake_weeks=0)
    policy = TEAM.replace(offer=1, uptake=1, mobilisation_hours=hours, closing_adult=500)
    # All who are found stay within reach, nobody comes back on it, and there is always time.
    sure = Parameters().replace(tie_loss=0, time_gate=0, yes_fades=0, drops_out=0)
    run = Run(adopt(settle(town, sure, 2), policy), threads=1)
    run.live(60)
    return run.world.clients


HOURS = (0, 2.5, 10, 30)


def test_more_hours_never_map_a_smaller_network_of_the_same_client():
    clients = [met_with(hours) for hours in HOURS]
    planned = np.all([c.plan_week >= 0 for c in clients], axis=0)
    assert planned.sum() > 60
    for few, many in itertools.pairwise(clients):
        assert (many.mapped >= few.mapped)[planned].all()
    assert clients[-1].mapped[planned].mean() > clients[0].mapped[planned].mean() + 2


def test_more_hours_bring_more_to_the_meeting_and_without_any_few_come():
    clients = [met_with(hours) for hours in HOURS]
    met = np.all([c.attended > 0 for c in clients], axis=0)
    assert met.sum() > 60
    members = [(c.attended - 1 - c.children)[met].mean() for c in clients]
    assert members == sorted(members)
    assert members[0] < 1 < 4 * members[0] < members[-1]


@given(
    st.tuples(st.floats(0, 1), st.floats(0, 1)).map(sorted),
    st.integers(0, len(WORLD.ties) - 1),
    st.booleans(),
    st.integers(0, 2**40),
)
def test_who_comes_unprepared_comes_prepared_as_well(prepared, place, independent, seed):
    less, more = (
        a_member.comes(WORLD.ties[place], independent, part, STRENGTHS, seed) for part in prepared
    )
    assert more >= less
