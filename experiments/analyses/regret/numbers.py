"""Regret: how much worse than the best policy each one is, over all futures that were drawn.

Regret in a future is the distance to whichever policy does best there, on the same people. A
policy with little regret everywhere may be preferred to one that is best on average. Futures are
the points that were drawn, or where policies stand beside each other the sets of an ensemble.
"""

from typing import Any

import numpy as np
import pandas as pd

from kring.experiments.analyses.paired import by_town
from kring.experiments.measures import measure, part_of
from kring.experiments.study.plan import Plan
from kring.simulation.spread import student_t

# Which way is better. What stands in neither list can be argued both ways, such as cases closed,
# or hours of professionals; no regret is reckoned for it.
MORE_IS_BETTER = (
    "supporters", "network", "network_help", "cooperation", "solved", "in_group", "found_early",
    "proposed", "met", "network_plan", "skill", "given",
)  # fmt: skip
LESS_IS_BETTER = (
    "problems", "severity", "alone", "lonely", "waiting", "weeks_waited", "wait", "waiting_list",
    "without_plan", "outside", "returns", "refused", "plans", "doubt", "cost", "spent", "cash",
    "cost_others", "paid",
)  # fmt: skip
FAMILIES = ("given_", "spent_", "cash_", "paid_")  # of measures, by what is given or who pays
NEAR = 0.01  # of the mean: within this of the best is near it, where no precision is asked


def direction(outcome: str) -> int:
    """1 where more is better, -1 where less is, 0 where that can be argued both ways."""
    name = part_of(outcome).base
    family = next((f.rstrip("_") for f in FAMILIES if name.startswith(f)), name)
    return int(family in MORE_IS_BETTER) - int(family in LESS_IS_BETTER)


COLUMNS = (
    *("policy", "outcome", "unit", "better", "futures", "left_out", "value", "mean_regret"),
    *("regret_90", "worst_regret", "best", "clearly_best", "near", "tolerance"),
)


def regret(plan: Plan, runs: pd.DataFrame) -> pd.DataFrame:
    """Regret of each policy, by outcome, over the futures in which all policies have results.

    Returns
    -------
    DataFrame
        ``policy, outcome, unit, better, futures, left_out, value, mean_regret, regret_90,
        worst_regret, best, clearly_best, near, tolerance``. `value` is the mean over futures,
        `regret_90` is not passed in 90% of them. `best` is the share of futures in which no
        policy does better; `clearly_best` that in which it beats each other one by more than
        chance would, at 95% in each future, or in all together where the study says so (NaN with
        one town in a future); `near` that in which its regret is
        within `tolerance`: the study's precision, or a hundredth of the mean.
    """
    towns = by_town(runs, plan, plan.outcomes)
    if not plan.design.is_sampled:
        towns = towns.assign(point=[plan.set_of(0, 0, int(seed)) for seed in towns["seed"]])
    table = towns.set_index(["policy", "point", "seed"])
    rows = []
    for outcome in plan.outcomes:
        sign = direction(outcome)
        if sign:
            rows += of_outcome(plan, outcome, sign, table[outcome])
    return pd.DataFrame(rows, columns=COLUMNS)


def of_outcome(plan: Plan, outcome: str, sign: int, values: pd.Series) -> list[dict[str, Any]]:
    """The rows of one outcome, a policy each; none if no future has a result of all policies."""
    names = [policy.name for policy in plan.policies]
    by_seed = sign * values
    found = by_seed.groupby(level=[0, 1]).mean().unstack("policy").reindex(columns=names)
    full = found.dropna()
    if full.empty:
        return []
    behind = full.rsub(full.max(axis=1), axis=0)
    tolerance = plan.precision.get(outcome, NEAR * float(full.abs().to_numpy().mean()))
    clear = clearly_best(by_seed, full, len(full) * (len(names) - 1) if plan.together else 1)
    return [
        {
            "policy": name,
            "outcome": outcome,
            "unit": measure(outcome).unit,
            "better": "more" if sign > 0 else "less",
            "futures": len(full),
            "left_out": len(found) - len(full),
            "value": sign * full[name].mean(),
            "mean_regret": behind[name].mean(),
            "regret_90": behind[name].quantile(0.9),
            "worst_regret": behind[name].max(),
            "best": float((behind[name] == 0).mean()),
            "clearly_best": clear[name],
            "near": float((behind[name] <= tolerance).mean()),
            "tolerance": tolerance,
        }
        for name in names
    ]


def clearly_best(by_seed: pd.Series, futures: pd.DataFrame, family: int) -> dict[str, float]:
    """Share of futures in which each policy beats all others by more than chance would.

    It does where the 95% interval of its lead lies above zero. The towns of one future differ by
    chance alone, and by as much in any: chance is judged over all.
    """
    towns = by_seed.unstack("policy").dropna()
    in_future = towns.groupby(level="point")
    means, number = in_future.mean(), in_future.size()
    off, freedom = towns - in_future.transform("mean"), len(towns) - len(number)
    if not freedom:
        return dict.fromkeys(futures, np.nan)
    t, best, found = student_t(freedom, family), futures.idxmax(axis=1), {}
    for name in futures:
        clear = (best == name).astype(float)
        for other in futures.columns.drop(name):
            chance = np.sqrt(((off[name] - off[other]) ** 2).sum() / freedom / number)
            least = (means[name] - means[other] - t * chance).reindex(futures.index)
            clear = clear.where(least.isna() | (least > 0), 0.0).mask(least.isna())
        found[name] = float(clear.mean())
    return found
