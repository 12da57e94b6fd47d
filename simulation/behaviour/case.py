"""A case from the door to the plan: the offer, the kitchen-table talk, the mapping."""

from kring.simulation import episodes, money
from kring.simulation.behaviour import client as a_client
from kring.simulation.behaviour import entrance, network, preparation, referral
from kring.simulation.behaviour import professional as a_professional
from kring.simulation.choices import INTAKE, NETWORK
from kring.simulation.compiled import compiled, compiled_apart
from kring.simulation.draws import decision, four_uniforms, uniform
from kring.simulation.rows import GUIDED, MAPPING, OUTSIDE, WAITING

IS_OFFERED = decision("policy: bringing the network together is offered")
INDEPENDENT = decision("policy: an independent coordinator convenes")
INTAKE_TAKES = decision("weeks until the team can plan the talk")
OUTSIDE_OFFERED = decision("policy: outside guidance is offered")

PLAN_NORM = 6  # weeks within which there should be a plan (E49)
NOTHING_LEFT = 0.1  # hours: so little more is not waited for


@compiled_apart
def need_arises(world, team, client, client_row, week):
    """Come in, or be in need outside: not at the team yet (M18, M24)."""
    client.problems_at_entry = client.problems
    network.some_help_already(world, client, client_row, week)
    if entrance.comes_to_the_team(world, client, client_row, team, week):
        enter(world, client, client_row, week)
    else:
        client.stage = OUTSIDE


@compiled_apart
def enter(world, client, client_row, week):
    """Come to the door: by the policy's offer straight to mobilisation, else queue (M22, M24)."""
    policy = world.policies[client.policy]
    seed = world.seed
    client.opened_week = week
    client.problems_at_entry = client.problems
    client.solved = 0  # counted since entry
    episodes.log(world, week, client_row, episodes.ENTRY, client.entrance, client.problems)
    entrance.tells_at_the_door(world, client)
    parameters = world.parameters
    waits(world, client, week)
    if is_offered(client, policy, parameters, seed):
        client.proposed = True
        client.accepted = a_client.accepts(client, policy, seed)
        answer = 1 if client.accepted else 0
        episodes.log(world, week, client_row, episodes.OFFER, answer, client.problems)
        if client.accepted:
            preparation.thinks_it_over(client, parameters, seed, week)
            if independent_convenes(world, client):
                client.conference = True
                begin_beside_the_queue(world, client, week)


@compiled
def waits(world, client, week):
    """Go to the waiting list: before a talk can be planned, the team's intake takes weeks (E49)."""
    luck = four_uniforms(world.seed, INTAKE_TAKES, client.id, week)
    takes = preparation.weeks_drawn(world.town.intake_weeks, luck[0], luck[1])
    client.intake_week = week + takes
    client.stage = WAITING
    world.teams[client.team].waiting += 1


@compiled
def is_offered(client, policy, parameters, seed):
    """Whether the network is offered whatever the worker thinks: by policy, or by right (M21)."""
    if a_client.asks_for_a_plan(client, policy, parameters, seed):
        return True
    if client.problems < policy.offer_from:
        return False
    return uniform(seed, IS_OFFERED, client.id, 0) < policy.offer


@compiled
def independent_convenes(world, client):
    """Whether an independent coordinator, if there is any, is to convene, or the worker (M6)."""
    policy = world.policies[client.policy]
    if uniform(world.seed, INDEPENDENT, client.id, 0) >= policy.independent_convener:
        return False
    row = a_professional.coordinator_with_most_room(world, world.teams[client.team])
    return row >= 0 and world.professionals[row].hours > 0.0


@compiled
def is_convened_by(world, client, row):
    """Let this independent coordinator bring the network together."""
    client.coordinator = row
    client.conference = True
    world.professionals[row].cases += 1


@compiled_apart
def begin_beside_the_queue(world, client, week):
    """Have the case held at once by the least loaded worker, while the network is prepared."""
    team = world.teams[client.team]
    row = a_professional.worker_with_most_room(world, team, a_professional.ANY)
    team.waiting -= 1
    a_professional.holds_the_case(world, client, row, week)
    begin_to_prepare(world, client, week)


@compiled_apart
def begin_to_prepare(world, client, week):
    """Let the network be prepared; after the team's intake, the team helps meanwhile."""
    client.stage = MAPPING
    client.meets_week = -1
    if week >= client.intake_week:
        help_meanwhile(world, client, week)


@compiled_apart
def help_meanwhile(world, client, week):
    """Let the team help where it is needed until the network has met."""
    client.helped_meanwhile = True
    referral.call_in_where_needed(world, client, week)


@compiled
def talk_wanted(client, parameters):
    """Hours of the kitchen-table talk that are still to come."""
    return parameters.talk_hours - client.hours_talked


@compiled
def talk_can_be_held(client, week):
    """Whether there is a worker for the talk, and the team's intake has had its weeks."""
    return client.caseworker >= 0 and week >= client.intake_week


@compiled
def talk_or_wait(world, client, client_row, week):
    """Hold the kitchen-table talk once its hours have been given; until then, wait a week more."""
    if talk_can_be_held(client, week):
        parameters = world.parameters
        worker = world.professionals[client.caseworker]
        hours = talk_wanted(client, parameters) * worker.share[INTAKE]
        client.hours_talked += hours
        a_professional.spends_time(world, client, worker, hours, money.TEAM, week)
        if client.hours_talked > parameters.talk_hours - NOTHING_LEFT:
            talk(world, client, client_row, week)
            return
    client.waited += 1


@compiled_apart
def talk(world, client, client_row, week):
    """Hold the kitchen-table talk: name the network, see who is there, propose it or not.

    Where it is not proposed, or declined, the worker makes the plan and looks no further (M1, M2).
    """
    parameters = world.parameters
    policy = world.policies[client.policy]
    seed = world.seed
    if client.plan_week >= 0:  # who came back has a plan
        network.take_up_plan(world, client, week)
        return
    worker = world.professionals[client.caseworker]
    network.map_network(world, client, 0.0, client_row, week)
    network.seat_at_table(world, client)
    if not client.proposed and a_professional.proposes_network(
        worker, client, policy, parameters, seed
    ):
        client.proposed = True
        client.accepted = a_client.accepts(client, policy, seed)
        answer = 1 if client.accepted else 0
        episodes.log(world, week, client_row, episodes.PROPOSAL, answer, client.problems)
        if client.accepted:
            preparation.thinks_it_over(client, parameters, seed, week)
    detail = 1 if client.proposed else 0
    episodes.log(world, week, client_row, episodes.TALK, detail, client.at_table)
    a_client.is_asked_self_reliance(client, policy, parameters, seed)
    if preparation.fell_off(client, week):
        network.plan_without_meeting(world, client, client_row, week)
    elif not client.accepted:
        network.plan_without_meeting(world, client, client_row, week)
        offer_outside_guidance(world, client, client_row, week)
    else:
        client.conference = independent_convenes(world, client)
        begin_to_prepare(world, client, week)


@compiled_apart
def offer_outside_guidance(world, client, client_row, week):
    """Offer an independent coordinator beside the team's own help (M6, M22)."""
    policy = world.policies[client.policy]
    seed = world.seed
    if client.problems < policy.outside_guidance_from:
        return
    if uniform(seed, OUTSIDE_OFFERED, client.id, 0) >= policy.outside_guidance:
        return
    accepts = a_client.accepts(client, policy, seed)
    client.outside_guidance = accepts and not preparation.comes_back_on_it(
        client, world.parameters, seed
    )
    client.meets_week = -1
    answer = 1 if client.outside_guidance else 0
    episodes.log(world, week, client_row, episodes.OFFER, answer, client.problems)


@compiled
def convener(client):
    """Row of the professional whose hours go into the network: coordinator or caseworker."""
    return client.coordinator if client.coordinator >= 0 else client.caseworker


@compiled
def hours_for_the_network(client, policy):
    """Hours that may be spent on this network."""
    if client.outside_guidance:
        return policy.outside_guidance_hours
    return policy.mobilisation_hours


@compiled
def is_mobilised(client, week):
    """Whether somebody works on bringing the network together."""
    if client.stage == MAPPING:
        return preparation.is_prepared(client, week)
    return client.stage == GUIDED and client.outside_guidance and client.coordinator >= 0


@compiled
def mobilisation_wanted(client, policy, parameters):
    """Hours that the network's convener wants this week."""
    left = max(0.0, hours_for_the_network(client, policy) - client.hours_mapped)
    return min(parameters.network_pace, left)


@compiled
def mapping_is_over(world, client):
    """Whether the hours are used, or nobody was found and there is no time to look on (M2)."""
    parameters = world.parameters
    policy = world.policies[client.policy]
    if hours_for_the_network(client, policy) - client.hours_mapped < NOTHING_LEFT:
        return True
    nobody = client.mapped == 0 and client.coordinator < 0 and parameters.time_gate > 0.0
    return nobody and not a_professional.sees_room(client, policy, parameters, world.seed)


@compiled
def no_time_for_it(client, week):
    """Whether the plan should have been there and the worker found no hour for the network (M2)."""
    if client.coordinator >= 0 or client.hours_mapped > 0.0 or client.meets_week >= 0:
        return False
    return week - max(client.with_worker, client.begins_week) >= PLAN_NORM


@compiled
def awaits_coordinator(client, week):
    """Whether the client is in line for an independent coordinator."""
    if client.stage == GUIDED:
        return client.outside_guidance and client.coordinator < 0
    return preparation.is_in_line(client, week)


@compiled
def in_line_since(client):
    """Week since which the client is in line for a coordinator."""
    return client.plan_week if client.stage == GUIDED else client.begins_week


@compiled_apart
def give_out_coordinators(world, team, week):
    """Give coordinators with time for a network to who has waited longest (M6)."""
    parameters = world.parameters
    while True:
        row = a_professional.coordinator_with_most_room(world, team)
        if row < 0:
            return
        coordinator = world.professionals[row]
        if coordinator.cases * parameters.network_pace >= coordinator.here:
            return
        first = -1
        for c in range(team.first_client, team.end_client):
            client = world.clients[c]
            if awaits_coordinator(client, week) and (
                first < 0 or in_line_since(client) < in_line_since(world.clients[first])
            ):
                first = c
        if first < 0:
            return
        is_convened_by(world, world.clients[first], row)


@compiled_apart
def mobilise(world, client, client_row, week):
    """Spend the week's hours on the network; when they are used, invite it, and make the plan."""
    parameters = world.parameters
    policy = world.policies[client.policy]
    worker = world.professionals[convener(client)]
    hours = mobilisation_wanted(client, policy, parameters) * worker.share[NETWORK]
    client.hours_mapped += hours
    if client.coordinator < 0:
        a_professional.spends_time(world, client, worker, hours, money.TEAM, week)
    if no_time_for_it(client, week):
        network.plan_without_meeting(world, client, client_row, week)
        return
    network.map_network(world, client, client.hours_mapped, client_row, week)
    network.some_help_at_once(world, client, client_row, week)
    if client.meets_week < 0 and mapping_is_over(world, client):
        preparation.invites(world, client, week)
    if 0 <= client.meets_week <= week:
        make_plan(world, client, client_row, week)


@compiled_apart
def make_plan(world, client, client_row, week):
    """Bring the network together over the plan (M21, M22)."""
    parameters = world.parameters
    policy = world.policies[client.policy]
    worker = world.professionals[client.caseworker]
    seed = world.seed
    right_used = (
        client.outside_guidance
        or a_professional.tells_of_the_right(worker, client, policy, parameters, seed, week)
        or a_client.asks_for_a_plan(client, policy, parameters, seed)
    )
    network.meet(world, client, client_row, right_used, week)
    client.outside_guidance = False


@compiled
def end_outside_guidance(world, client):
    """Let the outside coordinator go: the case is closed before there is a plan."""
    if client.outside_guidance:
        preparation.sets_the_coordinator_free(world, client)
    client.outside_guidance = False
