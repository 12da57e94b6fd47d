"""Tables of people and of what happened, made of rows: codes as words, with units."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from kring.simulation.beside import Kinds
from kring.simulation.columns import WORDS
from kring.simulation.episodes import WHY
from kring.simulation.errors import KringError, nearest, shown
from kring.simulation.field import DOMAINS
from kring.simulation.records.panel import Panel
from kring.simulation.rows import STAGES, Columns

if TYPE_CHECKING:  # loaded when a table is asked for: many runs are over before that
    import pandas as pd

LEFT = "left for good"  # a stage in tables
FIRST = ("id", "entrance")
ROWS_AT_ONCE = 1_000_000  # written to a file

# Columns that are places in memory and mean nothing to a reader.
INNER = {
    "first_tie",
    "policy",
    "helpers",
    "had",
    "passing",
    "supporting",
    "present",
    "coming",
    "caseworker",
    "coordinator",
    "hidden",
    "brewing",
    "at_agency",
    "referred",
    "comes_week",
}


def readable(columns: Columns) -> list[str]:
    """Names of the columns that a table of rows can have; `level` stands for one a domain."""
    names = [name for name, kind, *_ in columns if name == "level" or not isinstance(kind, tuple)]
    return [name for name in names if name not in INNER]


def chosen(key: str, columns: Columns, names: Iterable[str]) -> tuple[str, ...]:
    """The columns that are asked for a table of rows, each once.

    Raises
    ------
    KringError
        For what is no list of names, and for columns that there are not.
    """
    if isinstance(names, str) or not isinstance(names, Iterable):
        raise KringError(f"{key} = {shown(names)}: give names of columns in a list")
    known = readable(columns)
    for name in (found := tuple(dict.fromkeys(names))):
        if name not in known:
            raise KringError(f"{key}: no column {shown(name)}; {nearest(name, known)}")
    return found


def unit_of(kind: Any, unit: str) -> str:
    """The unit of a column; of a yes or no just that."""
    return "yes or no" if kind == "?" else unit


def units_of(columns: Columns, names: Iterable[str]) -> dict[str, str]:
    """Unit of each column of a table of rows."""
    known = {name: unit_of(kind, unit) for name, kind, unit, _ in columns}
    asked = [name for name in names if name != "level"]
    levels = [f"level_{domain}" for domain in DOMAINS] if "level" in names else []
    return {name: known[name] for name in asked} | dict.fromkeys(levels, "level")


def values_of(columns: Columns, rows: np.ndarray, names: Iterable[str]) -> dict[str, Any]:
    """Columns of rows as a table has them: codes as words, the level of each domain by itself."""
    import pandas as pd

    units = {name: unit for name, _, unit, _ in columns}
    found: dict[str, Any] = {}
    for name in names:
        if name == "level":
            found |= {f"level_{d}": rows["level"][:, i] for i, d in enumerate(DOMAINS)}
        elif name == "stage":
            stage = np.where(rows["left_week"] >= 0, len(STAGES), rows["stage"])
            found[name] = pd.Categorical.from_codes(stage, [*STAGES, LEFT])
        elif units[name] in WORDS:
            found[name] = pd.Categorical.from_codes(rows[name], WORDS[units[name]])
        else:
            found[name] = rows[name]
    return found


def client_table(rows: np.ndarray, columns: Columns) -> "pd.DataFrame":
    """One row a client, with the level of each domain in a column of its own."""
    import pandas as pd

    names = [*FIRST, *(name for name in readable(columns) if name not in FIRST)]
    table = pd.DataFrame(values_of(columns, rows, names), copy=True)
    table.attrs["units"] = units_of(columns, names)
    return table


def reasons(why: np.ndarray) -> "pd.Categorical":
    """Why supporters stop, in words, of bits."""
    import pandas as pd

    found, codes = np.unique(why, return_inverse=True)
    words = [", ".join(w for i, w in enumerate(WHY) if bits >> i & 1) for bits in found.tolist()]
    return pd.Categorical.from_codes(codes, words)


def episode_table(rows: np.ndarray, known: Kinds) -> "pd.DataFrame":
    """One row an episode: week, client, kind, detail in words, amount, tie, why it stops."""
    import pandas as pd

    words = sorted({word for _, details, _ in known for word in details})
    codes = np.full((len(known), 16), -1, np.int16)
    for i, (_, details, _) in enumerate(known):
        codes[i, : len(details)] = [words.index(word) for word in details]
    table = pd.DataFrame(
        {
            "week": rows["week"],
            "client": rows["client"],
            "kind": pd.Categorical.from_codes(rows["kind"], [kind for kind, _, _ in known]),
            "detail": pd.Categorical.from_codes(codes[rows["kind"], rows["detail"]], words),
            "amount": rows["amount"],
            "tie": rows["tie"],
            "why": reasons(rows["why"]),
        }
    )
    table.attrs["units"] = {"week": "week"} | {f"amount of {k}": about for k, _, about in known}
    return table


def panel_table(panel: Panel, weeks: slice = slice(None)) -> "pd.DataFrame":
    """One row for each week and person: `week`, who it is, and the columns of a panel."""
    import pandas as pd

    rows = panel.rows[weeks]
    n, people = rows.shape
    first = range(len(panel.rows))[weeks].start + panel.first
    values = {
        "week": np.repeat(np.arange(first, first + n, dtype=np.int16), people),
        **{name: np.tile(numbers, n) for name, numbers in panel.who.items()},
        **values_of(panel.columns, rows.reshape(-1), panel.names),
    }
    table = pd.DataFrame(values, copy=False)
    whose = dict.fromkeys(panel.who, "row")
    table.attrs["units"] = {"week": "week", **whose, **units_of(panel.columns, panel.names)}
    return table


def life_table(panel: Panel, client: int) -> "pd.DataFrame":
    """One row for each week and tie of a client: `week`, `tie`, and the columns of a panel."""
    import pandas as pd

    rows = panel.of_client(client)
    n, ties = rows.shape
    values = {
        "week": np.repeat(np.arange(panel.first, panel.first + n, dtype=np.int16), ties),
        "tie": np.tile(np.arange(ties, dtype=np.int8), n),
        **values_of(panel.columns, rows.reshape(-1), panel.names),
    }
    table = pd.DataFrame(values)
    table.attrs["units"] = {"week": "week", "tie": "place", **units_of(panel.columns, panel.names)}
    return table


def write_panel(panel: Panel, path: Path) -> None:
    """Write a panel's table as Parquet, whole or not at all, without ever holding all of it."""
    import pyarrow as pa
    from pyarrow import parquet

    at_once = max(1, ROWS_AT_ONCE // max(1, panel.rows.shape[1]))
    aside = path.with_name(f"{path.name}.part")
    schema = pa.Table.from_pandas(panel_table(panel, slice(0, 0)), preserve_index=False).schema
    try:
        with parquet.ParquetWriter(aside, schema) as file:
            for start in range(0, len(panel.rows), at_once):
                part = panel_table(panel, slice(start, start + at_once))
                file.write_table(pa.Table.from_pandas(part, schema, preserve_index=False))
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
