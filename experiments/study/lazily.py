"""Sequences whose members are made when they are asked for: a large design costs nothing."""

from collections.abc import Callable, Mapping, Sequence
from math import prod
from typing import Any, ClassVar, Generic, TypeVar, overload

T = TypeVar("T")


class Lazily(Sequence[T], Generic[T]):
    """So many members, each a function of its place.

    Parameters
    ----------
    size : int
        How many there are.
    at : callable
        Makes the one at a place, from 0.
    """

    def __init__(self, size: int, at: Callable[[int], T]) -> None:
        self.size: int = size
        self.at: Callable[[int], T] = at

    def __len__(self) -> int:
        return self.size

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> "Lazily[T]": ...
    def __getitem__(self, place: int | slice) -> "T | Lazily[T]":
        within = range(self.size)[place]
        if isinstance(within, range):
            return Lazily(len(within), lambda i: self.at(within[i]))
        return self.at(within)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__: ClassVar[None] = None  # type: ignore[assignment]


def combinations(levels: Mapping[str, Sequence[Any]]) -> Lazily[dict[str, Any]]:
    """Every combination of what each name can be, the last name fastest.

    Examples
    --------
    >>> list(combinations({"a": [1, 2], "b": "xy"}))[1:3]
    [{'a': 1, 'b': 'y'}, {'a': 2, 'b': 'x'}]
    """
    names = list(levels)

    def at(place: int) -> dict[str, Any]:
        chosen = {}
        for name in reversed(names):
            place, which = divmod(place, len(levels[name]))
            chosen[name] = levels[name][which]
        return {name: chosen[name] for name in names}

    return Lazily(prod(len(levels[name]) for name in names), at)
