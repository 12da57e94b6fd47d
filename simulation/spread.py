"""How a difference spreads: over the sets of an ensemble, and by chance apart from that.

Every set is lived in two towns or more, of people of their own. How far the towns of one set lie
apart is chance, and nothing else; what sets lie further apart than that is what isn't known of the
strengths: a one-way analysis of variance. The error of a mean over clients within one town would
not do for chance: clients share teams and queues, and many answers, such as a wait, are of no
client. With two towns for each of 200 sets chance is known from 200 pairs.
"""

from functools import cache
from typing import NamedTuple

import numpy as np

SURE = 0.95  # of sets on one side, from which a sign counts as known
_HALF = (1 - SURE) / 2


class Spread(NamedTuple):
    """Where a number lies, and how sure that is.

    Attributes
    ----------
    middle : float
        The median over the sets of an ensemble; of a single set the mean over towns.
    low, high : float
        Between these lie 95% of the sets, chance in the middle included; of a single set the 95%
        interval of the mean over towns, which holds chance alone. NaN with one town.
    share : float
        Part of the sets in which the number has the sign of the middle; NaN of a single set, and
        where it is none in all.
    chance : float
        Half the width of the 95% interval that chance alone gives the middle; NaN where that
        cannot be told apart.
    """

    middle: float
    low: float
    high: float
    share: float = float("nan")
    chance: float = float("nan")

    @property
    def is_clear(self) -> bool:
        """Whether the sign is known: in 95 of 100 sets, or of a single set beyond chance."""
        if self.is_over_sets:
            return self.share >= SURE
        return self.low > 0 or self.high < 0

    @property
    def is_over_sets(self) -> bool:
        """Whether it is read over several sets; not where it is none in all."""
        return self.share == self.share


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


def spread(values: np.ndarray, sets: np.ndarray | None = None) -> Spread:
    """How values of towns spread over the sets that these lived.

    What chance adds to the distance between sets is taken off: each set is drawn to the middle so
    far that the variance left is that of the strengths. A set counts as having the sign of the
    middle by how likely that is with the chance in the middle.

    Parameters
    ----------
    values : ndarray, shape (n,)
        A value a town, without NaN.
    sets : ndarray, shape (n,), optional
        Which set each town lived; all the same one if not given.
    """
    values = np.asarray(values, float)
    if not len(values):
        return Spread(*(float("nan"),) * 3)
    if sets is None or len(set(np.asarray(sets))) < 2:
        mean, low, high = interval(values)
        return Spread(mean, low, high, chance=high - mean)
    which, towns = np.unique(sets, return_inverse=True, return_counts=True)[1:]
    means = np.bincount(which, values) / towns
    middle, between = float(np.median(means)), float(means.var(ddof=1))
    freedom = len(values) - len(towns)
    if not freedom:  # a town each: chance is in the distance between sets
        return Spread(middle, *_ends(means), _share(means, middle, 0.0))
    within = float(((values - means[which]) ** 2).sum() / freedom)
    left = 1 - within * float((1 / towns).mean()) / between if between else 0.0
    truly = middle + np.sqrt(max(left, 0.0)) * (means - middle)
    error = float(np.sqrt(within / len(values)))
    chance = student_t(freedom) * error
    low, high = _ends(truly)
    return Spread(
        middle,
        middle - float(np.hypot(middle - low, chance)),
        middle + float(np.hypot(high - middle, chance)),
        _share(truly, middle, error),
        chance,
    )


def _ends(means: np.ndarray) -> tuple[float, float]:
    low, high = np.quantile(means, [_HALF, 1 - _HALF])
    return float(low), float(high)


def _share(means: np.ndarray, middle: float, error: float) -> float:
    if not means.any():
        return float("nan")
    from scipy.special import ndtr

    on_its_side = means * (np.sign(middle) or 1.0)
    if not error:
        return float((on_its_side > 0).mean())
    return float(ndtr(on_its_side / error).mean())
