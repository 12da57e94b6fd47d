"""Clients of whom something is told: that stands, and the rest is drawn given it.

The draws are those of everybody (`people`), by the same rules and with the same luck; only what
hangs on what is told comes out otherwise. Nothing told is the client that the town would have had.

What is inferred: children from household, age and problems; how many problems there are from the
domains that are told, and from that number the heaviness that goes with school, income and
self-reliance; the network from age and problems. Age and problems aren't inferred from a network.
"""

import math
from functools import cache

import numpy as np

from kring.simulation.behaviour.problem import (
    ACUTE,
    count_level,
    list_problems,
    see_what_feeds_what,
)
from kring.simulation.compiled import compiled, compiled_and_kept
from kring.simulation.draws import normal, uniform
from kring.simulation.field import N_DOMAINS, PARENTING, YOUTH
from kring.simulation.people import (
    CHILDREN,
    HEAVINESS,
    HOW_MANY,
    HOW_MANY_CHILDREN,
    WHICH,
    draw_age,
    draw_background,
    draw_network_size,
    draw_number,
    draw_problem,
    next_domain,
    share_with_children,
)

NOT_TOLD = -1
THERE = 5  # a problem whose level isn't told
WITHOUT, WITH = range(2)  # children at home
TOGETHER, ALL, OPEN = range(3)  # rows of room to count in

TOLD = np.dtype(
    [
        ("age", "i2"),
        ("children", "i2"),  # how many
        ("with_children", "i1"),  # whether there are
        ("members", "i2"),  # of the network
        ("entry_week", "i2"),
        ("level", "i1", (N_DOMAINS,)),
    ],
)

# Heaviness of those with a number of problems, at steps of that of everybody.
LOWEST, STEP, STEPS = -4.0, 0.1, 81
CHANCES = np.dtype(
    [
        ("number", "f8", (2, N_DOMAINS + 1)),  # by whether there are children
        ("heaviness", "f8", (2, N_DOMAINS + 1, STEPS)),
        ("odds", "f8", (2, N_DOMAINS)),  # of each domain to be among them
    ]
)


@cache
def chances_of(log_odds: tuple[float, ...], spread: float, pull: tuple[float, ...]) -> np.recarray:
    """How often clients have a number of problems, how heavy they are, and in which domains.

    Numbers and heaviness are those of `draw_number`, by Bayes: 13 domains are possible, 11 for who
    has no children at home.

    Parameters
    ----------
    log_odds, spread : tuple of float, float
        By which numbers are drawn, of each route of entry.
    pull : tuple of float
        How much each domain draws problems (`pull_of`).

    Returns
    -------
    recarray
        A record of `CHANCES` for each route.
    """
    routes = np.zeros(len(log_odds), CHANCES).view(np.recarray)
    for route, odds in enumerate(log_odds):
        count_chances(routes[route], odds, spread, pull)
    return routes


def count_chances(row: np.record, log_odds: float, spread: float, pull: tuple[float, ...]) -> None:
    """Fill in the chances of a route."""
    heaviness = np.linspace(-8, 8, 3201)
    weight = np.exp(-(heaviness**2) / 2)
    weight /= weight.sum()
    chance = 1 / (1 + np.exp(-log_odds - spread * heaviness))
    further = N_DOMAINS - 1
    usual = LOWEST + STEP * np.arange(STEPS)
    below = np.array([(1 + math.erf(z / math.sqrt(2))) / 2 for z in usual])
    for children in (WITHOUT, WITH):
        pulls = np.array([p * can_have(d, children) for d, p in enumerate(pull)])
        most = np.count_nonzero(pulls)
        parts = np.zeros((most + 1, len(heaviness)))
        for k in range(further + 1):
            ways = math.comb(further, k)
            parts[min(k + 1, most)] += ways * chance**k * (1 - chance) ** (further - k) * weight
        for number in range(1, most + 1):
            up_to = parts[number].cumsum()
            row["number"][children, number] = up_to[-1]
            row["heaviness"][children, number] = np.interp(below, up_to / up_to[-1], heaviness)
        row["odds"][children] = odds_of(pulls, row["number"][children] @ np.arange(N_DOMAINS + 1))


def odds_of(pull: np.ndarray, number: float) -> np.ndarray:
    """Odds of each domain to be among so many, where the next problem is whose time is over first.

    By a moment at which so many times are over, on average.
    """
    low, high = 0.0, 20.0
    for _ in range(60):
        moment = (low + high) / 2
        over = (1 - np.exp(-pull * moment)).sum()
        low, high = (moment, high) if over < number else (low, moment)
    return np.expm1(pull * moment)


def pull_of(domains: np.record) -> tuple[float, ...]:
    """How much each domain draws problems, beside others of which half are there (`share_of`)."""
    return tuple(domains["weight"] + 0.5 * domains["feeds"].sum(axis=0) / 2)


@compiled
def can_have(domain, children):
    """Whether who has children at home, or has not, can have a problem in this domain."""
    return children == WITH or domain not in (PARENTING, YOUTH)


@compiled
def tells_of_problems(told):
    """Whether anything is told of problems."""
    for domain in range(N_DOMAINS):  # noqa: SIM110
        if told.level[domain] != NOT_TOLD:
            return True
    return False


@compiled
def add_ways(rooms, row, weight):
    """One more domain: the ways to choose 0, 1, 2... of those until now, each by its weight."""
    for number in range(N_DOMAINS, 0, -1):
        rooms[row, number] += rooms[row, number - 1] * weight


@compiled
def weigh_numbers(told, children, chances, rooms):
    """Chance of each number of problems together with the domains that are told.

    Of all ways to choose so many domains, each counting by the odds of its domains, those count
    in which what is told is chosen and what is told not to be there isn't. The chances come to
    stand in ``rooms``, in the row `TOGETHER`; returns their sum.
    """
    for number in range(N_DOMAINS + 1):
        rooms[TOGETHER, number] = 0.0
        rooms[ALL, number] = rooms[OPEN, number] = 1.0 if number == 0 else 0.0
    there, odds = 0, 1.0
    for domain in range(N_DOMAINS):
        if told.level[domain] > 0:
            there += 1
            odds *= chances.odds[children, domain]
        if can_have(domain, children):
            add_ways(rooms, ALL, chances.odds[children, domain])
            if told.level[domain] == NOT_TOLD:
                add_ways(rooms, OPEN, chances.odds[children, domain])
    total = 0.0
    for number in range(max(1, there), N_DOMAINS + 1):
        if rooms[ALL, number] > 0.0:
            part = odds * rooms[OPEN, number - there] / rooms[ALL, number]
            rooms[TOGETHER, number] = chances.number[children, number] * part
            total += rooms[TOGETHER, number]
    return total


@compiled
def share_with_children_at(age, share, town):
    """Share with children at home among those of an age, where that is ``share`` of everybody.

    By Bayes, from the ages that `draw_age` gives to parents and to others.
    """
    if age > 54:
        return 0.0
    with_children = share / 37.0
    return with_children / (with_children + (1.0 - share) * (1.0 - town.older) / 57.0)


@compiled
def has_children(client, told, town, chances, rooms, seed):
    """Whether there are children at home: as told, or drawn given age and problems."""
    if told.with_children != NOT_TOLD:
        return told.with_children == WITH
    share = share_with_children(client, town)
    if told.age != NOT_TOLD:
        share = share_with_children_at(told.age, share, town)
    if tells_of_problems(told):
        with_children = share * weigh_numbers(told, WITH, chances, rooms)
        without = (1.0 - share) * weigh_numbers(told, WITHOUT, chances, rooms)
        share = with_children / (with_children + without) if with_children > 0.0 else 0.0
    return uniform(seed, CHILDREN, client.id, 0) < share


@compiled
def number_of_children(client, told, some, seed):
    """How many children there are at home: as told, or drawn where there are some."""
    if told.children != NOT_TOLD:
        return int(told.children)
    return 1 + int(uniform(seed, HOW_MANY_CHILDREN, client.id, 0) * 3.0) if some else 0


@compiled
def number_of_problems(client, told, children, chances, rooms, seed):
    """How many problems there are in all, drawn given those that are told."""
    left = weigh_numbers(told, children, chances, rooms)
    left *= uniform(seed, HOW_MANY, client.id * N_DOMAINS, 0)
    last = 0
    for number in range(1, N_DOMAINS + 1):
        if rooms[TOGETHER, number] > 0.0:
            last = number
            left -= rooms[TOGETHER, number]
            if left < 0.0:
                return number
    return last


@compiled
def heaviness_of(usual, number, children, chances):
    """Heaviness of who has so many problems, and as much of it among those as ``usual`` of all."""
    place = min(max((usual - LOWEST) / STEP, 0.0), STEPS - 1.001)
    below = int(place)
    part = place - below
    table = chances.heaviness
    return table[children, number, below] * (1.0 - part) + table[children, number, below + 1] * part


@compiled
def forget_problems(client):
    """Take away the problems that were drawn when nothing was told yet."""
    client.problems = client.severity = 0
    client.had = client.passing = 0
    for domain in range(N_DOMAINS):
        client.level[domain] = client.present[domain] = 0


@compiled
def settle_problems(client, told, number, town, domains, parameters, times, seed):
    """The problems that are told, and others up to this number in domains of which nothing is."""
    for domain in range(N_DOMAINS):
        luck = uniform(seed, WHICH, client.id * N_DOMAINS + domain, 0)
        times[domain] = -math.log(1.0 - luck) if told.level[domain] == NOT_TOLD else math.inf
        if told.level[domain] > 0:
            draw_problem(client, town, domain, domains, parameters, seed)
            if told.level[domain] <= ACUTE:
                count_level(client, domain, int(told.level[domain]))
    list_problems(client)
    while client.problems < number:
        draw_problem(client, town, next_domain(client, domains, times), domains, parameters, seed)
        list_problems(client)
    see_what_feeds_what(client, domains, parameters)


@compiled_and_kept
def draw_told(clients, told, log_odds, chances, town, domains, parameters, times, rooms, seed):
    """Let what is told of clients stand, and draw the rest given it.

    ``clients`` are as `draw_clients` gave them; ``told`` has a row for each. ``chances`` has a
    record for each route of entry; ``times`` is room for a number a domain, ``rooms`` for one more
    than that, three times.
    """
    for c in range(len(clients)):
        client, known = clients[c], told[c]
        odds, usual = log_odds[client.entrance], chances[client.entrance]
        some = has_children(client, known, town, usual, rooms, seed)
        children = WITH if some else WITHOUT
        heaviness = normal(seed, HEAVINESS, client.id, 0)
        forget_problems(client)
        client.children = 0
        number = 0
        if tells_of_problems(known):
            number = number_of_problems(client, known, children, usual, rooms, seed)
            heaviness = heaviness_of(heaviness, number, children, usual)
        draw_background(client, town, heaviness, seed)
        client.children = number_of_children(client, known, some, seed)
        client.age = known.age if known.age != NOT_TOLD else draw_age(client, town, seed)
        if known.entry_week != NOT_TOLD:
            client.entry_week = known.entry_week
        if number == 0:
            number = draw_number(client, town, odds, heaviness, seed)
        settle_problems(client, known, number, town, domains, parameters, times, seed)
        draw_network_size(client, town, parameters, seed)
        if known.members != NOT_TOLD:
            client.n_ties = known.members
