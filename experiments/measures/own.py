"""Measures of one's own, made in a notebook or a script: known by what they do.

What is kept of a run has a key; a measure that is made anew under the same name gives another key.
"""

import hashlib
from collections.abc import Callable, Iterable
from functools import partial
from types import CodeType, FunctionType
from typing import Any

from kring.experiments.measures import KRINGS, MEASURES, part_of
from kring.simulation import beside


def made_here(names: Iterable[str]) -> dict[str, str]:
    """The outcomes among these that Kring does not bring, and a short hash of what each does."""
    bases = dict.fromkeys(part_of(name).base for name in names)
    known = beside.outcomes()  # of extensions, which have a fingerprint
    own = {
        base: MEASURES[base]
        for base in bases
        if base not in known and MEASURES[base] is not KRINGS.get(base)
    }
    return {base: digest_of(measure.of) for base, measure in own.items()}


def digest_of(function: Callable[..., Any]) -> str:
    """Short hash of what a function does: its code, and what it finds around it."""
    parts = sorted(set(told(function, set())))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def told(value: Any, seen: set[int]) -> Iterable[str]:
    """What a value says of itself; of a function, all that it goes by."""
    if isinstance(value, partial):
        yield from (line for one in (value.func, *value.args) for line in told(one, seen))
        yield repr(sorted(value.keywords.items()))
    elif isinstance(value, FunctionType):
        if id(value) not in seen:
            seen.add(id(value))
            yield from told_by(value, seen)
    elif callable(value):
        yield f"{getattr(value, '__module__', '')}.{getattr(value, '__qualname__', value)}"
    else:
        yield repr(value)


def told_by(function: FunctionType, seen: set[int]) -> Iterable[str]:
    """The code of a function, and the values it finds around it."""
    yield from told_in(function.__code__)
    around = [function.__defaults__, function.__kwdefaults__]
    around += [cell.cell_contents for cell in function.__closure__ or ()]
    found = function.__globals__
    around += [found[name] for name in names_in(function.__code__) if name in found]
    for one in around:
        yield from told(one, seen)


def told_in(code: CodeType) -> Iterable[str]:
    """The steps and constants of code, and of code within it."""
    yield f"{code.co_code.hex()} {code.co_names}"
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from told_in(constant)
        else:
            yield repr(constant)


def names_in(code: CodeType) -> Iterable[str]:
    """Names that code asks for, and code within it."""
    yield from code.co_names
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from names_in(constant)
