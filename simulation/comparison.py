"""Compare policies on the same people with the same luck, over the sets of an ensemble."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import pandas as pd

from kring.simulation import outcomes
from kring.simulation.ensemble import USUAL, Ensemble, of_its_town, strengths_named
from kring.simulation.errors import KringError, shown
from kring.simulation.parameters import Parameters
from kring.simulation.policy import Policy
from kring.simulation.result import Result
from kring.simulation.run import check_progress, run_in, simulate
from kring.simulation.settings import preset
from kring.simulation.spread import spread
from kring.simulation.town import Town

EVERYBODY = "all"
COLUMNS = [
    *("entrance", "outcome", "unit", "policy", "week", "baseline", "value"),
    *("difference", "low", "high", "share", "chance"),
]
TOWNS_A_SET = 2  # tell chance from strengths


@dataclass(frozen=True, eq=False, repr=False)
class Comparison:
    """What policies make of the same people; the first policy is the one compared with.

    Attributes
    ----------
    weekly : DataFrame
        ``policy, set, seed, entrance, week`` and the outcomes; `entrance` is "all" or a route of
        entry, `set` the set of the ensemble that was lived, 0 if there was but one.
    fates : DataFrame
        ``policy, set, seed, better, worse, same``: shares of clients with fewer, more or as many
        problems at the end as under the first policy.

    Examples
    --------
    >>> found = compare("class", {"as now": "wijkteam", "for all": "eigen_kracht"}, 8, range(1, 5))
    >>> found
    <Comparison of 'as now', 'for all': 4 towns, 8 weeks>
    >>> found.differences.query("outcome == 'problems'")[["policy", "baseline"]].shape
    (1, 2)
    """

    weekly: pd.DataFrame
    fates: pd.DataFrame

    def __repr__(self) -> str:
        towns, weeks = self.weekly["seed"].nunique(), int(self.weekly["week"].max())
        names = ", ".join(map(repr, self.policies))
        return f"<Comparison of {names}: {towns} towns, {weeks} weeks>"

    def _repr_html_(self) -> str:
        """The differences at the end, as a notebook shows them."""
        return str(self.differences.to_html(index=False, float_format="{:.3g}".format))

    @property
    def policies(self) -> list[str]:
        """Names of the policies, the one compared with first."""
        return list(self.weekly["policy"].unique())

    @property
    def units(self) -> dict[str, str]:
        """Unit of each outcome."""
        return outcomes.UNITS

    def at(self, week: int | None = None, *, together: bool = False) -> pd.DataFrame:
        """Paired differences at a week (the last if not given), over the sets that were lived.

        Parameters
        ----------
        week : int, optional
            The week, from 1.
        together : bool
            Whether intervals hold for all outcomes and policies of a route together, as far as
            chance goes (Bonferroni), and not each by itself.

        Returns
        -------
        DataFrame
            ``entrance, outcome, unit, policy, week, baseline, value, difference, low, high, share,
            chance``: the median over sets, between what 95% of them lie, in what part of them it
            has that sign, and how far chance alone may move the median (see `Spread`). `value` is
            the baseline's median and the difference. Of one set the mean over towns, with its 95%
            interval by chance, and no share.

        Raises
        ------
        KringError
            For a week that was not lived.
        """
        week = int(self.weekly["week"].max()) if week is None else week
        then = self.weekly[self.weekly["week"] == week]
        if then.empty:
            raise KringError(f"no week {week}; weeks are 1 to {self.weekly['week'].max()}")
        first, *others = self.policies
        family = len(others) * len(outcomes.OUTCOMES) if together else 1
        rows = []
        for entrance in then["entrance"].unique():
            part = then[then["entrance"] == entrance].set_index("seed")
            baseline = part[part["policy"] == first]
            for policy in others:
                values = part[part["policy"] == policy]
                for outcome in outcomes.OUTCOMES:
                    pairs = (values[outcome.name] - baseline[outcome.name]).dropna()
                    if not len(pairs):
                        continue
                    sets = values.loc[pairs.index, "set"].to_numpy()
                    change = spread(pairs.to_numpy(), sets, family)
                    if outcome.unit == "share":
                        change = change.within(-1, 1)
                    before = baseline[outcome.name].dropna()
                    usual = spread(before.to_numpy(), baseline.loc[before.index, "set"].to_numpy())
                    rows.append(
                        {
                            "entrance": entrance,
                            "outcome": outcome.name,
                            "unit": outcome.unit,
                            "policy": policy,
                            "week": week,
                            "baseline": usual.middle,
                            "value": usual.middle + change.middle,
                            "difference": change.middle,
                            "low": change.low,
                            "high": change.high,
                            "share": change.share,
                            "chance": change.chance,
                        }
                    )
        return pd.DataFrame(rows, columns=COLUMNS)

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
    here = result.here & baseline.here
    change = (result.client_rows["problems"] - baseline.client_rows["problems"])[here]
    n = max(len(change), 1)
    better, worse = float((change < 0).sum() / n), float((change > 0).sum() / n)
    return {"better": better, "worse": worse, "same": 1 - better - worse}


class Life(NamedTuple):
    """A town that is lived under every policy: its people's seed, its strengths, of which set."""

    seed: int
    set: int
    town: Town
    parameters: Parameters


def lives(town: Town, parameters: str | Parameters | Ensemble, seeds: list[int]) -> Iterable[Life]:
    """The towns of these seeds: of an ensemble each set in two, in turn."""
    if isinstance(parameters, str):
        parameters = strengths_named(parameters)
    if not isinstance(parameters, Ensemble):
        strengths = preset(Parameters, parameters)
        yield from (Life(seed, 0, town, strengths) for seed in seeds)
        return
    chosen = parameters.some(max(1, len(seeds) // TOWNS_A_SET))
    for place, seed in enumerate(seeds):
        number = chosen[place * len(chosen) // len(seeds)]
        strengths, facts = parameters.at(number)
        yield Life(seed, number, town.replace(**of_its_town(facts, town)), strengths)


def compare(
    town: str | Town,
    policies: Mapping[str, str | Policy | Mapping[str, str | Policy]],
    weeks: int = 104,
    seeds: Iterable[int] = range(1, 401),
    *,
    parameters: str | Parameters | Ensemble = USUAL,
    threads: int | None = None,
    progress: Callable[[int], None] | None = None,
) -> Comparison:
    """Run policies on the same people and pair what comes out, set by set of an ensemble.

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
        Seeds of the towns. Each set of an ensemble is lived in two of them, so that chance can be
        told apart: 400 seeds live 200 sets, 20 seeds ten.
    parameters : str, Parameters or Ensemble
        An ensemble or a single set of strengths, or the name of one: the usual ensemble if not
        given; ``fitted`` for one set.
    threads : int, optional
        Number of threads; all cores if not given.
    progress : callable, optional
        Called with the number of runs finished since the last call.

    Returns
    -------
    Comparison
        Outcomes week by week, differences with intervals, and who is better and worse off.

    Raises
    ------
    KringError
        Without policies or seeds, and for what cannot be run.

    Examples
    --------
    >>> both = {"as now": "wijkteam", "for all": "eigen_kracht"}
    >>> compare("class", both, weeks=8, seeds=[1, 2], parameters="fitted").policies
    ['as now', 'for all']
    """
    if not isinstance(seeds, Iterable) or isinstance(seeds, str):
        raise KringError(f"seeds = {shown(seeds)}: give them one by one, such as range(1, 41)")
    seeds = list(seeds)
    if again := [seed for seed, n in Counter(seeds).items() if n > 1]:
        raise KringError(f"seeds: {again[0]!r} stands there twice: the same town is lived once")
    if not isinstance(policies, Mapping):
        raise KringError('give policies by what they are called, such as {"as now": "wijkteam"}')
    check_progress(progress)
    if not policies or not seeds:
        raise KringError("a comparison needs at least one policy and one seed")
    weekly, fates = [], []
    for life in lives(preset(Town, town), parameters, seeds):
        first, baseline = next(iter(policies.values())), None
        stands = run_in(
            life.town, first, weeks, life.seed, parameters=life.parameters, threads=threads
        )
        for name, policy in policies.items():
            result = simulate(stands, policy, weeks, episodes=False, threads=threads)
            baseline = baseline or result
            table = by_entrance(result)
            which = {"policy": name, "set": life.set, "seed": life.seed}
            for place, (key, value) in enumerate(which.items()):
                table.insert(place, key, value)
            weekly.append(table)
            fates.append(which | fate(result, baseline))
            if progress:
                progress(1)
    return Comparison(pd.concat(weekly, ignore_index=True), pd.DataFrame(fates))
