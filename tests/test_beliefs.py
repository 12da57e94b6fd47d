"""What workers come to believe and can do, worked by hand: the comments are the sums."""

import numpy as np
import pytest

from kring.simulation import money
from kring.simulation.behaviour import belief
from kring.simulation.behaviour import professional as a_professional
from kring.simulation.outcomes import MUNICIPAL_SUMS
from tests.effects import lived
from tests.helpers import BUSY, QUIET, QUIET_POLICY, one_client

P = QUIET.replace(
    learning=0.1, outcome_is_seen=2, training_teaches=0.2, review_shares=0.05, deskilling=0.26
)
POLICY = QUIET_POLICY.replace(multi_problem_threshold=4)


@pytest.fixture
def world():
    """A client with five problems at entry whose network met, and a worker who half believes."""
    world = one_client(P, POLICY)
    one_week = np.zeros(1, MUNICIPAL_SUMS).view(np.recarray)
    world = world._replace(municipality=one_week)
    client, worker = world.clients[0], world.professionals[0]
    client.problems_at_entry, client.attended, client.caseworker = 5, 4, 0
    worker.doubt = 0.5
    return world


def policy(world, **levers):
    """Let the town's policy have these levers."""
    world.policies[0] = POLICY.replace(**levers).row()
    return world.policies[0]


def see(world, worked: bool) -> float:
    """The worker's belief after this."""
    worker = world.professionals[0]
    belief.sees(worker, world.clients[0], worked, world.policies[0], world.parameters)
    return worker.doubt


def test_a_success_takes_a_tenth_of_the_doubt_and_a_failure_of_the_hope(world):
    assert see(world, True) == pytest.approx(0.45)  # 0.5 - 0.1 x 0.5
    assert see(world, False) == pytest.approx(0.505)  # 0.45 + 0.1 x 0.55


def test_where_outcome_counts_more_is_seen(world):
    policy(world, outcome_steering=0.5)
    assert see(world, True) == pytest.approx(0.4)  # 0.1 x (1 + 2 x 0.5) = 0.2
    policy(world, input_steering=1)  # visits do not show what changed
    assert see(world, True) == pytest.approx(0.36)


def test_no_single_case_moves_belief_beyond_what_it_shows(world):
    world.parameters["learning"] = 1.0
    policy(world, outcome_steering=1)  # 1 x (1 + 2) is no more than 1
    assert see(world, True) == 0
    assert see(world, False) == 1


@pytest.mark.parametrize("worked", [True, False])
@pytest.mark.parametrize(("problems", "attended"), [(4, 4), (5, 0), (1, 4)])
def test_light_cases_and_networks_that_never_met_say_nothing(world, worked, problems, attended):
    client = world.clients[0]
    client.problems_at_entry, client.attended = problems, attended
    assert see(world, worked) == 0.5


def test_a_problem_solved_counts_where_the_network_met_half_of_the_need(world):
    client, worker = world.clients[0], world.professionals[0]
    client.network_help = 0.49
    belief.problem_is_solved(world, client)
    assert worker.doubt == 0.5
    client.network_help = 0.5
    belief.problem_is_solved(world, client)
    assert worker.doubt == pytest.approx(0.45)


def test_a_supporter_gone_counts_against_it(world):
    belief.supporter_is_gone(world, world.clients[0])
    assert world.professionals[0].doubt == pytest.approx(0.55)  # 0.5 + 0.1 x 0.5


def test_only_the_caseworker_sees_it(world):
    client = world.clients[0]
    client.network_help = 1.0
    client.caseworker = 1
    world.professionals[1].doubt = 1.0
    belief.problem_is_solved(world, client)
    assert world.professionals.doubt[:2].tolist() == [0.5, 0.9]
    client.caseworker = -1
    belief.problem_is_solved(world, client)
    belief.supporter_is_gone(world, client)
    assert world.professionals.doubt[:2].tolist() == [0.5, 0.9]


# Schooling and peer review


def learn(world, least: float = 0.5, **levers):
    """A week of the worker's schooling, or of none."""
    worker = world.professionals[0]
    belief.learns(world, worker, policy(world, **levers), least, 0)
    return worker


def spent(world) -> float:
    return world.municipality[0].spent[money.SCHOOLING]


def test_schooling_takes_its_hours_and_teaches(world):
    worker = learn(world, training=52)  # an hour a week
    assert worker.here == 39
    assert spent(world) == pytest.approx(worker.rate)
    # 0.2 per ten hours: 0.02 of 0.5
    assert worker.doubt == pytest.approx(0.49)


def test_peer_review_takes_its_hours_and_brings_belief_to_the_most_hopeful(world):
    worker = learn(world, least=0.1, peer_review=13 / 3)  # an hour a week
    assert worker.here == pytest.approx(39)
    assert spent(world) == pytest.approx(worker.rate)
    assert worker.doubt == pytest.approx(0.48)  # 0.5 - 0.05 x (0.5 - 0.1)


def test_peer_review_takes_hope_from_nobody(world):
    assert learn(world, least=0.9, peer_review=20).doubt == 0.5


def test_the_most_hopeful_is_a_worker_of_the_team(world):
    team = world.teams[0]
    world.professionals.doubt[:] = 0.8
    world.professionals.doubt[team.first_coordinator] = 0.0  # is not of the team
    assert belief.least_doubt(world, team) == 0.8
    world.professionals.doubt[team.first_coordinator - 1] = 0.3
    assert belief.least_doubt(world, team) == 0.3


def test_skill_goes_without_schooling_and_not_below_a_half(world):
    worker = learn(world)
    assert worker.here == 40
    assert spent(world) == 0
    assert worker.doubt == 0.5
    assert worker.skill == pytest.approx(1 - 0.26 / 52)  # 0.005 at full skill
    worker.skill = 0.75
    assert learn(world).skill == pytest.approx(0.75 - 0.005 * 0.5)  # half as fast half way
    worker.skill = 0.5
    assert learn(world).skill == 0.5


def test_schooling_and_peer_review_restore_skill(world):
    world.professionals[0].skill = 0.75
    # - 0.0025, then 0.02 + 0.05 of what is missing: 0.07 x 0.2525
    worker = learn(world, training=52, peer_review=13 / 3)
    assert worker.skill == pytest.approx(0.7475 + 0.07 * 0.2525)
    assert worker.here == pytest.approx(38)


def test_who_is_away_learns_nothing_and_costs_nothing(world):
    world.professionals[0].here = 0.0
    worker = learn(world, least=0.0, training=52, peer_review=2)
    assert (worker.here, worker.doubt, spent(world)) == (0, 0.5, 0)
    assert worker.skill < 1


def test_who_has_half_of_the_hours_learns_half(world):
    world.professionals[0].here = 0.5
    worker = learn(world, training=52)
    assert worker.here == 0
    assert worker.doubt == pytest.approx(0.495)
    assert spent(world) == pytest.approx(worker.rate / 2)


def test_a_successor_begins_schooled_and_full_of_doubt(world):
    worker = world.professionals[0]
    worker.doubt, worker.skill = 0.1, 0.6
    a_professional.begins(worker, 1)
    assert (worker.doubt, worker.skill) == (1, 1)


# In a town


def test_where_no_network_ever_meets_no_belief_moves():
    team = lived({"mobilisation_hours": 0}).municipality
    assert (team["doubt"] == team["workers"]).all()


def test_belief_and_skill_stay_within_their_bounds():
    much = BUSY.replace(training=200, peer_review=20, input_steering=0, outcome_steering=1)
    team = lived(much.model_dump()).municipality
    assert team["doubt"].min() >= 0
    assert (team["doubt"] <= team["workers"]).all()
    assert (team["skill"] <= team["workers"]).all()
    assert (team["skill"] >= 0.5 * team["workers"]).all()
