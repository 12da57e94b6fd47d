"""Outcomes, and every table with every column."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from _generate.columns import COMPARED, FATES, LONG_COLUMNS, STUDY_TABLES
from _generate.columns_of_readings import OWN_TABLES
from _generate.declared import LONG_TABLES, MEASURES
from _generate.markdown import Rows, table
from kring.simulation.episodes import KINDS
from kring.simulation.field import DISCIPLINES, DOMAINS, PROVISIONS
from kring.simulation.outcomes import MUNICIPAL, OUTCOMES, Outcome
from kring.simulation.result.tables import INNER
from kring.simulation.rows import CLIENT, MEMBER, PROFESSIONAL, TEAM, TIE


def outcome_rows(outcomes: Iterable[Outcome]) -> Rows:
    """Outcomes as rows."""
    for one in outcomes:
        yield (
            f"`{one.name}`",
            one.unit,
            one.about,
            one.aggregate,
            f"*{one.dutch}*" * bool(one.dutch),
        )


def outcomes() -> Iterator[str]:
    """What a study can measure, what is measured every week, what is booked of the municipality."""
    yield "## What a study can measure"
    yield table(
        ("outcome", "unit", "meaning", "in Dutch", "week by week"),
        [(f"`{name}`", one.unit, one.en, f"*{one.nl}*",
          "yes" if name in {o.name for o in OUTCOMES} else "")
         for name, one in MEASURES.items()],
    )  # fmt: skip
    yield "## What is measured every week of clients"
    yield table(("outcome", "unit", "meaning", "over clients", "in Dutch"), outcome_rows(OUTCOMES))
    yield "## What is booked every week of teams and money"
    yield table(("outcome", "unit", "meaning", "over teams"),
                [row[:4] for row in map(tuple, outcome_rows(MUNICIPAL))])  # fmt: skip


LENGTHS = {len(DOMAINS): "domain", len(DISCIPLINES): "discipline", len(PROVISIONS): "provision"}


def columns(name: str, about: str, declared: Rows, level: int = 3) -> str:
    """One table: what a row is, and its columns."""
    rows = [(f"`{column}`" if re.fullmatch(r"\w+", column) else column, unit, meaning)
            for column, unit, meaning in declared]  # fmt: skip
    return f"{'#' * level} {name}\n\nA row is {about}.\n\n" + table(
        ("column", "unit", "meaning"), rows
    )


def declared(rows: tuple, left_out: Iterable[str] = ()) -> Rows:
    """Columns of people and ties as `simulation/rows.py` declares them."""
    for name, kind, unit, about in rows:
        if name not in left_out:
            many = f"; one for each {each_of(name, kind)}" if isinstance(kind, tuple) else ""
            yield name, "yes or no" if kind == "?" else unit, about + many


def each_of(name: str, kind: Any) -> str:
    """What a column of several numbers has a number for."""
    return "task" if name in ("wanted", "share") else LENGTHS[kind[1][0]]


def weekly_columns() -> Rows:
    """Columns of the weekly table."""
    yield "week", "week", "the end of this week, from 1"
    for one in OUTCOMES:
        yield one.name, one.unit, f"{one.about} ({one.aggregate})"


def tables() -> Iterator[str]:
    """Every table with every column: of a run, a comparison, a study, and of the model's rows."""
    yield "## Tables of a run"
    yield f"What `kring.simulate` gives, as attributes of a `Result`. {units_are()}"
    yield columns("weekly", "a week: means over the clients who have entered", weekly_columns())
    by_entrance = [("entrance", "", "route of entry: team or conference"), *weekly_columns()]
    yield columns("weekly_by_entrance", "a week of a route of entry", by_entrance)
    booked = [("week", "week", "the end of this week, from 1"),
              *((one.name, one.unit, one.about) for one in MUNICIPAL)]  # fmt: skip
    yield columns("municipality", "a week: sums over teams, and money", booked)
    client = [c for c in declared(CLIENT, INNER) if c[0] != "level"]
    levels = f"severity by domain, 0 none to 4 acute; the domains are {', '.join(DOMAINS)}"
    client += [("level_finances, level_work, ...", "level", levels)]
    yield columns("clients", "a client, as at the end", client)
    yield columns("episodes", "a thing that happened", (
        ("week", "week", "the week, from 0"),
        ("client", "row", "number of the client"),
        ("kind", "", "what happened, see below"),
        ("detail", "", "a word that its kind explains"),
        ("amount", "as its kind says", "a number that its kind explains"),
    ))  # fmt: skip
    yield table(
        ("kind", "detail is one of", "amount"),
        [(kind, shortened(details), about) for kind, details, about in KINDS],
    )
    yield "## Tables of a comparison"
    yield "What `kring.compare` gives, as attributes of a `Comparison`."
    yield columns("differences", "an outcome of a policy at the end", COMPARED)
    yield columns("fates", "a policy in a town", FATES)
    compared = [
        ("policy", "", "name of the policy"),
        ("seed", "", "seed of the town"),
        *by_entrance,
    ]
    yield columns("weekly of a comparison", "a week of a policy in a town", compared)
    yield "## Tables of a study"
    yield "Files in the folder of a result."
    for name, (about, its_columns) in STUDY_TABLES.items():
        yield columns(name, about, its_columns)
    yield "## Long tables that a study can keep"
    yield "With `tables = [...]` in the study; each is a Parquet file."
    for name, long in LONG_TABLES.items():
        about = long.about.partition(":")
        if name not in LONG_COLUMNS:
            raise KeyError(f"columns.py lacks the columns of the long table {name}")
        yield columns(f"{name}.parquet", f"{about[0]} of a run:{about[2]}",
                      (("run", "", "number of the run"), *LONG_COLUMNS[name]))  # fmt: skip
    yield "## Tables of single studies"
    yield "What the readings of some studies of [the casebook](../casebook/index.md) add."
    for name, (about, its_columns) in OWN_TABLES.items():
        yield columns(name, about, its_columns)
    yield "## What the model knows"
    yield (
        "State of everybody, in the rows that the week reads and writes. A handle "
        "(`kring.Client`, `kring.NetworkMember`, `kring.Professional`) has an attribute for each "
        "column."
    )
    for name, about, rows in (
        ("Client", "a client", CLIENT),
        ("Tie", "a tie of a client with a member", TIE),
        ("Network member", "a member, perhaps of several clients' networks", MEMBER),
        ("Professional", "a team worker, a coordinator or an agency", PROFESSIONAL),
        ("Team", "a neighbourhood team", TEAM),
    ):
        yield columns(name, about, declared(rows))


def units_are() -> str:
    """Where the units stand in Python."""
    return "`result.units` tells the unit of each column in Python."


def shortened(words: tuple[str, ...]) -> str:
    """Words one after the other; of long lists only what they are."""
    lists = {DOMAINS: "a problem domain", DISCIPLINES: "a discipline"}
    return lists.get(words, ", ".join(words))
