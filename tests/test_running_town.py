"""A town that runs already: today's policy is lived first, and another begins from a week on."""

import numpy as np
import pytest

from kring.simulation.errors import KringError
from kring.simulation.parameters import Parameters
from kring.simulation.phase_in import Start, turns
from kring.simulation.policy import Policy
from kring.simulation.rows import CLOSED, GUIDED, MAPPING, NOT_YET, SUPPORTING, WAITING
from kring.simulation.run import run_in, simulate
from kring.simulation.town import Town
from kring.simulation.world import settle
from tests.helpers import CONFERENCE, ROUTES, TEAM, differences, differing

RUNS = Town.preset("going_concern", clients=60, clients_per_team=30, weeks_before=130, leave=0.3)
WEEKS = 60


@pytest.fixture(scope="module")
def stands():
    return run_in(RUNS, TEAM, WEEKS, seed=3, threads=1)


@pytest.fixture(scope="module")
def as_now(stands):
    return simulate(stands, TEAM, WEEKS, keep=[20], threads=1)


def test_a_town_that_runs_begins_with_cases_and_is_counted_from_its_start(stands, as_now):
    assert as_now.start == stands.week == 130
    assert as_now.weeks == WEEKS == len(as_now.weekly)
    assert as_now.booked("cases")[0] > 5
    assert (stands.world.clients.stage == GUIDED).any()


def test_whose_case_was_over_before_is_in_no_outcome(as_now, stands):
    past = stands.world.clients.past
    assert past.any()
    assert (stands.world.clients.stage[past] == CLOSED).all()
    rows = as_now.client_rows
    counted = rows[~rows.past & (rows.stage != NOT_YET)]
    assert as_now.at("entered") == len(counted) == len(as_now.counted)
    assert as_now.at("problems") == pytest.approx(counted["problems"].mean())


def test_the_town_itself_is_not_moved_by_what_is_tried_in_it(stands, as_now):
    before = stands.world.clients.copy()
    simulate(stands, CONFERENCE, WEEKS)
    assert differing(stands.world.clients, before) == []
    assert differences(simulate(stands, TEAM, WEEKS, keep=[20]), as_now) == []


def test_today_again_as_a_policy_changes_nothing(as_now):
    again = simulate(RUNS, TEAM, WEEKS, 3, today=TEAM, from_week=9, phase_in=30, keep=[20])
    assert differences(again, as_now) == []
    assert differences(simulate(RUNS, TEAM, WEEKS, 3, keep=[20]), as_now) == []


@pytest.mark.parametrize(
    "policy", [CONFERENCE, TEAM.replace(staffing=0.5, outreach=0.3, agencies=1)]
)
@pytest.mark.parametrize("phase_in", [0, 26])
def test_before_a_policy_begins_nothing_differs(stands, as_now, policy, phase_in):
    later = simulate(stands, policy, WEEKS, from_week=21, phase_in=phase_in, keep=[20])
    assert differing(later.kept[20], as_now.kept[20]) == []
    assert later.sums[:20].tobytes() == as_now.sums[:20].tobytes()
    assert later.municipal_sums[:20].tobytes() == as_now.municipal_sums[:20].tobytes()
    assert later.sums[21:].tobytes() != as_now.sums[21:].tobytes()


def test_a_policy_that_begins_in_week_1_of_an_empty_town_is_lived_from_the_first(policy=ROUTES):
    town = Town(clients=60, conference_share=0.2)
    direct = simulate(town, policy, WEEKS, 3)
    assert differences(simulate(town, policy, WEEKS, 3, today=TEAM), direct) == []


def test_a_saved_state_goes_on_as_if_it_had_not_been_saved(stands, as_now):
    state = stands.branched(episodes=True).at(20)
    assert differences(simulate(state, TEAM, WEEKS, keep=[20]), as_now) == []
    other = simulate(state, CONFERENCE, WEEKS)
    at_once = simulate(stands, CONFERENCE, WEEKS, from_week=21)
    assert differences(other, at_once) == []
    with pytest.raises(KringError, match="week 10 is over"):
        state.at(10)


def test_a_policy_can_be_taken_back(stands):
    run = stands.branched()
    hours = run.world.professionals.hours.copy()
    rates, disciplines = run.world.professionals.rate.copy(), run.world.professionals.discipline
    run.meet(TEAM.replace(staffing=0, no_mental_health=1))
    assert (run.world.professionals.hours != hours).any()
    run.meet(TEAM)
    assert (run.world.professionals.hours == hours).all()
    assert (run.world.professionals.rate == rates).all()
    assert (run.world.professionals.discipline == disciplines).all()


def test_a_policy_is_phased_in_by_steps_and_counts_of_problems_at_once():
    goal = TEAM.replace(mobilisation_hours=10, offer=1, offer_from=4, queue_order="youth first")
    steps = turns(TEAM, goal, Start(from_week=5, phase_in=12), recruiting=0)
    assert list(steps) == [4, 8, 12]
    offers = [step["team"].offer for step in steps.values()]
    assert offers == pytest.approx([1 / 3, 2 / 3, 1])
    assert steps[12]["team"] == goal
    first = steps[4]["team"]
    assert (first.offer_from, first.queue_order) == (4, "youth first")
    assert first.mobilisation_hours == pytest.approx(2.5 + 7.5 / 3)


def test_coordinators_who_are_contracted_come_one_after_the_other():
    goal = TEAM.replace(outside_guidance=1, outside_guidance_capacity=52)
    steps = turns(TEAM, goal, Start(), recruiting=26)
    found = [step["team"].outside_guidance_capacity for step in steps.values()]
    assert found == pytest.approx([8, 16, 24, 32, 40, 48, 52])
    assert {step["team"].outside_guidance for step in steps.values()} == {1}
    assert list(turns(goal, TEAM, Start(), recruiting=26)) == [0]  # they can be let go at once


def test_a_campaign_is_counted_from_its_own_beginning(stands):
    campaign = TEAM.replace(campaign_clients=0.5, campaign_workers=0.5)
    run = stands.branched()
    run.meet(campaign)
    assert (run.world.policies.begins == 130).all()
    result = simulate(stands, campaign, 4)
    new = result.client_rows[result.client_rows["opened_week"] >= 130]
    assert not new["proposed"].all()  # after ten years of it nearly everybody would know


@pytest.mark.parametrize(
    ("how", "message"),
    [
        ({"from_week": 5}, "say what is lived before"),
        ({"from_week": 0, "today": TEAM}, "from_week = 0"),
        ({"phase_in": -1, "today": TEAM}, "phase_in = -1"),
        ({"cohorts": [(1, 52)]}, "that takes 104 weeks, and 10 are lived"),
    ],
)
def test_what_cannot_begin_is_refused_in_a_line(how, message):
    with pytest.raises(KringError, match=message):
        simulate(Town(clients=3), CONFERENCE, 10, **how)


def test_people_who_are_settled_are_not_lived_with_another_seed_or_other_strengths(stands):
    people = settle(Town(clients=3), Parameters(), 1)
    with pytest.raises(KringError, match="settled with seed 1"):
        simulate(people, TEAM, 5, seed=7)
    with pytest.raises(KringError, match="other strengths"):
        simulate(people, TEAM, 5, parameters=Parameters().replace(willing=0.77))
    with pytest.raises(KringError, match="settled with seed 3"):
        simulate(stands, TEAM, 5, seed=7)
    assert simulate(people, TEAM, 5).seed == 1


def test_who_leaves_takes_nothing_along(stands):
    """Cases, places and hours of who left are there for others: the counts stay right."""
    run = stands.branched(episodes=False)
    run.live(30)
    world = run.world
    clients = world.clients
    left = clients.left_week >= 0
    assert left.sum() > 5
    assert (clients.stage[left] == NOT_YET).all()
    assert (clients.supporters[left] == 0).all() and (clients.professionals[left] == 0).all()
    open_ = (clients.stage >= WAITING) & (clients.stage <= GUIDED) & (clients.caseworker >= 0)
    held = np.bincount(clients.caseworker[open_], minlength=len(world.professionals))
    assert (world.professionals.held == held).all()
    waiting = (clients.stage == WAITING) & (clients.caseworker < 0)
    assert (world.teams.waiting == np.bincount(clients.team[waiting], minlength=2)).all()
    prepared = (clients.stage == MAPPING) | clients.outside_guidance
    busy = prepared & (clients.coordinator >= 0) & (clients.meets_week < 0)
    cases = np.bincount(clients.coordinator[busy], minlength=len(world.professionals))
    coordinators = world.professionals.role == 1
    assert (world.professionals.cases[coordinators] == cases[coordinators]).all()
    carried = np.zeros(len(world.members))
    helping = world.ties.state == SUPPORTING
    np.add.at(carried, world.ties.member[helping], world.ties.hours[helping])
    np.testing.assert_allclose(world.members.load, carried, atol=1e-9)


def test_the_same_people_leave_under_every_policy(stands):
    one, other = (simulate(stands, policy, WEEKS) for policy in (TEAM, CONFERENCE))
    assert (one.client_rows["left_week"] == other.client_rows["left_week"]).all()
    assert "left for good" in set(one.clients["stage"])


def test_a_longer_queue_keeps_more_people_away():
    outside = []
    for share in (0, 0.02):
        town = RUNS.replace(put_off_by_wait=share, leave=0, weeks_before=52)
        outside.append(simulate(town, TEAM.replace(staffing=0.3), 40, 1).at("outside"))
    assert outside[1] > outside[0]


def test_the_staff_follows_what_is_asked_so_that_the_waiting_list_is_as_long_as_today():
    lists = []
    for weeks in (16, 40):
        town = RUNS.replace(clients=120, clients_per_team=120, queue_weeks=weeks, weeks_before=364)
        result = simulate(town, TEAM, 26, 1, episodes=False)
        lists.append(result.booked("waiting_list").mean() / (120 / 52))
    assert lists[0] < lists[1]
    assert lists[0] == pytest.approx(16, abs=10)


@pytest.mark.slow
def test_a_town_that_runs_stands_still_in_the_year_before_the_start():
    """No trend from the first to the last quarter, in what a policy may move, over twelve towns."""
    town = Town.preset("going_concern", clients=140)
    change = []
    for seed in range(12):
        result = simulate(town, TEAM, 1, seed, episodes=False)
        quarters = result.sums_before[:52].reshape(4, 13, -1).mean(axis=1)
        change.append(quarters[3] - quarters[0])
    from kring.simulation.outcomes import MUNICIPAL_NAMES

    change = np.array(change)
    for name in ("cases", "waiting_list", "doubt", "places", "hours_paid"):
        of_it = change[:, MUNICIPAL_NAMES.index(name)]
        error = of_it.std(ddof=1) / np.sqrt(len(of_it))
        assert abs(of_it.mean()) <= 3 * error + 1e-9, name


def test_the_policy_of_a_preset_can_be_on_its_way_to_itself():
    assert Policy().toward(Policy(), 0.3) == Policy()
