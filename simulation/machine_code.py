"""Machine code as it is kept and called, without Numba: from a file, with plain pointers.

A function gets where its results go, where an error goes, and its arguments one by one: of a table
where it lies, how long it is and in what steps; of a record where it lies; a number itself. That is
how Numba's compiled functions call each other.
"""

import ctypes
import hashlib
import json
import os
import stat
import struct
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

CHECKSUM = hashlib.sha256().digest_size
RESULTS = 8  # numbers that a function can return, at most


class Code(NamedTuple):
    """The machine code of a function, for arguments of certain types.

    Attributes
    ----------
    symbol : str
        Its name in the object file.
    returns : str
        What it returns, as `struct` writes it.
    object : bytes
        The object file.
    """

    symbol: str
    returns: str
    object: bytes


def write(code: Code, path: Path) -> None:
    """Keep machine code, whole or not at all, with a checksum ahead.

    It only saves time: where it can't be kept, it is made again at the next start.
    """
    about = json.dumps({"symbol": code.symbol, "returns": code.returns}).encode()
    text = about + b"\n" + code.object
    aside = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        aside.write_bytes(hashlib.sha256(text).digest() + text)
        aside.replace(path)
    except OSError:
        aside.unlink(missing_ok=True)


def read(path: Path) -> Code | None:
    """Read machine code; nothing if there is none, or none that is whole."""
    try:
        found = path.read_bytes()
    except OSError:
        return None
    checksum, text = found[:CHECKSUM], found[CHECKSUM:]
    if hashlib.sha256(text).digest() != checksum:
        return None
    about, code = text.split(b"\n", 1)
    return Code(**json.loads(about), object=code)


def is_own(folder: Path) -> bool:
    """Whether a folder is this user's alone to write, and no link to another."""
    if not hasattr(os, "getuid"):  # Windows: temporary folders are each user's own
        return True
    found = folder.lstat()
    by_others = found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and not by_others


def processor() -> str:
    """The processor for which code is made, by LLVM's name."""
    from llvmlite import binding as llvm

    return os.environ.get("NUMBA_CPU_NAME") or llvm.get_host_cpu_name()


@cache
def engine() -> Any:
    """What loads object files into memory."""
    from llvmlite import binding as llvm

    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    machine = llvm.Target.from_default_triple().create_target_machine()
    return llvm.create_mcjit_compiler(llvm.parse_assembly(""), machine)


def address(code: Code) -> int:
    """Load machine code; returns where it lies."""
    from llvmlite import binding as llvm

    engine().add_object_file(llvm.ObjectFileRef.from_data(code.object))
    engine().finalize_object()
    found: int = engine().get_function_address(code.symbol)
    return found


def load(code: Code, given: tuple[Any, ...]) -> Callable[..., Any]:
    """Load machine code; returns a function that takes arguments such as these."""
    where = ctypes.POINTER(ctypes.c_int64)
    kinds = [ctypes.c_double if isinstance(one, float) else ctypes.c_int64 for one in flat(given)]
    of_this_kind = ctypes.CFUNCTYPE(ctypes.c_int32, where, where, *kinds)
    function = of_this_kind(address(code))
    width = struct.calcsize(code.returns)

    def call(*given: Any) -> Any:
        results = (ctypes.c_int64 * RESULTS)()
        error = (ctypes.c_int64 * 1)()
        if function(results, error, *flat(given)):
            raise RuntimeError("compiled code stopped with an error")
        values = struct.unpack(code.returns, bytes(results)[:width])
        return values if len(values) > 1 else values[0] if values else None

    return call


def flat(given: tuple[Any, ...]) -> list[float]:
    """Arguments as machine code takes them, a place in memory as its number.

    Nobody counts who else holds a table: the two zeros.
    """
    numbers: list[float] = []
    for one in given:
        if isinstance(one, np.ndarray):
            numbers += (0, 0, one.size, one.itemsize, place(one), *one.shape, *one.strides)
        elif isinstance(one, np.void):
            numbers.append(place(np.frombuffer(one, np.uint8)))
        elif isinstance(one, tuple):
            numbers += flat(one)
        else:
            numbers.append(one if isinstance(one, float) else int(one))
    return numbers


def place(table: np.ndarray) -> int:
    """Where a table lies in memory; its array interface would describe every column first."""
    return table.ctypes.data


def kind(given: Any) -> Any:
    """Of what type an argument is, as far as machine code knows; it works only with the same."""
    if isinstance(given, np.ndarray):
        flags = given.flags
        return kind_of_row(given.dtype), given.ndim, flags.c_contiguous and flags.writeable
    if isinstance(given, np.void):
        return kind_of_row(given.dtype)
    if isinstance(given, tuple):
        return tuple(map(kind, given))
    return "int" if isinstance(given, int | np.int64) else type(given).__name__


def kind_of_row(row: np.dtype) -> tuple[Any, ...]:
    """A row by its columns and its size."""
    return row.kind, row.itemsize, row.names
