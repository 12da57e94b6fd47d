"""Professionals around a client: whom the plan calls in, what they give, when they go."""

from typing import TYPE_CHECKING

from kring.experiments.benchmark.plain_mesa import agency
from kring.simulation.choices import GUIDANCE
from kring.simulation.rows import WORKER_PLAN

if TYPE_CHECKING:
    from kring.experiments.benchmark.plain_mesa.client import Client
    from kring.experiments.benchmark.plain_mesa.professional import Professional


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
    client.referred.clear()
    client.professional_help = 0.0


def calls_in_from(client: "Client") -> float:
    """Severity from which the plan calls in a professional."""
    p = client.model.parameters
    return p.network_calls_in if client.made_it_together else p.worker_calls_in


def call_in_if_asked(client: "Client", domain: int) -> None:
    """Engage a colleague, or ask an agency, where a known problem is heavy enough for the plan."""
    if not client.with_team or domain in client.hidden:
        return
    if client.level[domain] < calls_in_from(client):
        return
    discipline = client.model.field.discipline[domain]
    if discipline in client.helpers or discipline in client.referred:
        return
    if not agency.is_asked(client, discipline):
        able = [worker for worker in client.team.workers if worker.discipline == discipline]
        engage(client, client.team.least_loaded(able))


def call_in_where_needed(client: "Client") -> None:
    """Engage professionals for all problems that ask for one."""
    for domain in sorted(client.level):
        call_in_if_asked(client, domain)


def see_professionals_off(client: "Client") -> None:
    """Let helpers go who have nothing left to do; who made the plan stays until the end."""
    needed = {client.model.field.discipline[domain] for domain in client.level}
    client.referred &= needed
    for discipline, worker in list(client.helpers.items()):
        holds_case = worker is client.caseworker and client.plan == WORKER_PLAN
        if discipline not in needed and not holds_case:
            release(client, discipline)


def be_guided(client: "Client") -> None:
    """Receive the week's guidance, from the team and from agencies."""
    if not client.with_team:
        return
    per_level = client.model.parameters.guidance_per_level
    covered = 0.0
    for domain, level in client.level.items():
        helper = client.helper(domain)
        if helper and domain not in client.hidden:
            given = level * helper.share[GUIDANCE]
            covered += given
            helper.spends(
                given * per_level, client, "specialist" if helper.is_agency else "guidance"
            )
    client.professional_help = covered / client.severity if client.level else 0.0
    agency.tune_plans(client)
