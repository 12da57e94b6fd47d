"""The year before week 1 of a town that runs already: what it has in each half of it."""

import pandas as pd

from kring.simulation.outcomes import MUNICIPAL_NAMES
from kring.simulation.result import Result
from kring.simulation.town import Town

YEAR_BEFORE = "year_before"
GROWS = "provisions"
HALF_YEAR = 26
BOOKED = {
    "waiting_list": ("waiting_list",),
    "cases": ("cases",),
    "spent": tuple(name for name in MUNICIPAL_NAMES if name.startswith("spent_")),
    GROWS: ("spent_provision",),
}


def year_before(result: Result, town: Town) -> pd.DataFrame:
    """Means over the weeks of the first and the last half of that year; no rows without one."""
    before = result.sums_before
    rows = []
    for what, names in BOOKED.items() if len(before) >= 2 * HALF_YEAR else ():
        weekly = before[:, [MUNICIPAL_NAMES.index(name) for name in names]].sum(axis=1)
        rows.append((what, weekly[:-HALF_YEAR].mean(), weekly[-HALF_YEAR:].mean()))
    return pd.DataFrame(rows, columns=["what", "first", "last"])
