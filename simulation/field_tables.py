"""The numbers of the field's tables: each a quantity that can be set, and all of them as records.

How common, lasting and responsive problems are, what feeds what, who is in networks, and what
provisions take. The records are what the compiled week reads.
"""

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

import numpy as np
from pydantic import create_model

from kring.simulation.field import (
    DISCIPLINES,
    DOMAINS,
    N_DOMAINS,
    N_KINDS,
    N_PROVISIONS,
    PROVIDES_FOR,
    PROVISIONS,
    TIE_KINDS,
    dutch,
    rows_of,
)
from kring.simulation.parameters import Parameters
from kring.simulation.settings import Settings, quantity

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


class Told(NamedTuple):
    """What is told of a column of a table: what it does, in Dutch, and between what it may lie."""

    does: str
    nl: str
    low: float
    high: float


COLUMNS = {
    ("domains", "weight"): Told("How common it is, beside the others.", "hoe vaak", 0.01, 10),
    ("domains", "lasting"): Told("Share that doesn't pass by itself.", "blijft", 0, 1),
    ("domains", "weeks"): Told(
        "Weeks until half of the problems that pass are over.", "weken tot herstel", 4, 520
    ),
    ("domains", "network"): Told("How far the network eases it.", "baat bij het netwerk", 0, 5),
    ("domains", "professional"): Told(
        "How far professionals ease it.", "baat bij professionals", 0, 5
    ),
    ("ties", "share"): Told("Share of all ties, beside the others.", "deel van de banden", 0.01, 1),
    ("ties", "closeness"): Told("Mean closeness.", "nabijheid", 0, 1),
    ("ties", "willing"): Told("More or less often a yes, when asked.", "bereidheid", -5, 5),
    ("ties", "stopping"): Told("How soon they stop.", "stoppen", 0, 10),
    ("ties", "barrier"): Told("How hard it is to ask them.", "drempel om te vragen", 0, 10),
    ("provisions", "hours"): Told("Hours that are given.", "uren", 0, 40),
    ("provisions", "tariff"): Told("Price of an hour.", "tarief", 0, 500),
    ("provisions", "weeks"): Told("Weeks for which it is granted.", "weken", 1, 520),
}
FEEDS = Told("How far a problem there brings one here, or keeps it.", "voedt", 0, 5)
KEYS = {"domains": "domain", "ties": "kind", "provisions": "kind"}


def name_of(key: str, column: str) -> str:
    """What a number of a table is called: `finances_weight`, `close_kin_share`."""
    return f"{key.replace(' ', '_')}_{column}"


def feeding(one: str, other: str) -> str:
    """What it is called how far one domain feeds another: `finances_feeds_housing`."""
    return f"{one}_feeds_{other}"


def declared() -> Iterator[tuple[str, Any]]:
    """Each number of the tables as a quantity, with the range in which it is thought to lie."""
    for table, key in KEYS.items():
        words = dutch(table, key)
        for row in rows_of(table):
            told = COLUMNS[table, row["quantity"]]
            does = f"{row[key].replace('_', ' ').capitalize()}: {told.does}"
            nl = f"{words[row[key]]}: {told.nl}"
            name = name_of(row[key], row["quantity"])
            yield name, declare(row, told._replace(does=does, nl=nl), float(row["value"]))
    words = dutch("domains", "domain")
    for row in rows_of("bundles"):
        does = f"{row['from']} to {row['to']}: {FEEDS.does}".replace("_", " ").capitalize()
        nl = f"{words[row['from']]} {FEEDS.nl} {words[row['to']]}"
        told = FEEDS._replace(does=does, nl=nl)
        yield feeding(row["from"], row["to"]), declare(row, told, float(row["strength"]))


def declare(row: dict[str, str], told: Told, value: float) -> Any:
    """One of them."""
    return quantity(
        told.does, nl=told.nl, unit=row["unit"], low=told.low, high=told.high,
        likely=(float(row["low"]), float(row["high"])), source=row["source"], default=value,
    )  # fmt: skip


_fields: dict[str, Any] = {name: (float, field) for name, field in declared()}


if TYPE_CHECKING:
    Numbers = Settings
else:
    Numbers = create_model("Numbers", __base__=Settings, **_fields)


class FieldTables(Numbers):
    """The numbers of the tables `domains`, `bundles`, `ties` and `provisions`, each by its name.

    Examples
    --------
    >>> FieldTables(finances_weight=0.3).finances_weight, FieldTables().close_kin_closeness
    (0.3, 0.75)
    """

    file: ClassVar[str] = "field_tables.toml"
    kind: ClassVar[str] = "field"

    if TYPE_CHECKING:  # which numbers there are, the tables say

        def __init__(self, /, **numbers: float) -> None: ...
        def __getattr__(self, name: str) -> float: ...

    def of(self, keys: tuple[str, ...], column: str) -> np.ndarray:
        """A column of a table: what stands in it for each of these."""
        return np.array([getattr(self, name_of(key, column)) for key in keys])


@cache
def usual() -> FieldTables:
    """The tables as they are."""
    return FieldTables()


@lru_cache(maxsize=64)
def domains(
    parameters: Parameters, severity: float, tables: FieldTables | None = None
) -> np.record:
    """The domains as the parameters weigh their differences (M13): a record of `DOMAIN_ROW`.

    ``severity`` is the mean level at intake: a passing problem takes that many steps, so that its
    median recovery is the table's.
    """
    tables = tables or usual()
    disciplines = {row["domain"]: row["discipline"] for row in rows_of("domains")}
    # k exponential steps of rate r have a median of about (k - 1/3) / r (k >= 1).
    steps = max(severity - 1 / 3, np.log(2))
    spread = parameters.domain_response
    row: np.record = np.zeros(1, DOMAIN_ROW).view(np.recarray)[0]
    row["weight"] = tables.of(DOMAINS, "weight")
    row["lasting"] = tables.of(DOMAINS, "lasting")
    row["passing"] = steps / tables.of(DOMAINS, "weeks")
    row["network"] = 1 + spread * (tables.of(DOMAINS, "network") - 1)
    row["professional"] = 1 + spread * (tables.of(DOMAINS, "professional") - 1)
    row["discipline"] = [DISCIPLINES.index(disciplines[domain]) for domain in DOMAINS]
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
    for bundle in rows_of("bundles"):
        one, other = bundle["from"], bundle["to"]
        place = DOMAINS.index(one), DOMAINS.index(other)
        row["feeds"][place] = getattr(tables, feeding(one, other))
    return row


@lru_cache(maxsize=64)
def tie_kinds(parameters: Parameters, tables: FieldTables | None = None) -> np.record:
    """The tie types as the parameters weigh their differences (M7): a record of `KIND_ROW`."""
    tables = tables or usual()
    spread = parameters.tie_kind
    share, closeness = tables.of(TIE_KINDS, "share"), tables.of(TIE_KINDS, "closeness")
    share = share / share.sum()
    mean = share @ closeness
    row: np.record = np.zeros(1, KIND_ROW).view(np.recarray)[0]
    row["share"] = share
    row["closeness"] = mean + spread * (closeness - mean)
    row["willing"] = spread * tables.of(TIE_KINDS, "willing")
    row["stopping"] = 1 + spread * (tables.of(TIE_KINDS, "stopping") - 1)
    row["barrier"] = 1 + spread * (tables.of(TIE_KINDS, "barrier") - 1)
    return row


@lru_cache(maxsize=64)
def provisions(tables: FieldTables | None = None) -> np.record:
    """What each provision takes: a record of `PROVISION_ROW`."""
    row: np.record = np.zeros(1, PROVISION_ROW).view(np.recarray)[0]
    for name in PROVISION_ROW.names or ():
        row[name] = (tables or usual()).of(PROVISIONS, name)
    return row
