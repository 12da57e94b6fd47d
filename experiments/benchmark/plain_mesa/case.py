"""A case from the door to its closing: the offer, the kitchen-table talk, the norm."""

from typing import TYPE_CHECKING

from experiments.benchmark.plain_mesa import guidance, plan
from experiments.benchmark.plain_mesa.mobilisation import (
    is_mobilised,
    map_network,
    mobilisation_wanted,
)
from simulation.behaviour.case import NOTHING_LEFT
from simulation.rows import CLOSED, GUIDED, MAPPED, MAPPING, NOT_YET, WAITING

if TYPE_CHECKING:
    from experiments.benchmark.plain_mesa.client import Client


def enter(client: "Client") -> None:
    """Come in: by the policy's offer straight to mobilisation, else wait for a talk."""
    if client.stage != NOT_YET or client.entry_week != client.model.week:
        return
    client.stage = WAITING
    policy = client.policy
    if client.asks_for_a_plan or (
        client.problems >= policy.offer_from and client.random.random() < policy.offer
    ):
        client.answer_proposal()
    if client.accepted and independent_convenes(client):
        client.is_taken_in(client.team.least_loaded(client.team.workers))
    else:
        client.team.queue.append(client)


def independent_convenes(client: "Client") -> bool:
    """Stand in line for an independent coordinator, if there are any, or leave it to the worker."""
    wanted = client.random.random() < client.policy.independent_convener
    client.conference = wanted and client.team.coordinators[0].hours > 0
    if client.conference:
        client.team.in_line.append(client)
    return client.conference


def begin_to_prepare(client: "Client") -> None:
    """Let the network be prepared; meanwhile the team helps where it is needed."""
    client.stage = MAPPING
    guidance.call_in_where_needed(client)


def wait_for_talk(client: "Client") -> None:
    """Ask for what is left of a talk that was begun."""
    if client.stage == WAITING and client.caseworker:
        left = client.model.parameters.talk_hours - client.hours_talked
        client.caseworker.wanted_talk += left


def ask_for_hours(client: "Client") -> None:
    """Tell the professionals what is wanted of them this week."""
    p = client.model.parameters
    if is_mobilised(client):
        client.convener.wanted_network += mobilisation_wanted(client)
    if client.in_care:
        for domain, level in client.level.items():
            if helper := client.helper(domain):
                helper.wanted_guidance += level * p.guidance_per_level


def hold_talk(client: "Client") -> None:
    """Have the kitchen-table talk as far as there are hours; at its end propose, or plan."""
    if client.stage != WAITING or not client.caseworker:
        return
    p, worker = client.model.parameters, client.caseworker
    hours = (p.talk_hours - client.hours_talked) * worker.share_talk
    client.hours_talked += hours
    worker.spends(hours, client)
    if client.hours_talked <= p.talk_hours - NOTHING_LEFT:
        return
    map_network(client, 0.0)
    bring_along(client)
    if not client.proposed and not worker.finds_it_too_complex(client) and client.room_is_seen:
        client.answer_proposal()
    if client.accepted:
        independent_convenes(client)
        begin_to_prepare(client)
    else:
        plan.plan_without_meeting(client)


def bring_along(client: "Client") -> None:
    """Have those at the table whom the client dares to bring."""
    p = client.model.parameters
    for tie in client.ties:
        if tie.state == MAPPED:
            dares = 1 - tie.barrier()
            client.at_table += client.random.random() < p.brings_along * tie.closeness * dares


def close(client: "Client") -> None:
    """Close the case: soonest where nothing is left or little; the norm presses."""
    if client.stage == GUIDED and client.random.random() < readiness(client):
        guidance.release_all(client)
        client.caseworker.cases -= 1
        client.stage = CLOSED


def readiness(client: "Client") -> float:
    """Weekly chance that worker and client end the case."""
    p, policy = client.model.parameters, client.policy
    light = all(level < p.keeps_open for level in client.level.values())
    if not client.level:
        chance = p.closes_when_solved
    elif light and client.problems <= p.light_problems:
        chance = p.closes_when_light
    else:
        chance = p.closes_with_problems
    norm = policy.closing_youth if client.children else policy.closing_adult
    past = client.model.week - client.entry_week >= norm
    return chance * p.norm_presses if past else chance
