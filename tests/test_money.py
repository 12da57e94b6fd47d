"""Money in three measures: what is cash, what is time, and what others pay."""

import numpy as np
import pytest

from kring.experiments.measures import measure
from kring.experiments.measures.money import cash_parts, three_measures
from kring.simulation.money import by_payer
from kring.simulation.policy import Policy
from kring.simulation.run import simulate
from kring.simulation.town import Town

TOWN = Town.preset("class", clients=60)
TEAM = Policy.preset("wijkteam")


def lived(**levers):
    """Two years of a small town."""
    return simulate(TOWN, TEAM.replace(**levers), 104, seed=2)


@pytest.fixture(scope="module")
def today():
    return lived()


def asked(result, *names):
    return [measure(name).of(result) for name in names]


def test_who_is_employed_is_paid_used_or_not(today):
    """Twice the staff is twice the pay, and the hours that nobody asks for are no saving."""
    double = lived(staffing=2)
    before, after = (asked(one, "cash", "cash_staff", "free_hours") for one in (today, double))
    assert after[1] == pytest.approx(2 * before[1])
    bought = before[0] - before[1]
    assert after[0] - before[0] == pytest.approx(before[1], abs=0.2 * bought)
    assert after[2] > before[2]


def test_a_conference_is_paid_though_the_team_has_less_to_do(today):
    conferences = simulate(TOWN, "eigen_kracht", 104, seed=2)
    more = np.subtract(*(asked(one, "cash", "cash_conferences") for one in (conferences, today)))
    assert 0 < 0.5 * more[1] < more[0]


def test_hours_of_the_team_are_paid_once(today):
    """Outreach and groups take hours of workers: these are in their pay already."""
    busy = lived(outreach=0.4, collective_hours=4)
    assert measure("spent_neighbourhood").of(busy) > 0
    assert measure("cash_neighbourhood").of(busy) == pytest.approx(0, abs=1e-6)
    besides = lived(community_hours=10)
    assert measure("cash_neighbourhood").of(besides) == pytest.approx(
        measure("spent_neighbourhood").of(besides)
    )


def test_free_hours_are_those_that_no_task_takes(today):
    books = today.municipality
    given = books.filter(like="given_").sum(axis=1)
    assert (given <= books["hours_here"] + 1e-9).all()
    found = three_measures(books, today.price_regular)
    np.testing.assert_allclose(found["free_hours"], books["hours_here"] - given, atol=1e-9)
    mean_pay = books["staff_cost"] / books["hours_paid"]
    np.testing.assert_allclose(found["free_worth"], found["free_hours"] * mean_pay)


def test_what_is_bought_is_paid_by_somebody_once(today):
    """Cash beside the pay of workers, and cost to others, are all that is booked but hours."""
    books = today.municipality.sum()
    found = three_measures(today.municipality, today.price_regular).sum()
    bought = books.filter(like="spent_").drop(["spent_team", "spent_guidance", "spent_schooling"])
    beside = found["cash"] - found["cash_staff"] - found["cash_schooling"]
    assert beside + found["cost_others"] == pytest.approx(bought.sum())
    kinds = books.filter(like="spent_").rename(lambda name: name.removeprefix("spent_"))
    others = by_payer(kinds).drop("municipality")
    assert found["cost_others"] == pytest.approx(others.sum())


def test_every_part_of_cash_says_where_it_comes_from():
    booked = set(simulate(TOWN, TEAM, 1, seed=1).municipality)
    for part in cash_parts().values():
        assert 0 <= part.low <= part.beside <= part.high <= 1
        assert part.source and part.booked in booked
