"""What is kept of runs outlives what passes, and is lived again where it can't be trusted."""

import pickle
from pathlib import Path

import pytest

from kring.experiments.execution import worker
from kring.experiments.execution.placing import folder_of
from kring.experiments.execution.store import Part
from kring.experiments.pipeline.run import run_study
from kring.simulation.errors import KringError
from tests import test_faults
from tests.faulty_disk import tree
from tests.test_faults import OTHER, STUDY, by_kring, of_nothing, run
from tests.test_runner import StopsAfter

runs_of_nothing, finished = test_faults.runs_of_nothing, test_faults.finished


@pytest.fixture
def lived(monkeypatch):
    """The runs that are lived from here on."""
    runs = []
    monkeypatch.setattr(
        worker, "execute", lambda *a, **k: runs.append(a[1].number) or of_nothing(*a, **k)
    )
    return runs


@pytest.fixture
def unfinished(tmp_path):
    """A study of which two batches are kept."""
    with pytest.raises(Exception, match="are kept"):
        run_study(STUDY, tmp_path / "out", executor=StopsAfter(2))
    return tmp_path / "out"


def parts(out):
    return sorted(folder_of(out).rglob("*.parquet"))


def test_results_with_other_runs_are_numbered_and_none_is_overwritten(tmp_path, finished):
    out = tmp_path / "out"
    plans = [STUDY, OTHER, STUDY.changed(first_seed=200), STUDY.changed(first_seed=300)]
    made = []
    for plan in plans:
        run(out, plan)
        made.append(by_kring(out))
    kept = [by_kring(tmp_path / name) for name in ("out.before", "out.before-2", "out.before-3")]
    assert kept == made[:-1]
    assert len(list(tmp_path.iterdir())) == 4


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (PermissionError(13, "Permission denied", "a part"), "cannot read or write a part: Perm"),
        (OSError(5, "Input/output error", "a part"), "cannot read or write a part: Input/output"),
        (MemoryError("no room"), "no room"),
    ],
    ids=["permission", "device", "memory"],
)
def test_a_kept_run_that_cannot_be_read_now_is_not_lost(
    unfinished, finished, lived, monkeypatch, fault, told
):
    before, read = tree(folder_of(unfinished)), Path.read_bytes

    def fails_on_parts(path):
        if path.suffix == ".parquet":
            raise fault
        return read(path)

    with monkeypatch.context() as broken:
        broken.setattr(Path, "read_bytes", fails_on_parts)
        with pytest.raises((KringError, MemoryError), match=told):
            run(unfinished)
    assert tree(folder_of(unfinished)) == before
    kept = len([path for path in parts(unfinished) if ".runs." in path.name])
    run(unfinished)
    assert len(lived) == len(STUDY.runs) - kept
    assert by_kring(unfinished) == by_kring(finished["the same"])


def test_a_flipped_bit_in_a_kept_run_is_noticed_wherever_it_is(unfinished, finished, lived, capsys):
    kept = [path for path in parts(unfinished) if ".runs." in path.name]
    flipped = {path: path.read_bytes() for path in parts(unfinished)}
    for number, (path, content) in enumerate(flipped.items()):
        changed = bytearray(content)
        changed[len(content) * number // len(flipped)] ^= 1 << number % 8
        path.write_bytes(changed)
    run(unfinished)
    assert capsys.readouterr().err.count("was torn and is set aside") == len(flipped)
    assert kept and sorted(lived) == [one.number for one in STUDY.runs]
    assert by_kring(unfinished) == by_kring(finished["the same"])


def test_every_flipped_bit_of_a_part_is_noticed(unfinished):
    part, *_ = parts(unfinished)
    content = part.read_bytes()
    for at in range(0, len(content), 7):
        changed = bytearray(content)
        changed[at] ^= 1 << at % 8
        part.write_bytes(changed)
        assert Part.of(part).read() is None
        for torn in part.parent.glob("*.torn*"):
            torn.unlink()


def test_a_part_that_would_execute_is_set_aside_unread(unfinished, finished):
    class Runs:
        def __reduce__(self):
            return (Path.touch, (Path(unfinished.parent / "was-run"),))

    for path in parts(unfinished):
        path.write_bytes(pickle.dumps(Runs()))
    run(unfinished)
    assert not (unfinished.parent / "was-run").exists()
    assert by_kring(unfinished) == by_kring(finished["the same"])
