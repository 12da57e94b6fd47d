import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import kring.simulation.week  # noqa: F401 (with it all decisions there are)
from kring.simulation.behaviour.member import STOPS
from kring.simulation.draws import (
    ROUNDS,
    decision,
    decisions,
    four_uniforms,
    normal,
    philox,
    uniform,
)
from kring.simulation.people import AGE
from tests.helpers import python

# Published with Random123 (Salmon et al. 2011): rounds, counter, key, result.
ZEROS, ONES = "00000000 00000000 00000000 00000000", "ffffffff ffffffff ffffffff ffffffff"
PI, PI_KEY = "243f6a88 85a308d3 13198a2e 03707344", "a4093822 299f31d0"
KNOWN_ANSWERS = [
    (7, ZEROS, "00000000 00000000", "5f6fb709 0d893f64 4f121f81 4f730a48"),
    (7, ONES, "ffffffff ffffffff", "5207ddc2 45165e59 4d8ee751 8c52f662"),
    (7, PI, PI_KEY, "4dfccaba 190a87f0 c47362ba b6b5242a"),
    (10, ZEROS, "00000000 00000000", "6627e8d5 e169c58d bc57ac4c 9b00dbd8"),
    (10, ONES, "ffffffff ffffffff", "408f276d 41c83b0e a20bc7c6 6d5451fd"),
    (10, PI, PI_KEY, "d16cfe09 94fdcceb 5001e420 24126ea1"),
]

seeds = st.integers(0, 2**63 - 1)
names = st.integers(0, 2**32 - 1)
identities = st.integers(0, 2**62)
weeks = st.integers(0, 5200)


def words(text: str) -> list[int]:
    return [int(word, 16) for word in text.split()]


@pytest.mark.parametrize(("rounds", "counter", "key", "answer"), KNOWN_ANSWERS)
def test_the_generator_gives_the_published_answers(rounds, counter, key, answer):
    assert list(philox(*words(counter), *words(key), rounds)) == words(answer)


def test_no_fewer_rounds_are_made_than_pass_all_tests_of_randomness():
    assert ROUNDS in {rounds for rounds, *_ in KNOWN_ANSWERS}


@given(seeds, names, identities, weeks)
def test_a_draw_is_from_zero_to_below_one_and_the_same_every_time(seed, name, identity, week):
    draw = uniform(seed, name, identity, week)
    assert 0.0 <= draw < 1.0
    assert draw == uniform(seed, name, identity, week)
    assert np.isfinite(normal(seed, name, identity, week))


@given(seeds, names, identities, weeks, st.integers(1, 1000))
def test_seed_decision_identity_and_week_each_change_the_draw(seed, name, identity, week, step):
    changed = [
        uniform((seed + step) % 2**63, name, identity, week),
        uniform(seed, (name + step) % 2**32, identity, week),
        uniform(seed, name, identity + step, week),
        uniform(seed, name, identity, week + step),
    ]
    assert len({uniform(seed, name, identity, week), *changed}) == 5


@pytest.mark.parametrize("varied", ["seed", "identity", "week"])
def test_draws_are_spread_evenly_and_unrelated_along_every_key(varied):
    n, cells = 20_000, 20
    key = {"seed": 7, "name": STOPS, "identity": 11, "week": 3}
    luck = np.array([uniform(*(key | {varied: i}).values()) for i in range(n)])
    assert abs(luck.mean() - 0.5) < 5 * np.sqrt(1 / 12 / n)
    counts = np.bincount((luck * cells).astype(int), minlength=cells)
    chi_square = ((counts - n / cells) ** 2 / (n / cells)).sum()
    assert chi_square < 51  # one in 10,000 for 19 degrees of freedom
    for lag in (1, 13):
        assert abs(np.corrcoef(luck[:-lag], luck[lag:])[0, 1]) < 5 / np.sqrt(n)


def test_two_decisions_about_the_same_person_are_unrelated():
    n = 20_000
    stops = [uniform(1, STOPS, i, 0) for i in range(n)]
    age = [uniform(1, AGE, i, 0) for i in range(n)]
    assert abs(np.corrcoef(stops, age)[0, 1]) < 5 / np.sqrt(n)


def test_four_draws_at_once_are_spread_evenly_and_unrelated():
    n = 10_000
    luck = np.array([four_uniforms(1, STOPS, i, 0) for i in range(n)])
    assert ((luck >= 0) & (luck < 1)).all()
    assert np.abs(luck.mean(axis=0) - 0.5).max() < 5 * np.sqrt(1 / 12 / n)
    related = np.corrcoef(luck.T) - np.eye(4)
    assert np.abs(related).max() < 5 / np.sqrt(n)


def test_normal_draws_have_mean_zero_and_spread_one():
    n = 20_000
    luck = np.array([normal(1, STOPS, i, 0) for i in range(n)])
    assert abs(luck.mean()) < 5 / np.sqrt(n)
    assert abs(luck.std() - 1) < 5 / np.sqrt(2 * n)
    assert abs((np.abs(luck) > 1.96).mean() - 0.05) < 0.01


def test_a_decision_name_can_be_used_once():
    name = decisions()[0]
    with pytest.raises(ValueError, match="rename it"):
        decision(name)


def test_a_policys_own_randomness_carries_its_name():
    """Where a lever is a share of cases, who is among them is drawn in the policy's name."""
    own = {name.removeprefix("policy: ") for name in decisions() if name.startswith("policy: ")}
    assert own == {
        "a call goes to an agency",
        "an independent coordinator convenes",
        "bringing the network together is offered",
        "can come only by referral",
        "duty to accept",
        "found early",
        "help is granted for a short time",
        "one plan is kept for the household",
        "outside guidance is offered",
        "self-reliance is asked",
        "team has no mental-health worker",
        "the case closes at the norm whatever is left",
        "the case is handed over to the network",
        "the network makes the plan",
        "worker finds out who can",
        "worker puts visits before the network",
    }


DRAWN_TWICE = """
from collections import Counter, defaultdict
from kring.simulation import draws

drawn = Counter()


def noted(draw):
    def and_draw(seed, name, identity, week):
        drawn[int(name), int(identity), int(week)] += 1
        return draw(seed, name, identity, week)

    return and_draw


draws.uniform, draws.four_uniforms = noted(draws.uniform), noted(draws.four_uniforms)
from kring.simulation.run import simulate
from kring.simulation.town import Town
from tests.helpers import BUSY

simulate(Town(clients=25, clients_per_team=25, entry_weeks=26), BUSY, 80, episodes=False)
weeks = defaultdict(set)
for name, identity, week in drawn:
    weeks[name, identity].add(week)
weekly = {name for (name, identity), of in weeks.items() if len(of) > 1}
print(len(weekly))
for (name, identity, week), times in drawn.items():
    if name in weekly and times > 1:
        print(draws._names[name], identity, week, times)
"""


@pytest.mark.slow
def test_what_is_decided_anew_every_week_is_drawn_once_a_week_for_each_identity():
    found = python(DRAWN_TWICE, NUMBA_DISABLE_JIT="1")
    assert found.returncode == 0, found.stderr
    number, *twice = found.stdout.splitlines()
    assert int(number) > 15
    assert twice == []
