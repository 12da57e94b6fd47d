"""A few rules in Starsim: ties are a network, problems states of people, luck its distributions."""

import numpy as np
import starsim as ss

from kring.experiments.benchmark.few_rules.rules import Few
from kring.simulation.field import DOMAINS, N_DOMAINS
from kring.simulation.town import Town


class Ties(ss.Network):
    """Who has whom; an edge from the client to somebody of the town, that helps or doesn't."""

    def __init__(self, few: Few) -> None:
        super().__init__()
        n = len(few.owner)
        self.meta.update({"helps": bool})
        others = np.random.default_rng(1).integers(0, few.n, n)
        self.edges.update(p1=few.owner, p2=others, beta=np.ones(n, np.float32))
        self.edges["helps"] = few.helping.copy()

    def step(self) -> None:
        """Ties change in `Problems`."""


class Problems(ss.Module):
    """Problems that ease, worsen and come, and supporters who stop."""

    def __init__(self, few: Few) -> None:
        super().__init__()
        self.few = few
        self.define_states(*(ss.FloatArr(name, default=0.0) for name in DOMAINS))
        self.moves = [ss.random(name=f"moves_{name}") for name in DOMAINS]
        self.stops = ss.random(name="stops")

    def init_post(self) -> None:
        """Give everybody the problems of the start."""
        super().init_post()
        for i, name in enumerate(DOMAINS):
            getattr(self, name)[:] = self.few.level[:, i]

    def init_results(self) -> None:
        """What is recorded."""
        super().init_results()
        self.define_results(
            ss.Result("problems", dtype=float), ss.Result("supporters", dtype=float)
        )

    def step(self) -> None:
        """Live a week."""
        few, everybody = self.few, self.sim.people.auids
        helping = self.sim.networks[0].edges["helps"]
        level = np.stack([np.asarray(getattr(self, name).values) for name in DOMAINS], axis=1)
        met = few.help_met(level, helping)
        luck = np.stack([self.moves[i].rvs(everybody) for i in range(N_DOMAINS)], axis=1)
        level = few.moved(level, met, luck)
        for i, name in enumerate(DOMAINS):
            getattr(self, name)[:] = level[:, i]
        stops = self.stops.rvs(int(helping.sum())) < few.stops(level, helping)
        helping[np.flatnonzero(helping)[stops]] = False
        self.problems = float((level > 0).sum() / few.n)
        self.supporters = float(helping.sum() / few.n)

    def update_results(self) -> None:
        """Record the week."""
        super().update_results()
        self.results.problems[self.ti] = self.problems
        self.results.supporters[self.ti] = self.supporters


def live(town: Town, weeks: int, seed: int) -> float:
    """Live a town; returns the problems per client at the end."""
    few, start = Few(town, seed), ss.date("2020-01-01")
    sim = ss.Sim(
        n_agents=few.n,
        networks=Ties(few),
        custom=Problems(few),
        start=start,
        stop=start + ss.weeks(weeks - 1),
        dt=ss.weeks(1),
        rand_seed=seed,
        verbose=0,
    )
    sim.run()
    return float(sim.results.problems.problems[-1])
