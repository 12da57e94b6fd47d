"""Within a budget in numbers: the frontier, and each combination against the next best."""

from itertools import pairwise

import pandas as pd

from experiments.analyses.paired import SPREAD, of_policy, over_sets
from experiments.analyses.regret.numbers import direction
from experiments.study.plan import Plan


def next_best(plan: Plan, runs: pd.DataFrame) -> pd.DataFrame:
    """Each combination against the next best in the first outcome, on the same people.

    Returns
    -------
    DataFrame
        ``policy, next, outcome, difference`` and how that spreads, the best first.
    """
    aim = plan.outcomes[0]
    values = {one.name: of_policy(plan, runs, one.name)[aim] for one in plan.policies[1:]}
    ranked = sorted(values, key=lambda name: -direction(aim) * float(values[name].mean()))
    rows = [
        (one, other, aim, *over_sets(plan, values[one] - values[other]))
        for one, other in pairwise(ranked)
    ]
    return pd.DataFrame(rows, columns=["policy", "next", "outcome", "difference", *SPREAD])


def frontier(plan: Plan, tried: pd.DataFrame | None) -> pd.DataFrame:
    """What was tried, with ``on_frontier``: no other costs as little or less and does better."""
    if tried is None:
        return pd.DataFrame()
    aim = -direction(plan.outcomes[0]) * tried[plan.outcomes[0]]
    by_cash = pd.DataFrame({"cash": tried["cash"], "aim": aim}).sort_values(["cash", "aim"])
    best_before = by_cash["aim"].cummin().shift(fill_value=float("inf"))
    return tried.assign(on_frontier=(by_cash["aim"] < best_before).sort_index())
