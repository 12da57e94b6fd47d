"""What a benchmark finds: a row a measure, with its unit and the goal it is held against."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:  # a country is measured without it
    import pandas as pd


class Found(NamedTuple):
    """One measure: what it is, its value and unit, and the goal, or what else is said of it."""

    measure: str
    value: float
    unit: str = ""
    goal: str = ""


def table(rows: Iterable[Found]) -> "pd.DataFrame":
    """All that was found: ``measure, value, unit, goal``."""
    import pandas as pd

    return pd.DataFrame(rows, columns=list(Found._fields))


def as_text(found: "pd.DataFrame") -> str:
    """The table for a terminal, numbers in three figures."""
    return found.to_string(
        index=False, float_format=lambda x: f"{x:,.3g}" if x < 1e3 else f"{x:,.0f}"
    )
