"""Between yes and the meeting: families think it over, wait for a coordinator, are invited (M22).

Of those who say yes, part comes back on it (E45 and E74: of 55 of a hundred who accept, 25 hold a
conference). Who entered for a conference has that behind him or her (M24).
"""

import math

from kring.simulation import episodes
from kring.simulation.behaviour import network
from kring.simulation.behaviour import professional as a_professional
from kring.simulation.compiled import compiled, compiled_apart
from kring.simulation.draws import decision, four_uniforms, uniform
from kring.simulation.rows import CONFERENCE_ENTRANCE, MAPPING, WAITING

COMES_BACK_ON_IT = decision("client comes back on saying yes")
THINKS = decision("weeks of thinking over and until the meeting")
DROPS_OUT = decision("family drops out before the meeting")


@compiled
def weeks_drawn(mean, one, other):
    """Weeks with this mean, from two numbers: seldom none, seldom very many (Erlang's second)."""
    return int(-0.5 * mean * (math.log(1.0 - one) + math.log(1.0 - other)) + 0.5)


@compiled
def comes_back_on_it(client, parameters, seed):
    """Whether a client who said yes will think otherwise."""
    return uniform(seed, COMES_BACK_ON_IT, client.id, 0) < parameters.yes_fades


@compiled_apart
def thinks_it_over(client, parameters, seed, week):
    """Say yes, and then think: begin some weeks later, or come back on it."""
    client.begins_week = week
    if client.entrance == CONFERENCE_ENTRANCE:
        return
    luck = four_uniforms(seed, THINKS, client.id, 0)
    client.begins_week = week + weeks_drawn(parameters.thinking_weeks, luck[0], luck[1])
    client.withdrew = comes_back_on_it(client, parameters, seed)


@compiled
def is_prepared(client, week):
    """Whether the work on this network has begun and goes on."""
    if client.stage != MAPPING or client.withdrew or week < client.begins_week:
        return False
    return client.coordinator >= 0 or not client.conference


@compiled
def is_in_line(client, week):
    """Whether the client waits for a coordinator to prepare the meeting."""
    begun = client.stage == MAPPING and week >= client.begins_week and not client.withdrew
    return begun and client.conference and client.coordinator < 0


@compiled
def sets_the_coordinator_free(world, client):
    """Let the coordinator take on the next network: the hours for this one are used."""
    if client.coordinator >= 0 and client.meets_week < 0:
        world.professionals[client.coordinator].cases -= 1


@compiled
def fell_off(client, week):
    """Whether the family gave up, in a week before this one, what it had said yes to."""
    return client.withdrew and client.begins_week < week


@compiled_apart
def falls_off(world, client, client_row, week):
    """Give it up: there will be no meeting, and the worker makes the plan with who is named.

    Who said yes at the door has had no kitchen-table talk yet: that comes first, as it would have.
    """
    client.withdrew = True
    sets_the_coordinator_free(world, client)
    network.pay_coordinator(world, client, week)
    client.conference = False
    episodes.log(world, week, client_row, episodes.FALLS_OFF, 0, client.problems)
    if client.hours_talked > 0.0:
        network.plan_without_meeting(world, client, client_row, week)
    else:
        client.helped_meanwhile = False
        a_professional.take_leave(world, client)
        client.stage = WAITING


@compiled
def drops_out(client, parameters, seed, week):
    """Whether the family drops out this week; who came back on it does when it would begin."""
    if client.withdrew:
        return week >= client.begins_week
    if week < client.begins_week:
        return False
    return uniform(seed, DROPS_OUT, client.id, week) < parameters.drops_out


@compiled_apart
def invites(world, client, week):
    """Find a day on which they can all come: weeks to months away."""
    sets_the_coordinator_free(world, client)
    luck = four_uniforms(world.seed, THINKS, client.id, 0)
    client.meets_week = week + weeks_drawn(world.parameters.meeting_weeks, luck[2], luck[3])
