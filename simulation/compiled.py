"""How behaviour becomes machine code, and where that code is kept.

The folder of what is kept carries a fingerprint of every compiled source: change one and the next
start compiles anew. Two copies of Kring with the same sources share it. Where no folder can be
written, Kring compiles at every start and works all the same.

A wheel that was built for a platform brings its code along, below the folder of the sources, in
one that carries their fingerprint: of other sources it isn't found. The repository holds none.
"""

import functools
import hashlib
import os
import platform
import sys
import tempfile
import threading
from collections.abc import Callable, Collection
from functools import cached_property
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

from kring.simulation import machine_code

SOURCES = Path(__file__).parent
# These make code of rules, and hold none.
MACHINERY = ("at_address", "compiled", "machine_code", "once")

# These hold no rule that is compiled: to change them costs no compiling (but for the machinery).
NOT_COMPILED = {
    *("__init__", "agents", "beside", "cohort", "columns", "comparison", "country", "ensemble"),
    *("errors", "evidence", "extensions", "field_tables", "handles", "interview", "levers"),
    *("living", "model", "municipalities", "own_clients", "own_municipality", "parameters"),
    *("past", "payers", "phase_in", "pieces", "policies", "policy", "records", "result", "run"),
    *("selected", "settings", "sources", "spread", "strengths", "survey", "town", "towns", "world"),
    *MACHINERY,
}

# Rows come from outside and nothing is allocated within, so counting references (`_nrt`), which
# took half of the time, is off.
OPTIONS = {"nogil": True, "error_model": "numpy", "_nrt": False, "no_cfunc_wrapper": True}
TRIED = [f"0.{minor}" for minor in range(61, 69)]  # releases of Numba that compile in our own way
PLAIN = os.environ.get("NUMBA_DISABLE_JIT", "0") not in ("", "0")


def sources(leave_out: Collection[str] = ()) -> str:
    """Short hash of the model's sources and tables."""
    digest = hashlib.sha256()
    for path in sorted([*SOURCES.rglob("*.py"), *SOURCES.glob("data/*.*")]):
        if not {path.stem, path.parent.name} & set(leave_out):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def fingerprint(leave_out: Collection[str] = ()) -> str:
    """Short hash of the model's sources and tables, of Numba's version and Python's."""
    versions = f"{version('numba')} {version('llvmlite')} {sys.version_info[:2]}"
    return hashlib.sha256(f"{versions} {sources(leave_out)}".encode()).hexdigest()[:16]


def fingerprint_of_code(*more: str) -> str:
    """Short hash of all that decides what machine code does, and of more."""
    how = [(SOURCES / f"{name}.py").read_text(encoding="utf-8") for name in MACHINERY]
    text = "".join([sources(NOT_COMPILED), *how, *more])
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@functools.cache
def shipped_folder() -> Path:
    """Where a wheel has code for this platform, made from these sources.

    It calls neither Python nor Numba, so it is the same for all their versions.
    """
    machine = f"{sys.platform}-{platform.machine().lower()}"
    return SOURCES / "shipped" / f"{machine}-{fingerprint_of_code()}"


@functools.cache
def cache_folder() -> Path | None:
    """First folder that can be written: `KRING_CACHE`, the user's cache, the temporary folder.

    What lies in it is executed. So below the temporary folder, where anybody may have made it
    first, it has to be this user's own.
    """
    home = Path(os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache"))
    wanted = os.environ.get("KRING_CACHE")
    user = f"kring-{os.getuid() if hasattr(os, 'getuid') else 'user'}"
    temporary = Path(tempfile.gettempdir()) / user
    candidates = [Path(wanted)] if wanted else [home / "kring", temporary]
    name = fingerprint_of_code(fingerprint(NOT_COMPILED), machine_code.processor())
    for candidate in candidates:
        folder = candidate / name
        try:
            candidate.mkdir(mode=0o700, parents=True, exist_ok=True)
            if candidate == temporary and not machine_code.is_own(candidate):
                continue
            folder.mkdir(exist_ok=True)
            with tempfile.TemporaryFile(dir=folder):
                return folder
        except OSError:
            continue
    return None


def tried() -> bool:
    """Whether this release of Numba is one on which functions are linked first (`once`)."""
    return version("numba").rpartition(".")[0] in TRIED


def numbas_own_way(function: Callable[..., Any], **more: Any) -> Callable[..., Any]:
    """Compile as Numba does by itself: it takes twice as long, with any release."""
    numba: Any = import_module("numba")
    before = numba.config.CACHE_DIR
    numba.config.CACHE_DIR = str(cache_folder() or before)
    try:
        made: Callable[..., Any] = numba.njit(**OPTIONS, **more)(function)
        return made
    finally:
        numba.config.CACHE_DIR = before


class Behaviour:
    """A function that is part of the compiled week; Python can call it by itself as well.

    Numba is loaded when something has to be compiled, and not before.
    """

    number = 0  # of behaviours, to say how far compiling is

    def __init__(self, function: Callable[..., Any], *, inline: bool = False) -> None:
        Behaviour.number += 1
        functools.update_wrapper(self, function)
        self.py_func = function
        self.inline = inline

    @cached_property
    def part(self) -> Any:
        """The function as compiled code calls it; what is small is put in place."""
        if not tried():
            return self.by_itself
        from kring.simulation import once

        return once.part(self.py_func, inline=self.inline)

    @cached_property
    def by_itself(self) -> Any:
        """The function as Python calls it, compiled when it is called first."""
        if not tried():
            return numbas_own_way(self.py_func, forceinline=self.inline)
        from kring.simulation import once

        return once.for_python(self.py_func)

    @property
    def _numba_type_(self) -> Any:
        return self.part._numba_type_

    def __call__(self, *given: Any) -> Any:
        """Call it from Python."""
        return self.by_itself(*given)


class Kept(Behaviour):
    """A function that Python calls, whose machine code is kept on disk with all that it calls."""

    def __init__(self, function: Callable[..., Any]) -> None:
        super().__init__(function)
        self.loaded: dict[Any, Callable[..., Any]] = {}
        self.loading = threading.Lock()

    def __call__(self, *given: Any) -> Any:
        """Call its machine code."""
        kind = machine_code.kind(given)
        if kind not in self.loaded:
            with self.loading:
                if kind not in self.loaded:
                    self.loaded[kind] = self.found_or_made(kind, given)
        return self.loaded[kind](*given)

    def found_or_made(self, kind: Any, given: tuple[Any, ...]) -> Callable[..., Any]:
        """Load what came with Kring or was kept; make and keep it if there is none."""
        name = self.name_of(kind)
        code = machine_code.read(shipped_folder() / name)
        if code is None and not tried():
            return numbas_own_way(self.py_func, cache=cache_folder() is not None)
        return machine_code.load(code or self.kept_or_made(name, given), given)

    def kept_or_made(self, name: str, given: tuple[Any, ...]) -> machine_code.Code:
        """What is kept of this user's; made and kept if it isn't there, or isn't whole."""
        folder = cache_folder()
        code = machine_code.read(folder / name) if folder else None
        if code is None:
            from kring.simulation import once

            code = once.make(self.py_func, given, Behaviour.number)
            if folder:
                machine_code.write(code, folder / name)
        return code

    def name_of(self, kind: Any) -> str:
        """The name under which code is kept: by what it is made from and for."""
        own = Path(self.py_func.__code__.co_filename).read_bytes()
        of = hashlib.sha256(repr(kind).encode() + own).hexdigest()[:16]
        return f"{self.py_func.__name__}-{of}.code"


def compiled(function: Callable[..., Any]) -> Callable[..., Any]:
    """Compile a behaviour. Under ``NUMBA_DISABLE_JIT=1`` it stays plain Python, for a debugger."""
    return function if PLAIN else Behaviour(function, inline=True)


def compiled_apart(function: Callable[..., Any]) -> Callable[..., Any]:
    """Compile what seldom happens: it is called, not put in place."""
    return function if PLAIN else Behaviour(function)


def compiled_and_kept(function: Callable[..., Any]) -> Callable[..., Any]:
    """Compile a function that Python calls, with all it calls, and keep the code on disk."""
    return function if PLAIN else Kept(function)


def must_compile() -> bool:
    """Whether the next run has to compile first (half a minute), because no code is kept yet."""
    if PLAIN:
        return False
    folders = shipped_folder(), cache_folder()
    return not any(folder and any(folder.rglob("*live-*")) for folder in folders)
