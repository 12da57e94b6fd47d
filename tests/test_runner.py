"""A study loses nothing: whatever stops it, the same command ends with the same bytes."""

import errno
import os
import shutil
import signal
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pandas as pd
import pytest

from kring.experiments.execution import disk, worker
from kring.experiments.execution.engines import Here
from kring.experiments.execution.manifest import MANIFEST, read_manifest
from kring.experiments.execution.placing import folder_of
from kring.experiments.execution.store import open_store
from kring.experiments.pipeline.repeat import repeat_study
from kring.experiments.pipeline.run import run_study
from kring.experiments.study.fingerprint import code
from kring.experiments.study.load import plan_of
from kring.simulation.errors import KringError
from tests.helpers import digests

pytestmark = pytest.mark.usefixtures("without_figures")  # test_cli holds them to the last byte

STUDY = plan_of(
    {
        "name": "small",
        "question": "What do ten hours do?",
        "outcomes": ["problems"],
        "weeks": 30,
        "seeds": 3,
        "parameters": {"preset": "fitted"},
        "tables": ["weekly"],
        "town": {"clients": 60},
        "policies": [{"name": "now"}, {"name": "ten", "mobilisation_hours": 10}],
        "vary": {"policy": {"offer": [0, 1]}},
    }
)
N = len(STUDY.runs)


@pytest.fixture(autouse=True)
def small_batches(monkeypatch):
    """Two runs a batch, so that something is always left."""
    monkeypatch.setattr("kring.experiments.execution.scheduler.BATCH_SECONDS", 0.01)


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The result of a run in one piece."""
    out = tmp_path_factory.mktemp("whole") / "out"
    run_study(STUDY, out, engine="here")
    return out


class StopsAfter(Here):
    """An engine that is interrupted after some batches."""

    def __init__(self, batches):
        self.left = batches

    def submit(self, *job, **more):
        if self.left == 0:
            raise KeyboardInterrupt
        self.left -= 1
        return super().submit(*job, **more)


def test_a_result_with_other_runs_is_kept_beside_the_new_one(tmp_path, capsys):
    out, before = tmp_path / "out", tmp_path / "out.before"
    run_study(STUDY, out, engine="here")
    was = digests(out)
    run_study(STUDY.changed(seeds=4), out, engine="here")
    assert not before.exists()  # all its runs are in the new one
    run_study(STUDY, out, engine="here")
    assert f"it is kept as {before}" in capsys.readouterr().err
    assert digests(out) == was
    assert len(pd.read_parquet(before / "runs.parquet")) == N / 3 * 4


def test_a_damaged_result_is_said_before_it_is_repeated(whole, tmp_path):
    damaged = shutil.copytree(whole, tmp_path / "out")
    os.truncate(damaged / "runs.parquet", 100)
    with pytest.raises(KringError, match=r"runs.parquet is not as Kring wrote it \(last written"):
        repeat_study(damaged, "no engine", None)
    (damaged / "runs.parquet").unlink()
    with pytest.raises(KringError, match="is not there"):
        repeat_study(damaged, "no engine", None)


@pytest.mark.parametrize("batches", [1, 2, 4])
def test_what_was_finished_is_not_run_again_and_the_result_is_the_same(
    whole, tmp_path, monkeypatch, batches
):
    out = tmp_path / "out"
    with pytest.raises(Exception, match="are kept: the same command goes on"):
        run_study(STUDY, out, executor=StopsAfter(batches))
    assert not out.exists()
    with open_store(out, code()) as here:
        kept = sum(len(pd.read_parquet(path)) for path in here.parts.glob("*.runs.*.parquet"))
    assert 0 < kept < N
    lived = []
    execute = worker.execute
    monkeypatch.setattr(worker, "execute", lambda *a, **k: lived.append(a[1]) or execute(*a, **k))
    run_study(STUDY, out, engine="here")
    assert len(lived) == N - kept
    assert digests(out) == digests(whole)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_finished_result_is_not_run_again(whole, tmp_path, monkeypatch):
    out = tmp_path / "out"
    shutil.copytree(whole, out)
    monkeypatch.setattr(worker, "execute", lambda *_, **__: pytest.fail("was run again"))
    run_study(STUDY, out)
    assert digests(out) == digests(whole)


def test_more_seeds_run_only_those_that_are_new(whole, tmp_path, monkeypatch):
    out = tmp_path / "out"
    shutil.copytree(whole, out)
    lived = []
    execute = worker.execute
    monkeypatch.setattr(worker, "execute", lambda *a, **k: lived.append(a[1]) or execute(*a, **k))
    run_study(STUDY.changed(seeds=4), out, engine="here")
    assert len(lived) == 4 and {run.seed for run in lived} == {4}
    run_study(STUDY.changed(seeds=4), tmp_path / "fresh", engine="here")
    assert digests(out) == digests(tmp_path / "fresh")


def test_two_policies_that_are_the_same_are_lived_once(tmp_path, monkeypatch):
    twice = STUDY.changed(policies=[{"name": "now"}, {"name": "also now"}])
    lived = []
    execute = worker.execute
    monkeypatch.setattr(worker, "execute", lambda *a, **k: lived.append(a[1]) or execute(*a, **k))
    done = run_study(twice, tmp_path / "out", engine="here")
    assert len(lived) == len(twice.runs) / 2
    one, other = (part for _, part in done.tables["runs"].groupby("policy"))
    assert list(one["problems"]) == list(other["problems"])


# Engines


@pytest.mark.parametrize("pieces", [1, 3])
def test_every_engine_gives_the_same_bytes(whole, tmp_path, pieces):
    plan = STUDY.changed(pieces=pieces) if pieces > 1 else STUDY
    with ThreadPoolExecutor(2) as threads:
        run_study(plan, tmp_path / "threads", executor=threads)
    run_study(plan, tmp_path / "processes", engine="processes", workers=2)
    for other in ("threads", "processes"):
        found = digests(tmp_path / other)
        differing = {name for name in found if found[name] != digests(whole)[name]}
        assert differing <= ({MANIFEST, "runs.parquet"} if pieces > 1 else set())
        one, two = (pd.read_parquet(f / "runs.parquet") for f in (whole, tmp_path / other))
        assert one[STUDY.outcomes].equals(two[STUDY.outcomes])


class Dies(Executor):
    """An executor whose worker dies on one run, some times or always."""

    def __init__(self, number, times):
        self.number, self.times = number, times

    def submit(self, job, plan, batch, *more):
        future = Future()
        if any(run.number == self.number for run in batch) and self.times:
            self.times -= 1
            future.set_exception(RuntimeError("the worker is gone"))
        else:
            future.set_result(job(plan, batch, *more))
        return future


def test_a_worker_that_dies_once_costs_nothing(whole, tmp_path):
    run_study(STUDY, tmp_path / "out", executor=Dies(5, times=2))
    assert digests(tmp_path / "out") == digests(whole)


def test_a_run_on_which_workers_always_die_is_a_failed_run_among_good_ones(whole, tmp_path):
    done = run_study(STUDY, tmp_path / "out", executor=Dies(5, times=99))
    assert done.failed == 1
    failures = pd.read_csv(tmp_path / "out" / "failures.csv")
    assert list(failures["run"]) == [5]
    assert "the worker is gone" in failures["error"][0]
    good = pd.read_parquet(whole / "runs.parquet").query("run != 5")
    assert pd.read_parquet(tmp_path / "out" / "runs.parquet").equals(good.reset_index(drop=True))


def test_an_executor_that_is_broken_is_said_in_a_line_and_what_is_done_is_kept(tmp_path):
    class Broken(StopsAfter):
        def submit(self, *job, **more):
            if self.left:
                return super().submit(*job, **more)
            future = Future()
            future.set_exception(BrokenProcessPool("all workers are gone"))
            return future

    with pytest.raises(KringError, match=r"the engine broke.*same command"):
        run_study(STUDY, tmp_path / "out", executor=Broken(2))
    run_study(STUDY, tmp_path / "out", engine="here")
    assert (tmp_path / "out" / MANIFEST).is_file()


@pytest.mark.slow
def test_a_pool_whose_processes_are_killed_goes_on(tmp_path, monkeypatch):
    monkeypatch.setattr(
        "kring.experiments.execution.scheduler.execute_batch", kill_one_then_execute
    )
    plan = STUDY.changed(question=str(tmp_path / "was-killed"))
    done = run_study(plan, tmp_path / "out", engine="processes", workers=2)
    assert done.failed == 0 and len(done.tables["runs"]) == N
    assert (tmp_path / "was-killed").is_file()


def kill_one_then_execute(sent, batch, *more):
    """Kill the process that gets the first batch, once."""
    with sent.arrived() as plan:
        mark = Path(plan.question.en)
    if batch[0].number == 0 and not mark.is_file():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return worker.execute_batch(sent, batch, "", 1)


def test_a_worker_with_other_code_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(worker, "code", lambda: "other")
    with pytest.raises(KringError, match="give the command again"):
        run_study(STUDY, tmp_path / "out", engine="here")


# Failures


IMPOSSIBLE = STUDY.changed(
    policies=[{"name": "now", "input_steering": 0.5}],
    vary={"policy": {"outcome_steering": [0, 0.4, 1]}},
)


def test_a_run_that_cannot_be_is_a_row_with_its_error_and_its_command(tmp_path):
    out = tmp_path / "out"
    done = run_study(IMPOSSIBLE, out, engine="here")
    assert done.failed == 3
    failures = pd.read_csv(out / "failures.csv")
    assert set(failures["policy.outcome_steering"]) == {1}
    assert failures["error"].str.contains("together at most 1").all()
    assert list(failures["command"]) == [
        f"kring repeat {out} --run {run}" for run in failures["run"]
    ]
    assert read_manifest(out).failed == 3
    assert len(done.tables["runs"]) == 6


def test_a_failed_run_is_tried_again_by_the_same_command(whole, tmp_path):
    run_study(STUDY, tmp_path / "out", executor=Dies(5, times=99))
    done = run_study(STUDY, tmp_path / "out", engine="here")
    assert done.failed == 0
    assert digests(tmp_path / "out") == digests(whole)


def test_a_study_of_which_every_run_fails_still_ends(tmp_path, monkeypatch):
    def fails(*_, **__):
        raise MemoryError("no room")

    monkeypatch.setattr(worker, "_execute", fails)
    done = run_study(STUDY, tmp_path / "out", engine="here")
    assert done.failed == N
    assert set(pd.read_csv(tmp_path / "out" / "failures.csv")["error"]) == {"MemoryError: no room"}


# Disks and folders


def test_a_full_disk_is_said_and_costs_nothing_already_written(whole, tmp_path, monkeypatch):
    out = tmp_path / "out"
    write, left = disk.write, [5]

    def until_full(path, content):
        left[0] -= 1
        if left[0] < 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        write(path, content)

    monkeypatch.setattr(disk, "write", until_full)
    with pytest.raises(KringError, match="No space left on device; what was kept is safe"):
        run_study(STUDY, out, engine="here")
    monkeypatch.setattr(disk, "write", write)
    with open_store(out, code()) as here:
        assert len(list(here.parts.glob("*.runs.*.parquet"))) >= 2
        assert not list(here.parts.glob(".*"))  # no half-written file
    run_study(STUDY, out, engine="here")
    assert digests(out) == digests(whole)


def test_two_runners_on_one_folder_do_not_harm_each_other(whole, tmp_path):
    out = tmp_path / "out"
    with open_store(out, code()):
        with pytest.raises(KringError, match="another runner is at work"):
            run_study(STUDY, out, engine="here")
        assert folder_of(out).is_dir()
    run_study(STUDY, out, engine="here")
    assert digests(out) == digests(whole)


def test_a_torn_file_of_an_older_result_is_run_anew(whole, tmp_path):
    out = tmp_path / "out"
    shutil.copytree(whole, out)
    (out / "runs.parquet").write_bytes(b"PAR1 torn")
    run_study(STUDY, out, engine="here")
    assert (out / "runs.yours.parquet").read_bytes() == b"PAR1 torn"  # whoever tore it
    (out / "runs.yours.parquet").unlink()
    assert digests(out) == digests(whole)


@pytest.mark.parametrize("torn", ["*.runs.*.parquet", "*.weekly.*.parquet"])
@pytest.mark.parametrize("how", ["truncated", "gone"])
def test_a_part_that_is_torn_or_gone_is_run_anew_and_no_row_counts_twice(
    whole, tmp_path, torn, how
):
    out = tmp_path / "out"
    with pytest.raises(Exception, match="are kept"):
        run_study(STUDY, out, executor=StopsAfter(3))
    part = sorted(folder_of(out).rglob(torn))[0]
    if how == "gone":
        part.unlink()
    else:
        part.write_bytes(part.read_bytes()[:40])
    run_study(STUDY, out, engine="here")
    assert digests(out) == digests(whole)


def test_a_torn_piece_is_said_and_lived_again(tmp_path, capsys):
    plan = STUDY.changed(pieces=3, seeds=1, policies=[{"name": "now"}], vary={})
    with pytest.raises(Exception, match="no results were written"):
        run_study(plan, tmp_path / "o", executor=StopsAfter(1))
    (first, *_) = sorted(folder_of(tmp_path / "o").rglob("*.npz"))
    first.write_bytes(first.read_bytes()[:100])
    done = run_study(plan, tmp_path / "o", engine="here")
    assert done.failed == 0 and len(done.tables["runs"]) == 1
    assert "was torn and is set aside" in capsys.readouterr().err


def test_what_a_larger_study_has_kept_outlives_a_smaller_one(tmp_path, monkeypatch):
    out = tmp_path / "out"
    with pytest.raises(Exception, match="are kept"):
        run_study(STUDY.changed(seeds=6), out, executor=StopsAfter(8))
    run_study(STUDY.changed(seeds=1, town={"clients": 20}), out, engine="here")
    assert (out / MANIFEST).is_file()
    lived = []
    execute = worker.execute
    monkeypatch.setattr(worker, "execute", lambda *a, **k: lived.append(a[1]) or execute(*a, **k))
    done = run_study(STUDY.changed(seeds=6), out, engine="here")
    assert len(lived) < len(done.tables["runs"])
    assert {path.name for path in tmp_path.iterdir()} == {"out", "out.before"}
