"""Processes: workers on this computer, each fresh, that leave nothing behind and say nothing."""

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from importlib import import_module
from multiprocessing.context import SpawnContext, SpawnProcess
from typing import Any

from kring.experiments.execution.interruption import interrupts_held_back
from kring.simulation.errors import KringError


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Worker(SpawnProcess):
    """A process that gets no interrupts, not the script that is run, and no standard error."""

    def start(self) -> None:
        """Start it; one that is interrupted at birth would cry out."""
        with interrupts_held_back(), main_left_out(), unheard():
            super().start()


class Workers(SpawnContext):
    """What makes such processes."""

    Process = Worker


class Pool(ProcessPoolExecutor):
    """A pool of workers, and the first thing that each was given: to load what it will need."""

    births: Sequence[Future[None]] = ()


def pool_of_processes(workers: int) -> ProcessPoolExecutor:
    """A pool of fresh processes, which share nothing with this one."""
    pool = Pool(workers, mp_context=Workers(), initializer=_live_with_parent)
    try:
        # A pool that is interrupted as it starts is no pool; a worker that dies is met later.
        with interrupts_held_back(), contextlib.suppress(BrokenExecutor):
            pool.births = [pool.submit(_load) for _ in range(workers)]
    except OSError as error:
        raise no_worker(error.strerror) from None
    except KeyboardInterrupt:
        end(pool)
        raise
    return pool


def no_worker(why: object) -> KringError:
    """What is said where no worker can start."""
    return KringError(f"no worker process can start: {why}; --engine here does without")


def came_to_life(pool: Executor) -> bool:
    """Whether a worker of a pool ever did anything.

    Raises
    ------
    KringError
        If none did, and one has told why.
    """
    births = getattr(pool, "births", None)
    if births is None:
        return True  # of another's, who knows
    came = [one.exception() for one in births if one.done() and not one.cancelled()]
    if None in came:
        return True
    for error in came:
        if not isinstance(error, BrokenExecutor):
            raise no_worker(f"{type(error).__name__}: {error}".rstrip(": "))
    return False


def end(pool: Executor) -> None:
    """End a pool and its workers at once."""
    # Killed first: a worker that is stopped would be waited for for ever.
    for process in list((getattr(pool, "_processes", None) or {}).values()):
        process.kill()
    # One that was killed as it told something would be listened to for ever: nobody tells more.
    if telling := getattr(getattr(pool, "_result_queue", None), "_writer", None):
        telling.close()
    pool.shutdown(wait=True, cancel_futures=True)


@contextlib.contextmanager
def main_left_out() -> Iterator[None]:
    """Start processes without the script that is run: it would run anew in each of them."""
    main: dict[str, Any] = vars(sys.modules["__main__"])
    kept: dict[str, Any] = {n: main.pop(n) for n in ("__file__", "__spec__") if n in main}
    main["__spec__"] = None
    try:
        yield
    finally:
        main.update(kept)


@contextlib.contextmanager
def unheard() -> Iterator[None]:
    """Start processes whose standard error goes nowhere: what is wrong with one is said here."""
    try:
        heard = os.dup(2)
    except OSError:  # it is closed
        heard = -1
    if heard < 0 or os.environ.get("KRING_TRACE"):
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(heard, 2)
        os.close(heard)
        os.close(nowhere)


def _live_with_parent() -> None:
    """A worker leaves interrupts to its parent, and ends when that is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def end_with_parent() -> None:
        if parent := multiprocessing.parent_process():
            parent.join()
        os._exit(1)

    threading.Thread(target=end_with_parent, daemon=True).start()


def _load() -> None:
    """Load what a worker needs, while the parent gets the work ready."""
    import_module("kring.experiments.execution.worker")
