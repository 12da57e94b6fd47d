"""One client through a year in which every chance is 0 or 1, worked by hand week by week."""

import numpy as np
import pytest

from kring.simulation.episodes import KINDS
from kring.simulation.field import DOMAINS
from kring.simulation.result.tables import episode_table
from kring.simulation.rows import (
    CLOSED,
    CONFERENCE_ENTRANCE,
    COORDINATOR,
    GUIDED,
    MAPPING,
    NETWORK_PLAN,
    NO_PLAN,
    STOPPED,
    SUPPORTING,
    UNMAPPED,
    WAITING,
    WORKER_PLAN,
)
from tests.by_hand import CERTAIN, POLICY, a_run, lived
from tests.helpers import give_problems


def test_a_client_whose_worker_brings_the_network_together():
    run = a_run()
    rate = run.world.professionals[0].rate

    # Week 0: enters and talks for 3 hours; nobody is named; the network is proposed, accepted.
    client = lived(run, 1)
    assert (client.stage, client.hours_talked) == (MAPPING, 3)
    assert client.proposed and client.accepted and not client.conference
    assert (client.mapped, client.at_table, client.problems_at_entry) == (0, 0, 2)
    assert (run.world.ties.state == UNMAPPED).all()

    # Week 1: the first 5 of 10 hours find all three.
    client = lived(run, 1)
    assert (client.stage, client.hours_mapped, client.mapped) == (MAPPING, 5, 3)
    assert client.supporters == 0

    # Week 2: the last 5 hours; client and three members meet and make the plan; nobody is
    # called in at level 2. Severity 3 asks for 3 hours: one each. Both problems lose a level.
    client = lived(run, 1)
    assert (client.stage, client.plan, client.plan_week) == (GUIDED, NETWORK_PLAN, 2)
    assert client.carried_out and client.cooperation
    assert (client.attended, client.supporters, client.professionals) == (4, 3, 0)
    np.testing.assert_allclose(run.world.ties.hours, 1)
    assert (client.network_help, client.hours_network) == (1, 3)
    assert (client.level[DOMAINS.index("finances")], client.problems, client.solved) == (1, 1, 1)

    # Week 3: the last level goes, for one hour of help. Nothing is left: the case closes, long
    # before its norm.
    client = lived(run, 1)
    assert (client.problems, client.severity, client.solved, client.hours_network) == (0, 0, 2, 4)
    assert (client.credit_network, client.credit_self, client.credit_professional) == (3, 0, 0)
    assert (client.stage, client.closed_week) == (CLOSED, 3)

    # To the end of the year: the three keep in touch, for an hour a week together.
    client = lived(run, 48)
    assert client.hours_network == pytest.approx(4 + 48)
    assert (client.supporters, client.problems) == (3, 0)
    assert client.hours_professional == 3 + 10
    assert client.cost == pytest.approx(13 * rate)
    assert (run.world.professionals.cases == 0).all()

    told = episode_table(run.records().episodes_in_order(), KINDS)
    helped = [("starts helping", 2)] * 3
    solved = [("problem solved", 2), ("problem solved", 3)]
    begun = [("entry", 0), ("talk", 0), ("proposal", 0)]
    found = [*[("is found", 1)] * 3, *[("is asked", 2)] * 3]
    expected = [*begun, *found, ("meeting", 2), *helped, ("plan", 2), *solved, ("closing", 3)]
    assert sorted(zip(told["kind"], told["week"], strict=True)) == sorted(expected)


def test_a_client_with_a_coordinator():
    run = a_run(POLICY.replace(offer=1, independent_convener=1))
    # Weeks 0 and 1: offered at entry, so no talk; 5 hours of the coordinator each, then the plan.
    client = lived(run, 2)
    assert client.conference
    assert (client.plan, client.plan_week, client.attended) == (NETWORK_PLAN, 1, 4)
    assert (client.hours_mapped, client.hours_talked, client.hours_professional) == (10, 0, 0)
    # the price of a conference is for 30 hours of the coordinator
    assert client.cost == pytest.approx(run.world.town.price_conference * 10 / 30)
    assert run.world.professionals.cases.sum() == 1  # the caseworker; the coordinator is done
    # Week 1 leaves one level, week 2 none.
    client = lived(run, 25)
    assert (client.closed_week, client.supporters) == (2, 3)


def test_a_client_whose_worker_has_no_time_for_the_network():
    run = a_run(POLICY.replace(mobilisation_hours=0), finances=3, housing=2)
    rates = run.world.professionals.rate
    # Week 0: the talk. Nothing proposed, no hours to spend: the worker makes the plan at once.
    # Debt and income is called in for finances at level 3; housing at 2 stays with the worker.
    client = lived(run, 1)
    assert not client.proposed
    assert (client.plan, client.plan_week) == (WORKER_PLAN, 0)
    assert (client.supporters, client.mapped, client.attended) == (0, 0, 0)
    assert client.professionals == 2
    assert client.caseworker in client.helpers
    # From week 1: 3 x 0.5 hours on finances a week; a plan of this worker's discipline, social
    # work, covers no problem. 3 of 5 levels are covered; nothing eases.
    before, cost = float(client.hours_professional), float(client.cost)
    client = lived(run, 10)
    assert client.hours_professional - before == pytest.approx(10 * 1.5)
    assert client.cost - cost == pytest.approx(15 * rates[client.helpers[6]])
    assert client.professional_help == pytest.approx(3 / 5)
    assert (client.problems, client.severity) == (2, 5)
    # With a problem left, this case stays open for ever.
    client = lived(run, 100)
    assert (client.stage, client.closed_week) == (GUIDED, -1)


def test_a_client_sent_away_at_the_norm_who_is_sure_to_come_back_does():
    policy = POLICY.replace(mobilisation_hours=0, strict_norm=1)
    run = a_run(
        policy, CERTAIN.replace(comes_back=1, return_fades=520, heavy=3), finances=3, housing=2
    )
    world = run.world
    # To week 25: as above. Week 26: closed with finances at level 3; the professionals leave.
    client = lived(run, 27)
    assert (client.stage, client.closed_week, client.returns) == (CLOSED, 26, 0)
    assert (client.professionals, client.professional_help) == (0, 0)
    assert (world.professionals.cases == 0).all() and (world.professionals.held == 0).all()
    # Week 27: back, to the end of the queue, where nobody else is.
    client = lived(run, 1)
    assert (client.stage, client.returns, client.opened_week) == (WAITING, 1, 27)
    assert (client.caseworker, world.teams.waiting[0]) == (-1, 1)
    # Week 28: taken in; three hours of talk, and the plan of week 0 is taken up.
    before = float(client.hours_professional)
    client = lived(run, 1)
    assert (client.stage, client.plan_week, client.plan) == (GUIDED, 0, WORKER_PLAN)
    assert client.hours_professional - before == 3
    assert (client.professionals, world.teams.waiting[0], client.waited) == (2, 0, 0)
    # The norm counts anew, from week 27.
    assert lived(run, 24).stage == GUIDED
    assert lived(run, 1).closed_week == 53
    told = episode_table(run.records().episodes_in_order(), KINDS)
    moved = told[told["kind"].isin(["closing", "return"])]
    assert list(zip(moved["kind"], moved["week"], moved["detail"], strict=True)) == [
        ("closing", 26, "at the norm"),
        ("return", 27, "no"),
        ("closing", 53, "at the norm"),
    ]


def test_a_year_with_its_weeks_of_waiting():
    """The same client in a town where intake, thinking and finding a day take their weeks."""
    run = a_run(parameters=CERTAIN.replace(thinking_weeks=4, meeting_weeks=6))
    run.world.town["intake_weeks"] = 14
    # Week 0: at the door. Until the team can plan the talk, nobody holds the case.
    client = lived(run, 1)
    intake = int(client.intake_week)
    assert intake > 0
    client = lived(run, intake - 1)
    assert (client.stage, client.caseworker, client.hours_talked) == (WAITING, -1, 0)
    # The talk, at once when it can be planned. The client says yes, and thinks it over.
    client = lived(run, 1)
    begins = int(client.begins_week)
    assert (client.stage, client.hours_talked, client.waited) == (MAPPING, 3, intake)
    assert client.accepted and begins > intake
    client = lived(run, begins - intake - 1)
    assert (client.stage, client.hours_mapped, client.mapped) == (MAPPING, 0, 0)
    # Two weeks of five hours; then a day is found on which all can come.
    client = lived(run, 2)
    meets = int(client.meets_week)
    assert (client.hours_mapped, client.mapped, client.supporters) == (10, 3, 0)
    assert meets > begins + 1
    client = lived(run, meets - begins - 2)
    assert (client.stage, client.hours_mapped, client.plan_week) == (MAPPING, 10, -1)
    assert (client.problems, client.severity) == (2, 3)
    # They meet; two weeks later nothing is left.
    client = lived(run, 1)
    assert (client.stage, client.plan_week, client.attended) == (GUIDED, meets, 4)
    assert lived(run, 1).closed_week == meets + 1


def test_while_the_network_is_prepared_the_team_helps_where_it_is_needed():
    run = a_run(parameters=CERTAIN.replace(meeting_weeks=12), finances=3, housing=2)
    # Week 0: the talk; debt and income is called in for finances at level 3.
    client = lived(run, 1)
    assert (client.stage, client.professionals) == (MAPPING, 1)
    # Week 1: 3 x 0.5 hours of it, beside the 5 hours for the network.
    client = lived(run, 1)
    assert client.hours_professional == pytest.approx(3 + 1.5 + 5)
    assert client.professional_help == pytest.approx(3 / 5)
    # Week 2: the last hours for the network. When it has met, its plan asks for nobody.
    client = lived(run, 1)
    assert (client.hours_mapped, client.plan) == (10, NO_PLAN)
    client = lived(run, int(client.meets_week) - 2)
    assert (client.stage, client.plan, client.professionals) == (GUIDED, NETWORK_PLAN, 0)


def test_who_comes_back_on_yes_gets_a_plan_of_the_worker():
    run = a_run(parameters=CERTAIN.replace(yes_fades=1, thinking_weeks=4, named_at_once=3))
    client = lived(run, 1)
    begins = int(client.begins_week)
    assert client.accepted and begins > 0
    client = lived(run, begins - 1)
    assert (client.stage, client.plan) == (MAPPING, NO_PLAN)
    # When it would begin: no meeting, no hours for it. The client asks the three whom (s)he named.
    client = lived(run, 1)
    assert (client.stage, client.plan, client.plan_week) == (GUIDED, WORKER_PLAN, begins)
    assert (client.withdrew, client.attended, client.hours_mapped) == (True, 0, 0)
    assert client.supporters == 3
    told = episode_table(run.records().episodes_in_order(), KINDS)
    assert told["kind"].tolist().count("falls off") == 1
    assert not (told["kind"] == "meeting").any()


def test_who_came_for_a_conference_does_not_come_back_on_it_but_may_drop_out():
    conference = POLICY.replace(offer=1, independent_convener=1)
    fading = CERTAIN.replace(yes_fades=1, thinking_weeks=4)
    run = a_run(conference, fading)
    run.world.clients[0].entrance = CONFERENCE_ENTRANCE
    client = lived(run, 2)
    assert (client.begins_week, client.withdrew, client.plan_week) == (0, False, 1)

    run = a_run(conference, fading)
    run.world.clients[0].entrance = CONFERENCE_ENTRANCE
    run.world.parameters["drops_out"] = 1
    # Week 0: five hours of the coordinator, and the family gives up. The coordinator is free.
    client = lived(run, 1)
    assert (client.stage, client.withdrew, client.conference) == (WAITING, True, False)
    coordinators = run.world.professionals[run.world.professionals.role == COORDINATOR]
    assert (client.hours_mapped, coordinators.given.sum(), coordinators.cases.sum()) == (5, 5, 0)


def test_who_said_yes_at_the_door_and_comes_back_on_it_has_the_talk_before_the_plan():
    offered = POLICY.replace(offer=1, independent_convener=1, uptake=1)
    certain = CERTAIN.replace(yes_fades=1, thinking_weeks=4, named_at_once=3, brings_along=3)
    run = a_run(offered, certain)
    client = lived(run, 1)
    begins = int(client.begins_week)
    assert (client.stage, client.accepted, client.hours_talked) == (MAPPING, True, 0)
    # When it would begin, the family falls off; a week later there are hours for the talk.
    client = lived(run, begins)
    assert (client.stage, client.withdrew, client.hours_talked) == (WAITING, True, 0)
    client = lived(run, 1)
    assert (client.stage, client.plan, client.hours_talked) == (GUIDED, WORKER_PLAN, 3)
    assert (client.at_table, client.attended, client.conference) == (3, 0, False)


def test_who_falls_off_has_cost_the_hours_of_the_coordinator():
    conference = POLICY.replace(offer=1, independent_convener=1)
    run = a_run(conference)
    run.world.clients[0].entrance = CONFERENCE_ENTRANCE
    run.world.parameters["drops_out"] = 1
    client = lived(run, 1)
    assert client.withdrew and client.hours_mapped == 5
    assert client.cost == pytest.approx(run.world.town.price_conference * 5 / 30)


def test_who_helps_already_helps_through_all_the_waiting():
    run = a_run()
    run.world.town["intake_weeks"] = 14
    run.world.parameters["helps_already"] = 1 - 1e-9
    client = lived(run, 1)
    assert (client.stage, client.helping_at_entry, client.supporters, client.mapped) == (
        (WAITING, 3, 3, 3)
    )
    assert run.world.ties.at_entry.all()
    # Three hours a week, which no plan aims at the problems.
    client = lived(run, 5)
    assert client.hours_network == pytest.approx(6 * 3)
    assert (client.severity, client.credit_network) == (3, 0)


def test_who_does_not_wait_for_the_meeting_helps_when_found():
    run = a_run(parameters=CERTAIN.replace(helps_at_once=1, meeting_weeks=12))
    client = lived(run, 2)  # week 1: five hours find all three
    assert (client.stage, client.supporters, client.helping_at_entry) == (MAPPING, 3, 0)


def test_a_plan_goes_out_of_use_and_is_taken_up_again():
    run = a_run(parameters=CERTAIN.replace(taken_up_again=0.3), finances=4, housing=1)
    run.world.parameters["plan_lapses"] = run.world.parameters["taken_up_again"] = 1
    # Week 2: they meet, finances 3 and housing solved. Then the plan lapses: debt and income is
    # called in, as by a worker's plan.
    client = lived(run, 3)
    assert (client.plan, client.carried_out, client.lapsed_week) == (NETWORK_PLAN, False, 2)
    assert (client.severity, client.supporters, client.professionals) == (3, 3, 1)
    # Week 3: three help, but at nothing; then they take the plan up again.
    client = lived(run, 1)
    assert (client.severity, client.carried_out) == (3, True)
    # Week 4: it eases a level, and lapses anew; the first time is remembered.
    client = lived(run, 1)
    assert (client.severity, client.carried_out, client.lapsed_week) == (2, False, 2)
    told = episode_table(run.records().episodes_in_order(), KINDS)
    used = told[told["kind"].isin(["plan lapses", "plan is taken up"])]
    assert used["week"].tolist() == [2, 3, 4]


@pytest.mark.parametrize(("covers", "helpers"), [(1, 1), (0, 2)])
def test_one_worker_covers_more_under_the_networks_plan(covers, helpers):
    # The network's plan asks for professionals at level 3, in two fields of two disciplines.
    parameters = CERTAIN.replace(network_calls_in=3, covers_more=covers, meeting_weeks=0)
    run = a_run(parameters=parameters, finances=4, mental_health=4)
    run.world.domains["network"] = 0
    client = lived(run, 3)
    assert (client.plan, client.professionals) == (NETWORK_PLAN, helpers)
    assert (client.helpers >= 0).sum() == 2
    # Each is a case of who helps once, beside the caseworker's.
    others = len({int(row) for row in client.helpers if row >= 0} - {int(client.caseworker)})
    assert run.world.professionals.cases.sum() == 1 + others
    # 4 x 0.5 hours in each field, whoever gives them.
    before = float(client.hours_professional)
    assert lived(run, 1).hours_professional - before == pytest.approx(4)


def test_supporters_who_are_sure_to_stop_stop_in_their_first_week():
    run = a_run(parameters=CERTAIN.replace(turnover=1, plan_bond=0, dense_bond=0))
    run.world.kinds["stopping"] = 100
    client = lived(run, 3)
    assert (client.plan, client.counted_on, client.supporters) == (NETWORK_PLAN, 3, 0)
    assert (run.world.ties.state == STOPPED).all()
    assert (run.world.members.load == 0).all()
    assert client.mapped == 3  # they are still known


def test_makers_of_the_plan_who_are_sure_to_step_in_do_so():
    run = a_run(parameters=CERTAIN.replace(steps_in=1))
    client = lived(run, 3)
    client.supporting = 0b110
    client.supporters = 2
    run.world.ties[0].state = 2  # asked, said no
    run.world.ties[0].hours = 0
    run.world.members[0].load = 0
    client = lived(run, 1)
    assert (run.world.ties.state == SUPPORTING).all()
    assert client.supporters == client.counted_on == 3


def test_a_problem_that_is_sure_to_come_comes_at_level_two():
    run = a_run(parameters=CERTAIN.replace(onset=0.1), finances=1)
    weight = run.world.domains["weight"]
    weight[:] = 0
    weight[DOMAINS.index("justice")] = 130  # 0.1 x 130 / 13: one a week
    give_problems(run.world, housing=1)  # counts anew what can come
    client = lived(run, 1)
    assert client.level[DOMAINS.index("justice")] == 2
    assert client.problems == 3
    client = lived(run, 5)
    assert client.level[DOMAINS.index("justice")] <= 4
    had = ("finances", "housing", "justice")
    assert client.had == sum(1 << DOMAINS.index(name) for name in had)
