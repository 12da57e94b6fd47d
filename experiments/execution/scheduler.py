"""The scheduler: has the runs of a plan executed, and keeps them.

What is finished is kept at once; what is left is handed out again when a worker dies; the same
command after an interruption goes on where it stopped and ends with the same bytes.
"""

import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from kring.experiments.execution.engines import Engine
from kring.experiments.execution.handing_out import HandOut
from kring.experiments.execution.pieces import forget_pieces, keep_piece, missing
from kring.experiments.execution.store import Store
from kring.experiments.execution.worker import Output, execute_batch
from kring.experiments.study.fingerprint import code
from kring.experiments.study.plan import Plan
from kring.experiments.study.run_spec import RunSpec
from kring.experiments.study.sent import Sent

SECONDS_A_CLIENT_WEEK = 4e-7  # about, on one core; only sizes the batches
SECONDS_A_RUN = 4e-3
BATCH_SECONDS = 2.0  # work that a dying worker loses
FIRST = (8, 8, 8, 4, 4, 2, 2)  # so many times smaller are the first batches
SOON = 0.5  # seconds of work that are done here while workers come to life
BATCHES = 2000  # at most, as far as batches of a minute allow


def name_of(runs: list[RunSpec], keys: dict[int, str]) -> str:
    """A name that says which runs these are."""
    text = "".join(f"{keys[run.number]}.{run.piece}" for run in runs)
    return f"{runs[0].number:07d}-{sha256(text.encode()).hexdigest()[:8]}"


@dataclass
class Backlog:
    """The runs of a plan that are still to be executed.

    Attributes
    ----------
    plan : Plan
        The plan.
    left : list of RunSpec
        Runs to execute, or pieces of them: one for each key that is not kept yet.
    """

    plan: Plan
    left: list[RunSpec] = field(default_factory=list)

    @classmethod
    def of(cls, plan: Plan, store: Store) -> "Backlog":
        """What is left of a plan when what is kept is taken off."""
        keys = plan.keys
        kept = store.finished(set(keys.values()), plan.tables)
        done = set(kept.loc[kept["error"] == "", "key"])
        left: dict[str, RunSpec] = {}
        for run in plan.runs:
            if keys[run.number] not in done:
                left.setdefault(keys[run.number], run)
        if left:
            plan.see_own_clients()
        pieces = [piece for key, run in left.items() for piece in missing(plan, run, key, store)]
        return cls(plan, pieces)

    @property
    def wanted(self) -> set[str]:
        """The keys of all runs; runs that are the same have one."""
        return set(self.plan.keys.values())

    @property
    def kept(self) -> int:
        """Number of runs that need not be executed any more."""
        return len(self.wanted) - len({run.number for run in self.left})


def seconds(plan: Plan, runs: Iterable[RunSpec]) -> float:
    """About how much work runs are, in seconds of one core."""
    return seconds_of(plan, Counter(run.policy for run in runs))


def seconds_of(plan: Plan, runs: Mapping[int, int]) -> float:
    """About how much work so many runs of each policy are, in seconds of one core."""
    return sum(
        n * (plan.client_weeks(policy) * SECONDS_A_CLIENT_WEEK + SECONDS_A_RUN)
        for policy, n in runs.items()
    )


def batches(plan: Plan, runs: list[RunSpec]) -> list[list[RunSpec]]:
    """Runs in batches of about equal work; runs that meet the same people stand together.

    The first are small, so that a first answer is there soon.
    """
    people = [plan.design.people_at(point) for point in range(len(plan.points))]

    def who(run: RunSpec) -> tuple[Any, ...]:
        policy = plan.policies[run.policy]
        tables = (policy.town, policy.parameters, policy.field)
        own = str(tables) if any(tables) else ""
        return (run.seed, run.municipality, people[run.point], own, run.number)

    total = seconds(plan, runs)
    each = min(60.0, max(BATCH_SECONDS, total / BATCHES))
    n = max(1, round(each / (total / max(len(runs), 1) + 1e-9)))
    ordered = sorted(runs, key=who)
    sizes = itertools.chain([max(1, n // few) for few in FIRST], itertools.repeat(n))
    found, start = [], 0
    while start < len(ordered):
        end = start + next(sizes)
        found.append(ordered[start:end])
        start = end
    return found


class Scheduler(HandOut[RunSpec, Output]):
    """The runs of a plan on their way, and their place in the store.

    Parameters
    ----------
    backlog : Backlog
        What is to be executed.
    store : Store
        Where it is kept.
    engine : Engine
        Where it is executed.
    progress : callable
        Called with the number of runs that have come back since the last call.
    look : callable, optional
        Called with runs and what came of them, as they are kept.
    """

    def __init__(
        self,
        backlog: Backlog,
        store: Store,
        engine: Engine,
        progress: Callable[[int], Any],
        look: Callable[[list[RunSpec], list[Output]], Any] = lambda runs, outputs: None,
    ) -> None:
        super().__init__(batches(backlog.plan, backlog.left), engine, progress)
        self.plan, self.store, self.look = backlog.plan, store, look

    def submit(self, runs: list[RunSpec]) -> Future[list[Output]]:
        """Hand out runs."""
        return self.engine.submit(execute_batch, Sent.of(self.plan), runs, code())

    def begin(self) -> None:
        """Live the first small batch here while the workers come to life: a first answer."""
        is_soon = self.waiting and seconds(self.plan, self.waiting[0].jobs) < SOON
        if self.engine.begins_here and is_soon:
            runs = self.waiting.popleft().jobs
            self.keep(runs, execute_batch(Sent.of(self.plan), runs, code(), self.engine.threads))
            self.progress(len(runs))

    def given_up(self, run: RunSpec, message: str) -> Output:
        """What is kept of a run that no worker survives."""
        return Output(run.number, {}, {}, message)

    def keep(self, runs: list[RunSpec], outputs: list[Output]) -> None:
        """Keep what a batch brought; pieces of a town wait for each other."""
        keys, finished = self.plan.keys, [one for one in outputs if one.records is None]
        for one in outputs:
            if one.records is not None:
                run = self.plan.runs[one.number]
                joined = keep_piece(self.plan, run, keys[one.number], one, self.store)
                finished += [joined] if joined else []
        if finished:
            self.store.keep(name_of(runs, keys), keys, finished)
            self.look(runs, finished)
        for one in finished if self.plan.pieces > 1 else ():
            forget_pieces(self.store, keys[one.number])
