"""The scheduler: hands out the runs of a plan and loses nothing.

What is finished is kept at once; what is left is handed out again when a worker dies; the same
command after an interruption goes on where it stopped and ends with the same bytes.
"""

import sys
from collections import deque
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from tqdm import tqdm

from experiments.execution.engines import Engine
from experiments.execution.interruption import stop_if_asked
from experiments.execution.pieces import forget_pieces, keep_piece, missing
from experiments.execution.store import Store
from experiments.execution.worker import Output
from experiments.study.fingerprint import code
from experiments.study.plan import Plan, RunSpec
from simulation.compiled import must_compile
from simulation.errors import KringError

SECONDS_A_CLIENT_WEEK = 4e-7  # about, on one core; only sizes the batches
SECONDS_A_RUN = 4e-3
BATCH_SECONDS = 2.0  # work that a dying worker loses
BATCHES = 2000  # at most, as far as batches of a minute allow
ATTEMPTS = 3
LOOK = 0.5  # seconds between looks at what has come back
QUIET = 20  # looks in which nothing came back, after which to ask the engine why


@dataclass(eq=False)
class Batch:
    """Some runs that are handed out together, and how often the worker died on them."""

    runs: list[RunSpec]
    died: int = 0

    def name(self, keys: dict[int, str]) -> str:
        """A name that says which runs these are."""
        text = "".join(f"{keys[run.number]}.{run.piece}" for run in self.runs)
        digest = sha256(text.encode()).hexdigest()[:8]
        return f"{self.runs[0].number:07d}-{digest}"


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


def seconds(plan: Plan, runs: list[RunSpec]) -> float:
    """About how much work runs are, in seconds of one core."""
    sizes = {policy: plan.client_weeks(policy) for policy in {run.policy for run in runs}}
    return sum(sizes[run.policy] * SECONDS_A_CLIENT_WEEK + SECONDS_A_RUN for run in runs)


def batches(plan: Plan, runs: list[RunSpec]) -> deque[Batch]:
    """Runs in batches of about equal work; runs that meet the same people stand together."""
    people = [plan.design.people_at(point) for point in range(len(plan.points))]

    def who(run: RunSpec) -> tuple[Any, ...]:
        policy = plan.policies[run.policy]
        own = str((policy.town, policy.parameters)) if policy.town or policy.parameters else ""
        return (run.seed, run.municipality, people[run.point], own, run.number)

    total = seconds(plan, runs)
    each = min(60.0, max(BATCH_SECONDS, total / BATCHES))
    n = max(1, round(each / (total / max(len(runs), 1) + 1e-9)))
    ordered = sorted(runs, key=who)
    return deque(Batch(ordered[i : i + n]) for i in range(0, len(ordered), n))


class Scheduler:
    """The batches of a plan on their way: waiting, out with workers, or suspect.

    A batch on which a worker died is a suspect: it goes out alone, so that blame is fair.

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
    """

    def __init__(
        self, backlog: Backlog, store: Store, engine: Engine, progress: Callable[[int], Any]
    ) -> None:
        self.plan, self.store, self.engine = backlog.plan, store, engine
        self.progress = progress
        self.waiting = batches(backlog.plan, backlog.left)
        self.suspects: deque[Batch] = deque()
        self.out: dict[Future[list[Output]], Batch] = {}

    def run(self) -> None:
        """Have all runs executed that are left, and keep each batch as it comes back.

        Raises
        ------
        KringError
            If the engine is gone, or its workers have other code.
        """
        first = must_compile()  # one worker compiles, the others find it done
        quiet = 0
        try:
            while self.waiting or self.suspects or self.out:
                stop_if_asked()
                self.send_some(1 if first else self.engine.at_once)
                done, _ = wait(self.out, timeout=LOOK, return_when=FIRST_COMPLETED)
                quiet = 0 if done else quiet + 1
                if quiet == QUIET and (lacking := self.engine.lacks()):
                    tqdm.write(f"kring: {lacking}; waiting.", file=sys.stderr)
                for future in done:
                    self.progress(self.take_back(future))
                first = first and not done
        except KeyboardInterrupt:
            self.take_back_what_is_done()
            raise

    def send(self, batch: Batch) -> None:
        """Hand out a batch."""
        self.out[self.engine.submit(self.plan, batch.runs, code())] = batch

    def send_some(self, at_once: int) -> None:
        """Hand out as many batches as may be out at once; a suspect only when none is."""
        while self.waiting and len(self.out) < at_once:
            self.send(self.waiting.popleft())
        if not self.out and self.suspects:
            self.send(self.suspects.popleft())

    def take_back(self, future: "Future[list[Output]]") -> int:
        """Keep what a batch brought; returns its number of runs, 0 if its worker died."""
        batch = self.out.pop(future)
        outputs = self.came_of(future, batch)
        if outputs:
            self.keep(batch, outputs)
        return len(outputs)

    def take_back_what_is_done(self) -> None:
        """Keep what has come back, when there is no time to wait for more."""
        for future in [future for future in self.out if future.done()]:
            self.take_back(future)

    def came_of(self, future: "Future[list[Output]]", batch: Batch) -> list[Output]:
        """What a batch brought; nothing if its worker died: it is tried again, last run by run."""
        try:
            return future.result()
        except KringError:
            raise
        except (Exception, CancelledError) as error:
            self.engine.mend(error)
            batch.died += 1
            if batch.died < ATTEMPTS:
                self.suspects.append(batch)
                return []
            if len(batch.runs) > 1:
                self.suspects.extend(Batch([run], 1) for run in batch.runs)
                return []
            message = f"the worker died {ATTEMPTS} times on this run (out of memory?): {error}"
            return [Output(batch.runs[0].number, {}, {}, message.replace("\n", " "))]

    def keep(self, batch: Batch, outputs: list[Output]) -> None:
        """Keep what a batch brought; pieces of a town wait for each other."""
        keys, finished = self.plan.keys, [one for one in outputs if one.records is None]
        for one in outputs:
            if one.records is not None:
                run = self.plan.runs[one.number]
                joined = keep_piece(self.plan, run, keys[one.number], one, self.store)
                finished += [joined] if joined else []
        if finished:
            self.store.keep(batch.name(keys), keys, finished)
        for one in finished if self.plan.pieces > 1 else ():
            forget_pieces(self.store, keys[one.number])
