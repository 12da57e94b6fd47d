"""Handing out: work goes to an engine in batches, and nothing of it is lost.

What is finished is kept at once; what is left is handed out again when a worker dies.
"""

import sys
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    CancelledError,
    Executor,
    Future,
    wait,
)
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from tqdm import tqdm

from kring.experiments.execution.engines import Engine
from kring.experiments.execution.interruption import stop_if_asked
from kring.simulation.errors import KringError
from kring.simulation.run import compile_first

ATTEMPTS = 3
LOOK = 0.5  # seconds between looks at what has come back
QUIET = 20  # looks in which nothing came back, after which to ask the engine why

Job = TypeVar("Job")
Made = TypeVar("Made")


@dataclass(eq=False)
class Batch(Generic[Job]):
    """Some jobs that are handed out together, to whom, and how often the worker died on them."""

    jobs: list[Job]
    died: int = 0
    given_to: Executor | None = None


class HandOut(ABC, Generic[Job, Made]):
    """Batches of jobs on their way: waiting, out with workers, or suspect.

    A batch on which a worker died is a suspect: it goes out alone, so that blame is fair.

    Parameters
    ----------
    batches : iterable of list
        Jobs that are handed out together.
    engine : Engine
        Where they are done.
    progress : callable
        Called with the number of jobs that have come back since the last call.
    """

    def __init__(
        self, batches: Iterable[list[Job]], engine: Engine, progress: Callable[[int], Any]
    ) -> None:
        self.engine: Engine = engine
        self.progress: Callable[[int], Any] = progress
        self.waiting: deque[Batch[Job]] = deque(Batch(jobs) for jobs in batches)
        self.suspects: deque[Batch[Job]] = deque()
        self.out: dict[Future[list[Made]], Batch[Job]] = {}
        self.refused: int = 0  # times in a row that the engine took nothing

    @abstractmethod
    def submit(self, jobs: list[Job]) -> Future[list[Made]]:
        """Hand out a batch."""

    @abstractmethod
    def keep(self, jobs: list[Job], made: list[Made]) -> None:
        """Keep what a batch brought."""

    def begin(self) -> None:
        """Do what can be done here while the workers come to life: nothing, unless it is said."""

    @abstractmethod
    def given_up(self, job: Job, message: str) -> Made:
        """What is kept of a job that no worker survives."""

    def run(self) -> None:
        """Have all done that is waiting, and keep each batch as it comes back.

        Raises
        ------
        KringError
            If the engine is gone, or its workers have other code.
        """
        compile_first()  # here, and not in every worker
        quiet = 0
        try:
            self.begin()
            while self.waiting or self.suspects or self.out:
                stop_if_asked()
                self.send_some()
                done, _ = wait(self.out, timeout=LOOK, return_when=FIRST_COMPLETED)
                quiet = 0 if done else quiet + 1
                if quiet == QUIET and (lacking := self.engine.lacks()):
                    tqdm.write(f"kring: {lacking}; waiting.", file=sys.stderr)
                for future in done:
                    self.progress(self.take_back(future))
        except KeyboardInterrupt:
            self.take_back_what_is_done()
            raise

    def send_some(self) -> None:
        """Hand out as many batches as may be out at once; a suspect only when none is."""
        while self.waiting and len(self.out) < self.engine.at_once:
            self.send(self.waiting)
        if not self.out and self.suspects:
            self.send(self.suspects)

    def send(self, queue: deque[Batch[Job]]) -> None:
        """Hand out the first of a queue; it stays there if the engine broke since the last look.

        Raises
        ------
        KringError
            If the engine takes nothing however often it is mended.
        """
        batch, batch_goes_to = queue[0], self.engine.executor
        try:
            future = self.submit(batch.jobs)
        except Exception as error:
            if not isinstance(error, BrokenExecutor) and not self.engine.gone():
                raise
            self.refused += 1
            if self.refused == ATTEMPTS:
                raise KringError(
                    f"the workers end before they are given work: {error}; what is done is kept, "
                    "the same command goes on from there"
                ) from None
            self.engine.mend(error, batch_goes_to)
            return
        self.refused = 0
        queue.popleft()
        batch.given_to = batch_goes_to
        self.out[future] = batch

    def take_back(self, future: "Future[list[Made]]") -> int:
        """Keep what a batch brought; returns its number of jobs, 0 if its worker died."""
        batch = self.out.pop(future)
        made = self.came_of(future, batch)
        if made:
            self.keep(batch.jobs, made)
        return len(made)

    def take_back_what_is_done(self) -> None:
        """Keep what has come back, when there is no time to wait for more."""
        for future in [future for future in self.out if future.done()]:
            self.take_back(future)

    def came_of(self, future: "Future[list[Made]]", batch: Batch[Job]) -> list[Made]:
        """What a batch brought; nothing if its worker died: it is tried again, last job by job."""
        try:
            return future.result()
        except KringError:
            raise
        except (Exception, CancelledError) as error:
            self.engine.mend(error, batch.given_to)
            batch.died += 1
            if batch.died < ATTEMPTS:
                self.suspects.append(batch)
                return []
            if len(batch.jobs) > 1:
                self.suspects.extend(Batch([job], 1) for job in batch.jobs)
                return []
            message = f"the worker died {ATTEMPTS} times on this run (out of memory?): {error}"
            return [self.given_up(batch.jobs[0], message.replace("\n", " "))]
