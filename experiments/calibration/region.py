"""Region: sets drawn evenly from the part of the prior that is not ruled out.

That part is so small that no plain draw falls into it. So the bound comes down step by step
(subset simulation, Au and Beck 2001): each time the better quarter is kept, and walks through what
is left by steps along the differences between sets (ter Braak 2006). The shares kept, multiplied,
are the share of the prior that is left.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

Score = Callable[[np.ndarray], np.ndarray]
BETTER = 0.25  # of the sets that set the next bound
STEPS = 12  # of each set at each bound
LAST_STEPS = 60  # at the last, so that sets come to lie apart
MOST_BOUNDS = 60
STALLED = 0.995  # a bound that falls by less does not come down


class Region(NamedTuple):
    """Sets drawn evenly from what is left of the prior.

    Attributes
    ----------
    places : ndarray, shape (sets, unknowns)
        The sets, from 0 to 1 in the prior of each unknown.
    share : float
        Share of the prior that is left.
    bound : float
        Score that all of them are within: the one asked for, or the lowest that was found.
    """

    places: np.ndarray
    share: float
    bound: float


def region(
    score: Score, start: np.ndarray, bound: float, luck: np.random.Generator, steps: int = STEPS
) -> Region:
    """Draw as many sets as are given from the part of the prior whose score is within a bound.

    Parameters
    ----------
    score : callable
        Scores of sets of places.
    start : ndarray, shape (sets, unknowns)
        Sets drawn from the prior.
    bound : float
        The highest score wanted.
    luck : Generator
        Draws of the walk.
    steps : int
        Steps at each bound.
    """
    places, scores, share, reached = start, score(start), 1.0, np.inf
    for _ in range(MOST_BOUNDS):
        lower = max(bound, float(np.quantile(scores, BETTER)))
        if lower > STALLED * reached and lower > bound:
            break
        reached = lower
        good = scores <= reached
        share *= good.mean()
        again = luck.choice(np.flatnonzero(good), len(places))
        places, scores = places[again], scores[again]
        for _ in range(steps if reached > bound else LAST_STEPS):
            places, scores = stepped(score, places, scores, reached, luck)
        if reached == bound:
            break
    return Region(places, share, reached)


def stepped(
    score: Score, places: np.ndarray, scores: np.ndarray, bound: float, luck: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Each set tries one step, and takes it where its score is within the bound."""
    tried = moved(places, luck)
    found = score(tried)
    better = found <= bound
    return np.where(better[:, None], tried, places), np.where(better, found, scores)


def moved(places: np.ndarray, luck: np.random.Generator) -> np.ndarray:
    """Each set one step along the difference of two others, in some of its unknowns."""
    n, unknowns = places.shape
    one, other = luck.integers(n, size=(2, n))
    length = 10 ** luck.uniform(-1.5, 0.2, (n, 1))
    moves = luck.random((n, unknowns)) < luck.uniform(1 / unknowns, 1, (n, 1))
    tried = places + moves * (
        length * (places[one] - places[other]) + luck.normal(0, 0.01, (n, unknowns))
    )
    return np.asarray(1 - np.abs(1 - np.abs(tried) % 2))  # what leaves the prior is reflected
