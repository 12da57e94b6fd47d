"""The sums of savings: what the municipality pays, what comes back, time freed, and who else pays.

A saving is cash that is not paid. Hours that workers need not give are paid all the same: they
stand apart, as time freed.
"""

import math

import numpy as np
import pandas as pd

from kring.experiments.analyses.base import Tables
from kring.experiments.analyses.paired import SPREAD, over_sets, runs_of
from kring.experiments.measures.base import YEAR
from kring.experiments.measures.money import MUNICIPALITY, OTHERS, SUMS, cash_parts
from kring.experiments.study.plan import Plan
from kring.simulation.spread import interval, spread

INVESTED = [f"cash_{part}" for part in
            ("staff", "conferences", "neighbourhood", "schooling", "campaigns")]  # fmt: skip
BOUGHT = [f"cash_{part}" for part in cash_parts() if f"cash_{part}" not in INVESTED]
PAID = {MUNICIPALITY: "cash", **{payer: f"paid_{payer}" for payer in OTHERS}}
TIME = ("free_hours", "free_worth")


def years_of(plan: Plan) -> int:
    """Years that are lived, the last perhaps in part."""
    return math.ceil(plan.weeks / YEAR)


def a_client(plan: Plan, tables: Tables) -> pd.DataFrame:
    """The three measures by run and year, per client whose need arises in that year."""
    known = tables["runs"][["run", "policy", "seed"]]
    books = known.merge(tables["books"], on="run")
    clients_a_year = plan.town.clients * YEAR / plan.town.entry_weeks
    measured = books[[*SUMS, "free_worth"]] / clients_a_year
    return pd.concat([books[["policy", "seed", "year"]], measured], axis=1)


def by_part(table: pd.DataFrame) -> pd.DataFrame:
    """What the municipality pays, by policy, year and part: `policy, year, part, eur`."""
    parts = {f"cash_{part}": part for part in cash_parts()}
    long = table.rename(columns=parts).melt(
        ["policy", "year"], list(parts.values()), var_name="part", value_name="eur"
    )
    return long.groupby(["policy", "year", "part"], sort=False, as_index=False)["eur"].mean()


def payer_table(plan: Plan, table: pd.DataFrame) -> pd.DataFrame:
    """EUR per client by policy and payer, and how the paired difference spreads."""
    means = table.groupby(["policy", "seed"], sort=False).mean(numeric_only=True)
    first = means.loc[plan.policies[0].name]
    rows = []
    for policy in plan.policies:
        own = means.loc[policy.name]
        for payer, column in PAID.items():
            change = over_sets(plan, own[column] - first[column])
            eur = over_sets(plan, first[column]).middle + change.middle
            rows.append((policy.name, payer, eur, *change))
    return pd.DataFrame(rows, columns=["policy", "payer", "eur", "difference", *SPREAD])


def time_table(plan: Plan, table: pd.DataFrame) -> pd.DataFrame:
    """Time freed per client, by policy: hours and what they could be worth, and how that spreads.

    Returns
    -------
    DataFrame
        ``policy, measure, difference`` and how that spreads; `measure` is ``free_hours`` or
        ``free_worth`` (EUR).
    """
    means = table.groupby(["policy", "seed"], sort=False).mean(numeric_only=True)
    first = means.loc[plan.policies[0].name]
    rows = [
        (policy.name, name, *over_sets(plan, means.loc[policy.name, name] - first[name]))
        for policy in plan.policies[1:]
        for name in TIME
    ]
    return pd.DataFrame(rows, columns=["policy", "measure", "difference", *SPREAD])


def return_table(plan: Plan, table: pd.DataFrame) -> pd.DataFrame:
    """Returns per euro and net saving of cash per client, by policy and year (0: all), paired.

    What is paid in a year counts per client who came in that year; in all years, per client who
    came in any.
    """
    now, *others = (
        runs_of(table, policy.name).drop(columns="policy").set_index(["seed", "year"])
        for policy in plan.policies
    )
    rows = []
    for policy, own in zip(plan.policies[1:], others, strict=True):
        change = (own - now).dropna()
        invested = change[INVESTED].sum(axis=1)
        saved = -change[BOUGHT].sum(axis=1)
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
