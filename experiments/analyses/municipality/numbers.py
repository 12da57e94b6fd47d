"""The figures of a municipality: as it told them, and as they come out."""

from collections.abc import Mapping, Sequence

import pandas as pd

from kring.experiments.municipality.figures import FIGURES, told_figures
from kring.experiments.municipality.together import differ
from kring.simulation.own_municipality import OwnMunicipality

COLUMNS = ("figure", "told", "value", "low", "high", "off")


def compared(municipality: OwnMunicipality, made: Mapping[str, Sequence[float]]) -> pd.DataFrame:
    """Each figure as it was told, and as it comes out over sets of strengths.

    Returns
    -------
    DataFrame
        ``figure, told, value, low, high, off``: `told` is NaN where nothing was; `value` is the
        middle, and 95% of the sets lie from `low` to `high`; `off` says whether what was told is
        a quarter or more away from the middle.
    """
    told = told_figures(municipality)
    rows = []
    for name in [one for one in FIGURES if one in made]:
        low, value, high = made[name]
        own = told.get(name, float("nan"))
        rows.append((name, own, value, low, high, name in told and differ(own, value)))
    return pd.DataFrame(rows, columns=COLUMNS)
