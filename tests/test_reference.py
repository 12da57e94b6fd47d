"""Kring and the plain Mesa model, written apart, must give the same distribution.

Once with the municipality silent in both, and once with it: its working life, entrance, agencies,
groups and books. What the plain model leaves out is silent in Kring both times.

Both live many small towns on other luck. The bound is on the difference of means: `BOUND` standard
errors, from the spread between Kring's towns. Of 15 comparisons of equal models the largest stays
below it in 999 cases out of 1000, of 75 in 995; seeds are fixed, so that a pass stays a pass. The
last test says what does fail it: a strength that is off by a third, half, or some times too large.
"""

import numpy as np
import pytest

from kring.experiments.benchmark.plain_mesa import (
    LEFT_OUT_STRENGTHS,
    LEFT_OUT_TOWN,
    QUIET_TEAM,
    QUIET_TOWN,
    PlainMesaModel,
)
from kring.simulation.parameters import Parameters
from kring.simulation.policy import Policy
from kring.simulation.run import simulate
from kring.simulation.town import Town
from tests.helpers import QUIET

pytestmark = pytest.mark.slow

BOUND = 4.0  # standard errors
WEEKS = (26, 52, 104)
OUTCOMES = ("problems", "supporters", "network", "professionals", "hours_professional")
REFERENCES = 20  # towns lived by the slow model
TOWNS, FEW_TOWNS = 150, 60  # lived by Kring; what is wrong is noticed in a few

# Half enter by conference, and one in five team clients knows the right: all branches are taken.
TOWN = Town(clients=400, conference_share=0.5, **QUIET_TOWN)
POLICY = {
    "team": Policy.preset("wijkteam", right_known_clients=0.2, offer=0.2, **QUIET_TEAM),
    "conference": Policy.preset("eigen_kracht", independent_convener=0.7, **QUIET_TEAM),
}

# With the municipality: workers come and go, learn and account; all levers of it are on.
OF_THE_MUNICIPALITY = (
    *("waiting_list", "cases", "hours_here", "doubt", "skill", "places", "spent_team"),
    *("spent_guidance", "spent_specialist", "spent_neighbourhood", "spent_schooling"),
)
OF_CLIENTS = (
    *(*OUTCOMES, "cost", "outside", "waiting", "in_care", "returns", "refused", "in_group"),
    *("cooperation", "hours_network"),
)
BUSY_TOWN = Town(
    clients=270, conference_share=0.3, hesitant=0.3, sick_leave=0.1, staff_turnover=0.3,
    **LEFT_OUT_TOWN,
)  # fmt: skip
BUSY_LEVERS = {
    "agencies": 0.4, "accept_duty": 0.2, "one_plan": 0.5, "outreach": 0.3, "low_threshold": 0.3,
    "referral_only": 0.2, "community_hours": 10, "collective_hours": 1, "training": 20,
    "peer_review": 2, "caseload_limit": 10, "queue_order": "heaviest first", "offer": 0.2,
    "right_known_clients": 0.2, "input_steering": 0.3, "outcome_steering": 0.3,
}  # fmt: skip
BUSY_POLICY = {
    "team": Policy.preset("wijkteam", **BUSY_LEVERS),
    "conference": Policy.preset("eigen_kracht", **BUSY_LEVERS | {"independent_convener": 0.7}),
}
BUSY = Parameters().replace(**LEFT_OUT_STRENGTHS)


def kring(
    town: Town, policy: dict[str, Policy], parameters: Parameters, towns: int = TOWNS
) -> np.ndarray:
    """Of towns by seeds at the moments, clients' means and the municipality's sums."""
    rows = []
    for seed in range(towns):
        result = simulate(town, policy, 104, seed, parameters=parameters, episodes=False)
        of_clients = result.weekly.set_index("week").loc[list(WEEKS), list(OF_CLIENTS)]
        sums = result.municipality.set_index("week").loc[list(WEEKS), list(OF_THE_MUNICIPALITY)]
        rows.append(np.hstack([of_clients.to_numpy(), sums.to_numpy()]))
    return np.array(rows)


def plain(town: Town, policy: dict[str, Policy], parameters: Parameters) -> np.ndarray:
    """The same of the plain model."""
    rows = []
    for seed in range(REFERENCES):
        model = PlainMesaModel(town, policy, parameters, rng=seed)
        for _ in range(104):
            model.step()
        table = model.collector.get_model_vars_dataframe()[[*OF_CLIENTS, *OF_THE_MUNICIPALITY]]
        rows.append(table.iloc[[week - 1 for week in WEEKS]].to_numpy())
    return np.array(rows)


@pytest.fixture(scope="module")
def reference(once) -> np.ndarray:
    """The plain model where the municipality is silent; no worker lives what another has."""
    file = once("plain.npy", lambda place: np.save(place, core(plain(TOWN, POLICY, QUIET))))
    return np.load(file)


def distance(towns: np.ndarray, reference: np.ndarray) -> np.ndarray:
    """Difference of the means in standard errors, weeks x outcomes."""
    error = towns.std(axis=0, ddof=1) * np.sqrt(1 / len(towns) + 1 / len(reference))
    return (reference.mean(axis=0) - towns.mean(axis=0)) / error


def core(towns: np.ndarray) -> np.ndarray:
    """Of all that is compared, the outcomes of the core."""
    return towns[..., : len(OUTCOMES)]


def test_both_give_the_same_means_where_the_municipality_is_silent(reference):
    apart = distance(core(kring(TOWN, POLICY, QUIET)), reference)
    assert np.abs(apart).max() < BOUND, f"\n{OUTCOMES}\n{apart.round(1)}"


def test_both_give_the_same_means_with_the_municipality():
    given = BUSY_TOWN, BUSY_POLICY, BUSY
    apart = distance(kring(*given), plain(*given))
    names = (*OF_CLIENTS, *OF_THE_MUNICIPALITY)
    assert np.abs(apart).max() < BOUND, f"\n{names}\n{apart.round(1)}"


@pytest.mark.parametrize(
    ("strength", "factor"),
    [
        ("turnover", 2),
        ("overload", 0.3),
        ("unaimed_help", 3),
        ("network_effect", 0.7),
        ("guidance_per_level", 1.3),
        ("closes_with_problems", 1.5),
    ],
)
def test_a_changed_rule_is_noticed(reference, strength, factor):
    changed = QUIET.replace(**{strength: getattr(QUIET, strength) * factor})
    lived = core(kring(TOWN, POLICY, changed, FEW_TOWNS))
    assert np.abs(distance(lived, reference)).max() > BOUND
