"""Benchmark of a sweep: thousands of runs of a small town, and what common random numbers save.

``python -m experiments.benchmark.sweep`` runs 2,000 points with 10 seeds.
"""

import resource
import shutil
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any

import typer

from experiments.analyses.precision.numbers import times_fewer
from experiments.benchmark.table import Found, as_text, table
from experiments.execution.processes import cores, pool_of_processes
from experiments.execution.worker import Output, execute_batch
from experiments.measures import measure
from experiments.pipeline.run import run_study
from experiments.study.load import plan_of
from experiments.study.plan import Plan, RunSpec
from simulation import living
from simulation.comparison import compare
from simulation.policy import Policy
from simulation.run import simulate
from simulation.town import Town

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


def timed_batch(
    plan: Plan, batch: list[RunSpec], code: str, threads: int
) -> tuple[list[Output], float, float]:
    """A batch, the seconds of the processor within the compiled week, and those in all."""
    within = 0.0
    live = living.live

    def timed(*state: Any) -> Any:
        nonlocal within
        start = time.process_time()
        reached = live(*state)
        within += time.process_time() - start
        return reached

    living.live = timed
    start = time.process_time()
    try:
        outputs = execute_batch(plan, batch, code, threads)
    finally:
        living.live = live
    return outputs, within, time.process_time() - start


class Timed(Executor):
    """A pool that adds up where its workers' time goes."""

    def __init__(self, pool: Executor) -> None:
        self.pool = pool
        self.within = self.total = 0.0

    def submit(self, job: Callable, /, *args: Any, **more: Any) -> Future:
        """Hand out a batch, timed."""
        outer: Future = Future()

        def done(inner: Future) -> None:
            if inner.exception():
                outer.set_exception(inner.exception())
                return
            outputs, within, total = inner.result()
            self.within += within
            self.total += total
            outer.set_result(outputs)

        self.pool.submit(timed_batch, *args).add_done_callback(done)
        return outer


def sweep(points: int) -> dict[str, float]:
    """Seconds of a sweep, where they went, and the peak memory of parent and workers (MB)."""
    folder = Path(tempfile.mkdtemp())
    plan = sweep_of(points)
    with pool_of_processes(cores()) as pool:
        warm = [pool.submit(execute_batch, plan, [plan.runs[0]]) for _ in range(2 * cores())]
        [future.result() for future in warm]  # workers have started and loaded the code
        timed = Timed(pool)
        start = time.perf_counter()
        run_study(plan, folder / "sweep", executor=timed)
        wall = time.perf_counter() - start
    shutil.rmtree(folder)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    workers = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return {
        "wall": wall,
        "within": timed.within,
        "total": timed.total,
        "parent": peak / 1024,
        "worker": workers / 1024,
    }


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
    machine = full["wall"] * cores()
    within, work = full["within"], full["total"]
    grows = {who: full[who] / small[who] for who in ("worker", "parent")}
    return [
        Found(f"sweep: {points} points, {SEEDS} seeds, 500 clients", full["wall"], "s"),
        Found("sweep: workers' time in the compiled week", within / work, "share"),
        Found("sweep: all cores' time in the compiled week", within / machine, "share", ">= 0.85"),
        Found("sweep: a run, all cores' time / bare loop", machine / n / bare, "times", "<= 1.3"),
        Found("sweep: a run, workers' time / bare loop", work / n / bare, "times"),
        Found("sweep: peak of a worker, whole / a tenth", grows["worker"], "times", "flat"),
        Found("sweep: peak of the parent, whole / a tenth", grows["parent"], "times", "flat"),
        Found("sweep: peak of a worker", full["worker"], "MB"),
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
