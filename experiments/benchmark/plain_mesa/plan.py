"""Plans: who makes one, the worker or the network that meets, and who begins to help by it."""

import math
from typing import TYPE_CHECKING

from kring.experiments.benchmark.plain_mesa import guidance
from kring.simulation.behaviour.network import CONFERENCE_HOURS
from kring.simulation.rows import ASKED, GUIDED, MAPPED, NETWORK_PLAN, SUPPORTING, WORKER_PLAN

if TYPE_CHECKING:
    from kring.experiments.benchmark.plain_mesa.client import Client
    from kring.experiments.benchmark.plain_mesa.member import Tie


def plan_without_meeting(client: "Client") -> None:
    """Let the worker make the plan, and the client ask whom (s)he dares to ask."""
    client.plan = WORKER_PLAN
    client.carried_out = True
    for tie in client.ties:
        if tie.state == MAPPED and client.random.random() >= tie.barrier():
            tie.is_asked()
    if client.at_table > 0:
        make_cooperation(client)
    start_plan(client)


def meet(client: "Client") -> None:
    """Bring the network together: who comes, who makes the plan, who begins to help."""
    invited = [tie for tie in client.ties if tie.state in (MAPPED, ASKED, SUPPORTING)]
    present = [tie for tie in invited if tie.comes()]
    client.attended = 1 + client.children + len(present)
    if client.conference:
        part = client.hours_mapped / CONFERENCE_HOURS
        client.is_charged("conference", client.model.town.price_conference * part)
    client.hidden.clear()  # who is there tells the rest
    may_plan, succeeds = network_may_plan(client), meeting_succeeds(client)
    if may_plan and succeeds:
        plan_together(client, present)
    else:
        client.plan = WORKER_PLAN
        client.carried_out = True
    if client.carried_out:
        for tie in present:
            if tie.state == MAPPED:
                tie.is_asked()
    if present:
        make_cooperation(client)


def network_may_plan(client: "Client") -> bool:
    """Whether the plan is left to the network: by right, known to worker or client, or policy."""
    return (
        client.caseworker.tells_of_the_right(client)
        or client.asks_for_a_plan
        or client.random.random() < client.policy.network_makes_plan
    )


def meeting_succeeds(client: "Client") -> bool:
    """Whether a plan comes out of the meeting: the more attend, the sooner."""
    needs = client.model.parameters.plan_needs
    return needs == 0 or client.random.random() < 1 - math.exp(-client.attended / needs)


def plan_together(client: "Client", present: "list[Tie]") -> None:
    """Let who is present make the plan; from then on they know each other."""
    client.plan = NETWORK_PLAN
    client.carried_out = client.random.random() >= client.model.parameters.falls_through
    for tie in present:
        tie.in_plan = True
        tie.knows.update(other for other in present if other is not tie)


def make_cooperation(client: "Client") -> None:
    """Network and professional met: sometimes they come to work together."""
    client.cooperation = client.random.random() < client.model.parameters.cooperation_made


def start_plan(client: "Client") -> None:
    """Count on those who help now, and call in the professionals the plan asks for."""
    client.counted_on = len(client.helping)
    client.helped_meanwhile = False
    guidance.release_all(client)
    take_up_plan(client)


def take_up_plan(client: "Client") -> None:
    """Begin to guide by the plan there is."""
    client.stage = GUIDED
    if client.plan == WORKER_PLAN:
        guidance.engage(client, client.caseworker)
    guidance.call_in_where_needed(client)
