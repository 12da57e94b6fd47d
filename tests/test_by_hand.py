"""One client and three members, worked by hand: the comments are the sums."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.simulation.behaviour import client as a_client
from kring.simulation.behaviour import member as a_member
from kring.simulation.behaviour import network, preparation, problem
from kring.simulation.behaviour import professional as a_professional
from kring.simulation.choices import GUIDANCE, INTAKE, NETWORK
from kring.simulation.draws import uniform
from kring.simulation.episodes import CROWDED_OUT, DISTRESS, ONLY_ONE, OVERLOAD
from kring.simulation.field import DOMAINS, TIE_KINDS
from kring.simulation.parameters import Parameters
from kring.simulation.rows import NETWORK_PLAN, WORKER_PLAN
from tests.by_hand import P, helping, share
from tests.helpers import QUIET_POLICY, any_of, give_problems, one_client, overwrite

FINANCES, HOUSING = DOMAINS.index("finances"), DOMAINS.index("housing")


@pytest.fixture
def world():
    """Severity 10: finances acute, housing and work severe."""
    world = one_client(P)
    give_problems(world, finances=4, housing=3, work=3)
    return world


# Saying yes, and stopping


def test_a_friend_of_middling_closeness_says_yes(world):
    # willing 0 + closeness 2 x 0 + friend 0.4 + spare hours 0.1 x 0 - need 0.1 x 10 / 10
    odds = 0.4 - 0.1
    chance = chance_to_say_yes(world, 0)
    assert chance == pytest.approx(1 / (1 + math.exp(-odds)))
    assert chance == pytest.approx(0.5744, abs=1e-4)


def test_close_kin_with_time_say_yes_more_often(world):
    world.ties[1].kind = TIE_KINDS.index("close kin")
    world.ties[1].closeness = 0.75
    world.members[1].spare_hours = 8
    # 2 x 0.25 + close kin 0.6 + 0.1 x 4 - 0.1 = 1.4
    assert chance_to_say_yes(world, 1) == pytest.approx(0.8022, abs=1e-4)


def chance_to_say_yes(world, place: int) -> float:
    return a_member.chance_to_say_yes(
        world.ties[place],
        world.members[place],
        world.clients[0],
        world.kinds,
        world.policies[0],
        world.parameters,
    )


def chance_to_stop(world) -> float:
    client = world.clients[0]
    return a_member.chance_to_stop(
        world.ties[0],
        world.members[0],
        client,
        int(client.supporting),
        world.kinds,
        world.policies[0],
        world.parameters,
    )


def test_the_only_overloaded_supporter_beside_professionals_stops_often(world):
    helping(world, 0)
    world.members[0].strain = 1.5
    world.clients[0].professional_help = 0.5
    # 0.01 x friend 0.9 x distress (1 + 0.3 x 10 / 10) x strain (1 + 2 x 0.5) x only one (1 + 1)
    # x crowded out (1 + 1 x 0.5)
    assert chance_to_stop(world) == pytest.approx(0.01 * 0.9 * 1.3 * 2 * 2 * 1.5)
    world.clients[0].cooperation = True  # nobody crowds out
    assert chance_to_stop(world) == pytest.approx(0.01 * 0.9 * 1.3 * 2 * 2)
    helping(world, 1)  # no longer the only one
    assert chance_to_stop(world) == pytest.approx(0.01 * 0.9 * 1.3 * 2)
    world.members[0].strain = 0.9  # within the spare hours
    assert chance_to_stop(world) == pytest.approx(0.01 * 0.9 * 1.3)


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0, 0.009, 0),  # 0.01 x friend 0.9: the usual turnover
        (0.009, 0.0351, DISTRESS | OVERLOAD | ONLY_ONE | CROWDED_OUT),  # none by itself: together
        (0.0351, 0.0468, OVERLOAD | ONLY_ONE),  # 0.0702 / 2
        (0.0468, 0.054, OVERLOAD | ONLY_ONE | CROWDED_OUT),  # 0.0702 / 1.5
        (0.054, 0.0702, DISTRESS | OVERLOAD | ONLY_ONE | CROWDED_OUT),  # 0.0702 / 1.3
    ],
)
def test_why_a_supporter_stops_is_what_the_luck_of_that_week_takes(world, low, high, expected):
    helping(world, 0)
    world.members[0].strain = 1.5
    world.clients[0].professional_help = 0.5
    client, tie = world.clients[0], world.ties[0]
    given = (world, tie, world.members[0], client, 0, int(client.supporting))
    weeks = [w for w in range(2000) if low < uniform(1, a_member.STOPS, tie.id, w) < high]
    assert {a_member.why_stops(*given, week) for week in weeks} == {expected}


def test_who_made_the_plan_together_and_know_each_other_stay(world):
    helping(world, 0, 1, 2)
    client, tie = world.clients[0], world.ties[0]

    def bond():
        return a_member.bond(tie, client, int(client.supporting), world.parameters)

    assert bond() == 0
    tie.in_plan = client.carried_out = True
    # a helper convened: half of the plan's bond of 0.8 is lost
    assert bond() == pytest.approx(0.4)
    client.conference = True
    assert bond() == pytest.approx(0.8)
    tie.knows = 1 << 2  # one of the two other supporters: 0.5 x 1/2 of what is left goes
    assert bond() == pytest.approx(1 - 0.2 * 0.75)
    assert chance_to_stop(world) == pytest.approx(0.01 * 0.9 * 1.3 * 0.15)


def test_strain_follows_the_load(world):
    member = world.members[0]
    member.load = 6.0  # 1.5 per spare hour
    a_member.feels_strain(member, world.parameters, 1)
    a_member.feels_strain(member, world.parameters, 1)  # for another client: still one week
    assert member.strain == pytest.approx(1.5 / P.strain_weeks)
    for week in range(2, 2000):
        a_member.feels_strain(member, world.parameters, week)
    assert member.strain == pytest.approx(1.5)


# Asking, and searching


def test_the_asking_barrier_is_highest_towards_neighbours(world):
    def barrier():
        return a_client.barrier(
            world.clients[0], world.ties[0], world.kinds, world.policies[0], world.parameters
        )

    # parameter 0.5 x client 0.5 x friend 0.8, neighbour 1.5
    assert barrier() == pytest.approx(0.2)
    world.ties[0].kind = TIE_KINDS.index("neighbour")
    assert barrier() == pytest.approx(0.375)


def test_search_has_diminishing_returns(world):
    p = P.replace(named_at_once=0.3, found_by_search=0.5, search_half=2)
    overwrite(world.parameters, p.record())
    # 0.3 + 0.5 x ln(1 + hours / 2): every doubling from 2 hours on adds less than the one before
    rates = [a_client.search_rate(hours, world.parameters) for hours in (0.0, 2.0, 30.0)]
    assert rates == pytest.approx([0.3, 0.3 + 0.5 * math.log(2), 0.3 + 0.5 * math.log(16)])


# Help before the plan, and the way to the meeting


def test_some_help_before_anybody_brings_them_together(world):
    tie, client = world.ties[0], world.clients[0]

    def helps(seed):
        return a_member.helps_already(tie, client, world.kinds, world.parameters, seed)

    assert share(helps) == 0  # silent in this world
    world.parameters["helps_already"] = 0.2
    # log odds of 0.2, friend + 0.4, need - 0.1 x 10 / 10
    assert share(helps) == pytest.approx(1 / (1 + 4 * math.exp(-0.3)), abs=0.02)
    tie.closeness = 1.0  # + 2 x 0.5
    assert share(helps) == pytest.approx(1 / (1 + 4 * math.exp(-1.3)), abs=0.02)


def test_hours_make_members_ready_to_come(world):
    client, p = world.clients[0], world.parameters
    p["invitation_hours"], p["unprepared"], p["comes_when_invited"] = 2, 3, 1
    assert network.share_prepared(client, p) == 1  # there is nobody to visit
    client.mapped = 3
    parts = []
    for client.hours_mapped in (0, 1.5, 6, 30):
        parts.append(network.share_prepared(client, p))
    assert parts == pytest.approx([0, 0.25, 1, 1])  # of 3 x 2 hours

    def comes(prepared):
        return share(lambda seed: a_member.comes(world.ties[0], True, prepared, p, seed))

    # log odds 1 - 3 x what nobody visited
    assert comes(0.0) == pytest.approx(1 / (1 + math.exp(2)), abs=0.02)
    assert comes(1.0) == pytest.approx(1 / (1 + math.exp(-1)), abs=0.02)


@pytest.mark.parametrize("mean", [0, 3, 6, 14])
def test_weeks_of_waiting_have_their_mean_and_are_seldom_many(mean):
    luck = np.random.default_rng(1).random((4000, 2))
    weeks = np.array([preparation.weeks_drawn(float(mean), one, other) for one, other in luck])
    assert weeks.mean() == pytest.approx(mean, rel=0.05)
    assert (weeks >= 0).all() and (weeks > 3 * mean).mean() < 0.05


def test_a_plan_goes_out_of_use_sooner_as_its_helpers_fall_away(world):
    client = world.clients[0]
    client.counted_on = 4
    world.parameters["plan_lapses"] = 0.03
    chances = []
    for client.supporters in (5, 4, 1, 0):
        chances.append(network.chance_to_lapse(client, world.parameters))
    assert chances == pytest.approx([0.03, 0.03, 0.03 * 1.75, 0.06])


# Hours


@pytest.mark.parametrize("together", [False, True])
def test_the_need_is_divided_among_supporters(world, together):
    helping(world, 0, 1, 2)
    client = world.clients[0]
    world.ties.closeness = [0.9, 0.6, 0.3]
    world.members.spare_hours = [1, 2, 3]
    if together:
        client.plan, client.carried_out = NETWORK_PLAN, True
        # the need of 10 by spare hours 1 : 2 : 3; each can stretch to 2, 4, 6
        carried = [10 / 6, 20 / 6, 30 / 6]
    else:
        client.plan, client.carried_out = WORKER_PLAN, True
        # by closeness squared 0.81 : 0.36 : 0.09, the closest not beyond twice 1 hour
        carried = [2, 10 * 0.36 / 1.26, 10 * 0.09 / 1.26]
    network.help_out(world, client)
    np.testing.assert_allclose(world.ties.hours, carried)
    np.testing.assert_allclose(world.members.load, carried)
    assert client.hours_network == pytest.approx(sum(carried))
    assert client.network_help == pytest.approx(sum(carried) / 10)


def test_talks_come_first_and_the_network_gets_what_is_left(world):
    worker, policy = world.professionals[0], world.policies[0]
    tasks = [INTAKE, GUIDANCE, NETWORK]
    worker.here = 10
    worker.wanted[tasks] = 3, 4, 6
    a_professional.shares_out_hours(worker, policy)
    # 10 - 3 - 4 = 3 of the 6 hours for networks
    assert worker.share[tasks].tolist() == [1, 1, 0.5]
    assert worker.given == 10
    worker.wanted[INTAKE] = 20
    a_professional.shares_out_hours(worker, policy)
    assert worker.share[tasks].tolist() == [0.5, 0, 0]
    worker.here = 0  # ill
    a_professional.shares_out_hours(worker, policy)
    assert worker.share.tolist() == [0] * 7
    assert worker.given == 0


def test_another_order_of_work_lets_something_else_give_way(world):
    order = "network > guidance > intake > plans > administration > collective > outreach"
    world.policies[0] = QUIET_POLICY.replace(work_order=order).row()
    worker = world.professionals[0]
    tasks = [INTAKE, GUIDANCE, NETWORK]
    worker.here = 10
    worker.wanted[tasks] = 3, 5, 6
    a_professional.shares_out_hours(worker, world.policies[0])
    assert worker.share[tasks].tolist() == [0, 0.8, 1]  # 6, then 4 of 5, then nothing


# Problems


def test_what_relieves_a_problem_adds_up(world):
    client, domains = world.clients[0], world.domains
    client.network_help = 0.5
    p = world.parameters
    # effect 0.1 x finances' response 0.8, 1.2 x half of the help; a quarter where no plan aims it
    assert problem.eases_by_network(client, FINANCES, domains, p) == pytest.approx(0.01)
    client.plan, client.carried_out = NETWORK_PLAN, True
    assert problem.eases_by_network(client, FINANCES, domains, p) == pytest.approx(0.04)
    assert problem.eases_by_professional(client, FINANCES, 0.4, domains, p) == pytest.approx(0.048)
    assert problem.eases_together(client, 0.4, p) == 0
    client.cooperation = True  # 0.2 x the smaller of both helps
    assert problem.eases_together(client, 0.4, p) == pytest.approx(0.08)
    assert problem.eases_by_itself(client, FINANCES, domains, p) == pytest.approx(0.01)
    client.self_reliance = 1.0  # 0.01 x (1 + 1 x 0.5)
    assert problem.eases_by_itself(client, FINANCES, domains, p) == pytest.approx(0.015)
    # work feeds finances with 0.9
    assert problem.held_in_place(client, FINANCES, domains) == pytest.approx(0.9)
    # finances feed housing
    assert problem.held_in_place(client, HOUSING, domains) == pytest.approx(0.7)


def test_what_nobody_looks_after_gets_worse_the_lighter_the_sooner(world):
    client = world.clients[0]
    client.network_help = 0.5

    def worsens(level, guidance=0.0):
        client.level[HOUSING] = level
        return problem.worsens(client, HOUSING, guidance, world.domains, world.parameters)

    # 0.1 x 1, 2/3, 1/3, 0 of it by level x (1 - 0.5)
    assert [worsens(level) for level in (1, 2, 3, 4)] == pytest.approx([0.05, 0.1 / 3, 0.05 / 3, 0])
    assert worsens(1, guidance=0.4) == pytest.approx(0.05)  # the larger help counts
    assert worsens(1, guidance=0.9) == pytest.approx(0.01)


def test_a_provision_looks_after_its_problem_and_takes_work_off_the_network(world):
    helping(world, 0, 1, 2)
    world.members.spare_hours = 40
    client, finances = world.clients[0], 1  # administration: an hour a week
    client.level[FINANCES], client.severity = 1, 7
    client.provided = 1 << finances
    world.parameters["provision_holds"] = 0.8
    # 0.1 x (1 - 0.8) in finances; in housing nobody
    assert problem.worsens(client, FINANCES, 0.0, world.domains, world.parameters) == (
        pytest.approx(0.02)
    )
    assert problem.worsens(client, HOUSING, 0.0, world.domains, world.parameters) == (
        pytest.approx(0.1 / 3)
    )
    network.help_out(world, client)
    assert client.hours_network == pytest.approx(7 - 1)
    assert client.network_help == 1


@pytest.mark.parametrize(
    ("luck", "change"), [(0.0, -1), (0.0344, -1), (0.0346, 0), (0.9666, 0), (0.9668, 1)]
)
def test_a_problem_eases_or_worsens_where_luck_meets_its_chance(world, luck, change):
    client, domains = world.clients[0], world.domains
    client.plan, client.carried_out = NETWORK_PLAN, True
    client.network_help = 0.5
    # eases: (0.01 by itself + 0.04 by the network), held by work 1 / (1 + 0.5 x 0.9): 0.03448
    # worsens: 0.1 x 2/3 at level 2 x (1 - 0.5) at the other end of luck
    client.level[FINANCES] = 2
    assert problem.moves(client, FINANCES, 0.0, luck, domains, world.parameters) == change
    assert client.credit_network == pytest.approx(0.8 if change < 0 else 0)  # 0.04 of 0.05
    assert client.credit_self == pytest.approx(0.2 if change < 0 else 0)


def test_a_crisis_passes_whatever_holds_the_problem_and_gets_no_worse(world):
    client, domains = world.clients[0], world.domains

    def move(luck):
        return problem.moves(client, FINANCES, 0.0, luck, domains, world.parameters)

    # 0.01 by itself, held by work: 0.0069; 0.05 for the crisis, which nothing holds
    assert (move(0.0568), move(0.0570), move(0.9999)) == (-1, 0, 0)
    assert (client.credit_self, client.credit_network) == (1, 0)
    client.level[FINANCES] = 3
    assert move(0.0568) == 0  # no crisis


@given(
    any_of(Parameters),
    st.integers(0, len(DOMAINS) - 1),
    st.tuples(*[st.floats(0, 1)] * 3),
    st.tuples(*[st.booleans()] * 3),
)
def test_no_relief_is_likelier_than_the_bound_that_saves_looking(p, domain, shares, flags):
    """Luck beyond the bound is taken for a week without change, unseen."""
    world = one_client(p)
    client, domains, strengths = world.clients[0], world.domains, world.parameters
    client.plan, client.carried_out = NETWORK_PLAN, True
    client.network_help, guidance, client.self_reliance = shares
    passing, client.cooperation, client.does = flags
    problem.set_passing(client, domain, passing)
    relief = (
        problem.eases_by_itself(client, domain, domains, strengths),
        problem.crisis_passes(problem.ACUTE, strengths),
        problem.eases_by_network(client, domain, domains, strengths),
        problem.eases_by_professional(client, domain, guidance, domains, strengths),
        problem.eases_together(client, guidance, strengths),
    )
    assert min(relief) >= 0
    assert sum(relief) <= domains.most_relief + 1e-12


def test_credit_for_what_both_did_is_halved(world):
    client = world.clients[0]
    problem.credit(client, 0.1, 0.2, 0.3, 0.4)
    assert client.credit_self == pytest.approx(0.1)
    assert client.credit_network == pytest.approx(0.4)  # 0.2 and half of 0.4
    assert client.credit_professional == pytest.approx(0.5)


def test_the_worker_judges_complexity_and_time():
    world = one_client(P.replace(complexity_gate=1, time_gate=2.5))
    worker, client = world.professionals[0], world.clients[0]
    worker.complexity_trait = 0.5
    give_problems(world, **dict.fromkeys(DOMAINS[:5], 1))
    policy = {"multi_problem_threshold": 4, "complexity_deciders": 0.85, "mobilisation_hours": 2.5}

    def proposes(**changes):
        world.policies[0] = QUIET_POLICY.replace(**policy | changes).row()
        return np.mean(
            [
                a_professional.proposes_network(
                    worker, client, world.policies[0], world.parameters, seed
                )
                for seed in range(2000)
            ]
        )

    assert proposes() == 0  # five problems are above four
    assert proposes(multi_problem_threshold=5) == pytest.approx(0.5, abs=0.05)  # 2.5 / (2.5 + 2.5)
    assert proposes(complexity_deciders=0.4) == pytest.approx(0.5, abs=0.05)  # not one of those
    # 22.5 / (22.5 + 2.5)
    assert proposes(multi_problem_threshold=5, mobilisation_hours=22.5) == pytest.approx(
        0.9, abs=0.03
    )
    assert proposes(multi_problem_threshold=5, mobilisation_hours=0) == 0
