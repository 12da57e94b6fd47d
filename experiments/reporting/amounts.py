"""Amounts: outcomes as a reader wants them, with decimals that matter and words for the sign."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from experiments.measures import measure
from experiments.reporting.words import signs

WORDS = {
    "en": {
        "lower": "lower", "higher": "higher", "to": "to", "from": "from", "less": "less than",
        "points": " percentage points", "short points": " points", "none": "no difference",
        "money": "€",
    },
    "nl": {
        "lower": "lager", "higher": "hoger", "to": "tot", "from": "van", "less": "minder dan",
        "points": " procentpunt", "short points": " punt", "none": "geen verschil",
        "money": "€\N{NO-BREAK SPACE}",
    },
}  # fmt: skip
MOST_DECIMALS = 4
UNCLEAR = "○"
PERCENT = ("share", "relative")


def decimals_for(values: Iterable[float], differences: Iterable[float]) -> int:
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


@dataclass(frozen=True)
class Amounts:
    """How the numbers of one outcome are written.

    Attributes
    ----------
    unit : str
        Unit of the outcome; shares are written as percentages, and so is what is `relative` to
        another value.
    decimals : int
        The same for values and differences.
    language : str
        ``en`` or ``nl``.
    is_short : bool
        Whether percentage points are just points, where a table says so.
    """

    unit: str
    decimals: int
    language: str
    is_short: bool = False

    @classmethod
    def of(
        cls, outcome: str, values: Iterable[float], differences: Iterable[float], language: str
    ) -> "Amounts":
        """How all values and differences of an outcome are written in a report."""
        unit = measure(outcome).unit
        times = 100 if unit == "share" else 1
        found = decimals_for([times * v for v in values], [times * d for d in differences])
        return cls(unit, found, language)

    @property
    def _times(self) -> int:
        return 100 if self.unit in PERCENT else 1

    def _number(self, value: float, plus: str = "") -> str:
        scaled = self._times * value
        text = f"{abs(scaled):,.{self.decimals}f}"
        none = not float(text.replace(",", ""))
        sign = "" if none else "\N{MINUS SIGN}" if scaled < 0 else plus
        if sign and self.unit == "EUR":
            sign += "\N{WORD JOINER}"  # no line ends between a sign and its amount
        money = WORDS[self.language]["money"] if self.unit == "EUR" else ""
        return sign + money + signs(text, self.language)

    def adds_up(self, base: float, difference: float) -> bool:
        """Whether a base and a difference add up to the value, all three as they are written."""
        base, difference, value = (
            round(self._times * number, self.decimals)
            for number in (base, difference, base + difference)
        )
        return abs(base + difference - value) < 0.1**self.decimals / 2

    def between(self, low: float, high: float) -> str:
        """Where values lie: `2.60 to 2.71`; a dash where that is not known."""
        if not (np.isfinite(low) and np.isfinite(high)):
            return "–"
        return f"{self.value(low)} {WORDS[self.language]['to']} {self.value(high)}"

    def signed(self, difference: float) -> str:
        """A difference with its sign: `+0.23`, `−€55`, `+2.3 points`."""
        if not np.isfinite(difference):
            return "–"
        ends = {"share": WORDS[self.language]["short points"], "relative": "%"}
        return self._number(difference, "+") + ends.get(self.unit, "")

    def marked(self, difference: float, low: float, high: float) -> str:
        """A difference with its sign, and a mark where it could be none: `+0.02 ○`."""
        mark = f"\N{NO-BREAK SPACE}{UNCLEAR}" if difference and low <= 0 <= high else ""
        return self.signed(difference) + mark

    def signed_span(self, low: float, high: float) -> str:
        """An interval with signs: `−0.02 to +0.05`; a dash where there is none."""
        if not (np.isfinite(low) and np.isfinite(high)):
            return "–"
        return f"{self.signed(low)} {WORDS[self.language]['to']} {self.signed(high)}"

    def _sign(self, difference: float) -> str:
        return WORDS[self.language]["lower" if difference < 0 else "higher"]

    def value(self, value: float) -> str:
        """A value: `2.66`, `67.3%`, `€3,931`."""
        if not np.isfinite(value):
            return "–"
        return self._number(value) + ("%" if self.unit in PERCENT else "")

    def _size(self, difference: float) -> str:
        said, least = self._number(abs(difference)), 0.1**self.decimals
        if difference and said == self._number(0):
            return f"{WORDS[self.language]['less']} {self._number(least / self._times)}"
        return said

    def size(self, difference: float) -> str:
        """How large a difference is: `0.23`, `€55`, `2.3 percentage points`."""
        points = WORDS[self.language]["short points" if self.is_short else "points"]
        ends = {"share": points, "relative": "%"}
        return self._size(difference) + ends.get(self.unit, "")

    def change(self, difference: float) -> str:
        """A difference in words: `0.23 lower`."""
        if not np.isfinite(difference):
            return "–"
        if difference == 0:
            return WORDS[self.language]["none"]
        return f"{self.size(difference)} {self._sign(difference)}"

    def span(self, low: float, high: float) -> str:
        """An interval in words: `0.20 to 0.26 lower`, `from 0.02 lower to 0.05 higher`."""
        words = WORDS[self.language]
        if not (np.isfinite(low) and np.isfinite(high)):
            return "–"
        if low == high:
            return self.change(low)
        if not is_clear(low, high):
            return f"{words['from']} {self.change(low)} {words['to']} {self.change(high)}"
        near, far = sorted((low, high), key=abs)
        return f"{self._size(near)} {words['to']} {self.size(far)} {self._sign(far)}"
