"""Sensitivity: which of the quantities that vary an outcome, or a difference, depends on.

Points are drawn between low and high (Latin hypercube, Sobol, Morris); afterwards the spread of
each outcome between them is laid at the door of the quantities. Indices of luck mislead, so each
stands beside what luck of the towns drawn would give by itself.
"""

import warnings
from collections.abc import Iterator

import numpy as np
import pandas as pd

from experiments.analysis.pairs import whole
from experiments.extras import extra
from experiments.measures import measure
from experiments.study.design import SAMPLE_SEED, points
from experiments.study.file import Study

LEVELS = 4  # of Morris's grid
STEP = LEVELS / (2 * (LEVELS - 1))  # how far a Morris path goes at a time, as part of the range
RESAMPLES = 500
SPARE = 4  # points that rank correlations need beyond the number of quantities
SINGULAR = 1e10  # condition of a matrix from which on its inverse means nothing
MAIN = {"sobol": "total", "morris": "mu_star", "latin hypercube": "rank correlation"}
Span = tuple[float, float, float]  # value, low, high
UNKNOWN: Span = (np.nan,) * 3


def sample(design: str, factors: dict[str, list[float]], points: int, seed: int) -> np.ndarray:
    """Points between low and high: a row a point, a column a factor.

    Parameters
    ----------
    design : str
        ``latin hypercube``, ``sobol`` (first-order and total) or ``morris``.
    factors : dict of str to [low, high]
        What varies.
    points : int
        Points; for Sobol base points, each worth as many runs as there are factors and two more;
        for Morris paths, each worth as many as there are factors and one more.
    seed : int
        Seed of the draw.
    """
    if design == "latin hypercube":
        return latin_hypercube(factors, points, seed)
    what = f"a {design.capitalize()} design"
    if design == "morris":
        morris = extra("SALib.sample.morris", what, "analysis")
        return morris.sample(problem(factors), points, num_levels=LEVELS, seed=seed)
    sobol = extra("SALib.sample.sobol", what, "analysis")
    with warnings.catch_warnings():  # of powers of two: `advice` says it
        warnings.simplefilter("ignore")
        return sobol.sample(problem(factors), points, calc_second_order=False, seed=seed)


def latin_hypercube(factors: dict[str, list[float]], points: int, seed: int) -> np.ndarray:
    """One point in each of so many equal slices of every factor's range, in a drawn order."""
    random = np.random.default_rng(seed)
    low, high = np.array(list(factors.values()), float).T
    slices = np.array([random.permutation(points) for _ in factors]).T
    return low + (high - low) * (slices + random.random(slices.shape)) / points


def problem(factors: dict[str, list[float]]) -> dict:
    """Factors as SALib wants them."""
    bounds = [[float(v) for v in span] for span in factors.values()]
    return {"num_vars": len(factors), "names": list(factors), "bounds": bounds}


def indices(study: Study, runs: pd.DataFrame) -> pd.DataFrame:
    """Sensitivity of each outcome under each policy, and of its difference from the first policy.

    Returns
    -------
    DataFrame
        ``policy, of, outcome, unit, factor, index, value, low, high, by_luck, spread, luck,
        missing``. `of` is "value" or "difference". `index` is, for Sobol, "first order" (share of
        the variance that the factor brings by itself) and "total" (with all it has a part in); for
        Morris "mu", "mu_star" (mean and mean absolute change from low to high) and "sigma"; for a
        Latin hypercube "rank correlation", with the other factors held. `low` and `high` are 95%
        intervals over points. `by_luck` is what luck could make of it at most, `spread` the
        standard deviation between points, `luck` the share of its variance that is luck of the
        towns drawn (NaN with one seed), `missing` the points without a result.
    """
    rows = []
    for policy, of, outcome, table in subjects(study, whole(runs, study, study.outcomes)):
        about = {"policy": policy, "of": of, "outcome": outcome, "unit": measure(outcome).unit}
        missing = table.isna().all(axis=1).to_numpy()
        noise = luck_variance(table)
        means = table.mean(axis=1).to_numpy()
        spread = float(np.std(means[~missing], ddof=1)) if (~missing).sum() > 1 else np.nan
        varies = spread > 1e-9 * max(1e-9, float(np.abs(means[~missing]).max(initial=0)))
        luck = float(np.minimum(1, noise / spread**2)) if varies else np.nan
        common = {"spread": spread, "luck": luck, "missing": int(missing.sum())}
        for factor, index, span in spans(study, means, missing, bool(varies)):
            named = dict(zip(("value", "low", "high"), span, strict=True))
            by_luck = alone(index, luck, noise)
            rows.append({**about, "factor": factor, "index": index, **named, "by_luck": by_luck}
                        | common)  # fmt: skip
    return pd.DataFrame(rows)


def subjects(study: Study, runs: pd.DataFrame) -> Iterator[tuple[str, str, str, pd.DataFrame]]:
    """What is looked at: policy, value or difference, outcome, and a table of points by seeds."""
    for policy in study.policies:
        for outcome in study.outcomes:
            yield policy.name, "value", outcome, by_point(study, runs, policy.name, outcome)
    first, *others = (policy.name for policy in study.policies)
    for policy in others:
        for outcome in study.outcomes:
            tables = (by_point(study, runs, name, outcome) for name in (policy, first))
            yield policy, "difference", outcome, next(tables) - next(tables)


def by_point(study: Study, runs: pd.DataFrame, policy: str, outcome: str) -> pd.DataFrame:
    """An outcome under a policy: a row for each point of the design, a column for each seed."""
    part = runs[runs["policy"] == policy]
    table = part.pivot(index="point", columns="seed", values=outcome)
    return table.reindex(range(len(points(study))))


def luck_variance(table: pd.DataFrame) -> float:
    """Variance that luck gives the mean over seeds at a point, as points differ; NaN if unknown.

    What a seed adds at every point alike makes no difference between points, so it is taken off.
    """
    full = table.dropna().to_numpy()
    n, seeds = full.shape
    if n < 2 or seeds < 2:
        return np.nan
    rest = full - full.mean(1, keepdims=True) - full.mean(0, keepdims=True) + full.mean()
    return float((rest**2).sum() / ((n - 1) * (seeds - 1)) / seeds)


def alone(index: str, luck: float, noise: float) -> float:
    """What luck makes of the index of a factor that only reshuffles luck; NaN where it is none.

    Half the mean square of two lucks is their variance; the mean size of a normal number is
    sqrt(2 / pi) of its standard deviation.
    """
    if index == "total":
        return luck
    return float(np.sqrt(2 * noise) * np.sqrt(2 / np.pi) / STEP) if index == "mu_star" else np.nan


def spans(
    study: Study, means: np.ndarray, missing: np.ndarray, varies: bool
) -> Iterator[tuple[str, str, Span]]:
    """Each factor's indices with their intervals; NaN where they cannot be had."""
    factors, design = study.vary.factors(), study.vary.design
    if design == "latin hypercube":
        drawn = sample(design, factors, study.vary.points, SAMPLE_SEED)
        found = rank_correlations(drawn[~missing], means[~missing]) if varies else None
        found = {"rank correlation": found}
    else:
        usable = varies and not missing.any()
        found = (sobol if design == "sobol" else morris)(study, means if usable else None)
    for i, factor in enumerate(factors):
        for index, values in found.items():
            yield factor, index, UNKNOWN if values is None else tuple(float(v[i]) for v in values)


def sobol(study: Study, means: np.ndarray | None) -> dict[str, tuple | None]:
    """First-order and total shares of the variance (Saltelli and others 2010)."""
    if means is None:
        return {"first order": None, "total": None}
    found = extra("SALib.analyze.sobol", "a Sobol design", "analysis").analyze(
        problem(study.vary.factors()), means, calc_second_order=False, num_resamples=RESAMPLES,
        seed=SAMPLE_SEED,
    )  # fmt: skip
    return {
        name: (found[key], found[key] - found[f"{key}_conf"], found[key] + found[f"{key}_conf"])
        for name, key in (("first order", "S1"), ("total", "ST"))
    }


def morris(study: Study, means: np.ndarray | None) -> dict[str, tuple | None]:
    """Mean, mean absolute and spread of the change over a factor's range (Campolongo 2007)."""
    if means is None:
        return {"mu": None, "mu_star": None, "sigma": None}
    factors = study.vary.factors()
    drawn = sample("morris", factors, study.vary.points, SAMPLE_SEED)
    found = extra("SALib.analyze.morris", "a Morris design", "analysis").analyze(
        problem(factors), drawn, means, num_resamples=RESAMPLES, num_levels=LEVELS,
        seed=SAMPLE_SEED,
    )  # fmt: skip
    found = {
        key: np.asarray(found[key], float) for key in ("mu", "mu_star", "sigma", "mu_star_conf")
    }
    none = np.full(len(factors), np.nan)
    half = found["mu_star_conf"]
    return {
        "mu": (found["mu"], none, none),
        "mu_star": (found["mu_star"], found["mu_star"] - half, found["mu_star"] + half),
        "sigma": (found["sigma"], none, none),
    }


def rank_correlations(drawn: np.ndarray, means: np.ndarray) -> tuple | None:
    """Partial rank correlations with bootstrap intervals; None with too few points.

    A resample in which they mean nothing is left out; no interval where most are.
    """
    n, factors = drawn.shape
    if n < factors + SPARE:
        return None
    ranks = pd.DataFrame(drawn).assign(y=means).rank().to_numpy()
    random = np.random.default_rng(SAMPLE_SEED)
    again = np.array([partial(ranks[random.integers(n, size=n)]) for _ in range(RESAMPLES)])
    known = again[np.isfinite(again).all(axis=1)]
    if len(known) < RESAMPLES / 2:
        return partial(ranks), *np.full((2, factors), np.nan)
    return partial(ranks), *np.quantile(known, (0.025, 0.975), axis=0)


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
    return slopes / np.sqrt(slopes**2 + left * np.diag(inverse))


def by_size(study: Study, table: pd.DataFrame) -> list[str]:
    """What varies, from what counts most for the first outcome under the first policy."""
    main = table[(table["index"] == MAIN[study.vary.design]) & (table["of"] == "value")]
    size = main.drop_duplicates("factor").set_index("factor")["value"].abs().fillna(0)
    return sorted(study.vary.factors(), key=lambda factor: -size[factor])
