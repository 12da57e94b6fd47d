"""Extras: packages that only some studies need, asked for in one line where they are missing."""

import warnings
from importlib import import_module
from types import ModuleType

from kring.simulation.errors import KringError


def extra(module: str, what: str, name: str) -> ModuleType:
    """A module of an optional package.

    Raises
    ------
    KringError
        If it is not installed, with the command that does so.
    """
    try:
        with warnings.catch_warnings():  # of what the package could use besides
            warnings.simplefilter("ignore")
            return import_module(module)
    except ImportError:
        raise KringError(f"{what} needs: pip install 'kring[{name}]'") from None
