"""The levers on the neighbourhood: each does what its mechanism says, and at neutral nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.experiments.measures import MEASURES
from kring.simulation import episodes
from kring.simulation.behaviour import client as a_client
from kring.simulation.behaviour import member as a_member
from kring.simulation.behaviour import neighbourhood
from kring.simulation.choices import RECIPROCITY
from kring.simulation.field import CLOSE_KIN, NEIGHBOUR
from kring.simulation.levers.neighbourhood import NeighbourhoodLevers
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
KINDS = WORLD.kinds
NEIGHBOURS = WORLD.ties[WORLD.ties.kind == NEIGHBOUR][:20]
SEED = st.integers(0, 2**40)
PAIR = st.tuples(st.floats(0, 1), st.floats(0, 1)).map(sorted)
NONE, VOLUNTARY, EXPECTED, FORCED = RECIPROCITY
RULES = [TEAM.replace(reciprocity=rule).record() for rule in RECIPROCITY]


def stops_per_start(result):
    """Supporters who stop, for each who starts."""
    return happened(episodes.STOPS_HELPING)(result) / happened(episodes.STARTS_HELPING)(result)


NEIGHBOURS_HELP = happened(episodes.STARTS_HELPING, NEIGHBOUR)
EFFECTS = (
    *(
        effect
        for lever, value in (("community_hours", 10), ("collective_hours", 2))
        for effect in (
            Effect(lever, value, MEASURES["in_group"].of, +1),
            Effect(lever, value, MEASURES["lonely"].of, -1),
            Effect(lever, value, MEASURES["found_early"].of, +1),
            Effect(lever, value, MEASURES["network"].of, +1),
            Effect(lever, value, MEASURES["problems"].of, -1),
            Effect(lever, value, MEASURES["spent_neighbourhood"].of, +1),
        )
    ),
    Effect("reciprocity", VOLUNTARY, stops_per_start, -1),
    Effect("reciprocity", EXPECTED, stops_per_start, -1),
    Effect("reciprocity", EXPECTED, MEASURES["alone"].of, -1),
    Effect("reciprocity", FORCED, MEASURES["began_alone"].of, +1),
    Effect("reciprocity", FORCED, MEASURES["alone"].of, +1),
    Effect("reciprocity", FORCED, MEASURES["supporters"].of, -1),
    Effect("neighbour_activation", 1, NEIGHBOURS_HELP, +1),
)
OTHERS = {"self_reliance_asked", "self_reliance_told_apart"}  # have tests of their own


@pytest.mark.parametrize(**named(EFFECTS))
def test_a_lever_does_what_its_mechanism_says(effect):
    assert shift(effect) * effect.sign > 0


def test_every_lever_is_tried():
    assert {effect.lever for effect in EFFECTS} == set(NeighbourhoodLevers.model_fields) - OTHERS


NEUTRAL = {  # levers at neutral, given, other levers, strengths
    "no groups": (
        ("community_hours", "collective_hours"),
        {},
        {"work_order": first("collective")},
        {
            "places_per_hour": 20,
            "joins_group": 1,
            "group_effect": 0.3,
            "group_ties": 1,
            "group_detects": 1,
        },
    ),
    "nothing in return": (
        ("reciprocity",),
        {},
        {},
        {"gives_back": 1, "forcing_resisted": 1, "former_clients_help": 1},
    ),
    "no activation": (("neighbour_activation",), {}, {}, {"activation": 5}),
}


@pytest.mark.parametrize("case", NEUTRAL)
def test_at_its_neutral_value_a_lever_does_nothing(case):
    assert changed_by(*NEUTRAL[case]) == []


def test_a_rule_nobody_follows_does_nothing():
    none = {"gives_back": 0, "former_clients_help": 0, "forcing_resisted": 0}
    base = lived({}, none)
    for rule in (VOLUNTARY, EXPECTED, FORCED):
        assert not differences(base, lived({"reciprocity": rule}, none))


def test_expected_is_forced_without_resistance():
    calm = {"forcing_resisted": 0}
    assert not differences(
        lived({"reciprocity": EXPECTED}, calm), lived({"reciprocity": FORCED}, calm)
    )


def test_pressure_squeezes_the_groups_of_the_team_but_not_of_the_community_worker():
    groups = {"collective_hours": 2}
    part = MEASURES["given_collective"].of
    assert part(lived(SCARCE | groups)) < part(lived(groups)) <= 1
    community = {"community_hours": 10}
    ample, scarce = (lived(levers).municipality for levers in (community, SCARCE | community))
    assert (ample["places"] == scarce["places"]).all()
    assert (ample["spent_neighbourhood"] == scarce["spent_neighbourhood"]).all()


def test_groups_have_no_more_people_than_places_have_been():
    run = living(PLACE, TEAM.replace(community_hours=1))
    for _ in range(60):
        run.live(1)
        assert (run.world.teams.in_group <= run.world.teams.places).all()
        for team in run.world.teams:
            clients = run.world.clients[team.first_client : team.end_client]
            assert clients.in_group.sum() == team.in_group
            assert all(neighbourhood.is_lonely(client) for client in clients[clients.in_group])
    assert run.world.teams.in_group.sum() > 0


@given(strengths("gives_back"), st.integers(0, 99))
def test_the_balance_is_restored_by_part_and_hardly_matters_to_close_kin(p, place):
    client = WORLD.clients[place]
    back = [a_member.given_back(client, rule, p) for rule in RULES]
    assert 0 == back[0] <= back[1] <= back[2] == back[3] <= 1
    for tie in WORLD.ties[client.first_tie : client.first_tie + client.n_ties]:
        counts = a_member.imbalance(tie, client, RULES[1], p)
        assert 0 <= counts <= (0.1 if tie.kind == CLOSE_KIN else 1)


@given(strengths("imbalance_ends", "gives_back", "crowding_out", "dense_bond"), st.integers(0, 99))
def test_a_rule_never_makes_a_supporter_more_likely_to_stop(p, place):
    client = WORLD.clients[place]
    supporters = (1 << int(client.n_ties)) - 1
    for tie in WORLD.ties[client.first_tie : client.first_tie + client.n_ties]:
        member = WORLD.members[tie.member]
        chances = [
            a_member.chance_to_stop(tie, member, client, supporters, KINDS, rule, p)
            for rule in RULES
        ]
        assert 1 >= chances[0] >= chances[1] >= chances[2] == chances[3] >= 0


@given(strengths("forcing_resisted"), SEED)
def test_only_what_is_forced_is_resisted(p, seed):
    for client in WORLD.clients[:20]:
        assert not any(a_client.resists(client, rule, p, seed) for rule in RULES[:3])


@given(strengths("former_clients_help", "heavy"), SEED)
def test_former_clients_help_the_more_the_more_is_expected(p, seed):
    for client in WORLD.clients[:20]:
        ready = [neighbourhood.is_ready_to_help(client, rule, p, seed) for rule in RULES]
        assert not ready[0]
        assert ready[1] <= ready[2] == ready[3]


@given(PAIR, strengths("activation", "asking_barrier", "willing"), SEED)
def test_active_neighbours_are_asked_and_say_yes_more_easily(levels, p, seed):
    less, more = (TEAM.replace(neighbour_activation=level).record() for level in levels)
    for tie in NEIGHBOURS:
        client, member = WORLD.clients[0], WORLD.members[tie.member]
        assert a_client.barrier(client, tie, KINDS, more, p) <= a_client.barrier(
            client, tie, KINDS, less, p
        )
        asked = [a_client.asks(client, tie, KINDS, policy, p, seed) for policy in (less, more)]
        yes = [
            a_member.chance_to_say_yes(tie, member, client, KINDS, policy, p)
            for policy in (less, more)
        ]
        assert asked[0] <= asked[1]
        assert yes[0] <= yes[1]
