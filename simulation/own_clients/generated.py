"""People of a generator of one's own: a function from a key to a person, asked once for each.

What it gives becomes a table as any other, so that towns, workers and manifests know it as one.
"""

import hashlib
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from kring.simulation import draws
from kring.simulation.errors import KringError, shown
from kring.simulation.own_clients.columns import ID, with_network
from kring.simulation.own_clients.tie_columns import CLIENT

if TYPE_CHECKING:
    import pandas as pd

TIES = "ties"  # of a person: a list of them


class Luck:
    """Numbers by name for one person: the same whoever else is asked for, and in what order.

    Parameters
    ----------
    seed : int
        Seed of the people.
    key : int
        Key of the person.

    Examples
    --------
    >>> luck = Luck(1, 7)
    >>> luck.uniform("age") == Luck(1, 7).uniform("age") != luck.uniform("household")
    True
    """

    def __init__(self, seed: int, key: int) -> None:
        self.seed: int = seed
        self.key: int = key

    def uniform(self, name: str) -> float:
        """A number in [0, 1)."""
        return float(draws.uniform(self.seed, self.decision(name), self.key, 0))

    def normal(self, name: str) -> float:
        """A standard normal number."""
        return float(draws.normal(self.seed, self.decision(name), self.key, 0))

    def decision(self, name: str) -> int:
        """The number of a name, apart from those of the model's own decisions."""
        own = hashlib.blake2b(f"own: {name}".encode(), digest_size=4).digest()
        return int.from_bytes(own, "little")


Person = Callable[[int, Luck], Mapping[str, Any]]


def people_from(
    person: Person, clients: int, seed: int = 1
) -> "tuple[pd.DataFrame, pd.DataFrame | None]":
    """The table of clients that a generator gives, and that of their ties where it gives these.

    Parameters
    ----------
    person : callable
        ``person(key, luck)`` gives what is known of the person with a key, from 0 on: a dict of
        columns of a table of clients. ``luck.uniform(name)`` and ``luck.normal(name)`` are numbers
        of this person's own. Under ``ties`` it may hold a list of dicts, columns of a table of
        ties, empty for who has nobody; ``client`` need not be told.
    clients : int
        How many persons are asked for.
    seed : int
        Seed of their luck.

    Returns
    -------
    DataFrame
        A row a client, with an ``id``.
    DataFrame or None
        A row a tie; None where the generator tells of none.

    Raises
    ------
    KringError
        In one line with its key, for a person that is none.

    Examples
    --------
    >>> clients, ties = people_from(lambda key, luck: {"age": 20 + key}, 3)
    >>> clients["age"].tolist(), ties is None
    ([20, 21, 22], True)
    """
    import pandas as pd

    if not callable(person):
        raise KringError(f"{shown(person)} is no generator: give a function of a key and luck")
    for name, given, least in (("clients", clients, 1), ("people's seed", seed, 0)):
        if not isinstance(given, int | np.integer) or isinstance(given, bool) or given < least:
            raise KringError(f"{name} = {shown(given)}: it takes a whole number from {least} on")
    rows, ties, tells_ties = [], [], False
    for key in range(clients):
        about = asked(person, key, Luck(seed, key))
        tells_ties |= TIES in about
        number, theirs = about.get(ID, key), about.pop(TIES, None)
        ties += [{CLIENT: number, **tie} for tie in theirs or ()]
        rows.append({ID: number, **(about if theirs is None else with_network(about, len(theirs)))})
    table = pd.DataFrame(rows, dtype=object)
    if not tells_ties:
        return table, None
    return table, pd.DataFrame(ties, columns=None if ties else [CLIENT], dtype=object)


def asked(person: Person, key: int, luck: Luck) -> dict[str, Any]:
    """What a generator tells of one person."""
    try:
        about = person(key, luck)
    except Exception as error:  # whatever a function of one's own may raise
        raise KringError(f"person {key}: {type(error).__name__}: {error}") from error
    if not isinstance(about, Mapping):
        raise KringError(
            f"person {key} is {shown(about)}: a dict of columns is wanted, such as {{'age': 40}}"
        )
    ties = about.get(TIES)
    if ties is not None and not (
        isinstance(ties, list | tuple) and all(isinstance(tie, Mapping) for tie in ties)
    ):
        raise KringError(f"person {key}: ties are a list of dicts, such as [{{'kind': 'friend'}}]")
    return dict(about)
