"""The same clients meet the same luck: nobody's policy, order or thread changes another's."""

import json
import multiprocessing
import pickle
from concurrent.futures import ProcessPoolExecutor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kring.simulation.living import Run
from kring.simulation.parameters import Parameters
from kring.simulation.run import simulate
from kring.simulation.town import Town
from kring.simulation.world import adopt, settle
from tests.helpers import (
    BUSY,
    CONFERENCE,
    ROUTES,
    TEAM,
    TOWN,
    append_town,
    differences,
    differing,
    python,
)

WEEKS = 60
LONELY = Town(clients=1, clients_per_team=1000, network=10)
BORN = ("id", "age", "children", "entry_week", "n_ties", "self_reliance", "asking_barrier",
        "low_education", "assistance", "entrance", "team")  # fmt: skip


POLICIES = {"routes": ROUTES, "busy": {"team": BUSY, "conference": CONFERENCE}}


@pytest.fixture(scope="module", params=POLICIES)
def policy(request):
    return POLICIES[request.param]


@pytest.fixture(scope="module")
def baseline(policy):
    return simulate(TOWN, policy, WEEKS, seed=5, keep=[20], threads=1)


def test_the_same_policy_twice_gives_the_same_result(baseline):
    again = simulate(TOWN, baseline.policy, WEEKS, seed=5, keep=[20], threads=1)
    assert differences(again, baseline) == []


def test_another_seed_gives_other_people_and_luck(baseline):
    other = simulate(TOWN, baseline.policy, WEEKS, seed=6, keep=[20], threads=1)
    assert "client.age" in differences(other, baseline)
    assert "sums" in differences(other, baseline)


def test_a_policy_replaced_by_its_own_values_changes_nothing(baseline):
    same = {route: p.replace(**p.model_dump()) for route, p in baseline.policy.items()}
    assert differences(simulate(TOWN, same, WEEKS, seed=5, keep=[20]), baseline) == []


@pytest.mark.parametrize(
    ("lever", "value"),
    [
        ("closing_adult", 500),  # beyond the horizon of a short run
        ("offer_from", 13),  # where nothing is offered
        ("uptake", 0.9),
    ],
)
def test_a_lever_that_concerns_nobody_changes_nothing(lever, value):
    town = TOWN.replace(conference_share=0)
    few = TEAM.replace(mobilisation_hours=0)  # nobody proposes, nobody has to accept
    weeks = 20  # no case reaches its norm of 26 weeks
    before = simulate(town, few, weeks, seed=5)
    assert differences(simulate(town, few.replace(**{lever: value}), weeks, seed=5), before) == []


def test_a_lever_that_concerns_somebody_does_change_something(baseline):
    more = baseline.policy | {"team": baseline.policy["team"].replace(mobilisation_hours=20)}
    assert "client.mapped" in differences(simulate(TOWN, more, WEEKS, seed=5), baseline)


@pytest.mark.parametrize("staffed", [True, False])
def test_one_more_isolated_client_changes_nobody_else(policy, staffed):
    people = settle(TOWN, Parameters(), 5)
    extra = settle(LONELY, Parameters(), 99)
    if not staffed:
        extra = extra._replace(professionals=extra.professionals[:0])
        for name in ("end_professional", "first_coordinator", "first_agency"):
            extra.teams[name] = 0
    alone, beside = (
        Run(adopt(world, policy), threads=1) for world in (people, append_town(people, extra))
    )
    for run in (alone, beside):
        run.live(WEEKS)
    n, ties, members = (len(getattr(people, t)) for t in ("clients", "ties", "members"))
    assert differing(beside.world.clients[:n], alone.world.clients) == []
    assert differing(beside.world.ties[:ties], alone.world.ties) == []
    assert differing(beside.world.members[:members], alone.world.members) == []
    workers = len(people.professionals)
    assert differing(beside.world.professionals[:workers], alone.world.professionals) == []
    assert differing(beside.world.teams[: len(people.teams)], alone.world.teams) == []
    theirs = beside.records().episodes_in_order()[beside.records().episodes_in_order().client < n]
    assert differing(theirs, alone.records().episodes_in_order()) == []
    assert beside.world.clients[n].stage > 0  # and the extra client did live


def test_one_more_client_in_a_town_draws_nobody_else_anew():
    one_team = TOWN.replace(clients_per_team=1000)
    few = settle(one_team, Parameters(), 5)
    more = settle(one_team.replace(clients=TOWN.clients + 1), Parameters(), 5)
    assert differing(more.clients[: TOWN.clients], few.clients) == []
    assert differing(more.ties[: len(few.ties)], few.ties) == []
    known = more.members[: len(few.members)]
    assert [c for c in differing(known, few.members) if c != "clients"] == []


def test_a_policy_for_one_team_leaves_other_teams_as_they_were(baseline):
    other = simulate(TOWN, baseline.policy, WEEKS, seed=5, keep=[20], teams={0: CONFERENCE})
    elsewhere = baseline.client_rows["team"] != 0
    for one, before in (
        (other.client_rows, baseline.client_rows),
        (other.kept[20], baseline.kept[20]),
    ):
        assert differing(one[elsewhere], before[elsewhere]) == []
        assert "mapped" in differing(one[~elsewhere], before[~elsewhere])


@pytest.mark.parametrize("threads", [2, 5])
def test_threads_change_nothing(baseline, threads):
    again = simulate(TOWN, baseline.policy, WEEKS, 5, keep=[20], threads=threads)
    assert differences(again, baseline) == []


def test_another_process_gives_the_same_result(baseline):
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=spawn) as pool:
        other = pool.submit(simulate, TOWN, baseline.policy, WEEKS, 5, keep=[20]).result()
    assert differences(other, baseline) == []


def test_a_result_survives_pickling(baseline):
    again = pickle.loads(pickle.dumps(baseline))
    assert differences(again, baseline) == []
    assert again.policy == baseline.policy
    assert again.municipality.equals(baseline.municipality)
    assert again.weekly.equals(baseline.weekly)


def test_weeks_in_portions_are_the_weeks_in_one_go(baseline):
    run = Run(adopt(settle(TOWN, Parameters(), 5), baseline.policy), threads=1)
    for weeks in (1, 7, 12, 40):
        run.live(weeks)
    assert run.records().sums().tobytes() == baseline.sums.tobytes()
    assert run.records().municipal_sums().tobytes() == baseline.municipal_sums.tobytes()
    assert differing(run.world.clients, baseline.client_rows) == []
    assert differing(run.records().episodes_in_order(), baseline.episode_rows) == []


def test_not_keeping_episodes_changes_nothing_else(baseline):
    bare = simulate(TOWN, baseline.policy, WEEKS, 5, keep=[20], episodes=False)
    assert {d for d in differences(bare, baseline) if not d.startswith("episode.")} == set()
    assert len(bare.episode_rows) == 0


@pytest.mark.parametrize("other", [TEAM, CONFERENCE, TEAM.replace(offer=0.5, closing_adult=1)])
def test_people_are_the_same_under_every_policy(baseline, other):
    rows = simulate(TOWN, other, 10, seed=5).client_rows
    for name in BORN:
        assert rows[name].tobytes() == baseline.client_rows[name].tobytes(), name


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 2**63 - 1))
def test_running_a_world_leaves_its_people_untouched(seed):
    people = settle(TOWN, Parameters(), seed)
    before = [table.copy() for table in people[:5]]  # clients, ties, members, workers, teams
    first = simulate(people, POLICIES["busy"], 30, seed)
    second = simulate(people, POLICIES["busy"], 30, seed)
    assert differences(first, second) == []
    for table, after in zip(before, people[:5], strict=True):
        assert differing(table, after) == []


PLAIN = """
import json, sys
from kring.simulation.run import simulate
from tests.helpers import TOWN
from tests.test_same_luck import ALSO_PLAIN, in_hex
print(json.dumps(in_hex(simulate(TOWN, ALSO_PLAIN[sys.argv[1]], 60, seed=5))))
"""
AGENCIES = BUSY.replace(agencies=1, agency_places=10, accept_duty=1, one_plan=0)
ALSO_PLAIN = POLICIES | {"agencies": AGENCIES}  # many plans beside each other


def in_hex(result) -> dict[str, str]:
    """What came out, byte by byte."""
    tables = {"sums": result.sums, "municipality": result.municipal_sums}
    for rows in (result.client_rows, result.episode_rows):
        tables |= {name: rows[name] for name in rows.dtype.names}
    return {name: table.tobytes().hex() for name, table in tables.items()}


@pytest.mark.slow
@pytest.mark.parametrize("policies", ALSO_PLAIN)
def test_plain_python_gives_what_compiled_code_gives(policies):
    found = python(PLAIN, policies, NUMBA_DISABLE_JIT="1")
    assert found.returncode == 0, found.stderr
    plain = json.loads(found.stdout)
    result = simulate(TOWN, ALSO_PLAIN[policies], 60, seed=5)
    compiled = in_hex(result)
    assert plain.keys() == compiled.keys()
    assert [name for name in plain if plain[name] != compiled[name]] == []
    assert np.isfinite(result.sums).all() and np.isfinite(result.municipal_sums).all()
