"""Faults of a reading of one's own: told as such, in one line that says where."""

import contextlib
import traceback
from collections.abc import Iterator
from types import FunctionType

from kring.experiments.reading.base import Reading
from kring.simulation.errors import KringError, shown


def check_reading(given: object) -> None:
    """Refuse what is no reading; none at all is the casebook's own.

    Raises
    ------
    KringError
        With how one is given.
    """
    if given is not None and not isinstance(given, Reading):
        raise KringError(
            f"reading = {shown(given)}: give one that is made, such as reading=Mine() of a class "
            "Mine(kring.Reading)"
        )


@contextlib.contextmanager
def told_as_its_own(reading: Reading) -> Iterator[None]:
    """Tell what goes wrong while a reading is used as a fault of it, unless it is Kring's.

    Raises
    ------
    KringError
        Which reading of which file failed, on which line, and with what.
    """
    try:
        yield
    except KringError:
        raise
    except Exception as error:
        if type(reading).__module__.startswith("kring.experiments."):
            raise
        raise KringError(
            f"{place_of(reading, error)}the reading {type(reading).__name__!r} fails: "
            f"{type(error).__name__}: {error}; all runs are kept: once it is mended, the same "
            "command goes on from there"
        ) from error


def place_of(reading: Reading, error: BaseException) -> str:
    """The file of a reading and the last line of it that took part in an error."""
    made = [one for one in vars(type(reading)).values() if isinstance(one, FunctionType)]
    if not made:
        return ""
    file = made[0].__code__.co_filename
    lines = [
        one.lineno for one in traceback.extract_tb(error.__traceback__) if one.filename == file
    ]
    return f"{file}, line {lines[-1]}: " if lines else f"{file}: "
