"""Handles: a model and the number of a row, with columns to read and write, and verbs.

The columns of a handle read and write its row; its verbs call the behaviour functions that the
week calls, with all that the model knows filled in by name. So what a lesson shows of one client
is what a run does to everybody.

Verbs do what the week would do now, with the luck of the coming week; most only tell, and those
that write say so. What is done by hand is not written into the episodes.
"""

import functools
import inspect
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import numpy as np
import pandas as pd

from kring.simulation.beside import own_columns
from kring.simulation.columns import column, place
from kring.simulation.errors import KringError, nearest, shown
from kring.simulation.field import DOMAINS


class Handle:
    """Reads and writes one row of a model's world.

    Parameters
    ----------
    model : SupportNetworkModel
        The model.
    number : int
        Number of the row.
    """

    table: ClassVar[str]  # in the world
    columns: ClassVar[tuple[Any, ...]]
    called: ClassVar[str]  # by the behaviour functions
    own: ClassVar[set[str]] = {"model", "number", "unique_id", "pos", "current_action"}  # Mesa's

    def __init_subclass__(
        cls, table: str = "", columns: tuple[Any, ...] = (), called: str = "", **more: Any
    ) -> None:
        super().__init_subclass__(**more)
        if table:
            cls.table, cls.columns, cls.called = table, columns, called
            for name, *what in columns:
                if name not in vars(cls):
                    setattr(cls, name, column(name, *what))

    def __init__(self, model: Any, number: int) -> None:
        self.model: Any = model
        self.number: int = number

    @property
    def row(self) -> np.record:
        """The row itself: the memory that the week reads and writes."""
        return getattr(self.model.world, self.table)[self.number]

    def describe(self) -> pd.DataFrame:
        """All columns, those of extensions too: value, unit and what it is."""
        own = own_columns(self.table.removesuffix("s"), self.model.run.own.extensions)
        columns = (*self.columns, *own)
        rows = [(name, getattr(self, name), unit, about) for name, _, unit, about in columns]
        return pd.DataFrame(rows, columns=["column", "value", "unit", "about"]).set_index("column")

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.number}>"

    def __getattr__(self, name: str) -> Any:
        if (column := self._of_an_extension(name)) is not None:
            return column[self.number].item()
        raise AttributeError(self._has_no(name))

    def __setattr__(self, name: str, value: Any) -> None:
        # A misspelt column would else become an attribute that nothing reads.
        if name in self.own or name.startswith("_") or hasattr(type(self), name):
            super().__setattr__(name, value)
        elif (column := self._of_an_extension(name)) is not None:
            column[self.number] = value
        else:
            raise AttributeError(self._has_no(name))

    def _of_an_extension(self, name: str) -> np.ndarray | None:
        if name.startswith("_") or name in self.own:
            return None
        return self.model.run.own.columns_of(self.table).get(name)

    def _has_no(self, name: str) -> str:
        known = [n for n in dir(type(self)) if not n.startswith("_")]
        return f"{type(self).__name__} has no {name!r}; {nearest(name, known)}"


def circumstances(handle: Handle, said: Mapping[str, Any]) -> dict[str, Any]:
    """All that a behaviour function may ask for, by the name it has there.

    Parameters
    ----------
    handle : Handle
        Whose verb it is.
    said : mapping
        What the caller gave: another person, hours, a domain.
    """
    world = handle.model.world
    persons = {handle.called: handle}
    for name, value in said.items():
        if name in ("client", "member"):
            if getattr(value, "called", None) != name:
                raise KringError(f"{name} takes a handle of a {name}, not {shown(value)}")
            persons[name] = value
    known = {
        "world": world,
        "parameters": world.parameters,
        "domains": world.domains,
        "kinds": world.kinds,
        "seed": world.seed,
        "week": handle.model.week,
        **said,
        **{name: person.row for name, person in persons.items()},
    }
    if "domain" in said:
        known["domain"] = place(said["domain"], DOMAINS)
    if "client" in persons:
        client = persons["client"]
        known["client_row"] = client.number
        known["policy"] = world.policies[client.row["policy"]]
        known["supporters"] = client.row["supporting"]
        if "member" in persons:
            known["tie"] = client.tie_with(persons["member"]).row
    elif "worker" in persons:
        known["policy"] = world.policies[world.teams[handle.row["team"]].policy]
    return known


def verb(function: Callable[..., Any], *asks: str, **usual: Any) -> Callable[..., Any]:
    """Make a method of a behaviour function.

    Parameters
    ----------
    function : callable
        The behaviour: compiled, or plain under ``NUMBA_DISABLE_JIT=1``.
    asks : str
        The arguments that the caller gives; the circumstances give all others.
    usual : dict
        Usual values of these.
    """
    plain = getattr(function, "py_func", function)
    wanted = list(inspect.signature(plain).parameters)
    either = inspect.Parameter.POSITIONAL_OR_KEYWORD
    signature = inspect.Signature(
        [inspect.Parameter("self", either)]
        + [
            inspect.Parameter(name, either, default=usual.get(name, inspect.Parameter.empty))
            for name in asks
        ]
    )

    @functools.wraps(plain)
    def method(*args: Any, **kwargs: Any) -> Any:
        try:
            said = signature.bind(*args, **kwargs)
        except TypeError as error:
            takes = ", ".join(asks) or "nothing"
            raise KringError(f"{plain.__name__}: {error}; it takes {takes}") from None
        said.apply_defaults()
        handle = said.arguments.pop("self")
        known = circumstances(handle, said.arguments)
        return function(*(known[name] for name in wanted))

    method.__signature__ = signature
    return method
