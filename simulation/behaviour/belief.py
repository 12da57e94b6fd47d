"""What professionals come to believe and can do: by what they see, schooling, peer review (M28)."""

from kring.simulation import money
from kring.simulation.calendar import MONTHS_A_YEAR, WEEKS_A_YEAR
from kring.simulation.compiled import compiled, compiled_apart

USUAL_COURSE = 10.0  # hours
LEAST_SKILL = 0.5
MUCH_HELP = 0.5  # of the need, from which the network's part is seen


@compiled
def sees(worker, client, worked, policy, parameters):
    """Let the belief move with what became of a network brought together (M1, M28).

    Only multi-problem cases say something about it, and more is seen where outcome counts (M20).
    """
    if client.attended == 0 or client.problems_at_entry <= policy.multi_problem_threshold:
        return
    seen = 1.0 + parameters.outcome_is_seen * policy.outcome_steering
    step = min(1.0, parameters.learning * seen)
    goal = 0.0 if worked else 1.0
    worker.doubt += step * (goal - worker.doubt)


@compiled_apart
def least_doubt(world, team):
    """What the most hopeful worker of the team believes."""
    least = 1.0
    for row in range(team.first_professional, team.first_coordinator):
        least = min(least, world.professionals[row].doubt)
    return least


@compiled
def schooling_a_week(policy):
    """Hours a week that schooling and peer review take of a worker."""
    return (policy.training + policy.peer_review * MONTHS_A_YEAR) / WEEKS_A_YEAR


@compiled_apart
def learns(world, worker, policy, least, week):
    """Go to school, lay cases before colleagues, and lose some skill without either (M28)."""
    parameters = world.parameters
    hours = min(worker.here, schooling_a_week(policy))
    worker.here -= hours
    money.book(world, week, money.SCHOOLING, hours * worker.rate)
    attended = hours / schooling_a_week(policy) if hours > 0.0 else 0.0
    taught = parameters.training_teaches * policy.training / USUAL_COURSE / WEEKS_A_YEAR * attended
    shared = parameters.review_shares * policy.peer_review * MONTHS_A_YEAR / WEEKS_A_YEAR * attended
    worker.doubt -= min(1.0, taught) * worker.doubt
    worker.doubt -= min(1.0, shared) * max(0.0, worker.doubt - least)
    lost = parameters.deskilling / WEEKS_A_YEAR
    worker.skill -= lost * (worker.skill - LEAST_SKILL) / (1.0 - LEAST_SKILL)
    worker.skill += min(1.0, taught + shared) * (1.0 - worker.skill)


@compiled_apart
def supporter_is_gone(world, client):
    """The caseworker sees a supporter stop."""
    if client.caseworker >= 0:
        worker = world.professionals[client.caseworker]
        policy = world.policies[client.policy]
        sees(worker, client, False, policy, world.parameters)


@compiled_apart
def problem_is_solved(world, client):
    """The caseworker sees a problem solved with the network's help."""
    parameters = world.parameters
    if client.caseworker >= 0 and client.network_help >= MUCH_HELP:
        worker = world.professionals[client.caseworker]
        sees(worker, client, True, world.policies[client.policy], parameters)
