"""What extensions put beside Kring's own: columns, kinds of episodes, and outcomes in tables."""

from typing import Any, NamedTuple

import numpy as np

from kring.simulation.episodes import KINDS
from kring.simulation.rows import CLIENT, TIE_AND_MEMBER, Columns, row_type

LOADED: dict[str, Any] = {}  # of `kring.simulation.extensions.Extension`, which stands higher up


class OwnOutcome(NamedTuple):
    """An outcome of an extension: the mean of a client's own column, over who has entered."""

    name: str
    column: str  # with the extension's name ahead
    unit: str
    en: str
    nl: str


def loaded() -> tuple[Any, ...]:
    """The extensions that take part, by name: in which order they were loaded decides nothing."""
    return tuple(LOADED[name] for name in sorted(LOADED))


def own_columns(of: str) -> Columns:
    """The columns that extensions have of a client, a tie, ...; with the extension's name ahead."""
    return tuple(
        (f"{one.name}_{column.name}", column.kind, column.unit, column.about)
        for one in loaded()
        for column in one.columns
        if column.of == of
    )


def client_columns() -> Columns:
    """All columns of a client."""
    return (*CLIENT, *own_columns("client"))


def tie_columns() -> Columns:
    """All columns of a tie and of the member behind it."""
    return (*TIE_AND_MEMBER, *own_columns("tie"))


def kinds() -> tuple[tuple[str, tuple[str, ...], str], ...]:
    """All kinds of episodes: what it is called, words for its detail, and what its amount is."""
    own = ((f"{one.name}: {kind.replace('_', ' ')}", (), amount)
           for one in loaded() for kind, amount in one.episodes.items())  # fmt: skip
    return (*KINDS, *own)


def outcomes() -> dict[str, OwnOutcome]:
    """The outcomes of all extensions, by name."""
    return {outcome.name: outcome for one in loaded() for outcome in one.outcomes}


def krings(rows: np.ndarray) -> np.ndarray:
    """Kring's own columns of clients, as compiled code reads them."""
    kind = row_type(CLIENT)
    if rows.dtype == kind:
        return rows
    narrow = np.empty(len(rows), kind)
    for name in kind.names or ():
        narrow[name] = rows[name]
    return narrow
