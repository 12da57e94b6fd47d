"""The columns of a table of clients: what they are called, in two languages, and what they take."""

import re
import unicodedata
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from kring.simulation.field import DOMAINS, PARENTING, YOUTH, dutch
from kring.simulation.rows import MAX_TIES
from kring.simulation.told import NOT_TOLD, THERE, WITH, WITHOUT

YOUNGEST, OLDEST, MOST_CHILDREN = 16, 110, 12
LAST_WEEK = 10_000  # of entry, as `Town.entry_weeks` has it

LEVELS = {
    **dict.fromkeys(("none", "no", "geen", "nee"), 0),
    **dict.fromkeys(("mild", "licht"), 1),
    **dict.fromkeys(("moderate", "matig"), 2),
    **dict.fromkeys(("serious", "ernstig"), 3),
    **dict.fromkeys(("acute", "acuut"), 4),
    **dict.fromkeys(("yes", "ja", "x"), THERE),
}
HOUSEHOLDS = {
    **dict.fromkeys(("alone", "alleen", "alleenstaand", "alleenstaande"), WITHOUT),
    **dict.fromkeys(("couple", "paar", "couple without children", "paar zonder kinderen"), WITHOUT),
    **dict.fromkeys(("one parent", "single parent", "eenouder", "eenoudergezin"), WITH),
    **dict.fromkeys(("family", "gezin", "couple with children", "paar met kinderen"), WITH),
    **dict.fromkeys(("other", "anders", "overig"), NOT_TOLD),
}
YES_OR_NO = {"true": "yes", "waar": "yes", "false": "no", "onwaar": "no"}  # as software writes them
NONE = {**dict.fromkeys(("none", "no", "geen", "nee"), 0)}
NOT_KNOWN = {
    *("", "-", "?", "na", "n/a", "nan", "null", "unknown", "not known"),
    *("onbekend", "niet bekend", "n.b.", "nvt", "n.v.t."),
}


class Column(NamedTuple):
    """A column of a table of clients, or of their ties.

    Attributes
    ----------
    field : str
        What it tells, as `kring.simulation.told.TOLD` has it; a domain's level is `level`.
    nl : str
        What it is called in Dutch.
    also : tuple of str
        What else it may be called.
    low, high : int
        The numbers that may stand in it, from and to; none where both are 0.
    words : mapping of str to int
        Words that may stand in it.
    about : str
        What stands in it.
    domain : int
        Which domain it is of; -1 for none.
    has_decimals : bool
        Whether other numbers than whole ones may stand in it.
    """

    field: str
    nl: str
    also: tuple[str, ...] = ()
    low: int = 0
    high: int = 0
    words: Mapping[str, int] = MappingProxyType({})
    about: str = ""
    domain: int = -1
    has_decimals: bool = False


ID = "id"
COLUMNS: dict[str, Column] = {
    ID: Column(
        "id", "nummer", ("client", "cliënt", "client number", "cliëntnummer"),
        about="any number or name of your own, each once; it is not kept",
    ),
    "week": Column(
        "entry_week", "week", ("week of entry", "entry week", "week van binnenkomst"),
        1, LAST_WEEK, about="week of entry, 1 for the first",
    ),
    "age": Column(
        "age", "leeftijd", (), YOUNGEST, OLDEST, about="age of the client in years",
    ),
    "household": Column(
        "with_children", "huishouden", ("type of household", "huishoudtype"), words=HOUSEHOLDS,
        about="alone, couple (without children), one parent, family (with children), other",
    ),
    "children": Column(
        "children", "kinderen", ("children at home", "kinderen thuis", "aantal kinderen"),
        0, MOST_CHILDREN, NONE, "children at home",
    ),
    "network": Column(
        "members", "netwerk", ("network members", "members", "netwerkleden"),
        0, MAX_TIES, NONE, "persons around the client, whether they help now or not",
    ),
}  # fmt: skip
for _place, _domain in enumerate(DOMAINS):
    _about = "level of the problem: 0 none, 1 mild, 2 moderate, 3 serious, 4 acute; or yes, no"
    if _place in (PARENTING, YOUTH):
        _about += "; only with children at home"
    COLUMNS[_domain] = Column(
        "level", dutch("domains", "domain")[_domain], (), 0, 4, LEVELS, _about, _place
    )


def plain(text: str) -> str:
    """A word or a header as it is compared: small letters without accents, spaces between.

    Examples
    --------
    >>> plain(" Financiën"), plain("DOMESTIC_relations")
    ('financien', 'domestic relations')
    """
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return re.sub(r"[\s_-]+", " ", bare).strip().casefold()


def with_network(row: Mapping[str, Any], members: int) -> dict[str, Any]:
    """What is told of a client, with the size of the network unless that is told as well."""
    known = names(COLUMNS)
    return {"network": members} | {known.get(plain(str(n)), n): value for n, value in row.items()}


def names(columns: Mapping[str, Column]) -> dict[str, str]:
    """Columns by all that they may be called, as `plain` has it."""
    return {
        plain(called): name
        for name, column in columns.items()
        for called in (name, column.nl, *column.also)
    }
