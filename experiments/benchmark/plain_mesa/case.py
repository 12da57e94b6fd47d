"""A case from the door to the plan: who convenes, the hours asked for, the kitchen-table talk."""

from typing import TYPE_CHECKING

from kring.experiments.benchmark.plain_mesa import agency, guidance, plan
from kring.experiments.benchmark.plain_mesa.mobilisation import (
    is_mobilised,
    map_network,
    mobilisation_wanted,
)
from kring.simulation.behaviour.case import NOTHING_LEFT
from kring.simulation.choices import GUIDANCE, INTAKE, NETWORK, PLANS_WORK
from kring.simulation.rows import MAPPED, MAPPING, NO_PLAN, WAITING

if TYPE_CHECKING:
    from kring.experiments.benchmark.plain_mesa.client import Client


def independent_convenes(client: "Client") -> bool:
    """Stand in line for an independent coordinator, if there are any, or leave it to the worker."""
    wanted = client.random.random() < client.policy.independent_convener
    client.conference = wanted and client.team.coordinators[0].hours > 0
    if client.conference:
        client.team.in_line.append(client)
    return client.conference


def begin_to_prepare(client: "Client") -> None:
    """Let the network be prepared; after the team's intake, the team helps meanwhile."""
    client.stage = MAPPING
    if client.model.week >= client.intake_week:
        help_meanwhile(client)


def help_meanwhile(client: "Client") -> None:
    """Be helped where it is needed until the network has met."""
    client.helped_meanwhile = True
    guidance.call_in_where_needed(client)


def wait_for_talk(client: "Client") -> None:
    """Ask for what is left of a talk that was begun."""
    if client.stage == WAITING and client.caseworker:
        left = client.model.parameters.talk_hours - client.hours_talked
        client.caseworker.wanted[INTAKE] += left


def ask_for_hours(client: "Client") -> None:
    """Tell the professionals what is wanted of them this week."""
    p = client.model.parameters
    if is_mobilised(client):
        client.convener.wanted[NETWORK] += mobilisation_wanted(client)
    if client.with_team:
        for domain, level in client.level.items():
            helper = client.helper(domain)
            if helper and domain not in client.hidden:
                helper.wanted[GUIDANCE] += level * p.guidance_per_level
        if client.at_agencies:
            client.caseworker.wanted[PLANS_WORK] += agency.tuning_wanted(client)


def hold_talk(client: "Client") -> None:
    """Have the kitchen-table talk as far as there are hours; at its end propose, or plan."""
    if client.stage != WAITING or not client.caseworker:
        return
    p, worker = client.model.parameters, client.caseworker
    hours = (p.talk_hours - client.hours_talked) * worker.share[INTAKE]
    client.hours_talked += hours
    worker.spends(hours, client)
    if client.hours_talked <= p.talk_hours - NOTHING_LEFT:
        return
    if client.plan != NO_PLAN:  # who came back has a plan
        plan.take_up_plan(client)
        return
    map_network(client, 0.0)
    bring_along(client)
    if not client.proposed and worker.proposes_network(client):
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
