"""The words of the field: problem domains, disciplines, tie types, provisions.

They stand in `data/domains.csv`, `bundles.csv`, `ties.csv` and `provisions.csv`, beside numbers
with their ranges and sources (`kring.simulation.field_tables`).
"""

import csv
from functools import cache
from typing import TYPE_CHECKING

from kring.simulation.settings import DATA

if TYPE_CHECKING:
    import pandas as pd

DISCIPLINES = (
    "social work",
    "mental health",
    "addiction",
    "disability",
    "shelter",
    "youth",
    "debt and income",
)


@cache
def rows_of(name: str) -> list[dict[str, str]]:
    """The rows of a table, as texts."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def field_table(name: str) -> "pd.DataFrame":
    """One of the tables `domains`, `bundles`, `ties`, `provisions`: a row a number, with source."""
    import pandas as pd

    return pd.read_csv(DATA / f"{name}.csv")


def _by(name: str, key: str, column: str) -> dict[str, str]:
    """What stands in a column, by the key of each row, in the order of the table."""
    return {row[key]: row[column] for row in rows_of(name)}


DOMAINS: tuple[str, ...] = tuple(_by("domains", "domain", "dutch"))
TIE_KINDS: tuple[str, ...] = tuple(_by("ties", "kind", "dutch"))
N_DOMAINS = len(DOMAINS)
N_KINDS = len(TIE_KINDS)
N_DISCIPLINES = len(DISCIPLINES)
PROVISIONS: tuple[str, ...] = tuple(_by("provisions", "kind", "dutch"))
N_PROVISIONS = len(PROVISIONS)
# For which problems each provision is given, in the order of the table.
PROVIDES_FOR = (
    ("daily_living", "physical_health"),
    ("finances",),
    ("mental_health", "addiction"),
    ("parenting", "youth"),
)
PARENTING, YOUTH = DOMAINS.index("parenting"), DOMAINS.index("youth")
SOCIAL_NETWORK, PARTICIPATION = DOMAINS.index("social_network"), DOMAINS.index("participation")
CLOSE_KIN, NEIGHBOUR = TIE_KINDS.index("close kin"), TIE_KINDS.index("neighbour")
OTHER_FAMILY = TIE_KINDS.index("other family")
OTHER_TIE = TIE_KINDS.index("other")
SOCIAL_WORK, MENTAL_HEALTH = DISCIPLINES.index("social work"), DISCIPLINES.index("mental health")
# Whose hours have the specialist price.
SPECIALIST = (MENTAL_HEALTH, DISCIPLINES.index("addiction"), DISCIPLINES.index("disability"))


def dutch(name: str, key: str) -> dict[str, str]:
    """The Dutch words for the domains or the tie types."""
    return _by(name, key, "dutch")
