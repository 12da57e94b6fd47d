"""Groups in the neighbourhood: who is lonely joins, meets others, and is less so."""

from typing import TYPE_CHECKING

from kring.experiments.benchmark.plain_mesa import problem
from kring.simulation.calendar import QUARTER
from kring.simulation.field import CLOSE_KIN, PARTICIPATION, SOCIAL_NETWORK
from kring.simulation.rows import MAPPED, NOT_YET, UNMAPPED

if TYPE_CHECKING:
    from kring.experiments.benchmark.plain_mesa.client import Client

LONELY_IN = (SOCIAL_NETWORK, PARTICIPATION)


def is_lonely(client: "Client") -> bool:
    """Whether a network or participation is missing."""
    return any(domain in client.level for domain in LONELY_IN)


def take_part(client: "Client") -> None:
    """Take part in a group, or look for a place in one."""
    team, p = client.team, client.model.parameters
    if client.stage == NOT_YET:
        return
    if client.in_group:
        for domain in LONELY_IN:
            if domain in client.level and client.random.random() < p.group_effect:
                problem.ease(client, domain)
        if client.is_turn(QUARTER):
            meet_somebody(client)
        if not is_lonely(client):
            client.in_group = False
            team.in_group -= 1
    elif (
        team.in_group + 1 <= team.places
        and is_lonely(client)
        and client.random.random() < p.joins_group
    ):
        client.in_group = True
        team.in_group += 1


def meet_somebody(client: "Client") -> None:
    """Come to know somebody of the wider network: a weak tie, and perhaps a supporter."""
    if client.random.random() >= client.model.parameters.group_ties:
        return
    for tie in client.ties:
        if tie.state == UNMAPPED and tie.kind != CLOSE_KIN:
            tie.state = MAPPED
            client.network += 1
            tie.is_asked()
            return
