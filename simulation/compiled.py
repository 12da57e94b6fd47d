"""How behaviour becomes machine code, and where that code is kept.

Numba's own cache does not notice that a function called from another file has changed. So the
folder of the cache carries a fingerprint of every compiled source: change one and the next start
compiles anew. Where no folder can be written, Kring compiles at every start and works all the same.
"""

import hashlib
import os
import sys
import tempfile
from collections.abc import Callable, Collection
from pathlib import Path

import numba

from simulation.kept_code import KeptCode, is_own

SOURCES = Path(__file__).parent


# These hold nothing that is compiled: to change them costs no compiling.
NOT_COMPILED = {
    *("__init__", "agents", "columns", "comparison", "country", "ensemble", "errors"),
    *("evidence", "handles", "interview", "levers", "model", "municipalities", "parameters"),
    *("payers", "pieces", "policies", "policy", "records", "result", "run", "settings", "sources"),
    *("spread", "strengths", "survey", "town", "towns", "world"),
}


def sources(leave_out: Collection[str] = ()) -> str:
    """Short hash of the model's sources and tables."""
    digest = hashlib.sha256()
    for path in sorted([*SOURCES.rglob("*.py"), *SOURCES.glob("data/*.*")]):
        if not {path.stem, path.parent.name} & set(leave_out):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def fingerprint(leave_out: Collection[str] = ()) -> str:
    """Short hash of the model's sources and tables, of Numba's version and Python's."""
    versions = f"{numba.__version__} {sys.version_info[:2]}"
    return hashlib.sha256(f"{versions} {sources(leave_out)}".encode()).hexdigest()[:16]


def cache_folder() -> Path | None:
    """First folder that can be written: `KRING_CACHE`, the user's cache, the temporary folder.

    What lies in it is executed. So below the temporary folder, where anybody may have made it
    first, it has to be this user's own.

    Numba takes up only what was compiled for files of the same place, so each checkout has its own.
    """
    home = Path(os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache"))
    wanted = os.environ.get("KRING_CACHE")
    user = f"kring-{os.getuid() if hasattr(os, 'getuid') else 'user'}"
    temporary = Path(tempfile.gettempdir()) / user
    candidates = [Path(wanted)] if wanted else [home / "kring", temporary]
    place = hashlib.sha256(bytes(SOURCES)).hexdigest()[:8]
    for candidate in candidates:
        folder = candidate / f"{fingerprint(NOT_COMPILED)}-{place}"
        try:
            candidate.mkdir(mode=0o700, parents=True, exist_ok=True)
            if candidate == temporary and not is_own(candidate):
                continue
            folder.mkdir(exist_ok=True)
            with tempfile.TemporaryFile(dir=folder):
                return folder
        except OSError:
            continue
    return None


OPTIONS = {"nogil": True, "error_model": "numpy", "_nrt": False, "no_cfunc_wrapper": True}
CACHE = None if numba.config.DISABLE_JIT else cache_folder()


def compiled(function: Callable) -> Callable:
    """Compile a behaviour. Under ``NUMBA_DISABLE_JIT=1`` it stays plain Python, for a debugger.

    Rows come from outside and nothing is allocated within, so counting references (`_nrt`), which
    took half of the time, is off; and what is small is put in place where it is called.
    """
    return numba.njit(**OPTIONS, forceinline=True)(function)


def compiled_apart(function: Callable) -> Callable:
    """Compile what seldom happens: it is called, not put in place."""
    return numba.njit(**OPTIONS)(function)


def compiled_and_kept(function: Callable) -> Callable:
    """Compile a function that Python calls, with all it calls, and keep the code on disk."""
    if CACHE is None:
        return compiled(function)
    before = numba.config.CACHE_DIR
    numba.config.CACHE_DIR = str(CACHE)
    try:
        dispatcher = numba.njit(**OPTIONS)(function)
        dispatcher._cache = KeptCode(function)
        return dispatcher
    finally:
        numba.config.CACHE_DIR = before


def must_compile() -> bool:
    """Whether the next run has to compile first (half a minute), because no code is kept yet."""
    if numba.config.DISABLE_JIT:
        return False
    return CACHE is None or not any(CACHE.rglob("*.nbc"))
