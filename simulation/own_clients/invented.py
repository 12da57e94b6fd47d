"""Invented clients and their networks: people of the model's own town as tables; nobody is real."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from kring.simulation.field import DOMAINS, TIE_KINDS, dutch
from kring.simulation.own_clients.columns import COLUMNS, Column
from kring.simulation.own_clients.tie_columns import TIE_COLUMNS
from kring.simulation.parameters import Parameters
from kring.simulation.rows import MAX_TIES
from kring.simulation.town import Town
from kring.simulation.world import settle

if TYPE_CHECKING:
    import pandas as pd

HOUSEHOLDS = {"en": ("alone", "family"), "nl": ("alleen", "gezin")}
LEFT_OPEN = {"network": 3, "household": 10, "week": 25, "justice": 8, "social_network": 12}  # each
TIES_LEFT_OPEN = {"closeness": 4, "spare_hours": 5, "knows": 7}
HELPS, NOBODY = {"en": "helps", "nl": "helpt"}, {"en": "none", "nl": "geen"}
NEAR = 0.8  # from here on they help already: an invention too


def invented(town: Town, seed: int = 1, language: str = "en") -> "pd.DataFrame":
    """The clients of a town as a table that `Town.from_table` reads.

    Some cells are left open, as in tables from practice: of each third client it isn't told how
    large the network is, and so on.

    Parameters
    ----------
    town : Town
        The town in which they are drawn.
    seed : int
        Seed of the town.
    language : str
        Language of headers and words: ``en`` or ``nl``.

    Examples
    --------
    >>> len(invented(Town.preset("class", clients=3))["age"])
    3
    """
    import pandas as pd

    clients = settle(town, Parameters(), seed).clients
    words = np.array(HOUSEHOLDS[language], object)
    cells = {
        "id": called("c", np.arange(len(clients))),
        "week": clients.entry_week + 1,
        "age": clients.age,
        "household": words[(clients.children > 0).astype(int)],
        "children": clients.children,
        "network": clients.n_ties,
        **{domain: clients.level[:, place] for place, domain in enumerate(DOMAINS)},
    }
    return as_in_practice(pd.DataFrame(cells), LEFT_OPEN, COLUMNS, language)


def invented_ties(town: Town, seed: int = 1, language: str = "en") -> "pd.DataFrame":
    """The networks of the clients of a town as a table that `Town.from_table` reads as ``ties``.

    Parameters
    ----------
    town, seed, language
        As for `invented`, which gives their clients.

    Examples
    --------
    >>> invented_ties(Town.preset("class", clients=3))["kind"].tolist()[:2]
    ['close kin', 'other family']
    """
    import pandas as pd

    world = settle(town, Parameters(), seed)
    ties, place = world.ties, world.ties.id % MAX_TIES
    kinds = dutch("ties", "kind").values() if language == "nl" else TIE_KINDS
    first, members = np.arange(len(ties)) - place, called("m", ties.member)
    known = [
        ";".join(members[start + other] for other in range(MAX_TIES) if bits >> other & 1)
        or NOBODY[language]
        for start, bits in zip(first.tolist(), ties.knows.tolist(), strict=True)
    ]
    cells = {
        "client": called("c", ties.id // MAX_TIES),
        "member": members,
        "kind": np.array([*kinds], object)[ties.kind],
        "closeness": ties.closeness.round(2),
        "spare_hours": world.members.spare_hours[ties.member].round(1),
        "state": np.where(ties.closeness >= NEAR, HELPS[language], ""),
        "knows": known,
    }
    return as_in_practice(pd.DataFrame(cells), TIES_LEFT_OPEN, TIE_COLUMNS, language)


def called(letter: str, numbers: np.ndarray) -> np.ndarray:
    """Somebody's number as practice would write it: `c0001`."""
    return np.array([f"{letter}{number + 1:04d}" for number in numbers.tolist()], object)


def as_in_practice(
    table: "pd.DataFrame", left_open: dict[str, int], columns: Mapping[str, Column], language: str
) -> "pd.DataFrame":
    """A table of which some cells are left open, with headers in a language."""
    table = table.astype(object)
    for column, each in left_open.items():
        table.loc[each - 1 :: each, column] = ""
    return table.rename(columns={k: columns[k].nl for k in table} if language == "nl" else {})
