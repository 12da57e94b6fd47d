"""A few rules in ambr: clients are a table of columns, stepped as a whole."""

import ambr
import numpy as np

from kring.experiments.benchmark.few_rules.rules import Few
from kring.simulation.field import DOMAINS
from kring.simulation.town import Town


class AmbrTown(ambr.Model):
    """A town whose clients have a column for each problem domain."""

    def setup(self) -> None:
        """Make the clients."""
        self.few = Few(self.p["town"], self.p["seed"])
        self.luck = np.random.default_rng(self.p["seed"])
        self.helping = self.few.helping.copy()
        levels = {name: self.few.level[:, i] for i, name in enumerate(DOMAINS)}
        self.add_agents(self.few.n, **levels)

    def step(self) -> None:
        """Live a week."""
        few = self.few
        level = np.stack([np.asarray(getattr(self.agents, name)) for name in DOMAINS], axis=1)
        met = few.help_met(level, self.helping)
        level = few.moved(level, met, self.luck.random(level.shape))
        self.agents.set(**{name: level[:, i] for i, name in enumerate(DOMAINS)})
        stops = self.luck.random(self.helping.sum()) < few.stops(level, self.helping)
        self.helping[np.flatnonzero(self.helping)[stops]] = False
        self.record_model("problems", float((level > 0).sum() / few.n))
        self.record_model("supporters", float(self.helping.sum() / few.n))


def live(town: Town, weeks: int, seed: int) -> float:
    """Live a town; returns the problems per client at the end."""
    found = AmbrTown({"steps": weeks, "seed": seed, "town": town}).run()
    return float(found.model["problems"][-1])
