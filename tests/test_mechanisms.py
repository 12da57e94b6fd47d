"""Each mechanism can be silenced, and what that changes goes the way its text says."""

import functools
import re

import numpy as np
import pytest

from kring.simulation.behaviour.member import chance_to_stop
from kring.simulation.behaviour.problem import ACUTE
from kring.simulation.field import DOMAINS, TIE_KINDS
from kring.simulation.field_tables import domains, tie_kinds
from kring.simulation.living import Run
from kring.simulation.parameters import Parameters
from kring.simulation.policy import Policy
from kring.simulation.rows import (
    ASKED,
    CONFERENCE_ENTRANCE,
    GENERALIST,
    GUIDED,
    MAPPING,
    NETWORK_PLAN,
    OUTSIDE,
    SUPPORTING,
    WAITING,
)
from kring.simulation.run import simulate
from kring.simulation.town import Town
from kring.simulation.world import adopt, settle
from tests.helpers import CONFERENCE, ROUTES, TEAM, TOWN, differing, living

CODES = ("M1", "M2", "M3", "M4", "M5", "M6", "M7", "M8", "M9", "M10", "M11", "M12", "M13", "M14",
         "M15", "M16", "M17", "M18", "M20", "M21", "M22", "M23", "M24", "M25", "M26", "M27",
         "M28")  # fmt: skip
IN_THE_STUDY = ("M27",)  # change what is answered, not what happens
SEEDS = (1, 2, 3)
MIXED = Town(clients=600, clients_per_team=100, conference_share=0.3)
# Workers bring the network together for many, some know the right, agencies help beside the team,
# there are groups, and the team is steered on visits: all mechanisms can act.
ACTIVE = {
    "team": TEAM.replace(
        offer=0.3,
        uptake=0.8,
        mobilisation_hours=5,
        right_known_clients=0.2,
        right_known_workers=0.5,
        input_steering=0.5,
        agencies=0.5,
        outreach=0.2,
        community_hours=5,
    ),
    "conference": CONFERENCE,
}


@functools.cache
def lived(parameters: Parameters, seed: int) -> Run:
    run = Run(adopt(settle(MIXED, parameters, seed), ACTIVE), threads=1, episodes=False)
    run.live(104)
    return run


def change(code: str, measure) -> float:
    """What silencing a mechanism does to a measure, on the same people with the same luck."""
    p = Parameters()
    pairs = [(lived(p, s).world, lived(p.without(code), s).world) for s in SEEDS]
    return float(np.mean([measure(without) - measure(before) for before, without in pairs]))


def supporters(world) -> float:
    return world.clients.supporters.mean()


def problems(world) -> float:
    return world.clients.problems.mean()


def mean_of(name):
    return lambda world: world.clients[name].mean()


def attending_workers(world) -> float:
    """People at meetings that a worker convened."""
    clients = world.clients
    return clients.attended[(clients.attended > 0) & ~clients.conference].mean()


def kin_above_neighbours(world) -> float:
    """How much more often close kin who were asked help than neighbours do."""
    ties = world.ties
    asked = ties[ties.state >= ASKED]
    share = [(asked.state[asked.kind == TIE_KINDS.index(k)] == SUPPORTING).mean()
             for k in ("close kin", "neighbour")]  # fmt: skip
    return share[0] - share[1]


def network_plans(world) -> float:
    return (world.clients.plan == NETWORK_PLAN).mean()


def closings(world) -> float:
    return (world.clients.closed_week >= 0).mean()


def met(world) -> float:
    """Share of clients whose network met."""
    return (world.clients.attended > 0).mean()


def severity(world) -> float:
    return world.clients.severity.mean()


def acute(world) -> float:
    """Share of problems that are acute."""
    levels = world.clients.level
    return (levels == ACUTE).sum() / (levels > 0).sum()


def with_network_plan(name):
    """A mean over the clients with a plan of their network that is in use."""

    def measure(world):
        clients = world.clients
        in_use = (clients.plan == NETWORK_PLAN) & clients.carried_out & (clients.stage == GUIDED)
        return clients[name][in_use].mean()

    return measure


def hidden(world) -> float:
    """Share of clients of whom the team does not know everything."""
    return (world.clients.hidden != 0).mean()


def of_workers(name):
    """A mean over the team workers."""
    return lambda world: world.professionals[name][world.professionals.role == GENERALIST].mean()


DIRECTIONS = [
    ("M1", mean_of("proposed"), +1),  # complexity no longer keeps workers from proposing
    ("M2", mean_of("proposed"), +1),  # nor does time
    ("M3", mean_of("mapped"), -1),  # looking further finds nobody
    ("M4", supporters, +1),  # nobody stops for reasons of his or her own
    ("M5", supporters, -1),  # a plan made together does not bind
    ("M6", attending_workers, +1),  # more come where a helper convenes
    ("M7", kin_above_neighbours, -1),  # neighbours carry as kin do
    ("M8", mean_of("at_table"), +1),  # clients bring more people along
    ("M9", supporters, +1),  # taking without giving ends nothing
    ("M10", supporters, +1),  # burden does not drive supporters away
    ("M11", supporters, +1),  # need does not repel
    ("M12", problems, -1),  # problems do not feed each other
    ("M14", problems, +1),  # working together adds nothing
    ("M15", mean_of("cooperation"), -1),  # nobody works together
    ("M15", supporters, -1),  # so that professionals crowd out
    ("M16", supporters, +1),  # professionals do not crowd out
    ("M17", mean_of("returns"), -1),  # nobody comes back
    ("M18", hidden, -1),  # all is told at the door
    ("M20", mean_of("proposed"), +1),  # visits do not come before the network
    ("M21", network_plans, -1),  # knowing the right is of no use
    ("M22", network_plans, +1),  # every meeting gives a plan
    ("M22", mean_of("carried_out"), +1),  # and every plan is carried out
    ("M23", mean_of("refused"), -1),  # no agency refuses
    ("M24", problems, +1),  # no peaks that pass by themselves
    ("M25", mean_of("credit_professional"), +1),  # plans do not contradict each other
    ("M26", mean_of("in_group"), -1),  # nobody joins
    ("M28", of_workers("doubt"), +1),  # nobody learns from what is seen
    ("M28", of_workers("skill"), +1),  # and nobody loses skill
]


def test_these_mechanisms_can_be_switched_off():
    assert tuple(Parameters.mechanisms()) == CODES


@pytest.mark.parametrize("code", CODES)
def test_switching_off_silences_the_carriers_and_nothing_else(code):
    before, after = Parameters().model_dump(), Parameters().without(code).model_dump()
    changed = {name for name in before if before[name] != after[name]}
    carriers = Parameters.mechanisms()[code]
    assert changed == set(carriers)
    assert {name: after[name] for name in carriers} == carriers


@pytest.mark.parametrize("code", [c for c in CODES if c not in IN_THE_STUDY])
def test_every_mechanism_matters(code):
    before, without = (lived(p, 1).world for p in (Parameters(), Parameters().without(code)))
    assert "problems" in differing(before.clients, without.clients)


@pytest.mark.parametrize(
    ("code", "measure", "sign"),
    [pytest.param(*d, id=f"{d[0]}-{i}") for i, d in enumerate(DIRECTIONS)],
)
def test_without_a_mechanism_things_go_the_way_it_says(code, measure, sign):
    assert change(code, measure) * sign > 0


def test_all_mechanisms_can_be_off_at_once():
    result = simulate(TOWN, ROUTES, 60, parameters=Parameters().without(*CODES))
    rows = result.client_rows
    assert not rows["cooperation"].any() and not rows["hidden"].any() and not rows["returns"].any()
    assert rows["carried_out"][rows["plan"] > 0].all()


def test_without_turnover_burden_and_crowding_out_nobody_stops():
    quiet = Parameters().without("M4")
    result = simulate(TOWN, ROUTES, 104, parameters=quiet)
    told = set(result.episodes["kind"])
    assert not told & {"stops helping", "tie ends"}


def test_without_m7_and_m13_kinds_and_domains_are_alike():
    off = Parameters().without("M7", "M13")
    kinds, fields = tie_kinds(off), domains(off, 2.3)
    for name in ("closeness", "willing", "stopping", "barrier"):
        assert np.ptp(kinds[name]) < 1e-12
    for name in ("network", "professional"):
        assert (fields[name] == 1).all()
    youth, addiction = DOMAINS.index("youth"), DOMAINS.index("addiction")
    on = domains(Parameters(), 2.3)
    assert on["network"][youth] > on["network"][addiction]


def test_without_m21_knowing_the_right_changes_nothing():
    off = Parameters().without("M21")
    knowing = TEAM.replace(right_known_clients=1, right_known_workers=1)
    unknowing = TEAM.replace(right_known_clients=0, right_known_workers=0)
    one, other = (simulate(TOWN, p, 60, parameters=off) for p in (knowing, unknowing))
    assert [c for c in differing(one.client_rows, other.client_rows) if c != "policy"] == []
    on = simulate(TOWN, knowing, 60)
    assert "plan" in differing(on.client_rows, one.client_rows)


def test_without_m16_professionals_do_not_crowd_out():
    off = Parameters().without("M16")
    world = adopt(settle(TOWN, off, 1), TEAM)
    client, tie = world.clients[0], world.ties[0]
    member = world.members[tie.member]

    def chance(help_given: float) -> float:
        client.professional_help = help_given
        policy = world.policies[client.policy]
        return chance_to_stop(tie, member, client, 0, world.kinds, policy, world.parameters)

    assert chance(1.0) == chance(0.0) > 0


# What a single strength does

ALONE = [
    ("helps_already", 0, mean_of("helping_at_entry"), -1),  # nobody helps before a talk
    ("helps_already", 0, supporters, -1),
    ("helps_at_once", 1, mean_of("hours_network"), +1),  # who is found need not wait
    ("unprepared", 0, attending_workers, +1),  # who was not visited comes as well
    ("invitation_hours", 10, attending_workers, -1),  # there are hours to visit fewer
    ("yes_fades", 0, met, +1),  # nobody comes back on it
    ("drops_out", 0, met, +1),
    ("thinking_weeks", 26, met, -1),  # by now
    ("meeting_weeks", 26, met, -1),
    ("plan_lapses", 0, mean_of("carried_out"), +1),
    ("plan_lapses", 0, problems, -1),
    ("taken_up_again", 0, mean_of("carried_out"), -1),
    ("unaimed_help", 1, problems, -1),  # help without a plan of the network's own does as much
    ("covers_more", 0, with_network_plan("professionals"), +1),
    ("cooperation_ends", 0, mean_of("cooperation"), +1),
    ("nothing_left_to_do", 0, supporters, +1),
    ("crisis_passes", 0, acute, +1),
    ("letting_go", 0, closings, +1),  # no worker holds on
    ("norm_presses", 1, closings, -1),
    ("closes_with_problems", 0, closings, -1),
    ("closes_when_light", 0, closings, -1),
    ("return_fades", 520, mean_of("returns"), +1),  # the way back stays open
    ("provision_asked", 0, mean_of("cost"), -1),
    ("provision_asked", 0, mean_of("hours_network"), +1),  # what is provided need not be done
    ("network_replaces", 0, mean_of("provided"), -1),  # any network is thought to carry it
    ("provision_holds", 0, severity, +1),
]


@pytest.mark.parametrize(
    ("strength", "value", "measure", "sign"),
    [pytest.param(*a, id=f"{a[0]}={a[1]}-{i}") for i, a in enumerate(ALONE)],
)
def test_a_strength_does_what_it_says(strength, value, measure, sign):
    changed = Parameters().replace(**{strength: value})
    pairs = [(lived(Parameters(), s).world, lived(changed, s).world) for s in SEEDS]
    assert np.mean([measure(after) - measure(before) for before, after in pairs]) * sign > 0


def test_without_help_before_the_plan_nobody_helps_who_waits():
    def helping_who_waits(**off) -> int:
        run = living(TOWN, ROUTES, parameters=Parameters().replace(**off))
        helped = 0
        for _ in range(60):
            run.live(1)
            clients = run.world.clients
            before = np.isin(clients.stage, (OUTSIDE, WAITING, MAPPING)) & (clients.returns == 0)
            helped += clients.supporters[before].sum()
        return int(helped)

    assert helping_who_waits(helps_already=0, helps_at_once=0) == 0
    assert min(helping_who_waits(helps_already=0), helping_who_waits(helps_at_once=0)) > 0


def test_a_plan_that_nothing_ends_stays_in_use():
    holding = Parameters().replace(plan_lapses=0, falls_through=0)
    rows = simulate(TOWN, CONFERENCE, 104, parameters=holding).client_rows
    assert (rows["plan"] == NETWORK_PLAN).sum() > 10
    assert rows["carried_out"][rows["plan"] == NETWORK_PLAN].all()
    assert (rows["lapsed_week"] == -1).all()


def test_where_every_yes_fades_only_those_meet_who_came_for_it():
    fading = Parameters().replace(yes_fades=1, drops_out=0)
    town = TOWN.replace(conference_share=0.5)
    rows = simulate(town, CONFERENCE.replace(uptake=1), 104, parameters=fading).client_rows
    came_for_it = rows["entrance"] == CONFERENCE_ENTRANCE
    assert (rows["attended"][~came_for_it] == 0).all()
    assert rows["withdrew"][~came_for_it & rows["accepted"]].all()
    assert not rows["withdrew"][came_for_it].any()
    assert (rows["attended"][came_for_it] > 0).any()


@pytest.mark.parametrize("seed", SEEDS)
def test_problems_that_nobody_looks_after_do_not_drift_to_acute(seed):
    alone = MIXED.replace(network=0, client_hours=0, entry_weeks=1)
    run = living(alone, TEAM, seed=seed)
    shares = []
    for weeks in (156, 156):
        run.live(weeks)
        shares.append(acute(run.world))
    assert 0 < shares[0] < 0.25
    assert shares[1] == pytest.approx(shares[0], abs=0.04)


def test_nobody_is_taken_in_before_a_talk_can_be_planned():
    run = living(TOWN.replace(intake_weeks=14), ROUTES)
    at_once = living(TOWN.replace(intake_weeks=0), ROUTES)
    for _ in range(80):
        run.live(1)
        at_once.live(1)
        clients = run.world.clients
        early = (clients.stage == WAITING) & (clients.intake_week > run.week - 1)
        assert (clients.caseworker[early] == -1).all()
    assert clients.waited.mean() > at_once.world.clients.waited.mean() + 8


# What must come out, not go in


@pytest.mark.parametrize("kind", [Parameters, Policy])
def test_nothing_that_sets_an_outcome_is_named_after_a_route(kind):
    route = re.compile("team|conference|wijk|eigen|kracht|(^|_)(wt|ekc|egc)(_|$)")
    assert [name for name in kind.quantities() if route.search(name)] == []


def test_the_town_tells_the_routes_apart_only_by_who_enters_and_the_price():
    route = re.compile("team|conference")
    named = {name for name in Town.quantities() if route.search(name)}
    entering = {f"{what}_{route}" for what in ("problems", "school", "assistance", "children")
                for route in ("team", "conference")}  # fmt: skip
    assert named == entering | {"conference_share", "clients_per_team", "price_conference"}


@pytest.mark.parametrize("policy", [TEAM, CONFERENCE], ids=["team", "conference"])
def test_the_door_by_which_one_enters_sets_no_outcome(policy):
    """The same people under one policy, all having accepted for good: the door does not matter."""
    people = settle(TOWN, Parameters().replace(yes_fades=0, thinking_weeks=0), 3)
    runs = []
    for entrance in (0, 1):
        world = adopt(people, policy.replace(uptake=1))
        world.clients.entrance = entrance
        run = Run(world, threads=1, episodes=False)
        run.live(104)
        runs.append(run)
    apart = differing(runs[0].world.clients, runs[1].world.clients)
    assert apart == ["entrance"]
