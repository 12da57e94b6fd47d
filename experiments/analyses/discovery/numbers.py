"""Discovery: in which futures an outcome passes a bound, as a box of what varies.

The box is PRIM's, of the EMA Workbench: ranges of a few quantities within which most of the futures
that pass lie (coverage), and in which most futures pass (density).
"""

import logging
import re
import warnings
from collections.abc import Iterable
from inspect import signature
from operator import ge, gt, le, lt
from typing import NamedTuple

import numpy as np
import pandas as pd
from pandas.api.types import is_integer_dtype

from kring.experiments.analyses.paired import by_point, by_town
from kring.experiments.extras import extra
from kring.experiments.study.plan import Plan
from kring.experiments.study.quantities import Value
from kring.simulation.errors import KringError, nearest

SIGNS = {"<": lt, "<=": le, ">": gt, ">=": ge}
WHERE = re.compile(r"(difference\s+)?([\w:@]+)\s*(<=|>=|<|>)\s*([-+]?\d*\.?\d+(?:[eE][-+]?\d+)?)")
CHANCE = 0.05  # a limit that chance sets as often as this says nothing
FEWEST = 20  # futures
Ends = tuple[Value, Value]  # low and high; words and nothing

COLUMNS = ["factor", "low", "high", "range_low", "range_high", "chance"]


class Bound(NamedTuple):
    """A bound on an outcome, or on its difference from the first policy."""

    outcome: str
    difference: bool
    sign: str
    at: float


def bound(where: str, plan: Plan) -> Bound:
    """Read a bound: `problems > 3`, or `difference problems > 0`.

    Raises
    ------
    KringError
        For what is no bound, or not on an outcome of the study.
    """
    found = WHERE.fullmatch(where.strip())
    if not found:
        raise KringError(
            f"--where {where!r} is not understood: write 'problems > 3', or 'difference problems "
            "> 0' for the difference from the first policy"
        )
    difference, outcome, sign, at = found.groups()
    if outcome not in plan.outcomes:
        raise KringError(
            f"--where: {outcome!r} is not measured here; {nearest(outcome, plan.outcomes)}"
        )
    return Bound(outcome, bool(difference), sign, float(at))


def policy_of(plan: Plan, policy: str | None, asked: Bound) -> str:
    """The policy that is meant: the one named, or else the only one that there can be."""
    names = [one.name for one in plan.policies]
    if asked.difference:
        names = names[1:]
        if not names:
            raise KringError("--where: a study of one policy has no difference to look at")
    if policy is None and len(names) == 1:
        return names[0]
    if policy not in names:
        wrong = "which policy?" if policy is None else f"--policy: no {policy!r};"
        asking = "; say it with --policy" if policy is None else ""
        raise KringError(f"{wrong} {nearest(policy or '', names)}{asking}")
    return policy


def looked_at(
    plan: Plan, runs: pd.DataFrame, policy: str, asked: Bound
) -> tuple[pd.DataFrame, np.ndarray, str]:
    """The futures with a result, in which of them the mean over towns passes the bound, the rest.

    The rest in words: futures whose runs all failed, and those in which nobody is counted.
    """
    factors = list(plan.design.factors)
    if not factors:
        raise KringError("nothing varies in this study, so there are no futures to tell apart")
    towns = by_town(runs, plan, [asked.outcome])
    values = by_point(plan, towns, policy, asked.outcome)
    if asked.difference:
        values = values - by_point(plan, towns, plan.policies[0].name, asked.outcome)
    means = values.mean(axis=1).dropna()
    failed = len(plan.points) - runs[runs["policy"] == policy]["point"].nunique()
    nobody = len(plan.points) - len(means) - failed
    rest = f"{failed} whose runs failed" * bool(failed)
    rest += " and " * bool(failed and nobody) + f"{nobody} with nobody to count" * bool(nobody)
    if len(means) < FEWEST:
        without = f" ({rest} left out)" if rest else ""
        raise KringError(
            f"{len(means)} futures{without} are too few to find a box in: run {FEWEST} points or "
            "more"
        )
    futures = runs.drop_duplicates("point").set_index("point").loc[means.index, factors]
    return futures.reset_index(drop=True), SIGNS[asked.sign](means.to_numpy(), asked.at), rest


def box(futures: pd.DataFrame, passes: np.ndarray) -> tuple[pd.DataFrame, np.ndarray]:
    """The box on PRIM's path that balances coverage and density, and who lies inside.

    The balance is the harmonic mean of both. Limits that chance sets as often as one time in twenty
    are left out, which can only make the box larger.
    """
    prim = extra("ema_workbench.analysis.prim", "finding the box", "ema")
    logging.getLogger("EMA").setLevel(logging.WARNING)
    threshold = {"threshold": 1e-9} if "threshold" in signature(prim.Prim).parameters else {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = prim.Prim(as_floats(futures), passes.astype(float), **threshold).find_box()
    path = found.peeling_trajectory
    balance = 2 * path["coverage"] * path["density"] / (path["coverage"] + path["density"])
    best = int(balance.fillna(0).to_numpy().argmax())
    quasi_p = found.p_values if hasattr(found, "p_values") else found.qp  # before version 3
    limits, chances = found.box_lims[best], quasi_p[best]
    rows, inside = [], np.ones(len(passes), bool)
    for factor in futures:
        # A side that is not limited has a quasi-p of -1.
        chance = max(chances.get(factor, [-1]))
        if 0 <= chance < CHANCE:
            span, full, here = limits_of(futures[factor], limits[factor])
            inside &= here
            rows.append((factor, *span, *full, chance))
    return pd.DataFrame(rows, columns=COLUMNS), inside


def limits_of(values: pd.Series, limits: pd.Series) -> tuple[Ends, Ends, np.ndarray]:
    """What a box leaves of a quantity, its whole range, and which futures lie within."""
    if isinstance(limits.iloc[0], set | frozenset):
        allowed = limits.iloc[0]
        here = values.isin(allowed).to_numpy()
        return (in_a_row(allowed), ""), (in_a_row(set(values)), ""), here
    low, high = (float(v) for v in limits)
    if is_integer_dtype(values):
        low, high = np.ceil(low), np.floor(high)
    return (low, high), (values.min(), values.max()), values.between(low, high).to_numpy()


def in_a_row(values: Iterable[Value]) -> str:
    """Values that are words, one after another."""
    return ", ".join(map(str, sorted(values)))


def as_floats(futures: pd.DataFrame) -> pd.DataFrame:
    """Whole numbers as others, so that PRIM can lay its limits between them."""
    counts = [name for name in futures if is_integer_dtype(futures[name])]
    return futures.astype(dict.fromkeys(counts, float))
