"""The people of a town and the chances of a week, column by column."""

import numpy as np

from kring.simulation.calendar import WEEKS_A_YEAR
from kring.simulation.field import N_DOMAINS
from kring.simulation.parameters import Parameters
from kring.simulation.town import Town
from kring.simulation.world import settle

HELPING = 0.2  # share of ties that give support at the start
TOP = 4  # level


class Few:
    """The people of a town as Kring settles them, and what a week may bring them.

    Attributes
    ----------
    level : ndarray, shape (clients, domains)
        Severity at the start.
    helping : ndarray, shape (ties,)
        Which ties give support at the start.
    owner : ndarray, shape (ties,)
        The client of each tie.
    """

    def __init__(self, town: Town, seed: int) -> None:
        self.strengths = Parameters()
        world = settle(town, self.strengths, seed)
        clients, ties, self.domains = world.clients, world.ties, world.domains
        self.n = len(clients)
        self.level = clients.level.astype(float)
        self.owner = np.repeat(np.arange(self.n), clients.n_ties)
        self.helping = np.random.default_rng(seed).random(len(ties)) < HELPING
        self.weight = ties.closeness**2
        self.most = world.members.spare_hours[ties.member] * self.strengths.stretch
        self.stopping = world.kinds.stopping[ties.kind]
        passing = (clients.passing[:, None] >> np.arange(N_DOMAINS)) & 1
        alone = np.where(passing, self.domains.passing, self.strengths.lasting_recovery)
        self.alone = alone * (1 + 0.5 * (clients.self_reliance - 0.5))[:, None]

    def help_met(self, level: np.ndarray, helping: np.ndarray) -> np.ndarray:
        """Part of each client's need that supporters meet."""
        need = self.strengths.need_per_level * np.maximum(level.sum(axis=1), 1)
        who, weight = self.owner[helping], self.weight[helping]
        asked = need[who] * weight / np.bincount(who, weight, self.n)[who]
        given = np.bincount(who, np.minimum(asked, self.most[helping]), self.n)
        return np.minimum(1, given / need)

    def eases(self, level: np.ndarray, met: np.ndarray) -> np.ndarray:
        """Chance that each problem eases a level."""
        held = 1 / (1 + self.strengths.persistence * self.fed(level))
        network = self.strengths.network_effect * self.domains.network * met[:, None]
        return held * (self.alone + network)

    def worsens(self, met: np.ndarray) -> np.ndarray:
        """Chance that each client's problems worsen a level."""
        return self.strengths.worsening * (1 - met)[:, None]

    def comes(self, level: np.ndarray) -> np.ndarray:
        """Chance that a problem comes in each domain."""
        usual = self.strengths.onset * self.domains.weight / N_DOMAINS
        return usual + self.strengths.feeding * self.fed(level)

    def moved(self, level: np.ndarray, met: np.ndarray, luck: np.ndarray) -> np.ndarray:
        """The levels a week later."""
        worse = (luck > 1 - self.worsens(met)) & (level < TOP)
        there = level - (luck < self.eases(level, met)) + worse
        return np.where(level > 0, there, np.where(luck < self.comes(level), 2.0, 0.0))

    def stops(self, level: np.ndarray, helping: np.ndarray) -> np.ndarray:
        """Chance that each tie that helps stops."""
        who = self.owner[helping]
        alone = np.bincount(who, minlength=self.n)[who] == 1
        worn = 1 + self.strengths.distress_wears * level.sum(axis=1)[who] / 10
        yearly = self.strengths.turnover * self.stopping[helping] * worn * (1 + alone)
        return yearly / WEEKS_A_YEAR

    def fed(self, level: np.ndarray) -> np.ndarray:
        """How much each domain is fed by the problems there are."""
        return (level > 0) @ self.domains.feeds
