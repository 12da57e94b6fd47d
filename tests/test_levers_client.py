"""What is asked of clients: each lever does what its mechanism says, and at neutral nothing."""

import pytest

from kring.simulation.behaviour.problem import ABLE
from kring.simulation.parameters import Parameters
from kring.simulation.result import Result
from kring.simulation.rows import MAPPING
from kring.simulation.world import settle
from tests.effects import PLACE, Effect, changed_by, lived, named, shift

SEEDS = (1, 2, 3)
ALL = {"self_reliance_asked": 1}


def of_those(able: bool, column: str):
    """Mean of a column over those of the team's clients who can, or can't."""

    def measure(result: Result) -> float:
        rows = result.client_rows[result.client_rows["stage"] >= MAPPING]
        return float(rows[column][(rows["self_reliance"] >= ABLE) == able].mean())

    return measure


EFFECTS = (
    Effect("self_reliance_asked", 1, of_those(True, "does"), +1),
    Effect("self_reliance_asked", 1, of_those(False, "hours_professional"), -1),
    Effect("self_reliance_asked", 1, of_those(False, "problems"), +1),
    Effect("self_reliance_told_apart", 1, of_those(False, "self_reliance_asked"), -1, ALL),
    Effect("self_reliance_told_apart", 1, of_those(False, "hours_professional"), +1, ALL),
    Effect("self_reliance_told_apart", 1, of_those(False, "problems"), -1, ALL),
)


@pytest.mark.parametrize(**named(EFFECTS))
def test_a_lever_does_what_its_mechanism_says(effect):
    assert min(shift(effect, seed) * effect.sign for seed in SEEDS) > 0


ITS_OWN = {"takes_it_up": 1, "asked_less_help": 1}


def test_where_nothing_is_asked_nothing_follows_from_it():
    told_apart = {"self_reliance_told_apart": 1}
    assert changed_by(["self_reliance_asked"], {}, told_apart, ITS_OWN) == []


@pytest.mark.parametrize("strength", ITS_OWN)
def test_where_it_is_asked_each_of_its_strengths_counts(strength):
    assert changed_by([], ALL, {}, {strength: 1}) != []


@pytest.mark.parametrize("told_apart", [0, 1])
def test_told_apart_it_is_asked_of_who_can_and_otherwise_of_all(told_apart):
    rows = lived(ALL | {"self_reliance_told_apart": told_apart}).client_rows
    talked, can = rows["plan_week"] >= 0, rows["self_reliance"] >= ABLE
    asked = rows["self_reliance_asked"]
    if told_apart:
        assert not asked[~can].any()
    else:
        assert asked[talked & ~can].all()
    assert not asked[rows["stage"] < MAPPING][~talked[rows["stage"] < MAPPING]].any()


@pytest.mark.parametrize("seed", SEEDS)
def test_who_takes_it_up_was_asked_can_and_did_not(seed):
    rows = lived(ALL, seed=seed).client_rows
    did = settle(PLACE, Parameters(), seed).clients["does"]
    began = rows["does"] & ~did
    assert began.sum() > 10
    assert rows["self_reliance_asked"][began].all()
    assert (rows["self_reliance"][began] >= ABLE).all()
    assert rows["does"][did].all()  # nobody stops


@pytest.mark.parametrize("seed", SEEDS)
def test_telling_apart_asks_it_of_nobody_more(seed):
    half = {"self_reliance_asked": 0.5}
    before, after = (
        lived(half | {"self_reliance_told_apart": told}, seed=seed).client_rows for told in (0, 1)
    )
    both = (before["plan_week"] >= 0) & (after["plan_week"] >= 0)
    asked, still = before["self_reliance_asked"][both], after["self_reliance_asked"][both]
    assert not (still & ~asked).any()
    assert (asked & ~still).any()
