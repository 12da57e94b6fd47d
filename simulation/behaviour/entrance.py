"""How people come in: early or late, by themselves or by referral, with what is told (M18, M24)."""

from kring.simulation import episodes
from kring.simulation.behaviour import problem, referral
from kring.simulation.bits import bit, has
from kring.simulation.calendar import WEEKS_A_YEAR
from kring.simulation.compiled import compiled, compiled_apart
from kring.simulation.draws import decision, uniform
from kring.simulation.field import N_DOMAINS
from kring.simulation.rows import CONFERENCE_ENTRANCE, OUTSIDE

FOUND_EARLY = decision("policy: found early")
BREWS = decision("a level is still to come")
BREWED = decision("what was brewing comes, or is averted")
REFERRED = decision("policy: can come only by referral")
WAY_THERE = decision("weeks of the way to the team")
HESITATES = decision("client hesitates to come")
NOT_TOLD = decision("problem is not told at the door")
TO_LIGHT = decision("hidden problem comes to light")

PER_TEN = 10.0  # clients a year


@compiled
def share_found_early(team, policy, parameters):
    """Share of people in need whom outreach and collective work find early (M19, M26)."""
    per_hour = parameters.places_per_hour
    collective = team.places / per_hour if per_hour > 0.0 else 0.0
    per_ten = collective * PER_TEN / (team.clients_a_week * WEEKS_A_YEAR)
    share = policy.outreach * team.reached + parameters.group_detects * per_ten
    return min(1.0, share)


@compiled
def is_found_early(client, team, policy, parameters, seed):
    """Whether somebody of the team or the neighbourhood comes before the client would."""
    return uniform(seed, FOUND_EARLY, client.id, 0) < share_found_early(team, policy, parameters)


@compiled_apart
def comes_early(world, client, client_row, week):
    """Come in while part of the problems is still brewing (M18)."""
    seed = world.seed
    parameters = world.parameters
    for domain in range(N_DOMAINS):
        luck = uniform(seed, BREWS, client.id * N_DOMAINS + domain, 0)
        if client.level[domain] > 0 and luck < parameters.brewing:
            client.brewing |= bit(domain)
            level = client.level[domain] - 1
            if level == 0:
                client.had &= ~bit(domain)  # it has not come yet
            problem.set_level(client, domain, level, world.domains, parameters)
    client.found_early = True
    if week < len(world.municipality):
        world.municipality[week].found_early += 1.0
    detail = 1 if client.brewing else 0
    episodes.log(world, week, client_row, episodes.FOUND_EARLY, detail, client.problems)


@compiled_apart
def what_brews_comes(world, client, client_row, week):
    """What was brewing when a client was found early comes, or help averts it."""
    seed = world.seed
    parameters = world.parameters
    domains = world.domains
    help_there = max(client.network_help, client.professional_help)
    for domain in range(N_DOMAINS):
        if has(client.brewing, domain):
            luck = uniform(seed, BREWED, client.id * N_DOMAINS + domain, week)
            luck *= parameters.brewing_weeks
            if luck < 1.0:
                client.brewing &= ~bit(domain)
                if luck >= help_there and client.level[domain] < problem.ACUTE:
                    if client.level[domain] == 0:
                        kind = episodes.PROBLEM_CAME
                        episodes.log(world, week, client_row, kind, domain, client.problems)
                    problem.set_level(client, domain, client.level[domain] + 1, domains, parameters)
                    referral.call_in_if_asked(world, client, domain, week)


@compiled
def needs_referral(client, policy, seed):
    """Whether the client can come in only with a referral (M24)."""
    return uniform(seed, REFERRED, client.id, 0) < policy.referral_only


@compiled
def put_off_by_the_wait(team, town):
    """Share of people in need whom the length of the queue puts off (M19)."""
    return min(1.0, town.put_off_by_wait * team.waiting / team.clients_a_week)


@compiled
def hesitates(client, team, town, policy, seed):
    """Whether the client comes only when it cannot go on; a low threshold helps (M18)."""
    usual = town.hesitant * (1.0 - policy.low_threshold)
    chance = usual + (1.0 - usual) * put_off_by_the_wait(team, town)
    return uniform(seed, HESITATES, client.id, 0) < chance


@compiled_apart
def comes_to_the_team(world, client, client_row, team, week):
    """Whether the client comes in in the very week in which the need arises."""
    parameters = world.parameters
    seed = world.seed
    policy = world.policies[client.policy]
    if client.entrance == CONFERENCE_ENTRANCE:
        return True
    if is_found_early(client, team, policy, parameters, seed):
        comes_early(world, client, client_row, week)
        return True
    if needs_referral(client, policy, seed):
        way = 1 + int(uniform(seed, WAY_THERE, client.id, 0) * parameters.referral_weeks)
        client.comes_week = week + way
        return False
    return not hesitates(client, team, world.town, policy, seed)


@compiled
def has_come(client, week):
    """Whether who was not at the team yet comes now: the way is over, or it cannot go on."""
    if client.stage != OUTSIDE:
        return False
    if client.comes_week >= 0:
        return week >= client.comes_week
    return problem.heaviest(client) == problem.ACUTE


@compiled_apart
def tells_at_the_door(world, client):
    """Tell the heaviest problem; others may stay hidden, fewer by a low threshold (M18)."""
    parameters = world.parameters
    policy = world.policies[client.policy]
    told = 0
    for i in range(client.problems):
        if client.level[client.present[i]] > client.level[client.present[told]]:
            told = i
    chance = parameters.hidden_at_door * (1.0 - policy.low_threshold)
    for i in range(client.problems):
        domain = client.present[i]
        luck = uniform(world.seed, NOT_TOLD, client.id * N_DOMAINS + domain, 0)
        if i != told and luck < chance:
            client.hidden |= bit(domain)


@compiled
def comes_to_light(client, domain, parameters, seed, week):
    """Whether a hidden problem comes to light this week (M18)."""
    return uniform(seed, TO_LIGHT, client.id * N_DOMAINS + domain, week) < parameters.comes_to_light
