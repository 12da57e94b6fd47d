"""A case from the door to its closing: the offer, the kitchen-table talk, the norm."""

from typing import TYPE_CHECKING

from experiments.benchmark.plain_mesa import guidance, plan
from experiments.benchmark.plain_mesa.mobilisation import map_network, mobilisation_wanted
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
    if client.accepted and find_coordinator(client):
        client.is_taken_in(client.team.least_loaded(client.team.workers))
    else:
        client.team.queue.append(client)


def find_coordinator(client: "Client") -> bool:
    """Have an independent coordinator convene, or leave it to the worker."""
    coordinator = client.team.least_loaded(client.team.coordinators)
    wanted = client.random.random() < client.policy.independent_convener
    if wanted and coordinator.hours > 0:
        client.conference = True
        client.coordinator = coordinator
        coordinator.cases += 1
    return client.conference


def wait_for_talk(client: "Client") -> None:
    """Ask for what is left of a talk that was begun."""
    if client.stage == WAITING and client.caseworker:
        left = client.model.parameters.talk_hours - client.hours_talked
        client.caseworker.wanted_talk += left


def ask_for_hours(client: "Client") -> None:
    """Tell the professionals what is wanted of them this week."""
    p = client.model.parameters
    if client.stage == MAPPING:
        client.convener.wanted_network += mobilisation_wanted(client)
    elif client.stage == GUIDED:
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
        find_coordinator(client)
        client.stage = MAPPING
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
    """Close the case at the norm; a problem too heavy to leave makes the worker hold on."""
    p, policy = client.model.parameters, client.policy
    norm = policy.closing_youth if client.children else policy.closing_adult
    if client.stage != GUIDED or client.model.week - client.entry_week < norm:
        return
    is_light = all(level < p.keeps_open for level in client.level.values())
    if is_light or client.random.random() >= p.heavy_holds:
        guidance.release_all(client)
        client.professional_help = 0.0
        client.caseworker.cases -= 1
        client.stage = CLOSED
