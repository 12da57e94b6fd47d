"""A disk that fails, a program that is killed and a machine that loses its power, at a step."""

import errno
import random
from contextlib import contextmanager
from pathlib import Path

from kring.experiments.execution import disk

STEPS = ("write", "sync", "rename", "make", "remove")


class Killed(BaseException):
    """The program is gone: nothing that it would still do is done."""


class FaultyDisk:
    """The steps of the disk, counted; at one of them something happens.

    ``full``: from there on nothing can be written. ``failing``: this step fails, once. ``killed``:
    the program stops within the step. ``power cut``: so does the machine; what was not synced may
    be lost, the last first.
    """

    def __init__(self, fault: str, at: int, seed: int = 0):
        self.fault, self.at, self.chance = fault, at, random.Random(seed)
        self.steps = 0
        self.is_over = False
        self.unsynced = {}  # folder or file: what undoes its last steps, the newest last
        self.real = {name: getattr(disk, name) for name in STEPS}

    @contextmanager
    def installed(self):
        for name in STEPS:
            setattr(disk, name, self.step(name))
        try:
            yield self
        finally:
            for name, real in self.real.items():
                setattr(disk, name, real)

    def step(self, name):
        def taken(*given):
            if self.is_over:
                raise Killed
            self.steps += 1
            is_now = self.steps == self.at
            if is_now and self.fault in ("killed", "power cut"):
                self.is_over = True
                if name == "write":
                    self.cut_write(*given)
                if self.fault == "power cut":
                    self.lose()
                raise Killed
            if (is_now and self.fault == "failing") or (
                self.fault == "full" and self.steps >= self.at and name in ("write", "make")
            ):
                if name == "write":
                    self.cut_write(*given)
                raise OSError(errno.ENOSPC, "No space left on device", str(given[0]))
            if self.fault == "power cut":
                self.remember(name, *given)
            self.real[name](*given)

        return taken

    def cut_write(self, path, content):
        path.write_bytes(content[: self.chance.randrange(len(content) + 1)])

    def remember(self, name, path, *more):
        """What undoes a step, until what it changed is synced."""
        if name == "sync":
            self.unsynced.pop(path, None)
            return
        folder = path.parent
        if name == "write":
            self.unsynced.setdefault(path, []).append(lambda: path.exists() and torn(path))
        elif name == "rename":
            (new,) = more
            before = new.read_bytes() if new.is_file() else None
            if path in self.unsynced:
                self.unsynced.setdefault(new, []).extend(self.unsynced.pop(path))

            def undo():
                if new.exists() and path.parent.is_dir():
                    new.rename(path)
                    if before is not None:
                        new.write_bytes(before)

            self.unsynced.setdefault(new.parent, []).append(undo)
        elif name == "remove" and path.is_file():
            before = path.read_bytes()
            undo = lambda: path.parent.is_dir() and path.write_bytes(before)  # noqa: E731
            self.unsynced.setdefault(folder, []).append(undo)

    def lose(self):
        """Undo some of what was not synced: in each folder the last steps first."""
        for undos in self.unsynced.values():
            for undo in undos[::-1][: self.chance.randrange(len(undos) + 1)]:
                undo()


def torn(path):
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def tree(folder: Path):
    """All files below a folder with what is in them."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }
