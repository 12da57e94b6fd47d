"""What extensions put beside Kring's own: columns, kinds of episodes, and outcomes in tables."""

from itertools import accumulate
from typing import Any, NamedTuple, Self

import numpy as np

from kring.simulation.episodes import KINDS
from kring.simulation.rows import CLIENT, TIE_AND_MEMBER, Columns, row_type

LOADED: dict[str, Any] = {}  # of `kring.simulation.extensions.Extension`, which stands higher up
DECLARED: dict[str, str] = {}  # a quantity -> its extension, of all that have been loaded here
Kinds = tuple[tuple[str, tuple[str, ...], str], ...]  # of episodes


class OwnOutcome(NamedTuple):
    """An outcome of an extension: the mean of a client's own column, over who has entered."""

    name: str
    column: str  # with the extension's name ahead
    unit: str
    en: str
    nl: str


class Beside(NamedTuple):
    """What extensions put beside Kring's own in one run: its result is read by it ever after.

    Attributes
    ----------
    clients : Columns
        All columns of a client.
    kinds : tuple
        All kinds of episodes: what it is called, words for its detail, and what its amount is.
    outcomes : dict of str to OwnOutcome
        The outcomes of extensions.
    """

    clients: Columns
    kinds: Kinds
    outcomes: dict[str, OwnOutcome]

    @classmethod
    def of(cls, extensions: tuple[Any, ...]) -> Self:
        """What these extensions put beside Kring's."""
        return cls(client_columns(extensions), kinds(extensions), outcomes(extensions))


def loaded() -> tuple[Any, ...]:
    """The extensions that take part, by name: in which order they were loaded decides nothing."""
    return tuple(LOADED[name] for name in sorted(LOADED))


def beginnings(name: str) -> list[str]:
    """What an extension can be called that declares a quantity: `a_b_c` is of `a` or of `a_b`."""
    return list(accumulate(name.split("_")[:-1], "{}_{}".format))


def of_whom(name: str) -> str:
    """Close the message about an unknown quantity by its extension; empty if it was of none."""
    if name not in DECLARED:
        return ""
    return f"it is of the extension {DECLARED[name]!r}, which isn't loaded: load that first"


def own_columns(of: str, extensions: tuple[Any, ...] | None = None) -> Columns:
    """The columns that extensions have of a client, a tie, ...; with the extension's name ahead.

    Of those that are loaded, as in all of these, if none are given.
    """
    return tuple(
        (f"{one.name}_{column.name}", column.kind, column.unit, column.about)
        for one in (loaded() if extensions is None else extensions)
        for column in one.columns
        if column.of == of
    )


def client_columns(extensions: tuple[Any, ...] | None = None) -> Columns:
    """All columns of a client."""
    return (*CLIENT, *own_columns("client", extensions))


def tie_columns() -> Columns:
    """All columns of a tie and of the member behind it."""
    return (*TIE_AND_MEMBER, *own_columns("tie"))


def kinds(extensions: tuple[Any, ...] | None = None) -> Kinds:
    """All kinds of episodes: what it is called, words for its detail, and what its amount is."""
    own = (
        (f"{one.name}: {kind.replace('_', ' ')}", (), amount)
        for one in (loaded() if extensions is None else extensions)
        for kind, amount in one.episodes.items()
    )
    return (*KINDS, *own)


def outcomes(extensions: tuple[Any, ...] | None = None) -> dict[str, OwnOutcome]:
    """The outcomes of all extensions, by name."""
    them = loaded() if extensions is None else extensions
    return {outcome.name: outcome for one in them for outcome in one.outcomes}


def krings(rows: np.ndarray) -> np.ndarray:
    """Kring's own columns of clients, as compiled code reads them."""
    kind = row_type(CLIENT)
    if rows.dtype == kind:
        return rows
    narrow = np.empty(len(rows), kind)
    for name in kind.names or ():
        narrow[name] = rows[name]
    return narrow
