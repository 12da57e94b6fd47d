"""What a behaviour of one's own is written with: its source, what it calls, and what it may say."""

import ast
import inspect
import random
import textwrap
from collections.abc import Callable, Iterator
from functools import cache
from types import ModuleType
from typing import Any

import numpy as np

from kring.simulation.errors import KringError, shown

Function = Callable[..., Any]

# What Numba can't compile without memory of its own, or only seems to.
NO_CODE_FOR: dict[type[ast.AST], str] = {
    ast.JoinedStr: "a text",
    ast.List: "a list",
    ast.ListComp: "a list",
    ast.GeneratorExp: "a generator",
    ast.Dict: "a dictionary",
    ast.DictComp: "a dictionary",
    ast.Set: "a set",
    ast.SetComp: "a set",
    ast.FunctionDef: "a function within a function",
    ast.Lambda: "a lambda",
    ast.Yield: "yield",
    ast.YieldFrom: "yield",
    ast.Await: "await",
    ast.AsyncFunctionDef: "async",
    ast.Raise: "raise",
    ast.Assert: "assert",
    ast.Try: "try",
    ast.With: "with",
    ast.Import: "import",
    ast.ImportFrom: "import",
    ast.Global: "global",
}
NUMBERS = (
    "a behaviour has numbers: a state is GUIDED or another of kring.extend, an episode codes.name; "
    'DOMAINS.index("finances") and a decision are found outside the function'
)
MAY_NEVER_END = "may never end, and nothing could stop it: go over a range, with for"
GENERATORS = (random.Random, np.random.RandomState, np.random.Generator)
NO_CALLS = ("print", "input", "open")  # it waits for Python, which waits for it


@cache
def source(function: Function) -> str:
    """The source of a function, as it was when it was first asked: a file may change.

    Raises
    ------
    KringError
        Where there is none, as in what is typed at a prompt.
    """
    try:
        return textwrap.dedent(inspect.getsource(inspect.unwrap(function)))
    except (OSError, TypeError):
        raise KringError(f"{function.__name__}: write it in a file, or in a notebook") from None


def tree(function: Function) -> ast.FunctionDef:
    """The source of a function, taken apart."""
    found = ast.parse(source(function)).body[0]
    if not isinstance(found, ast.FunctionDef):
        raise KringError(f"{function.__name__}: a behaviour is a function with a name, by def")
    return found


def values_in(function: Function) -> dict[str, Any]:
    """What a function finds outside itself, by name; of a module, what is asked of that."""
    function = inspect.unwrap(function)
    closed = inspect.getclosurevars(function)
    found = dict(sorted({**closed.globals, **closed.nonlocals}.items()))
    for name, module in list(found.items()):
        if isinstance(module, ModuleType):
            asked = [one for one in function.__code__.co_names if one in vars(module)]
            found |= {f"{name}.{one}": vars(module)[one] for one in asked}
    return found


def all_called(function: Function) -> Iterator[Function]:
    """A function and all of one's own that it calls, each once; Kring's are known."""
    ahead, seen = [function], list[Function]()
    while ahead:
        one = ahead.pop()
        if one in seen:
            continue
        seen.append(one)
        yield one
        ahead += called_by(one)


def called_by(function: Function) -> list[Function]:
    """The functions of one's own that a function calls itself."""
    helpers = [getattr(value, "py_func", None) for value in values_in(function).values()]
    return [h for h in helpers if h and not h.__module__.startswith(("kring.", "numba."))]


def asked_of_rows(function: Function) -> set[str]:
    """All columns that a function, or one that it calls, asks of any row."""
    nodes = (node for one in all_called(function) for node in ast.walk(tree(one)))
    return {node.attr for node in nodes if isinstance(node, ast.Attribute)}


def made_of(function: Function) -> str:
    """All that decides what a function does: its source, its numbers, and what it calls."""
    return "".join(f"{source(one)}{numbers_of(one)}" for one in all_called(function))


def numbers_of(function: Function) -> str:
    """The numbers that a function finds outside itself, as they are now."""
    told = {}
    for name, value in values_in(function).items():
        if isinstance(value, np.ndarray):
            told[name] = value.tolist()
        elif isinstance(value, int | float | str | tuple | np.generic):
            told[name] = value
    return str(told)


def check_ends(called: str, function: Function) -> None:
    """Refuse a function that comes back to itself: compiled, that is the end of the process.

    Raises
    ------
    KringError
        With the function.
    """
    if any(function in all_called(one) for one in called_by(function)):
        raise KringError(f"{called}: {function.__name__} calls itself, which {MAY_NEVER_END}")


def check_luck(called: str, function: Function) -> None:
    """Refuse luck that isn't keyed: it would differ from run to run, and move with who else draws.

    Raises
    ------
    KringError
        With the function.
    """
    for name, value in values_in(function).items():
        of = getattr(value, "__self__", value)  # `random` itself is of a hidden generator
        if of is random or of is np.random or isinstance(of, GENERATORS):
            raise KringError(
                f"{called}: {name} isn't keyed: name a decision of the extension, and draw by "
                "uniform(seed, DECISION, client.id, week)"
            )


def check_words(called: str, function: Function) -> None:
    """Refuse what can't be compiled or may never end, by its line.

    Raises
    ------
    KringError
        With the line, and what stands there.
    """
    nodes = list(within(function))
    told = [id(node.value) for node in nodes if isinstance(node, ast.Expr)]  # what it does
    for node in nodes:
        what = NO_CODE_FOR.get(type(node))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            what = node.func.id if node.func.id in NO_CALLS else None
        where = f"{called}, line {line_of(function, node)}"
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            raise KringError(f"{where}: {shown(node.value)} is a text, and {NUMBERS}")
        if isinstance(node, ast.While):
            raise KringError(f"{where}: while {MAY_NEVER_END}")
        if what:
            raise KringError(f"{where}: {what} can't be compiled: a behaviour has numbers and rows")


def check_calls(called: str, function: Function) -> None:
    """Refuse a call that gives a function too little or too much, by its line.

    Raises
    ------
    KringError
        With the line, and what the function wants.
    """
    known = values_in(function)
    for node in within(function):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        one = known.get(node.func.id)
        acts = getattr(one, "py_func", one)
        if not inspect.isfunction(acts):
            continue
        wants = inspect.signature(acts)
        try:
            wants.bind(*node.args, **{word.arg or "": word.value for word in node.keywords})
        except TypeError as error:
            raise KringError(
                f"{called}, line {line_of(function, node)}: {node.func.id}"
                f"({', '.join(wants.parameters)}): {error}"
            ) from None


def check_outside(called: str, function: Function) -> None:
    """Refuse lists and dictionaries that a function finds outside itself.

    Raises
    ------
    KringError
        With the name, and what can stand there.
    """
    for name, value in values_in(function).items():
        if isinstance(value, list | dict | set):
            kind = type(value).__name__
            raise KringError(f"{called}: {name} is a {kind}: write numbers, or a tuple of numbers")


def within(function: Function) -> Iterator[ast.AST]:
    """All that stands in a function, its decorators left out."""
    for statement in tree(function).body:
        yield from ast.walk(statement)


def line_of(function: Function, node: ast.AST) -> int:
    """In which line of its file something stands."""
    first: int = inspect.unwrap(function).__code__.co_firstlineno
    return first + int(getattr(node, "lineno", 1)) - 1


def always_returns(function: ast.FunctionDef) -> bool:
    """Whether something is given back, whichever way it goes."""
    returns = [one for one in ast.walk(function) if isinstance(one, ast.Return)]
    return all(one.value for one in returns) and ends_with_return(function.body)


def ends_with_return(body: list[ast.stmt]) -> bool:
    """Whether what comes last is a return, or an if with one on either side."""
    last = body[-1]
    if isinstance(last, ast.If):
        return ends_with_return(last.body) and bool(last.orelse) and ends_with_return(last.orelse)
    return isinstance(last, ast.Return)
