"""From a town to a world of rows: settle the people, staff the teams, hand out the policies."""

import math
from collections.abc import Iterable, Mapping

import numpy as np

from simulation import field
from simulation.errors import KringError, nearest
from simulation.outcomes import NAMES
from simulation.parameters import Parameters
from simulation.people import (
    draw_clients,
    draw_networks,
    draw_traits,
    log_odds_of_problems,
)
from simulation.policy import Policy
from simulation.rows import (
    CLIENT,
    COORDINATOR,
    ENTRANCES,
    EPISODE,
    GIVEN,
    MEMBER,
    PROFESSIONAL,
    TEAM,
    TIE,
    World,
    empty_rows,
)
from simulation.town import Town

FEWEST_HOURS = 4.0  # a week, of anybody who works for clients at all
SPECIALIST = [field.DISCIPLINES.index(d) for d in ("mental health", "addiction", "disability")]


def policy_rows(policies: Iterable[Policy]) -> np.recarray:
    """Policies as a table of rows."""
    return np.array([policy.row() for policy in policies], Policy.row_type()).view(np.recarray)


def settle(town: Town, parameters: Parameters, seed: int) -> World:
    """Draw the people of a town and staff its teams; nothing has happened yet.

    The same town, parameters and seed give the same people, whatever policy they will meet.
    """
    given = np.zeros(1, GIVEN).view(np.recarray)
    given[0] = (
        seed,
        parameters.row(),
        town.row(),
        field.domains(parameters, town.severity),
        field.tie_kinds(parameters),
    )
    clients = empty_rows(CLIENT, town.clients)
    teams = empty_rows(TEAM, town.teams)
    log_odds = np.array(
        [
            log_odds_of_problems(mean, town.problems_spread)
            for mean in (town.problems_team, town.problems_conference)
        ]
    )
    n_ties = draw_clients(clients, teams, log_odds, given)
    bound_teams(teams, clients)
    ties = empty_rows(TIE, n_ties)
    members = empty_rows(MEMBER, n_ties)
    n_members = draw_networks(clients, ties, members, teams, given)
    return World(
        clients=clients,
        ties=ties,
        members=members[:n_members],
        professionals=staff(teams, town, given),
        teams=teams,
        policies=policy_rows([Policy()]),
        given=given,
        weekly=np.zeros((0, len(ENTRANCES), len(NAMES))),
        spread=np.zeros((0, len(ENTRANCES), field.N_DOMAINS + 1), np.int64),
        episodes=empty_rows(EPISODE, 0),
        episode_count=np.zeros(1, np.int64),
    )


def bound_teams(teams: np.recarray, clients: np.recarray) -> None:
    """Note for each team which clients are its own; they stand side by side."""
    teams.id = np.arange(len(teams))
    edges = np.searchsorted(clients.team, np.arange(len(teams) + 1))
    teams.first_client, teams.end_client = edges[:-1], edges[1:]
    if len(teams):
        teams.first_tie = clients.first_tie[np.minimum(edges[:-1], max(len(clients) - 1, 0))]


def part_time(hours: float) -> float:
    """Hours of one person: a town of a few clients has people with time for them too."""
    return max(hours, FEWEST_HOURS) if hours > 0 else 0.0


def staff(teams: np.recarray, town: Town, given: np.recarray) -> np.recarray:
    """Professionals of each team, each discipline at least once, and its coordinators.

    Full-time workers are as many as the year's clients ask for at the town's caseload; their
    hours are divided over the people of the team.
    """
    n_disciplines = len(field.DISCIPLINES)
    tables = []
    first = 0
    for team in range(len(teams)):
        year = (teams.end_client[team] - teams.first_client[team]) * 52 / town.entry_weeks
        full_time = year * town.case_weeks / 52 / town.cases_per_worker
        n = max(n_disciplines, math.ceil(full_time * 1.4))
        hours = year / 100 * town.coordinator_hours
        n_coordinators = math.ceil(hours / 24)
        people = empty_rows(PROFESSIONAL, n + n_coordinators)
        people.discipline[:n] = np.arange(n) % n_disciplines
        people.hours[:n] = part_time(full_time * town.client_hours / n)
        people.role[n:] = COORDINATOR
        people.hours[n:] = part_time(hours / max(n_coordinators, 1))
        people.team = team
        people.id = team * 1000 + np.arange(len(people))
        teams.first_professional[team] = first
        teams.first_coordinator[team] = first + n
        first += len(people)
        teams.end_professional[team] = first
        tables.append(people)
    everyone = np.concatenate(tables) if tables else empty_rows(PROFESSIONAL, 0)
    everyone = everyone.view(np.recarray)
    everyone.rate = np.where(
        np.isin(everyone.discipline, SPECIALIST), town.price_specialist, town.price_regular
    )
    draw_traits(everyone, given)
    return everyone


def adopt(
    world: World,
    policy: Policy | Mapping[str, Policy],
    teams: Mapping[int, Policy] | None = None,
    *,
    copy: bool = True,
) -> World:
    """A copy of the world in which the clients will meet these policies.

    Parameters
    ----------
    world : World
        People as `settle` gave them.
    policy : Policy or mapping
        One for all, or one for each route of entry: ``{"team": ..., "conference": ...}``.
    teams : mapping of int to Policy, optional
        Other policies for single teams.
    copy : bool
        False where nobody else needs these people: the world itself is taken.

    Raises
    ------
    KringError
        For an unknown route of entry or team.
    """
    by_entrance = dict(policy) if isinstance(policy, Mapping) else dict.fromkeys(ENTRANCES, policy)
    for name in by_entrance:
        if name not in ENTRANCES:
            raise KringError(f"no route of entry {name!r}; {nearest(name, ENTRANCES)}")
    for name in ENTRANCES:
        if name not in by_entrance:
            raise KringError(f"the policies say nothing of clients who enter by {name!r}")
    exceptions = dict(teams or {})
    for team in exceptions:
        if not 0 <= team < len(world.teams):
            raise KringError(f"no team {team}; teams are 0 to {len(world.teams) - 1}")
    chosen = [by_entrance[name] for name in ENTRANCES] + list(exceptions.values())
    if copy:
        tables = ("clients", "ties", "members", "professionals")
        world = world._replace(**{name: getattr(world, name).copy() for name in tables})
    clients = world.clients
    clients.policy = clients.entrance
    for position, team in enumerate(exceptions):
        clients.policy[clients.team == team] = len(ENTRANCES) + position
    return world._replace(policies=policy_rows(chosen))
