"""The levers on the team's week: each does what its mechanism says, and at neutral nothing."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.experiments.measures import MEASURES
from kring.simulation.behaviour import professional as a_professional
from kring.simulation.behaviour import team as a_team
from kring.simulation.choices import QUEUE_ORDERS, TASKS
from kring.simulation.parameters import Parameters
from kring.simulation.rows import GENERALIST, OUTSIDE, WAITING
from kring.simulation.world import settle
from tests.effects import PLACE, SCARCE, Effect, first, lived, named, shift, strengths
from tests.helpers import TEAM, differences, differing, living

WORLD = living(PLACE.replace(clients=200), TEAM).world
HOURS = st.floats(0, 100)
ORDER = st.permutations(TASKS)
LEVERS = {"staffing", "caseload_limit", "queue_order", "work_order"}
AMPLE = {"staffing": 5}


def more_wait(group):
    """Weeks that this group of clients has waited more than the others did."""

    def of(result):
        rows = result.client_rows[result.client_rows["stage"] > OUTSIDE]
        here = group(rows)
        return float(rows["waited"][here].mean() - rows["waited"][~here].mean())

    return of


EFFECTS = (
    Effect("staffing", 0.5, MEASURES["wait"].of, +1),
    Effect("staffing", 0.5, MEASURES["without_plan"].of, +1),
    Effect("staffing", 0.5, MEASURES["severity"].of, +1),
    Effect("staffing", 0.5, MEASURES["given_guidance"].of, -1, {"caseload_limit": 0}),
    Effect("staffing", 2, MEASURES["cases"].of, -1),
    Effect("caseload_limit", 10, MEASURES["cases"].of, -1),
    Effect("caseload_limit", 10, MEASURES["waiting_list"].of, +1),
    Effect("caseload_limit", 6, MEASURES["given_guidance"].of, +1, {"staffing": 0.2}),
    Effect("queue_order", "heaviest first", more_wait(lambda c: c["problems_at_entry"] > 6), -1,
           SCARCE),
    Effect("queue_order", "youth first", more_wait(lambda c: c["children"] > 0), -1, SCARCE),
    Effect("work_order", first("outreach"), MEASURES["given_outreach"].of, +1,
           SCARCE | {"outreach": 1}),
    Effect("work_order", first("collective"), MEASURES["given_collective"].of, +1,
           SCARCE | {"collective_hours": 5}),
    Effect("work_order", first("collective"), MEASURES["given_guidance"].of, -1,
           SCARCE | {"collective_hours": 5}),
)  # fmt: skip


@pytest.mark.parametrize(**named(EFFECTS))
def test_a_lever_does_what_its_mechanism_says(effect):
    assert shift(effect) * effect.sign > 0


def test_every_lever_is_tried():
    assert {effect.lever for effect in EFFECTS} == LEVERS


def test_staff_at_the_norm_is_the_staff_of_the_town():
    staffed = living(PLACE, TEAM).world.professionals
    assert staffed.hours.tobytes() == settle(PLACE, Parameters(), 1).professionals.hours.tobytes()


def test_half_the_staff_is_half_the_hours_of_workers_for_the_same_people():
    full, half = (living(PLACE, TEAM.replace(staffing=s)).world for s in (1, 0.5))
    assert not differing(full.clients, half.clients)
    workers = full.professionals.role == GENERALIST
    assert np.allclose(half.professionals.hours[workers] * 2, full.professionals.hours[workers])
    assert (half.professionals.hours == full.professionals.hours)[~workers].all()


def test_a_limit_that_nobody_reaches_is_no_limit():
    assert not differences(
        lived(AMPLE | {"caseload_limit": 0}), lived(AMPLE | {"caseload_limit": 200})
    )


def test_nobody_takes_in_more_than_the_limit():
    stable = PLACE.replace(staff_turnover=0)  # for cases of who leaves come on top
    run = living(stable, TEAM.replace(caseload_limit=6))
    workers = run.world.professionals
    limit = np.where(workers.role == GENERALIST, 6 * workers.hours / PLACE.client_hours, 0)
    most = np.zeros(len(workers))
    for _ in range(80):
        run.live(1)
        most = np.maximum(most, workers.held)
    assert (most <= np.ceil(limit)).all()
    assert (most >= limit)[workers.role == GENERALIST].all()


@pytest.mark.parametrize("order", [first("outreach"), " > ".join(reversed(TASKS))])
def test_with_hours_for_all_their_order_means_nothing(order):
    changed = differences(lived(AMPLE), lived(AMPLE | {"work_order": order}))
    assert set(changed) <= {"municipal_sums"}  # sums of hours, added up in another order


def test_the_order_of_the_queue_means_nothing_where_all_are_alike():
    client, other = WORLD.clients[:2].copy()
    client.opened_week, other.opened_week = 3, 4
    client.severity = other.severity
    client.children = other.children
    for order in range(len(QUEUE_ORDERS)):
        assert a_team.comes_before(client, other, order)
        assert not a_team.comes_before(other, client, order)


@given(st.integers(0, 2), st.lists(st.integers(0, 199), min_size=3, max_size=3, unique=True),
       st.lists(st.integers(0, 5), min_size=3, max_size=3))  # fmt: skip
def test_the_queue_has_an_order(order, places, weeks):
    a, b, c = (WORLD.clients[place : place + 1].copy()[0] for place in places)
    a.opened_week, b.opened_week, c.opened_week = weeks
    before = a_team.comes_before
    assert not before(a, a, order)
    assert not (before(a, b, order) and before(b, a, order))
    assert before(a, c, order) or not (before(a, b, order) and before(b, c, order))


def test_first_come_is_first_taken_in_whoever_it_is():
    run = living(PLACE, TEAM.replace(staffing=0.3))
    run.live(60)
    clients = run.world.clients
    for _ in range(10):
        waits = (clients.stage == WAITING) & (clients.caseworker < 0)
        queue = clients[waits & (clients.intake_week <= run.week)].copy()  # whose turn can come
        run.live(1)
        left = np.isin(queue.id, clients.id[(clients.stage == WAITING) & (clients.caseworker < 0)])
        for team in range(len(run.world.teams)):
            taken = queue.opened_week[(queue.team == team) & ~left]
            still = queue.opened_week[(queue.team == team) & left]
            assert not len(taken) or not len(still) or taken.max() <= still.min()


@given(ORDER, st.lists(HOURS, min_size=len(TASKS), max_size=len(TASKS)), HOURS)
def test_the_week_is_shared_out_in_order(order, wanted, here):
    worker = WORLD.professionals[:1].copy()[0]
    worker.wanted, worker.here = wanted, here
    a_professional.shares_out_hours(worker, TEAM.replace(work_order=" > ".join(order)).record())
    assert ((worker.share >= -1e-12) & (worker.share <= 1)).all()
    given_hours = worker.share * worker.wanted
    assert given_hours.sum() <= here * (1 + 1e-12) + 1e-9
    assert worker.given == pytest.approx(given_hours.sum(), abs=1e-9)
    assert given_hours.sum() == pytest.approx(min(here, sum(wanted)), abs=1e-9)
    left = here
    for task in order:  # who comes first has all before the next has anything
        hours = given_hours[TASKS.index(task)]
        assert hours == pytest.approx(min(max(left, 0), worker.wanted[TASKS.index(task)]), abs=1e-9)
        left -= hours


@given(st.floats(0, 1), st.floats(0, 1), strengths("usual_accounting", "accounting_hours"),
       st.integers(0, 100))  # fmt: skip
def test_accounting_grows_with_cases_and_steering(on_input, on_outcome, p, cases):
    worker = WORLD.professionals[:1].copy()[0]
    worker.held = cases
    usual = a_team.accounting_wanted(worker, TEAM.record(), p)
    assert usual == pytest.approx(cases * p.usual_accounting)
    on_outcome *= 1 - on_input  # they are shares of one steering
    steered = TEAM.replace(input_steering=on_input, outcome_steering=on_outcome).record()
    assert a_team.accounting_wanted(worker, steered, p) >= usual
