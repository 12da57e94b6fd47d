"""Levers on what workers learn and account for: each does what it says, and at neutral nothing."""

import numpy as np
import pytest

from kring.experiments.measures import MEASURES
from kring.experiments.measures.base import ratio
from kring.simulation import episodes
from kring.simulation.result import Result
from tests.effects import Effect, changed_by, happened, lived, named, shift

SEEDS = (1, 2, 3)
CONFERENCES = {"outside_guidance": 1}  # workers see what networks can do
PRESSED = {"staffing": 0.5, "caseload_limit": 0}  # every hour is missed somewhere
ACCOUNTING_FIRST = PRESSED | {
    "work_order": "administration > intake > plans > guidance > network > collective > outreach",
}
accounting = ratio("wanted_administration", "cases")
doubt, skill, guidance = (MEASURES[name].of for name in ("doubt", "skill", "given_guidance"))


def movement_of_belief(result: Result) -> float:
    """How much belief went up and down in all."""
    return float(result.municipality["doubt"].diff().abs().sum())


EFFECTS = (
    Effect("training", 40, doubt, -1),
    Effect("training", 40, skill, +1),
    Effect("training", 40, MEASURES["proposed"].of, +1),
    Effect("training", 40, MEASURES["spent_schooling"].of, +1),
    Effect("training", 200, guidance, -1, PRESSED),  # it takes the hours
    Effect("peer_review", 4, doubt, -1, CONFERENCES),
    Effect("peer_review", 4, skill, +1),
    Effect("peer_review", 4, MEASURES["spent_schooling"].of, +1),
    Effect("peer_review", 20, guidance, -1, PRESSED),
    Effect("input_steering", 1, MEASURES["proposed"].of, -1),
    Effect("input_steering", 1, MEASURES["met"].of, -1),
    Effect("input_steering", 1, accounting, +1),
    Effect("input_steering", 1, guidance, -1, ACCOUNTING_FIRST),
    Effect("outcome_steering", 1, accounting, +1),
    Effect("outcome_steering", 1, MEASURES["closed"].of, +1),
    Effect("outcome_steering", 1, movement_of_belief, +1, CONFERENCES),
)


@pytest.mark.parametrize(**named(EFFECTS))
def test_a_lever_does_what_its_mechanism_says(effect):
    assert min(shift(effect, seed) * effect.sign for seed in SEEDS) > 0


NEUTRAL = {  # strengths that only this lever reads
    "training": {"training_teaches": 1},
    "peer_review": {"review_shares": 1},
    "input_steering": {"visits_first": 0, "accounting_hours": 5},
    "outcome_steering": {
        "outcome_is_seen": 10,
        "letting_go_by_outcome": 1,
        "accounting_hours": 5,
    },
}


@pytest.mark.parametrize("lever", NEUTRAL)
def test_at_its_neutral_value_a_lever_does_nothing(lever):
    assert changed_by([lever], CONFERENCES, {}, NEUTRAL[lever]) == []


@pytest.mark.parametrize(("lever", "strength"), [(k, s) for k in NEUTRAL for s in NEUTRAL[k]])
def test_above_it_each_of_its_strengths_counts(lever, strength):
    strengths = {strength: NEUTRAL[lever][strength]}
    assert changed_by([], CONFERENCES | {lever: 1}, {}, strengths) != []


def test_every_lever_is_tried():
    assert {effect.lever for effect in EFFECTS} == set(NEUTRAL)


def first_closing(result: Result) -> np.ndarray:
    """Week of the first closing, client by client; NaN without."""
    rows = result.episode_rows[result.episode_rows["kind"] == episodes.CLOSING]
    client, first = np.unique(rows["client"], return_index=True)  # rows are in order of week
    weeks = np.full(len(result.client_rows), np.nan)
    weeks[client] = rows["week"][first]
    return weeks


@pytest.mark.parametrize("seed", SEEDS)
def test_where_outcome_counts_the_same_case_closes_sooner(seed):
    usual, steered = (
        first_closing(lived({"outcome_steering": value}, seed=seed)) for value in (0, 1)
    )
    assert np.nanmean(steered - usual) < -0.4


@pytest.mark.parametrize("seed", SEEDS)
def test_visits_that_count_close_no_case_as_outcome_does(seed):
    closings = happened(episodes.CLOSING)
    visits, outcome = (
        shift(Effect(lever, 1, closings, +1), seed)
        for lever in ("input_steering", "outcome_steering")
    )
    assert abs(visits) < 0.5 * outcome


def test_each_kind_of_steering_asks_for_its_own_accounting():
    visits, outcome, halves = (
        accounting(lived({"input_steering": i, "outcome_steering": o}))
        for i, o in ((1, 0), (0, 1), (0.5, 0.5))
    )
    assert visits == pytest.approx(outcome, rel=0.1)
    assert halves == pytest.approx(visits, rel=0.1)


@pytest.mark.parametrize("seed", SEEDS)
def test_with_conferences_to_see_belief_moves_without_schooling(seed):
    assert shift(Effect("outside_guidance", 1, doubt, -1), seed) < 0
