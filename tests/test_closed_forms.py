"""Three mechanisms against a closed form, in the whole week, with everything else silenced.

The formulas are written anew from the documents (submodels), in other arithmetic than the model's:
what is found in so many hours, how long supporters stay, and how problems move by themselves.
"""

import numpy as np
import pytest

from kring.simulation.field import DOMAINS, TIE_KINDS, field_table
from kring.simulation.parameters import Parameters
from kring.simulation.policy import Policy
from kring.simulation.rows import NETWORK_PLAN
from kring.simulation.run import run_in, simulate
from kring.simulation.town import Town
from kring.simulation.world import settle
from tests.helpers import QUIET, QUIET_TOWN, TEAM

NEAR = 4  # standard errors: by chance passed once in 16,000
ALL_AT_ONCE = Town(
    **QUIET_TOWN, clients=1500, clients_per_team=500, entry_weeks=1, conference_share=0, leave=0,
)  # fmt: skip
# Nobody works: clients wait, and only what happens by itself happens.
NOBODY_WORKS = TEAM.replace(staffing=0, agencies=0, caseload_limit=0)


def near(found: float, chances: np.ndarray) -> bool:
    """Whether a count is what so many independent chances come to, within what luck does."""
    error = np.sqrt((chances * (1 - chances)).sum())
    return abs(found - chances.sum()) < NEAR * error


def logistic(log_odds: float) -> float:
    return 1 / (1 + np.exp(-log_odds))


@pytest.mark.parametrize("hours", [2.5, 10, 30])
def test_supporters_are_as_many_as_hours_find_who_come_and_say_yes(hours):
    strengths = QUIET.replace(
        closeness_helps=0, tie_kind=0, need_repels=0, plan_needs=0, falls_through=0, turnover=0,
        tie_loss=0, nothing_left_to_do=0, steps_in=0,
    )  # fmt: skip
    town = ALL_AT_ONCE.replace(
        conference_share=1, coordinator_hours=1000, spare_hours=4, spare_spread=0
    )
    policy = Policy.preset("eigen_kracht", mobilisation_hours=hours)
    rows = simulate(town, policy, 104, parameters=strengths).client_rows
    ties = settle(town, strengths, 1).ties
    of_whom = np.repeat(np.arange(len(rows)), rows["n_ties"])
    assert (rows["plan"] == NETWORK_PLAN).mean() > 0.99
    assert rows["hours_mapped"].mean() == pytest.approx(hours, rel=0.05)

    searched = np.log(1 + rows["hours_mapped"][of_whom] / strengths.search_half)
    rate = strengths.named_at_once + strengths.found_by_search * searched
    found = 1 - np.exp(-rate * 4 * ties["closeness"] ** 2)
    assert near(rows["mapped"].sum(), found)
    helps = found * logistic(strengths.comes_when_invited) * logistic(strengths.willing)
    assert near(rows["supporters"].sum(), helps)


def test_supporters_stay_as_a_constant_chance_to_stop_lets_them():
    strengths = QUIET.replace(
        helps_already=0.5, turnover=1, distress_wears=0, overload=0, only_supporter=0,
        crowding_out=0, plan_bond=0, dense_bond=0, tie_loss=0, nothing_left_to_do=0,
    )  # fmt: skip
    result = simulate(
        ALL_AT_ONCE, NOBODY_WORKS, 53, parameters=strengths, panel_of_ties=["state", "kind"]
    )
    panel = result.panel_of_ties
    helping = panel[panel["state"] == "supporting"].groupby(["kind", "week"], observed=True).size()
    kinds = field_table("ties").pivot(index="kind", columns="quantity", values="value")
    for kind in TIE_KINDS:
        stopping = 1 + strengths.tie_kind * (kinds.loc[kind, "stopping"] - 1)
        stays = 1 - strengths.turnover / 52 * stopping
        first = helping[kind, 1]
        for weeks in (1, 13, 26, 52):
            assert near(helping[kind, 1 + weeks], np.full(first, stays**weeks)), (kind, weeks)
    assert helping.sum() > 10_000


def chain(eases: float, strengths: Parameters) -> np.ndarray:
    """Weekly chances to go from level (row) to level (column), 0 none to 4 acute."""
    step = np.zeros((5, 5))
    step[0, 0] = 1
    for level in range(1, 5):
        step[level, level - 1] = eases + strengths.crisis_passes * (level == 4)
        if level < 4:
            step[level, level + 1] = strengths.worsening * (4 - level) / 3
        step[level, level] = 1 - step[level].sum()
    return step


@pytest.mark.parametrize("weeks", [13, 52, 156])
def test_problems_that_nobody_looks_after_are_a_markov_chain_over_levels(weeks):
    strengths = QUIET.replace(
        persistence=0, feeding=0, onset=0, relapse=0, brewing=0, self_recovery=0, worsening=0.03
    )
    town = ALL_AT_ONCE.replace(network=0, network_spread=0, does_what_can=0)
    run = run_in(town, NOBODY_WORKS, weeks, parameters=strengths, threads=1)
    before = run.at(0).world.clients
    passing = (before["passing"][:, None] >> np.arange(len(DOMAINS))) & 1
    rows = simulate(run, NOBODY_WORKS, weeks, threads=1).client_rows

    table = field_table("domains").pivot(index="domain", columns="quantity", values="value")
    steps = max(town.severity - 1 / 3, np.log(2))  # so that the median is the table's
    for is_passing in (0, 1):
        expected = np.zeros((0, 5))
        found = np.zeros(5)
        for i, domain in enumerate(DOMAINS):
            eases = steps / table.loc[domain, "weeks"] if is_passing else strengths.lasting_recovery
            whole = np.linalg.matrix_power(chain(eases, strengths), weeks)
            here = (before["level"][:, i] > 0) & (passing[:, i] == is_passing)
            expected = np.vstack([expected, whole[before["level"][here, i]]])
            found += np.bincount(rows["level"][here, i], minlength=5)
        assert len(expected) > 500
        for level in range(5):
            assert near(found[level], expected[:, level]), (is_passing, level)
