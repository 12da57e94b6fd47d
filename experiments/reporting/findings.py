"""Findings: the differences of a study as rows: what, against what, and how sure."""

from dataclasses import dataclass
from math import isfinite, nan

import pandas as pd

from experiments.analysis.pairs import is_sampled, reference
from experiments.analysis.shapley import WHOLE
from experiments.reporting.amounts import Amounts, is_clear
from experiments.reporting.general import Tables
from experiments.reporting.quantity_words import player_name, point_words
from experiments.study.design import points
from experiments.study.file import Study

NOTHING = pd.DataFrame({"policy": [], "outcome": [], "value": [], "difference": []})


@dataclass(frozen=True)
class Row:
    """One outcome of one policy at one point, and what it is compared with.

    Attributes
    ----------
    label, other : str
        What it is, and what it is compared with, in words; `other` is empty if with nothing.
    policy, point : int
        The same as numbers.
    value, difference, low, high : float
        The outcome, its difference from the other, and the 95% interval of that.
    low_future, high_future, lower_share : float
        Where futures were drawn: where 90% of them lie, and in what part it is lower.
    """

    label: str
    other: str
    policy: int
    point: int
    value: float = nan
    difference: float = nan
    low: float = nan
    high: float = nan
    low_future: float = nan
    high_future: float = nan
    lower_share: float = nan

    @property
    def base(self) -> float:
        """The value of what it is compared with."""
        return self.value - self.difference

    @property
    def is_compared(self) -> bool:
        """Whether it is compared with something that has a number."""
        return bool(self.other) and isfinite(self.difference)

    @property
    def has_interval(self) -> bool:
        """Whether it has an interval: more than one town was drawn."""
        return isfinite(self.low)

    @property
    def is_none(self) -> bool:
        """Whether it is the same in every town."""
        return self.difference == self.low == self.high == 0

    @property
    def is_clear(self) -> bool:
        """Whether it differs, as far as chance goes."""
        return self.is_compared and is_clear(self.low, self.high)

    @property
    def could_be_none(self) -> bool:
        """Whether the difference could be none, as far as chance goes."""
        return self.is_compared and self.has_interval and not self.is_clear


NUMBERS = [name for name, kind in Row.__annotations__.items() if kind is float]


class Findings:
    """The differences of a study, outcome by outcome, in the words of a language."""

    def __init__(self, study: Study, tables: Tables, language: str) -> None:
        self.study, self.language = study, language
        table = tables.get("differences", NOTHING)
        self.table = table[table["value"].notna() & table["outcome"].isin(study.outcomes)]
        self.splits = tables.get("shapley", NOTHING)
        self.points = points(study)
        self.names = [policy.name for policy in study.policies]

    def outcomes(self) -> list[str]:
        """Outcomes that have a number, in the study's order."""
        there = set(self.table["outcome"])
        return [name for name in self.study.outcomes if name in there]

    def there(self) -> set[str]:
        """Names of policies that have a number."""
        return set(self.table["policy"])

    def amounts(self, outcome: str) -> Amounts:
        """How the numbers of an outcome are written."""
        part = self.table[self.table["outcome"] == outcome]
        return Amounts.of(outcome, part["value"], part["difference"], self.language)

    def rows(self, outcome: str) -> list[Row]:
        """All rows of an outcome; of a split, only the two policies."""
        part = self.table[self.table["outcome"] == outcome]
        rows = [self._row(record) for record in part.to_dict("records")]
        if self.study.vary.design == "shapley":
            return [row for row in rows if row.point in (0, len(self.points) - 1)]
        return rows

    def compared(self, outcome: str) -> list[Row]:
        """Rows of an outcome that are compared with another."""
        return [row for row in self.rows(outcome) if row.is_compared]

    def row(self, policy: str, outcome: str) -> Row:
        """The row of a policy, where nothing else varies."""
        (row,) = (r for r in self.rows(outcome) if self.names[r.policy] == policy)
        return row

    def split(self, outcome: str) -> list[Row]:
        """What each lever brings of the difference between two policies; empty if not known."""
        table = self.splits[(self.splits["outcome"] == outcome) & self.splits["value"].notna()]
        return [
            Row(
                player_name(self.study, record["player"], self.language), "", 0, i,
                difference=record["value"], low=record["low"], high=record["high"],
            )
            for i, record in enumerate(table.to_dict("records"))
            if record["player"] != WHOLE
        ]  # fmt: skip

    def first(self) -> str:
        """The policy that the others are compared with."""
        return self._name(0)

    def _row(self, record: dict) -> Row:
        policy, point = self.names.index(record["policy"]), int(record.get("point", 0))
        other = (0, point) if is_sampled(self.study) else reference(self.study, policy, point)
        against = "" if other == (policy, point) else self._other(policy, point, *other)
        numbers = {name: float(record[name]) for name in NUMBERS if name in record}
        return Row(self._label(policy, point), against, policy, point, **numbers)

    def _label(self, policy: int, point: int) -> str:
        """A policy, and the values at a point where more than one was tried."""
        if self.study.vary.design == "shapley":  # the last point has all of the second policy
            policy = int(point > 0)
        name = self._name(policy)
        if is_sampled(self.study) or not point_words(self.points[point], self.language):
            return name
        at = point_words(self.points[point], self.language)
        return f"‘{at}’" if len(self.names) == 1 else f"{name} ({at})"

    def _other(self, policy: int, point: int, other: int, base: int) -> str:
        """What a row is compared with, without what both have in common."""
        if other == policy and self.study.vary.design != "shapley":
            return f"‘{point_words(self.points[base], self.language)}’"
        return self._name(other)

    def _name(self, policy: int) -> str:
        return f"‘{self.study.policies[policy].called(self.language)}’"
