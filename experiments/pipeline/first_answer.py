"""The first answer: what a study's first outcome comes to so far, while its runs come back."""

from collections import defaultdict

import numpy as np

from kring.experiments.execution.worker import Output
from kring.experiments.study.plan import Plan
from kring.experiments.study.run_spec import RunSpec
from kring.simulation.spread import spread

Place = tuple[int, int]  # a policy and a point


class FirstAnswer:
    """The first difference of a study, on the towns that are there; it sharpens with each batch.

    Parameters
    ----------
    plan : Plan
        The study. Of a country nothing is told before all its municipalities are there.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan, self.outcome = plan, plan.outcomes[0]
        self.values: dict[Place, dict[int, float]] = defaultdict(dict)  # by seed
        compared = {
            (policy, point): plan.design.compared_with(policy, point)
            for point in range(len(plan.points))
            for policy in plan.design.policies
        }
        apart = (pair for pair in compared.items() if pair[0] != pair[1])
        self.pair = next(apart, None) if plan.country is None else None

    def take(self, runs: list[RunSpec], outputs: list[Output]) -> None:
        """Take in what has come back."""
        by_number = {run.number: run for run in runs}
        for one in outputs:
            run = by_number[one.number]
            place = run.policy, run.point
            if self.pair and place in self.pair and self.outcome in one.outcomes:
                self.values[place][run.seed] = one.outcomes[self.outcome]

    def __str__(self) -> str:
        """It in a few words; nothing as long as no two towns can be compared."""
        if self.pair is None:
            return ""
        own, other = (self.values[place] for place in self.pair)
        seeds = sorted(own.keys() & other.keys())
        differences = np.array([own[seed] - other[seed] for seed in seeds])
        seeds = [seed for seed, value in zip(seeds, differences, strict=True) if value == value]
        if len(seeds) < 2:
            return ""
        sets = np.array([self.plan.set_of(*self.pair[0], seed) for seed in seeds])
        found = spread(differences[~np.isnan(differences)], sets)
        policy = self.plan.policies[self.pair[0][0]].name
        return (
            f"{self.outcome}, {policy}: {found.middle:+.2f} ({found.low:+.2f} to {found.high:+.2f})"
        )
