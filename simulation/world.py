"""From a town to a world of rows: settle the people, staff the teams, hand out the policies."""

import math
from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

import numpy as np

from kring.simulation import field, field_tables
from kring.simulation.behaviour import places
from kring.simulation.behaviour.organising import meet_policies
from kring.simulation.behaviour.pace import work_at
from kring.simulation.errors import KringError, nearest, shown
from kring.simulation.outcomes import CLIENT_SUMS, MUNICIPAL_SUMS, no_weeks
from kring.simulation.own_clients.networks import let_networks_stand
from kring.simulation.parameters import Parameters
from kring.simulation.people import (
    draw_clients,
    draw_networks,
    draw_traits,
    log_odds_of_problems,
)
from kring.simulation.policy import Policies, Policy
from kring.simulation.records.rows import copied, stacked
from kring.simulation.rows import (
    AGENCY,
    CLIENT,
    COORDINATOR,
    ENTRANCES,
    EPISODE,
    MEMBER,
    PROFESSIONAL,
    TEAM,
    TIE,
    World,
    empty_rows,
    row_type,
)
from kring.simulation.settings import preset
from kring.simulation.told import chances_of, draw_told, pull_of
from kring.simulation.town import Town

PERSONS_PER_FULL_TIME = 1.25  # many work part-time
FEWEST_HOURS = 4.0  # a week, of anybody who works for clients at all


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


def at_pace(parameters: Parameters, length: float, hours: float) -> np.record:
    """The strengths as they work where cases last, and take hours, so many times the usual."""
    strengths = parameters.record()
    work_at(strengths, parameters.record(), float(length), float(hours))
    return strengths


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

    Returns
    -------
    World
        Rows of clients, members, ties, professionals and teams, for `simulate`.

    Raises
    ------
    KringError
        For unknown names, and what is no seed.

    Examples
    --------
    >>> people = settle("class", "fitted", seed=1)
    >>> len(people.clients), int(people.seed)
    (100, 1)
    """
    check_seed(seed)
    town, parameters = preset(Town, town), preset(Parameters, parameters)
    here = range(town.teams) if teams is None else teams
    first = first_client(town, here.start)
    seed = int(seed)
    by = goes_by(town, parameters)
    clients = empty_rows(CLIENT, first_client(town, here.stop) - first)
    odds = log_odds(town)
    n_ties = draw_clients(
        clients, first, town.clients, town.teams, odds, by.town, by.domains,
        by.parameters, np.empty(field.N_DOMAINS), seed,
    )  # fmt: skip
    people = town.clients_from and town.clients_from.at_teams(town.teams)
    if people:
        told = people.told_of(first, clients.entry_week, town.entry_weeks)
        n_ties = let_stand(told, clients, odds, town, by, seed)
    all_teams = empty_teams(town, here)
    professionals = staff(all_teams, here, town, by.domains)
    draw_traits(professionals, seed)
    ties = empty_rows(TIE, n_ties)
    members = empty_rows(MEMBER, n_ties)
    n_members = draw_networks(clients, ties, members, all_teams, by.town, by.kinds, seed)
    world = World(
        clients=clients,
        ties=ties,
        members=members[:n_members],
        professionals=professionals,
        teams=all_teams,
        policies=policy_rows([policy_of_the_file()]),
        **by._asdict(),
        extensions=places.none(),
        seed=seed,
        weekly=no_weeks(CLIENT_SUMS, len(ENTRANCES)),
        spread=np.zeros((0, len(ENTRANCES), field.N_DOMAINS + 1), np.int64),
        municipality=no_weeks(MUNICIPAL_SUMS),
        episodes=empty_rows(EPISODE, 0),
        episode_count=np.zeros(1, np.int64),
    )
    return let_networks_stand(world, people.ties_of(first, len(clients))) if people else world


class GoesBy(NamedTuple):
    """What the weeks of a town go by: a record each."""

    parameters: np.record
    town: np.record
    domains: np.record
    kinds: np.record
    provisions: np.record


def goes_by(town: Town, parameters: Parameters) -> GoesBy:
    """What the weeks of a town go by, with these strengths."""
    return GoesBy(
        parameters=at_pace(parameters, town.case_length, town.case_hours),
        town=town.record(),
        domains=field_tables.domains(parameters, town.severity, town.field).copy(),
        kinds=field_tables.tie_kinds(parameters, town.field).copy(),
        provisions=field_tables.provisions(town.field).copy(),
    )


def log_odds(town: Town) -> np.ndarray:
    """Log odds of a further problem, by route of entry."""
    means = town.problems_team, town.problems_conference
    return np.array([log_odds_of_problems(mean, town.problems_spread) for mean in means])


def let_stand(
    told: np.ndarray, clients: np.recarray, odds: np.ndarray, town: Town, by: GoesBy, seed: int
) -> int:
    """Let what is told of clients who were drawn stand; returns the number of their ties."""
    chances = chances_of(tuple(odds.tolist()), town.problems_spread, pull_of(by.domains))
    draw_told(
        clients, told.view(np.recarray), odds, chances, by.town, by.domains, by.parameters,
        np.empty(field.N_DOMAINS), np.empty((3, field.N_DOMAINS + 1)), seed,
    )  # fmt: skip
    ends = clients.n_ties.cumsum(dtype=np.int64)
    clients.first_tie = ends - clients.n_ties
    return int(ends[-1]) if len(ends) else 0


def empty_teams(town: Town, here: range) -> np.recarray:
    """The teams of a town, and of those that are ``here`` the clients, who stand side by side."""
    teams = empty_rows(TEAM, town.teams)
    teams.id = np.arange(len(teams))
    edges = np.array([first_client(town, team) for team in range(len(teams) + 1)])
    edges = edges.clip(edges[here.start], edges[here.stop]) - edges[here.start]
    teams.first_client, teams.end_client = edges[:-1], edges[1:]
    return teams


def part_time(hours: float) -> float:
    """Hours of one person: a town of a few clients has people with time for them too."""
    return max(hours, FEWEST_HOURS) if hours > 0 else 0.0


def staff(teams: np.recarray, here: range, town: Town, domains: np.record) -> np.recarray:
    """Professionals of each team: workers of each discipline, coordinators, and agencies behind it.

    Only those of the teams that are ``here``.

    Full-time workers are as many as the year's clients ask for at the town's caseload; their
    hours are divided over the people of the team.
    """
    tables = [np.zeros(0, row_type(PROFESSIONAL))]
    first = 0
    asked = what_is_asked(town, domains)
    rows = teams.view(np.ndarray)
    for team in here:
        clients = int(rows["end_client"][team] - rows["first_client"][team])
        rows["clients_a_week"][team] = clients / town.entry_weeks
        people, n, n_coordinators = staff_of_team(
            team, clients * 52 / town.entry_weeks, town, asked
        )
        rows["first_professional"][team] = first
        rows["first_coordinator"][team] = first + n
        rows["first_agency"][team] = first + n + n_coordinators
        first += len(people)
        rows["end_professional"][team] = first
        tables.append(people)
    everyone = stacked(tables)
    everyone.here = everyone.contract = everyone.hours
    everyone.trade = everyone.discipline
    return everyone


def what_is_asked(town: Town, domains: np.record) -> np.ndarray:
    """Share of the year's problems that is each discipline's: teams are made for what comes."""
    weights = domains["weight"].copy()
    weights[[field.PARENTING, field.YOUTH]] *= town.children_team
    return np.bincount(domains["discipline"], weights, minlength=len(field.DISCIPLINES))


def staff_of_team(
    team: int, year: float, town: Town, asked: np.ndarray
) -> tuple[np.ndarray, int, int]:
    """Professionals of one team with so many clients a year: workers, coordinators, agencies.

    Returns them in this order, the number of workers, and the number of coordinators.
    """
    n_disciplines = len(field.DISCIPLINES)
    full_time = year * town.case_weeks / 52 / town.cases_per_worker
    n = max(n_disciplines, math.ceil(full_time * PERSONS_PER_FULL_TIME))
    for_networks = year / 100 * town.coordinator_hours
    n_coordinators = max(1, math.ceil(for_networks / 24))
    # A plain array: a thousand small runs should not wait for attributes of records.
    people = np.zeros(n + n_coordinators + n_disciplines, row_type(PROFESSIONAL))
    workers, others = people[:n], people[n:]
    coordinators, agencies = others[:n_coordinators], others[n_coordinators:]
    workers["discipline"] = np.arange(n) % n_disciplines
    part = asked[workers["discipline"]]
    hours = full_time * town.client_hours * part / part.sum()
    workers["hours"] = [part_time(float(h)) for h in hours]
    coordinators["role"] = COORDINATOR
    coordinators["hours"] = part_time(for_networks / n_coordinators)
    agencies["role"] = AGENCY
    agencies["discipline"] = np.arange(n_disciplines)
    agencies["hours"] = year / 100 * town.agency_hours
    people["team"] = team
    people["id"] = team * 1000 + np.arange(len(people))
    return people, n, n_coordinators


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
    apart = np.full(len(world.teams), -1)
    for position, team in enumerate(exceptions):
        apart[team] = len(ENTRANCES) + position
    policies = policy_rows(chosen, begin)
    meet_policies(world, policies, apart)
    return world._replace(policies=policies)
