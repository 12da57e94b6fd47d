"""Other tools take Kring's studies and results: each is asked by its own interface."""

import json

import numpy as np
import pandas as pd
import pytest

import kring
from kring.simulation.errors import KringError

STUDY = {
    "name": "bridge", "question": "Does it go over?", "weeks": 6, "seeds": 2,
    "parameters": {"preset": "fitted"}, "town": {"clients": 30},
    "outcomes": ["problems", "supporters:team@4"],
    "policies": [{"name": "now"}, {"name": "offered", "offer": 1}],
    "vary": {
        "design": "morris", "points": 4, "parameters": {"willing": [-1, 1]},
        "town": {"entry_weeks": [3, 6]},
    },
}  # fmt: skip
GRID = {**STUDY, "vary": {"town": {"entry_weeks": [3, 6]}}}


@pytest.fixture(scope="module")
def plan():
    pytest.importorskip("SALib")
    return kring.read_study(STUDY)


@pytest.fixture(scope="module")
def folder(plan, tmp_path_factory):
    return kring.run_study(
        plan, tmp_path_factory.mktemp("results") / "bridge", engine="here"
    ).folder


def test_salib_finds_in_a_result_what_kring_finds(plan, folder):
    analyze = pytest.importorskip("SALib.analyze.morris")
    problem, points, outcomes = kring.as_salib_results(folder, "offered")
    assert problem == kring.salib_problem(plan)
    assert points.shape == (4 * 3, 2) and set(outcomes) == set(plan.outcomes)
    theirs = analyze.analyze(problem, points, outcomes["problems"], num_levels=4)
    ours = pd.read_csv(folder / "sensitivity.csv").query(
        "policy == 'offered' and of == 'value' and outcome == 'problems'"
    )
    for index in ("mu", "mu_star", "sigma"):
        own = ours[ours["index"] == index].set_index("factor")["value"][problem["names"]]
        np.testing.assert_allclose(np.asarray(theirs[index], float), own, rtol=1e-4)
    with pytest.raises(KringError, match="did you mean 'now'"):
        kring.as_salib_results(folder, "nou")


def test_pyabc_asks_a_study_for_what_it_varies(plan):
    pyabc = pytest.importorskip("pyabc")
    model, prior = kring.pyabc_model(plan, "offered")
    drawn = prior.rvs()
    assert set(drawn) == {"parameters.willing", "town.entry_weeks"}
    assert 3 <= drawn["town.entry_weeks"] <= 6 == 6
    found = model(drawn)
    assert found == model(dict(drawn)) and set(found) == set(plan.outcomes)
    elsewhere = model({**drawn, "parameters.willing": -drawn["parameters.willing"]})
    assert elsewhere != found
    assert isinstance(prior, pyabc.Distribution)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_pyabc_infers_from_a_study(plan, tmp_path):
    pyabc = pytest.importorskip("pyabc")
    model, prior = kring.pyabc_model(plan)
    seen = model({"parameters.willing": 0.9, "town.entry_weeks": 3})
    abc = pyabc.ABCSMC(
        model, prior, lambda x, y: abs(x["problems"] - y["problems"]), population_size=10,
        sampler=pyabc.sampler.SingleCoreSampler(),
    )  # fmt: skip
    abc.new(f"sqlite:///{tmp_path / 'abc.db'}", seen)
    history = abc.run(max_nr_populations=1, max_total_nr_simulations=100)
    assert len(history.get_distribution()[0]) == 10


def test_a_result_is_a_table_of_behaviorspace(plan, folder, tmp_path):
    kring.write_behaviorspace(folder, tmp_path / "table.csv")
    head = (tmp_path / "table.csv").read_text().splitlines()[:6]
    assert head[0] == '"BehaviorSpace results (Kring)"' and head[2] == '"bridge"'
    read = pd.read_csv(tmp_path / "table.csv", skiprows=6)
    pd.testing.assert_frame_equal(read, kring.as_behaviorspace(folder), check_dtype=False)
    assert list(read.columns[:2]) == ["[run number]", "policy"]
    assert (read["[step]"] == 6).all() and list(read["[run number]"]) == [*range(1, 49)]
    assert set(plan.outcomes) <= set(read.columns)


def test_a_result_can_be_deposited_as_a_crate(folder):
    path = kring.write_ro_crate(
        folder, author="A. Researcher", license="https://creativecommons.org/licenses/by/4.0/"
    )
    crate = json.loads(path.read_text("utf-8"))
    entities = {one["@id"]: one for one in crate["@graph"]}
    assert len(entities) == len(crate["@graph"])
    about = entities["ro-crate-metadata.json"]
    assert about["about"] == {"@id": "./"} and about["conformsTo"]["@id"].endswith("/crate/1.1")
    assert entities["./"]["description"] == STUDY["question"]
    assert entities["#A.%20Researcher"]["@type"] == "Person"
    parts = [part["@id"] for part in entities["./"]["hasPart"]]
    assert {"manifest.json", "runs.parquet", "differences.csv"} <= set(parts)
    for name in parts:
        assert entities[name]["contentSize"] == str((folder / name).stat().st_size)
    for reference in refers(crate["@graph"]):
        assert reference in entities or reference.startswith("https://")
    assert "kring" in {one["name"] for one in crate["@graph"] if one.get("version")}


def test_the_library_of_ro_crate_reads_the_crate_and_finds_its_makers(folder, tmp_path):
    rocrate = pytest.importorskip("rocrate.rocrate")
    kring.write_ro_crate(folder, author="https://orcid.org/0000-0002-1825-0097")
    crate = rocrate.ROCrate(folder)
    assert crate.description == STUDY["question"]
    assert crate.root_dataset["author"].id == "https://orcid.org/0000-0002-1825-0097"
    (run,) = crate.get_by_type("CreateAction")
    (software,) = [one for one in run["instrument"] if one["name"] == "kring"]
    assert software["version"] == kring.__version__
    assert [maker["name"] for maker in software["author"]] == ["The Kring developers"]
    crate.write(tmp_path / "taken out")
    assert {part.id for part in crate.data_entities} <= {
        path.name for path in (tmp_path / "taken out").iterdir()
    }


def refers(value):
    """All that is pointed to."""
    if isinstance(value, dict):
        if set(value) == {"@id"}:
            yield value["@id"]
        value = value.values()
    if not isinstance(value, str):
        for one in value:
            yield from refers(one)


def test_a_study_of_which_no_points_are_drawn_has_no_problem():
    plan = kring.read_study(GRID)
    for bridge in (kring.salib_problem, kring.pyabc_model):
        with pytest.raises(KringError, match=r"\[low, high\]"):
            bridge(plan)
    with pytest.raises(KringError, match="no folder of a result"):
        kring.as_behaviorspace(None)


@pytest.mark.parametrize("bridge", [kring.ema_model, kring.salib_problem, kring.pyabc_model])
def test_a_bridge_takes_a_plan_and_says_so(bridge):
    with pytest.raises(KringError, match=r"of a kring\.Study it is study\.plan"):
        bridge(kring.Study(policies=["wijkteam"]))


def test_a_bridge_that_cannot_write_or_has_no_name_is_one_line(folder, tmp_path):
    with pytest.raises(KringError, match=r"cannot write .*nowhere"):
        kring.write_behaviorspace(folder, tmp_path / "nowhere" / "table.csv")
    with pytest.raises(KringError, match="author = 3: a text is wanted"):
        kring.write_ro_crate(folder, author=3)
