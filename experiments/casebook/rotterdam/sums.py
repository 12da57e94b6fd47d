"""The sums of Rotterdam: trajectories with the band of a small study, and who entered."""

import numpy as np
import pandas as pd

from kring.simulation.rows import ENTRANCES

ASKED = 45
FROM_WEEK = 8  # before it too few have entered for a mean


def band_of_means(counts: np.ndarray, luck: np.random.Generator) -> tuple[float, float]:
    """Where 95% of the means of 45 clients lie, from numbers of clients by count."""
    if not counts.sum():
        return float("nan"), float("nan")
    share = counts / counts.sum()
    means = luck.multinomial(ASKED, share, 1000) @ np.arange(len(share)) / ASKED
    low, high = np.quantile(means, [0.025, 0.975])
    return float(low), float(high)


def trajectories(weekly: pd.DataFrame, spread: pd.DataFrame) -> pd.DataFrame:
    """Mean problems and supporters by week and route; for problems, the band of 45 people."""
    luck = np.random.Generator(np.random.Philox(key=[45, 0]))
    counts = spread.drop(columns="run").groupby(["entrance", "week"]).sum()
    rows = []
    for entrance in ENTRANCES:
        part = weekly[weekly["entrance"] == entrance].set_index("week")
        for week in part.index[part.index >= FROM_WEEK]:
            low, high = band_of_means(counts.loc[(entrance, week)].to_numpy(), luck)
            problems, supporters = part.loc[week, ["problems", "supporters"]]
            rows.append((entrance, week, "problems", problems, low, high))
            rows.append((entrance, week, "supporters", supporters, np.nan, np.nan))
    return pd.DataFrame(rows, columns=["entrance", "week", "outcome", "mean", "low", "high"])


def who_entered(entrants: pd.DataFrame, towns: int) -> pd.DataFrame:
    """Clients by route of entry: how they differ before anything is done."""
    rows = []
    for entrance, part in entrants.groupby("entrance", sort=False):
        clients = part["clients"].to_numpy()
        means = {
            name: np.average(part[name], weights=clients)
            for name in part.columns.drop(["run", "entrance", "clients"])
        }
        rows.append({"entrance": entrance, "clients_a_year": clients.sum() / towns, **means})
    return pd.DataFrame(rows)
