"""Winners and losers in numbers: better and worse off by group, corrected for how many there are.

Each client is compared with him- or herself under the first policy, with the same luck. Among many
groups one differs by accident sooner than among few: intervals are made so much wider that all of
them together hold at 95% (Bonferroni).
"""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from kring.experiments.analyses.base import Tables
from kring.experiments.analyses.paired import over_sets
from kring.experiments.measures.groups import EVERYBODY, GROUPINGS, GROUPS, by_group
from kring.experiments.study.plan import Plan
from kring.simulation.spread import Spread

COLUMNS = (
    *("policy", "by", "group", "clients", "share", "better", "same", "worse"),
    *("better_low", "better_high", "worse_low", "worse_high"),
    *("balance", "balance_low", "balance_high", "change", "groups"),
)


def is_kept(plan: Plan) -> bool:
    """Whether a study keeps how each client ends, or already how many of each group."""
    return "ends" in plan.tables or GROUPS in plan.tables


def winners(plan: Plan, tables: Tables) -> pd.DataFrame:
    """Who ends with fewer and with more problems than under the first policy, group by group.

    Returns
    -------
    DataFrame
        ``policy, by, group, clients, share, better, same, worse, better_low, better_high,
        worse_low, worse_high, balance, balance_low, balance_high, change, groups``. `clients` is
        how many of them a town has on average and `share` which part that is of all; `better`,
        `same` and `worse` add up to 1; `balance` is better less worse; intervals are over the sets
        (or towns) and hold for all ``groups`` together; `change` is the mean change in problems.
        Of people of one's own without groups that are too small in some town.
    """
    counts = counted(plan, tables)
    rows = [
        row
        for number in range(1, len(plan.policies))
        for row in of_policy(plan, number, counts[counts["policy"] == plan.policies[number].name])
    ]
    return pd.DataFrame(
        [corrected(row, len(rows), len(plan.seeds)) for row in rows], columns=COLUMNS
    )


def counted(plan: Plan, tables: Tables) -> pd.DataFrame:
    """How many of each group end better and worse off, town by town.

    Returns
    -------
    DataFrame
        ``policy, seed, by, group, clients, better, same, worse, change``, the last in problems of
        all of them together. A group has no numbers where it is too small to be told of.
    """
    runs = tables["runs"][["run", "policy", "seed"]]
    if GROUPS in plan.tables:
        return runs.merge(tables[GROUPS], on="run")
    ends = tables["ends"].merge(runs, on="run")
    first = ends[ends["policy"] == plan.policies[0].name]
    parts = ((one.name, ends[ends["policy"] == one.name]) for one in plan.policies)
    counts = [by_group(own, first).assign(policy=name) for name, own in parts]
    return pd.concat(counts, ignore_index=True)


def of_policy(plan: Plan, number: int, counts: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """The groups of a policy that are told of, with how better and worse off spread."""
    everybody = counts.loc[counts["by"] == EVERYBODY.en, "clients"].sum()
    for grouping in GROUPINGS:
        for group in grouping.groups:
            part = counts[(counts["by"] == grouping.en) & (counts["group"] == group.en)]
            if len(part) and part["clients"].notna().all():
                known = {"by": grouping.en, "group": group.en}
                yield known | of_group(plan, number, part.set_index("seed"), everybody)


def of_group(plan: Plan, number: int, part: pd.DataFrame, everybody: float) -> dict[str, Any]:
    """One group: how many, and how better and worse off spread."""
    clients = part["clients"].sum()
    by_town = part[["better", "worse"]].div(part["clients"], axis=0)
    balance = by_town["better"] - by_town["worse"]
    better, worse = (float(part[side].sum() / clients) for side in ("better", "worse"))
    return {
        "policy": plan.policies[number].name,
        "clients": clients / len(plan.seeds),
        "share": clients / everybody,
        "better": better,
        "same": 1 - better - worse,
        "worse": worse,
        "change": float(part["change"].sum() / clients),
        "spreads": {
            "better": over_sets(plan, by_town["better"], number),
            "worse": over_sets(plan, by_town["worse"], number),
            "balance": over_sets(plan, balance, number),
        },
    }


def corrected(row: dict[str, Any], groups: int, towns: int) -> dict[str, Any]:
    """A row with its intervals, wide enough for so many groups together."""
    spreads: dict[str, Spread] = row.pop("spreads")
    row |= {"balance": spreads["balance"].middle, "groups": groups}
    for name, found in spreads.items():
        wider = widening(groups, 0 if found.is_over_sets else towns)
        row[f"{name}_low"] = found.middle - wider * (found.middle - found.low)
        row[f"{name}_high"] = found.middle + wider * (found.high - found.middle)
    for side in ("better", "worse"):
        row[f"{side}_low"] = max(0.0, row[f"{side}_low"])
        row[f"{side}_high"] = min(1.0, row[f"{side}_high"])
    return row


def widening(groups: int, towns: int = 0) -> float:
    """How much wider 95% intervals are that hold for all groups together; over towns by Student."""
    from scipy.special import ndtri, stdtrit  # slow to load: only who compares waits for it

    alone, together = 1 - 0.05 / 2, 1 - 0.05 / 2 / max(groups, 1)
    if towns > 1:
        return float(stdtrit(towns - 1, together) / stdtrit(towns - 1, alone))
    return float(ndtri(together) / ndtri(alone))
