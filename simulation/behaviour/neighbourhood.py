"""The neighbourhood: groups for who is lonely, and former clients who help others (M26, M9)."""

from kring.simulation import episodes, money
from kring.simulation.behaviour import course, network, problem
from kring.simulation.calendar import QUARTER, WEEKS_A_YEAR, is_turn_of
from kring.simulation.choices import NOTHING_BACK, VOLUNTARY
from kring.simulation.compiled import compiled, compiled_apart
from kring.simulation.draws import decision, uniform
from kring.simulation.field import CLOSE_KIN, PARTICIPATION, SOCIAL_NETWORK
from kring.simulation.rows import GUIDED, NOT_YET, UNMAPPED

JOINS = decision("client joins a group")
LESS_LONELY = decision("group takes away loneliness")
MEETS = decision("client meets somebody in the group")
VOLUNTEERS = decision("former client helps another")

LIGHT_ENOUGH = 3  # levels at most of who is ready to help others


@compiled_apart
def open_groups(world, team, week):
    """Keep places in groups going with the hours of community and team workers (M26)."""
    parameters = world.parameters
    policy = world.policies[team.policy]
    community = policy.community_hours * team.clients_a_week * WEEKS_A_YEAR / 100.0
    team.places = (community + team.collective) * parameters.places_per_hour
    rate = world.town.price_regular
    money.book(world, week, money.NEIGHBOURHOOD, community * rate)


@compiled
def has_groups(team):
    """Whether there are groups, or places in them still taken."""
    return team.places > 0.0 or team.in_group > 0


@compiled
def is_lonely(client):
    """Whether a network or participation is missing."""
    return client.level[SOCIAL_NETWORK] > 0 or client.level[PARTICIPATION] > 0


@compiled_apart
def join_group(world, team, client, client_row, week):
    """Take a free place in a group."""
    parameters = world.parameters
    if uniform(world.seed, JOINS, client.id, week) < parameters.joins_group:
        client.in_group = True
        team.in_group += 1
        alone = 1 if client.supporters == 0 else 0
        episodes.log(world, week, client_row, episodes.JOINS_GROUP, alone, client.problems)


@compiled
def leave_group(team, client):
    """Give the place to somebody else."""
    client.in_group = False
    team.in_group -= 1


@compiled_apart
def feel_less_lonely(world, client, client_row, domain, week):
    """Let the group take a level off what it is for."""
    parameters = world.parameters
    luck = uniform(world.seed, LESS_LONELY, client.id * 2 + (domain == PARTICIPATION), week)
    if client.level[domain] == 0 or luck >= parameters.group_effect:
        return
    level = client.level[domain] - 1
    problem.set_level(client, domain, level, world.domains, parameters)
    client.credit_self += 1.0
    if level == 0:
        course.is_solved(world, client, client_row, domain, week)


@compiled_apart
def meet_somebody(world, client, client_row, week):
    """Come to know somebody of the wider network: a weak tie, and perhaps a supporter (M26)."""
    parameters = world.parameters
    if uniform(world.seed, MEETS, client.id, week) >= parameters.group_ties:
        return
    for t in range(client.first_tie, client.first_tie + client.n_ties):
        tie = world.ties[t]
        if tie.state == UNMAPPED and tie.kind != CLOSE_KIN:
            network.is_mapped(world, client, tie, client_row, week)
            network.ask(world, client, tie, client_row, week)
            return


@compiled_apart
def take_part(world, team, client, client_row, week):
    """Take part in a group, or look for a place in one (M26)."""
    if client.stage == NOT_YET:
        return
    if client.in_group:
        feel_less_lonely(world, client, client_row, SOCIAL_NETWORK, week)
        feel_less_lonely(world, client, client_row, PARTICIPATION, week)
        if is_turn_of(client.id, week, QUARTER):
            meet_somebody(world, client, client_row, week)
        if not is_lonely(client):
            leave_group(team, client)
    elif is_lonely(client) and team.in_group + 1 <= team.places:
        join_group(world, team, client, client_row, week)


@compiled
def is_ready_to_help(client, policy, parameters, seed):
    """Whether a client whose case closed becomes another's supporter, as the rule has it (M9)."""
    if policy.reciprocity == NOTHING_BACK or client.severity > LIGHT_ENOUGH:
        return False
    part = 0.5 if policy.reciprocity == VOLUNTARY else 1.0
    return uniform(seed, VOLUNTEERS, client.id, 0) < parameters.former_clients_help * part


@compiled
def offers_help(world, team, client):
    """Be ready, as a former client, to help somebody else (M9)."""
    policy = world.policies[client.policy]
    if is_ready_to_help(client, policy, world.parameters, world.seed):
        team.former_clients += 1


@compiled
def needs_former_client(client):
    """Whether the client is helped by professionals only."""
    return client.stage == GUIDED and client.supporters == 0


@compiled_apart
def find_former_client(world, team, client, client_row, week):
    """Let a former client become the supporter of one who has none (M9)."""
    if network.somebody_comes_to_help(world, client, client_row, week):
        team.former_clients -= 1
