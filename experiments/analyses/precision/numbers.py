"""Seeds needed: how many towns a study must draw for the precision that is wanted."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from experiments.analysis.pairs import by_seed, is_sampled, reference
from experiments.measures import measure
from experiments.running.work import People, live_run
from experiments.study.design import RunSpec, describe, points, runs
from experiments.study.file import Study
from simulation.comparison import student_t
from simulation.errors import KringError

MOST = 10_000_000  # seeds; beyond that a precision is out of reach
PILOT_POINTS = 5
COLUMNS = (
    *("policy", "outcome", "unit", "counted", "run", "half_width", "wanted", "needed", "at_most"),
    *("asked", "expected", "times_fewer", "times_fewer_low", "times_fewer_high"),
)
# What chi-squared exceeds in 95 of 100 cases, by degrees of freedom.
SMALL_CHI_SQUARED = {1: 0.00393, 2: 0.1026, 3: 0.3518, 4: 0.7107}


def half_width(spread: float, n: int) -> float:
    """Half the 95% interval of a mean of so many values with this standard deviation."""
    return float(student_t(n - 1) * spread / np.sqrt(n)) if n > 1 else np.nan


def enough(spread: float, wanted: float) -> int:
    """The least number of values for which half the interval is no more than wanted."""
    low, high = 2, 2
    while half_width(spread, high) > wanted:
        low, high = high, high * 2
        if high > MOST:
            return MOST
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if half_width(spread, middle) <= wanted else (middle + 1, high)
    return high


def needed(values: np.ndarray, half_width: float) -> int:
    """Number of seeds for a wanted half width of the 95% interval, judged from some seeds.

    Parameters
    ----------
    values : ndarray
        Paired differences (or values), one for each seed that was run.
    half_width : float
        Half width wanted.

    Raises
    ------
    KringError
        With less than two values, or no positive half width.
    """
    values = np.asarray(values, float)
    if len(values) < 2:
        raise KringError("how many seeds are needed can be judged from two seeds or more")
    if not half_width > 0:
        raise KringError(f"a half width of {half_width:g} cannot be reached: ask for more than 0")
    return enough(float(values.std(ddof=1)), half_width)


def chi_squared_low(freedom: int) -> float:
    """What chi-squared exceeds in 95 of 100 cases (Wilson and Hilferty; within 2%)."""
    if freedom in SMALL_CHI_SQUARED:
        return SMALL_CHI_SQUARED[freedom]
    part = 2 / (9 * freedom)
    return freedom * (1 - part - 1.644854 * np.sqrt(part)) ** 3


def at_most(spread: float, n: int, wanted: float) -> int:
    """The same for the largest spread that so few values leave possible, at 95%."""
    return enough(spread * np.sqrt((n - 1) / chi_squared_low(n - 1)), wanted)


def times_fewer(values: np.ndarray, other: np.ndarray) -> tuple[float, float, float]:
    """How many times fewer seeds a comparison on the same people needs than on other people.

    The variance of a difference between other people over that between the same ones, with a 95%
    interval. With `d` the differences and `s` the sums of pairs, it is (1 + var(s) / var(d)) / 2;
    the interval of a ratio of variances in pairs is Morgan's and Pitman's, exact for normal values.

    Parameters
    ----------
    values, other : ndarray
        An outcome under two policies, seed by seed.

    Raises
    ------
    KringError
        With less than three pairs.
    """
    values, other = np.asarray(values, float), np.asarray(other, float)
    n = len(values)
    if n < 3 or len(other) != n:
        raise KringError("how much pairing saves can be judged from three pairs or more")
    difference, total = values - other, values + other
    if difference.var() == 0:
        return (np.inf,) * 3
    ratio = total.var() / difference.var()
    r = np.corrcoef(difference, total)[0, 1] if total.var() else 0.0
    k = 1 + 2 * student_t(n - 2) ** 2 * (1 - r**2) / (n - 2)
    low, high = (ratio * (k + side * np.sqrt(k**2 - 1)) for side in (-1, 1))
    return tuple(float((1 + part) / 2) for part in (ratio, low, high))


def judged(study: Study, found: pd.DataFrame) -> Iterator[tuple[str, str, np.ndarray, np.ndarray]]:
    """What is to be precise: policy, outcome, and what is paired; a policy alone has only values.

    Where points were drawn, the mean over futures is, so that futures stand where seeds did.
    """
    tables = by_seed(found, study)
    if is_sampled(study):
        means = {at: table.mean() for at, table in tables.items()}
        tables = {
            (policy, 0): pd.DataFrame({at: m for (p, at), m in means.items() if p == policy}).T
            for policy in {policy for policy, _ in means}
        }
    names = [policy.name for policy in study.policies]
    if study.vary.design == "shapley":  # the last mix is the other policy
        last = (0, len(points(study)) - 1)
        tables, names = {at: tables[at] for at in ((0, 0), last) if at in tables}, names[::-1]
    alone = len(tables) == 1
    for (policy, point), table in tables.items():
        other = (0, 0) if is_sampled(study) else reference(study, policy, point)
        if other not in tables or (other == (policy, point) and not alone):
            continue
        base = tables[other].reindex(table.index)
        for outcome in study.outcomes:
            pair = pd.DataFrame({"a": table[outcome], "b": base[outcome]}).dropna()
            if alone:
                pair["b"] = 0.0
            yield names[policy], outcome, *pair.to_numpy().T


def precision(study: Study, found: pd.DataFrame, asked: Study | None = None) -> pd.DataFrame:
    """How precise each difference from what it is compared with is, and what it would take.

    Of a pilot, ``asked`` is the whole study.

    Returns
    -------
    DataFrame
        ``policy, outcome, unit, counted, run, half_width, wanted, needed, at_most, asked,
        expected, times_fewer, times_fewer_low, times_fewer_high``: at the point where most is
        needed. `counted` says of what: seeds, or points where these were drawn. `needed` are as
        many for the half width `wanted`; `at_most`, as many if the spread is as large as those
        run leave possible; `expected` the half width that the `asked` number will give.
    """
    rows = {}
    wanted_number = len(points(study)) if is_sampled(study) else (asked or study).seeds
    for policy, outcome, values, other in judged(study, found):
        n = len(values)
        if n < 2:
            continue
        change = values - other
        spread, wanted = float(change.std(ddof=1)), study.precision.get(outcome, np.nan)
        paired = n > 2 and other.any() and not is_sampled(study)
        saved = times_fewer(values, other) if paired else (np.nan,) * 3
        known = not np.isnan(wanted)
        row = {
            "policy": policy,
            "outcome": outcome,
            "unit": measure(outcome).unit,
            "counted": "points" if is_sampled(study) else "seeds",
            "run": n,
            "half_width": half_width(spread, n),
            "wanted": wanted,
            "needed": needed(change, wanted) if known else np.nan,
            "at_most": at_most(spread, n, wanted) if known else np.nan,
            "asked": wanted_number,
            "expected": half_width(spread, wanted_number),
            **dict(zip(("times_fewer", "times_fewer_low", "times_fewer_high"), saved, strict=True)),
        }
        before = rows.get((policy, outcome))
        if before is None or before["half_width"] < row["half_width"]:
            rows[policy, outcome] = row
    return pd.DataFrame(rows.values(), columns=COLUMNS)


def pilot_runs(study: Study) -> list[RunSpec]:
    """Runs of a pilot: all seeds, at a few points spread over the design and their references."""
    every = len(points(study))
    chosen = {round(i) for i in np.linspace(0, every - 1, min(every, PILOT_POINTS))}
    if not is_sampled(study):
        policies = range(len(study.policies))
        chosen |= {reference(study, p, at)[1] for p in policies for at in chosen}
    return [run for run in runs(study) if run.point in chosen]


def pilot(study: Study, seeds: int = 4) -> pd.DataFrame:
    """Live a study's first seeds, in memory, to judge how many it needs; as `precision` has it.

    Raises
    ------
    KringError
        If no run of it goes well.
    """
    small, people = study.sized(seeds=seeds), People()
    rows, error = [], ""
    for run in sorted(pilot_runs(small), key=lambda run: (run.seed, run.municipality, run.point)):
        lived = live_run(small, run, people, threads=None)
        error = error or lived.error
        if not lived.error:
            rows.append({**describe(small, run), **lived.outcomes})
    if not rows:
        raise KringError(f"the pilot's runs failed: {error}")
    return precision(small, pd.DataFrame(rows), asked=study)
