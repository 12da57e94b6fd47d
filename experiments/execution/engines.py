"""Engines: where runs are executed. Here, in processes on all cores, or on a Dask cluster.

An engine hands batches to a standard executor (`concurrent.futures.Executor`); any other executor
can be handed in from Python.
"""

import logging
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future
from functools import partial
from typing import Any, TypeVar

from kring.experiments.execution.processes import (
    came_to_life,
    cores,
    end,
    no_worker,
    pool_of_processes,
)
from kring.experiments.extras import extra
from kring.simulation.errors import KringError, nearest

ENGINES = ("here", "processes", "dask://host:port")
Made = TypeVar("Made")
MOST_UNBORN = 2  # pools; one may be killed as it starts
WORTH_A_POOL = 4.0  # seconds of work: less is done sooner here than workers start


class Here(Executor):
    """An executor that does the work at once, in this process."""

    def submit(self, job: Callable[..., Any], /, *args: Any, **more: Any) -> Future[Any]:
        """Do the job and return what came of it."""
        future: Future[Any] = Future()
        try:
            future.set_result(job(*args, **more))
        except Exception as error:
            future.set_exception(error)
        return future


class Engine:
    """An executor, how many batches it takes at once, and how to replace it when it breaks.

    Attributes
    ----------
    name : str
        What it is called.
    at_once : int
        Batches that are handed out at the same time.
    threads : int or None
        Threads of one run; None for all cores.
    begins_here : bool
        Whether a first small batch may be done in this process, while the workers come to life.
    lacks : callable
        What it lacks to do anything at all, in words; empty if nothing.
    gone : callable
        Why nothing more comes of it, in words; empty if something may.
    """

    def __init__(
        self,
        name: str,
        executor: Executor,
        at_once: int,
        *,
        remake: Callable[[], Executor] | None = None,
        threads: int | None = 1,
        begins_here: bool = False,
        close: Callable[[], None] | None = None,
        lacks: Callable[[], str] = str,
        gone: Callable[[], str] = str,
    ) -> None:
        self.name: str = name
        self.at_once: int = at_once
        self.threads: int | None = threads
        self.begins_here: bool = begins_here
        self.executor: Executor = executor
        self.remake: Callable[[], Executor] | None = remake
        self.owned: bool = remake is not None
        self.lacks: Callable[[], str] = lacks
        self.gone: Callable[[], str] = gone
        self.unborn: int = 0  # pools in a row of which no worker came to life
        self._close = close

    def submit(self, job: Callable[..., Made], *given: Any) -> Future[Made]:
        """Hand out a job, a function that takes the number of threads behind what it is given."""
        return self.executor.submit(job, *given, self.threads)

    def mend(self, error: BaseException, executor: Executor | None) -> None:
        """Replace an executor that is broken, once: all that was given to it tells of the break.

        Raises
        ------
        KringError
            If it is gone, was handed in so that it cannot be replaced, or its workers cannot start.
        """
        if why := self.gone():
            raise KringError(f"{why}; what is done is kept, the same command goes on from there")
        is_broken = isinstance(error, BrokenExecutor)
        if not is_broken or executor is not self.executor:
            return
        if self.remake is None:
            raise KringError(f"the engine broke: {error}; give the same command to go on")
        self.unborn = 0 if came_to_life(self.executor) else self.unborn + 1
        if self.unborn == MOST_UNBORN:
            raise no_worker(error)
        self.executor.shutdown(wait=False, cancel_futures=True)
        self.executor = self.remake()

    def close(self) -> None:
        """Let go of the workers at once; one that was handed in stays."""
        if self.owned:
            end(self.executor)
        if self._close:
            self._close()


def dask_engine(address: str, timeout: float = 10) -> Engine:
    """An engine on a Dask cluster.

    Raises
    ------
    KringError
        Without the extra `cluster`, or if no scheduler answers.
    """
    distributed = extra("distributed", "a Dask cluster", "cluster")
    try:
        client = distributed.Client(address.replace("dask://", "tcp://", 1), timeout=timeout)
    except (OSError, ValueError) as error:
        raise KringError(f"no Dask scheduler answers at {address}: {error}") from None
    for name in logging.root.manager.loggerDict:
        if name.partition(".")[0] in ("distributed", "tornado"):  # what goes wrong is said here
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    threads = sum(client.nthreads().values())

    def gone() -> str:
        is_there = client.status == "running"
        return "" if is_there else f"the Dask scheduler at {address} is gone"

    def lacks() -> str:
        if gone():
            return gone()
        workers = "" if client.nthreads() else "no workers: start some with `dask worker HOST:PORT`"
        return workers and f"the scheduler at {address} has {workers}"

    return Engine(
        address, client.get_executor(pure=False), 2 * max(1, threads), close=client.close,
        lacks=lacks, gone=gone,
    )  # fmt: skip


def check_engine(text: str) -> None:
    """Refuse a name of no engine."""
    if text not in ("auto", *ENGINES[:2]) and not text.startswith("dask://"):
        raise KringError(f"no engine {text!r}; {nearest(text, ENGINES)}")


def engine_of(text: str, workers: int | None, seconds: float) -> Engine:
    """The engine of a name; `auto` takes processes where there is work for them.

    Parameters
    ----------
    text : str
        ``auto``, ``here``, ``processes`` or ``dask://host:port``.
    workers : int or None
        Number of processes; as many as cores if not given.
    seconds : float
        About how much work there is.
    """
    check_engine(text)
    if workers is not None and (not isinstance(workers, int) or workers < 1):
        raise KringError(f"workers = {workers!r} is not possible: a whole number from 1 on")
    is_free = text == "auto"
    if is_free:
        many = cores() > 1 and (workers or 2) > 1
        text = "processes" if many and seconds > WORTH_A_POOL else "here"
    if text == "here":
        return Engine("here", Here(), 1, threads=None)
    if text == "processes":
        n = workers or cores()
        make = partial(pool_of_processes, n)
        return Engine(f"{n} processes", make(), n + 1, remake=make, begins_here=is_free)
    return dask_engine(text)
