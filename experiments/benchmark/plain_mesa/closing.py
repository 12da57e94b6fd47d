"""The end of a case: light enough, the norm, letting go, coming back."""

import math
from typing import TYPE_CHECKING

from kring.experiments.benchmark.plain_mesa import entrance, guidance
from kring.simulation.rows import CLOSED, GUIDED

if TYPE_CHECKING:
    from kring.experiments.benchmark.plain_mesa.client import Client


def close_or_come_back(client: "Client") -> None:
    """Close the case, soonest where nothing is left or little; or come back after closing."""
    if client.stage == GUIDED and client.random.random() < readiness(client) * lets_go(client):
        guidance.release_all(client)
        client.gives_up_worker()
        client.stage = CLOSED
        client.closed_week = client.model.week
    elif client.stage == CLOSED and client.level:
        come_back(client)


def readiness(client: "Client") -> float:
    """Weekly chance that worker and client would end the case, if they could let go."""
    p, policy = client.model.parameters, client.policy
    if not client.level:
        chance = p.closes_when_solved
    elif client.problems <= p.light_problems and client.heaviest < p.keeps_open:
        chance = p.closes_when_light
    else:
        chance = p.closes_with_problems
    norm = policy.closing_youth if client.children else policy.closing_adult
    past = client.model.week - client.opened_week >= norm
    return min(1.0, chance * p.norm_presses if past else chance)


def lets_go(client: "Client") -> float:
    """Share of the chance to close that closeness leaves, more where outcome counts."""
    p = client.model.parameters
    held = p.letting_go * client.caseworker.closeness_to(client)
    return 1 - held * (1 - p.letting_go_by_outcome * client.policy.outcome_steering)


def come_back(client: "Client") -> None:
    """Come back with a heavy problem, to the end of the queue: less often as time passes."""
    p = client.model.parameters
    since = client.model.week - client.closed_week
    if client.heaviest < p.heavy:
        return
    if client.random.random() >= p.comes_back * math.exp(-since / p.return_fades):
        return
    client.returns += 1
    client.opened_week = client.model.week
    client.caseworker = None
    client.hours_talked = 0.0
    entrance.wait(client)
