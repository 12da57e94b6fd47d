"""A result or a folder of somebody else: nothing in it runs, and what is wrong is one line."""

import json
import re
import shutil

import pandas as pd
import pytest

from kring.experiments.analyses.discovery import discover
from kring.experiments.execution.files import as_parquet, checksum
from kring.experiments.execution.kept import changed_since, planned, read_runs
from kring.experiments.execution.manifest import MANIFEST, Manifest, read_manifest
from kring.experiments.execution.placing import check_place, folder_of
from kring.experiments.pipeline.repeat import repeat_run, repeat_study
from kring.experiments.pipeline.report import write_report
from kring.experiments.pipeline.run import run_study
from kring.experiments.study.fingerprint import code
from kring.simulation.errors import KringError
from tests.faulty_disk import tree
from tests.helpers import ROOT
from tests.test_faults import STUDY, Plain, only_nothing

# Workers that one has started oneself get pickles, from the executors; nothing of these is kept.
RUNS_WHAT_IT_READS = re.compile(r"\b(pickle|marshal|shelve|dill|joblib|eval\(|exec\(|yaml\.load)")
EXTENSIONS = {  # only what the user names is run, and what is written about it
    ROOT / "simulation" / "extensions" / name for name in ("loading.py", "behaviours.py")
}


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        only_nothing(patch)
        out = tmp_path_factory.mktemp("foreign") / "out"
        return run_study(STUDY, out, engine="here", reading=Plain()).folder


@pytest.fixture
def copy(whole, tmp_path):
    return shutil.copytree(whole, tmp_path / "out")


def test_nothing_that_lies_on_a_disk_is_read_by_what_can_execute():
    for folder in ("experiments", "kring", "simulation"):
        for path in {*(ROOT / folder).rglob("*.py")} - EXTENSIONS:
            found = RUNS_WHAT_IT_READS.search(path.read_text(encoding="utf-8"))
            assert not found, (path, found)


ODD = [None, 1, -1, "text", [], {}, [[]], {"a": None}, True, 1e400]


@pytest.mark.parametrize("key", Manifest.model_fields)
@pytest.mark.parametrize("signed", [False, True])
def test_a_manifest_with_anything_in_a_key_is_taken_or_refused_in_a_line(copy, key, signed):
    content = json.loads((copy / MANIFEST).read_text())
    for odd in [*ODD, "gone"]:
        changed = {k: v for k, v in content.items() if k != key} | (
            {} if odd == "gone" else {key: odd}
        )
        if signed:
            try:
                unsigned = json.dumps(changed | {"checksum": ""})
                changed["checksum"] = Manifest.model_validate_json(unsigned).own_checksum()
            except ValueError:
                pass
        (copy / MANIFEST).write_text(json.dumps(changed))
        for use in (planned, read_runs, changed_since, read_manifest, check_place, write_report):
            try:
                use(copy)
            except KringError as refused:
                assert "\n" not in str(refused)


@pytest.mark.parametrize("text", ["", "null", "[]", "{}", "[" * 10_000, '{"a":' * 10_000, "\x00"])
def test_what_is_no_manifest_is_one_line_and_its_folder_is_left_alone(copy, text):
    (copy / MANIFEST).write_text(text)
    before = tree(copy)
    for use in (planned, read_runs, changed_since, write_report, check_place):
        with pytest.raises(KringError) as refused:
            use(copy)
        assert "\n" not in str(refused.value)
    assert tree(copy) == before


@pytest.mark.parametrize("name", ["../notes.txt", "/etc/passwd", "a/b", "..", ".hidden", "C:\\x"])
def test_a_manifest_names_no_file_elsewhere(whole, name):
    made = read_manifest(whole).model_copy(update={"files": {name: checksum(b"")}})
    with pytest.raises(ValueError, match="files"):
        Manifest.model_validate_json(made.model_dump_json())


def test_a_flipped_bit_is_noticed_wherever_it_is(copy):
    made = read_manifest(copy)
    for name in ("runs.parquet", "weekly.parquet", "differences.csv"):
        content = (copy / name).read_bytes()
        for at in range(0, len(content), max(1, len(content) // 50)):
            flipped = bytearray(content)
            flipped[at] ^= 1
            (copy / name).write_bytes(flipped)
            with pytest.raises(KringError, match=r"is not as Kring wrote it .last written"):
                made.content(copy, name)
        (copy / name).write_bytes(content)


FORGED = {  # what somebody makes of the runs, with checksums that agree
    "no columns": lambda runs: pd.DataFrame(),
    "other columns": lambda runs: pd.DataFrame({"a": [1.0]}),
    "no run": lambda runs: runs.drop(columns="run"),
    "no outcome": lambda runs: runs.drop(columns="problems"),
    "texts": lambda runs: runs.astype(str),
    "a run twice": lambda runs: pd.concat([runs, runs]),
    "another policy": lambda runs: runs.assign(policy="another"),
    "runs beyond": lambda runs: runs.assign(run=runs["run"] + 1000),
    "none": lambda runs: runs[:0],
    "no numbers": lambda runs: runs.assign(problems=float("nan")),
}


@pytest.mark.parametrize("forge", FORGED.values(), ids=FORGED)
def test_forged_runs_are_taken_or_refused_in_a_line(copy, forge, monkeypatch):
    (copy / "runs.parquet").write_bytes(as_parquet(forge(read_runs(copy))))
    read_manifest(copy).with_files(copy, ["runs.parquet"]).write(copy)
    only_nothing(monkeypatch)
    for use in (
        read_runs,
        lambda folder: repeat_study(folder, "here"),
        lambda folder: list(repeat_run(folder, 0)),
        lambda folder: discover(folder, "problems > 1", "now"),
        lambda folder: write_report(folder, Plain()),
    ):
        try:
            use(copy)
        except KringError as refused:
            assert "\n" not in str(refused)


@pytest.mark.parametrize(
    "content",
    [b"", b"a", b"a;b\n1,5;2", b"policy,outcome\nnow,problems\n", b"\xff\x00", b"NaN,\n,"],
)
def test_forged_tables_are_taken_or_refused_in_a_line(copy, content):
    (copy / "differences.csv").write_bytes(content)
    read_manifest(copy).with_files(copy, ["differences.csv"]).write(copy)
    with pytest.raises(KringError, match=r"don't hold what|the reading 'Plain' fails") as refused:
        write_report(copy, Plain())
    assert "\n" not in str(refused.value)


def test_a_report_reads_only_what_the_manifest_names(copy):
    before = (copy / "report.html").read_bytes()
    (copy / "mine.csv").write_bytes("a;b\n1,5;é".encode("cp1252"))
    (copy / "empty.csv").write_bytes(b"")
    (copy / "mine.svg").write_text("<svg/>")
    write_report(copy, Plain())
    assert (copy / "report.html").read_bytes() == before
    (copy / "report.html").write_text("my own words")
    write_report(copy, Plain())
    assert (copy / "report.yours.html").read_text() == "my own words"


def test_foreign_parts_beside_a_study_are_not_taken_up(tmp_path, whole, monkeypatch):
    only_nothing(monkeypatch)
    parts = folder_of(tmp_path / "out") / "parts" / code()
    parts.mkdir(parents=True)
    (parts / f"a.runs.{checksum(b'x')[:16]}.parquet").write_bytes(b"x")
    (parts / "b.runs.0123456789abcdef.parquet").write_bytes(b"torn")
    (parts.parent.parent / "notes.txt").write_text("mine")
    run_study(STUDY, tmp_path / "out", engine="here", reading=Plain())
    assert read_runs(tmp_path / "out").equals(read_runs(whole))
    assert (parts.parent.parent / "notes.txt").read_text() == "mine"


@pytest.mark.parametrize("name", ["a.unfinished", "a.before", "a.before-2"])
def test_the_names_of_kring_s_own_folders_are_refused(tmp_path, name):
    with pytest.raises(KringError, match="Kring names its own folders so"):
        check_place(tmp_path / name)
