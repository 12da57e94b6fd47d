"""Sampling: points drawn between low and high, evenly over all that varies."""

import warnings
from typing import Any

import numpy as np

from kring.experiments.extras import extra
from kring.experiments.study.quantities import Levels

SAMPLE_SEED = 1  # two studies that vary the same meet the same futures, if they say nothing else
LEVELS = 4  # of Morris's grid

Bounds = dict[str, Levels]


def sample(method: str, factors: Bounds, points: int, seed: int = SAMPLE_SEED) -> np.ndarray:
    """Points between low and high: a row a point, a column a factor.

    Parameters
    ----------
    method : str
        ``latin hypercube``, ``sobol`` (first-order and total) or ``morris``.
    factors : dict of str to [low, high]
        What varies.
    points : int
        Points; for Sobol base points, each worth as many runs as there are factors and two more;
        for Morris paths, each worth as many as there are factors and one more.
    seed : int
        Another gives other points.

    Returns
    -------
    ndarray, shape (rows, factors)

    Raises
    ------
    KringError
        Without the extra `analysis`, for Sobol and Morris.
    """
    if method == "latin hypercube":
        return latin_hypercube(factors, points, seed)
    what = f"a {method.capitalize()} design"
    if method == "morris":
        morris = extra("SALib.sample.morris", what, "analysis")
        drawn = morris.sample(problem(factors), points, num_levels=LEVELS, seed=seed)
    else:
        sobol = extra("SALib.sample.sobol", what, "analysis")
        with warnings.catch_warnings():  # of powers of two: the analysis says it
            warnings.simplefilter("ignore")
            drawn = sobol.sample(problem(factors), points, calc_second_order=False, seed=seed)
    return np.asarray(drawn, float)


def rows(method: str, factors: Bounds, points: int) -> int:
    """How many points `sample` draws."""
    return points * {"sobol": len(factors) + 2, "morris": len(factors) + 1}.get(method, 1)


def latin_hypercube(factors: Bounds, points: int, seed: int) -> np.ndarray:
    """One point in each of so many equal slices of every factor's range, in a drawn order."""
    from scipy.stats.qmc import LatinHypercube  # here: most studies draw no points

    low, high = np.array([[float(v) for v in span] for span in factors.values()]).T
    drawn = LatinHypercube(len(factors), rng=seed).random(points)
    return np.asarray(low + (high - low) * drawn, float)


def problem(factors: Bounds) -> dict[str, Any]:
    """Factors as SALib wants them."""
    bounds = [[float(v) for v in span] for span in factors.values()]
    return {"num_vars": len(factors), "names": list(factors), "bounds": bounds}
