"""What holds in every week of every run, whatever the policy."""

import numpy as np
import pytest

from kring.simulation import episodes
from kring.simulation.behaviour.provision import LEGAL_TERM, LOOKED_AT
from kring.simulation.field import N_DOMAINS, N_PROVISIONS
from kring.simulation.parameters import Parameters
from kring.simulation.rows import (
    ASKED,
    CLOSED,
    GONE,
    GUIDED,
    MAPPED,
    MAPPING,
    NETWORK_PLAN,
    NO_PLAN,
    NOT_YET,
    OUTSIDE,
    STOPPED,
    SUPPORTING,
    UNMAPPED,
    WAITING,
)
from tests.helpers import POLICIES, TOWN, living

EPSILON = 1e-9


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
            assert client.helping_at_entry == own.at_entry.sum()
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
    rising = ("hours_mapped", "hours_professional", "hours_network", "cost", "waited",
              "returns", "refused", "closed_week")  # fmt: skip
    before = next(weeks).world.clients.copy()
    for run in weeks:
        clients = run.world.clients
        for name in rising:
            assert (clients[name] >= before[name]).all(), (name, run.week)
        outside = before.stage == OUTSIDE  # solved is counted since the entry
        assert (clients.solved >= before.solved)[~outside].all()
        stayed = clients.returns == before.returns  # a talk after coming back begins anew
        assert (clients.hours_talked >= before.hours_talked)[stayed].all()
        before = clients.copy()


def test_a_case_goes_back_only_when_the_client_returns_after_closing(weeks):
    before = next(weeks).world.clients.copy()
    for run in weeks:
        clients = run.world.clients
        fell_off = (before.stage == MAPPING) & (clients.stage == WAITING)  # the talk is to come
        assert clients.withdrew[fell_off].all() and (clients.caseworker[fell_off] >= 0).all()
        back = (clients.stage < before.stage) & ~fell_off
        assert (before.stage[back] == CLOSED).all()
        assert np.isin(clients.stage[back], (WAITING, GUIDED)).all()
        assert (clients.returns - before.returns == back).all()
        assert (clients.opened_week[back] == run.week - 1).all()
        before = clients.copy()


@pytest.mark.parametrize("policy", POLICIES)
def test_episodes_tell_the_counts(policy):
    run = living(TOWN, POLICIES[policy], seed=4)
    run.live(104)
    clients, told = run.world.clients, run.records().episodes_in_order()

    def count(kind, since=0):
        counts = (told.kind == kind) & (told.week >= np.broadcast_to(since, n)[told.client])
        return np.bincount(told.client[counts], minlength=n)

    n = len(clients)
    entries = told[told.kind == episodes.ENTRY]
    entry = np.zeros(n, int)  # the week of it, after a time outside for some
    entry[entries.client] = entries.week
    at_the_team = ~np.isin(clients.stage, (NOT_YET, OUTSIDE))
    assert (count(episodes.ENTRY) == at_the_team).all()
    assert (count(episodes.PROBLEM_SOLVED, entry) == clients.solved).all()
    assert (count(episodes.RETURN) == clients.returns).all()
    closed = count(episodes.CLOSING) - count(episodes.RETURN)
    assert (closed == (clients.stage == CLOSED)).all()
    assert ((count(episodes.PLAN_MADE) > 0) == (clients.plan_week >= 0)).all()
    assert (count(episodes.REFUSAL) + count(episodes.PASSED_ON) == clients.refused).all()
    assert (count(episodes.FOUND_EARLY) == clients.found_early).all()
    assert (count(episodes.JOINS_GROUP) >= clients.in_group).all()
    has_talk = (clients.stage == WAITING) & (clients.caseworker >= 0)
    fell_off = clients.withdrew & ((clients.plan_week >= 0) | has_talk)
    assert (count(episodes.FALLS_OFF) == fell_off).all()
    in_use = (clients.plan == NETWORK_PLAN) & clients.carried_out
    assert (count(episodes.PLAN_TAKEN_UP) <= count(episodes.PLAN_LAPSES) + 1).all()
    assert (count(episodes.PLAN_TAKEN_UP) >= count(episodes.PLAN_LAPSES))[in_use].all()
    helping = count(episodes.STARTS_HELPING) - count(episodes.STOPS_HELPING)
    assert (helping == clients.supporters).all()
    came, solved = count(episodes.PROBLEM_CAME, entry), count(episodes.PROBLEM_SOLVED, entry)
    assert (clients.problems_at_entry + came - solved == clients.problems).all()


def test_who_waits_has_no_helper_and_who_is_guided_has_a_plan(weeks):
    for run in weeks:
        clients = run.world.clients
        no_case = np.isin(clients.stage, (NOT_YET, OUTSIDE, WAITING, CLOSED))
        assert (clients.professionals[no_case] == 0).all()
        assert (clients.professional_help[no_case] == 0).all()
        assert (clients.plan[clients.stage >= GUIDED] > 0).all()


def test_while_the_network_is_prepared_the_team_helps_or_not_at_all(weeks):
    helped = 0
    for run in weeks:
        clients = run.world.clients
        prepared = clients.stage == MAPPING
        assert (clients.professionals[prepared & ~clients.helped_meanwhile] == 0).all()
        assert (clients.plan[prepared] == NO_PLAN).all()
        assert not clients.helped_meanwhile[~prepared].any()
        helped += (clients.professionals[prepared] > 0).sum()
    assert helped > 0


def test_a_plan_that_is_not_in_use_is_the_networks_and_it_is_known_since_when(weeks):
    before = next(weeks).world.clients.copy()
    for run in weeks:
        clients = run.world.clients
        lapsed = clients.lapsed_week >= 0
        assert (clients.plan[lapsed] == NETWORK_PLAN).all()
        assert (clients.lapsed_week >= clients.plan_week)[lapsed].all()
        out_of_use = (clients.plan > NO_PLAN) & ~clients.carried_out
        assert lapsed[out_of_use].all()
        already = before.lapsed_week >= 0
        assert (clients.lapsed_week == before.lapsed_week)[already].all()
        before = clients.copy()


def test_nobody_works_together_with_a_network_in_which_nobody_helps(weeks):
    together = 0
    before = next(weeks).world.clients.copy()
    for run in weeks:
        clients = run.world.clients
        nobody = (clients.supporters == 0) & (before.supporters == 0)
        assert not clients.cooperation[nobody].any(), f"week {run.week}"
        together += clients.cooperation.sum()
        before = clients.copy()
    assert together > 0


def test_light_enough_is_light(weeks):
    """Nobody is closed as light with many problems, or a heavy one."""
    strengths = Parameters()
    heaviest = {}
    for run in weeks:
        clients = run.world.clients
        for c in np.flatnonzero((clients.closed_week == run.week - 1) & (clients.closed_week >= 0)):
            heaviest[c, run.week - 1] = clients.level[c].max()
    told = run.records().episodes_in_order()
    light = told[(told.kind == episodes.CLOSING) & (told.detail == episodes.BETTER)]
    assert (light.amount <= strengths.light_problems).all()
    assert all(heaviest[e.client, e.week] < strengths.keeps_open for e in light)


def test_a_provision_is_had_or_waited_for_but_not_both(weeks):
    for run in weeks:
        clients = run.world.clients
        has = (clients.provided[:, None] >> np.arange(N_PROVISIONS)) & 1 == 1
        asked = clients.decision_week > 0
        assert not (has & asked).any()
        assert (clients.provided_until[has] > run.week - 1 - LOOKED_AT).all()
        assert (clients.decision_week[asked] > run.week - 1 - LOOKED_AT).all()
        assert (clients.decision_week[asked] <= run.week - 1 + LEGAL_TERM).all()
