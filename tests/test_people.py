"""Who lives in a town: shares stay what is published, and what goes together goes together."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kring.simulation.columns import STATIC
from kring.simulation.draws import going_with, is_among_highest, normal
from kring.simulation.evidence import figure
from kring.simulation.field import CLOSE_KIN, OTHER_FAMILY
from kring.simulation.parameters import Parameters
from kring.simulation.people import skewed
from kring.simulation.rows import CONFERENCE_ENTRANCE, MAX_TIES, TEAM_ENTRANCE
from kring.simulation.town import Town
from kring.simulation.world import settle
from tests.helpers import BUSY, CONFERENCE, SHORT_STAFFED, differing, living

CLIENTS = 6000
ROTTERDAM = Town.preset("rotterdam", clients=CLIENTS, conference_share=0.5)
TOGETHER = [
    "school_with_problems", "assistance_with_problems", "dependence_with_problems",
    "age_with_network", "school_with_network", "children_with_family",
]  # fmt: skip
APART = ROTTERDAM.replace(**dict.fromkeys(TOGETHER, 0))
ERROR = 1 / np.sqrt(CLIENTS / 2)  # of a correlation in half of the clients


def people(town: Town, seed: int = 1):
    return settle(town, Parameters().replace(need_repels=0), seed)


@pytest.fixture(scope="module")
def clients():
    return people(ROTTERDAM).clients


@pytest.fixture(scope="module")
def apart():
    return people(APART).clients


def of_route(clients, entrance):
    return clients[clients.entrance == entrance]


def correlation(clients, one, other):
    """Mean over the routes, which differ by themselves."""
    found = [
        np.corrcoef(rows[one], rows[other])[0, 1]
        for rows in (of_route(clients, e) for e in (TEAM_ENTRANCE, CONFERENCE_ENTRANCE))
    ]
    return float(np.mean(found))


def family(world) -> tuple[float, float, float]:
    """Share of family in the networks of all, of those with children, and of others."""
    is_family = np.isin(world.ties.kind, [CLOSE_KIN, OTHER_FAMILY])
    parents = np.repeat(world.clients.children > 0, world.clients.n_ties)
    return is_family.mean(), is_family[parents].mean(), is_family[~parents].mean()


@pytest.mark.parametrize("town", [ROTTERDAM, APART], ids=["together", "apart"])
def test_shares_are_those_published_whatever_goes_together(town):
    found = people(town).clients
    team, conference = of_route(found, TEAM_ENTRANCE), of_route(found, CONFERENCE_ENTRANCE)
    error = 3 * np.sqrt(0.25 / len(team))
    assert team.low_education.mean() == pytest.approx(figure("E08"), abs=error)
    assert conference.low_education.mean() == pytest.approx(figure("E07"), abs=error + 0.01)
    assert conference.assistance.mean() > team.assistance.mean()  # E09
    assert team.assistance.mean() == pytest.approx(town.assistance_team, abs=error)
    assert team.problems.mean() == pytest.approx(town.problems_team, abs=0.2)
    assert found.self_reliance.mean() == pytest.approx(0.5, abs=0.02)
    assert found.self_reliance.std() == pytest.approx(0.2, abs=0.02)


@settings(max_examples=15, deadline=None)
@given(share=st.floats(0.02, 0.98), strength=st.floats(0, 0.6), seed=st.integers(0, 10**6))
def test_a_share_is_kept_at_any_correlation(share, strength, seed):
    town = ROTTERDAM.replace(
        clients=1500, school_team=share, school_conference=share, school_with_problems=strength
    )
    found = settle(town, Parameters(), seed).clients.low_education.mean()
    assert found == pytest.approx(share, abs=4.5 * np.sqrt(share * (1 - share) / 1500))


@pytest.mark.parametrize(
    ("one", "other", "sign"),
    [
        ("low_education", "problems", 1),
        ("assistance", "problems", 1),
        ("self_reliance", "problems", -1),
        ("age", "n_ties", -1),
        ("low_education", "n_ties", -1),
    ],
)
def test_what_goes_together_does_so_to_the_declared_side(clients, apart, one, other, sign):
    assert 0.1 < sign * correlation(clients, one, other) < 0.35
    assert abs(correlation(apart, one, other)) < 3.5 * ERROR


def test_who_has_children_has_more_family_in_the_network():
    of_all, of_parents, of_others = family(people(ROTTERDAM))
    assert of_parents - of_others == pytest.approx(ROTTERDAM.children_with_family, abs=0.03)
    all_apart, parents_apart, others_apart = family(people(APART))
    assert parents_apart == pytest.approx(others_apart, abs=0.03)
    assert of_all == pytest.approx(all_apart, abs=0.02)  # the tie types are as common as before


def test_a_few_know_nobody_and_some_know_many(clients):
    isolated = (clients.n_ties <= 1).mean()
    assert 0.01 < isolated < 0.06
    assert 0.05 < (clients.n_ties >= 20).mean() < 0.25
    assert clients.n_ties.max() == MAX_TIES
    assert np.median(clients.n_ties) < ROTTERDAM.network  # skewed


def test_without_spread_all_networks_have_the_mean_size():
    assert set(
        people(ROTTERDAM.replace(clients=50, network=7, network_spread=0)).clients.n_ties
    ) == {7}


def test_somebody_starts_with_one_problem_and_somebody_is_old(clients):
    assert (clients.problems == 1).any() and (clients.problems >= 12).any()
    parents = clients.children > 0
    assert clients.age[parents].max() <= 54
    others = clients.age[~parents]
    assert others.max() == 95 and others.min() == 18
    assert (others > 74).mean() == pytest.approx(ROTTERDAM.older, abs=0.02)
    assert (people(ROTTERDAM.replace(older=0)).clients.age <= 74).all()


@pytest.mark.parametrize("strength", [0.0, 0.3, 0.6])
def test_a_number_that_goes_with_another_is_as_normal_as_that(strength):
    other = np.array([normal(1, 10, who, 0) for who in range(4000)])
    found = np.array([going_with(1, 11, who, z, strength) for who, z in enumerate(other)])
    assert found.mean() == pytest.approx(0, abs=0.06)
    assert found.std() == pytest.approx(1, abs=0.05)
    assert np.corrcoef(found, other)[0, 1] == pytest.approx(strength, abs=0.05)
    assert np.mean([is_among_highest(z, 0.2) for z in found]) == pytest.approx(0.2, abs=0.025)


@pytest.mark.parametrize("spread", [0.2, 0.5, 0.7])
def test_a_skewed_number_has_the_mean_and_the_spread_it_is_given(spread):
    found = np.array([skewed(12.0, spread, normal(2, 12, who, 0)) for who in range(6000)])
    assert found.min() >= 0
    assert found.mean() == pytest.approx(12, rel=0.03)
    assert found.std() == pytest.approx(12 * spread, rel=0.06)
    assert np.median(found) < found.mean()


def test_what_people_come_with_does_not_move():
    """As the protocol lists it: all other columns may move, these never do."""
    run = living(SHORT_STAFFED, {"team": BUSY, "conference": CONFERENCE}, seed=3)
    before = {table: getattr(run.world, table).copy() for table in STATIC}
    run.live(80)
    for table, fixed in STATIC.items():
        moved = set(differing(before[table], getattr(run.world, table)))
        assert moved and not fixed & moved
