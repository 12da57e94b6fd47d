"""Sensitivity: which of the quantities that vary an outcome, or a difference, depends on.

Points are drawn between low and high (Latin hypercube, Sobol, Morris); afterwards the spread of
each outcome between them is laid at the door of the quantities. Indices of luck mislead, so each
stands beside what luck of the towns drawn would give by itself.
"""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from kring.experiments.analyses.paired import by_point, by_town
from kring.experiments.analyses.sensitivity.methods import method_of
from kring.experiments.measures import measure
from kring.experiments.study.plan import Plan

Span = tuple[float, float, float]  # value, low, high
UNKNOWN: Span = (np.nan, np.nan, np.nan)


def indices(plan: Plan, runs: pd.DataFrame) -> pd.DataFrame:
    """Sensitivity of each outcome under each policy, and of its difference from the first policy.

    Returns
    -------
    DataFrame
        ``policy, of, outcome, unit, factor, index, value, low, high, by_luck, spread, luck,
        missing``. `of` is "value" or "difference". `index` is, for Sobol, "first order" (share of
        the variance that the factor brings by itself) and "total" (with all it has a part in); for
        Morris "mu", "mu_star" (mean and mean absolute change from low to high) and "sigma"; for a
        Latin hypercube "partial rank correlation", the other factors held. `low` and `high` are 95%
        intervals over points. `by_luck` is what luck could make of it at most, `spread` the
        standard deviation between points, `luck` the share of its variance that is luck of the
        towns drawn (NaN with one seed), `missing` the points without a result.
    """
    method, rows = method_of(plan), []
    for policy, of, outcome, table in subjects(plan, by_town(runs, plan, plan.outcomes)):
        about = {"policy": policy, "of": of, "outcome": outcome, "unit": measure(outcome).unit}
        missing = table.isna().all(axis=1).to_numpy()
        noise = luck_variance(table)
        means = table.mean(axis=1).to_numpy()
        spread = float(np.std(means[~missing], ddof=1)) if (~missing).sum() > 1 else np.nan
        varies = bool(spread > 1e-9 * max(1e-9, float(np.abs(means[~missing]).max(initial=0))))
        spread = 0.0 if spread == spread and not varies else spread  # rounding is no spread
        luck = float(np.minimum(1, noise / spread**2)) if varies else np.nan
        common = {"spread": spread, "luck": luck, "missing": int(missing.sum())}
        for factor, index, span in spans(plan, means, missing, varies):
            numbers = dict(zip(("value", "low", "high"), span, strict=True))
            by_luck = method.by_luck(index, luck, noise)
            rows.append(
                {**about, "factor": factor, "index": index, **numbers, "by_luck": by_luck, **common}
            )
    return pd.DataFrame(rows)


def subjects(plan: Plan, runs: pd.DataFrame) -> Iterator[tuple[str, str, str, pd.DataFrame]]:
    """What is looked at: policy, value or difference, outcome, and a table of points by seeds."""
    for policy in plan.policies:
        for outcome in plan.outcomes:
            yield policy.name, "value", outcome, by_point(plan, runs, policy.name, outcome)
    first, *others = (policy.name for policy in plan.policies)
    for other in others:
        for outcome in plan.outcomes:
            table, base = (by_point(plan, runs, name, outcome) for name in (other, first))
            yield other, "difference", outcome, table - base


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


def spans(
    plan: Plan, means: np.ndarray, missing: np.ndarray, varies: bool
) -> Iterator[tuple[str, str, Span]]:
    """Each factor's indices with their intervals; NaN where they cannot be had."""
    method = method_of(plan)
    usable = varies and not (method.needs_all and missing.any())
    found = method.compute(plan, means, ~missing) if usable else None
    for i, factor in enumerate(plan.design.factors):
        for index in method.indices:
            if found is None:
                yield factor, index, UNKNOWN
            else:
                value, low, high = found[index]
                yield factor, index, (float(value[i]), float(low[i]), float(high[i]))


def by_size(plan: Plan, table: pd.DataFrame) -> list[str]:
    """What varies, from what counts most for the first outcome under the first policy."""
    main = table[(table["index"] == method_of(plan).main) & (table["of"] == "value")]
    size = main.drop_duplicates("factor").set_index("factor")["value"].abs().fillna(0)
    return sorted(plan.design.factors, key=lambda factor: -size[factor])
