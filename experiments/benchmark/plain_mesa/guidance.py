"""Professionals around a client: whom the plan calls in, what they give, when they go."""

from typing import TYPE_CHECKING

from simulation.rows import WORKER_PLAN

if TYPE_CHECKING:
    from experiments.benchmark.plain_mesa.client import Client
    from experiments.benchmark.plain_mesa.professional import Professional


def engage(client: "Client", worker: "Professional") -> None:
    """Make a professional one of the helpers; the caseworker had the case already."""
    client.helpers[worker.discipline] = worker
    if worker is not client.caseworker:
        worker.cases += 1


def release(client: "Client", discipline: int) -> None:
    """Let a professional go."""
    worker = client.helpers.pop(discipline)
    if worker is not client.caseworker:
        worker.cases -= 1


def release_all(client: "Client") -> None:
    """Let all professionals go."""
    for discipline in list(client.helpers):
        release(client, discipline)
    client.professional_help = 0.0


def calls_in_from(client: "Client") -> float:
    """Severity from which the plan calls in a professional."""
    p = client.model.parameters
    return p.network_calls_in if client.made_it_together else p.worker_calls_in


def call_in_if_asked(client: "Client", domain: int) -> None:
    """Engage a professional where a problem is heavy enough for the plan."""
    if not client.in_care or client.level[domain] < calls_in_from(client):
        return
    discipline = client.model.field.discipline[domain]
    if discipline not in client.helpers:
        able = [worker for worker in client.team.workers if worker.discipline == discipline]
        engage(client, client.team.least_loaded(able))


def call_in_where_needed(client: "Client") -> None:
    """Engage professionals for all problems that ask for one."""
    for domain in sorted(client.level):
        call_in_if_asked(client, domain)


def see_professionals_off(client: "Client") -> None:
    """Let helpers go who have nothing left to do; who made the plan stays until the end."""
    needed = {client.model.field.discipline[domain] for domain in client.level}
    if client.plan == WORKER_PLAN:
        needed.add(client.caseworker.discipline)
    for discipline in list(client.helpers):
        if discipline not in needed:
            release(client, discipline)


def be_guided(client: "Client") -> None:
    """Receive the week's guidance."""
    if not client.in_care:
        return
    per_level = client.model.parameters.guidance_per_level
    covered = 0.0
    for domain, level in client.level.items():
        if helper := client.helper(domain):
            covered += level * helper.share_guidance
            helper.spends(level * helper.share_guidance * per_level, client)
    client.professional_help = covered / client.severity if client.level else 0.0
