"""Within a budget in numbers: what is paid over all sets, the frontier, and who is next best."""

from itertools import pairwise

import pandas as pd

from kring.experiments.analyses.base import Tables
from kring.experiments.analyses.paired import SPREAD, of_policy, over_sets
from kring.experiments.analyses.regret.numbers import direction
from kring.experiments.study.budget import CASH, ceilings
from kring.experiments.study.plan import Plan
from kring.simulation.spread import Spread

ENDS = ("difference", "low", "high")


def above(plan: Plan, values: pd.DataFrame, today: pd.DataFrame) -> Spread:
    """How far what is paid lies above the ceiling, town by town, and how that spreads over sets."""
    assert plan.budget is not None
    return over_sets(plan, values[CASH] - ceilings(plan.budget, today).reindex(values.index))


def share_above(found: Spread) -> float:
    """In what part of the sets the ceiling is passed."""
    if not found.is_over_sets:
        return float(found.middle > 0)
    return found.share if found.middle > 0 else 1 - found.share


def judged(plan: Plan, runs: pd.DataFrame, left_out: pd.DataFrame | None) -> pd.DataFrame:
    """What each combination pays over all sets that it is lived in, and those left out for it.

    Returns
    -------
    DataFrame
        ``policy, cash, above, low, high, share_above, within, left_out``, and levers of those
        that are left out; EUR a year for each new client.
    """
    today = of_policy(plan, runs, plan.policies[0].name)
    lived = {one.name: of_policy(plan, runs, one.name) for one in plan.policies[1:]}
    rows = [{"policy": name, **judgement(plan, one, today)} for name, one in lived.items()]
    table = pd.DataFrame(rows).assign(left_out=False)
    if left_out is None:
        return table
    return pd.concat([table, left_out.assign(left_out=True)], ignore_index=True)


def judgement(plan: Plan, values: pd.DataFrame, today: pd.DataFrame) -> dict[str, float | bool]:
    """Whether a combination stays within the budget: in the middle set it is not above it."""
    found = above(plan, values, today)
    return {
        "cash": over_sets(plan, values[CASH]).middle,
        "above": found.middle,
        "low": found.low,
        "high": found.high,
        "share_above": share_above(found),
        "within": found.middle <= 0,
    }


def next_best(plan: Plan, runs: pd.DataFrame) -> pd.DataFrame:
    """Each combination against the next best in the first outcome, on the same people.

    Those that come out above the ceiling are none of the best.

    Returns
    -------
    DataFrame
        ``policy, next, outcome, difference`` and how that spreads, the best first.
    """
    aim = plan.outcomes[0]
    within = judged(plan, runs, None).query("within")["policy"]
    values = {name: of_policy(plan, runs, name)[aim] for name in within}
    ranked = sorted(values, key=lambda name: -direction(aim) * float(values[name].mean()))
    rows = [
        (one, other, aim, *over_sets(plan, values[one] - values[other]))
        for one, other in pairwise(ranked)
    ]
    return pd.DataFrame(rows, columns=["policy", "next", "outcome", "difference", *SPREAD])


def from_today(plan: Plan, values: pd.DataFrame, today: pd.DataFrame) -> dict[str, float]:
    """How each outcome differs from today's on the same people: `wait_low` and the like."""
    found = {name: over_sets(plan, values[name] - today[name]) for name in plan.outcomes}
    return {f"{name}_{end}": one[i] for name, one in found.items() for i, end in enumerate(ENDS)}


def frontier(plan: Plan, tables: Tables) -> pd.DataFrame:
    """What was tried in few sets, and the best over all sets, as they differ from today.

    Returns
    -------
    DataFrame
        That of what was tried with ``on_frontier``: no other costs as little or less and does
        better; below it ``policy`` and differences of those that are lived in all sets.
    """
    tried, runs = tables.get("tried"), tables["runs"]
    if tried is None:
        return pd.DataFrame(columns=["policy", "on_frontier"])
    aim = -direction(plan.outcomes[0]) * tried[plan.outcomes[0]]
    by_cash = pd.DataFrame({"cash": tried[CASH], "aim": aim}).sort_values(["cash", "aim"])
    best_before = by_cash["aim"].cummin().shift(fill_value=float("inf"))
    few = tried.assign(on_frontier=(by_cash["aim"] < best_before).sort_index())
    today = of_policy(plan, runs, plan.policies[0].name)
    lived = pd.DataFrame(
        {"policy": one.name, **from_today(plan, of_policy(plan, runs, one.name), today)}
        for one in plan.policies[1:]
    )
    return pd.concat([few, lived.assign(on_frontier=False)], ignore_index=True)
