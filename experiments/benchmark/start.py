"""How soon Kring is there: help, a first run, a command's first run, a first answer, a first start.

Each is measured in a process of its own, by the wall and in the time of the processor.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from statistics import median

from kring.experiments.benchmark.table import Found

HELP = """
import sys
sys.argv = ["kring", "--help"]
from kring.experiments.cli.entry import main
main()
"""
LIBRARIES = "import numpy, pydantic"  # what no run can do without
FIRST_RUN = """
from kring.simulation.policy import Policy
from kring.simulation.run import simulate
from kring.simulation.town import Town
simulate(Town.preset("class"), Policy(), 52)
"""
# A command, ended by its first run.
COMMAND = """
import os, sys
from kring.simulation import run
def first(*given, simulate=run.simulate, **more):
    simulate(*given, **more)
    os._exit(0)
run.simulate = first
sys.argv = ["kring", "compare", "wijkteam", "eigen_kracht", "--clients", "100", "--weeks", "52",
            "--engine", "here", "--out", sys.argv[1]]
from kring.experiments.cli.entry import main
main()
"""
# An answer over an ensemble: seconds to the first that is shown, and to the last.
ENSEMBLE = """
import json, sys, time
start = time.perf_counter()
from kring.experiments.pipeline import run
shown = []
class Watched(run.FirstAnswer):
    def __str__(self):
        text = super().__str__()
        if text:
            shown.append(time.perf_counter() - start)
        return text
run.FirstAnswer = Watched
from kring.experiments.study.load import plan_of
plan = plan_of({"name": "ensemble", "sets": 200, "seeds": 1, "outcomes": ["problems", "cost"],
                "town": {"clients": 500},
                "policies": [{"name": one, "preset": one} for one in ("wijkteam", "eigen_kracht")]})
run.run_study(plan, sys.argv[1])
print(json.dumps([shown[0], shown[-1], time.perf_counter() - start]))
"""


def in_a_new_process(code: str, *given: str, **more: str) -> str:
    """Run a few lines in a fresh Python, with its compiled files kept as usual."""
    settings = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"} | more
    done = subprocess.run(
        [sys.executable, "-c", code, *given],
        env=settings, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return done.stdout


def clocked(job: Callable[[], object]) -> tuple[float, float]:
    """Wall seconds of a job done in processes of its own, and the processor's."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    job()
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return wall, used


def measure_start(rounds: int) -> list[Found]:
    """Time until Kring is there, code compiled; what is compared takes turns."""
    jobs = {
        "kring --help": (HELP, "< 0.3"),
        "start to first run, code compiled": (FIRST_RUN, "< 1"),
        "command to first run, code compiled": (COMMAND, "< 1"),
        "NumPy and pydantic alone": (LIBRARIES, ""),
    }
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in jobs}
    with tempfile.TemporaryDirectory() as folder:
        for turn in range(rounds + 1):
            for name, (code, _) in jobs.items():
                taken = clocked(lambda code=code: in_a_new_process(code, f"{folder}/out"))
                times[name] += [taken] if turn else []  # the first round loads the disk
    rows = []
    for name, (_, goal) in jobs.items():
        wall, used = (median(part) for part in zip(*times[name], strict=True))
        rows.append(Found(name, wall, "s", goal))
        rows.append(Found(f"{name}: of the processor", used, "s"))
    return [*rows, libraries_against_run(times)]


def libraries_against_run(times: dict[str, list[tuple[float, float]]]) -> Found:
    """What a first run takes that its libraries take alone: the processor's time, in pairs."""
    pairs = zip(
        times["NumPy and pydantic alone"], times["start to first run, code compiled"], strict=True
    )
    return Found(
        "NumPy and pydantic alone / first run", median(a[1] / b[1] for a, b in pairs), "times"
    )


def measure_first_start() -> list[Found]:
    """A first start, which compiles."""
    with tempfile.TemporaryDirectory() as folder:
        wall, used = clocked(lambda: in_a_new_process(FIRST_RUN, KRING_CACHE=folder))
    return [
        Found("first start, compiling", wall, "s", "<= 45"),
        Found("first start, compiling: of the processor", used, "s"),
    ]


def measure_ensemble() -> list[Found]:
    """An answer over 200 sets and two policies, from the import to the page."""
    with tempfile.TemporaryDirectory() as folder:
        shown = json.loads(in_a_new_process(ENSEMBLE, f"{folder}/out").splitlines()[-1])
    first, last, written = shown
    what = "200 sets, 2 policies, 500 clients"
    return [
        Found(f"{what}: first answer", first, "s", "< 2"),
        Found(f"{what}: all runs", last, "s", "< 20"),
        Found(f"{what}: page and figures written", written, "s"),
    ]
