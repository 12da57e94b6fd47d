"""A case from entry to closing: the offer, the kitchen-table talk, the mapping, the closing."""

from simulation import episodes
from simulation.behaviour import client as a_client
from simulation.behaviour import network
from simulation.behaviour import professional as a_professional
from simulation.compiled import compiled
from simulation.draws import decision, uniform
from simulation.rows import CLOSED, GUIDED, MAPPING, WAITING

IS_OFFERED = decision("policy: bringing the network together is offered")
INDEPENDENT = decision("policy: an independent coordinator convenes")

NOTHING_LEFT = 0.1  # hours: so little more is not waited for


@compiled
def enter(world, client, client_row, week):
    """Come in: by the policy's offer straight to mobilisation, else wait for a talk (M22, M24)."""
    p = world.given[0].parameters
    policy = world.policies[client.policy]
    team = world.teams[client.team]
    client.problems_at_entry = client.problems
    episodes.log(world, week, client_row, episodes.ENTRY, client.entrance, client.problems)
    client.caseworker = a_professional.least_loaded(
        world.professionals, team.first_professional, team.first_coordinator, -1
    )
    if client.caseworker >= 0:
        world.professionals[client.caseworker].cases += 1
    client.stage = WAITING
    if is_offered(client, policy, p, world.given[0].seed):
        client.proposed = True
        client.accepted = a_client.accepts(client, policy, world.given[0].seed)
        answer = 1 if client.accepted else 0
        episodes.log(world, week, client_row, episodes.OFFER, answer, client.problems)
        if client.accepted:
            begin_mobilisation(world, client)


@compiled
def is_offered(client, policy, p, seed):
    """Whether the network is offered whatever the worker thinks: by policy, or asked for (M21)."""
    if a_client.asks_for_a_plan(client, policy, p, seed):
        return True
    if client.problems < policy.offer_from:
        return False
    return uniform(seed, IS_OFFERED, client.id, 0) < policy.offer


@compiled
def begin_mobilisation(world, client):
    """Give the convening to an independent coordinator or leave it with the worker (M6)."""
    policy = world.policies[client.policy]
    client.stage = MAPPING
    if uniform(world.given[0].seed, INDEPENDENT, client.id, 0) < policy.independent_convener:
        team = world.teams[client.team]
        row = a_professional.least_loaded(
            world.professionals, team.first_coordinator, team.end_professional, -1
        )
        if row >= 0:
            client.coordinator = row
            client.conference = True
            world.professionals[row].cases += 1


@compiled
def talk(world, client, client_row, week):
    """Hold the kitchen-table talk: name the network, see who is there, propose it or not.

    Where it is not proposed, or declined, the worker makes the plan and looks no further (M1, M2).
    """
    p = world.given[0].parameters
    policy = world.policies[client.policy]
    worker = world.professionals[client.caseworker]
    network.map_network(world, client, 0.0)
    network.seat_at_table(world, client)
    if not client.proposed and a_professional.proposes_network(
        worker, client, policy, p, world.given[0].seed
    ):
        client.proposed = True
        client.accepted = a_client.accepts(client, policy, world.given[0].seed)
        answer = 1 if client.accepted else 0
        episodes.log(world, week, client_row, episodes.PROPOSAL, answer, client.problems)
    detail = 1 if client.proposed else 0
    episodes.log(world, week, client_row, episodes.TALK, detail, client.at_table)
    if client.accepted:
        begin_mobilisation(world, client)
    else:
        network.plan_without_meeting(world, client, client_row, week)


@compiled
def convener(client):
    """Row of the professional whose hours go into the network: coordinator or caseworker."""
    return client.coordinator if client.coordinator >= 0 else client.caseworker


@compiled
def mobilisation_wanted(client, policy, p):
    """Hours that the network's convener wants this week."""
    left = max(0.0, policy.mobilisation_hours - client.hours_mapped)
    return min(p.network_pace, left)


@compiled
def mapping_is_over(world, client):
    """Whether the hours are used, or nobody was found and there is no time to look on (M2)."""
    p = world.given[0].parameters
    policy = world.policies[client.policy]
    if policy.mobilisation_hours - client.hours_mapped < NOTHING_LEFT:
        return True
    nobody = client.mapped == 0 and client.coordinator < 0 and p.time_gate > 0.0
    return nobody and not a_professional.sees_room(client, policy, p, world.given[0].seed)


@compiled
def mobilise(world, client, client_row, week):
    """Spend the week's hours on the network; when they are used, make the plan."""
    p = world.given[0].parameters
    policy = world.policies[client.policy]
    worker = world.professionals[convener(client)]
    hours = mobilisation_wanted(client, policy, p) * worker.share_network
    client.hours_mapped += hours
    if client.coordinator < 0:
        client.hours_professional += hours
        client.cost += hours * worker.rate
    network.map_network(world, client, client.hours_mapped)
    if mapping_is_over(world, client):
        make_plan(world, client, client_row, week)


@compiled
def make_plan(world, client, client_row, week):
    """Bring the network together over the plan (M21, M22); the coordinator's work is then done."""
    p = world.given[0].parameters
    policy = world.policies[client.policy]
    worker = world.professionals[client.caseworker]
    right_used = a_professional.tells_of_the_right(
        worker, client, policy, p, world.given[0].seed
    ) or a_client.asks_for_a_plan(client, policy, p, world.given[0].seed)
    network.meet(world, client, client_row, right_used, week)
    if client.coordinator >= 0:
        world.professionals[client.coordinator].cases -= 1


@compiled
def can_close(client, policy, p, week):
    """Whether the norm is reached and no problem too heavy to leave is left (M17)."""
    norm = policy.closing_youth if client.children > 0 else policy.closing_adult
    if client.stage != GUIDED or week - client.entry_week < norm:
        return False
    for i in range(client.problems):  # noqa: SIM110 (Numba takes no generator here)
        if client.level[client.present[i]] >= p.keeps_open:
            return False
    return True


@compiled
def close(world, client, client_row, week):
    """Close the case: the professionals leave, the supporters are still there."""
    detail = 1 if client.children > 0 else 0
    episodes.log(world, week, client_row, episodes.CLOSING, detail, client.problems)
    a_professional.take_leave(world, client)
    if client.caseworker >= 0:
        world.professionals[client.caseworker].cases -= 1
    client.stage = CLOSED
    client.closed_week = week
