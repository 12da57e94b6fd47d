"""The model in a page is the model: node lives the same towns, client by client, as Python."""

import gzip
import itertools
import json
import subprocess
import sys
from importlib.util import find_spec, module_from_spec, spec_from_file_location

import numpy as np
import pandas as pd
import pytest

from kring.experiments.explore import facts as given
from kring.simulation.errors import KringError
from kring.simulation.outcomes import MUNICIPAL_NAMES, NAMES
from kring.simulation.own_municipality import OwnMunicipality
from kring.simulation.phase_in import Start
from kring.simulation.policy import Policy
from kring.simulation.rows import SUPPORTING
from kring.simulation.town import Town
from tests.helpers import ROOT
from tests.node import Asked, Both, lived, needs_node, some_sets

WEEKS = 60
CONFERENCES = {
    "offer": 1.0, "mobilisation_hours": 30.0, "independent_convener": 1.0,
    "network_makes_plan": 1.0, "multi_problem_threshold": 13.0,
}  # fmt: skip
TEAMS = {
    "staffing": 0.8, "outside_guidance_capacity": 20.0, "outreach": 0.5, "no_mental_health": 1.0,
    "agencies": 0.5, "agency_places": 2.0, "community_hours": 100.0,
}  # fmt: skip


def towns() -> dict[str, Town]:
    """A town that begins, one that runs already, and a municipality in its own words."""
    own = OwnMunicipality(clients_a_year=150, fte=6, teams=2, weeks_wait=5).town()
    return {
        "new": Town.preset("rotterdam", clients=120, clients_per_team=40),
        "running": Town.preset("going_concern", clients=60, weeks_before=104),
        "own": own.replace(weeks_before=104),
    }


@pytest.fixture(scope="module")
def pairs(tmp_path_factory) -> list[Both]:
    """Each town with a set, under policies that touch all that is compiled."""
    whose = {"life": 5}
    asked = [
        Asked(town, which, 3, levers, whose)
        for town, which in zip(towns(), some_sets(), strict=True)
        for levers in ({}, CONFERENCES, TEAMS)
    ]
    return lived(towns(), some_sets(), WEEKS, asked, tmp_path_factory.mktemp("node"))


def are_alike(pair: Both) -> None:
    """Whole numbers are the same of every client; fractions but for the last bits."""
    for name in pair.rows.dtype.names:
        ours, theirs = pair.result.client_rows[name], pair.rows[name]
        if ours.dtype.kind == "f":
            np.testing.assert_allclose(theirs, ours, rtol=1e-12, atol=1e-12, err_msg=name)
        else:
            np.testing.assert_array_equal(theirs, ours, err_msg=name)
    weekly = np.array([pair.answer["weekly"][name] for name in NAMES]).T
    np.testing.assert_allclose(weekly, pair.result.sums.sum(axis=1), rtol=1e-12)
    money = np.array([pair.answer["municipal"][name] for name in MUNICIPAL_NAMES]).T
    np.testing.assert_allclose(money, pair.result.municipal_sums, rtol=1e-12)


@needs_node
def test_clients_and_sums_are_those_of_python(pairs):
    for pair in pairs:
        are_alike(pair)
    assert len({pair.answer["weekly"]["problems"][-1] for pair in pairs}) == len(pairs)


@needs_node
def test_a_policy_that_is_phased_in_comes_in_the_same_steps(tmp_path):
    asked = [Asked("running", "fitted", 2, CONFERENCES), Asked("new", "fitted", 2, TEAMS)]
    for pair in lived(towns(), some_sets(), 40, asked, tmp_path, Start(1, 26)):
        are_alike(pair)


@needs_node
def test_what_is_told_since_entry_is_of_who_can_be_followed(pairs):
    since = pairs[0].answer["since"]
    entry = pairs[0].result.client_rows["entry_week"]
    assert since["present"][0] == (entry < WEEKS - given.FOLLOWED).sum()
    assert all(0 <= alone <= n for alone, n in zip(since["alone"], since["present"], strict=True))


@needs_node
def test_a_life_ends_as_the_town_does_and_its_episodes_know_who(pairs):
    for pair in pairs:
        life, row = pair.answer["life"], pair.result.client_rows[5]
        last = life["weeks"][-1]
        assert (last["problems"], last["supporters"]) == (row["problems"], row["supporters"])
        assert last["states"].count(SUPPORTING) == row["supporters"]
        told = pair.result.episodes[pair.result.episodes["client"] == 5]
        assert [one["kind"] for one in life["episodes"]] == [*told["kind"]]
        assert [one["tie"] for one in life["episodes"]] == [*told["tie"]]


@needs_node
def test_what_cannot_be_asked_is_refused_by_name(tmp_path):
    with pytest.raises(AssertionError, match="no lever called ofer"):
        lived(towns(), some_sets(), 4, [Asked("new", "fitted", 1, {"ofer": 1.0})], tmp_path)


def test_facts_are_plain_numbers_and_few():
    """Whatever a page takes along beside the module lies in a few kilobytes."""
    found = given.facts(towns(), some_sets(), WEEKS, Policy())
    assert len(gzip.compress(json.dumps(found).encode())) < 12_000
    assert found["towns"]["own"]["reviews"] == [26, 52, 78, 104]
    assert found["towns"]["new"]["sets"]["fitted"] == ([], [])
    assert found["towns"]["new"]["sets"]["hopeful"][0]


def test_a_page_takes_no_persons_along():
    persons = pd.DataFrame({"age": [40, 50], "children": [1, 0]})
    with pytest.raises(KringError, match="holds no persons"):
        given.facts({"mine": Town.from_table(persons)}, some_sets(), WEEKS, Policy())


def test_a_module_of_other_rules_is_refused(monkeypatch, tmp_path):
    about = json.loads((given.MODULE / "kring.json").read_text())
    (tmp_path / "kring.json").write_text(json.dumps(about | {"model": "of last year"}))
    monkeypatch.setattr(given, "MODULE", tmp_path)
    with pytest.raises(KringError, match="made from other rules"):
        given.module()


def test_the_module_that_ships_is_of_these_rules_and_imports_nothing():
    module = given.module()
    assert module[:4] == b"\0asm"
    assert 2 not in sections(module)  # of imports


def sections(module: bytes) -> list[int]:
    """The kinds of sections of a WebAssembly module."""
    found, at = [], 8
    while at < len(module):
        kind, at = module[at], at + 1
        size = shift = 0
        while True:
            byte, at = module[at], at + 1
            size |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                break
        found, at = [*found, kind], at + size
    return found


@needs_node
@pytest.mark.slow  # makes the module anew: two minutes
@pytest.mark.skipif(find_spec("ziglang") is None, reason="no ziglang here: the extra wasm has it")
def test_a_module_that_is_made_anew_lives_the_same_towns(tmp_path):
    build = [sys.executable, ROOT / "release" / "wasm.py", tmp_path]
    subprocess.run(build, check=True, cwd=ROOT)
    assert (tmp_path / "kring.json").read_text() == (given.MODULE / "kring.json").read_text()
    asked = [Asked(town, "sceptical", 5, TEAMS) for town in towns()]
    for pair in lived(towns(), some_sets(), WEEKS, asked, tmp_path, module=tmp_path / "kring.wasm"):
        are_alike(pair)


@needs_node
@pytest.mark.slow
def test_random_policies_in_three_towns_with_three_sets(tmp_path):
    """A smaller number of what was shown once of 100 policies."""
    are = [policy for policy, _ in zip(random_policies(7), range(10), strict=False)]
    asked = [Asked(t, s, 1, p) for p in are for t in towns() for s in some_sets()]
    for pair in lived(towns(), some_sets(), 104, asked, tmp_path):
        are_alike(pair)


def random_policies(seed: int):
    """Policies in which each number lies anywhere in its range."""
    luck = np.random.default_rng(seed)
    for _ in itertools.count():
        ranges = {name: Policy.note(name) for name in Policy.quantities()}
        levers = {n: float(luck.uniform(r["low"], r["high"])) for n, r in ranges.items()}
        steering = luck.uniform()
        yield levers | {"input_steering": steering, "outcome_steering": 1.0 - steering}


WASTES = """
declare i8* @NRT_Allocate(i64)
define i32 @wastes() {
  %1 = call i8* @_ZN5kring10simulation4week6wastes8e1f2a3b4E()
  ret i32 0
}
define i8* @_ZN5kring10simulation4week6wastes8e1f2a3b4E() {
  %1 = call i8* @NRT_Allocate(i64 8)
  ret i8* %1
}
"""


def test_a_build_names_the_function_that_allocates():
    spec = spec_from_file_location("build", ROOT / "release" / "wasm.py")
    build = module_from_spec(spec)
    spec.loader.exec_module(build)
    with pytest.raises(SystemExit, match=r"NRT_Allocate .* \['kring.simulation.week.wastes'\]"):
        build.optimised({"wastes": WASTES})
