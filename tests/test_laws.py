"""What holds in every week of every run, whatever the policy."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation import episodes
from simulation.field import N_DOMAINS
from simulation.parameters import Parameters
from simulation.policy import Policy
from simulation.rows import (
    ASKED,
    CLOSED,
    GONE,
    GUIDED,
    MAPPED,
    NOT_YET,
    STOPPED,
    SUPPORTING,
    UNMAPPED,
    WAITING,
)
from simulation.run import simulate
from simulation.town import Town
from tests.helpers import CONFERENCE, ROUTES, TEAM, TOWN, any_of, living

OFFERED = TEAM.replace(offer=1, uptake=1, mobilisation_hours=30, network_makes_plan=0.5)
POLICIES = {"routes": ROUTES, "conference": CONFERENCE, "offered": OFFERED}
SHORT_STAFFED = TOWN.replace(client_hours=4, shared_members=0.3)
EPSILON = 1e-9


@pytest.fixture(params=POLICIES)
def weeks(request):
    """Two years, week by week."""

    def live():
        run = living(SHORT_STAFFED, POLICIES[request.param], seed=4)
        yield run
        for _ in range(104):
            run.live(1)
            yield run

    return live()


def hours_received(world) -> float:
    """Hours that clients have had so far from workers and coordinators."""
    clients = world.clients
    from_coordinators = clients.hours_mapped[clients.coordinator >= 0].sum()
    return float(clients.hours_professional.sum() + from_coordinators)


def test_nobody_gives_more_hours_than_there_are(weeks):
    busy = 0
    for run in weeks:
        workers = run.world.professionals
        assert (workers.given <= workers.hours + EPSILON).all()
        assert (workers.given >= 0).all()
        busy += (workers.given > workers.hours - EPSILON).sum()
    assert busy > 0  # the staff is short enough for this to say something


def test_hours_received_are_the_hours_given(weeks):
    before = hours_received(next(weeks).world)
    for run in weeks:
        now = hours_received(run.world)
        assert now - before == pytest.approx(run.world.professionals.given.sum(), abs=1e-9), (
            f"week {run.week}"
        )
        before = now


def test_every_supporter_is_a_mapped_member_and_the_counts_say_so(weeks):
    for run in weeks:
        clients, ties = run.world.clients, run.world.ties
        for client in clients:
            own = ties[client.first_tie : client.first_tie + client.n_ties]
            helps = own.state == SUPPORTING
            known = np.isin(own.state, (MAPPED, ASKED, SUPPORTING, STOPPED))
            assert client.supporters == helps.sum()
            assert client.supporting == sum(1 << int(place) for place in np.flatnonzero(helps))
            assert client.mapped == known.sum()
            assert client.supporters <= client.mapped <= client.n_ties
        assert (ties.hours[ties.state != SUPPORTING] == 0).all()
        assert np.isin(ties.state, (UNMAPPED, MAPPED, ASKED, SUPPORTING, STOPPED, GONE)).all()


def test_the_load_of_a_member_is_the_help_given_to_all_clients(weeks):
    for run in weeks:
        ties, members = run.world.ties, run.world.members
        carried = np.bincount(ties.member, weights=ties.hours, minlength=len(members))
        np.testing.assert_allclose(members.load, carried, atol=EPSILON)
        assert (members.load >= -EPSILON).all()
        assert (members.strain >= 0).all()
        assert (ties.hours >= 0).all()


def test_no_member_goes_further_beyond_the_spare_hours_than_the_stretch(weeks):
    stretch = Parameters().stretch
    for run in weeks:
        members = run.world.members
        assert (members.load <= members.spare_hours * stretch + EPSILON).all()


def test_problem_counts_are_the_levels(weeks):
    for run in weeks:
        clients = run.world.clients
        assert (clients.problems == (clients.level > 0).sum(axis=1)).all()
        assert (clients.severity == clients.level.sum(axis=1)).all()
        assert ((clients.level >= 0) & (clients.level <= 4)).all()
        assert ((clients.problems >= 0) & (clients.problems <= N_DOMAINS)).all()
        assert (clients.level[clients.children == 0][:, -2:] == 0).all()  # parenting, youth
        assert ((clients.network_help >= 0) & (clients.network_help <= 1)).all()
        help_given = clients.professional_help
        assert ((help_given >= 0) & (help_given <= 1 + EPSILON)).all()


def test_cases_and_helpers_are_counted_once_each(weeks):
    for run in weeks:
        clients, workers = run.world.clients, run.world.professionals
        assert (clients.professionals == (clients.helpers >= 0).sum(axis=1)).all()
        assert (workers.cases >= 0).all()
        is_open = (clients.stage != NOT_YET) & (clients.stage != CLOSED)
        assert (clients.professionals[~is_open] == 0).all()
        if not is_open.any():
            assert (workers.cases == 0).all()


def test_relief_is_credited_level_by_level(weeks):
    """Levels at the start, and those that came, less those left, are the levels relieved."""
    run = next(weeks)
    credit = np.zeros(len(run.world.clients))
    for run in weeks:
        clients = run.world.clients
        total = clients.credit_self + clients.credit_network + clients.credit_professional
        relieved = total - credit
        assert (relieved > -EPSILON).all()
        np.testing.assert_allclose(relieved, relieved.round(), atol=1e-6)  # whole levels
        credit = total
    assert credit.sum() > 100
    helped = clients.hours_network > 0
    assert (clients.credit_network[~helped] == 0).all()


def test_nothing_runs_backwards(weeks):
    rising = ("hours_talked", "hours_mapped", "hours_professional", "hours_network", "cost",
              "solved", "stage")  # fmt: skip
    before = next(weeks).world.clients.copy()
    for run in weeks:
        clients = run.world.clients
        for name in rising:
            assert (clients[name] >= before[name]).all(), (name, run.week)
        before = clients.copy()


def test_episodes_tell_the_counts():
    run = living(TOWN, seed=4)
    run.live(104)
    clients, told = run.world.clients, run.episodes()

    def count(kind):
        return np.bincount(told.client[told.kind == kind], minlength=len(clients))

    assert (count(episodes.ENTRY) == 1).all()
    assert (count(episodes.PROBLEM_SOLVED) == clients.solved).all()
    assert (count(episodes.CLOSING) == (clients.stage == CLOSED)).all()
    assert (count(episodes.PLAN_MADE) == (clients.plan_week >= 0)).all()
    assert (
        count(episodes.STARTS_HELPING) - count(episodes.STOPS_HELPING) == clients.supporters
    ).all()
    came, solved = count(episodes.PROBLEM_CAME), count(episodes.PROBLEM_SOLVED)
    assert (clients.problems_at_entry + came - solved == clients.problems).all()


def check_tables(result, weeks: int) -> None:
    weekly = result.weekly
    some = weekly["entered"] > 0
    assert len(weekly) == weeks
    assert not weekly[some].isna().any().any()
    assert not result.clients.isna().any().any()
    assert not result.episodes.isna().any().any()
    assert np.isfinite(weekly[some].to_numpy()).all()
    assert (weekly[some] >= 0).all().all()
    for share in ("alone", "waiting", "in_care", "network_help", "cooperation"):
        assert (weekly.loc[some, share] <= 1 + EPSILON).all(), share
    assert (weekly.loc[some, "supporters"] <= weekly.loc[some, "network"] + EPSILON).all()
    assert (result.spread.sum(axis=(1, 2)) == weekly["entered"]).all()
    problems = (result.spread.sum(axis=1) * np.arange(N_DOMAINS + 1)).sum(axis=1)
    np.testing.assert_allclose(problems, result.sums[..., 1].sum(axis=1))


@settings(max_examples=40)
@given(policy=any_of(Policy), conference=any_of(Policy), seed=st.integers(0, 2**31))
def test_every_policy_within_its_ranges_gives_sane_tables(policy, conference, seed):
    policies = {"team": policy, "conference": conference}
    check_tables(simulate(TOWN, policies, 60, seed), 60)


@settings(max_examples=40)
@given(parameters=any_of(Parameters), seed=st.integers(0, 2**31))
def test_all_parameters_within_their_ranges_give_sane_tables(parameters, seed):
    check_tables(simulate(TOWN, ROUTES, 60, seed, parameters=parameters), 60)


@pytest.mark.parametrize(
    "town",
    [
        {"clients": 1},
        {"clients": 1, "conference_share": 1},
        {"clients": 20, "network": 0},
        {"clients": 20, "network": 24, "network_spread": 10},
        {"clients": 40, "client_hours": 0, "coordinator_hours": 0},
        {"clients": 40, "spare_hours": 0, "spare_spread": 2},
        {"clients": 40, "problems_team": 12, "problems_spread": 3, "severity": 4},
        {"clients": 40, "entry_weeks": 1, "shared_members": 1, "acquainted": 1},
    ],
    ids=str,
)
def test_extreme_towns_give_sane_tables(town):
    check_tables(simulate(Town(**town), ROUTES, 60, 1), 60)


def test_a_town_without_clients_gives_empty_tables():
    result = simulate(Town(clients=0), TEAM, 5)
    assert (result.weekly["entered"] == 0).all()
    assert len(result.clients) == len(result.episodes) == 0


def test_who_waits_has_no_helper_and_who_is_guided_has_a_plan():
    run = living(SHORT_STAFFED, seed=4)
    for _ in range(60):
        run.live(1)
        clients = run.world.clients
        assert (clients.professionals[clients.stage == WAITING] == 0).all()
        assert (clients.plan[clients.stage >= GUIDED] > 0).all()
