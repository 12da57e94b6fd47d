"""Formats: how the numbers of an outcome are written, with decimals that matter."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from kring.experiments.measures import measure
from kring.experiments.text.language import _
from kring.experiments.text.numbers import (
    DASH,
    MINUS,
    NO_BREAK,
    NO_LINE_END,
    decimal,
    money,
    percentage,
)
from kring.simulation.spread import Spread

MOST_DECIMALS = 4
MOST_DIGITS = 9  # behind the point: what comes after is no number but arithmetic
UNCLEAR = "○"
PERCENT = ("share", "relative")


def decimals_for(values: Iterable[float], differences: Iterable[float] = ()) -> int:
    """Decimals with which values can be read and the largest difference has two digits."""
    biggest = max((abs(v) for v in values if np.isfinite(v)), default=0.0)
    change = max((abs(d) for d in differences if np.isfinite(d)), default=0.0)
    found = 0 if biggest >= 100 else 1 if biggest >= 10 else 2
    while found < MOST_DECIMALS and 0 < change < 2 * 10**-found:
        found += 1
    return found


def is_clear(low: float, high: float) -> bool:
    """Whether an interval leaves out zero."""
    return bool(low > 0 or high < 0)


class Written(NamedTuple):
    """A value, what it is compared with, and their difference, in words and with signs."""

    base: str
    value: str
    change: str
    span: str
    signed: str
    signed_span: str
    chance: str


@dataclass(frozen=True)
class NumberFormat:
    """How the numbers of one outcome are written.

    Attributes
    ----------
    unit : str
        Unit of the outcome; shares are written as percentages, and so is what is `relative` to
        another value.
    decimals : int
        The same for values and differences.
    is_short : bool
        Whether percentage points are just points, where a table says so.
    """

    unit: str
    decimals: int
    is_short: bool = False

    @classmethod
    def of(
        cls, outcome: str, values: Iterable[float], differences: Iterable[float]
    ) -> "NumberFormat":
        """How all values and differences of an outcome are written in a report."""
        unit = measure(outcome).unit
        times = 100 if unit == "share" else 1
        found = decimals_for([times * v for v in values], [times * d for d in differences])
        return cls(unit, found)

    def fine_enough(self, low: float, high: float) -> "NumberFormat":
        """The same, with as many decimals more as tell the ends of an interval apart.

        Else it would say `3 higher (3 to 3)`.
        """
        finer = self
        while low != high and finer._rounded(low) == finer._rounded(high):
            if finer.decimals == MOST_DECIMALS:
                return self
            finer = replace(finer, decimals=finer.decimals + 1)
        return finer

    @property
    def _times(self) -> int:
        return 100 if self.unit in PERCENT else 1

    def _number(self, value: float, plus: str = "") -> str:
        scaled = self._scaled(value)
        is_none = not float(f"{abs(scaled):.{self.decimals}f}")
        sign = "" if is_none else MINUS if scaled < 0 else plus
        if self.unit != "EUR":
            return sign + decimal(abs(scaled), self.decimals)
        return sign + (NO_LINE_END if sign else "") + money(scaled, self.decimals)

    def together(self, value: float, spread: Spread) -> "Written":
        """A value, what it is compared with and their difference, in digits that fit each other.

        Of 2.694 less 0.038 the value is written 2.65: rounded by itself, 2.69 less 0.04 would be
        2.66. Where nothing is compared, the value stands alone.
        """
        finer, middle = self.fine_enough(spread.low, spread.high), spread.middle
        base = value - middle if np.isfinite(middle) else value
        if np.isfinite(middle):
            value = (self._rounded(base) + self._rounded(middle)) / self._times
        return Written(
            base=self.value(base),
            value=self.value(value),
            change=finer.change(middle),
            span=finer.span(spread.low, spread.high),
            signed=finer.signed(middle),
            signed_span=finer.signed_span(spread.low, spread.high),
            chance=f"±{finer.size(spread.chance)}" if np.isfinite(spread.chance) else "",
        )

    def _rounded(self, value: float) -> float:
        return round(self._scaled(value), self.decimals)

    def _scaled(self, value: float) -> float:
        """A number in its unit, without what a CSV adds behind its last digit."""
        return round(self._times * value, MOST_DIGITS)

    def between(self, low: float, high: float) -> str:
        """Where values lie: `2.60 to 2.71`; a dash where that is not known."""
        if not (np.isfinite(low) and np.isfinite(high)):
            return DASH
        return _("{low} to {high}").format(low=self.value(low), high=self.value(high))

    def signed(self, difference: float) -> str:
        """A difference with its sign: `+0.23`, `−€55`, `+2.3 points`."""
        if not np.isfinite(difference):
            return DASH
        return self._as_difference(self._number(difference, "+"), _("points"))

    def marked(self, spread: Spread) -> str:
        """A difference with its sign, and a mark where that isn't known: `+0.02 ○`."""
        is_open = spread.middle and np.isfinite(spread.low) and not spread.is_clear
        finer = self.fine_enough(spread.low, spread.high)
        return finer.signed(spread.middle) + (f"{NO_BREAK}{UNCLEAR}" if is_open else "")

    def compared(self, value: float, spread: Spread) -> str:
        """A value with its difference between brackets: `2.68 (+0.02 ○)`."""
        return f"{self.together(value, spread).value} ({self.marked(spread)})"

    def signed_span(self, low: float, high: float) -> str:
        """An interval with signs: `−0.02 to +0.05`; a dash where there is none."""
        if not (np.isfinite(low) and np.isfinite(high)):
            return DASH
        first = self._number(low, "+") if self.unit == "share" else self.signed(low)
        return _("{low} to {high}").format(low=first, high=self.signed(high))

    def value(self, value: float) -> str:
        """A value: `2.66`, `67.3%`, `€3,931`."""
        if not np.isfinite(value):
            return DASH
        text = self._number(value)
        return percentage(text) if self.unit in PERCENT else text

    def _as_difference(self, number: str, points: str) -> str:
        if self.unit == "relative":
            return percentage(number)
        return f"{number} {points}" if self.unit == "share" else number

    def _size(self, difference: float) -> str:
        text, least = self._number(abs(difference)), 0.1**self.decimals
        if difference and text == self._number(0):
            return _("less than {number}").format(number=self._number(least / self._times))
        return text

    def size(self, difference: float) -> str:
        """How large a difference is: `0.23`, `€55`, `2.3 percentage points`."""
        points = _("points") if self.is_short else _("percentage points")
        return self._as_difference(self._size(difference), points)

    def change(self, difference: float) -> str:
        """A difference in words: `0.23 lower`."""
        if not np.isfinite(difference):
            return DASH
        if difference == 0:
            return _("no difference")
        return _directed(difference).format(size=self.size(difference))

    def span(self, low: float, high: float) -> str:
        """An interval in words: `0.20 to 0.26 lower`, `from 0.02 lower to 0.05 higher`."""
        if not (np.isfinite(low) and np.isfinite(high)):
            return DASH
        if low == high:
            return self.change(low)
        if not is_clear(low, high):
            return _("from {low} to {high}").format(low=self.change(low), high=self.change(high))
        near, far = sorted((low, high), key=abs)
        both = _("{low} to {high}").format(low=self._size(near), high=self.size(far))
        return _directed(far).format(size=both)


def _directed(difference: float) -> str:
    return _("{size} lower") if difference < 0 else _("{size} higher")
