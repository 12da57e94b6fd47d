"""The casebook: the studies that come with Kring, each with its reading beside it."""

import inspect
import sys
from importlib import import_module
from pathlib import Path
from runpy import run_path
from typing import TYPE_CHECKING

from kring.experiments.study.plan import Plan
from kring.simulation.errors import KringError

if TYPE_CHECKING:  # loaded when a reading is asked for
    from kring.experiments.reading.base import Reading


def reading_of(plan: Plan) -> "Reading":
    """The reading of a study: one of the casebook, or the usual one.

    A file of the user's own does not run by itself: `own_reading` takes it where it is named.
    """
    from kring.experiments.reading.base import Reading

    if not plan.reading or plan.reading.endswith(".py"):
        return Reading()
    module = import_module(f"{__name__}.{plan.reading}.reading")
    return _only_reading(vars(module), plan.reading)


def own_reading(file: Path) -> "Reading":
    """A reading of one's own, from a Python file that the user has named.

    Raises
    ------
    KringError
        If the file cannot be read or run, or does not have one class that inherits `Reading`.
    """
    if not file.is_file():
        raise KringError(f"no file {file} to read the result with")
    sys.path.insert(0, str(file.resolve().parent))  # as for any script: modules beside it are found
    try:
        content = run_path(str(file))
    except Exception as error:
        raise KringError(f"{file} cannot be run: {type(error).__name__}: {error}") from error
    return _only_reading(content, str(file))


def _only_reading(content: dict[str, object], where: str) -> "Reading":
    from kring.experiments.reading.base import Reading

    found = [
        one for one in content.values()
        if inspect.isclass(one) and issubclass(one, Reading) and one is not Reading
    ]  # fmt: skip
    own = [
        one
        for one in found
        if not any(other is not one and issubclass(other, one) for other in found)
    ]
    if len(own) != 1:
        raise KringError(f"{where} has {len(own)} classes that inherit Reading; it takes one")
    return own[0]()
