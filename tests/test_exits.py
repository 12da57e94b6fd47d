"""Every exit of the command line is 0, 1, 2 or 130, with at most one line on standard error."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from kring.experiments.cli import commands, entry
from tests.helpers import ROOT

STUDY = 'question = "x"\nsets = 1\n[town]\nclients = 20\n[[policies]]\nname = "now"\n'
KRING = f'"{sys.executable}" -m kring'
LONG = "x" * 300
EXITS = {  # what is typed in a shell, the exit code, and what the line names; nothing if it is none
    "a full disk behind much that is printed": (f"{KRING} show week > /dev/full", 2, "No space"),
    "a full disk behind a line": (f"{KRING} --version > /dev/full", 2, "No space left"),
    "a closed standard output": (f"{KRING} show week >&-", 0, ""),
    "a closed standard error": (f"{KRING} show weekz 2>&-", 2, ""),
    "a reader that leaves": (f"{KRING} show evidence | true", 0, ""),
    "a folder's name that is too long": (f"{KRING} run s.toml --out {LONG}", 2, "too long"),
    "a file's name that is too long": (f"{KRING} run {LONG}.toml", 2, LONG),
    "a folder's name that is no text": (f"{KRING} run s.toml --out $'\\xff'", 2, "be shown"),
    "a study's name that is no text": (
        f"cp s.toml $'\\xff.toml'; {KRING} check $'\\xff.toml'", 0, "",
    ),
    "a folder that is gone": (
        f"mkdir gone && cd gone && rmdir ../gone && {KRING} run s.toml", 2, "no file s.toml",
    ),
    "a folder below a file": (f"{KRING} run s.toml --out s.toml/x", 2, "s.toml"),
    "a name that steers the terminal": (f"{KRING} run $'\\x1b[31m\\n.toml'", 2, "no file"),
    "an option of no command": (f"{KRING} check s.toml --out x", 2, "--out"),
    "no reading of another's": (f"{KRING} run s.toml --allow-reading no.py", 2, "no.py"),
    "a result that is none": (f"{KRING} report .", 2, "no result of Kring"),
    "a bad setting of Matplotlib": (f"MPLBACKEND=none {KRING} check s.toml", 0, ""),
}  # fmt: skip


@pytest.mark.skipif(os.name != "posix", reason="needs a shell")
@pytest.mark.parametrize(("typed", "code", "named"), EXITS.values(), ids=EXITS)
def test_it_ends_with_a_code_and_a_line_at_most(typed, code, named, tmp_path):
    (tmp_path / "s.toml").write_text(STUDY)
    found = subprocess.run(
        ["bash", "-c", typed], cwd=tmp_path, capture_output=True, timeout=120, check=False,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    told = found.stderr.decode("utf-8")
    assert (found.returncode, told.count("\n")) == (code, int(bool(named))), told
    assert named in told and "\x1b" not in told and "Traceback" not in told


FAULTS = {  # what may go wrong within, and what is said of it
    KeyError("seed"): (1, "a fault of Kring's own"),
    MemoryError(): (1, "memory is full"),
    OSError(28, "No space left on device", "x.csv"): (2, "cannot use x.csv: No space left"),
    OSError(5, "Input/output error"): (2, "cannot go on: Input/output error"),
    FileNotFoundError(2, "No such file or directory"): (2, "folder that you work in is gone"),
    BrokenPipeError(32, "Broken pipe"): (1, ""),
    KeyboardInterrupt(): (130, "interrupted"),
    RecursionError("maximum recursion depth exceeded\nin x"): (1, "RecursionError"),
}


@pytest.mark.parametrize(("fault", "told"), FAULTS.items(), ids=map(repr, FAULTS))
def test_whatever_goes_wrong_within_is_a_line_too(fault, told, monkeypatch, capsys):
    def goes_wrong():
        raise fault

    monkeypatch.setenv("MPLBACKEND", "agg")
    monkeypatch.setattr(commands, "main", goes_wrong)
    with pytest.raises(SystemExit) as ended:
        entry.main()
    said = capsys.readouterr().err
    assert ended.value.code == told[0]
    assert told[1] in said and said.count("\n") == int(bool(told[1]))


def test_where_a_fault_of_krings_own_lies_is_said_if_asked(monkeypatch, capsys):
    monkeypatch.setenv("KRING_TRACE", "1")
    monkeypatch.setenv("MPLBACKEND", "agg")
    monkeypatch.setattr(commands, "main", lambda: {}["seed"])
    with pytest.raises(SystemExit):
        entry.main()
    assert "Traceback" in capsys.readouterr().err


WITHOUT_GUARD = """
import kring
study = {
    "sets": 1, "seeds": 2, "weeks": 4, "town": {"clients": 10},
    "policies": [{"name": "now"}, {"name": "more", "offer": 1}],
}
print(kring.run_study(kring.read_study(study), "out", engine="processes", workers=2).failed)
"""


@pytest.mark.slow
@pytest.mark.parametrize("by", ["file", "standard input"])
def test_a_plain_script_may_run_a_study_on_processes(by, tmp_path):
    script = tmp_path / "plain.py"
    script.write_text(WITHOUT_GUARD)
    found = subprocess.run(
        [sys.executable, *([str(script)] if by == "file" else [])], cwd=tmp_path,
        input=None if by == "file" else WITHOUT_GUARD, capture_output=True, text=True, timeout=300,
        check=False, env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert (found.returncode, found.stdout) == (0, "0\n"), found.stderr
    assert "Traceback" not in found.stderr
    assert Path(tmp_path / "out" / "manifest.json").is_file()


UNBORN = {  # what workers do as they start, and what is said
    "cannot load": ("sys.modules['numpy'] = None", "ModuleNotFoundError: import of numpy halted"),
    "die": ("os._exit(1)", "terminated abruptly"),
}


@pytest.mark.parametrize(("does", "told"), UNBORN.values(), ids=UNBORN)
def test_workers_that_cannot_start_are_told_for_what_they_are_and_no_run_is_blamed(
    does, told, tmp_path
):
    (tmp_path / "s.toml").write_text(STUDY)
    (tmp_path / "sitecustomize.py").write_text(
        f"import os, sys\nif '--multiprocessing-fork' in sys.argv:\n    {does}\n"
    )
    words = ["run", "s.toml", "--out", "out", "--engine", "processes", "--workers", "2"]
    found = subprocess.run(
        [sys.executable, "-m", "kring", *words], cwd=tmp_path, capture_output=True, text=True,
        timeout=60, check=False,
        env=os.environ | {"PYTHONPATH": f"{tmp_path}:{ROOT}", "NUMBA_DISABLE_JIT": "1"},
    )  # fmt: skip
    said = [line for line in re.split("[\r\n]+", found.stderr) if line.strip() and "0/" not in line]
    assert (found.returncode, len(said)) == (2, 1), found.stderr
    assert said[0].startswith("kring: no worker process can start") and told in said[0]
    assert not (tmp_path / "out").exists()
