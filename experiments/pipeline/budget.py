"""Within a budget: combinations of levers are screened and refined, and the best become policies.

Screening is a Latin hypercube; what it finds is refined by differential evolution (scipy), a
generation at a time, on the same people in the same few sets. Few sets tell cash roughly: the best
are lived in all sets, and who passes the ceiling there makes way for the next. The same study finds
the same ones.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from kring.experiments.execution.store import Store
from kring.experiments.study.budget import CASH, ceilings
from kring.experiments.study.plan import Plan
from kring.experiments.study.quantities import Levels
from kring.experiments.study.sampling import SAMPLE_SEED, latin_hypercube
from kring.simulation.errors import KringError
from kring.simulation.policy import Policy

if TYPE_CHECKING:
    import pandas as pd

    from kring.experiments.analyses.base import Tables

DEAR = 1e6  # an outcome beyond any: combinations above the ceiling come last
POPULATION = 12  # combinations of a generation that is refined
TIMES = 3  # so many times as many as are wanted are judged over all sets, at most
Live = Callable[[Plan], Any]
Tried = tuple[tuple[str, float], ...]  # levers with their values


class Work(NamedTuple):
    """How many runs a search takes at most: in few sets, and in all."""

    combinations: int
    in_few: int
    in_all: int


def work(plan: Plan) -> Work:
    """How many runs the search of a study with a budget takes at most."""
    assert plan.budget is not None
    combinations = plan.budget.combinations + plan.budget.rounds * POPULATION
    towns = len(tried_in(plan, [{}]).seeds)
    lived = 1 + TIMES * plan.budget.best
    return Work(combinations, (1 + combinations) * towns, lived * len(plan.seeds))


def within_budget(plan: Plan, store: Store, live: Live) -> tuple[Plan, "Tables"]:
    """Seek the best combinations within the budget of a study.

    Parameters
    ----------
    plan : Plan
        A study with a budget.
    store : Store
        Where runs are kept.
    live : callable
        Has the runs of a plan lived that are not kept yet.

    Returns
    -------
    Plan
        The study with the first policy and the best combinations as its policies.
    dict of str to DataFrame
        ``tried``: all that were tried, a row each; ``left_out``: those that only few sets made seem
        within the budget, where there are.

    Raises
    ------
    KringError
        If none is found within the budget, or more of the first outcome is neither good nor bad.
    """
    search = Search(plan, store, live)
    search.screen_and_refine()
    best, left_out = Judge(search).best()
    return with_policies(plan, best), {
        "tried": search.tried(),
        **({"left_out": left_out} if len(left_out) else {}),
    }


def by_town(plan: Plan, store: Store, live: Live) -> dict[tuple[int, int], "pd.DataFrame"]:
    """Outcomes by seed of each policy and point of a plan, which is lived where it is not yet."""
    from kring.experiments.analyses.paired import by_seed
    from kring.experiments.pipeline.result import joined

    live(plan)
    return by_seed(joined(plan, store)[0]["runs"], plan)


def tried_in(plan: Plan, points: list[dict[str, float]]) -> Plan:
    """The plan in which combinations are tried, on the same people in few sets."""
    levels = {name: [point[name] for point in points] for name in points[0]}
    more = {"vary": {"design": "list", "policy": levels}} if levels else {}
    assert plan.budget is not None
    sets = min(plan.budget.sets, len(plan.seeds) // plan.towns_a_set)
    few = {"sets": sets} if plan.is_ensemble else {}
    budget = {**plan.source["budget"], "found": [{}]}  # its prices count, and nothing is sought
    name = f"{plan.name} - trying"
    return plan.changed(budget=budget, tables=[], reading="", name=name, **few, **more)


def with_policies(plan: Plan, found: list[dict[str, float]]) -> Plan:
    """The study with combinations as its policies beside the first."""
    first = plan.source["policies"][0]
    policies = [first] + [
        {**first, "name": f"combination {i}", "nl": f"combinatie {i}", **one}
        for i, one in enumerate(found, 1)
    ]
    return plan.changed(policies=policies, budget={**plan.source["budget"], "found": found})


class Search:
    """The search of one study: what was tried so far in few sets, and what it came to.

    Attributes
    ----------
    few : Plan
        In which today is lived, in the same sets as all that is tried.
    lived : dict
        Outcomes by seed of what was tried; today's of no levers.
    """

    def __init__(self, plan: Plan, store: Store, live: Live) -> None:
        from kring.experiments.analyses.regret.numbers import direction

        assert plan.budget is not None
        self.plan, self.budget, self.store, self.live = plan, plan.budget, store, live
        self.levers, self.aim = list(plan.budget.policy), plan.outcomes[0]
        self.sign = direction(self.aim)
        if not self.sign:
            raise KringError(f"budget: whether more {self.aim!r} is better can be argued both ways")
        self.few = tried_in(plan, [{}])
        self.lived: dict[Tried, pd.DataFrame] = {(): by_town(self.few, store, live)[0, 0]}
        self.ceiling = ceilings(plan.budget, self.lived[()])

    def screen_and_refine(self) -> None:
        """A Latin hypercube, then generations of what was best in it."""
        from scipy.optimize import differential_evolution

        spans: dict[str, Levels] = {name: list(span) for name, span in self.budget.policy.items()}
        drawn = latin_hypercube(spans, self.budget.combinations, SAMPLE_SEED)
        first = drawn[np.argsort(self.badness(drawn.T))[:POPULATION]]
        if self.budget.rounds and len(first) >= 5:
            differential_evolution(
                self.badness, [tuple(span) for span in self.budget.policy.values()], init=first,
                maxiter=self.budget.rounds, vectorized=True, updating="deferred", polish=False,
                tol=0, rng=SAMPLE_SEED,
            )  # fmt: skip

    def badness(self, values: np.ndarray) -> np.ndarray:
        """How bad combinations are: a column each; above the ceiling, the worse the dearer."""
        keys = [self.combination(column) for column in values.T]
        self.try_out(keys)
        above = np.array([self.above(key) for key in keys])
        return np.where(above > 0, DEAR + above, [self.behind(key) for key in keys])

    def combination(self, values: np.ndarray) -> Tried:
        """Levers with two digits that count, as one would set them."""
        note, found = Policy.model_fields, {}
        for name, value in zip(self.levers, values, strict=True):
            low, high = self.budget.policy[name]
            rounded = min(high, max(low, float(f"{value:.2g}")))
            found[name] = round(rounded) if note[name].annotation is int else rounded
        return tuple(found.items())

    def try_out(self, keys: list[Tried]) -> None:
        """Live those that were not tried before; what cannot be has no outcomes."""
        new = [key for key in dict.fromkeys(keys) if key not in self.lived]
        if new:
            plan = tried_in(self.plan, [dict(key) for key in new])
            found, nothing = by_town(plan, self.store, self.live), self.lived[()] * np.nan
            self.lived |= {key: found.get((0, i), nothing) for i, key in enumerate(new)}

    def above(self, key: Tried) -> float:
        """How far what is paid lies above the ceiling, EUR a year per new client."""
        found = float((self.lived[key][CASH] - self.ceiling).mean())
        return DEAR if np.isnan(found) else found

    def behind(self, key: Tried) -> float:
        """The mean of the aim, so that less is better."""
        return float(-self.sign * self.lived[key][self.aim].mean())

    def tried(self) -> "pd.DataFrame":
        """All combinations that were tried, the first policy as it is first."""
        import pandas as pd

        from kring.experiments.analyses.budget.numbers import from_today

        rows = [
            {
                **dict(key),
                **values.mean(),
                "within": self.above(key) <= 0,
                **from_today(self.few, values, self.lived[()]),
            }
            for key, values in self.lived.items()
        ]
        return pd.DataFrame(rows).assign(ceiling=self.ceiling.mean())


class Judge:
    """Who of those that were tried stays within the budget over all sets.

    Few sets may be cheaper or dearer than all are: what those that are judged turn out to pay more
    than it seemed is a margin that the next ones keep.
    """

    def __init__(self, search: Search) -> None:
        self.search, self.margin = search, 0.0
        self.found: dict[Tried, dict[str, float | bool]] = {}
        self.aims: dict[Tried, float] = {}

    def best(self) -> tuple[list[dict[str, float]], "pd.DataFrame"]:
        """The best that stay within the budget, the best first; and what was left out for it."""
        import pandas as pd

        wanted = self.search.budget.best
        while len(self.within()) < wanted and (batch := self.candidates()[:wanted]):
            self.live_in_all(batch)
            if len(self.found) >= TIMES * wanted:
                break
        self.check_any()
        best = sorted(self.within(), key=self.aims.__getitem__)[:wanted]
        left_out = [dict(key) | one for key, one in self.found.items() if not one["within"]]
        return [dict(key) for key in best], pd.DataFrame(left_out)

    def within(self) -> list[Tried]:
        """Those within the budget over all sets."""
        return [key for key, one in self.found.items() if one["within"]]

    def candidates(self) -> list[Tried]:
        """Those that may be within the budget and were not judged yet, the best first."""
        left = [
            key for key in self.search.lived
            if key and key not in self.found and self.search.above(key) + self.margin <= 0
        ]  # fmt: skip
        return sorted(left, key=self.search.behind)

    def live_in_all(self, batch: list[Tried]) -> None:
        """Judge some over all sets."""
        from kring.experiments.analyses.budget.numbers import judgement

        search = self.search
        plan = with_policies(search.plan, [dict(key) for key in batch])
        lived = by_town(plan, search.store, search.live)
        for i, key in enumerate(batch, 1):
            self.found[key] = judgement(plan, lived[i, 0], lived[0, 0])
            self.aims[key] = float(-search.sign * lived[i, 0][search.aim].mean())
            self.margin = max(self.margin, float(self.found[key]["above"]) - search.above(key))

    def check_any(self) -> None:
        """Refuse a budget that none keeps to."""
        if self.within():
            return
        dear = [float(one["above"]) for one in self.found.values()] or [
            self.search.above(key) for key in self.search.lived if key
        ]
        raise KringError(
            f"budget: no combination was found that costs at most {self.search.ceiling.mean():,.0f}"
            f" EUR a year per new client (the nearest costs {min(dear):,.0f} more); raise the "
            "ceiling, or let levers go lower"
        )
