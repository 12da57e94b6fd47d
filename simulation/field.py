"""The words of the field as tables: problem domains, what feeds what, tie types, provisions.

The numbers stand in `data/domains.csv`, `bundles.csv`, `ties.csv` and `provisions.csv`, each with
its range and source; here they become the arrays that the compiled week reads.
"""

import csv
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import numpy as np

from kring.simulation.parameters import Parameters
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
def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def field_table(name: str) -> "pd.DataFrame":
    """One of the tables `domains`, `bundles`, `ties`, `provisions`: a row a number, with source."""
    import pandas as pd

    return pd.read_csv(DATA / f"{name}.csv")


def _by(name: str, key: str, column: str) -> dict[str, str]:
    """What stands in a column, by the key of each row, in the order of the table."""
    return {row[key]: row[column] for row in _rows(name)}


@cache
def _wide(name: str) -> dict[str, np.ndarray]:
    """The values of a table, by quantity."""
    found: dict[str, list[float]] = {}
    for row in _rows(name):
        found.setdefault(row["quantity"], []).append(float(row["value"]))
    return {quantity: np.array(values) for quantity, values in found.items()}


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


_each = (N_DOMAINS,)
DOMAIN_ROW = np.dtype(
    [
        ("weight", "f8", _each),  # how common the problem is
        ("lasting", "f8", _each),  # share that does not pass by itself
        ("passing", "f8", _each),  # weekly chance to ease a level while it is a passing problem
        ("network", "f8", _each),  # response to the network
        ("professional", "f8", _each),  # response to professionals
        ("discipline", "i8", _each),  # whose domain it is
        ("feeds", "f8", (N_DOMAINS, N_DOMAINS)),  # from row to column
        ("provision", "i8", _each),  # which provision is given for the problem, -1 for none
        ("most_relief", "f8"),  # no weekly chance of relief is larger
    ]
)
PROVISION_ROW = np.dtype(
    [(name, "f8", (N_PROVISIONS,)) for name in ("hours", "tariff", "weeks")],
)
KIND_ROW = np.dtype(
    [(name, "f8", (N_KINDS,)) for name in ("share", "closeness", "willing", "stopping", "barrier")]
)


@lru_cache(maxsize=64)
def domains(parameters: Parameters, severity: float) -> np.record:
    """The domains as the parameters weigh their differences (M13): a record of `DOMAIN_ROW`.

    ``severity`` is the mean level at intake: a passing problem takes that many steps, so that its
    median recovery is the table's.
    """
    wide = _wide("domains")
    disciplines = _by("domains", "domain", "discipline").values()
    # k exponential steps of rate r have a median of about (k - 1/3) / r (k >= 1).
    steps = max(severity - 1 / 3, np.log(2))
    spread = parameters.domain_response
    row: np.record = np.zeros(1, DOMAIN_ROW).view(np.recarray)[0]
    row["weight"] = wide["weight"]
    row["lasting"] = wide["lasting"]
    row["passing"] = steps / wide["weeks"]
    row["network"] = 1 + spread * (wide["network"] - 1)
    row["professional"] = 1 + spread * (wide["professional"] - 1)
    row["discipline"] = [DISCIPLINES.index(d) for d in disciplines]
    alone = max(row["passing"].max(), parameters.lasting_recovery)
    row["most_relief"] = (
        alone * (1 + parameters.self_recovery / 2 + parameters.own_effort)
        + parameters.crisis_passes
        + parameters.network_effect * row["network"].max()
        + parameters.professional_effect * row["professional"].max()
        + parameters.complementarity
    )
    row["provision"] = -1
    for provision, given_for in enumerate(PROVIDES_FOR):
        row["provision"][[DOMAINS.index(domain) for domain in given_for]] = provision
    for bundle in _rows("bundles"):
        place = DOMAINS.index(bundle["from"]), DOMAINS.index(bundle["to"])
        row["feeds"][place] = float(bundle["strength"])
    return row


@lru_cache(maxsize=64)
def tie_kinds(parameters: Parameters) -> np.record:
    """The tie types as the parameters weigh their differences (M7): a record of `KIND_ROW`."""
    wide = _wide("ties")
    spread = parameters.tie_kind
    share = wide["share"] / wide["share"].sum()
    mean = share @ wide["closeness"]
    row: np.record = np.zeros(1, KIND_ROW).view(np.recarray)[0]
    row["share"] = share
    row["closeness"] = mean + spread * (wide["closeness"] - mean)
    row["willing"] = spread * wide["willing"]
    row["stopping"] = 1 + spread * (wide["stopping"] - 1)
    row["barrier"] = 1 + spread * (wide["barrier"] - 1)
    return row


@cache
def provisions() -> np.record:
    """What each provision takes: a record of `PROVISION_ROW`."""
    wide = _wide("provisions")
    row: np.record = np.zeros(1, PROVISION_ROW).view(np.recarray)[0]
    for name in PROVISION_ROW.names or ():
        row[name] = wide[name]
    return row
