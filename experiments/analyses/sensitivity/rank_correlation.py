"""Partial rank correlations: how an outcome goes with each quantity, the others held."""

import numpy as np
import pandas as pd

from kring.experiments.study.sampling import SAMPLE_SEED

RESAMPLES = 500
SPARE = 4  # points that rank correlations need beyond the number of quantities
SINGULAR = 1e10  # condition of a matrix from which on its inverse means nothing

Spans = tuple[np.ndarray, np.ndarray, np.ndarray]  # value, low, high of each quantity


def rank_correlations(drawn: np.ndarray, means: np.ndarray) -> Spans | None:
    """Partial rank correlations with bootstrap intervals; None with too few points.

    A resample in which they mean nothing is left out; no interval where most are.

    Parameters
    ----------
    drawn : ndarray, shape (points, quantities)
        What was drawn.
    means : ndarray
        An outcome at each point.
    """
    n, factors = drawn.shape
    if n < factors + SPARE:
        return None
    ranks = pd.DataFrame(drawn).assign(y=means).rank().to_numpy()
    random = np.random.default_rng(SAMPLE_SEED)
    again = np.array([partial(ranks[random.integers(n, size=n)]) for _ in range(RESAMPLES)])
    known = again[np.isfinite(again).all(axis=1)]
    if len(known) < RESAMPLES / 2:
        none = np.full(factors, np.nan)
        return partial(ranks), none, none
    low, high = np.quantile(known, (0.025, 0.975), axis=0)
    return partial(ranks), low, high


def partial(ranks: np.ndarray) -> np.ndarray:
    """Correlation of each column but the last with the last, the others held.

    NaN where that means nothing: a column is constant, or follows from the others, or so few rows
    differ that a plane goes through them all.
    """
    columns = ranks.shape[1]
    unknown = np.full(columns - 1, np.nan)
    if (np.ptp(ranks, axis=0) == 0).any() or len(np.unique(ranks, axis=0)) <= columns:
        return unknown
    every = np.corrcoef(ranks, rowvar=False)
    among, with_last = every[:-1, :-1], every[:-1, -1]
    if np.linalg.cond(among) > SINGULAR:
        return unknown
    inverse = np.linalg.inv(among)
    slopes = inverse @ with_last
    left = max(1 - with_last @ slopes, 1 / SINGULAR)  # of the last column, by the others unsaid
    return np.asarray(slopes / np.sqrt(slopes**2 + left * np.diag(inverse)))
