"""Benchmark of a sweep: thousands of runs of a small town, and what common random numbers save.

``python -m kring.experiments.benchmark.sweep`` runs 2,000 points with 10 seeds.
"""

import resource
import shutil
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

import typer

from kring.experiments.analyses.precision.numbers import times_fewer
from kring.experiments.benchmark.table import Found, as_text, table
from kring.experiments.execution.processes import cores, pool_of_processes
from kring.experiments.execution.worker import Output, execute_batch
from kring.experiments.measures import measure
from kring.experiments.pipeline.run import run_study
from kring.experiments.study.load import plan_of
from kring.experiments.study.plan import Plan
from kring.experiments.study.run_spec import RunSpec
from kring.experiments.study.sent import Sent
from kring.simulation.comparison import compare
from kring.simulation.compiled import Kept
from kring.simulation.policy import Policy
from kring.simulation.run import simulate
from kring.simulation.town import Town
from kring.simulation.week import live

SEEDS = 10
OUTCOMES = ["problems", "supporters", "cost"]
LOCAL = {  # policies that change something for some clients
    "five hours for the network": {"mobilisation_hours": 5},
    "threshold one problem higher": {"multi_problem_threshold": 5},
    "a tenth more staff": {"staffing": 1.1},
    "offered to a fifth": {"offer": 0.2},
}


def sweep_of(points: int) -> Plan:
    """A sweep of points over three levers, on 500 clients and two years."""
    return plan_of(
        {
            "name": "sweep",
            "seeds": SEEDS,
            "parameters": {"preset": "fitted"},
            "outcomes": OUTCOMES,
            "town": {"clients": 500},
            "policies": [{"name": "team"}],
            "vary": {
                "design": "latin hypercube",
                "points": points,
                "policy": {
                    "mobilisation_hours": [0, 30],
                    "offer": [0, 1],
                    "community_hours": [0, 10],
                },
            },
        }
    )


class Spent(NamedTuple):
    """Seconds of the processor: in the compiled week, in all compiled code, and in all."""

    week: float = 0.0
    compiled: float = 0.0
    all: float = 0.0


def timed_batch(
    sent: Sent, batch: list[RunSpec], code: str, threads: int
) -> tuple[list[Output], Spent]:
    """A batch, and where its time went."""
    spent = {True: 0.0, False: 0.0}  # whether it is the week
    call = Kept.__call__

    def timed(self: Kept, *given: Any) -> Any:
        start = time.process_time()
        try:
            return call(self, *given)
        finally:
            spent[self is live] += time.process_time() - start

    start = time.process_time()
    with mock.patch.object(Kept, "__call__", timed):
        outputs = execute_batch(sent, batch, code, threads)
    whole = time.process_time() - start
    return outputs, Spent(spent[True], sum(spent.values()), whole)


class Timed(Executor):
    """A pool that adds up where its workers' time goes."""

    def __init__(self, pool: Executor) -> None:
        self.pool = pool
        self.spent = Spent()

    def submit(self, job: Callable, /, *args: Any, **more: Any) -> Future:
        """Hand out a batch, timed."""
        outer: Future = Future()

        def done(inner: Future) -> None:
            if inner.exception():
                outer.set_exception(inner.exception())
                return
            outputs, spent = inner.result()
            self.spent = Spent(*map(sum, zip(self.spent, spent, strict=True)))
            outer.set_result(outputs)

        self.pool.submit(timed_batch, *args).add_done_callback(done)
        return outer


class Swept(NamedTuple):
    """Seconds of a sweep, where its workers spent theirs, and peaks of memory (MB)."""

    wall: float
    spent: Spent
    parent: float
    worker: float


def sweep(points: int) -> Swept:
    """Run a sweep, timed."""
    folder = Path(tempfile.mkdtemp())
    plan = sweep_of(points)
    with pool_of_processes(cores()) as pool:
        warm = [
            pool.submit(execute_batch, Sent.of(plan), [plan.runs[0]]) for _ in range(2 * cores())
        ]
        [future.result() for future in warm]  # workers have started and loaded the code
        timed = Timed(pool)
        start = time.perf_counter()
        run_study(plan, folder / "sweep", executor=timed)
        wall = time.perf_counter() - start
    shutil.rmtree(folder)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    workers = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return Swept(wall, timed.spent, peak / 1024, workers / 1024)


def bare_loop(number: int) -> float:
    """Seconds of the processor for one run in a bare loop that does the same by hand."""
    outcomes = sweep_of(number).outcomes
    town, policy = Town.preset("rotterdam", clients=500), Policy()
    simulate(town, policy, 104, 1, threads=1)
    start = time.process_time()
    for seed in range(number):
        levers = {"mobilisation_hours": float(seed % 30), "offer": seed % 10 / 10}
        result = simulate(town, policy.replace(**levers), 104, seed, episodes=False, threads=1)
        _ = [measure(name).of(result) for name in outcomes]
    return (time.process_time() - start) / number


def measure_sweep(points: int) -> list[Found]:
    """Where the time of a sweep goes, beside a bare loop; memory of a tenth and of all of it."""
    small, bare = sweep(max(2, points // 10)), bare_loop(100)
    full = sweep(points)
    n = points * SEEDS
    machine, spent = full.wall * cores(), full.spent
    return [
        Found(f"sweep: {points} points, {SEEDS} seeds, 500 clients", full.wall, "s"),
        Found("sweep: workers' time in the compiled week", spent.week / spent.all, "share"),
        Found("sweep: workers' time in compiled code", spent.compiled / spent.all, "share"),
        Found(
            "sweep: all cores' time in compiled code", spent.compiled / machine, "share", ">= 0.9"
        ),
        Found("sweep: a run, all cores' time / bare loop", machine / n / bare, "times", "<= 1.3"),
        Found("sweep: a run, workers' time / bare loop", spent.all / n / bare, "times"),
        Found(
            "sweep: peak of a worker, whole / a tenth", full.worker / small.worker, "times", "flat"
        ),
        Found(
            "sweep: peak of the parent, whole / a tenth",
            full.parent / small.parent,
            "times",
            "flat",
        ),
        Found("sweep: peak of the parent", full.parent, "MB"),
        Found("sweep: peak of a worker", full.worker, "MB"),
    ]


def measure_luck(seeds: int) -> list[Found]:
    """How many times fewer seeds paired differences need than differences of two separate draws."""
    town, base = Town.preset("rotterdam", clients=1000), Policy()
    policies = {"now": base} | {name: base.replace(**levers) for name, levers in LOCAL.items()}
    weekly = compare(town, policies, 104, range(seeds), parameters="fitted").weekly
    last = weekly[(weekly["week"] == 104) & (weekly["entrance"] == "all")]
    rows = []
    for outcome in ("problems", "supporters"):
        values = last.pivot(index="seed", columns="policy", values=outcome)
        for name in LOCAL:
            times, low, high = times_fewer(values[name].to_numpy(), values["now"].to_numpy())
            rows.append(
                Found(f"fewer seeds, {outcome}: {name}", times, "times", f"{low:.0f} to {high:.0f}")
            )
    return rows


def main(points: int = 2000, seeds: int = 100) -> None:
    """Measure a sweep and what paired seeds save, and print it beside the goals."""
    print(as_text(table(measure_sweep(points) + measure_luck(seeds))))


if __name__ == "__main__":
    typer.run(main)
