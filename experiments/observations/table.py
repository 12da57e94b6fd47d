"""Published figures against what the model gives, with what studies of that size leave open."""

import numpy as np
import pandas as pd

from kring.experiments.observations.rows import ROWS
from kring.simulation.evidence import evidence

NEAR = 0.10  # of the published number


def as_studies(towns: pd.DataFrame, repeats: int = 100) -> pd.DataFrame:
    """Studies of other sizes than the interviews, repeated: each town's figures as they would err.

    Parameters
    ----------
    towns : DataFrame, shape (towns, rows of evidence)
        What was measured in each town.
    repeats : int
        Studies in each town.

    Returns
    -------
    DataFrame, shape (towns x repeats, rows of evidence)
    """
    luck = np.random.Generator(np.random.Philox(key=[len(towns), repeats]))
    many = towns.loc[towns.index.repeat(repeats)].reset_index(drop=True)
    many += luck.normal(size=many.shape) * [np.nan_to_num(ROWS[i].sd) for i in many]
    shares = [i for i in many if evidence().loc[i, "unit"].startswith("share")]
    many[shares] = many[shares].clip(0, 1)
    return many


def against_evidence(studies: pd.DataFrame) -> pd.DataFrame:
    """Hold repeated studies against the published figures.

    Parameters
    ----------
    studies : DataFrame
        A column a row of the evidence, a row a repeat; of one town or of several joined.

    Returns
    -------
    DataFrame
        ``statistic, group, moment, published, simulated, low, high, inside, role, id, deviation,
        fits``: `simulated` is the mean over all and `low` and `high` hold 95% of the repeats.
        `inside` says whether the published number lies between them; of an ordering, whether the
        mean is on the published side, so that the significant difference of which the study spoke
        is none that such studies hardly find; it is missing for what was published in words.
        `deviation` is relative to the published number. `fits` asks more: `inside` and a deviation
        within 10%, of an ordering that 95% of repeats are on its side.
    """
    table = pd.DataFrame([_row(identity, studies[identity].dropna()) for identity in studies])
    return table.astype({"inside": "boolean", "fits": "boolean"})


def _row(identity: str, values: pd.Series) -> dict[str, object]:
    known, row = evidence().loc[identity], ROWS[identity]
    simulated = values.mean()
    low, high = values.quantile([0.05, 0.95] if row.ordering else [0.025, 0.975])
    deviation = simulated / row.published - 1
    inside: bool | None
    if row.ordering:
        inside, fits = simulated > 0, (values > 0).mean() >= 0.95
    elif np.isnan(row.published):
        inside, fits = None, None
    else:
        inside = low <= row.published <= high
        fits = inside and abs(deviation) <= NEAR
    return {
        "statistic": known["statistic"],
        "group": known["group"],
        "moment": known["moment"],
        "published": row.published,
        "simulated": simulated,
        "low": low,
        "high": high,
        "inside": inside,
        "role": row.role,
        "id": identity,
        "deviation": deviation,
        "fits": fits,
    }
