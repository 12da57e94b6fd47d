"""Pairs: differences between policies and points on the same people, over sets and towns."""

from itertools import product
from typing import Any

import numpy as np
import pandas as pd

from kring.experiments.measures import measure
from kring.experiments.study.plan import Plan
from kring.simulation.errors import KringError, nearest
from kring.simulation.spread import Spread, interval, spread

SPREAD = ["low", "high", "share", "chance"]  # columns beside a middle


def sizes(plan: Plan) -> pd.DataFrame:
    """Clients of a country's municipalities: `seed, municipality, clients`."""
    return pd.DataFrame(
        [
            (seed, one.number, one.town.clients)
            for seed in plan.all_seeds
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
    """An outcome under a policy: a row for each point of the design, a column for each town."""
    part = runs[runs["policy"] == policy]
    part = part.assign(town=(part["seed"] - plan.seeds.start) % len(plan.seeds))
    table = part.pivot(index="point", columns="town", values=outcome)
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


def family(plan: Plan) -> int:
    """How many differences are to hold together: all of a study where it says so, else each."""
    if not plan.together:
        return 1
    points = 1 if plan.design.is_sampled else len(plan.points)
    every = product(plan.design.policies, range(points))
    compared = sum(plan.design.compared_with(*one) != one for one in every)
    return max(1, compared * len(plan.outcomes))


def over_sets(
    plan: Plan, values: pd.Series, policy: int = 0, point: int = 0, together: int = 1
) -> Spread:
    """How values by seed spread over the sets that a policy lived at a point; NaN is left out."""
    values = values.dropna()
    sets = [plan.set_of(policy, point, int(seed)) for seed in values.index]
    return spread(values.to_numpy(), np.array(sets), together)


def bounded(change: Spread, outcome: str) -> Spread:
    """A difference as far as it can go: of a share by no more than all."""
    return change.within(-1, 1) if measure(outcome).unit == "share" else change


def spread_of(row: Any, middle: str = "difference", prefix: str = "") -> Spread:
    """The spread that a row of a table holds, beside the column of its middle."""
    names = (middle, *(prefix + name for name in SPREAD))
    return Spread(*(float(getattr(row, name, np.nan)) for name in names))


def paired_table(plan: Plan, runs: pd.DataFrame) -> pd.DataFrame:
    """Outcomes by policy and point, and differences from what each is compared with.

    Returns
    -------
    DataFrame
        ``policy, point, <what varies>, outcome, unit, value, difference, low, high, share,
        chance, compared_with``: a `Spread` of the differences, taken town by town. Over the sets
        of an ensemble `value` is the median of what is compared with, and the difference.
    """
    found, together = by_seed(runs, plan), family(plan)
    rows = []
    for (policy, point), values in found.items():
        other = plan.design.compared_with(policy, point)
        base = found.get(other, values * np.nan)
        for name in plan.outcomes:
            pairs = values[name] - base[name].reindex(values.index)
            change = bounded(over_sets(plan, pairs, policy, point, together), name)
            usual = over_sets(plan, base[name], *other).middle
            own = usual + change.middle
            if np.isnan(own):
                own = over_sets(plan, values[name], policy, point).middle
            rows.append(
                {
                    "policy": plan.policies[policy].name,
                    "point": point,
                    **plan.points[point],
                    "outcome": name,
                    "unit": measure(name).unit,
                    "value": own,
                    "difference": change.middle,
                    "low": change.low,
                    "high": change.high,
                    "share": change.share,
                    "chance": change.chance,
                    "compared_with": plan.policies[other[0]].name,
                }
            )
    return pd.DataFrame(rows)


def in_futures(pairs: pd.Series, shared: bool, together: int) -> Spread:
    """How differences by point and seed spread over futures, which may share their towns."""
    futures = pairs.index.get_level_values("point").to_numpy()
    found = spread(pairs.to_numpy(), futures, together)
    if not shared or pairs.empty:
        return found
    medians = pairs.groupby(level="seed").median()
    middle, _, high = interval(medians.to_numpy(), together)
    return found._replace(
        low=found.middle - float(np.hypot(found.middle - found.low, high - middle)),
        high=found.middle + float(np.hypot(found.high - found.middle, high - middle)),
        chance=high - middle,
    )


def over_futures(plan: Plan, runs: pd.DataFrame) -> pd.DataFrame:
    """Each policy over all drawn points: median, where 90% of the futures lie, the difference.

    Returns
    -------
    DataFrame
        ``policy, outcome, unit, value, low_future, high_future, difference, low, high, share,
        chance``: a `Spread` of the differences from the first policy in the same future, on the
        same people; futures stand where the sets of an ensemble do. Where futures share their towns
        (Sobol, Morris) chance is how far the median over futures moves from town to town.
    """
    towns = by_town(runs, plan, plan.outcomes).set_index(["policy", "point", "seed"])
    first, together = towns.loc[plan.policies[0].name], family(plan)
    rows = []
    for policy in plan.policies:
        own = towns.loc[policy.name]
        for name in plan.outcomes:
            pairs = (own[name] - first[name]).dropna()
            change = bounded(in_futures(pairs, not plan.rotates, together), name)
            futures = own[name].groupby(level="point").mean()
            rows.append(
                {
                    "policy": policy.name,
                    "outcome": name,
                    "unit": measure(name).unit,
                    "value": first[name].groupby(level="point").mean().median() + change.middle,
                    "low_future": futures.quantile(0.05),
                    "high_future": futures.quantile(0.95),
                    "difference": change.middle,
                    "low": change.low,
                    "high": change.high,
                    "share": change.share,
                    "chance": change.chance,
                }
            )
    return pd.DataFrame(rows)
