"""What holds in every week of every team: hours, cases, the queue, groups, agencies, money."""

import numpy as np
import pytest

from kring.simulation import episodes, money
from kring.simulation.choices import ADMINISTRATION, COLLECTIVE, OUTREACH, TASKS
from kring.simulation.field import N_DISCIPLINES, N_DOMAINS
from kring.simulation.outcomes import MUNICIPAL_NAMES
from kring.simulation.parameters import Parameters
from kring.simulation.rows import (
    AGENCY,
    CLOSED,
    COORDINATOR,
    GENERALIST,
    GUIDED,
    MAPPING,
    NETWORK_PLAN,
    NOT_YET,
    OUTSIDE,
    WAITING,
)
from tests.helpers import ALL_HAPPENS, BUSY, living

EPSILON = 1e-9
FOR_NO_CLIENT = [ADMINISTRATION, COLLECTIVE, OUTREACH]
ON_CLIENTS = [
    *(money.TEAM_GUIDANCE, money.CONFERENCE, money.SPECIALIST, money.PLACEMENT, money.INQUIRY),
    money.PROVISION,
]


def hours_received(world) -> float:
    """Hours that clients have had so far from workers, coordinators and agencies."""
    clients = world.clients
    from_coordinators = clients.hours_mapped[clients.coordinator >= 0].sum()
    return float(clients.hours_professional.sum() + from_coordinators)


def given_by_task(workers) -> np.ndarray:
    return workers.wanted * workers.share


def counted(rows, n: int) -> np.ndarray:
    """How often each row is named; -1 names nobody."""
    return np.bincount(rows[rows >= 0], minlength=n)


def persons(helpers: np.ndarray) -> np.ndarray:
    """Helpers by discipline, each of them named once; -1 where nobody helps, or the same again."""
    ordered = np.sort(helpers, axis=1)
    again = np.zeros_like(ordered, bool)
    again[:, 1:] = ordered[:, 1:] == ordered[:, :-1]
    return np.where(again, -1, ordered)


def bits(flags: np.ndarray) -> np.ndarray:
    """Sets of places as numbers, one a row."""
    return flags @ (1 << np.arange(flags.shape[1]))


# Hours


def test_nobody_gives_more_hours_than_there_are(weeks):
    busy = 0
    next(weeks)
    for run in weeks:
        workers = run.world.professionals
        assert (workers.given <= workers.here + EPSILON).all()
        assert (workers.here <= workers.hours + EPSILON).all()
        assert (workers.here >= 0).all() and (workers.given >= 0).all()
        assert ((workers.share >= 0) & (workers.share <= 1)).all()
        assert (workers.wanted >= 0).all()
        busy += (workers.given > workers.here - EPSILON)[workers.here > 0].sum()
    assert busy > 0  # the staff is short enough for this to say something


def test_who_is_away_gives_nothing_and_who_is_there_gives_all_but_schooling(weeks):
    away = 0
    next(weeks)
    for run in weeks:
        workers, policy = run.world.professionals, run.world.policies[0]
        team = workers[workers.role == GENERALIST]
        is_away = team.back > run.week - 1
        schooling = (policy["training"] + 12 * policy["peer_review"]) / 52
        assert (team.here[is_away] == 0).all() and (team.given[is_away] == 0).all()
        np.testing.assert_allclose(team.here[~is_away], (team.hours - schooling)[~is_away])
        away += is_away.sum()
    assert away > 0


def test_hours_received_are_the_hours_given(weeks):
    """Beside what goes to accounting, groups and outreach, all that is given reaches a client."""
    before = hours_received(next(weeks).world)
    for run in weeks:
        workers = run.world.professionals
        now = hours_received(run.world)
        received = now - before + given_by_task(workers)[:, FOR_NO_CLIENT].sum()
        assert received == pytest.approx(workers.given.sum(), abs=1e-9), f"week {run.week}"
        before = now


def test_coordinators_and_agencies_do_only_their_own_work(weeks):
    next(weeks)
    for run in weeks:
        workers = run.world.professionals
        tasks = {COORDINATOR: "network", AGENCY: "guidance"}
        for role, task in tasks.items():
            others = [i for i, name in enumerate(TASKS) if name != task]
            assert (workers.wanted[workers.role == role][:, others] == 0).all()


# Cases, queue, groups, agencies


def test_cases_and_helpers_are_counted_once_each(weeks):
    """Also where one worker covers more fields than one."""
    for run in weeks:
        clients, workers = run.world.clients, run.world.professionals
        n = len(workers)
        helpers = persons(clients.helpers)
        assert (clients.professionals == (helpers >= 0).sum(axis=1)).all()
        is_open = np.isin(clients.stage, (WAITING, MAPPING, GUIDED))
        held = counted(np.where(is_open, clients.caseworker, -1), n)
        assert (workers.held == held).all(), f"week {run.week}"
        only_helps = helpers != clients.caseworker[:, None]
        helped = counted(np.where(only_helps, helpers, -1).ravel(), n)
        team = workers.role != COORDINATOR
        assert (workers.cases == held + helped)[team].all(), f"week {run.week}"


def test_coordinators_count_the_networks_that_they_work_on(weeks):
    for run in weeks:
        clients, workers = run.world.clients, run.world.professionals
        at_work = (clients.stage == MAPPING) | (clients.stage == GUIDED) & clients.outside_guidance
        at_work &= clients.meets_week < 0  # until a day is found
        convened = counted(np.where(at_work, clients.coordinator, -1), len(workers))
        is_coordinator = workers.role == COORDINATOR
        assert (workers.cases == convened)[is_coordinator].all(), f"week {run.week}"


def test_coordinators_take_no_more_networks_than_they_have_time_for_and_others_stand_in_line(weeks):
    pace = Parameters().network_pace
    for run in weeks:
        clients, workers = run.world.clients, run.world.professionals
        coordinators = workers[workers.role == COORDINATOR]
        assert ((coordinators.cases - 1) * pace < coordinators.hours).all()
        waits = (clients.stage == MAPPING) & clients.conference & (clients.coordinator < 0)
        assert (clients.hours_mapped[waits] == 0).all()


def test_helpers_belong_to_the_clients_team_and_have_the_discipline_or_cover_it(weeks):
    for run in weeks:
        clients, workers = run.world.clients, run.world.professionals
        who, discipline = np.nonzero(clients.helpers >= 0)
        row = clients.helpers[who, discipline]
        covers = workers.discipline[row] != discipline
        assert (clients.plan[who[covers]] == NETWORK_PLAN).all()
        assert (workers.role[row[covers]] == GENERALIST).all()
        assert (workers.team[row] == clients.team[who]).all()
        assert (workers.role[row] != COORDINATOR).all()
        held = clients.caseworker[clients.caseworker >= 0]
        assert (workers.role[held] == GENERALIST).all()


def test_the_waiting_list_holds_who_waits_without_a_caseworker(weeks):
    for run in weeks:
        clients, teams = run.world.clients, run.world.teams
        waits = (clients.stage == WAITING) & (clients.caseworker < 0)
        assert (teams.waiting == np.bincount(clients.team[waits], minlength=len(teams))).all()
        begun = np.isin(clients.stage, (MAPPING, GUIDED, CLOSED))
        assert (clients.caseworker[begun] >= 0).all()
        before = np.isin(clients.stage, (NOT_YET, OUTSIDE))
        assert (clients.caseworker[before] == -1).all()


def test_groups_hold_who_has_a_place(weeks):
    for run in weeks:
        clients, teams = run.world.clients, run.world.teams
        assert (teams.in_group == np.bincount(clients.team, clients.in_group, len(teams))).all()
        assert (teams.places >= 0).all() and (teams.former_clients >= 0).all()


def test_at_an_agency_is_whom_an_agency_helps(weeks):
    for run in weeks:
        clients, workers = run.world.clients, run.world.professionals
        by_agency = (clients.helpers >= 0) & (workers.role[clients.helpers] == AGENCY)
        assert (clients.at_agency == bits(by_agency)).all()
        assert (clients.referred & clients.at_agency == 0).all()
        assert ((clients.referred >= 0) & (clients.referred < 1 << N_DISCIPLINES)).all()
        with_team = (clients.stage == GUIDED) | clients.helped_meanwhile
        assert (clients.referred[~with_team] == 0).all()


def test_only_problems_that_are_there_are_hidden(weeks):
    for run in weeks:
        clients = run.world.clients
        there = bits(clients.level > 0)
        assert (clients.hidden & ~there == 0).all(), f"week {run.week}"
        assert ((clients.brewing >= 0) & (clients.brewing < 1 << N_DOMAINS)).all()


def test_belief_and_skill_stay_within_their_bounds(weeks):
    for run in weeks:
        workers = run.world.professionals
        assert ((workers.doubt >= 0) & (workers.doubt <= 1)).all()
        assert ((workers.skill >= 0.5) & (workers.skill <= 1)).all()


# Money, and what is recorded


def test_what_clients_cost_is_what_is_spent_on_them(weeks):
    before = next(weeks).world.clients.cost.sum()
    for run in weeks:
        workers, spent = run.world.professionals, run.records().municipal_sums()[run.week - 1]
        accounting = given_by_task(workers)[:, ADMINISTRATION] @ workers.rate
        on_clients = spent[ON_CLIENTS].sum() + spent[money.TEAM] - accounting
        now = run.world.clients.cost.sum()
        assert on_clients == pytest.approx(now - before, abs=1e-6), f"week {run.week}"
        before = now


def test_what_is_recorded_is_so(weeks):
    next(weeks)
    for run in weeks:
        world = run.world
        told = dict(zip(MUNICIPAL_NAMES, run.records().municipal_sums()[run.week - 1], strict=True))
        team = world.professionals[world.professionals.role == GENERALIST]
        assert told["waiting_list"] == world.teams.waiting.sum()
        assert told["cases"] == team.held.sum()
        assert told["workers"] == len(team)
        assert told["hours_here"] == pytest.approx(team.here.sum())
        assert told["hours_paid"] == pytest.approx(team.hours.sum())
        for i, task in enumerate(TASKS):
            assert told[f"wanted_{task}"] == pytest.approx(team.wanted[:, i].sum())
            assert told[f"given_{task}"] == pytest.approx(given_by_task(team)[:, i].sum())


def test_when_every_lever_is_on_all_of_it_happens():
    """The laws above say something only if there is something to them."""
    run = living(ALL_HAPPENS, BUSY, seed=4)
    in_line = covering = 0
    for _ in range(104):
        run.live(1)
        clients = run.world.clients
        in_line += (clients.conference & (clients.coordinator < 0)).sum()
        covering += ((clients.helpers >= 0).sum(axis=1) > clients.professionals).sum()
    assert in_line and covering
    spent = run.records().municipal_sums().sum(axis=0)[: len(money.KINDS)]
    missing = [kind for kind, eur in zip(money.KINDS, spent, strict=True) if eur == 0]
    assert missing == []
    for happened in ("found_early", "returns", "refused", "in_group", "conference", "waited",
                     "self_reliance_asked", "one_plan", "helping_at_entry", "withdrew",
                     "provided"):  # fmt: skip
        assert clients[happened].any(), happened
    assert (clients.lapsed_week >= 0).any()
    told = run.records().episodes_in_order()
    closed = told.detail[told.kind == episodes.CLOSING]
    assert {episodes.BETTER, episodes.PROBLEMS_LEFT, episodes.AT_THE_NORM} <= set(closed)
