"""Invented clients: people of the model's own town as a table, in which nobody is real."""

from typing import TYPE_CHECKING

import numpy as np

from kring.simulation.field import DOMAINS
from kring.simulation.own_clients.columns import COLUMNS
from kring.simulation.parameters import Parameters
from kring.simulation.town import Town
from kring.simulation.world import settle

if TYPE_CHECKING:
    import pandas as pd

HOUSEHOLDS = {"en": ("alone", "family"), "nl": ("alleen", "gezin")}
LEFT_OPEN = {"network": 3, "household": 10, "week": 25, "justice": 8, "social_network": 12}  # each


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
        "id": np.array([f"c{number + 1:04d}" for number in range(len(clients))], object),
        "week": clients.entry_week + 1,
        "age": clients.age,
        "household": words[(clients.children > 0).astype(int)],
        "children": clients.children,
        "network": clients.n_ties,
        **{domain: clients.level[:, place] for place, domain in enumerate(DOMAINS)},
    }
    table = pd.DataFrame(cells).astype(object)
    for column, each in LEFT_OPEN.items():
        table.loc[each - 1 :: each, column] = ""
    return table.rename(columns={k: COLUMNS[k].nl for k in table} if language == "nl" else {})
