"""How a difference spreads: over the sets of an ensemble, and by chance apart from that.

Every set is lived in two towns or more, of people of their own. How far the towns of one set lie
apart is chance, and nothing else; what sets lie further apart than that is what isn't known of the
strengths: a one-way analysis of variance. The error of a mean over clients within one town would
not do for chance: clients share teams and queues, and many answers, such as a wait, are of no
client. With two towns for each of 200 sets chance is known from 200 pairs.

Towns in which nothing differs say nothing of how far differences lie apart: they count in the mean
and not as degrees of freedom. Else five towns, of which one or two differ, would give an interval
that is too narrow. How often each interval holds is measured in `tests/test_spread.py`.
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

    def within(self, least: float, most: float) -> "Spread":
        """The same with ends that lie where the number can: a share is no less than none."""
        low, high = (float(np.clip(end, least, most)) for end in (self.low, self.high))
        return self._replace(low=low, high=high)

    @property
    def is_over_sets(self) -> bool:
        """Whether it is read over several sets; not where it is none in all."""
        return self.share == self.share


@cache
def student_t(freedom: int, family: int = 1) -> float:
    """Student's t that holds 95%, two-sided, by degrees of freedom.

    For a family of so many intervals, the t with which all of them hold together (Bonferroni).
    """
    from scipy.special import stdtrit  # slow to load: only who compares waits for it

    return float(stdtrit(freedom, 1 - _HALF / max(family, 1)))


def freedom_of(values: np.ndarray) -> int:
    """Degrees of freedom of a spread between values: those that are none say nothing of it."""
    return max(1, int(np.count_nonzero(values)) - 1)


def chance_of_median(truly: np.ndarray, errors: np.ndarray, middle: float) -> float:
    """Standard error that chance gives the median over sets, as other towns would have it.

    A set lies below the median or above it, with a chance that is the surer the further off it
    lies; the median moves by what that comes to, over how densely the sets lie there.

    Parameters
    ----------
    truly : ndarray, shape (sets,)
        Where the sets lie, chance taken off.
    errors : ndarray, shape (sets,)
        Standard error that chance gives each.
    middle : float
        The median.
    """
    from scipy.special import ndtr

    away = (middle - truly) / errors
    below = ndtr(away)
    moved = float(np.sqrt((below * (1 - below)).sum()))
    density = float((np.exp(-(away**2) / 2) / errors).sum() / np.sqrt(2 * np.pi))
    most = float(errors.max())  # the median moves no further than the sets do
    return moved / density if moved < most * density else most


def interval(values: np.ndarray, family: int = 1) -> tuple[float, float, float]:
    """Mean and 95% interval of the mean; without an interval (NaN) where there is one value.

    Of a family of so many intervals, wide enough for all to hold together.
    """
    values = np.asarray(values, float)
    mean, n = float(values.mean()), len(values)
    if n < 2:
        return mean, float("nan"), float("nan")
    half = student_t(freedom_of(values), family) * float(values.std(ddof=1) / np.sqrt(n))
    return mean, mean - half, mean + half


class Apart(NamedTuple):
    """Sets of strengths as they lie apart, and what chance adds to each.

    Attributes
    ----------
    middle : float
        The median over sets.
    means, truly : ndarray, shape (sets,)
        Means over the towns of each set, and where the sets lie with chance taken off.
    errors : ndarray, shape (sets,)
        Standard error that chance gives each; NaN where that cannot be told apart.
    freedom : int
        Degrees of freedom of chance.
    """

    middle: float
    means: np.ndarray
    truly: np.ndarray
    errors: np.ndarray
    freedom: int

    @classmethod
    def of(cls, values: np.ndarray, sets: np.ndarray) -> "Apart":
        """How the sets lie apart of which there are these values of towns."""
        which, towns = np.unique(sets, return_inverse=True, return_counts=True)[1:]
        means = np.bincount(which, values) / towns
        middle, between = float(np.median(means)), float(means.var(ddof=1))
        freedom = len(values) - len(towns)
        if not freedom:  # a town each: chance is in the distance between sets
            return cls(middle, means, means, np.full(len(means), np.nan), 0)
        within = float(((values - means[which]) ** 2).sum() / freedom)
        left = 1 - within * float((1 / towns).mean()) / between if between else 0.0
        truly = middle + np.sqrt(max(left, 0.0)) * (means - middle)
        telling = np.bincount(which, values != means[which]) > 0  # sets whose towns differ
        told = max(1, int((towns - 1)[telling].sum()))
        return cls(middle, means, truly, np.sqrt(within / towns), told)

    def error(self, number: int | None = None, towns: float = 1.0) -> float:
        """Standard error that chance gives the median, of these sets or of another number.

        Parameters
        ----------
        number : int, optional
            Of so many sets that lie apart as these do.
        towns : float
            Each of so many times as many towns.
        """
        truly, errors = self.truly, self.errors
        if number is not None:
            truly = np.quantile(truly, np.linspace(0, 1, number))
            errors = np.full(number, np.sqrt((errors**2).mean() / towns))
        return chance_of_median(truly, errors, self.middle) if errors.any() else 0.0


def spread(values: np.ndarray, sets: np.ndarray | None = None, family: int = 1) -> Spread:
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
    family : int
        How many such intervals are to hold together, as far as chance goes.
    """
    values = np.asarray(values, float)
    if not len(values):
        return Spread(*(float("nan"),) * 3)
    if sets is None or len(set(np.asarray(sets))) < 2:
        mean, low, high = interval(values, family)
        return Spread(mean, low, high, chance=high - mean)
    middle, means, truly, _, freedom = apart = Apart.of(values, np.asarray(sets))
    if not freedom:
        return Spread(middle, *_ends(means), _share(means, middle, 0.0))
    error = apart.error()
    chance = student_t(freedom, family) * error
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
