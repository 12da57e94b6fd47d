"""The three heaviest phases of the week in C++, over Kring's own rows: what could be won at most.

Built for the benchmark only, with g++. How the rows lie and what the numbers are is written from
Kring's own, so that the two can't part unseen.
"""

import ctypes
import shutil
import subprocess
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from kring.simulation.rows import World

SOURCES = Path(__file__).parent
TWINS = ("problems move", "supporters help", "supporters reconsider")  # as `week.cpp` counts them
# No multiplication and addition in one step, for Kring takes two: the last bit depends on it.
COMPILER = ("g++", "-std=c++17", "-O3", "-march=native", "-ffp-contract=off", "-shared", "-fPIC")

ROWS = {
    "clients": "Client", "ties": "Tie", "members": "Member", "professionals": "Professional",
    "teams": "Team", "policies": "Policy", "parameters": "Parameters", "town": "Town",
    "domains": "Domain", "kinds": "Kind", "provisions": "Provision", "municipality": "Week",
    "episodes": "Episode",
}  # fmt: skip
COUNTED = ("teams", "municipality", "episodes")
TYPES = {
    "f8": "double", "f4": "float", "i8": "int64_t", "i4": "int32_t", "i2": "int16_t",
    "i1": "int8_t", "b1": "bool",
}  # fmt: skip
EVERYWHERE = ("rows", "field", "calendar", "choices")  # modules whose numbers need no prefix
BY_MODULE = (
    *("draws", "episodes", "money", "behaviour.belief", "behaviour.problem", "behaviour.entrance"),
    *("behaviour.member", "behaviour.network", "behaviour.referral"),
)


def there_is_a_compiler() -> bool:
    """Whether g++ is on this machine."""
    return shutil.which(COMPILER[0]) is not None


def struct_of(name: str, row: np.dtype) -> str:
    """A row as a C++ struct; it has to be as long as the row."""
    columns = []
    for column in row.names or ():
        sizes = "".join(f"[{n}]" for n in row[column].shape)
        columns.append(f"  {TYPES[row[column].base.str[1:]]} {column}{sizes};")
    same = f'static_assert(sizeof({name}) == {row.itemsize}, "{name} is laid out otherwise");'
    return "\n".join([f"struct {name} {{", *columns, "};", same])


def numbers_of(*modules: str) -> str:
    """The numbers that modules name, for C++."""
    named: dict[str, Any] = {}
    for module in modules:
        named |= vars(import_module(f"kring.simulation.{module}"))
    return "\n".join(
        f"constexpr {'double' if isinstance(value, float) else 'int64_t'} {name} = {value};"
        for name, value in named.items()
        if name.isupper() and type(value) in (int, float, np.int64)
    )


def header(world: World) -> str:
    """All that the twin takes from Kring: rows, numbers, and the world it is given."""
    parts = [struct_of(row, getattr(world, table).dtype) for table, row in ROWS.items()]
    parts.append(numbers_of(*EVERYWHERE))
    for module in BY_MODULE:
        name = module.rpartition(".")[2]
        parts.append(f"namespace {name} {{\n{numbers_of(module)}\n}}")
    pointers = [f"{row} *{table};" for table, row in ROWS.items()]
    counts = [f"int64_t n_{table};" for table in COUNTED]
    rest = ["int64_t *episode_count;", "int64_t seed;"]
    parts.append("\n".join(["struct World {", *pointers, *counts, *rest, "};"]))
    return "\n".join(parts) + "\n"


class Given(ctypes.Structure):
    """A world as the twin gets it."""

    _fields_ = (
        *((table, ctypes.c_void_p) for table in ROWS),
        *((f"n_{table}", ctypes.c_int64) for table in COUNTED),
        ("episode_count", ctypes.c_void_p),
        ("seed", ctypes.c_int64),
    )

    def __init__(self, world: World) -> None:
        tables = {table: np.asarray(getattr(world, table)) for table in (*ROWS, "episode_count")}
        super().__init__(
            **{table: rows.ctypes.data for table, rows in tables.items()},
            **{f"n_{table}": len(tables[table]) for table in COUNTED},
            seed=world.seed,
        )
        self.tables = tables  # what is pointed at has to stay


def build(world: World, folder: Path) -> Callable[[Given, int, int], None]:
    """Compile the twin in a folder, for worlds like this one; lives a phase of a week.

    The phase is told by its place in `TWINS`.
    """
    (folder / "rows.hpp").write_text(header(world))
    library = folder / "twin.so"
    command = [*COMPILER, f"-I{folder}", str(SOURCES / "week.cpp"), "-o", str(library)]
    subprocess.run(command, check=True)
    live_a_phase = ctypes.CDLL(str(library)).live_a_phase
    live_a_phase.argtypes = (ctypes.POINTER(Given), ctypes.c_int64, ctypes.c_int64)
    live_a_phase.restype = None
    return live_a_phase
