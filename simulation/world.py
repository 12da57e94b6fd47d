"""From a town to a world of rows: settle the people, staff the teams, hand out the policies."""

import math
from collections.abc import Iterable, Mapping
from functools import cache

import numpy as np

from simulation import field
from simulation.behaviour.referral import lacks_mental_health
from simulation.errors import KringError, nearest, shown
from simulation.outcomes import CLIENT_SUMS, MUNICIPAL_SUMS, no_weeks
from simulation.parameters import Parameters
from simulation.people import (
    draw_clients,
    draw_networks,
    draw_traits,
    log_odds_of_problems,
)
from simulation.policy import Policies, Policy
from simulation.records.rows import copied
from simulation.rows import (
    AGENCY,
    CLIENT,
    COORDINATOR,
    ENTRANCES,
    EPISODE,
    GENERALIST,
    MEMBER,
    PROFESSIONAL,
    TEAM,
    TIE,
    World,
    empty_rows,
)
from simulation.settings import preset
from simulation.told import chances_of, draw_told, pull_of
from simulation.town import Town

PERSONS_PER_FULL_TIME = 1.25  # many work part-time
CLOSES = ("closes_when_solved", "closes_when_light", "closes_with_problems")  # weekly chances
FEWEST_HOURS = 4.0  # a week, of anybody who works for clients at all
SPECIALIST = [field.DISCIPLINES.index(d) for d in ("mental health", "addiction", "disability")]


def policy_rows(policies: Iterable[Policy], begin: int = 0) -> np.recarray:
    """Policies that begin in a week, as a table of rows."""
    rows = np.array([policy.row() for policy in policies], Policy.row_type())
    rows["begins"] = begin
    return rows.view(np.recarray)


@cache
def policy_of_the_file() -> Policy:
    """The policy that people stand under before they are given theirs."""
    return Policy()


def first_client(town: Town, team: int) -> int:
    """Number of the first client of a team; clients are dealt out over teams evenly, in order."""
    return -(-team * town.clients // max(town.teams, 1))


def at_pace(parameters: Parameters, length: float, hours: float) -> Parameters:
    """The strengths as they work where cases last, and take hours, so many times the usual."""
    if length == hours == 1:
        return parameters
    paced = {name: min(1.0, getattr(parameters, name) / length) for name in CLOSES}
    asked = min(3.0, parameters.guidance_per_level * hours)
    return parameters.replace(**paced, guidance_per_level=asked)


def check_seed(seed: int) -> None:
    """Refuse what is no seed, in one line."""
    if isinstance(seed, bool) or not isinstance(seed, int | np.integer) or not 0 <= seed < 2**63:
        raise KringError(f"seed = {shown(seed)} is not possible: it takes a whole number from 0 on")


def settle(
    town: str | Town, parameters: str | Parameters, seed: int, teams: range | None = None
) -> World:
    """Draw the people of a town and staff its teams; nothing has happened yet.

    The same town, parameters and seed give the same people, whatever policy they will meet.

    Parameters
    ----------
    town : str or Town
        The town, or the name of a preset.
    parameters : str or Parameters
        Strengths of the mechanisms, or the name of a set.
    seed : int
        Seed of the run.
    teams : range, optional
        Settle only these teams, where memory is short: their people are those of the whole town.

    Raises
    ------
    KringError
        For unknown names, and what is no seed.
    """
    check_seed(seed)
    town, parameters = preset(Town, town), preset(Parameters, parameters)
    here = range(town.teams) if teams is None else teams
    first = first_client(town, here.start)
    seed = int(seed)
    parameters = at_pace(parameters, town.case_length, town.case_hours)
    strengths, facts = parameters.record(), town.record()
    domains = field.domains(parameters, town.severity).copy()
    kinds = field.tie_kinds(parameters).copy()
    clients = empty_rows(CLIENT, first_client(town, here.stop) - first)
    all_teams = empty_rows(TEAM, town.teams)
    log_odds = np.array(
        [
            log_odds_of_problems(mean, town.problems_spread)
            for mean in (town.problems_team, town.problems_conference)
        ]
    )
    n_ties = draw_clients(
        clients, first, town.clients, town.teams, log_odds, facts, domains, strengths,
        np.empty(field.N_DOMAINS), seed,
    )  # fmt: skip
    if town.clients_from is not None:
        told = town.clients_from.told_of(first, clients.entry_week, town.entry_weeks)
        n_ties = let_stand(told, clients, log_odds, town, facts, domains, strengths, seed)
    bound_teams(all_teams, clients)
    ties = empty_rows(TIE, n_ties)
    members = empty_rows(MEMBER, n_ties)
    n_members = draw_networks(clients, ties, members, all_teams, facts, kinds, seed)
    return World(
        clients=clients,
        ties=ties,
        members=members[:n_members],
        professionals=staff(all_teams, here, town, domains, seed),
        teams=all_teams,
        policies=policy_rows([policy_of_the_file()]),
        parameters=strengths,
        town=facts,
        domains=domains,
        kinds=kinds,
        provisions=field.provisions().copy(),
        seed=seed,
        weekly=no_weeks(CLIENT_SUMS, len(ENTRANCES)),
        spread=np.zeros((0, len(ENTRANCES), field.N_DOMAINS + 1), np.int64),
        municipality=no_weeks(MUNICIPAL_SUMS),
        episodes=empty_rows(EPISODE, 0),
        episode_count=np.zeros(1, np.int64),
    )


def let_stand(
    told: np.ndarray,
    clients: np.recarray,
    log_odds: np.ndarray,
    town: Town,
    facts: np.record,
    domains: np.record,
    strengths: np.record,
    seed: int,
) -> int:
    """Let what is told of clients who were drawn stand; returns the number of their ties."""
    chances = chances_of(tuple(log_odds.tolist()), town.problems_spread, pull_of(domains))
    draw_told(
        clients, told.view(np.recarray), log_odds, chances, facts, domains, strengths,
        np.empty(field.N_DOMAINS), np.empty((3, field.N_DOMAINS + 1)), seed,
    )  # fmt: skip
    ends = clients.n_ties.cumsum(dtype=np.int64)
    clients.first_tie = ends - clients.n_ties
    return int(ends[-1]) if len(ends) else 0


def bound_teams(teams: np.recarray, clients: np.recarray) -> None:
    """Note for each team which clients are its own; they stand side by side."""
    teams.id = np.arange(len(teams))
    edges = np.searchsorted(clients.team, np.arange(len(teams) + 1))
    teams.first_client, teams.end_client = edges[:-1], edges[1:]
    if len(clients):
        teams.first_tie = clients.first_tie[np.minimum(edges[:-1], len(clients) - 1)]


def part_time(hours: float) -> float:
    """Hours of one person: a town of a few clients has people with time for them too."""
    return max(hours, FEWEST_HOURS) if hours > 0 else 0.0


def staff(
    teams: np.recarray, here: range, town: Town, domains: np.record, seed: int
) -> np.recarray:
    """Professionals of each team: workers of each discipline, coordinators, and agencies behind it.

    Only those of the teams that are ``here``.

    Full-time workers are as many as the year's clients ask for at the town's caseload; their
    hours are divided over the people of the team.
    """
    tables = []
    first = 0
    asked = what_is_asked(town, domains)
    for team in here:
        clients = int(teams.end_client[team] - teams.first_client[team])
        teams.clients_a_week[team] = clients / town.entry_weeks
        people, n, n_coordinators = staff_of_team(
            team, clients * 52 / town.entry_weeks, town, asked
        )
        teams.first_professional[team] = first
        teams.first_coordinator[team] = first + n
        teams.first_agency[team] = first + n + n_coordinators
        first += len(people)
        teams.end_professional[team] = first
        tables.append(people)
    everyone = np.concatenate(tables) if tables else empty_rows(PROFESSIONAL, 0)
    everyone = everyone.view(np.recarray)
    everyone.rate = rates(everyone, town.price_regular, town.price_specialist)
    everyone.here = everyone.contract = everyone.hours
    everyone.trade = everyone.discipline
    draw_traits(everyone, seed)
    return everyone


def rates(workers: np.ndarray, regular: float, specialist: float) -> np.ndarray:
    """Tariff of each: specialist for some disciplines, and for whoever works at an agency."""
    dear = np.isin(workers["discipline"], SPECIALIST) | (workers["role"] == AGENCY)
    return np.where(dear, specialist, regular)


def what_is_asked(town: Town, domains: np.record) -> np.ndarray:
    """Share of the year's problems that is each discipline's: teams are made for what comes."""
    weights = domains["weight"].copy()
    weights[[field.PARENTING, field.YOUTH]] *= town.children_team
    return np.bincount(domains["discipline"], weights, minlength=len(field.DISCIPLINES))


def staff_of_team(
    team: int, year: float, town: Town, asked: np.ndarray
) -> tuple[np.recarray, int, int]:
    """Professionals of one team with so many clients a year: workers, coordinators, agencies.

    Returns them in this order, the number of workers, and the number of coordinators.
    """
    n_disciplines = len(field.DISCIPLINES)
    full_time = year * town.case_weeks / 52 / town.cases_per_worker
    n = max(n_disciplines, math.ceil(full_time * PERSONS_PER_FULL_TIME))
    for_networks = year / 100 * town.coordinator_hours
    n_coordinators = max(1, math.ceil(for_networks / 24))
    people = empty_rows(PROFESSIONAL, n + n_coordinators + n_disciplines)
    workers, others = people[:n], people[n:]
    coordinators, agencies = others[:n_coordinators], others[n_coordinators:]
    workers.discipline = np.arange(n) % n_disciplines
    part = asked[workers.discipline]
    hours = full_time * town.client_hours * part / part.sum()
    workers.hours = [part_time(float(h)) for h in hours]
    coordinators.role = COORDINATOR
    coordinators.hours = part_time(for_networks / n_coordinators)
    agencies.role = AGENCY
    agencies.discipline = np.arange(n_disciplines)
    agencies.hours = year / 100 * town.agency_hours
    people.team = team
    people.id = team * 1000 + np.arange(len(people))
    return people, n, n_coordinators


def organise(world: World, before: np.recarray) -> None:
    """Give teams, coordinators and agencies the hours that the teams' policies provide for.

    ``before`` are the policies by which the teams worked until now.
    """
    if not len(world.professionals):
        return
    # Plain arrays: a thousand small runs should not wait for attributes of records.
    workers, teams = world.professionals.view(np.ndarray), world.teams.view(np.ndarray)
    here, role = workers["team"], workers["role"]
    policy = world.policies.view(np.ndarray)[teams["policy"]]
    goes_out = (policy["outreach"] > 0) & (before["outreach"] == 0)
    teams["reached"][goes_out] = 1.0
    year = teams["clients_a_week"] * 52 / 100
    n_coordinators = np.maximum(teams["first_agency"] - teams["first_coordinator"], 1)
    contracted = policy["outside_guidance_capacity"] * year / n_coordinators
    factor = np.select(
        [role == GENERALIST, role == AGENCY],
        [policy["staffing"][here], policy["agency_places"][here]],
        1.0,
    )
    workers["hours"] = workers["contract"] * factor
    workers["hours"] += np.where(role == COORDINATOR, contracted[here], 0.0)
    workers["here"] = np.where(workers["here"] > 0, workers["hours"], 0.0)
    workers["discipline"] = workers["trade"]
    seed = world.seed
    without = [
        team
        for team in np.flatnonzero(policy["no_mental_health"] > 0)
        if lacks_mental_health(team, world.policies[teams["policy"][team]], seed)
    ]
    others = np.isin(here, without) & (role == GENERALIST)
    others &= workers["trade"] == field.MENTAL_HEALTH
    # Hands without expertise.
    workers["discipline"][others] = field.DISCIPLINES.index("social work")
    prices = world.town.price_regular, world.town.price_specialist
    workers["rate"] = rates(workers, *prices)


def held_by_team(world: World) -> np.ndarray:
    """Cases that the workers of each team hold."""
    workers = world.professionals.view(np.ndarray)
    return np.bincount(workers["team"], workers["held"], len(world.teams))


def restaff(world: World, times: np.ndarray) -> None:
    """Give the workers of each team so many times their hours; their policies stay."""
    workers = world.professionals.view(np.ndarray)
    theirs = workers["role"] == GENERALIST
    workers["contract"][theirs] *= times[workers["team"][theirs]]
    organise(world, world.policies[world.teams.policy])


def by_route(policy: Policies) -> dict[str, Policy]:
    """The policy of each route of entry.

    Raises
    ------
    KringError
        For an unknown route, or one of which nothing is said.
    """
    found = dict(policy) if isinstance(policy, Mapping) else dict.fromkeys(ENTRANCES, policy)
    for name in found:
        if name not in ENTRANCES:
            raise KringError(f"no route of entry {name!r}; {nearest(name, ENTRANCES)}")
    for name in ENTRANCES:
        if name not in found:
            raise KringError(f"the policies say nothing of clients who enter by {name!r}")
    return found


def copy_of(world: World) -> World:
    """The same people in memory of their own."""
    tables = ("clients", "ties", "members", "professionals", "teams")
    return world._replace(**{name: copied(getattr(world, name)) for name in tables})


def adopt(
    world: World,
    policy: Policies,
    teams: Mapping[int, Policy] | None = None,
    *,
    copy: bool = True,
    begin: int = 0,
) -> World:
    """A copy of the world in which the clients will meet these policies from now on.

    Parameters
    ----------
    world : World
        People as `settle` gave them, or a world that has lived.
    policy : Policy or mapping
        One for all, or one for each route of entry: ``{"team": ..., "conference": ...}``.
    teams : mapping of int to Policy, optional
        Other policies for single teams.
    copy : bool
        False where nobody else needs these people: the world itself is taken.
    begin : int
        Week in which the policies begin.

    Raises
    ------
    KringError
        For an unknown route of entry or team.
    """
    by_entrance = by_route(policy)
    exceptions = dict(teams or {})
    for team in exceptions:
        if not isinstance(team, int | np.integer) or not 0 <= team < len(world.teams):
            raise KringError(f"no team {shown(team)}; teams are 0 to {len(world.teams) - 1}")
    chosen = [by_entrance[name] for name in ENTRANCES] + list(exceptions.values())
    if copy:
        world = copy_of(world)
    before = world.policies[world.teams.policy]
    clients = world.clients
    clients.policy = clients.entrance
    world.teams.policy = ENTRANCES.index("team")  # the team works by what its own clients meet
    for position, team in enumerate(exceptions):
        clients.policy[clients.team == team] = len(ENTRANCES) + position
        world.teams.policy[team] = len(ENTRANCES) + position
    world = world._replace(policies=policy_rows(chosen, begin))
    organise(world, before)
    return world
