"""The levers on the network: each does what its mechanism says, and at neutral nothing."""

import numpy as np
import pytest

from kring.experiments.measures import MEASURES
from kring.experiments.measures.base import mean_of
from kring.simulation import episodes
from kring.simulation.levers.network import NetworkLevers
from kring.simulation.parameters import Parameters
from kring.simulation.policy import Policy
from kring.simulation.result import Result
from kring.simulation.rows import COORDINATOR
from kring.simulation.world import adopt, settle
from tests.effects import PLACE, Effect, changed_by, happened, lived, named, shift
from tests.helpers import TEAM, differing

SEEDS = (1, 2, 3)
OFFERED = {"offer": 1, "uptake": 1, "mobilisation_hours": 10}  # workers convene
UNKNOWN = {"right_known_workers": 0, "right_known_clients": 0}
GUIDED = {"outside_guidance": 1, "uptake": 1}  # coordinators do, beside the team
ENOUGH = {"coordinator_hours": 500}  # nobody stands in line
NONE_YET = {"coordinator_hours": 0}  # coordinators but for those whom the policy contracts

proposed, met, mapped = (MEASURES[name].of for name in ("proposed", "met", "network"))
network_plan, supporters = (MEASURES[name].of for name in ("network_plan", "supporters"))
attending, offers = mean_of("attended"), happened(episodes.OFFER)


def weeks_to_plan(result: Result) -> float:
    """Weeks to the plan, of those whose network met."""
    rows = result.client_rows[result.client_rows["attended"] > 0]
    return float((rows["plan_week"] - rows["entry_week"]).mean())


def counted_on(result: Result) -> float:
    """Supporters with whom a plan began, of those who have one."""
    rows = result.client_rows[result.client_rows["plan_week"] >= 0]
    return float(rows["counted_on"].mean())


EFFECTS = (
    Effect("mobilisation_hours", 30, proposed, +1),
    Effect("mobilisation_hours", 30, mapped, +1),
    Effect("mobilisation_hours", 30, counted_on, +1, {"uptake": 1}),
    Effect("independent_convener", 1, attending, +1, OFFERED, town=ENOUGH),
    Effect("independent_convener", 1, MEASURES["spent_conference"].of, +1, OFFERED),
    Effect("network_makes_plan", 1, network_plan, +1, OFFERED),
    Effect("network_makes_plan", 1, supporters, +1, OFFERED, {"plan_bond": 1}),
    Effect("multi_problem_threshold", 2, proposed, -1),
    Effect("complexity_deciders", 0.85, proposed, -1),
    Effect("right_known_workers", 1, network_plan, +1, OFFERED),
    Effect("right_known_clients", 0.8, proposed, +1),
    Effect("right_known_clients", 0.8, network_plan, +1),
    Effect("offer", 1, proposed, +1),
    Effect("offer", 1, met, +1),
    Effect("offer_from", 8, offers, -1, {"offer": 1}),
    Effect("offer_from", 8, met, -1, {"offer": 1}),
    Effect("uptake", 0.55, met, +1, {"offer": 1}),
    Effect("uptake", 0.55, met, +1, {"outside_guidance": 1}),
    Effect("campaign_workers", 1, network_plan, +1, OFFERED | UNKNOWN),
    Effect("campaign_workers", 1, MEASURES["spent_campaign"].of, +1),
    Effect("campaign_clients", 1, proposed, +1),
    Effect("campaign_clients", 1, network_plan, +1),
    Effect("campaign_clients", 1, MEASURES["spent_campaign"].of, +1),
    Effect("outside_guidance", 1, met, +1),
    Effect("outside_guidance", 1, network_plan, +1),
    Effect("outside_guidance", 1, supporters, +1),
    Effect("outside_guidance", 1, MEASURES["alone"].of, -1),
    Effect("outside_guidance", 1, MEASURES["spent_conference"].of, +1),
    Effect("outside_guidance_from", 8, offers, -1, GUIDED),
    Effect("outside_guidance_from", 8, met, -1, GUIDED),
    Effect("outside_guidance_hours", 30, mapped, +1, GUIDED),
    Effect("outside_guidance_hours", 30, attending, +1, GUIDED, town=ENOUGH),
    Effect("outside_guidance_capacity", 60, met, +1, GUIDED, town=NONE_YET),
)


@pytest.mark.parametrize(**named(EFFECTS))
def test_a_lever_does_what_its_mechanism_says(effect):
    assert min(shift(effect, seed) * effect.sign for seed in SEEDS) > 0


def test_every_lever_is_tried():
    assert {effect.lever for effect in EFFECTS} == set(NetworkLevers.model_fields)


NO_MEETING = {"comes_when_invited": 5, "plan_needs": 20, "merged_role": 0}
NO_PLAN = {"plan_bond": 0, "steps_in": 1, "falls_through": 1, "plan_needs": 20}
NO_SEARCH = {"found_by_search": 3, "search_half": 20}
NEUTRAL = {  # other levers, levers and strengths that nothing reads while it is neutral
    "mobilisation_hours": ({}, {}, NO_SEARCH | {"network_pace": 40}),
    "independent_convener": (OFFERED, {}, {}),
    "network_makes_plan": (OFFERED | UNKNOWN, {}, NO_PLAN),
    "complexity_deciders": ({}, {}, {"complexity_gate": 0}),
    "right_known_workers": (OFFERED | UNKNOWN, {}, {"right_to_plan": 0}),
    "right_known_clients": (UNKNOWN, {}, {"right_to_plan": 0}),
    "offer": ({}, {"offer_from": 5}, {}),
    "uptake": (OFFERED | GUIDED, {"outside_guidance_hours": 5}, NO_MEETING),
    "campaign_workers": (OFFERED | UNKNOWN, {}, {"right_to_plan": 0}),
    "campaign_clients": (UNKNOWN, {}, {"right_to_plan": 0}),
    "outside_guidance": (
        {},
        {"outside_guidance_from": 5, "outside_guidance_hours": 5, "outside_guidance_capacity": 500},
        {},
    ),
    "outside_guidance_hours": (GUIDED | {"mobilisation_hours": 0}, {}, NO_SEARCH),
}
TOWNS = {"independent_convener": {"price_conference": 6000}}


@pytest.mark.parametrize("lever", NEUTRAL)
def test_at_its_neutral_value_a_lever_does_nothing(lever):
    given, levers, strengths = NEUTRAL[lever]
    assert changed_by([lever], given, levers, strengths, TOWNS.get(lever)) == []


@pytest.mark.parametrize("lever", NEUTRAL)
def test_above_it_the_same_changes_count(lever):
    given, levers, strengths = NEUTRAL[lever]
    assert changed_by([], given | {lever: 1}, levers, strengths, TOWNS.get(lever)) != []


@pytest.mark.parametrize("lever", ["campaign_workers", "campaign_clients"])
def test_no_campaign_costs_nothing_whatever_its_price(lever):
    assert changed_by([lever], {}, {}, {}, {"price_campaign": 500}) == []
    found = changed_by([], {lever: 0.5}, {}, {}, {"price_campaign": 500})
    assert found == ["municipal_sums"]


def test_a_campaign_among_workers_does_not_reach_clients_nor_the_other_way_round():
    assert offers(lived(UNKNOWN | {"campaign_workers": 1})) == 0
    assert offers(lived(UNKNOWN | {"campaign_clients": 1})) > 100


@pytest.mark.parametrize("seed", SEEDS)
def test_more_coordinators_bring_networks_together_sooner(seed):
    late, soon = (
        weeks_to_plan(lived(GUIDED | {"outside_guidance_capacity": h}, town=NONE_YET, seed=seed))
        for h in (5, 60)
    )
    assert soon < late


def test_without_coordinators_nobody_gets_outside_guidance():
    rows = lived(GUIDED, town=NONE_YET).client_rows
    assert not rows["conference"].any()
    assert rows["outside_guidance"].sum() > 50  # and who said yes waits for one


def test_outside_guidance_leaves_the_team_at_work():
    usual, guided = lived(), lived(GUIDED)
    rows = guided.client_rows
    assert (rows["hours_professional"][rows["conference"]] > 0).all()
    hours = mean_of("hours_professional")
    assert hours(guided) > 0.5 * hours(usual)


@pytest.mark.parametrize(
    ("lever", "given"), [("offer_from", {"offer": 1}), ("outside_guidance_from", GUIDED)]
)
def test_nobody_with_fewer_problems_gets_the_offer(lever, given):
    told = lived({**given, **UNKNOWN, lever: 6}).episode_rows
    amounts = told["amount"][told["kind"] == episodes.OFFER]
    assert len(amounts) > 100
    assert amounts.min() == 6


def test_from_no_problems_on_it_is_offered_to_all_whose_network_does_not_meet_anyway():
    neutral = {"outside_guidance_from": Policy.neutral("outside_guidance_from")}
    result = lived(GUIDED | neutral)
    told, rows = result.episode_rows, result.client_rows
    offered = np.unique(told["client"][told["kind"] == episodes.OFFER])
    talked = np.flatnonzero((rows["plan_week"] >= 0) & ~rows["accepted"])
    assert set(talked) <= set(offered)


def test_what_is_not_contracted_leaves_coordinators_the_hours_of_the_town():
    people = adopt(settle(PLACE, Parameters(), 1), TEAM)
    before = people.professionals.hours.copy()
    same, more = (
        adopt(people, TEAM.replace(outside_guidance_capacity=hours)).professionals
        for hours in (Policy.neutral("outside_guidance_capacity"), 10)
    )
    assert differing(same, people.professionals) == []
    coordinators = before * (people.professionals.role == COORDINATOR) > 0
    assert (more.hours[~coordinators] == before[~coordinators]).all()
    a_year = PLACE.clients * 52 / PLACE.entry_weeks / 100
    added = more.hours[coordinators].sum() - before[coordinators].sum()
    assert added == pytest.approx(10 * a_year)
