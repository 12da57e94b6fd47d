"""Within a budget: combinations of levers are screened and refined, and the best become policies.

Screening is a Latin hypercube; what it finds is refined by differential evolution (scipy), a
generation at a time, on the same people in the same few sets. The same study finds the same ones.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.execution.store import Store
from experiments.study.plan import Plan
from experiments.study.quantities import Levels
from experiments.study.sampling import SAMPLE_SEED, latin_hypercube
from simulation.errors import KringError
from simulation.policy import Policy

if TYPE_CHECKING:
    import pandas as pd

DEAR = 1e6  # an outcome beyond any: combinations above the ceiling come last
POPULATION = 12  # combinations of a generation that is refined
Live = Callable[[Plan], Any]
Tried = tuple[tuple[str, float], ...]  # levers with their values


def within_budget(plan: Plan, store: Store, live: Live) -> tuple[Plan, "pd.DataFrame"]:
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
    DataFrame
        All that were tried, a row each: levers, means of outcomes, whether it is ``within``.
    """
    search = Search(plan, store, live)
    search.screen_and_refine()
    return search.found(), search.tried()


class Search:
    """The search of one study: what was tried so far, and what it came to."""

    def __init__(self, plan: Plan, store: Store, live: Live) -> None:
        from experiments.analyses.regret.numbers import direction

        assert plan.budget is not None
        self.plan, self.budget, self.store, self.live = plan, plan.budget, store, live
        self.levers, self.aim = list(plan.budget.policy), plan.outcomes[0]
        self.sign = direction(self.aim)
        if not self.sign:
            raise KringError(f"budget: whether more {self.aim!r} is better can be argued both ways")
        self.outcomes: dict[Tried, dict[str, float]] = {}
        self.today = self.mean_of([{}])[0]
        self.ceiling = ceiling(self.budget.ceiling, self.today["cash"])

    def screen_and_refine(self) -> None:
        """A Latin hypercube, then generations of what was best in it."""
        from scipy.optimize import differential_evolution

        spans: dict[str, Levels] = {name: list(span) for name, span in self.budget.policy.items()}
        drawn = latin_hypercube(spans, self.budget.combinations)
        first = drawn[np.argsort(self.behind(drawn.T))[:POPULATION]]
        if self.budget.rounds and len(first) >= 5:
            differential_evolution(
                self.behind, [tuple(span) for span in self.budget.policy.values()], init=first,
                maxiter=self.budget.rounds, vectorized=True, updating="deferred", polish=False,
                tol=0, rng=SAMPLE_SEED,
            )  # fmt: skip

    def behind(self, values: np.ndarray) -> np.ndarray:
        """How bad combinations are: a column each; above the ceiling, the worse the dearer."""
        points = [self.combination(column) for column in values.T]
        found = self.mean_of(points)
        over = np.array([max(0.0, one["cash"] - self.ceiling) for one in found])
        aim = np.array([-self.sign * one[self.aim] for one in found])
        return np.where(over > 0, DEAR + over, aim)

    def combination(self, values: np.ndarray) -> dict[str, float]:
        """Levers with two digits that count, as one would set them."""
        note, found = Policy.model_fields, {}
        for name, value in zip(self.levers, values, strict=True):
            low, high = self.budget.policy[name]
            rounded = min(high, max(low, float(f"{value:.2g}")))
            found[name] = round(rounded) if note[name].annotation is int else rounded
        return found

    def mean_of(self, points: list[dict[str, float]]) -> list[dict[str, float]]:
        """Means of the outcomes at combinations, living those that were not tried before."""
        new = [dict(key) for key in dict.fromkeys(tuple(p.items()) for p in points)
               if key not in self.outcomes]  # fmt: skip
        if new:
            from experiments.pipeline.result import joined

            plan = self.small(new)
            self.live(plan)
            runs = joined(plan, self.store)[0]["runs"]
            runs = runs if "point" in runs else runs.assign(point=0)
            means = runs.groupby("point")[plan.outcomes].mean()
            for i, point in enumerate(new):
                one = dict(means.loc[i])
                one["cash"] += self.priced(point)
                self.outcomes[tuple(point.items())] = one
        return [self.outcomes[tuple(point.items())] for point in points]

    def priced(self, point: dict[str, float]) -> float:
        """What levers cost beside what the model books."""
        now = self.plan.levers(0)
        team = now["team"] if isinstance(now, dict) else now
        more: float = sum(
            price * max(0.0, point.get(name, getattr(team, name)) - getattr(team, name))
            for name, price in self.budget.prices.items()
        )
        return more

    def small(self, points: list[dict[str, float]]) -> Plan:
        """The plan in which combinations are tried, on the same people."""
        levels = {name: [point[name] for point in points] for name in points[0]}
        more = {"vary": {"design": "list", "policy": levels}} if levels else {}
        few = {"sets": self.budget.sets} if self.plan.is_ensemble else {}
        return self.plan.changed(
            budget=None, tables=[], reading="", name=f"{self.plan.name} - trying", **few, **more
        )

    def tried(self) -> "pd.DataFrame":
        """All combinations that were tried, the first policy as it is first."""
        import pandas as pd

        return pd.DataFrame(
            [
                {**dict(point), **one, "within": one["cash"] <= self.ceiling}
                for point, one in self.outcomes.items()
            ]
        ).assign(ceiling=self.ceiling)

    def found(self) -> Plan:
        """The study with the best combinations as its policies."""
        keys = sorted((key for key in self.outcomes if key), key=self.rank)
        best = [dict(key) for key in keys if self.outcomes[key]["cash"] <= self.ceiling]
        best = best[: self.budget.best]
        if not best:
            raise KringError(
                f"budget: no combination was found that costs at most {self.ceiling:,.0f} EUR a "
                "year per new client; raise the ceiling, or let levers go lower"
            )
        first = self.plan.source["policies"][0]
        policies = [first] + [
            {**first, "name": f"combination {i}", "nl": f"combinatie {i}", **one}
            for i, one in enumerate(best, 1)
        ]
        budget = {**self.plan.source["budget"], "found": best}
        return self.plan.changed(policies=policies, budget=budget)

    def rank(self, key: Tried) -> float:
        """The aim, so that less is better."""
        return float(-self.sign * self.outcomes[key][self.aim])


def ceiling(asked: float | str, today: float) -> float:
    """What may be paid, EUR a year per new client."""
    if isinstance(asked, str):
        return today * (1 + float(asked.rstrip("%").replace(",", ".")) / 100)
    return float(asked)
