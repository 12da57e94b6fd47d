"""Speed and memory of Kring, measured in one go on one machine, beside other frameworks.

What is compared takes turns, and what has one thread is measured in the time of the processor, so
that others who use the machine hardly count.
"""

import os
import time
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from statistics import median

import numpy as np
from tqdm import tqdm

from kring.experiments.benchmark.plain_mesa import PlainMesaModel
from kring.experiments.benchmark.table import Found
from kring.simulation.parameters import Parameters
from kring.simulation.policy import Policy
from kring.simulation.run import simulate
from kring.simulation.town import Town
from kring.simulation.world import settle

WEEKS = 104
POLICY = {"team": Policy.preset("wijkteam"), "conference": Policy.preset("eigen_kracht")}
TOWN = Town.preset("rotterdam")
SMALL = Town.preset("rotterdam", clients=500)


def live_a_town(town: Town, threads: int | None, seed: int) -> None:
    """Live a town with Kring: settling the people and making the tables included."""
    result = simulate(town, POLICY, WEEKS, seed, threads=threads)
    _ = result.weekly, result.clients, result.episodes


def live_in_mesa(town: Town, seed: int) -> None:
    """Live a town with the plain model, the municipality, setting up and table included."""
    model = PlainMesaModel(town, POLICY, rng=seed)
    for _ in range(WEEKS):
        model.step()
    model.collector.get_model_vars_dataframe()


FEW = {"Starsim": "starsim", "ambr": "ambr"}  # frameworks in which a few of the rules are written


def live_few_rules(framework: str, town: Town, seed: int) -> None:
    """Live a town by a few of the rules in another framework, setting up included."""
    package = "kring.experiments.benchmark.few_rules"
    import_module(f"{package}.in_{FEW[framework]}").live(town, WEEKS, seed)


def seconds(job: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    """Time that a job takes by a clock."""
    start = clock()
    job()
    return clock() - start


def take_turns(jobs: dict[str, Callable[[int], object]], rounds: int) -> dict[str, list[float]]:
    """Seconds of the jobs, one after the other in every round; a job is told the round.

    Wall time for threads, the processor's time for others.
    """
    times: dict[str, list[float]] = {name: [] for name in jobs}
    for turn in tqdm(range(rounds), desc="speed", leave=False):
        for name, job in jobs.items():
            clock = time.perf_counter if "threads" in name else time.process_time
            times[name].append(seconds(lambda job=job, turn=turn: job(turn), clock))
    return times


def measure_speed(rounds: int) -> list[Found]:
    """Microseconds per client-week, and how many times faster than Mesa."""
    cores = os.cpu_count() or 1
    jobs = {
        "one thread": lambda turn: live_a_town(TOWN, 1, turn),
        f"{cores} threads": lambda turn: live_a_town(TOWN, None, turn),
        "500 clients, one thread": lambda turn: live_a_town(SMALL, 1, turn),
        "500 clients, Mesa": lambda turn: live_in_mesa(SMALL, turn),
    }
    live_a_town(SMALL, 1, 0)  # loads what has been compiled
    times = take_turns(jobs, rounds)
    rows = []
    micro = {}
    for name, taken in times.items():
        clients = SMALL.clients if "500" in name else TOWN.clients
        micro[name] = np.array(taken) / clients / WEEKS * 1e6
        rows.append(Found(f"{name}: {clients} clients, {WEEKS} weeks", median(taken), "s"))
        rows.append(Found(f"{name}: per client-week", median(micro[name]), "microseconds"))
    mesa = micro["500 clients, Mesa"]
    for name, goal in (("one thread", ">= 150"), ("500 clients, one thread", "")):
        ratio = median(mesa / micro[name])
        rows.append(Found(f"Mesa, with the municipality / {name}", ratio, "times", goal))
    return rows


def measure_few_rules(rounds: int) -> list[Found]:
    """A few of the rules in other frameworks against all of them in Kring, on one thread."""
    there = [name for name, package in FEW.items() if find_spec(package)]
    jobs = {"Kring, all rules": lambda turn: live_a_town(TOWN, 1, turn)} | {
        f"{name}, few rules": lambda turn, name=name: live_few_rules(name, TOWN, turn)
        for name in there
    }
    for job in jobs.values():
        job(0)  # loads
    micro = {
        name: np.array(taken) / TOWN.clients / WEEKS * 1e6
        for name, taken in take_turns(jobs, rounds).items()
    }
    rows = [Found(f"{name}: per client-week", median(micro[name]), "microseconds") for name in jobs]
    for name in list(jobs)[1:]:
        ratio = median(micro[name] / micro["Kring, all rules"])
        rows.append(Found(f"{name} / Kring, all rules", ratio, "times"))
    return rows


def measure_memory() -> list[Found]:
    """Bytes per client: rows with the whole network, and with the episodes of two years."""
    world = settle(TOWN, Parameters(), 1)
    people = (world.clients, world.ties, world.members, world.professionals, world.teams)
    bare = sum(rows.nbytes for rows in people) / TOWN.clients
    written = simulate(TOWN, POLICY, WEEKS).episode_rows.nbytes / TOWN.clients
    rows = [
        Found(f"of which {name}", getattr(world, name).nbytes / TOWN.clients, "bytes")
        for name in ("clients", "ties", "members")
    ]
    return [
        Found("memory per client with network", bare, "bytes", "< 1024"),
        *rows,
        Found(f"with the episodes of {WEEKS} weeks", bare + written, "bytes"),
    ]
