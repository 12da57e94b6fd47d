"""A run that is killed from outside, at any moment: the same command ends with the same bytes."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kring.experiments.cli import commands, entry
from kring.experiments.execution.interruption import remembered
from tests.helpers import ROOT, digests

LONG = """
question = "What is kept when it is cut short?"
weeks = 104
seeds = 30
parameters = { preset = "fitted" }
tables = ["weekly"]
[town]
clients = 1000
[[policies]]
name = "now"
[[policies]]
name = "ten"
mobilisation_hours = 10
"""


def start(folder, *words):
    """Begin the long study from the command line, in a group of processes of its own."""
    folder.mkdir(exist_ok=True)
    (folder / "cut.toml").write_text(LONG)
    return subprocess.Popen(
        [
            sys.executable,
            "-m",
            "kring.experiments.cli.entry",
            "run",
            "cut.toml",
            "--out",
            "out",
            *words,
        ],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        # A shell's background job ignores interrupts, and so would its children.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )


def parts(folder):
    return list((folder / "out.unfinished" / "parts").rglob("*.runs.*.parquet"))


def cut(process, folder, how):
    """Stop a process as soon as something has been kept; returns what it said."""
    until = time.monotonic() + 120
    while not parts(folder) and process.poll() is None and time.monotonic() < until:
        time.sleep(0.02)
    process.send_signal(how)
    return process.communicate(timeout=60)[1]


@pytest.fixture(scope="module")
def long(tmp_path_factory):
    """The long study in one piece."""
    folder = tmp_path_factory.mktemp("long")
    start(folder).communicate(timeout=240)
    return folder / "out"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("how", "engine"),
    [
        (signal.SIGINT, "here"),
        (signal.SIGINT, "processes"),
        (signal.SIGTERM, "here"),
        (signal.SIGKILL, "here"),
        (signal.SIGKILL, "processes"),
    ],
)
def test_killed_at_any_moment_the_same_command_ends_with_the_same_bytes(
    long, tmp_path, how, engine
):
    process = start(tmp_path, "--engine", engine)
    err = cut(process, tmp_path, how)
    assert parts(tmp_path)
    assert not (tmp_path / "out").exists()
    if how != signal.SIGKILL:
        assert process.returncode == 130
        assert "Traceback" not in err
        assert "are kept: the same command goes on from there" in err
    _, err = start(tmp_path).communicate(timeout=240)
    assert "are there already" in err
    assert digests(tmp_path / "out") == digests(long)
    assert {path.name for path in tmp_path.iterdir()} == {"cut.toml", "out"}


@pytest.mark.slow
def test_an_older_result_stays_whole_until_the_new_one_is(long, tmp_path):
    shutil.copytree(long, tmp_path / "out")
    process = start(tmp_path, "--seed", "100")
    cut(process, tmp_path, signal.SIGKILL)
    assert digests(tmp_path / "out") == digests(long)


def test_an_interrupt_while_the_command_loads_is_one_line(monkeypatch, capsys):
    class Interrupts:
        def find_spec(self, name, *_):
            if name == "kring.experiments.cli.commands":
                raise KeyboardInterrupt

    monkeypatch.delitem(sys.modules, "kring.experiments.cli.commands", raising=False)
    monkeypatch.delattr("kring.experiments.cli.commands", raising=False)
    monkeypatch.setattr(sys, "meta_path", [Interrupts(), *sys.meta_path])
    with pytest.raises(SystemExit) as ended:
        entry.main()
    assert ended.value.code == 130
    assert capsys.readouterr().err == "kring: interrupted; no results were written\n"


@pytest.mark.slow
@pytest.mark.parametrize("later", [0, 0.1, 0.5, 1.0])  # seconds after the first worker is born
def test_workers_that_are_interrupted_at_birth_are_quiet(tmp_path, later):
    process = start(tmp_path, "--engine", "processes")
    until = time.monotonic() + 120
    while not workers_of(process.pid) and time.monotonic() < until:
        time.sleep(0.005)
    time.sleep(later)
    os.killpg(process.pid, signal.SIGINT)  # as Ctrl-C in a terminal
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in err and "interrupted" in err.splitlines()[-1]


class HalfMade:
    """As a progress bar is whose making was interrupted."""

    def __del__(self):
        self.close()


@pytest.mark.parametrize("where", ["while it loads", "while it runs"])
def test_what_is_half_made_at_an_interrupt_says_nothing_of_its_own(where, monkeypatch, capsys):
    monkeypatch.setattr(sys, "unraisablehook", sys.__unraisablehook__)

    def interrupted():
        bar = HalfMade()
        if where == "while it runs":
            with remembered():
                signal.raise_signal(signal.SIGINT)
        raise KeyboardInterrupt(bar)

    monkeypatch.setattr(commands, "main", interrupted)
    with pytest.raises(SystemExit) as ended:
        entry.main()
    assert ended.value.code == 130
    del ended
    assert capsys.readouterr().err == "kring: interrupted; no results were written\n"


def test_after_an_interrupt_python_speaks_again(monkeypatch, capsys):
    monkeypatch.setattr(sys, "unraisablehook", sys.__unraisablehook__)
    # A shell's background job ignores interrupts: here one is heard.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt), remembered():
            signal.raise_signal(signal.SIGINT)
    finally:
        signal.signal(signal.SIGINT, before)
    bar = HalfMade()
    del bar
    assert "no attribute 'close'" in capsys.readouterr().err


def workers_of(parent: int) -> list[str]:
    """Processes that a process has started to work for it."""
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    lines = [Path(f"/proc/{child}/cmdline").read_text() for child in children]
    return [line for line in lines if "spawn_main" in line]
