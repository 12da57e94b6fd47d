"""A study on a Dask cluster: a scheduler and two workers on loopback, one killed in mid-run."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager

import pytest

from kring.experiments.execution.engines import dask_engine, engine_of
from kring.experiments.execution.placing import folder_of
from kring.experiments.pipeline.run import run_study
from kring.simulation.errors import KringError
from tests.helpers import ROOT, digests
from tests.test_kills import cut, start
from tests.test_runner import STUDY

distributed = pytest.importorskip("distributed")
SETTINGS = {**os.environ, "PYTHONPATH": str(ROOT), "DASK_DISTRIBUTED__WORKER__DAEMON": "False"}


def background(*words):
    """A process of the cluster."""
    return subprocess.Popen(
        [sys.executable, "-m", "distributed.cli." + words[0], *words[1:]],
        env=SETTINGS,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


@contextmanager
def clustered(folder):
    """Address of a scheduler, its two workers, and itself."""
    port = a_free_port()
    address = f"127.0.0.1:{port}"
    scheduler = background(
        "dask_scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard",
        "--dashboard-address", "127.0.0.1:0",
    )  # fmt: skip
    workers = [
        background(
            "dask_worker", f"tcp://{address}", "--nworkers", "1", "--nthreads", "1", "--no-nanny",
            "--no-dashboard", "--local-directory", str(folder / f"worker{i}"),
        )
        for i in range(2)
    ]  # fmt: skip
    with distributed.Client(f"tcp://{address}", timeout=60) as client:
        client.wait_for_workers(2, timeout=60)
    yield address, workers, scheduler
    for process in (*workers, scheduler):
        process.kill()
        process.wait()


def a_free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """Address of a cluster that stays whole."""
    with clustered(tmp_path_factory.mktemp("cluster")) as (address, _, _):
        yield address


@pytest.fixture
def cluster(tmp_path):
    """A cluster to break: its address, workers and scheduler."""
    with clustered(tmp_path) as parts:
        yield parts


@pytest.mark.slow
def test_a_cluster_gives_the_same_bytes_though_a_worker_is_killed(cluster, tmp_path):
    address, workers, _ = cluster
    process = start(tmp_path / "cluster", "--engine", f"dask://{address}")
    parts = folder_of(tmp_path / "cluster" / "out") / "parts"
    until = time.monotonic() + 120
    while not list(parts.rglob("*.runs.*.parquet")) and time.monotonic() < until:
        time.sleep(0.02)
    assert process.poll() is None  # in mid-run
    workers[0].send_signal(signal.SIGKILL)
    _, err = process.communicate(timeout=240)
    assert process.returncode == 0, err
    start(tmp_path / "here").communicate(timeout=240)
    assert digests(tmp_path / "cluster" / "out") == digests(tmp_path / "here" / "out")


@pytest.mark.slow
def test_a_run_on_a_cluster_that_is_cut_short_goes_on_here(address, tmp_path):
    process = start(tmp_path, "--engine", f"dask://{address}")
    cut(process, tmp_path, signal.SIGINT)
    _, err = start(tmp_path).communicate(timeout=240)
    assert "are there already" in err
    assert (tmp_path / "out" / "manifest.json").is_file()


@pytest.mark.slow
def test_a_town_in_pieces_on_a_cluster_equals_the_town_here(address, tmp_path):
    pieces = STUDY.changed(pieces=3, seeds=1)
    there = run_study(pieces, tmp_path / "there", engine=f"dask://{address}").tables["runs"]
    here = run_study(STUDY.changed(seeds=1), tmp_path / "here", engine="here").tables["runs"]
    assert there[STUDY.outcomes].equals(here[STUDY.outcomes])


@pytest.mark.slow
def test_a_cluster_without_workers_is_said_and_waited_for(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr("kring.experiments.execution.handing_out.QUIET", 2)
    at_first = {"n_workers": 0, "processes": False, "protocol": "tcp://", "host": "127.0.0.1"}
    with distributed.LocalCluster(**at_first, dashboard_address="127.0.0.1:0") as empty:
        late = threading.Timer(2, empty.scale, [1])
        late.start()
        address = empty.scheduler_address.replace("tcp", "dask")
        done = run_study(STUDY, tmp_path / "out", engine=address)
        late.join()
    assert f"the scheduler at {address} has no workers: start some" in capsys.readouterr().err
    assert not done.failed


def test_no_scheduler_is_said_in_a_line():
    with pytest.raises(KringError, match="no Dask scheduler answers"):
        dask_engine(f"dask://127.0.0.1:{a_free_port()}", timeout=1)


def test_an_unknown_engine_names_those_that_are():
    with pytest.raises(KringError, match="processes"):
        engine_of("proceses", None, 1.0)


@pytest.mark.slow
def test_a_scheduler_that_dies_is_said_in_a_line_and_nothing_is_lost(cluster, tmp_path):
    address, _, scheduler = cluster
    process = start(tmp_path, "--engine", f"dask://{address}")
    parts = folder_of(tmp_path / "out") / "parts"
    until = time.monotonic() + 120
    while not list(parts.rglob("*.runs.*.parquet")) and time.monotonic() < until:
        time.sleep(0.02)
    scheduler.kill()
    _, err = process.communicate(timeout=120)
    lines = [line for line in err.splitlines() if "kring: " in line]
    assert process.returncode == 2, err
    assert len(lines) == 1 and f"scheduler at dask://{address} is gone" in lines[0]
    assert "Traceback" not in err
    _, err = start(tmp_path).communicate(timeout=240)
    assert "are there already" in err
