"""Interruption: an interrupt that is never lost.

Python drops a KeyboardInterrupt that is raised within a callback of C code, as LLVM has them while
compiled code is loaded. So it is also remembered, and raised again at the next moment to ask.
"""

import contextlib
import signal
import sys
import threading
from collections.abc import Iterator
from typing import Any

_asked = threading.Event()


class Interrupted(Exception):
    """A study was interrupted; the message says what is kept."""


def say_nothing_more_of_what_is_dropped() -> None:
    """After an interrupt what was half made, as a progress bar, complains when it is let go."""
    sys.unraisablehook = lambda _: None


def _remember(number: int, frame: Any) -> None:
    _asked.set()
    say_nothing_more_of_what_is_dropped()
    raise KeyboardInterrupt


@contextlib.contextmanager
def remembered() -> Iterator[None]:
    """Remember interrupts (Ctrl-C, and the request to end) while this lasts."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    _asked.clear()
    wanted = [signal.SIGTERM]
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:  # as jobs in the background have it
        wanted.append(signal.SIGINT)
    before = {number: signal.signal(number, _remember) for number in wanted}
    says = sys.unraisablehook
    try:
        yield
    finally:
        sys.unraisablehook = says
        for number, handler in before.items():
            signal.signal(number, handler)


@contextlib.contextmanager
def interrupts_held_back() -> Iterator[None]:
    """Hold Ctrl-C back while this lasts; processes that are started meanwhile never get it."""
    if (
        not hasattr(signal, "pthread_sigmask")  # Windows
        or threading.current_thread() is not threading.main_thread()
    ):
        yield
        return
    came: list[int] = []  # another thread of this process may still take it
    handler = signal.signal(signal.SIGINT, lambda number, _: came.append(number))
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        signal.signal(signal.SIGINT, handler)
    if came:
        signal.raise_signal(signal.SIGINT)


def stop_if_asked() -> None:
    """Raise KeyboardInterrupt if one came and was dropped."""
    if _asked.is_set():
        raise KeyboardInterrupt
