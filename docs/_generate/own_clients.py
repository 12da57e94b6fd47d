"""The columns of a table of clients of one's own."""

from collections.abc import Iterator

from _generate.markdown import table
from kring.simulation.field import TIE_KINDS
from kring.simulation.own_clients.columns import COLUMNS, HOUSEHOLDS, LEVELS, Column
from kring.simulation.own_clients.tie_columns import KINDS, STATES, TIE_COLUMNS
from kring.simulation.rows import TIE_STATES
from kring.simulation.told import NOT_TOLD, THERE, WITH, WITHOUT


def english_columns() -> Iterator[str]:
    """Every column: what it is called, and what stands in it."""
    rows = [(called(name, one), one.about) for name, one in first_of_each()]
    yield table(("column", "what stands in it"), rows)
    yield f"The domains are {', '.join(f'`{name}`' for name in domains())}."
    yield words("Words for a household", HOUSEHOLDS, HOUSEHOLD_MEANS)
    yield words("Words for a level", LEVELS, LEVEL_MEANS)


def tie_columns() -> Iterator[str]:
    """Every column of a table of ties: what it is called, and what stands in it."""
    rows = [(called(name, one), one.about) for name, one in TIE_COLUMNS.items()]
    yield table(("column", "what stands in it"), rows)
    yield words("Words for a kind of tie", KINDS, dict(enumerate(TIE_KINDS)))
    yield words("Words for a state", STATES, {**dict(enumerate(TIE_STATES)), NOT_TOLD: "drawn"})


def dutch_tie_columns() -> Iterator[str]:
    """The columns of a table of ties by their Dutch names."""
    rows = [(f"`{one.nl}`", f"`{name}`") for name, one in TIE_COLUMNS.items()]
    yield table(("kolom", "in het Engels"), rows)


def dutch_columns() -> Iterator[str]:
    """The columns by their Dutch names."""
    rows = [(f"`{one.nl}`", f"`{name}`") for name, one in COLUMNS.items()]
    yield table(("kolom", "in het Engels"), rows)


HOUSEHOLD_MEANS = {
    WITHOUT: "without children at home", WITH: "with children at home", NOT_TOLD: "not told",
}  # fmt: skip
LEVEL_MEANS = {**{level: str(level) for level in range(5)}, THERE: "there, its level not told"}


def first_of_each() -> Iterator[tuple[str, Column]]:
    """The columns, and one for all domains."""
    yield from ((name, one) for name, one in COLUMNS.items() if one.domain < 0)
    name = domains()[0]
    yield f"{name}, ...", COLUMNS[name]


def domains() -> list[str]:
    """The columns of domains."""
    return [name for name, one in COLUMNS.items() if one.domain >= 0]


def called(name: str, one: Column) -> str:
    """What a column is called, in English and Dutch, and what else it may be."""
    also = f"; also {', '.join(one.also)}" if one.also else ""
    return f"`{name}`, *{one.nl}*{also}" if one.domain < 0 else f"`{name}`"


def words(what: str, known: dict[str, int], means: dict[int, str]) -> str:
    """The words that a column takes, by what they mean."""
    lists = {value: ", ".join(w for w, v in known.items() if v == value) for value in means}
    return f"{what}: " + "; ".join(f"{lists[v]} ({means[v]})" for v in means if lists[v]) + "."
