"""Shapley: how much of the difference between two policies each lever brings.

Every mix of the two policies is run. A lever's value is what it adds, averaged over all orders in
which the levers can be changed one after the other; the values add up to the whole difference.
"""

from math import factorial

import numpy as np
import pandas as pd

from kring.experiments.analyses.paired import SPREAD, by_town, over_sets
from kring.experiments.measures import measure
from kring.experiments.study.plan import Plan
from kring.experiments.text.language import later

WHOLE = later("all together")


def values(worth: np.ndarray) -> np.ndarray:
    """Shapley values: a row a player, a column a seed.

    Parameters
    ----------
    worth : ndarray
        Worth of each coalition, a row a coalition, a column a seed; coalitions in the order of
        counting in binary, the first player being the highest bit.
    """
    n = int(np.log2(len(worth)))
    every = np.arange(len(worth))
    size = np.array([int(mask).bit_count() for mask in every])
    found = []
    for player in range(n):
        bit = 1 << (n - 1 - player)
        without = every[every & bit == 0]
        weights = [factorial(s) * factorial(n - 1 - s) / factorial(n) for s in size[without]]
        found.append(np.array(weights) @ (worth[without | bit] - worth[without]))
    return np.array(found)


def split(plan: Plan, runs: pd.DataFrame) -> pd.DataFrame:
    """What each lever brings of the difference, by outcome.

    Returns
    -------
    DataFrame
        ``player, outcome, unit, value, low, high, share, chance, of_whole, seeds, left_out``; the
        last player, "all together", is the whole difference. `value` to `chance` are a `Spread`,
        but `value` is the mean over sets, for medians would not add up. `of_whole` is the part of
        the whole; `left_out` are seeds in which a mix has no result.
    """
    every = plan.points
    towns, rows = by_town(runs, plan, plan.outcomes), []
    for outcome in plan.outcomes:
        table = towns.pivot(index="point", columns="seed", values=outcome)
        table = table.reindex(range(len(every)))
        full = table.dropna(axis=1)
        found = values(full.to_numpy())
        for player, each in zip((*every[0], WHOLE), (*found, found.sum(axis=0)), strict=True):
            mean = each.mean() if len(each) else np.nan
            spread = over_sets(plan, pd.Series(each, full.columns))._replace(middle=mean)
            rows.append(
                {
                    "player": player,
                    "outcome": outcome,
                    "unit": measure(outcome).unit,
                    **dict(zip(("value", *SPREAD), spread, strict=True)),
                    "of_whole": mean / found.sum(axis=0).mean() if found.sum() else np.nan,
                    "seeds": full.shape[1],
                    "left_out": table.shape[1] - full.shape[1],
                }
            )
    return pd.DataFrame(rows)
