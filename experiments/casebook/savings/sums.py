"""The sums of savings: what is spent by kind and payer, and what comes back of what is invested."""

import math

import numpy as np
import pandas as pd

from experiments.analyses.base import Tables
from experiments.analyses.paired import SPREAD, over_sets, runs_of
from experiments.measures.base import YEAR
from experiments.study.plan import Plan
from simulation.money import KINDS, by_payer, payers
from simulation.spread import interval, spread

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
    """EUR per client by policy and payer, and how the paired difference spreads."""
    wide = table.groupby(["policy", "seed", "kind"], sort=False)["eur"].mean().unstack("kind")
    paid = wide.apply(by_payer, axis=1).reset_index()
    first = runs_of(paid, plan.policies[0].name).set_index("seed")
    rows = []
    for policy in plan.policies:
        own = runs_of(paid, policy.name).set_index("seed")
        for payer in dict.fromkeys(payers()["payer"]):
            change = over_sets(plan, own[payer] - first[payer])
            eur = over_sets(plan, first[payer]).middle + change.middle
            rows.append((policy.name, payer, eur, *change))
    return pd.DataFrame(rows, columns=["policy", "payer", "eur", "difference", *SPREAD])


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
            net = over_sets(plan, came_out - put_in)
            invested_here = over_sets(plan, put_in).middle
            returns = quotient(plan, came_out, put_in)
            rows.append(
                (policy.name, year, invested_here, invested_here + net.middle, *returns, *net)
            )
    columns = ["policy", "year", "invested", "saved", "returns", "returns_low", "returns_high"]
    return pd.DataFrame(rows, columns=[*columns, "net", *(f"net_{name}" for name in SPREAD)])


def quotient(plan: Plan, parts: pd.Series, totals: pd.Series) -> tuple[float, float, float]:
    """Quotient of sums over towns, by seed: of each set, and how that spreads; or of one set.

    That of a single town has no mean where little is invested.
    """
    if not plan.is_ensemble:
        return jackknife(parts.to_numpy(), totals.to_numpy())
    sets = pd.Series([plan.set_of(0, 0, int(seed)) for seed in parts.index], parts.index)
    part, total = parts.groupby(sets).sum(), totals.groupby(sets).sum()
    if (total <= 0).any():
        return (float("nan"),) * 3
    found = spread((part / total).to_numpy(), total.index.to_numpy())
    return found.middle, found.low, found.high


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
