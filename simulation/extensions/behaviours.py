"""Behaviour of one's own: a function that is called for each client, tie, ... at a named place.

It asks by the names of its parameters. Around it stands a function, written here, that finds what
it asks for; the two are compiled together, and called by their address.
"""

import ast
import hashlib
import inspect
import math
import re
from collections.abc import Callable
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kring.simulation import machine_code
from kring.simulation.behaviour import places
from kring.simulation.compiled import OPTIONS, PLAIN, cache_folder, tried
from kring.simulation.errors import KringError, nearest, shown
from kring.simulation.extensions.asking import CAN_ASK, EACH, TABLE_OF, around
from kring.simulation.extensions.checked import Checked
from kring.simulation.extensions.written import (
    all_called,
    always_returns,
    check_calls,
    check_ends,
    check_luck,
    check_outside,
    check_words,
    made_of,
    source,
    tree,
)
from kring.simulation.rows import CLIENT, ENTRANCES, MEMBER, NOT_YET, PROFESSIONAL, TEAM, TIE
from kring.simulation.week import PHASES

if TYPE_CHECKING:
    from kring.simulation.extensions.extension import Extension

CHANCES = {
    "chance_to_say_yes": "that a member who is asked begins to help, or steps in for another",
    "chance_to_stop": "that a supporter stops, in a week",
    "chance_to_end": "that a tie ends, in a quarter",
    "chance_to_lapse": "that the network's plan goes out of use, in a week",
    "chance_to_come_back": "that a client whose case was closed comes back, in a week",
}

COLUMNS = {
    name: tuple(column[0] for column in table)
    for name, table in {
        "client": CLIENT, "tie": TIE, "member": MEMBER, "professional": PROFESSIONAL, "team": TEAM,
    }.items()
}  # fmt: skip
OF_NUMBA = re.compile(rb"\0((?:numba|NRT)_\w+)\0")  # names in an object file
OF_EVERYBODY = ("policy", "parameters", "town", "levers", "strengths", "codes", "kinds")
HOLDS_TOGETHER = ("id", "n_ties", "team", "policy", "member")


def place_of_phase(phase: str, *, is_after: bool) -> int:
    """The place before or after a phase of the week.

    Raises
    ------
    KringError
        For an unknown phase.
    """
    names = [one.name for one in PHASES]
    if phase not in names:
        raise KringError(f"no phase {shown(phase)} in the week; {nearest(str(phase), names)}")
    return places.before(names.index(phase)) + is_after


def place_of_chance(chance: str) -> tuple[int, str]:
    """The place of a chance that has a name, and of whom it is: a client or a tie.

    Raises
    ------
    KringError
        For an unknown chance.
    """
    if chance not in CHANCES:
        raise KringError(f"no chance {shown(chance)}; {nearest(str(chance), CHANCES)}")
    return places.CHANCES.index(chance), "tie" if chance in places.OF_TIES else "client"


class OwnBehaviour:
    """A function of an extension at a place of the week.

    Parameters
    ----------
    extension : Extension
        Whose it is.
    function : callable
        What happens; asks by the names of its parameters.
    place : int
        Where, as `places` counts.
    each : str
        For whom: each client, tie, professional or team.

    Raises
    ------
    KringError
        For a parameter that nothing answers to.
    """

    def __init__(
        self, extension: "Extension", function: Callable[..., Any], place: int, each: str
    ) -> None:
        if not inspect.isfunction(function) or not function.__name__.isidentifier():
            raise KringError(f"{extension.name}: a behaviour is a function with a name, by def")
        self.extension, self.function, self.place, self.each = extension, function, place, each
        self.is_chance = place < places.FIRST_PHASE
        self.asked = list(inspect.signature(function).parameters)
        known = [*CAN_ASK[each], "own"]
        if not self.is_chance:
            known.remove("chance")
        for name in self.asked:
            if name not in known:
                raise KringError(f"{self.called} asks for {name!r}; {nearest(name, known)}")
        source(function)

    @property
    def called(self) -> str:
        """What it is called where something is said of it."""
        return f"{self.extension.name}.{self.function.__name__}"

    def around(self, symbol: str) -> str:
        """The source of the function that finds what it asks for, and calls it."""
        return around(symbol, self.asked, self.each, is_chance=self.is_chance)

    @property
    def symbol(self) -> str:
        """A name for its machine code that nothing else has: it tells all that the code holds."""
        told = f"{self.extension.fingerprint()} {self.place} {self.each} {self.asked}"
        return f"kring_{digest(told + made_of(self.function))}"

    def compiled_around(self, symbol: str) -> Callable[..., float]:
        """The function around it, as Python has it."""
        from kring.simulation.extensions.reading import rows_at

        known: dict[str, Any] = {"rows_at": rows_at(), "act": self.function}
        if not PLAIN:
            known["act"] = Checked(inspect.unwrap(self.function), inline=True)
        for table in TABLE_OF:
            known[f"{table}_row_"] = self.extension.row_type(table)
        exec(compile(self.around(symbol), f"<{self.called}>", "exec"), known)
        made: Callable[..., float] = known[symbol]
        made.__name__ = self.called  # said while it is compiled
        return made

    def address(self, world: Any) -> int:
        """Where its machine code lies; compiles it when it is asked first.

        Raises
        ------
        KringError
            Where it can't be compiled, in one line.
        """
        symbol = self.symbol
        if symbol not in ADDRESSES:
            self.check()
            made = self.compiled_around(symbol)
            given = (world, 0, 0, 0, 0, 0.0)
            ADDRESSES[symbol] = (
                stand_in(made, self.called) if PLAIN else self.at_work(symbol, made, given)
            )
        return ADDRESSES[symbol]

    def at_work(self, symbol: str, around: Callable[..., float], given: tuple[Any, ...]) -> int:
        """Find its machine code among what is kept, or make it."""
        numba: Any = import_module("numba")

        try:
            if not tried():
                own_way = numba.njit(**OPTIONS)(around)
                own_way.compile(tuple(numba.typeof(one) for one in given))
                (found,) = own_way.overloads.values()
                STAY.append(own_way)
                where: int = found.library.get_pointer_to_function(found.fndesc.llvm_func_name)
                return where
            return machine_code.address(self.kept_or_made(symbol, around, given))
        except (numba.core.errors.NumbaError, RecursionError) as error:
            raise KringError(f"{self.called}: {in_one_line(error, self.function)}") from None

    def kept_or_made(
        self, symbol: str, around: Callable[..., float], given: tuple[Any, ...]
    ) -> machine_code.Code:
        """Machine code that is kept, if all it is made of is the same; kept if it is in a file."""
        from kring.simulation import once

        folder = cache_folder() if self.extension.files() else None
        of = digest(f"{machine_code.kind(given)} {machinery()}")
        path = folder and folder / f"{symbol}-{of}.code"
        code = machine_code.read(path) if path else None
        if code is None:
            code = once.make(around, given)
            self.check_alone(code)
            if path:
                machine_code.write(code, path)
        return code

    def check_alone(self, code: machine_code.Code) -> None:
        """Refuse machine code that needs Numba itself, which the next start is without."""
        if found := OF_NUMBA.search(code.object):
            raise KringError(f"{self.called} needs {found[1].decode()}, which is Numba's own")

    def check(self) -> None:
        """Refuse what can't be compiled or may never end, and a column that a row hasn't.

        Raises
        ------
        KringError
            With the function, and the line or the nearest column.
        """
        for one in all_called(self.function):
            check_words(self.called, one)
            check_ends(self.called, one)
            check_luck(self.called, one)
            check_outside(self.called, one)
            check_calls(self.called, one)
        if self.is_chance and not always_returns(tree(self.function)):
            raise KringError(
                f"{self.called} has to return the changed chance, whichever way it goes"
            )
        self.check_columns()

    def check_columns(self) -> None:
        """Refuse a column that a row hasn't, before anything is compiled."""
        columns = dict(COLUMNS)
        for name in (*EACH, "member"):
            columns[f"own_{name}"] = self.extension.row_type(name).names or ()
        columns["own"] = columns[f"own_{self.each}"]
        for name, table in (("levers", "levers"), ("strengths", "strengths"), ("codes", "kinds")):
            columns[name] = self.extension.row_type(table).names or ()
        for row in self.asked:
            if not columns.get(row, "any"):
                raise KringError(
                    f"{self.called} asks for {row}, and {self.extension.name} has none"
                )
        for node in ast.walk(tree(self.function)):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                row, column = node.value.id, node.attr
                if row not in self.asked:
                    continue
                if row in columns and column not in columns[row]:
                    raise KringError(
                        f"{self.called}: {row} has no {column!r}; {nearest(column, columns[row])}"
                    )
                if isinstance(node.ctx, ast.Store) and (why := stays(row, column)):
                    raise KringError(f"{self.called} changes {row}.{column}: {why}")


def stays(row: str, column: str) -> str:
    """Why a behaviour can't change a column, or nothing."""
    if row in OF_EVERYBODY:
        return "that is the same for everybody it holds for, and in all other runs"
    if row in COLUMNS and (column in HOLDS_TOGETHER or column.startswith(("first_", "end_"))):
        return "by that the rows of a town find each other"
    return ""


class AddsUp(OwnBehaviour):
    """Adds up the outcomes of an extension each week: of whom Kring's outcomes count."""

    def __init__(self, extension: "Extension") -> None:
        after = place_of_phase("week is recorded", is_after=True)
        super().__init__(extension, adds_up, after, "client")

    def around(self, symbol: str) -> str:
        """The source of the function that adds up."""
        names = self.extension.row_type("sums").names or ()
        routes = len(ENTRANCES)
        return "\n".join(
            [
                f"def {symbol}(world, extension, row, tie_row, week, chance):",
                "    own = world.extensions.own",
                "    client_ = rows_at(own[extension, 0], len(world.clients), client_row_)",
                f"    sums = own[extension, {places.TABLES.index('sums')}]",
                f"    sums_ = rows_at(sums, len(world.weekly) * {routes}, sums_row_)",
                "    here = world.teams[row]",
                "    for client_row in range(here.first_client, here.end_client):",
                "        client = world.clients[client_row]",
                f"        if client.stage != {NOT_YET} and not client.past:",
                f"            there = sums_[week * {routes} + client.entrance]",
                *(f"            there.{name} += client_[client_row].{name}" for name in names),
                "    return chance\n",
            ]
        )

    def check(self) -> None:
        """It was checked when the outcome was declared."""


def adds_up() -> None:
    """Outcomes are added up."""


ADDRESSES: dict[str, int] = {}  # of what has been made, by symbol
STAY: list[Any] = []  # what Numba made in its own way, and would throw away


def stand_in(around: Callable[..., float], called: str) -> int:
    """Without a compiler: a number that stands for the function."""

    def watched(*given: Any) -> float:
        chance = around(*given)
        if math.isnan(chance):
            raise KringError(f"{called} makes the chance no number (NaN)")
        return chance

    number = len(places.call.plain) + 1
    places.call.plain[number] = watched
    return number


@cache
def machinery() -> str:
    """Short hash of what is compiled along with a behaviour."""
    files = sorted(Path(__file__).parent.glob("*.py"))
    return digest("".join(path.read_text(encoding="utf-8") for path in files))


def digest(text: str) -> str:
    """Short hash of a text."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def in_one_line(error: Exception, function: Callable[..., Any]) -> str:
    """What Numba says, in a line."""
    text = str(error)
    if found := re.search(r"Untyped global name '(\w+)'", text):
        what = inspect.unwrap(function).__globals__.get(found[1])
        if inspect.isfunction(what):
            return f"{found[1]} is plain Python: decorate it with @helper, so that it is compiled"
        return f"{found[1]} is nothing that can be compiled: numbers and behaviours can"
    if found := re.search(r"name '(\w+)' is not defined", text):
        return f"{found[1]} is not defined"
    text = re.sub(r" of type (array|Record)\(.*", " in these rows", text)
    if found := re.search(r"built-in function (\w+)>", text):
        text = f"{found[1]} can't be compiled with what it is given\n{text}"
    text = text.replace("- Resolution failure for literal arguments:", "that can't be compiled")
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    said = [s for s in lines if not s.startswith(("Failed in", "During", "File", "There are"))]
    what = said[0].removesuffix(" found for signature:") if said else "it cannot be compiled"
    file = re.escape(inspect.unwrap(function).__code__.co_filename)
    where = re.search(rf'File "{file}", line (\d+)|{file} \((\d+)\)', text)
    return f"{what} (line {where[1] or where[2]})" if where else what
