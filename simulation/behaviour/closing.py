"""The end of a case: light enough, the norm, letting go, coming back, checking in (M17)."""

import math

from kring.simulation import episodes, money
from kring.simulation.behaviour import case, network, places, problem, referral
from kring.simulation.behaviour import professional as a_professional
from kring.simulation.calendar import WEEKS_A_YEAR
from kring.simulation.choices import PLANS_WORK
from kring.simulation.compiled import compiled, compiled_apart
from kring.simulation.draws import decision, uniform
from kring.simulation.rows import CLOSED, GUIDED, NETWORK_PLAN

STRICT = decision("policy: the case closes at the norm whatever is left")
HANDED_OVER = decision("policy: the case is handed over to the network")
CLOSES = decision("worker and client end the case")
COMES_BACK = decision("client comes back after closing")
CHECKED = decision("check-in takes place")
RENEWED = decision("short provision is renewed")

NOT_YET_READY = -1
ROUNDING = 1e-9


@compiled
def norm(client, policy):
    """Weeks in which the case should be closed."""
    return policy.closing_youth if client.children > 0 else policy.closing_adult


@compiled
def is_past_the_norm(client, policy, week):
    """Whether the case should have been closed by now."""
    return week - client.opened_week >= norm(client, policy)


@compiled
def is_light(client, parameters):
    """Whether so little is left that the case can be closed: few problems, and none heavy."""
    if client.problems > parameters.light_problems:
        return False
    return problem.heaviest(client) < parameters.keeps_open


@compiled_apart
def ends_by_policy(client, policy, seed):
    """How the policy ends a case at the norm: a code of `episodes.CLOSINGS`, or -1."""
    if policy.strict_norm > 0.0 and uniform(seed, STRICT, client.id, 0) < policy.strict_norm:
        return episodes.AT_THE_NORM
    if client.supporters > 0 and uniform(seed, HANDED_OVER, client.id, 0) < policy.hand_over:
        return episodes.HANDED_OVER
    return NOT_YET_READY


@compiled
def closeness(client, parameters, week):
    """Closeness of worker and client: it grows with the weeks in which the worker helps.

    In a plan that the network made and carries out, the caseworker is no helper.
    """
    if client.plan == NETWORK_PLAN and client.carried_out:
        return 0.0
    return 1.0 - math.exp(-(week - client.with_worker) / parameters.closeness_weeks)


@compiled
def lets_go(client, policy, parameters, week):
    """Share of the chance to close that closeness leaves, more where outcome counts (M17, M20)."""
    held = parameters.letting_go * closeness(client, parameters, week)
    return 1.0 - held * (1.0 - parameters.letting_go_by_outcome * policy.outcome_steering)


@compiled
def readiness(client, policy, parameters, week):
    """Weekly chance that worker and client would end the case, if they could let go (E68, E69).

    Best where nothing is left or little, seldom with problems left; the norm presses.
    """
    if client.problems == 0:
        chance = parameters.closes_when_solved
    elif is_light(client, parameters):
        chance = parameters.closes_when_light
    else:
        chance = parameters.closes_with_problems
    if is_past_the_norm(client, policy, week):
        chance *= parameters.norm_presses
    return min(1.0, chance)


@compiled
def can_close(client, policy, parameters, seed, week):
    """Whether the case closes this week, and why: a code of `episodes.CLOSINGS`, or -1."""
    if client.stage != GUIDED:
        return NOT_YET_READY
    if is_past_the_norm(client, policy, week):
        ended = ends_by_policy(client, policy, seed)
        if ended >= 0:
            return ended
    luck = uniform(seed, CLOSES, client.id, week)
    ready = readiness(client, policy, parameters, week)
    if luck >= ready or luck >= ready * lets_go(client, policy, parameters, week):
        return NOT_YET_READY
    return episodes.BETTER if is_light(client, parameters) else episodes.PROBLEMS_LEFT


@compiled_apart
def close(world, client, client_row, why, week):
    """Close the case: the professionals leave, the supporters are still there."""
    episodes.log(world, week, client_row, episodes.CLOSING, why, client.problems)
    a_professional.take_leave(world, client)
    a_professional.gives_up_the_case(world, client)
    case.end_outside_guidance(world, client)
    client.stage = CLOSED
    client.closed_week = week
    client.left_with = client.severity
    client.provision_end = -1


@compiled_apart
def provision_ends(world, client, client_row, week):
    """End a short provision: the help stops, or is renewed where problems are left."""
    parameters = world.parameters
    policy = world.policies[client.policy]
    granted = uniform(world.seed, RENEWED, client.id, week) < parameters.renewed
    if client.problems > 0 and granted:
        client.provision_end = week + int(policy.provision_weeks)
        client.renewing = True
        episodes.log(world, week, client_row, episodes.RENEWAL, 1, client.problems)
    else:
        episodes.log(world, week, client_row, episodes.RENEWAL, 0, client.problems)
        close(world, client, client_row, episodes.PROVISION_ENDED, week)


@compiled
def chance_to_come_back(client, parameters, week):
    """Weekly chance to find the way back with a heavy problem: it fades with time (E70, E71)."""
    return parameters.comes_back * math.exp((client.closed_week - week) / parameters.return_fades)


@compiled_apart
def come_back(world, client, client_row, week):
    """Come back with a heavy problem, to the end of the queue (M17)."""
    parameters = world.parameters
    if problem.heaviest(client) < parameters.heavy:
        return
    chance = chance_to_come_back(client, parameters, week)
    chance = places.changed(world, places.TO_COME_BACK, chance, client_row, week)
    if uniform(world.seed, COMES_BACK, client.id, week) >= chance:
        return
    episodes.log(world, week, client_row, episodes.RETURN, 0, client.problems)
    client.returns = referral.once_more(client.returns)
    client.opened_week = week
    client.caseworker = -1
    client.hours_talked = 0.0
    case.waits(world, client, week)


@compiled
def is_checked(client, policy, week):
    """Whether a closed case gets its light check-in this week (M17)."""
    if policy.check_ins <= 0.0 or client.caseworker < 0:
        return False
    since = week - client.closed_week
    if not 0 < since <= WEEKS_A_YEAR:
        return False
    a_week = policy.check_ins / WEEKS_A_YEAR
    return int(since * a_week + ROUNDING) > int((since - 1) * a_week + ROUNDING)


@compiled_apart
def check_in(world, client, client_row, week):
    """Look in on a client: what has come back is taken up at once by the same worker (M17)."""
    parameters = world.parameters
    worker = world.professionals[client.caseworker]
    share = worker.share[PLANS_WORK]
    hours = parameters.check_in_hours * share
    a_professional.spends_time(world, client, worker, hours, money.TEAM, week)
    if uniform(world.seed, CHECKED, client.id, week) >= share:
        return  # not enough time to see anything
    found = client.severity > client.left_with and problem.heaviest(client) >= parameters.heavy
    episodes.log(world, week, client_row, episodes.CHECK_IN, 1 if found else 0, client.problems)
    if found:
        client.returns = referral.once_more(client.returns)
        episodes.log(world, week, client_row, episodes.RETURN, 1, client.problems)
        client.opened_week = week
        a_professional.holds_the_case(world, client, client.caseworker, week)
        network.take_up_plan(world, client, week)
