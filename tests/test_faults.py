"""Whatever fails and whenever: nothing of the user's is lost, and the same command ends the same.

A study of runs that cost nothing is run on a disk that fails, is full, is cut off within a step, or
loses power, at each of its steps in turn.
"""

import os
import shutil
from random import Random

import pandas as pd
import pytest

from kring.experiments.execution import disk, worker
from kring.experiments.execution.kept import planned, read_runs
from kring.experiments.execution.manifest import TIMING, read_manifest
from kring.experiments.execution.placing import folder_of
from kring.experiments.execution.worker import Output
from kring.experiments.pipeline.run import run_study
from kring.experiments.reading.base import Reading
from kring.experiments.report.page import put, read_tables
from kring.experiments.study.load import plan_of
from kring.simulation.errors import KringError
from tests.faulty_disk import FaultyDisk, Killed, tree

SEED = int(os.environ.get("KRING_SEED", 0))
SAMPLE = 0 if os.environ.get("KRING_EVERY_FAULT") else 4  # steps of each kind of fault
FAULTS = ("failing", "full", "killed", "power cut")
STUDY = plan_of(
    {
        "name": "small",
        "outcomes": ["problems"],
        "weeks": 2,
        "seeds": 2,
        "parameters": {"preset": "fitted"},
        "tables": ["weekly"],
        "town": {"clients": 20},
        "policies": [{"name": "now"}, {"name": "ten", "mobilisation_hours": 10}],
    }
)
OTHER = STUDY.changed(first_seed=100)  # has none of its runs
BEFORE = {"nothing": None, "the same": STUDY, "other runs": OTHER}
OWN = {"notes.txt": b"mine", "nested/deeper.csv": b"also mine", "differences (1).csv": b"a;b"}


class Plain(Reading):
    """No figures: they cost most and are files like others."""

    def figures(self, plan, tables):
        return {}


def of_nothing(plan, run, people, threads=1):
    """A run that costs nothing: its outcomes follow from who it is."""
    numbers = {name: float(run.seed + run.policy) for name in plan.outcomes}
    weekly = pd.DataFrame({"week": [1, 2], "problems": [float(run.seed), 2.0]})
    return Output(run.number, numbers, {"weekly": weekly})


def short_pages(plan, reading, made, folder):
    """Pages of a word: files like others, made of the same tables."""
    read_tables(made, folder)
    pages = [folder / "report.html", folder / "report_nl.html"]
    for page in pages:
        put(page, f"{plan.name} {made.seeds}".encode(), made)
    return pages


def only_nothing(patch):
    """Runs that cost nothing, on a disk that is not waited for."""
    patch.setattr(worker, "execute", of_nothing)
    patch.setattr("kring.experiments.pipeline.repeat.execute", of_nothing)
    patch.setattr("kring.experiments.pipeline.run.must_compile", lambda: False)
    patch.setattr("kring.experiments.execution.handing_out.compile_first", lambda: None)
    patch.setattr(disk, "sync", lambda path: None)


def only_files(patch):
    """Nothing but files: pages cost nothing either."""
    only_nothing(patch)
    patch.setattr("kring.experiments.report.page.write_pages", short_pages)


@pytest.fixture(autouse=True)
def runs_of_nothing(monkeypatch):
    only_files(monkeypatch)
    monkeypatch.setattr("kring.experiments.execution.scheduler.BATCH_SECONDS", 0.001)


def run(out, plan=STUDY):
    return run_study(plan, out, engine="here", reading=Plain())


def with_own_files(out):
    for name, content in OWN.items():
        (out / name).parent.mkdir(exist_ok=True)
        (out / name).write_bytes(content)


def prepared(folder, before, finished):
    """A place for a result, where an older one may stand with files of the user's in it."""
    folder.mkdir(exist_ok=True)
    if before != "nothing":
        shutil.copytree(finished[before], folder / "out")
        with_own_files(folder / "out")
    return folder / "out"


def own_files(out):
    return {name: content for name, content in tree(out).items() if name in OWN}


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    """The results of both studies."""
    folder = tmp_path_factory.mktemp("finished")
    with pytest.MonkeyPatch.context() as patch:
        only_files(patch)
        return {name: run(folder / name, plan).folder for name, plan in BEFORE.items() if plan}


def attempt(out, fault, at, seed=0, plan=STUDY):
    """Run on a faulty disk; returns the steps it took."""
    with FaultyDisk(fault, at, seed).installed() as faulty:
        try:
            run(out, plan)
        except Killed:
            pass
        except KringError as error:
            assert "\n" not in str(error)
    return faulty.steps


def by_kring(folder):
    """What Kring wrote in a folder; how long it took is not the same twice."""
    return {name: content for name, content in tree(folder).items() if name not in {*OWN, TIMING}}


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("before", BEFORE)
def test_a_fault_at_any_step_loses_nothing(tmp_path, finished, fault, before):
    own = {} if before == "nothing" else OWN
    steps = attempt(prepared(tmp_path / "counted", before, finished), "none", 0)
    for at in Random(f"{SEED} {fault} {before}").sample(range(1, steps + 1), SAMPLE or steps):
        out = prepared(tmp_path / str(at), before, finished)
        attempt(out, fault, at, seed=at)
        assert own_files(out) == own
        run(out)
        assert own_files(out) == own
        assert by_kring(out) == by_kring(finished["the same"])
        names = {path.name for path in out.parent.iterdir()}
        if before == "other runs":
            names.remove("out.before")
            assert by_kring(out.with_name("out.before")) == by_kring(finished["other runs"])
        assert names == {"out"}


def test_a_result_half_in_its_place_is_brought_to_its_end_by_whoever_reads_it(
    tmp_path, finished, monkeypatch
):
    out = prepared(tmp_path, "other runs", finished)
    rename = disk.rename

    def killed_at_the_page(old, new):
        if new == out / "report.html":
            raise Killed
        rename(old, new)

    monkeypatch.setattr(disk, "rename", killed_at_the_page)
    with pytest.raises(Killed):
        run(out)
    monkeypatch.setattr(disk, "rename", rename)
    assert (folder_of(out) / "placing.json").is_file()
    assert planned(out).seeds == STUDY.seeds
    assert len(read_runs(out)) == len(STUDY.runs)
    assert own_files(out) == OWN
    assert all(read_manifest(out).is_whole(out, name) for name in read_manifest(out).files)
