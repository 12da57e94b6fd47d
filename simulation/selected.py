"""Whom a number of problems selects: the share of a town's clients who come in with so many."""

from math import comb

import numpy as np

from kring.simulation.field import N_DOMAINS
from kring.simulation.parameters import Parameters
from kring.simulation.people import log_odds_of_problems
from kring.simulation.rows import TEAM_ENTRANCE
from kring.simulation.town import Town
from kring.simulation.world import settle

NODES = 40  # of the integral over heaviness
OF_CHILDREN = 2  # domains in which only who has children at home has a problem


def share_with_problems(town: Town, at_least: float) -> float:
    """Share of who comes to the team with at least so many problems, as people are drawn.

    Parameters
    ----------
    town : Town
        The town.
    at_least : float
        Number of problems.

    Examples
    --------
    >>> round(share_with_problems(Town.preset("rotterdam"), 4), 2), share_with_problems(Town(), 1)
    (0.87, 1.0)
    """
    fewest = int(np.ceil(at_least))
    if fewest <= 1:
        return 1.0
    if town.clients_from is not None:  # they are who they are
        clients = settle(town, Parameters(), 1).clients
        theirs = clients.problems[clients.entrance == TEAM_ENTRANCE]
        return float((theirs >= fewest).mean()) if len(theirs) else 0.0
    nodes, weights = np.polynomial.hermite_e.hermegauss(NODES)
    weights = weights / weights.sum()
    odds = log_odds_of_problems(town.problems_team, town.problems_spread)
    chance = 1 / (1 + np.exp(-odds - town.problems_spread * nodes))
    others = N_DOMAINS - 1
    tail = sum(
        comb(others, more) * chance**more * (1 - chance) ** (others - more)
        for more in range(fewest - 1, others + 1)
    )
    can_have = town.children_team if fewest > N_DOMAINS - OF_CHILDREN else 1.0
    return float(weights @ tail) * can_have if fewest <= N_DOMAINS else 0.0
