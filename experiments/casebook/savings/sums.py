"""The sums of savings: what is spent by kind and payer, and what comes back of what is invested."""

import math

import numpy as np
import pandas as pd

from experiments.analyses.base import Tables
from experiments.analyses.paired import runs_of
from experiments.measures.base import YEAR
from experiments.study.plan import Plan
from simulation.comparison import interval
from simulation.money import KINDS, by_payer, payers

INVESTED = ["conference", "neighbourhood", "schooling", "campaign"]


def years_of(plan: Plan) -> int:
    """Years that are lived, the last perhaps in part."""
    return math.ceil(plan.weeks / YEAR)


def spent(plan: Plan, tables: Tables) -> pd.DataFrame:
    """EUR by run, year and kind, per client whose need arises in that year."""
    known = tables["runs"][["run", "policy", "seed"]]
    books = known.merge(tables["books"], on="run")
    kinds = books[[f"spent_{kind}" for kind in KINDS]].set_axis(list(KINDS), axis=1)
    clients_a_year = plan.town.clients * YEAR / plan.town.entry_weeks
    wide = pd.concat([books[["policy", "seed", "year"]], kinds / clients_a_year], axis=1)
    return wide.melt(["policy", "seed", "year"], var_name="kind", value_name="eur")


def payer_table(plan: Plan, table: pd.DataFrame) -> pd.DataFrame:
    """EUR per client by policy and payer, and the paired difference with its interval."""
    wide = table.groupby(["policy", "seed", "kind"], sort=False)["eur"].mean().unstack("kind")
    paid = wide.apply(by_payer, axis=1).reset_index()
    first = runs_of(paid, plan.policies[0].name).set_index("seed")
    rows = []
    for policy in plan.policies:
        own = runs_of(paid, policy.name).set_index("seed")
        for payer in dict.fromkeys(payers()["payer"]):
            found = interval((own[payer] - first[payer]).dropna())
            rows.append((policy.name, payer, own[payer].mean(), *found))
    return pd.DataFrame(rows, columns=["policy", "payer", "eur", "difference", "low", "high"])


def return_table(plan: Plan, table: pd.DataFrame) -> pd.DataFrame:
    """Returns per euro and net saving per client, by policy and year (0: all years), paired.

    What is spent in a year counts per client who came in that year; in all years, per client who
    came in any.
    """
    keys = ["policy", "seed", "year", "kind"]
    wide = table.set_index(keys)["eur"].unstack("kind").reset_index()
    now, *others = (
        runs_of(wide, policy.name).drop(columns="policy").set_index(["seed", "year"])
        for policy in plan.policies
    )
    rows = []
    for policy, own in zip(plan.policies[1:], others, strict=True):
        change = (own - now).dropna()
        invested = change[INVESTED].sum(axis=1)
        saved = -change.drop(columns=INVESTED).sum(axis=1)
        for year in range(years_of(plan) + 1):
            put_in, came_out = (
                (part.groupby("seed").mean() if year == 0 else part.xs(year, level="year"))
                for part in (invested, saved)
            )
            # The quotient of sums: that of a single town has no mean where little is invested.
            returns = jackknife(came_out.to_numpy(), put_in.to_numpy())
            net = interval((came_out - put_in).to_numpy())
            rows.append((policy.name, year, put_in.mean(), came_out.mean(), *returns, *net))
    columns = ["policy", "year", "invested", "saved", "returns", "returns_low", "returns_high"]
    return pd.DataFrame(rows, columns=[*columns, "net", "net_low", "net_high"])


def jackknife(parts: np.ndarray, totals: np.ndarray) -> tuple[float, float, float]:
    """Quotient of two sums with its 95% interval, leaving out one town at a time (Quenouille).

    NaN where nothing is invested, or its sign is not the same in all towns.
    """
    if totals.sum() == 0 or (totals <= 0).any():
        return (float("nan"),) * 3
    quotient = parts.sum() / totals.sum()
    n = len(parts)
    if n < 2:
        return quotient, float("nan"), float("nan")
    without = (parts.sum() - parts) / (totals.sum() - totals)
    found = interval(n * quotient - (n - 1) * without)
    return quotient, found[1], found[2]


def first_good_year(net: pd.Series) -> int | None:
    """The year from which every year gives back more than it costs; None if there is none."""
    bad = net.index[~(net > 0)]
    found = max(bad, default=0) + 1
    return found if found <= net.index.max() else None


def by_payers(plan: Plan, table: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    """For each payer the policies but the first."""
    others = table[table["policy"] != plan.policies[0].name]
    return [(str(payer), part) for payer, part in others.groupby("payer", sort=False)]
