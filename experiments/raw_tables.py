"""Raw tables: the long tables that a run can keep beside its outcomes."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pandas as pd

from simulation.comparison import by_entrance
from simulation.outcomes import MUNICIPAL_NAMES
from simulation.result import Result
from simulation.town import Town


class RawTable(NamedTuple):
    """One long table.

    Attributes
    ----------
    about : str
        What a row is.
    of : callable
        ``of(result, town)`` gives the table.
    keep : tuple of int
        Weeks of which everything known of the clients must be kept.
    episodes : bool
        Whether it reads what happened to whom.
    """

    about: str
    of: Callable[[Result, Town], pd.DataFrame]
    keep: tuple[int, ...] = ()
    episodes: bool = False


def weekly(result: Result, town: Town) -> pd.DataFrame:
    """Every outcome, week by week, of all clients and by route of entry."""
    return by_entrance(result)


def ends(result: Result, town: Town) -> pd.DataFrame:
    """How many problems each client ends with."""
    problems = result.client_rows["problems"].astype(np.int8)
    return pd.DataFrame({"client": np.arange(len(problems), dtype=np.int32), "problems": problems})


def books(result: Result, town: Town) -> pd.DataFrame:
    """The books of teams and money, summed by year."""
    year = (result.municipality["week"] - 1) // 52 + 1
    return (
        result.municipality[list(MUNICIPAL_NAMES)].groupby(year.rename("year")).sum().reset_index()
    )


RAW_TABLES: dict[str, RawTable] = {
    "weekly": RawTable("a week: every outcome, of all and by route of entry", weekly),
    "ends": RawTable("a client: problems at the end", ends),
    "books": RawTable("a year: waiting list, cases, hours by task, money by kind", books),
}
