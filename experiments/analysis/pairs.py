"""Pairs: differences between policies and points on the same people, with intervals over towns."""

from functools import lru_cache

import numpy as np
import pandas as pd

from experiments.measures import measure
from experiments.study.design import Point, country_of, drawn_country, points, points_of
from experiments.study.file import SAMPLED, Study
from simulation.comparison import interval
from simulation.errors import KringError, nearest


def as_now(study: Study, policy: int) -> int | None:
    """The point at which a policy's own levers have the values they vary around."""
    own = study.policy_of(study.policies[policy])
    if isinstance(own, dict):
        own = own["team"]
    now = {f"policy.{lever}": value for lever, value in own.model_dump().items()}
    return places(study).get(tuple((name, now.get(name)) for name in study.vary.factors()))


def places(study: Study) -> dict[tuple, int]:
    """At which point of the design what varies has these values; the first where it is twice."""
    return _places(study.vary.key)


@lru_cache(maxsize=8)
def _places(key: str) -> dict[tuple, int]:
    every = list(enumerate(points_of(key, "")))
    return {tuple(point.items()): i for i, point in reversed(every)}


def reference(study: Study, policy: int, point: int) -> tuple[int, int]:
    """What a policy at a point is compared with: a policy and a point.

    If levers vary, the same policy at its own values (or the first point); else the first policy
    at the same point, in the same town with the same strengths.
    """
    names = study.vary.factors()
    if study.vary.design == "shapley":
        return 0, 0
    if names and all(name.startswith("policy.") for name in names):
        now = as_now(study, policy)
        return policy, 0 if now is None else now
    if names and len(study.policies) == 1:
        return 0, 0
    return 0, point


def sizes(study: Study) -> pd.DataFrame:
    """Clients of a country's municipalities: `seed, municipality, clients`."""
    seeds = range(study.first_seed, study.first_seed + study.seeds)
    return pd.DataFrame(
        [
            (seed, one.number, one.town.clients)
            for seed in seeds
            for one in drawn_country(country_of(study), study.country.clients, seed)
        ],
        columns=["seed", "municipality", "clients"],
    )


def over_clients(runs: pd.DataFrame, study: Study, names: list[str]) -> pd.DataFrame:
    """A row for a country, not for each municipality: means over clients that have a value."""
    by = [runs[key] for key in ("policy", "point", "seed")]
    clients = runs[["seed", "municipality"]].merge(sizes(study), how="left")["clients"]
    values = runs[names]
    weights = values.notna().mul(clients.to_numpy(), axis=0)
    sums = (values * weights).groupby(by, sort=False).sum()
    return (sums / weights.groupby(by, sort=False).sum()).reset_index()


def whole(runs: pd.DataFrame, study: Study, names: list[str]) -> pd.DataFrame:
    """Runs with their point, a row for each town or country."""
    table = runs if "point" in runs else runs.assign(point=0)
    return over_clients(table, study, names) if study.country else table


def by_seed(
    runs: pd.DataFrame, study: Study, names: list[str] | None = None
) -> dict[tuple[int, int], pd.DataFrame]:
    """Outcomes by seed for each policy and point; of a country, means over its clients."""
    called = [policy.name for policy in study.policies]
    names = names or study.outcomes
    found = {}
    for (policy, point), part in whole(runs, study, names).groupby(["policy", "point"], sort=False):
        found[called.index(policy), int(point)] = part.set_index("seed")[names]
    return found


def runs_of(runs: pd.DataFrame, policy: str) -> pd.DataFrame:
    """The runs of a policy, for a reading that is about that one.

    Raises
    ------
    KringError
        If there are none.
    """
    found = runs[runs["policy"] == policy]
    if found.empty:
        raise KringError(
            f"this reading is about a policy that has no runs, {policy!r}; "
            f"{nearest(policy, runs['policy'].unique())}"
        )
    return found


def of_policy(study: Study, runs: pd.DataFrame, policy: str) -> pd.DataFrame:
    """Outcomes of a policy by seed, where nothing else varies."""
    return whole(runs_of(runs, policy), study, study.outcomes).set_index("seed")[study.outcomes]


def paired_table(study: Study, runs: pd.DataFrame) -> pd.DataFrame:
    """Means by policy and point, and differences from what each is compared with, seed by seed.

    Returns
    -------
    DataFrame
        ``policy, point, <what varies>, outcome, unit, value, difference, low, high,
        compared_with``. The interval is 95% of the mean over seeds; NaN with one seed.
    """
    found = by_seed(runs, study)
    every: tuple[Point, ...] = points(study)
    rows = []
    for (policy, point), values in found.items():
        other = reference(study, policy, point)
        base = found.get(other, values * np.nan)
        for name in study.outcomes:
            pairs = (values[name] - base[name].reindex(values.index)).dropna().to_numpy()
            change = interval(pairs) if len(pairs) else (np.nan,) * 3
            rows.append(
                {
                    "policy": study.policies[policy].name,
                    "point": point,
                    **every[point],
                    "outcome": name,
                    "unit": measure(name).unit,
                    "value": values[name].mean(),
                    "difference": change[0],
                    "low": change[1],
                    "high": change[2],
                    "compared_with": study.policies[other[0]].name,
                }
            )
    return pd.DataFrame(rows)


def over_futures(study: Study, runs: pd.DataFrame) -> pd.DataFrame:
    """Each policy over all drawn points: mean, where 90% of the futures lie, and the difference.

    Returns
    -------
    DataFrame
        ``policy, outcome, unit, value, low_future, high_future, difference, low, high,
        lower_share``: `difference` is the mean difference from the first policy in the same
        futures, with the 95% interval of that mean; `lower_share` the share of futures in which
        the outcome is lower than under the first policy.
    """
    table = whole(runs, study, study.outcomes)
    at = table.groupby(["policy", "point"], sort=False)[study.outcomes].mean()
    first = at.loc[study.policies[0].name]
    rows = []
    for policy in study.policies:
        mine = at.loc[policy.name]
        for name in study.outcomes:
            change = (mine[name] - first[name]).dropna().to_numpy()
            mean, low, high = interval(change)
            rows.append(
                {
                    "policy": policy.name,
                    "outcome": name,
                    "unit": measure(name).unit,
                    "value": mine[name].mean(),
                    "low_future": mine[name].quantile(0.05),
                    "high_future": mine[name].quantile(0.95),
                    "difference": mean,
                    "low": low,
                    "high": high,
                    "lower_share": float((change < 0).mean()),
                }
            )
    return pd.DataFrame(rows)


def is_sampled(study: Study) -> bool:
    """Whether points are drawn between low and high."""
    return study.vary.design in SAMPLED


def is_line(study: Study) -> bool:
    """Whether one quantity varies, in numbers that are given."""
    levels = list(study.vary.factors().values())
    if study.vary.design not in ("grid", "list") or len(levels) != 1:
        return False
    return not any(isinstance(value, str) for value in levels[0])
