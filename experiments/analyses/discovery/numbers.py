"""Discovery: in which futures an outcome passes a bound, told as a box of what varies.

The box is PRIM's, of the EMA Workbench: ranges of a few quantities within which most of the futures
that pass lie (coverage), and in which most futures pass (density).
"""

import logging
import re
import warnings
from collections.abc import Iterator
from inspect import signature
from operator import ge, gt, le, lt
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from pandas.api.types import is_integer_dtype

from experiments.analysis.pairs import whole
from experiments.analysis.sensitivity import by_point
from experiments.extras import extra
from experiments.measures import measure
from experiments.reporting.quantity_words import factor_name
from experiments.reporting.words import begun, told
from experiments.running.keeping import read_runs
from experiments.running.provenance import study_of
from experiments.study.file import Study
from simulation.errors import KringError, nearest

SIGNS = {"<": lt, "<=": le, ">": gt, ">=": ge}
WHERE = re.compile(r"(difference\s+)?([\w:@]+)\s*(<=|>=|<|>)\s*([-+]?\d*\.?\d+(?:[eE][-+]?\d+)?)")
CHANCE = 0.05  # a limit that chance sets as often as this says nothing
FEWEST = 20  # futures
COLUMNS = ["factor", "low", "high", "range_low", "range_high", "chance"]


class Bound(NamedTuple):
    """A bound on an outcome, or on its difference from the first policy."""

    outcome: str
    difference: bool
    sign: str
    at: float

    def words(self, study: Study, policy: str) -> str:
        """The bound in words."""
        first, name = study.policies[0].name, measure(self.outcome).en
        what = f"the difference in {name} from '{first}'" if self.difference else name
        return f"{what} {self.sign} {self.at:g} under '{policy}'"


def bound(where: str, study: Study) -> Bound:
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
    if outcome not in study.outcomes:
        raise KringError(
            f"--where: {outcome!r} is not measured here; {nearest(outcome, study.outcomes)}"
        )
    return Bound(outcome, bool(difference), sign, float(at))


def policy_of(study: Study, policy: str | None, asked: Bound) -> str:
    """The policy that is meant: the one named, or else the only one that there can be."""
    names = [p.name for p in study.policies]
    if asked.difference:
        names = names[1:]
        if not names:
            raise KringError("--where: a study of one policy has no difference to look at")
    if policy is None and len(names) == 1:
        return names[0]
    if policy not in names:
        said = "which policy?" if policy is None else f"--policy: no {policy!r};"
        asking = "; say it with --policy" if policy is None else ""
        raise KringError(f"{said} {nearest(policy or '', names)}{asking}")
    return policy


def discover(folder: Path, where: str, policy: str | None = None) -> tuple[pd.DataFrame, list[str]]:
    """The box of futures in which an outcome of a finished result passes a bound.

    Parameters
    ----------
    folder : Path
        A result of `kring run` whose points were drawn, or are many.
    where : str
        The bound, such as ``problems > 3`` or ``difference problems > 0``.
    policy : str, optional
        Under which policy, where there are several.

    Returns
    -------
    DataFrame
        A row for each quantity that the box limits: ``factor, low, high, range_low, range_high,
        chance``; `chance` is how often such a limit comes about by itself.
    list of str
        What it says.

    Raises
    ------
    KringError
        For what is no result, no bound, or too little to find a box in.
    """
    study = study_of(folder)
    asked = bound(where, study)
    policy = policy_of(study, policy, asked)
    runs = read_runs(folder)
    futures, passes = looked_at(study, runs, policy, asked)
    words = f"{asked.words(study, policy)} in {passes.sum()} of {len(passes)} futures"
    if passes.all() or not passes.any():
        return pd.DataFrame(columns=COLUMNS), [f"{begun(words)}: there is no box to find."]
    table, inside = box(futures, passes)
    return table, list(lines(words, table, passes, inside))


def looked_at(
    study: Study, runs: pd.DataFrame, policy: str, asked: Bound
) -> tuple[pd.DataFrame, np.ndarray]:
    """The futures with a result, and in which of them the mean over towns passes the bound."""
    factors = list(study.vary.factors())
    if not factors:
        raise KringError("nothing varies in this study, so there are no futures to tell apart")
    lived = whole(runs, study, [asked.outcome])
    values = by_point(study, lived, policy, asked.outcome)
    if asked.difference:
        values = values - by_point(study, lived, study.policies[0].name, asked.outcome)
    means = values.mean(axis=1).dropna()
    if len(means) < FEWEST:
        raise KringError(
            f"{len(means)} futures are too few to find a box in: run {FEWEST} points or more"
        )
    futures = runs.drop_duplicates("point").set_index("point").loc[means.index, factors]
    return futures.reset_index(drop=True), SIGNS[asked.sign](means.to_numpy(), asked.at)


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
        if not 0 <= chance < CHANCE:
            continue
        values = futures[factor]
        if isinstance(limits[factor].iloc[0], set | frozenset):
            allowed = limits[factor].iloc[0]
            inside &= values.isin(allowed).to_numpy()
            span = (", ".join(map(str, sorted(allowed))), "")
            full = (", ".join(map(str, sorted(set(values)))), "")
        else:
            span = tuple(float(v) for v in limits[factor])
            if is_integer_dtype(values):
                span = (np.ceil(span[0]), np.floor(span[1]))
            inside &= values.between(*span).to_numpy()
            full = (values.min(), values.max())
        rows.append((factor, *span, *full, chance))
    return pd.DataFrame(rows, columns=COLUMNS), inside


def as_floats(futures: pd.DataFrame) -> pd.DataFrame:
    """Whole numbers as others, so that PRIM can lay its limits between them."""
    counts = [name for name in futures if is_integer_dtype(futures[name])]
    return futures.astype(dict.fromkeys(counts, float))


def lines(words: str, table: pd.DataFrame, passes: np.ndarray, inside: np.ndarray) -> Iterator[str]:
    """What the box says: its limits, coverage and density."""
    yield f"{begun(words)} ({passes.mean():.0%})."
    if table.empty:
        yield "No box: no limit does better than chance."
        return
    said = " and ".join(limit(row) for row in table.itertuples())
    both = int((passes & inside).sum())
    yield f"Mostly where {said}:"
    n, pass_ = int(inside.sum()), int(passes.sum())
    yield f"- of the {n} futures there, {both} pass (density {both / n:.2f});"
    yield f"- of the {pass_} that pass, {both} lie there (coverage {both / pass_:.2f})."
    yield "The box is found and judged on the same futures; new ones would do a little worse."


def limit(row: pd.Series) -> str:
    """One limit in words; the side that is the end of the range is left out."""
    name = factor_name(row.factor, "en")
    if isinstance(row.low, str):
        return f"{name} is {row.low}"
    if row.low <= row.range_low:
        return f"{name} is at most {told(row.high)}"
    if row.high >= row.range_high:
        return f"{name} is at least {told(row.low)}"
    return f"{name} is {told(row.low)} to {told(row.high)}"
