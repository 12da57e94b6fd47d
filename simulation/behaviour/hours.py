"""The hours of a week: what cases ask of professionals, and the work on plans (M2, M19, M25)."""

from kring.simulation import money
from kring.simulation.behaviour import case, referral
from kring.simulation.behaviour import professional as a_professional
from kring.simulation.choices import GUIDANCE, INTAKE, NETWORK, PLANS_WORK
from kring.simulation.compiled import compiled


@compiled
def asks_for_talk(world, client):
    """Ask the caseworker for what is left of the kitchen-table talk."""
    worker = world.professionals[client.caseworker]
    worker.wanted[INTAKE] += case.talk_wanted(client, world.parameters)


@compiled
def asks_for_help(world, client, week):
    """Ask for the hours that an open case needs: network, guidance, plans."""
    parameters = world.parameters
    if case.is_mobilised(client, week):
        worker = world.professionals[case.convener(client)]
        policy = world.policies[client.policy]
        worker.wanted[NETWORK] += case.mobilisation_wanted(client, policy, parameters)
    if client.professionals > 0:
        for i in range(client.problems):
            domain = client.present[i]
            row = client.helpers[world.domains.discipline[domain]]
            if row >= 0 and not a_professional.is_hidden(client, domain):
                wanted = a_professional.guidance_wanted(client, domain, parameters)
                world.professionals[row].wanted[GUIDANCE] += wanted
    if has_plan_work(client):
        worker = world.professionals[client.caseworker]
        worker.wanted[PLANS_WORK] += plan_work_wanted(client, parameters)


@compiled
def asks_for_check_in(world, client):
    """Ask the last caseworker to look in after closing."""
    worker = world.professionals[client.caseworker]
    worker.wanted[PLANS_WORK] += world.parameters.check_in_hours


@compiled
def has_plan_work(client):
    """Whether there are plans to tune to each other, or one to renew."""
    return client.at_agency != 0 or client.renewing


@compiled
def plan_work_wanted(client, parameters):
    """Hours that tuning and renewing plans ask of the caseworker this week."""
    hours = referral.tuning_wanted(client, parameters)
    if client.renewing:
        hours += parameters.renewal_hours
    return hours


@compiled
def work_on_plans(world, client, week):
    """Tune and renew plans in the hours that the caseworker has for it."""
    if has_plan_work(client):
        worker = world.professionals[client.caseworker]
        hours = plan_work_wanted(client, world.parameters) * worker.share[PLANS_WORK]
        a_professional.spends_time(world, client, worker, hours, money.TEAM, week)
        client.renewing = False
