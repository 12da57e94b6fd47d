"""Pairs: differences between policies and points on the same people, with intervals over towns."""

import numpy as np
import pandas as pd

from experiments.measures import measure
from experiments.study.plan import Plan
from simulation.comparison import interval
from simulation.errors import KringError, nearest


def sizes(plan: Plan) -> pd.DataFrame:
    """Clients of a country's municipalities: `seed, municipality, clients`."""
    return pd.DataFrame(
        [
            (seed, one.number, one.town.clients)
            for seed in plan.seeds
            for one in plan.municipalities(seed)
        ],
        columns=["seed", "municipality", "clients"],
    )


def over_clients(runs: pd.DataFrame, plan: Plan, names: list[str]) -> pd.DataFrame:
    """A row for a country, not for each municipality: means over clients that have a value."""
    by = [runs[key] for key in ("policy", "point", "seed")]
    clients = runs[["seed", "municipality"]].merge(sizes(plan), how="left")["clients"]
    values = runs[names]
    weights = values.notna().mul(clients.to_numpy(), axis=0)
    sums = (values * weights).groupby(by, sort=False).sum()
    return (sums / weights.groupby(by, sort=False).sum()).reset_index()


def by_town(runs: pd.DataFrame, plan: Plan, names: list[str]) -> pd.DataFrame:
    """Runs with their point, a row for each town or country."""
    table = runs if "point" in runs else runs.assign(point=0)
    return over_clients(table, plan, names) if plan.country else table


def by_seed(
    runs: pd.DataFrame, plan: Plan, names: list[str] | None = None
) -> dict[tuple[int, int], pd.DataFrame]:
    """Outcomes by seed for each policy and point; of a country, means over its clients."""
    called = [policy.name for policy in plan.policies]
    names = names or plan.outcomes
    found = {}
    for (policy, point), part in by_town(runs, plan, names).groupby(
        ["policy", "point"], sort=False
    ):
        found[called.index(policy), int(point)] = part.set_index("seed")[names]
    return found


def by_point(plan: Plan, runs: pd.DataFrame, policy: str, outcome: str) -> pd.DataFrame:
    """An outcome under a policy: a row for each point of the design, a column for each seed."""
    part = runs[runs["policy"] == policy]
    table = part.pivot(index="point", columns="seed", values=outcome)
    return table.reindex(range(len(plan.points)))


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


def of_policy(plan: Plan, runs: pd.DataFrame, policy: str) -> pd.DataFrame:
    """Outcomes of a policy by seed, where nothing else varies."""
    return by_town(runs_of(runs, policy), plan, plan.outcomes).set_index("seed")[plan.outcomes]


def paired_table(plan: Plan, runs: pd.DataFrame) -> pd.DataFrame:
    """Means by policy and point, and differences from what each is compared with, seed by seed.

    Returns
    -------
    DataFrame
        ``policy, point, <what varies>, outcome, unit, value, difference, low, high,
        compared_with``. The interval is 95% of the mean over seeds; NaN with one seed.
    """
    found = by_seed(runs, plan)
    rows = []
    for (policy, point), values in found.items():
        other = plan.design.compared_with(policy, point)
        base = found.get(other, values * np.nan)
        for name in plan.outcomes:
            pairs = (values[name] - base[name].reindex(values.index)).dropna().to_numpy()
            change = interval(pairs) if len(pairs) else (np.nan,) * 3
            rows.append(
                {
                    "policy": plan.policies[policy].name,
                    "point": point,
                    **plan.points[point],
                    "outcome": name,
                    "unit": measure(name).unit,
                    "value": values[name].mean(),
                    "difference": change[0],
                    "low": change[1],
                    "high": change[2],
                    "compared_with": plan.policies[other[0]].name,
                }
            )
    return pd.DataFrame(rows)


def over_futures(plan: Plan, runs: pd.DataFrame) -> pd.DataFrame:
    """Each policy over all drawn points: mean, where 90% of the futures lie, and the difference.

    Returns
    -------
    DataFrame
        ``policy, outcome, unit, value, low_future, high_future, difference, low, high,
        lower_share``: `difference` is the mean difference from the first policy in the same
        futures, with the 95% interval of that mean; `lower_share` the share of futures in which
        the outcome is lower than under the first policy.
    """
    table = by_town(runs, plan, plan.outcomes)
    at = table.groupby(["policy", "point"], sort=False)[plan.outcomes].mean()
    first = at.loc[plan.policies[0].name]
    rows = []
    for policy in plan.policies:
        own = at.loc[policy.name]
        for name in plan.outcomes:
            change = (own[name] - first[name]).dropna().to_numpy()
            mean, low, high = interval(change)
            rows.append(
                {
                    "policy": policy.name,
                    "outcome": name,
                    "unit": measure(name).unit,
                    "value": own[name].mean(),
                    "low_future": own[name].quantile(0.05),
                    "high_future": own[name].quantile(0.95),
                    "difference": mean,
                    "low": low,
                    "high": high,
                    "lower_share": float((change < 0).mean()),
                }
            )
    return pd.DataFrame(rows)
