"""People leave for good: they move, die, or go to live in an institution, whatever the policy."""

from kring.simulation import episodes
from kring.simulation.behaviour import case, neighbourhood, network, preparation
from kring.simulation.behaviour import professional as a_professional
from kring.simulation.bits import has
from kring.simulation.calendar import WEEKS_A_YEAR, is_turn_of
from kring.simulation.compiled import compiled, compiled_apart
from kring.simulation.draws import decision, uniform
from kring.simulation.rows import GUIDED, MAPPING, MAX_TIES, NO_PLAN, NOT_YET, WAITING

LEAVES = decision("client leaves the municipality")


@compiled
def leaves(client, town, seed, week):
    """Whether the client, once a year, leaves the municipality for good."""
    if town.leave == 0.0 or client.stage == NOT_YET:
        return False
    if not is_turn_of(client.id, week, int(WEEKS_A_YEAR)):
        return False
    return uniform(seed, LEAVES, client.id, week) < town.leave


@compiled_apart
def leave(world, team, client, client_row, week):
    """Leave: the case, the help and the place in a group are there for others."""
    if client.stage == WAITING and client.caseworker < 0:
        team.waiting -= 1
    if client.stage == MAPPING and not client.outside_guidance:
        preparation.sets_the_coordinator_free(world, client)
    a_professional.take_leave(world, client)
    if client.caseworker >= 0 and WAITING <= client.stage <= GUIDED:
        a_professional.gives_up_the_case(world, client)
    client.caseworker = -1
    case.end_outside_guidance(world, client)
    for place in range(MAX_TIES):
        if has(client.supporting, place):
            tie = world.ties[client.first_tie + place]
            network.end_help(world, client, tie, client_row, episodes.PARTED, week)
    if client.in_group:
        neighbourhood.leave_group(team, client)
    client.provided = 0
    client.plan = NO_PLAN
    client.cooperation = False
    client.placed_until = -1
    client.left_week = week
    client.stage = NOT_YET
