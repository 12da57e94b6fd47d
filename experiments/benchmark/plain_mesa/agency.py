"""Agencies behind the team: they take in whom it refers, refuse, and pass on."""

from typing import TYPE_CHECKING

from kring.experiments.benchmark.plain_mesa import guidance
from kring.simulation.behaviour.problem import ACUTE
from kring.simulation.behaviour.referral import DECIDES, FULL_OF_PROBLEMS, HOURS_A_PLACE
from kring.simulation.choices import PLANS_WORK

if TYPE_CHECKING:
    from kring.experiments.benchmark.plain_mesa.client import Client


def is_asked(client: "Client", discipline: int) -> bool:
    """Whether a call for a discipline goes to an agency: each client meets the same answer."""
    if discipline not in client.to_agency:
        share = client.team.policy.agencies
        client.to_agency[discipline] = client.random.random() < share
    if not client.to_agency[discipline]:
        return False
    client.referred.add(discipline)
    return True


def answer(client: "Client") -> None:
    """Agencies take in, refuse and pass on."""
    if not client.with_team or not (client.referred or client.at_agencies):
        return
    at_agencies = client.at_agencies
    if client.is_turn(DECIDES):
        for discipline in sorted(client.referred):
            decide(client, discipline)
    for discipline in at_agencies:
        pass_on(client, discipline)


def decide(client: "Client", discipline: int) -> None:
    """Take a referred client in, if there is a place, or refuse one with many heavy problems."""
    p, agency = client.model.parameters, client.team.agencies[discipline]
    if (agency.cases + 1) * HOURS_A_PLACE > agency.hours:
        return  # the client stays on the agency's list
    heavy = sum(level >= p.heavy for level in client.level.values())
    if is_turned_away(client, p.agency_refuses * min(1, heavy / FULL_OF_PROBLEMS)):
        return
    client.referred.discard(discipline)
    guidance.engage(client, agency)
    client.is_charged("specialist", p.agency_intake * agency.rate)


def pass_on(client: "Client", discipline: int) -> None:
    """Send a client away who has an acute problem: the referral begins anew."""
    table = client.model.field
    acute = any(
        level == ACUTE and table.discipline[domain] == discipline
        for domain, level in client.level.items()
    )
    if acute and is_turned_away(client, client.model.parameters.agency_passes_on):
        guidance.release(client, discipline)
        client.referred.add(discipline)


def is_turned_away(client: "Client", chance: float) -> bool:
    """Whether an agency says no, and no duty to accept stands in the way."""
    luck = client.random
    if luck.random() >= chance or luck.random() < client.team.policy.accept_duty:
        return False
    client.refused += 1
    return True


def tuning_wanted(client: "Client") -> float:
    """Hours for tuning plans to each other; half where one plan is kept."""
    hours = client.model.parameters.tuning_hours * len(client.at_agencies)
    return hours / 2 if client.one_plan else hours


def effect_of_tuning(client: "Client") -> float:
    """What contradicting plans leave of the effect of professional help."""
    if client.one_plan:
        return 1.0
    return (1 - client.model.parameters.contradiction) ** len(client.at_agencies)


def tune_plans(client: "Client") -> None:
    """Tune plans to each other in the hours that the caseworker has for it."""
    if client.at_agencies:
        worker = client.caseworker
        worker.spends(tuning_wanted(client) * worker.share[PLANS_WORK], client)
