"""The published figures: read from their file, with role, unit and source."""

from functools import cache
from typing import TYPE_CHECKING

from kring.simulation.settings import DATA

if TYPE_CHECKING:
    import pandas as pd


@cache
def evidence() -> "pd.DataFrame":
    """The rows of `data/evidence.csv`, by id.

    Columns ``statistic, group, moment, value, unit, role, source``; `value` is text, for some rows
    are ranges or pairs. Role `input` goes in, `calibrate` is fitted on, `validate` only reported.

    Returns
    -------
    DataFrame
        A row a figure; its index, ``id``, is the code that documents and declarations name.

    Examples
    --------
    >>> evidence().loc["E50", ["unit", "role"]].tolist()
    ['clients / working days', 'input']
    """
    import pandas as pd

    return pd.read_csv(DATA / "evidence.csv", dtype=str, keep_default_na=False).set_index("id")


@cache
def sources() -> "pd.DataFrame":
    """What each source of the evidence is worth: `data/sources.csv`, by source.

    Columns ``kind, grade, secondary, interest, remark``. Grade A: a register, survey or cohort of a
    whole country or region; B: a study, poll or register of one place or organisation; C: known
    only from a report of it, from the press, or from an old or partial list. `secondary` says that
    the original was not seen, `interest` that the publisher gains by the figure.
    """
    import pandas as pd

    return pd.read_csv(DATA / "sources.csv", dtype=str).set_index("source")


def figure(identity: str) -> float:
    """The number in a row of the evidence."""
    return float(evidence().loc[identity, "value"])
