"""Tables are sane whatever the policy, the strengths and the town: nothing negative, no gaps."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kring.simulation.choices import TASKS
from kring.simulation.field import N_DOMAINS
from kring.simulation.outcomes import OUTCOMES
from kring.simulation.parameters import Parameters
from kring.simulation.policy import Policy
from kring.simulation.rows import GENERALIST, SUPPORTING, WAITING
from kring.simulation.run import simulate
from kring.simulation.town import Town
from tests.helpers import BUSY, CONFERENCE, ROUTES, TEAM, TOWN, any_of, living, values_of

EPSILON = 1e-9


def check_tables(result, weeks: int) -> None:
    weekly = result.weekly
    some = weekly["entered"] > 0
    assert len(weekly) == weeks
    assert not weekly[some].isna().any().any()
    assert not result.clients.isna().any().any()
    assert not result.episodes.isna().any().any()
    assert np.isfinite(weekly[some].to_numpy()).all()
    assert (weekly[some] >= 0).all().all()
    shares = [outcome.name for outcome in OUTCOMES if outcome.unit == "share"]
    for share in shares:
        assert (weekly.loc[some, share] <= 1 + EPSILON).all(), share
    assert (weekly.loc[some, "supporters"] <= weekly.loc[some, "network"] + EPSILON).all()
    assert (result.spread.sum(axis=(1, 2)) == weekly["entered"]).all()
    problems = (result.spread.sum(axis=1) * np.arange(N_DOMAINS + 1)).sum(axis=1)
    np.testing.assert_allclose(problems, result.sums[..., 1].sum(axis=1))
    check_clients(result.client_rows)
    check_municipality(result.municipality, weeks)


COUNTED = (
    *("hours_professional", "hours_mapped", "hours_network", "hours_talked", "cost", "solved"),
    *("credit_network", "credit_professional", "credit_self", "waited", "returns", "refused"),
    *("problems", "severity", "mapped", "supporters", "professionals", "counted_on"),
)


def check_clients(rows) -> None:
    for name in COUNTED:
        assert np.isfinite(rows[name]).all(), name
        assert (rows[name] >= -EPSILON).all(), name


def check_municipality(table, weeks: int) -> None:
    assert len(table) == weeks
    assert np.isfinite(table.to_numpy()).all()
    assert (table >= 0).all().all()
    assert (table["hours_here"] <= table["hours_paid"] + EPSILON).all()
    assert (table["doubt"] <= table["workers"] + EPSILON).all()
    assert (table["skill"] <= table["workers"] + EPSILON).all()
    given = table[[f"given_{task}" for task in TASKS]].to_numpy()
    assert (given <= table[[f"wanted_{task}" for task in TASKS]].to_numpy() + EPSILON).all()
    assert (given.sum(axis=1) <= table["hours_here"] + EPSILON).all()


@settings(max_examples=40)
@given(policy=any_of(Policy), conference=any_of(Policy), seed=st.integers(0, 2**31))
def test_every_policy_within_its_ranges_gives_sane_tables(policy, conference, seed):
    policies = {"team": policy, "conference": conference}
    check_tables(simulate(TOWN, policies, 60, seed), 60)


@settings(max_examples=40)
@given(parameters=any_of(Parameters), seed=st.integers(0, 2**31))
def test_all_parameters_within_their_ranges_give_sane_tables(parameters, seed):
    check_tables(simulate(TOWN, ROUTES, 60, seed, parameters=parameters), 60)


@settings(max_examples=40)
@given(parameters=any_of(Parameters), seed=st.integers(0, 2**31))
def test_all_parameters_give_sane_tables_when_every_lever_is_on(parameters, seed):
    check_tables(simulate(TOWN, BUSY, 60, seed, parameters=parameters), 60)


SIZES = {"clients": st.integers(0, 60), "clients_per_team": st.floats(10, 100)}


@st.composite
def towns(draw):
    """Any town within its ranges, but small."""
    values = {name: draw(values_of(Town, name)) for name in Town.quantities()}
    sizes = {name: draw(value) for name, value in SIZES.items()}
    weeks = {
        "entry_weeks": draw(st.integers(1, 60)),
        "weeks_before": draw(st.sampled_from([0, 30])),
    }
    return Town(**values | sizes | weeks)


@settings(max_examples=40)
@given(town=towns(), seed=st.integers(0, 2**31))
def test_every_town_within_its_ranges_gives_sane_tables(town, seed):
    check_tables(simulate(town, {"team": BUSY, "conference": CONFERENCE}, 60, seed), 60)


# Odd towns, under the two presets and with every lever on.

ARMS = {"routes": ROUTES, "busy": {"team": BUSY, "conference": CONFERENCE}}
ODD = [
    {"clients": 1},
    {"clients": 1, "conference_share": 1},
    {"clients": 40, "network": 0},
    {"clients": 40, "network": 24, "network_spread": 10},
    {"clients": 40, "client_hours": 0},
    {"clients": 40, "client_hours": 0, "coordinator_hours": 0, "agency_hours": 0},
    {"clients": 40, "coordinator_hours": 0, "conference_share": 0.5},
    {"clients": 40, "agency_hours": 0},
    {"clients": 40, "sick_leave": 0.5, "sick_weeks": 52},
    {"clients": 40, "staff_turnover": 1, "weeks_to_fill": 104},
    {"clients": 40, "staff_turnover": 1, "weeks_to_fill": 0},
    {"clients": 40, "hesitant": 1},
    {"clients": 40, "spare_hours": 0, "spare_spread": 2},
    {"clients": 40, "problems_team": 12, "problems_spread": 3, "severity": 4},
    {"clients": 40, "entry_weeks": 1, "shared_members": 1, "acquainted": 1},
    {"clients": 40, "entry_weeks": 520},
]


@pytest.mark.parametrize("arm", ARMS)
@pytest.mark.parametrize("town", ODD, ids=str)
def test_odd_towns_give_sane_tables(town, arm):
    check_tables(simulate(Town(**town), ARMS[arm], 60, 1), 60)


@pytest.mark.parametrize("arm", ARMS)
def test_a_town_without_clients_gives_empty_tables(arm):
    result = simulate(Town(clients=0), ARMS[arm], 5)
    assert (result.weekly["entered"] == 0).all()
    assert len(result.clients) == len(result.episodes) == 0
    assert (result.municipality.drop(columns="week") == 0).all().all()


EXTREME = [
    {"staffing": 0},
    {"staffing": 5},
    {"caseload_limit": 1},
    {"closing_adult": 1, "closing_youth": 1},
    {"closing_adult": 1, "closing_youth": 1, "strict_norm": 1, "check_ins": 12},
    {"short_provision": 1, "provision_weeks": 1},
    {"agencies": 1, "agency_places": 0},
    {"agencies": 1, "accept_duty": 1, "agency_places": 10},
    {"no_mental_health": 1},
    {"training": 200, "peer_review": 20},
    {"collective_hours": 20, "community_hours": 100, "outreach": 1},
    {"referral_only": 1, "low_threshold": 1},
    {"reciprocity": "forced", "neighbour_activation": 1},
    {"outside_guidance": 1, "outside_guidance_hours": 0},
    {"outside_guidance": 1, "outside_guidance_capacity": 1000},
    {"self_reliance_asked": 1, "self_reliance_told_apart": 0},
    {"input_steering": 1, "outcome_steering": 0},
    {"input_steering": 0, "outcome_steering": 1},
]


@pytest.mark.parametrize("base", [TEAM, CONFERENCE, BUSY], ids=["team", "conference", "busy"])
@pytest.mark.parametrize("levers", EXTREME, ids=str)
def test_a_lever_at_the_end_of_its_range_gives_sane_tables(levers, base):
    check_tables(simulate(TOWN, base.replace(**levers), 60, 1), 60)


# And sound ones: what is not there does nothing.


def test_a_team_without_staff_helps_nobody_and_everybody_waits():
    for town, policy in ((TOWN.replace(client_hours=0), TEAM), (TOWN, TEAM.replace(staffing=0))):
        result = simulate(town.replace(conference_share=0), policy, 60)
        entered = result.client_rows[result.client_rows["stage"] > 0]
        assert len(entered) > 80
        assert (entered["stage"] == WAITING).all()
        for column in ("hours_professional", "hours_mapped", "at_table", "professionals"):
            assert (entered[column] == 0).all(), column
        assert (entered["mapped"] <= entered["helping_at_entry"]).all()  # who helps unasked
        assert (result.municipality["waiting_list"] == result.weekly["entered"]).all()


def test_who_comes_back_every_other_week_for_ten_years_is_counted_up_to_a_hundred_times():
    every_time = Parameters().replace(
        comes_back=1, return_fades=520, heavy=1, worsening=0.1, onset=0.1
    )
    hasty = TEAM.replace(closing_adult=1, closing_youth=1, strict_norm=1, staffing=5)
    town = Town(clients=10, sick_leave=0, staff_turnover=0, entry_weeks=1, intake_weeks=0)
    result = simulate(town, hasty, 520, parameters=every_time)
    returns = result.episodes[result.episodes["kind"] == "return"]
    times = np.bincount(returns["client"], minlength=10)
    assert times.max() > 200
    assert (result.client_rows["returns"] == np.minimum(times, 100)).all()


def test_clients_without_a_network_have_no_supporters():
    result = simulate(TOWN.replace(network=0, conference_share=0.5), ROUTES, 60)
    assert (result.client_rows["n_ties"] == 0).all()
    for column in ("mapped", "supporters", "at_table", "hours_network"):
        assert (result.client_rows[column] == 0).all(), column
    assert (result.client_rows["attended"] > 0).any()  # the client comes alone


def test_one_member_can_be_everybodys_supporter():
    town = Town(clients=40, network=2, network_spread=0, shared_members=1, spare_hours=40)
    run = living(town, CONFERENCE)
    assert np.bincount(run.world.ties.member).max() >= 20  # in the networks of half the clients
    run.live(60)
    stretched = run.world.members.spare_hours * Parameters().stretch
    assert (run.world.members.load <= stretched + EPSILON).all()
    helped = run.world.ties.member[run.world.ties.state == SUPPORTING]
    assert np.bincount(helped).max() >= 3  # clients of one and the same member


def test_without_coordinators_the_worker_brings_the_network_together():
    result = simulate(TOWN.replace(coordinator_hours=0), CONFERENCE, 60)
    rows = result.client_rows
    assert not rows["conference"].any()
    assert (rows["attended"] > 0).sum() > 5


def test_agencies_without_hours_take_nobody_in():
    result = simulate(TOWN.replace(agency_hours=0), TEAM.replace(agencies=1), 60)
    rows = result.client_rows
    assert rows["referred"].any()
    assert not rows["at_agency"].any()


@pytest.mark.parametrize("limit", [1, 5])
def test_nobody_holds_more_cases_than_the_limit(limit):
    run = living(TOWN.replace(sick_leave=0, staff_turnover=0), TEAM.replace(caseload_limit=limit))
    workers = run.world.professionals
    most = np.maximum(np.ceil(limit * workers.hours / Town().client_hours), 1)
    for _ in range(60):
        run.live(1)
        assert (workers.held <= most)[workers.role == GENERALIST].all()


def test_a_provision_of_a_week_ends_after_a_week():
    policy = TEAM.replace(short_provision=1, provision_weeks=1)
    open_till_then = Parameters().replace(
        closes_when_solved=0, closes_when_light=0, closes_with_problems=0
    )
    result = simulate(TOWN.replace(conference_share=0), policy, 60, parameters=open_till_then)
    told = result.episodes[result.episodes["kind"].isin(["plan", "renewal"])]
    for _, mine in told.groupby("client"):
        plan, *renewals = mine.itertuples()
        assert plan.week == 59 or renewals[0].week == plan.week + 1
        for before, after in itertools.pairwise(renewals):
            assert before.detail == "no" or after.week == before.week + 1
