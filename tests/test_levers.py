"""What more of a lever does to the same client."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.behaviour import client as a_client
from simulation.behaviour import entrance, referral
from simulation.behaviour import professional as a_professional
from simulation.behaviour.case import is_offered
from simulation.parameters import Parameters
from simulation.policy import Policy
from simulation.run import Run
from simulation.world import adopt, settle
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


def networks_at_the_plan(hours: float) -> np.ndarray:
    """Ties found by the week of the plan, with hours enough; -1 for clients without a plan."""
    town = TOWN.replace(conference_share=0, client_hours=40, entry_weeks=1)
    policy = TEAM.replace(offer=1, uptake=1, mobilisation_hours=hours, closing_adult=500)
    unlosable = Parameters().replace(tie_loss=0, time_gate=0)
    run = Run(adopt(settle(town, unlosable, 2), policy), threads=1)
    run.live(60)
    clients = run.world.clients
    return np.where(clients.plan_week >= 0, clients.mapped, -1)


def test_more_hours_never_map_a_smaller_network_of_the_same_client():
    found = [networks_at_the_plan(hours) for hours in (0, 2.5, 10, 30)]
    planned = np.all([network >= 0 for network in found], axis=0)
    assert planned.sum() > 60
    for few, many in itertools.pairwise(found):
        assert (many >= few)[planned].all()
    assert found[-1][planned].mean() > found[0][planned].mean() + 2
