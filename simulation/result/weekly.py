"""Tables that go by week, made of sums: of clients, by route of entry, and of the municipality."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from kring.simulation import outcomes
from kring.simulation.beside import Beside, OwnOutcome, krings
from kring.simulation.rows import ENTRANCES

if TYPE_CHECKING:  # loaded when a table is asked for: many runs are over before that
    import pandas as pd

OwnSums = Mapping[str, np.ndarray]  # of the outcomes of extensions, by name


def means(sums: np.ndarray, own: OwnSums, told: Beside) -> "pd.DataFrame":
    """One row a week: means over the clients who have entered, and how many those are."""
    import pandas as pd

    n = sums[:, :1]
    sums = np.column_stack([sums, *own.values()])
    each = np.divide(sums, n, out=np.full_like(sums, np.nan), where=n > 0)
    each[:, 0] = sums[:, 0]
    table = pd.DataFrame(each, columns=[*outcomes.NAMES, *own])
    table.insert(0, "week", np.arange(1, len(table) + 1))
    units = {name: one.unit for name, one in told.outcomes.items()}
    table.attrs["units"] = {"week": "week", **outcomes.UNITS, **units}
    return table


def weekly_table(sums: np.ndarray, own: OwnSums, told: Beside) -> "pd.DataFrame":
    """One row a week, over both routes of entry."""
    return means(sums.sum(axis=1), {name: each.sum(axis=1) for name, each in own.items()}, told)


def table_by_entrance(sums: np.ndarray, own: OwnSums, told: Beside) -> "pd.DataFrame":
    """One row a week and route of entry, which the column `entrance` names."""
    import pandas as pd

    parts = []
    for i, entrance in enumerate(ENTRANCES):
        part = means(sums[:, i], {name: each[:, i] for name, each in own.items()}, told)
        part.insert(1, "entrance", entrance)
        parts.append(part)
    table = pd.concat(parts, ignore_index=True)
    table.attrs["units"] = parts[0].attrs["units"]
    return table


def municipal_table(sums: np.ndarray) -> "pd.DataFrame":
    """One row a week of what is booked of the municipality."""
    import pandas as pd

    table = pd.DataFrame(sums, columns=list(outcomes.MUNICIPAL_NAMES))
    table.insert(0, "week", np.arange(1, len(table) + 1))
    table.attrs["units"] = {o.name: o.unit for o in outcomes.MUNICIPAL} | {"week": "week"}
    return table


def sums_over(
    rows: np.ndarray, of_extensions: Mapping[str, OwnOutcome]
) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """Sums over clients by route of entry as of one week, Kring's and those of extensions."""
    sums = np.zeros(len(ENTRANCES), outcomes.CLIENT_SUMS).view(np.recarray)
    outcomes.add_up(krings(rows), sums)
    own = {
        one.name: np.bincount(rows["entrance"], rows[one.column], len(ENTRANCES))[None]
        for one in of_extensions.values()
    }
    return outcomes.numbers(sums)[None], own
