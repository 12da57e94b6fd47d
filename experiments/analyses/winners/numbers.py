"""Winners and losers in numbers: better and worse off by group, corrected for how many there are.

Each client is compared with him- or herself under the first policy, with the same luck. Among many
groups one differs by accident sooner than among few: intervals are made so much wider that all of
them together hold at 95% (Bonferroni).
"""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from kring.experiments.analyses.paired import over_sets
from kring.experiments.analyses.winners.groups import GROUPINGS, Group, Grouping, members
from kring.experiments.study.plan import Plan
from kring.simulation.spread import Spread

COLUMNS = (
    *("policy", "by", "group", "clients", "share", "better", "same", "worse"),
    *("better_low", "better_high", "worse_low", "worse_high"),
    *("balance", "balance_low", "balance_high", "change", "groups"),
)


def winners(plan: Plan, runs: pd.DataFrame, ends: pd.DataFrame) -> pd.DataFrame:
    """Who ends with fewer and with more problems than under the first policy, group by group.

    Returns
    -------
    DataFrame
        ``policy, by, group, clients, share, better, same, worse, better_low, better_high,
        worse_low, worse_high, balance, balance_low, balance_high, change, groups``. `clients` is
        how many of them a town has on average and `share` which part that is of all; `better`,
        `same` and `worse` add up to 1; `balance` is better less worse; intervals are over the sets
        (or towns) and hold for all ``groups`` together; `change` is the mean change in problems.
    """
    rows = [
        row
        for number in range(1, len(plan.policies))
        for row in of_policy(plan, number, runs, ends)
    ]
    return pd.DataFrame(
        [corrected(row, len(rows), len(plan.seeds)) for row in rows], columns=COLUMNS
    )


def of_policy(
    plan: Plan, number: int, runs: pd.DataFrame, ends: pd.DataFrame
) -> Iterator[dict[str, Any]]:
    """The groups of a policy that have members, with how better and worse off spread."""
    first, own = (with_seed(plan.policies[i].name, runs, ends) for i in (0, number))
    clients = own.join(first["problems"].rename("before"), how="inner").reset_index()
    clients["change"] = clients["problems"] - clients["before"]
    clients["better"], clients["worse"] = clients["change"] < 0, clients["change"] > 0
    for grouping in GROUPINGS:
        for group in grouping.groups:
            part = clients[members(clients, grouping, group)]
            if len(part):
                yield of_group(plan, number, grouping, group, part, len(clients))


def with_seed(policy: str, runs: pd.DataFrame, ends: pd.DataFrame) -> pd.DataFrame:
    """How the clients of a policy end, by seed and client."""
    own = runs.loc[runs["policy"] == policy, ["run", "seed"]]
    return ends.merge(own, on="run").drop(columns="run").set_index(["seed", "client"])


def of_group(
    plan: Plan, number: int, grouping: Grouping, group: Group, part: pd.DataFrame, everybody: int
) -> dict[str, Any]:
    """One group: how many, and how better and worse off spread."""
    by_town = part.groupby("seed")[["better", "worse"]].mean()
    balance = by_town["better"] - by_town["worse"]
    better, worse = (float(part[side].mean()) for side in ("better", "worse"))
    return {
        "policy": plan.policies[number].name,
        "by": grouping.word.en,
        "group": group.word.en,
        "clients": len(part) / len(plan.seeds),
        "share": len(part) / everybody,
        "better": better,
        "same": 1 - better - worse,
        "worse": worse,
        "change": float(part["change"].mean()),
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
