"""People: the population of a town, drawn client by client with keyed luck."""

import math
from functools import cache

import numpy as np

from kring.simulation.behaviour.problem import (
    ACUTE,
    count_level,
    held_in_place,
    list_problems,
    see_what_feeds_what,
    set_passing,
)
from kring.simulation.behaviour.professional import begins
from kring.simulation.bits import bit
from kring.simulation.compiled import compiled, compiled_and_kept
from kring.simulation.draws import decision, going_with, is_among_highest, normal, uniform
from kring.simulation.field import (
    CLOSE_KIN,
    N_DISCIPLINES,
    N_DOMAINS,
    N_KINDS,
    OTHER_FAMILY,
    PARENTING,
    YOUTH,
)
from kring.simulation.rows import CONFERENCE_ENTRANCE, MAX_TIES, TEAM_ENTRANCE

HEAVINESS = decision("people: heaviness")
HOW_MANY = decision("people: number of problems")
WHICH = decision("people: which problems")
LEVEL = decision("people: level of a problem")
PASSES = decision("people: problem would pass")
PEAK = decision("people: problem at a peak")
WHEN = decision("people: week of entry")
AGE = decision("people: age")
SCHOOL = decision("people: school")
ASSISTANCE = decision("people: social assistance")
CHILDREN = decision("people: children at home")
HOW_MANY_CHILDREN = decision("people: how many children")
SELF_RELIANCE = decision("people: self-reliance")
BARRIER = decision("people: asking barrier")
NETWORK = decision("people: size of the network")
KIND = decision("people: tie type")
CLOSENESS = decision("people: closeness")
SPARE = decision("people: spare hours")
ACQUAINTED = decision("people: who knows whom")
SHARED = decision("people: member shared with another client")
WHOSE = decision("people: whose member")
DOES = decision("people: does what (s)he can")

USUAL_SEVERITY = 10.0  # levels, at which the network has its mean size
USUAL_AGE, AGE_SPREAD = 45.0, 19.0  # years: mean and standard deviation of what is drawn here


@compiled
def share_of(client, domain, domains):
    """Relative chance that the next problem is in this domain: what goes with those there (M12)."""
    if client.level[domain] > 0:
        return 0.0
    if client.children == 0 and domain in (PARENTING, YOUTH):
        return 0.0
    return domains.weight[domain] + 0.5 * held_in_place(client, domain, domains)


@compiled
def share_with_children(client, town):
    """Share with children at home among those who enter by the client's route."""
    by_conference = client.entrance == CONFERENCE_ENTRANCE
    return town.children_conference if by_conference else town.children_team


@compiled
def share_with_little_school(client, town):
    """Share with at most secondary school among those who enter by the client's route."""
    by_conference = client.entrance == CONFERENCE_ENTRANCE
    return town.school_conference if by_conference else town.school_team


@compiled
def draw_age(client, town, seed):
    """Parents are at most 54; some of the others are old."""
    luck = uniform(seed, AGE, client.id, 0)
    if client.children > 0:
        return int(18.0 + 37.0 * luck)
    if luck < town.older:
        return int(75.0 + 21.0 * luck / town.older)
    return int(18.0 + 57.0 * (luck - town.older) / (1.0 - town.older))


@compiled
def draw_background(client, town, heaviness, seed):
    """Age, school, income, household, self-reliance, asking barrier, week of entry.

    What goes with heaviness goes with the number of problems; the shares stay what they are.
    """
    who = client.id
    conference = client.entrance == CONFERENCE_ENTRANCE
    little_school = going_with(seed, SCHOOL, who, heaviness, town.school_with_problems)
    school = share_with_little_school(client, town)
    client.low_education = is_among_highest(little_school, school)
    poverty = going_with(seed, ASSISTANCE, who, heaviness, town.assistance_with_problems)
    assistance = town.assistance_conference if conference else town.assistance_team
    client.assistance = is_among_highest(poverty, assistance)
    if uniform(seed, CHILDREN, who, 0) < share_with_children(client, town):
        client.children = 1 + int(uniform(seed, HOW_MANY_CHILDREN, who, 0) * 3.0)
    client.age = draw_age(client, town, seed)
    need = going_with(seed, SELF_RELIANCE, who, heaviness, town.dependence_with_problems)
    client.self_reliance = min(1.0, max(0.0, 0.5 - 0.2 * need))
    client.asking_barrier = min(1.0, max(0.0, 0.6 + 0.2 * normal(seed, BARRIER, who, 0)))
    client.does = uniform(seed, DOES, who, 0) < town.does_what_can
    client.entry_week = int(uniform(seed, WHEN, who, 0) * town.entry_weeks)
    client.provision_end = -1
    client.placed_until = -1
    client.comes_week = -1
    client.plan_week = -1
    client.begins_week = -1
    client.meets_week = -1
    client.lapsed_week = -1
    client.closed_week = -1
    client.left_week = -1
    client.caseworker = -1
    client.coordinator = -1
    for discipline in range(N_DISCIPLINES):
        client.helpers[discipline] = -1


@compiled
def draw_number(client, town, log_odds, heaviness, seed):
    """How many problems: one, and one more for each other domain that is as heavy."""
    chance = 1.0 / (1.0 + math.exp(-log_odds - town.problems_spread * heaviness))
    number = 1
    for further in range(1, N_DOMAINS):
        if uniform(seed, HOW_MANY, client.id * N_DOMAINS + further, 0) < chance:
            number += 1
    return min(number, N_DOMAINS if client.children > 0 else N_DOMAINS - 2)


@compiled
def draw_problems(client, town, domains, log_odds, heaviness, parameters, times, seed):
    """How many problems, in which domains (bundled), how severe, and whether they would pass.

    Each domain has a time, drawn once, that runs faster the more weight the domain has: the next
    problem is where it is over first.
    """
    for domain in range(N_DOMAINS):
        luck = uniform(seed, WHICH, client.id * N_DOMAINS + domain, 0)
        times[domain] = -math.log(1.0 - luck)
    for _ in range(draw_number(client, town, log_odds, heaviness, seed)):
        draw_problem(client, town, next_domain(client, domains, times), domains, parameters, seed)
        list_problems(client)
    see_what_feeds_what(client, domains, parameters)


@compiled
def next_domain(client, domains, times):
    """Where the next problem is: the domain whose time is over first."""
    best = -1
    soonest = math.inf
    for domain in range(N_DOMAINS):
        weight = share_of(client, domain, domains)
        if weight > 0.0 and times[domain] / weight < soonest:
            best, soonest = domain, times[domain] / weight
    return best


@compiled
def draw_problem(client, town, domain, domains, parameters, seed):
    """Severity of one problem, and whether it lasts, passes, or is at a peak (M24)."""
    key = client.id * N_DOMAINS + domain
    level = town.severity + 0.8 * normal(seed, LEVEL, key, 0)
    count_level(client, domain, max(1, min(ACUTE, int(level + 0.5))))
    lasting = uniform(seed, PASSES, key, 0) < domains.lasting[domain]
    at_peak = uniform(seed, PEAK, key, 0) < parameters.entry_peak
    set_passing(client, domain, not lasting or at_peak)


@compiled
def sociability(client, town, seed):
    """A standard normal number: lower for who is older or has little school."""
    age = (client.age - USUAL_AGE) / AGE_SPREAD
    share = share_with_little_school(client, town)
    spread = math.sqrt(share * (1.0 - share))
    school = ((1.0 if client.low_education else 0.0) - share) / spread if spread > 0.0 else 0.0
    own = 1.0 - town.age_with_network**2 - town.school_with_network**2
    number = math.sqrt(own) * normal(seed, NETWORK, client.id, 0)
    return number - town.age_with_network * age - town.school_with_network * school


@compiled
def skewed(mean, relative_spread, number):
    """A gamma-distributed number with this mean, from a normal one (Wilson and Hilferty 1931)."""
    ninth = relative_spread * relative_spread / 9.0
    return mean * max(0.0, 1.0 - ninth + math.sqrt(ninth) * number) ** 3


@compiled
def draw_network_size(client, town, parameters, seed):
    """Size of the latent network: those with most problems have least (M11); a few have nobody."""
    client.n_ties = 0
    mean = town.network * (1.0 - parameters.need_repels * (client.severity - USUAL_SEVERITY) / 10.0)
    if mean > 0.0:
        spread = town.network_spread / town.network
        size = skewed(mean, spread, sociability(client, town, seed))
        client.n_ties = min(MAX_TIES, int(size + 0.5))


@compiled
def family_beyond_usual(client, town):
    """How much larger the share of family is in the networks of those with children, or smaller."""
    share = share_with_children(client, town)
    return town.children_with_family * ((1.0 if client.children > 0 else 0.0) - share)


@compiled
def share_of_kind(kind, kinds, more_family):
    """Share of a tie type in a network with so much more family than is usual."""
    family = kinds.share[CLOSE_KIN] + kinds.share[OTHER_FAMILY]
    if kind in (CLOSE_KIN, OTHER_FAMILY):
        return kinds.share[kind] * (family + more_family) / family
    return kinds.share[kind] * (1.0 - family - more_family) / (1.0 - family)


@compiled
def draw_tie(tie, kinds, more_family, seed):
    """Tie type and closeness."""
    luck = uniform(seed, KIND, tie.id, 0)
    kind = 0
    while kind < N_KINDS - 1 and luck >= share_of_kind(kind, kinds, more_family):
        luck -= share_of_kind(kind, kinds, more_family)
        kind += 1
    tie.kind = kind
    closeness = kinds.closeness[kind] + 0.15 * normal(seed, CLOSENESS, tie.id, 0)
    tie.closeness = min(1.0, max(0.05, closeness))


@compiled
def draw_acquaintance(ties, first, n, town, seed):
    """Who knows whom within one network: more within a tie type than between."""
    for i in range(n):
        for j in range(i):
            one, other = ties[first + i], ties[first + j]
            chance = town.acquainted if one.kind == other.kind else town.acquainted / 2.0
            if uniform(seed, ACQUAINTED, one.id, j) < chance:
                one.knows |= bit(j)
                other.knows |= bit(i)


@compiled_and_kept
def draw_clients(clients, first, n, n_teams, log_odds, town, domains, parameters, times, seed):
    """Clients from the ``first`` of all ``n`` on, without their networks.

    ``times`` is room for a number a domain. Returns the number of ties they will have.
    """
    ties = 0
    for c in range(len(clients)):
        client = clients[c]
        who = first + c
        client.id = who
        before = int(who * town.conference_share)
        client.entrance = (
            CONFERENCE_ENTRANCE
            if int((who + 1) * town.conference_share) > before
            else TEAM_ENTRANCE
        )
        client.team = who * n_teams // n
        heaviness = normal(seed, HEAVINESS, client.id, 0)
        draw_background(client, town, heaviness, seed)
        odds = log_odds[client.entrance]
        draw_problems(client, town, domains, odds, heaviness, parameters, times, seed)
        draw_network_size(client, town, parameters, seed)
        client.first_tie = ties
        ties += int(client.n_ties)
    return ties


@compiled
def is_in(ties, first, end, member):
    """Whether a member is already in a network."""
    for t in range(first, end):  # noqa: SIM110
        if ties[t].member == member:
            return True
    return False


@compiled_and_kept
def draw_networks(clients, ties, members, teams, town, kinds, seed):
    """The ties of all clients and the members behind them; some members have several clients.

    Returns the number of members.
    """
    n_members = 0
    for t in range(len(teams)):
        if teams[t].first_client < len(clients):
            teams[t].first_tie = clients[teams[t].first_client].first_tie
    for c in range(len(clients)):
        client = clients[c]
        team = teams[client.team]
        more_family = family_beyond_usual(client, town)
        for place in range(client.n_ties):
            t = client.first_tie + place
            tie = ties[t]
            tie.id = client.id * MAX_TIES + place
            draw_tie(tie, kinds, more_family, seed)
            tie.member = -1
            neighbours = client.first_tie - team.first_tie  # ties of those drawn before
            if neighbours > 0 and uniform(seed, SHARED, tie.id, 0) < town.shared_members:
                luck = uniform(seed, WHOSE, tie.id, 0)
                member = ties[team.first_tie + int(luck * neighbours)].member
                if not is_in(ties, client.first_tie, t, member):
                    tie.member = member
            if tie.member < 0:
                tie.member = n_members
                member = members[n_members]
                member.id = tie.id
                member.felt_week = -1
                spare = math.exp(town.spare_spread * normal(seed, SPARE, tie.id, 0))
                member.spare_hours = max(0.1, town.spare_hours * spare)
                n_members += 1
        draw_acquaintance(ties, client.first_tie, client.n_ties, town, seed)
    return n_members


@compiled_and_kept
def draw_traits(professionals, seed):
    """What each professional believes and knows, as the policy's shares will read it."""
    for w in range(len(professionals)):
        begins(professionals[w], seed)


@cache
def log_odds_of_problems(mean: float, spread: float) -> float:
    """Log odds at which clients have this mean number of problems out of 13, at least one each."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(40)
    weights = weights / weights.sum()
    low, high = -12.0, 12.0
    for _ in range(60):
        middle = (low + high) / 2
        part = weights @ (1 / (1 + np.exp(-middle - spread * nodes)))
        low, high = (middle, high) if 1 + (N_DOMAINS - 1) * part < mean else (low, middle)
    return middle
