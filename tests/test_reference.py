"""Kring and the plain Mesa model, written apart, must give the same distribution.

What the plain model leaves out, the team's working life and the neighbourhood, is silent in Kring.

Both live many small towns on other luck. The bound is on the difference of means: `BOUND` standard
errors, from the spread between Kring's towns. Of 15 comparisons of equal models the largest stays
below it in 999 cases out of 1000; seeds are fixed, so that a pass stays a pass. The last test says
what does fail it: a strength that is off by a third, half, or some times too large.
"""

import numpy as np
import pytest

from experiments.benchmark.plain_mesa import QUIET_TEAM, QUIET_TOWN, PlainMesaModel
from simulation.parameters import Parameters
from simulation.policy import Policy
from simulation.run import simulate
from simulation.town import Town
from tests.helpers import QUIET

pytestmark = pytest.mark.slow

BOUND = 4.0  # standard errors
WEEKS = (26, 52, 104)
OUTCOMES = ("problems", "supporters", "network", "professionals", "hours_professional")
REFERENCES = 20  # towns lived by the slow model
TOWNS = 150  # towns lived by Kring

# Half enter by conference, and one in five team clients knows the right: all branches are taken.
TOWN = Town(clients=400, conference_share=0.5, **QUIET_TOWN)
POLICY = {
    "team": Policy.preset("wijkteam", right_known_clients=0.2, offer=0.2, **QUIET_TEAM),
    "conference": Policy.preset("eigen_kracht", independent_convener=0.7, **QUIET_TEAM),
}


def kring(parameters: Parameters) -> np.ndarray:
    """Weekly means of towns by seeds: towns x weeks x outcomes."""
    rows = []
    for seed in range(TOWNS):
        result = simulate(TOWN, POLICY, 104, seed, parameters=parameters, episodes=False)
        rows.append(result.weekly.set_index("week").loc[list(WEEKS), list(OUTCOMES)].to_numpy())
    return np.array(rows)


@pytest.fixture(scope="module")
def reference() -> np.ndarray:
    rows = []
    for seed in range(REFERENCES):
        model = PlainMesaModel(TOWN, POLICY, QUIET, rng=seed)
        for _ in range(104):
            model.step()
        table = model.collector.get_model_vars_dataframe()
        rows.append(table[list(OUTCOMES)].iloc[[week - 1 for week in WEEKS]].to_numpy())
    return np.array(rows)


def distance(towns: np.ndarray, reference: np.ndarray) -> np.ndarray:
    """Difference of the means in standard errors, weeks x outcomes."""
    error = towns.std(axis=0, ddof=1) * np.sqrt(1 / len(towns) + 1 / len(reference))
    return (reference.mean(axis=0) - towns.mean(axis=0)) / error


def test_both_give_the_same_means(reference):
    apart = distance(kring(QUIET), reference)
    assert np.abs(apart).max() < BOUND, f"\n{OUTCOMES}\n{apart.round(1)}"


@pytest.mark.parametrize(
    ("strength", "factor"),
    [
        ("turnover", 2),
        ("overload", 0.5),
        ("unaimed_help", 3),
        ("network_effect", 0.7),
        ("guidance_per_level", 1.3),
        ("closes_with_problems", 1.5),
    ],
)
def test_a_changed_rule_is_noticed(reference, strength, factor):
    changed = QUIET.replace(**{strength: getattr(QUIET, strength) * factor})
    assert np.abs(distance(kring(changed), reference)).max() > BOUND
