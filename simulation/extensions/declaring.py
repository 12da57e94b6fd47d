"""What an extension declares, checked: names, and quantities with unit, range and source."""

import inspect
import keyword
import re
from collections.abc import Mapping
from typing import Any

import numpy as np

from kring.simulation.errors import KringError, nearest, shown
from kring.simulation.settings import quantity

ALSO = ("likely", "off")  # can be said of a quantity
WORDS = ("does", "nl", "unit", "source", "code")


def is_name(name: object) -> bool:
    """Whether something can be the name of a column, a lever, ...: that of no row's own parts."""
    is_word = isinstance(name, str) and re.fullmatch("[a-z][a-z0-9_]*", name) is not None
    return is_word and not keyword.iskeyword(str(name)) and not hasattr(np.record, str(name))


def is_number(value: object) -> bool:
    """Whether something is a number that isn't endless."""
    return isinstance(value, int | float | np.number) and bool(np.isfinite(value))


def check_quantity(called: str, default: object, declared: Mapping[str, Any]) -> None:
    """Refuse a quantity that isn't declared whole, or whose value or likely range lies outside.

    Raises
    ------
    KringError
        With what is wrong.
    """
    check_keys(called, declared)
    for one in (word for word in WORDS if word in declared):
        if not isinstance(declared[one], str):
            raise KringError(f"{called}: {one} = {shown(declared[one])} is no text")
    low, high = declared["low"], declared["high"]
    for what, value in (("low", low), ("high", high), ("its default", default)):
        if not is_number(value):
            raise KringError(f"{called}: {what} = {shown(value)} is no number")
    if not low <= default <= high:
        raise KringError(f"{called} = {default} by default lies outside {low} to {high}")
    if "likely" in declared:
        check_likely(called, declared["likely"], low, high)


def check_keys(called: str, declared: Mapping[str, Any]) -> None:
    """Refuse what can't be said of a quantity, and what isn't said of it."""
    wanted = inspect.signature(quantity).parameters
    known = [*(name for name in wanted if name not in ("default", "more")), *ALSO]
    for one in declared:
        if one not in known:
            raise KringError(f"{called} is declared with {one}=; {nearest(one, known)}")
    needed = [n for n, p in wanted.items() if p.kind is p.KEYWORD_ONLY and p.default is p.empty]
    for one in ("does", *needed):
        if one not in declared:
            raise KringError(f"{called} is declared without {one}=")


def check_likely(called: str, likely: Any, low: float, high: float) -> None:
    """Refuse a likely range that isn't one."""
    is_pair = isinstance(likely, tuple | list) and len(likely) == 2 and all(map(is_number, likely))
    if not is_pair or not low <= likely[0] <= likely[1] <= high:
        raise KringError(
            f"{called}: likely = {shown(likely)} is no low and high within {low} to {high}"
        )
