"""Who else helps: a colleague of the team, or an agency behind it that can refuse (M23, M25)."""

from kring.simulation import episodes, money
from kring.simulation.behaviour import professional as a_professional
from kring.simulation.behaviour.problem import ACUTE
from kring.simulation.bits import bit, count, has
from kring.simulation.calendar import is_turn_of
from kring.simulation.compiled import compiled, compiled_apart
from kring.simulation.draws import decision, uniform
from kring.simulation.field import MENTAL_HEALTH, N_DISCIPLINES
from kring.simulation.rows import NETWORK_PLAN

COVERS_MORE = decision("helper covers another field too")
TO_AGENCY = decision("policy: a call goes to an agency")
ONE_PLAN = decision("policy: one plan is kept for the household")
WITHOUT_MENTAL_HEALTH = decision("policy: team has no mental-health worker")
REFUSES = decision("agency refuses the client")
PASSES_ON = decision("agency passes the client on")
DUTY = decision("policy: duty to accept")

HOURS_A_PLACE = 0.5  # a week, of an agency's time for one client
FULL_OF_PROBLEMS = 4.0  # heavy problems at which an agency refuses with its full chance
MOST_TIMES = 100  # refusals, returns: more are not counted
DECIDES = 4  # an agency decides once in so many weeks


@compiled
def lacks_mental_health(team, policy, seed):
    """Whether a team (its number) has no mental-health worker (M23)."""
    if policy.no_mental_health == 0.0:
        return False
    return uniform(seed, WITHOUT_MENTAL_HEALTH, team, 0) < policy.no_mental_health


@compiled
def works_with_agencies(policy):
    """Whether any call goes to an agency."""
    return policy.agencies > 0.0 or policy.no_mental_health > 0.0


@compiled
def goes_to_agency(client, team, discipline, policy, seed):
    """Whether a call for a discipline goes to an agency instead of to a colleague."""
    if discipline == MENTAL_HEALTH and lacks_mental_health(team.id, policy, seed):
        return True
    identity = client.id * N_DISCIPLINES + discipline
    return uniform(seed, TO_AGENCY, identity, 0) < policy.agencies


@compiled_apart
def call_in(world, client, domain, week):
    """Engage a colleague of the discipline that a domain asks for, or ask an agency."""
    discipline = world.domains.discipline[domain]
    if client.helpers[discipline] >= 0 or has(client.referred, discipline):
        return
    if is_covered(world, client, discipline):
        return
    team = world.teams[client.team]
    policy = world.policies[team.policy]
    if goes_to_agency(client, team, discipline, policy, world.seed):
        client.referred |= bit(discipline)
        # The coordinating professional, if there is one, keeps one plan from then on (M25).
        luck = uniform(world.seed, ONE_PLAN, client.id, 0)
        client.one_plan = luck < policy.one_plan
        return
    row = a_professional.worker_with_most_room(world, team, discipline)
    if row >= 0:
        a_professional.engage(world, client, row, discipline)


@compiled
def has_plan_of_the_network(client):
    """Whether the network made the plan, and carries it out."""
    return client.plan == NETWORK_PLAN and client.carried_out


@compiled
def is_covered(world, client, discipline):
    """Whether a worker who helps covers this as well: a network's plan keeps few helpers (E27)."""
    if not has_plan_of_the_network(client):
        return False
    luck = uniform(world.seed, COVERS_MORE, client.id * N_DISCIPLINES + discipline, 0)
    if luck >= world.parameters.covers_more:
        return False
    row = a_professional.helper_who_covers(world, client)
    if row >= 0:
        a_professional.engage(world, client, row, discipline)
    return row >= 0


@compiled
def calls_in_from(client, parameters):
    """Severity from which this plan calls in a professional: the network's asks for less (M14)."""
    if has_plan_of_the_network(client):
        return parameters.network_calls_in
    return parameters.worker_calls_in


@compiled_apart
def call_in_if_asked(world, client, domain, week):
    """Call in a professional for a known problem that is heavy enough for this plan."""
    if not a_professional.is_with_team(client) or a_professional.is_hidden(client, domain):
        return
    if client.level[domain] >= calls_in_from(client, world.parameters):
        call_in(world, client, domain, week)


@compiled_apart
def call_in_where_needed(world, client, week):
    """Call in professionals for all problems that ask for one."""
    for domain in range(len(client.level)):
        if client.level[domain] > 0:
            call_in_if_asked(world, client, domain, week)


@compiled_apart
def heavy_problems(client, parameters):
    """Number of heavy problems."""
    number = 0
    for i in range(client.problems):
        if client.level[client.present[i]] >= parameters.heavy:
            number += 1
    return number


@compiled
def is_turned_away(client, discipline, chance, name, policy, seed, week):
    """Whether an agency says no, and no duty to accept stands in the way (M23)."""
    identity = client.id * N_DISCIPLINES + discipline
    if uniform(seed, name, identity, week) >= chance:
        return False
    return uniform(seed, DUTY, identity, week) >= policy.accept_duty


@compiled
def once_more(times):
    """One time more, as far as is counted."""
    return min(MOST_TIMES, times + 1)


@compiled
def has_place(agency):
    """Whether an agency has a place left."""
    return (agency.cases + 1) * HOURS_A_PLACE <= agency.hours


@compiled_apart
def agency_decides(world, client, client_row, discipline, week):
    """Take a referred client in, if there is a place, or refuse one with many heavy problems."""
    parameters = world.parameters
    team = world.teams[client.team]
    policy = world.policies[team.policy]
    row = team.first_agency + discipline
    agency = world.professionals[row]
    if not has_place(agency):
        return  # the client stays on the agency's list
    heavy = heavy_problems(client, parameters)
    chance = parameters.agency_refuses * min(1.0, heavy / FULL_OF_PROBLEMS)
    if is_turned_away(client, discipline, chance, REFUSES, policy, world.seed, week):
        client.refused = once_more(client.refused)
        episodes.log(world, week, client_row, episodes.REFUSAL, discipline, heavy)
        return
    client.referred &= ~bit(discipline)
    a_professional.engage(world, client, row, discipline)
    money.spend(world, client, week, money.SPECIALIST, parameters.agency_intake * agency.rate)
    episodes.log(world, week, client_row, episodes.REFERRAL, discipline, client.problems)


@compiled_apart
def agency_passes_on(world, client, client_row, discipline, week):
    """Send a client away who has an acute problem: the referral begins anew (M23)."""
    parameters = world.parameters
    policy = world.policies[world.teams[client.team].policy]
    acute = False
    for i in range(client.problems):
        domain = client.present[i]
        if world.domains.discipline[domain] == discipline:
            acute = acute or client.level[domain] == ACUTE
    if acute and is_turned_away(
        client, discipline, parameters.agency_passes_on, PASSES_ON, policy, world.seed, week
    ):
        a_professional.disengage(world, client, discipline)
        client.referred |= bit(discipline)
        client.refused = once_more(client.refused)
        heavy = heavy_problems(client, parameters)
        episodes.log(world, week, client_row, episodes.PASSED_ON, discipline, heavy)


@compiled_apart
def agencies_decide(world, client, client_row, week):
    """Agencies take in, refuse and pass on."""
    for discipline in range(N_DISCIPLINES):
        if has(client.referred, discipline) and is_turn_of(client.id, week, DECIDES):
            agency_decides(world, client, client_row, discipline, week)
        elif has(client.at_agency, discipline):
            agency_passes_on(world, client, client_row, discipline, week)


@compiled
def further_plans(client):
    """Number of plans beside the team's: one for each agency."""
    return count(client.at_agency)


@compiled
def tuning_wanted(client, parameters):
    """Hours a week for tuning plans to each other; half where one plan is kept (M25)."""
    return parameters.tuning_hours * further_plans(client) * (0.5 if client.one_plan else 1.0)


@compiled
def effect_of_tuning(client, parameters):
    """What contradicting plans leave of the effect of professional help (M25)."""
    if client.at_agency == 0 or client.one_plan:
        return 1.0
    left = 1.0
    for _ in range(further_plans(client)):
        left *= 1.0 - parameters.contradiction
    return left
