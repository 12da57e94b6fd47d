"""A team's week: who is at work, who is taken in from the waiting list, where the hours go."""

import math

from kring.simulation import money
from kring.simulation.behaviour import case, referral
from kring.simulation.behaviour import professional as a_professional
from kring.simulation.calendar import WEEKS_A_YEAR
from kring.simulation.choices import (
    ADMINISTRATION,
    COLLECTIVE,
    HEAVIEST_FIRST,
    INTAKE,
    OUTREACH,
    YOUTH_FIRST,
)
from kring.simulation.compiled import compiled, compiled_apart
from kring.simulation.draws import decision, four_uniforms
from kring.simulation.rows import GUIDED, WAITING, WORKER_PLAN

COMES_TO_WORK = decision("worker is ill, or leaves")

SUCCESSOR = 1_000_000_000  # what the identity of who comes in somebody's place is higher


@compiled_apart
def comes_to_work(world, team, row, week):
    """Be at work, or away: ill, or gone and not replaced yet (M19)."""
    worker = world.professionals[row]
    town = world.town
    if week >= worker.back:
        luck = four_uniforms(world.seed, COMES_TO_WORK, worker.id, week)
        ill = town.sick_leave / ((1.0 - town.sick_leave) * town.sick_weeks)
        if luck[0] < town.staff_turnover / WEEKS_A_YEAR:
            leaves(world, team, row, week)
        elif luck[1] < ill:
            length = -math.log(1.0 - luck[2]) * (town.sick_weeks - 0.5)
            worker.back = week + 1 + int(length)
    worker.here = worker.hours if week >= worker.back else 0.0


@compiled_apart
def leaves(world, team, row, week):
    """Leave for good: colleagues take over the cases, and the place is vacant for a while."""
    worker = world.professionals[row]
    worker.back = week + int(world.town.weeks_to_fill)
    worker.here = 0.0
    for c in range(team.first_client, team.end_client):
        client = world.clients[c]
        if client.caseworker == row and WAITING <= client.stage <= GUIDED:
            passes_on(world, team, client, week)
    worker.id += SUCCESSOR
    a_professional.begins(worker, world.seed)


@compiled_apart
def passes_on(world, team, client, week):
    """Give a case to the colleague with most room; who still has to help is called in anew."""
    a_professional.leaves_client(world, client, client.caseworker)
    a_professional.gives_up_the_case(world, client)
    new = a_professional.worker_with_most_room(world, team, a_professional.ANY)
    a_professional.holds_the_case(world, client, new, week)
    if a_professional.is_with_team(client):
        theirs = world.professionals[new].discipline
        if client.plan == WORKER_PLAN and client.helpers[theirs] < 0:
            a_professional.engage(world, client, new, theirs)
        referral.call_in_where_needed(world, client, week)


@compiled
def full_time(world):
    """Hours a week of a full-time worker."""
    return max(1.0, world.town.client_hours)


@compiled_apart
def has_room(world, team, policy, parameters):
    """Row of the worker who can take in one more: hours for an intake, and cases below the limit.

    Of those, the one with most hours per case; -1 for none.
    """
    best = -1
    most = -1.0
    for row in range(team.first_professional, team.first_coordinator):
        worker = world.professionals[row]
        if worker.here <= 0.0:
            continue
        limit = policy.caseload_limit * worker.hours / full_time(world)
        if policy.caseload_limit > 0.0 and worker.held >= limit:
            continue
        intake = worker.wanted[INTAKE]
        if intake > 0.0 and intake + parameters.talk_hours > worker.here:
            continue
        if a_professional.room(worker) > most:
            best = row
            most = a_professional.room(worker)
    return best


@compiled
def comes_before(client, other, order):
    """Whether a client is taken in before another, by the order of the queue."""
    if order == HEAVIEST_FIRST and client.severity != other.severity:
        return client.severity > other.severity
    if order == YOUTH_FIRST and (client.children > 0) != (other.children > 0):
        return client.children > 0
    return client.opened_week < other.opened_week


@compiled_apart
def next_in_line(world, team, policy, week):
    """Row of the client who is taken in next, of those whose talk can be planned; -1 for nobody."""
    order = int(policy.queue_order)
    best = -1
    for c in range(team.first_client, team.end_client):
        client = world.clients[c]
        if client.stage != WAITING or client.caseworker >= 0 or week < client.intake_week:
            continue
        if best < 0 or comes_before(client, world.clients[best], order):
            best = c
    return best


@compiled_apart
def take_in(world, team, week):
    """Take in from the waiting list those for whom there is room (M17, M19)."""
    parameters = world.parameters
    policy = world.policies[team.policy]
    while team.waiting > 0:
        row = has_room(world, team, policy, parameters)
        c = next_in_line(world, team, policy, week) if row >= 0 else -1
        if c < 0:
            return
        client = world.clients[c]
        a_professional.holds_the_case(world, client, row, week)
        team.waiting -= 1
        if client.accepted and client.plan_week < 0:
            case.begin_to_prepare(world, client, week)
        else:
            world.professionals[row].wanted[INTAKE] += case.talk_wanted(client, parameters)


@compiled
def accounting_wanted(worker, policy, parameters):
    """Hours that accounting for the cases takes, more under steering (M20)."""
    steering = policy.input_steering + policy.outcome_steering
    return worker.held * (parameters.usual_accounting + parameters.accounting_hours * steering)


@compiled_apart
def work_beside_cases(world, team, worker, policy):
    """Note the hours wanted for accounting, groups and outreach."""
    parameters = world.parameters
    workers = team.first_coordinator - team.first_professional
    part = worker.hours / full_time(world)
    worker.wanted[ADMINISTRATION] = accounting_wanted(worker, policy, parameters)
    worker.wanted[COLLECTIVE] = policy.collective_hours * part
    to_reach = policy.outreach * team.clients_a_week / workers
    worker.wanted[OUTREACH] = to_reach * parameters.outreach_hours


@compiled_apart
def use_of_the_week(world, team, week):
    """See what the hours for outreach and groups came to, and book what they cost."""
    wanted = 0.0
    given = 0.0
    team.collective = 0.0
    for row in range(team.first_professional, team.first_coordinator):
        worker = world.professionals[row]
        wanted += worker.wanted[OUTREACH]
        given += worker.wanted[OUTREACH] * worker.share[OUTREACH]
        team.collective += worker.wanted[COLLECTIVE] * worker.share[COLLECTIVE]
        accounting = worker.wanted[ADMINISTRATION] * worker.share[ADMINISTRATION]
        money.book(world, week, money.TEAM, accounting * worker.rate)
    team.reached = given / wanted if wanted > 0.0 else 0.0
    town = world.town
    hours = given + team.collective
    money.book(world, week, money.NEIGHBOURHOOD, hours * town.price_regular)
    policy = world.policies[team.policy]
    campaigns = policy.campaign_workers + policy.campaign_clients
    spent = campaigns * team.clients_a_week * town.price_campaign
    money.book(world, week, money.CAMPAIGN, spent)
