"""Functions of one's own, compiled: unlike Kring's, they stop at a row that isn't there."""

from collections.abc import Callable
from functools import cached_property
from importlib import import_module
from typing import Any

from kring.simulation.compiled import OPTIONS, PLAIN, Behaviour, numbas_own_way, tried


class Checked(Behaviour):
    """A function that looks, at each row that it reads or writes, whether that is there."""

    @cached_property
    def part(self) -> Any:
        """The function as compiled code calls it."""
        if not tried():
            return numbas_own_way(self.py_func, forceinline=self.inline, boundscheck=True)
        from kring.simulation.once import FOR_CODE

        how = {"forceinline": self.inline, "boundscheck": True, "no_cpython_wrapper": True}
        numba: Any = import_module("numba")
        return numba.njit(**OPTIONS, **how, pipeline_class=FOR_CODE)(self.py_func)


def helper(function: Callable[..., Any]) -> Callable[..., Any]:
    """Compile a function of one's own that a behaviour calls."""
    return function if PLAIN else Checked(function, inline=True)
