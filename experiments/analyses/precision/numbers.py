"""Precision: how far differences are known, and how many towns what is wanted would take."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from scipy.special import chdtri

from kring.experiments.analyses.paired import by_seed
from kring.experiments.execution.worker import StandingTown, execute
from kring.experiments.measures import measure
from kring.experiments.study.plan import Plan
from kring.experiments.study.run_spec import RunSpec
from kring.experiments.study.strengths import TOWNS_A_SET
from kring.simulation.errors import KringError
from kring.simulation.spread import Apart, student_t

MOST = 10_000_000  # seeds; beyond that a precision is out of reach
PILOT_POINTS = 5
COLUMNS = (
    *("policy", "outcome", "unit", "counted", "run", "half_width", "wanted", "needed", "at_most"),
    *("asked", "expected", "times_fewer", "times_fewer_low", "times_fewer_high"),
)
LOW = 0.05  # chance that chi-squared is smaller still


def half_width(spread: float, n: int) -> float:
    """Half the 95% interval of a mean of so many values with this standard deviation."""
    return float(student_t(n - 1) * spread / np.sqrt(n)) if n > 1 else np.nan


def enough(spread: float, wanted: float) -> int:
    """The least number of values for which half the interval is no more than wanted.

    Raises
    ------
    KringError
        If no positive half width is wanted.
    """
    if not wanted > 0:
        raise KringError(f"a half width of {wanted:g} cannot be reached: ask for more than 0")
    low, high = 2, 2
    while half_width(spread, high) > wanted:
        low, high = high, high * 2
        if high > MOST:
            return MOST
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if half_width(spread, middle) <= wanted else (middle + 1, high)
    return high


def at_most(spread: float, n: int, wanted: float) -> int:
    """The same for the largest spread that so few values leave possible, at 95%."""
    return enough(spread * np.sqrt((n - 1) / chdtri(n - 1, 1 - LOW)), wanted)


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
        return np.inf, np.inf, np.inf
    ratio = total.var() / difference.var()
    r = np.corrcoef(difference, total)[0, 1] if total.var() else 0.0
    k = 1 + 2 * student_t(n - 2) ** 2 * (1 - r**2) / (n - 2)
    low, high = (ratio * (k + side * np.sqrt(k**2 - 1)) for side in (-1, 1))
    return float((1 + ratio) / 2), float((1 + low) / 2), float((1 + high) / 2)


def counted(plan: Plan, runs: pd.DataFrame) -> dict[tuple[int, int], pd.DataFrame]:
    """What stands in a table of results, by policy and point: a row for each that is counted.

    Where points were drawn, the mean over futures is judged, so futures stand where seeds did.
    """
    rows = set(plan.design.rows())
    tables = {at: table for at, table in by_seed(runs, plan).items() if at[1] in rows}
    if plan.design.counted == "seeds":
        return tables
    means = {at: table.mean() for at, table in tables.items()}
    return {
        (policy, 0): pd.DataFrame({at: mean for (of, at), mean in means.items() if of == policy}).T
        for policy in {policy for policy, _ in means}
    }


class Judged(NamedTuple):
    """A difference that is to be precise.

    Attributes
    ----------
    policy, outcome : str
        Of which policy, and of what.
    values, other : ndarray, shape (n,)
        What is paired; of a policy alone the other is none.
    sets : ndarray, shape (n,), optional
        Which set each town lived, where the answer is read over an ensemble.
    """

    policy: str
    outcome: str
    values: np.ndarray
    other: np.ndarray
    sets: np.ndarray | None


def judged(plan: Plan, runs: pd.DataFrame) -> Iterator[Judged]:
    """What is to be precise: each difference; a policy alone has values."""
    tables = counted(plan, runs)
    alone = len(tables) == 1
    over_sets = plan.is_ensemble and plan.design.counted == "seeds"
    for (policy, point), table in tables.items():
        other = plan.design.compared_with(policy, point)
        if other not in tables or (other == (policy, point) and not alone):
            continue
        base = tables[other].reindex(table.index)
        name = plan.policies[plan.design.policy_at(policy, point)].name
        for outcome in plan.outcomes:
            pair = pd.DataFrame({"a": table[outcome], "b": base[outcome]}).dropna()
            if alone:
                pair["b"] = 0.0
            sets = [plan.set_of(policy, point, int(seed)) for seed in pair.index if over_sets]
            values, others = pair.to_numpy().T
            yield Judged(name, outcome, values, others, np.array(sets) if over_sets else None)


def by_chance(values: np.ndarray, sets: np.ndarray | None) -> np.ndarray:
    """What is chance of the values of towns: how they lie apart from their set's mean."""
    if sets is None:
        return values
    groups = pd.Series(values).groupby(sets)
    n = groups.transform("size").to_numpy()
    return np.asarray((values - groups.transform("mean")) * np.sqrt(n / np.maximum(n - 1, 1)))


def precision(plan: Plan, runs: pd.DataFrame, asked: Plan | None = None) -> pd.DataFrame:
    """How precise each difference from what it is compared with is, and what it would take.

    Over an ensemble the answer is a median over sets, and it is that of which is said how far
    chance may move it. Of a pilot, ``asked`` is the plan of the whole study.

    Returns
    -------
    DataFrame
        ``policy, outcome, unit, counted, run, half_width, wanted, needed, at_most, asked,
        expected, times_fewer, times_fewer_low, times_fewer_high``: at the point where most is
        needed. `counted` says of what: seeds, or points where these were drawn. `needed` are as
        many for the half width `wanted`; `at_most`, as many if the spread is as large as those
        run leave possible; `expected` the half width that the `asked` number will give.
    """
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    over_seeds = plan.design.counted == "seeds"
    for one in judged(plan, runs):
        if len(one.values) < 2:
            continue
        chance = chance_of(one, asked or plan)
        if np.isnan(chance.error):
            continue
        row = {
            "policy": one.policy,
            "outcome": one.outcome,
            "unit": measure(one.outcome).unit,
            "counted": plan.design.counted,
            **known(chance, len(one.values), plan.precision.get(one.outcome, np.nan)),
            **saving(one, over_seeds),
        }
        before = rows.get((one.policy, one.outcome))
        if before is None or before["half_width"] < row["half_width"]:
            rows[one.policy, one.outcome] = row
    return pd.DataFrame(rows.values(), columns=COLUMNS)


class Chance(NamedTuple):
    """What chance does to the middle of some values.

    Attributes
    ----------
    error : float
        Standard error of the middle of those that were run; NaN where it cannot be told.
    freedom : int
        Degrees of freedom of it.
    asked : int
        How many the whole study has.
    spread : float
        Of so many the standard error, times their root: as the spread of single values is to a
        mean.
    """

    error: float
    freedom: int
    asked: int
    spread: float


def chance_of(one: Judged, asked: Plan) -> Chance:
    """What chance does to the mean of values, or to the median over the sets of an ensemble."""
    change = one.values - one.other
    n, over_seeds = len(change), asked.design.counted == "seeds"
    number = len(asked.seeds) if over_seeds else len(asked.points)
    if one.sets is None or len(set(one.sets)) < 2:
        spread = float(change.std(ddof=1))
        return Chance(spread / np.sqrt(n), n - 1, number, spread)
    apart = Apart.of(change, one.sets)
    as_many = asked.towns_a_set * len(apart.means) / n  # towns a set, times those run
    error = apart.error(max(2, number // asked.towns_a_set), as_many)
    return Chance(apart.error(), apart.freedom, number, error * np.sqrt(number))


def known(chance: Chance, n: int, wanted: float) -> dict[str, float]:
    """How far a middle is known, and what it takes to know it as far as is wanted."""
    is_wanted = not np.isnan(wanted)
    return {
        "run": n,
        "half_width": float(student_t(chance.freedom) * chance.error),
        "wanted": wanted,
        "needed": enough(chance.spread, wanted) if is_wanted else np.nan,
        "at_most": at_most(chance.spread, chance.freedom + 1, wanted) if is_wanted else np.nan,
        "asked": chance.asked,
        "expected": half_width(chance.spread, chance.asked),
    }


def saving(one: Judged, over_seeds: bool) -> dict[str, float]:
    """How many times fewer seeds the same people take; NaN where nothing is paired by seed."""
    values, other = (by_chance(each, one.sets) for each in (one.values, one.other))
    is_paired = len(values) > 2 and bool(other.any()) and over_seeds
    times, low, high = times_fewer(values, other) if is_paired else (np.nan, np.nan, np.nan)
    return {"times_fewer": times, "times_fewer_low": low, "times_fewer_high": high}


def pilot_runs(plan: Plan) -> list[RunSpec]:
    """Runs of a pilot: all seeds, at a few points spread over the design and their references."""
    every = len(plan.points)
    chosen = {round(i) for i in np.linspace(0, every - 1, min(every, PILOT_POINTS))}
    every_policy = plan.design.policies
    chosen |= {plan.design.compared_with(one, at)[1] for one in every_policy for at in chosen}
    return [run for run in plan.runs if run.point in chosen]


def pilot(plan: Plan, seeds: int = 4) -> pd.DataFrame:
    """Execute a few towns in memory, to judge how many a study needs.

    Of an ensemble as many sets, each in two towns: how far chance moves a median depends on how far
    the sets lie apart.

    Raises
    ------
    KringError
        If no run of it goes well.
    """
    over_sets = plan.is_ensemble and plan.design.counted == "seeds"
    number = {"sets": seeds, "seeds": TOWNS_A_SET} if over_sets else {"sets": 1, "seeds": seeds}
    small, people = plan.changed(**number), StandingTown()
    rows, error = [], ""
    for run in sorted(pilot_runs(small), key=lambda run: (run.seed, run.municipality, run.point)):
        output = execute(small, run, people, threads=None)
        error = error or output.error
        if not output.error:
            rows.append({**small.identity(run), **output.outcomes})
    if not rows:
        raise KringError(f"the pilot's runs failed: {error}")
    return precision(small, pd.DataFrame(rows), asked=plan)
