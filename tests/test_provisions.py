"""Provisions: asked for, decided after the legal term, renewed or not, and what they cost."""

import numpy as np
import pytest

from kring.simulation import episodes
from kring.simulation.behaviour.provision import LEGAL_TERM, LOOKED_AT
from kring.simulation.field import PROVIDES_FOR, PROVISIONS
from kring.simulation.living import Run
from kring.simulation.money import KINDS
from kring.simulation.result.tables import episode_table
from kring.simulation.rows import CLOSED, SUPPORTING
from kring.simulation.run import simulate
from tests.by_hand import CERTAIN, POLICY, lived
from tests.helpers import ROUTES, TOWN, give_problems, given, living, one_client

ADMINISTRATION = PROVISIONS.index("administration")
WEEKS, A_WEEK = 52, 1 * 63.60  # an indication of a year: an hour a week
ASKING = CERTAIN.replace(provision_asked=1, provision_from=3)
ALONE = POLICY.replace(mobilisation_hours=0)


def a_run(policy=ALONE, **levels) -> Run:
    """Finances 3; the worker has no hours for the network, so that nobody helps."""
    world = one_client(ASKING, policy)
    world.ties.closeness = 1.0
    give_problems(world, **(levels or {"finances": 3}))
    return Run(world, threads=1)


def first_look(run: Run) -> int:
    """The first week in which it is this client's turn."""
    return -int(run.world.clients[0].id) % LOOKED_AT


def spent(run: Run) -> list[float]:
    """What provisions cost, week by week."""
    return run.records().municipal_sums()[:, KINDS.index("provision")].tolist()


def test_a_provision_is_decided_on_after_the_legal_term_and_lasts_for_its_indication():
    run = a_run()
    asked = first_look(run)
    client = lived(run, asked + 1)
    assert (client.decision_week[ADMINISTRATION], client.provided) == (asked + LEGAL_TERM, 0)
    granted = asked + LEGAL_TERM
    client = lived(run, LEGAL_TERM - 1)
    assert client.provided == 0
    client = lived(run, 1)
    assert client.provided == 1 << ADMINISTRATION
    assert client.provided_until[ADMINISTRATION] == granted + WEEKS
    # When the indication ends, finances are as heavy as before: it is renewed.
    client = lived(run, WEEKS + 4)
    assert client.provided_until[ADMINISTRATION] == granted + 2 * WEEKS
    np.testing.assert_allclose(spent(run), [0] * granted + [A_WEEK] * (WEEKS + 5))
    told = episode_table(run.records().episodes_in_order(), episodes.KINDS)
    told = told[told["kind"] == "provision"]
    assert told["week"].tolist() == [granted, granted + WEEKS]
    assert set(told["detail"]) == {"administration"}


def test_what_is_no_longer_needed_is_not_renewed():
    run = a_run()
    client = lived(run, first_look(run) + LEGAL_TERM + 1)
    assert client.provided
    give_problems(run.world, finances=2)
    client = lived(run, WEEKS)
    assert client.provided == 0
    assert sum(spent(run)) == pytest.approx(WEEKS * A_WEEK)


@pytest.mark.parametrize(("help_given", "granted"), [(0.49, True), (0.5, False)])
def test_where_the_network_carries_half_of_the_need_it_is_not_granted(help_given, granted):
    run = a_run()
    run.world.parameters["network_replaces"] = 0.5
    lived(run, first_look(run) + LEGAL_TERM)
    # One helps, with so much of the need of three hours.
    tie, client = run.world.ties[0], run.world.clients[0]
    tie.state = SUPPORTING
    client.supporting = client.supporters = client.mapped = 1
    run.world.members[0].spare_hours = 3 * help_given / ASKING.stretch
    client.network_help = help_given
    client = lived(run, 1)
    assert (client.provided > 0) == granted
    told = episode_table(run.records().episodes_in_order(), episodes.KINDS)
    expected = "administration" if granted else "no administration"
    assert told[told["kind"] == "provision"]["detail"].tolist() == [expected]


@pytest.mark.parametrize("kind", range(len(PROVISIONS)))
def test_each_provision_is_for_its_own_problems(kind):
    for domain in PROVIDES_FOR[kind]:
        run = a_run(**{domain: 3})
        client = lived(run, first_look(run) + LEGAL_TERM + 1)
        assert client.provided == 1 << kind


@pytest.mark.parametrize("level", [1, 2])
def test_a_light_problem_gets_none(level):
    run = a_run(finances=level)
    client = lived(run, 40)
    assert client.provided == 0 and not client.decision_week.any()


def test_nobody_asks_before_a_talk_but_a_provision_outlasts_the_case():
    waiting = a_run()
    waiting.world.town["intake_weeks"] = 40
    client = lived(waiting, 8)
    assert client.intake_week > 8 and not client.decision_week.any()

    run = a_run(ALONE.replace(strict_norm=1, closing_adult=20))
    client = lived(run, first_look(run) + LEGAL_TERM + WEEKS + 1)
    assert (client.stage, client.closed_week) == (CLOSED, 20)
    assert client.provided  # renewed, though the case is closed


def test_what_is_spent_on_provisions_is_what_clients_had():
    run = living(TOWN, ROUTES, seed=2)
    price = run.world.provisions["hours"] * run.world.provisions["tariff"]
    for _ in range(80):
        run.live(1)
        has = (run.world.clients.provided[:, None] >> np.arange(len(PROVISIONS))) & 1
        assert spent(run)[-1] == pytest.approx((has @ price).sum())
    assert spent(run)[-1] > 0


def test_where_nobody_asks_there_are_none():
    off = ASKING.replace(provision_asked=0)
    run = a_run()
    given(run.world, off)
    assert not lived(run, 60).provided
    result = simulate(TOWN, ROUTES, 60, parameters=off)
    assert (result.municipality["spent_provision"] == 0).all()
    assert (result.episode_rows["kind"] != episodes.PROVISION).all()
