"""Columns of a row as attributes: codes as words, rows as persons, bits as sets of names."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Protocol

import numpy as np

from kring.simulation.choices import TASKS
from kring.simulation.errors import KringError, nearest, shown
from kring.simulation.field import DISCIPLINES, DOMAINS, PROVISIONS, TIE_KINDS
from kring.simulation.rows import ENTRANCES, PLANS, ROLES, STAGES, TIE_STATES


class Held(Protocol):
    """What has a row of a model's world: a handle."""

    model: Any
    number: int
    row: Any


# Words for the codes of a column, by its unit.
WORDS = {
    "stage": STAGES,
    "entrance": ENTRANCES,
    "plan": PLANS,
    "kind": TIE_KINDS,
    "state": TIE_STATES,
    "discipline": DISCIPLINES,
    "role": ROLES,
}
# Columns that hold the row of somebody, and where to find that handle.
PERSONS = {"caseworker": "professionals", "coordinator": "professionals", "member": "members"}
# Columns that hold a set as bits, and the names of its members.
SETS = {
    **dict.fromkeys(("hidden", "brewing", "passing", "had"), DOMAINS),
    **dict.fromkeys(("at_agency", "referred"), DISCIPLINES),
    "provided": PROVISIONS,
}
# Columns that hold several numbers, and what each is of; elsewhere as many as there are tell it.
NUMBERS = {
    **dict.fromkeys(("wanted", "share"), TASKS),
    **dict.fromkeys(("provided_until", "decision_week"), PROVISIONS),
}
NOBODY = -1
# What people and teams come with; all other columns move in a run.
STATIC = {
    "clients": {
        "id", "first_tie", "n_ties", "entry_week", "entrance", "team", "policy", "self_reliance",
        "asking_barrier", "children", "age", "low_education", "assistance",
    },
    "ties": {"id", "member"},
    "members": {"id", "spare_hours"},
    "professionals": {"hours", "contract", "rate", "team", "discipline", "trade", "role"},
    "teams": {
        "id", "first_client", "end_client", "first_professional", "end_professional",
        "first_coordinator", "first_agency", "first_tie", "policy", "clients_a_week",
    },
}  # fmt: skip


def place(name: str, names: tuple[str, ...]) -> int:
    """Where a name stands among the names there are.

    Raises
    ------
    KringError
        For an unknown name, with the nearest known one.
    """
    if name not in names:
        raise KringError(f"no {name!r}; {nearest(str(name), names)}")
    return names.index(name)


class ByName(Mapping[str, Any]):
    """Some numbers of a row by name, such as what holds the problem of each domain in place."""

    def __init__(self, names: tuple[str, ...], values: np.ndarray) -> None:
        self.names: tuple[str, ...] = names
        self.values_in_row: np.ndarray = values

    def __getitem__(self, name: str) -> float:
        return self.values_in_row[place(name, self.names)].item()

    def __setitem__(self, name: str, value: float) -> None:
        self.values_in_row[place(name, self.names)] = value

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)

    def __repr__(self) -> str:
        return repr({name: value for name, value in self.items() if value})


def number_column(name: str, about: str) -> property:
    """A column that holds a number or a yes or no."""

    def read(handle: Held) -> float:
        return handle.row[name].item()

    def write(handle: Held, value: float) -> None:
        try:
            handle.row[name] = value
        except (TypeError, ValueError, OverflowError):
            wanted = "a smaller number" if isinstance(value, int) else "a number"
            raise KringError(f"{name} = {shown(value)}: it takes {wanted}") from None

    return property(read, write, doc=about)


def word_column(name: str, about: str, words: tuple[str, ...]) -> property:
    """A column that holds a code, read and written as a word."""

    def read(handle: Held) -> str:
        return words[handle.row[name]]

    def write(handle: Held, word: str) -> None:
        handle.row[name] = place(word, words)

    return property(read, write, doc=f"{about}: {', '.join(words)}")


def person_column(name: str, about: str, table: str) -> property:
    """A column that holds somebody's row, read and written as a handle; None for nobody."""

    def read(handle: Held) -> Held | None:
        number = handle.row[name]
        return None if number == NOBODY else getattr(handle.model, table)[number]

    def write(handle: Held, person: Held | None) -> None:
        if person is not None and getattr(person, "table", None) != table:
            raise KringError(f"{name} = {shown(person)}: it takes one of model.{table}, or None")
        handle.row[name] = NOBODY if person is None else person.number

    return property(read, write, doc=about)


def set_column(name: str, about: str, names: tuple[str, ...]) -> property:
    """A column that holds a set as bits, read and written as names."""

    def read(handle: Held) -> tuple[str, ...]:
        bits = int(handle.row[name])
        return tuple(word for i, word in enumerate(names) if bits >> i & 1)

    def write(handle: Held, words: Iterable[str]) -> None:
        handle.row[name] = sum(1 << i for i in {place(word, names) for word in words})

    return property(read, write, doc=about)


def numbers_column(name: str, about: str, length: int) -> property:
    """A column that holds a number for each domain, discipline, task or provision."""
    names = NUMBERS.get(name, DOMAINS if length == len(DOMAINS) else DISCIPLINES)

    def read(handle: Held) -> ByName:
        return ByName(names, handle.row[name])

    def write(handle: Held, value: Any) -> None:
        raise KringError(f"{name}: set one number by name, such as {name}[{names[0]!r}]")

    return property(read, write, doc=about)


def column(name: str, kind: Any, unit: str, about: str) -> property:
    """The attribute that reads and writes one column of a row."""
    about = f"{about} ({unit})" if unit else about
    if isinstance(kind, tuple):
        return numbers_column(name, about, kind[1][0])
    if unit in WORDS:
        return word_column(name, about, WORDS[unit])
    if name in PERSONS:
        return person_column(name, about, PERSONS[name])
    if name in SETS:
        return set_column(name, about, SETS[name])
    return number_column(name, about)
