"""Amounts: outcomes as a reader wants them, with decimals that matter and words for the sign."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from experiments.measures import measure

WORDS = {
    "en": {
        "lower": "lower", "higher": "higher", "to": "to", "from": "from", "less": "less than",
        "points": " percentage points", "none": "no difference", "money": "€",
    },
    "nl": {
        "lower": "lager", "higher": "hoger", "to": "tot", "from": "van", "less": "minder dan",
        "points": " procentpunt", "none": "geen verschil", "money": "€\N{NO-BREAK SPACE}",
    },
}  # fmt: skip
MOST_DECIMALS = 4


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
        Unit of the outcome; shares are written as percentages.
    decimals : int
        The same for values and differences.
    language : str
        ``en`` or ``nl``.
    """

    unit: str
    decimals: int
    language: str

    @classmethod
    def of(
        cls, outcome: str, values: Iterable[float], differences: Iterable[float], language: str
    ) -> "Amounts":
        """How all values and differences of an outcome are written in a report."""
        unit = measure(outcome).unit
        times = 100 if unit == "share" else 1
        found = decimals_for([times * v for v in values], [times * d for d in differences])
        return cls(unit, found, language)

    def _number(self, value: float) -> str:
        scaled = 100 * value if self.unit == "share" else value
        text = f"{scaled:,.{self.decimals}f}"
        if not float(text.replace(",", "")):
            text = text.removeprefix("-")
        if self.language == "nl":
            text = text.translate(str.maketrans(",.", ".,"))
        text = text.replace("-", "\N{MINUS SIGN}")
        return WORDS[self.language]["money"] + text if self.unit == "EUR" else text

    def _sign(self, difference: float) -> str:
        return WORDS[self.language]["lower" if difference < 0 else "higher"]

    def value(self, value: float) -> str:
        """A value: `2.66`, `67.3%`, `€3,931`."""
        if not np.isfinite(value):
            return "–"
        return self._number(value) + ("%" if self.unit == "share" else "")

    def _size(self, difference: float) -> str:
        said, least = self._number(abs(difference)), 0.1**self.decimals
        if difference and said == self._number(0):
            least = least / 100 if self.unit == "share" else least
            return f"{WORDS[self.language]['less']} {self._number(least)}"
        return said

    def size(self, difference: float) -> str:
        """How large a difference is: `0.23`, `€55`, `2.3 percentage points`."""
        points = WORDS[self.language]["points"] if self.unit == "share" else ""
        return self._size(difference) + points

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
