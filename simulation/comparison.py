"""Compare policies on the same people with the same luck: paired differences with intervals."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property

import numpy as np
import pandas as pd

from simulation import outcomes
from simulation.errors import KringError
from simulation.parameters import Parameters
from simulation.policy import Policy
from simulation.result import Result
from simulation.run import check_run, preset, simulate
from simulation.town import Town
from simulation.world import settle

EVERYBODY = "all"


@cache
def student_t(freedom: int) -> float:
    """Student's t that holds 95%, two-sided, by degrees of freedom."""
    from scipy.special import stdtrit  # slow to load: only who compares waits for it

    return float(stdtrit(freedom, 0.975))


def interval(values: np.ndarray, towns: np.ndarray | None = None) -> tuple[float, float, float]:
    """Mean and 95% interval of the mean; without an interval (NaN) where there is one value.

    Where several values are of one town, ``towns`` tells of which: they share a town's luck, so
    the interval is over towns.
    """
    values = np.asarray(values, float)
    mean = float(values.mean())
    apart: np.ndarray = values - mean
    if towns is not None:
        apart = np.bincount(np.unique(towns, return_inverse=True)[1], apart)
    n = len(apart)
    if n < 2:
        return mean, float("nan"), float("nan")
    half = student_t(n - 1) * float(np.sqrt(apart @ apart * n / (n - 1))) / len(values)
    return mean, mean - half, mean + half


@dataclass(frozen=True, eq=False)
class Comparison:
    """What policies make of the same people; the first policy is the one compared with.

    Attributes
    ----------
    weekly : DataFrame
        ``policy, seed, entrance, week`` and the outcomes; `entrance` is "all" or a route of entry.
    fates : DataFrame
        ``policy, seed, better, worse, same``: shares of clients with fewer, more or as many
        problems at the end as under the first policy.
    """

    weekly: pd.DataFrame = field(repr=False)
    fates: pd.DataFrame = field(repr=False)

    @property
    def policies(self) -> list[str]:
        """Names of the policies, the one compared with first."""
        return list(self.weekly["policy"].unique())

    @property
    def units(self) -> dict[str, str]:
        """Unit of each outcome."""
        return outcomes.UNITS

    def at(self, week: int | None = None) -> pd.DataFrame:
        """Paired differences at a week (the last if not given), with 95% intervals over seeds.

        Returns
        -------
        DataFrame
            ``entrance, outcome, unit, policy, week, baseline, value, difference, low, high``.
        """
        week = int(self.weekly["week"].max()) if week is None else week
        then = self.weekly[self.weekly["week"] == week]
        if then.empty:
            raise KringError(f"no week {week}; weeks are 1 to {self.weekly['week'].max()}")
        first, *others = self.policies
        rows = []
        for entrance in then["entrance"].unique():
            part = then[then["entrance"] == entrance].set_index("seed")
            baseline = part[part["policy"] == first]
            for policy in others:
                values = part[part["policy"] == policy]
                for outcome in outcomes.OUTCOMES:
                    pairs = (values[outcome.name] - baseline[outcome.name]).dropna().to_numpy()
                    if not len(pairs):
                        continue
                    mean, low, high = interval(pairs)
                    rows.append(
                        {
                            "entrance": entrance,
                            "outcome": outcome.name,
                            "unit": outcome.unit,
                            "policy": policy,
                            "week": week,
                            "baseline": float(baseline[outcome.name].mean()),
                            "value": float(values[outcome.name].mean()),
                            "difference": mean,
                            "low": low,
                            "high": high,
                        }
                    )
        return pd.DataFrame(rows)

    @cached_property
    def differences(self) -> pd.DataFrame:
        """Paired differences at the end, all clients together."""
        table = self.at()
        return table[table["entrance"] == EVERYBODY].drop(columns="entrance").reset_index(drop=True)


def by_entrance(result: Result) -> pd.DataFrame:
    """Weekly outcomes of everybody and of each route of entry that somebody took."""
    everybody = result.weekly.copy()
    everybody.insert(1, "entrance", EVERYBODY)
    parts = result.weekly_by_entrance
    parts = parts[parts.groupby("entrance")["entered"].transform("max") > 0]
    return pd.concat([everybody, parts], ignore_index=True)


def fate(result: Result, baseline: Result) -> dict[str, float]:
    """Shares of clients who end with fewer, more and as many problems as in the baseline."""
    change = result.client_rows["problems"] - baseline.client_rows["problems"]
    n = max(len(change), 1)
    better, worse = float((change < 0).sum() / n), float((change > 0).sum() / n)
    return {"better": better, "worse": worse, "same": 1 - better - worse}


def compare(
    town: str | Town,
    policies: Mapping[str, str | Policy | Mapping[str, str | Policy]],
    weeks: int = 104,
    seeds: Iterable[int] = range(20),
    *,
    parameters: str | Parameters | None = None,
    threads: int | None = None,
    progress: Callable[[int], None] | None = None,
) -> Comparison:
    """Run policies on the same people and pair what comes out, seed by seed.

    Parameters
    ----------
    town : str or Town
        The town, or the name of a preset; each seed draws its own people, whom all policies meet.
    policies : mapping of str to str, Policy or mapping
        What each is called, and the policy as `simulate` takes it: itself, the name of a preset, or
        one for each route of entry. All are compared with the first.
    weeks : int
        Number of weeks.
    seeds : iterable of int
        Seeds; an interval needs at least two.
    parameters : str or Parameters, optional
        Strengths of the mechanisms, or the name of a set; the fitted set if not given.
    threads : int, optional
        Number of threads; all cores if not given.
    progress : callable, optional
        Called with the number of runs finished since the last call.

    Raises
    ------
    KringError
        Without policies or seeds, and for what cannot be run.
    """
    seeds = list(seeds)
    if not policies or not seeds:
        raise KringError("a comparison needs at least one policy and one seed")
    if not isinstance(policies, Mapping):
        raise KringError('give policies by what they are called, such as {"as now": "wijkteam"}')
    town, parameters = preset(Town, town), preset(Parameters, parameters or Parameters())
    weekly, fates = [], []
    for seed in seeds:
        check_run(weeks, seed, threads)
        people = settle(town, parameters, seed)
        baseline = None
        for name, policy in policies.items():
            result = simulate(
                people,
                policy,
                weeks,
                seed,
                parameters=parameters,
                episodes=False,
                threads=threads,
            )
            baseline = baseline or result
            table = by_entrance(result)
            table.insert(0, "policy", name)
            table.insert(1, "seed", seed)
            weekly.append(table)
            fates.append({"policy": name, "seed": seed, **fate(result, baseline)})
            if progress:
                progress(1)
    return Comparison(pd.concat(weekly, ignore_index=True), pd.DataFrame(fates))
