"""The network is brought together: hours go into finding it, and then it meets."""

import math
from typing import TYPE_CHECKING

from kring.experiments.benchmark.plain_mesa import case, plan
from kring.simulation.behaviour.case import NOTHING_LEFT, PLAN_NORM
from kring.simulation.choices import NETWORK
from kring.simulation.rows import MAPPED, MAPPING, UNMAPPED

if TYPE_CHECKING:
    from kring.experiments.benchmark.plain_mesa.client import Client


def is_mobilised(client: "Client") -> bool:
    """Whether somebody works on bringing the network together: a coordinator may be waited for."""
    return client.stage == MAPPING and bool(client.coordinator or not client.conference)


def mobilisation_wanted(client: "Client") -> float:
    """Hours that the convener wants for this network this week."""
    left = max(0.0, client.policy.mobilisation_hours - client.hours_mapped)
    return min(client.model.parameters.network_pace, left)


def map_network(client: "Client", hours: float) -> None:
    """Come upon ties, close ones first: diminishing returns to hours."""
    p = client.model.parameters
    rate = p.named_at_once + p.found_by_search * math.log1p(hours / p.search_half)
    for tie in client.ties:
        found = 1 - math.exp(-rate * (tie.closeness / 0.5) ** 2)
        if tie.state == UNMAPPED and tie.hidden < found:
            tie.state = MAPPED
            client.network += 1


def mobilise(client: "Client") -> None:
    """Spend the week's hours on the network; when they are used, make the plan."""
    if client.stage == MAPPING and client.intake_week == client.model.week:
        case.help_meanwhile(client)
    if not is_mobilised(client):
        return
    p, worker = client.model.parameters, client.convener
    hours = mobilisation_wanted(client) * worker.share[NETWORK]
    client.hours_mapped += hours
    if not client.coordinator:
        worker.spends(hours, client)
    waited = client.model.week - max(client.with_worker, client.begins_week)
    if not client.coordinator and client.hours_mapped == 0 and waited >= PLAN_NORM:
        plan.plan_without_meeting(client)
        return
    map_network(client, client.hours_mapped)
    used = client.policy.mobilisation_hours - client.hours_mapped < NOTHING_LEFT
    nobody = client.network == 0 and not client.coordinator and p.time_gate > 0
    if used or (nobody and not client.room_is_seen):
        plan.meet(client)
        plan.start_plan(client)
        if client.coordinator:
            client.coordinator.cases -= 1
