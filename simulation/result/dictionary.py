"""The dictionary of a result: every column of its tables, with unit and meaning."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from kring.simulation import outcomes
from kring.simulation.beside import Beside
from kring.simulation.field import DOMAINS
from kring.simulation.records.panel import Panel
from kring.simulation.result.tables import FIRST, readable, unit_of
from kring.simulation.rows import Columns

WEEK = ("week", "week", "the end of this week, from 1")
WHO = {"client": "number of the client", "member": "number of the network member"}
EPISODES = (
    ("week", "week", "the week, from 0, counted from the very beginning"),
    ("client", "row", "number of the client"),
    ("kind", "", "what happened"),
    ("detail", "", "a word that its kind explains"),
    ("amount", "as its kind says", "a number that its kind explains"),
    ("tie", "place", "place in the client's network of whom it is about, -1 for nobody"),
    ("why", "", "without which a supporter would have gone on that week; none: usual turnover"),
)


class Column(NamedTuple):
    """One column of one table."""

    table: str
    column: str
    unit: str
    about: str


def of_rows(columns: Columns, names: Iterable[str]) -> Iterable[tuple[str, str, str]]:
    """Columns of a table of rows: name, unit, meaning."""
    declared = {name: (unit_of(kind, unit), about) for name, kind, unit, about in columns}
    for name in names:
        if name == "level":
            yield from ((f"level_{d}", "level", f"{declared[name][1]}: {d}") for d in DOMAINS)
        else:
            yield name, *declared[name]


def weekly(told: Beside) -> Iterable[tuple[str, str, str]]:
    """Columns of the weekly table."""
    yield WEEK
    yield from ((one.name, one.unit, one.about) for one in outcomes.OUTCOMES)
    yield from ((one.name, one.unit, one.en) for one in told.outcomes.values())


def of_panel(panel: Panel) -> Iterable[tuple[str, str, str]]:
    """Columns of a panel."""
    yield WEEK
    yield from ((name, "row", WHO[name]) for name in panel.who)
    yield from of_rows(panel.columns, panel.names)


def dictionary(panels: Mapping[str, Panel], told: Beside) -> list[Column]:
    """Every column of every table of a result, with these panels."""
    columns = told.clients
    names = [*FIRST, *(name for name in readable(columns) if name not in FIRST)]
    route = ("entrance", "", "route of entry: team or conference")
    tables: dict[str, Iterable[tuple[str, str, str]]] = {
        "weekly": weekly(told),
        "weekly_by_entrance": [route, *weekly(told)],
        "municipality": [WEEK, *((one.name, one.unit, one.about) for one in outcomes.MUNICIPAL)],
        "clients": of_rows(columns, names),
        "episodes": EPISODES,
    }
    tables |= {f"panel of {name}": of_panel(panel) for name, panel in panels.items()}
    return [Column(table, *one) for table, columns in tables.items() for one in columns]


def units(columns: Iterable[Column]) -> dict[str, str]:
    """Unit of each column; where tables differ, by table and column: `clients.cooperation`."""
    by_column: dict[str, dict[str, str]] = {}
    for one in columns:
        by_column.setdefault(one.column, {})[one.table] = one.unit
    found: dict[str, str] = {}
    for column, by_table in by_column.items():
        if len(set(by_table.values())) == 1:
            found[column] = next(iter(by_table.values()))
        else:
            found |= {f"{table}.{column}": unit for table, unit in by_table.items()}
    return found
