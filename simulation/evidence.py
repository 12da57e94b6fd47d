"""The published figures: read from their file, with role, unit and source."""

from functools import cache

import pandas as pd

from simulation.settings import DATA


@cache
def evidence() -> pd.DataFrame:
    """The rows of `data/evidence.csv`, by id.

    Columns ``statistic, group, moment, value, unit, role, source``; `value` is text, for some rows
    are ranges or pairs. Role `input` goes in, `calibrate` is fitted on, `validate` only reported.
    """
    return pd.read_csv(DATA / "evidence.csv", dtype=str, keep_default_na=False).set_index("id")


def figure(identity: str) -> float:
    """The number in a row of the evidence."""
    return float(evidence().loc[identity, "value"])
