"""The differences of a study as rows: what, against what, and how sure."""

from dataclasses import dataclass
from math import isfinite, nan
from typing import Any

import pandas as pd

from kring.experiments.analyses.base import Tables
from kring.experiments.analyses.levers.numbers import IDLE
from kring.experiments.analyses.shapley.numbers import WHOLE
from kring.experiments.study.plan import Plan
from kring.experiments.text import phrases
from kring.experiments.text.formats import NumberFormat, Written
from kring.experiments.text.language import said, spoken
from kring.experiments.text.names import player_name
from kring.simulation.spread import Spread

NO_LEVERS = pd.DataFrame({"policy": [], "lever": [], "what": []})
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
        The outcome, its difference from the other, and between what 95% of the sets have that.
    share, chance : float
        In what part of the sets, or of the futures, it has that sign, and what chance alone does.
    low_future, high_future : float
        Where futures were drawn: where 90% of them lie.
    """

    label: str
    other: str
    policy: int
    point: int
    value: float = nan
    difference: float = nan
    low: float = nan
    high: float = nan
    share: float = nan
    chance: float = nan
    low_future: float = nan
    high_future: float = nan

    @property
    def spread(self) -> Spread:
        """The difference, and how sure it is."""
        return Spread(self.difference, self.low, self.high, self.share, self.chance)

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
        """Whether its sign is known; of a single set as far as chance goes."""
        return self.is_compared and self.spread.is_clear

    @property
    def could_be_none(self) -> bool:
        """Whether the difference could be none, or of the other sign."""
        return self.is_compared and self.has_interval and not self.is_clear


NUMBERS = (
    *("value", "difference", "low", "high", "share", "chance"),
    *("low_future", "high_future"),
)


class Differences:
    """The differences of a study, outcome by outcome, in the language that is spoken.

    Parameters
    ----------
    plan : Plan
        The plan of the study.
    tables : dict of str to DataFrame
        Its tables; `differences` and, of a split, `shapley` are read.
    """

    def __init__(self, plan: Plan, tables: Tables) -> None:
        self.plan, self.design = plan, plan.design
        table = tables.get("differences", NOTHING)
        self.table = table[table["value"].notna() & table["outcome"].isin(plan.outcomes)]
        self.splits = tables.get("shapley", NOTHING)
        self.names = [policy.name for policy in plan.policies]
        levers = tables.get("levers", NO_LEVERS)
        self.idle = levers[levers["what"] == IDLE].groupby("policy")["lever"].agg(list).to_dict()
        self._formats: dict[str, NumberFormat] = {}
        self._rows: dict[tuple[str, str], list[Row]] = {}  # of an outcome, in a language

    def outcomes(self) -> list[str]:
        """Outcomes that have a number, in the study's order."""
        there = set(self.table["outcome"])
        return [name for name in self.plan.outcomes if name in there]

    def policies(self) -> set[str]:
        """Names of policies that have a number."""
        return set(self.table["policy"])

    def are_complete(self) -> bool:
        """Whether every policy has a number."""
        return self.policies() == set(self.names)

    def format(self, outcome: str) -> NumberFormat:
        """How the numbers of an outcome are written."""
        if outcome not in self._formats:
            part = self.table[self.table["outcome"] == outcome]
            self._formats[outcome] = NumberFormat.of(outcome, part["value"], part["difference"])
        return self._formats[outcome]

    def written(self, outcome: str, row: Row) -> Written:
        """The numbers of a row as they are written, in digits that fit each other."""
        return self.format(outcome).together(row.value, row.spread)

    def rows(self, outcome: str) -> list[Row]:
        """All rows of an outcome; of a split, only the two policies."""
        if (key := (spoken(), outcome)) not in self._rows:
            part = self.table[self.table["outcome"] == outcome]
            rows = [self._row(record) for record in part.to_dict("records")]
            shown = set(self.design.rows())
            self._rows[key] = [row for row in rows if row.point in shown]
        return self._rows[key]

    def compared(self, outcome: str) -> list[Row]:
        """Rows of an outcome that are compared with another."""
        return [row for row in self.rows(outcome) if row.is_compared]

    def row(self, policy: str, outcome: str) -> Row:
        """The row of a policy, where nothing else varies."""
        (row,) = (r for r in self.rows(outcome) if self.names[r.policy] == policy)
        return row

    def at(self, outcome: str, policy: int, point: int = 0) -> Row | None:
        """The row of a policy at a point; nothing where it has no number."""
        every = {(row.policy, row.point): row for row in self.rows(outcome)}
        return every.get((policy, point))

    def parts(self, outcome: str) -> list[Row]:
        """What each lever brings of the difference between two policies; empty if not known."""
        table = self.splits[(self.splits["outcome"] == outcome) & self.splits["value"].notna()]
        return [
            Row(
                player_name(self.plan, record["player"]), "", 0, i,
                difference=record["value"], low=record["low"], high=record["high"],
                share=record.get("share", nan), chance=record.get("chance", nan),
            )
            for i, record in enumerate(table.to_dict("records"))
            if record["player"] != WHOLE
        ]  # fmt: skip

    def first(self) -> str:
        """The policy that the others are compared with."""
        return self.policy_name(0)

    def _row(self, record: dict[str, Any]) -> Row:
        policy, point = self.names.index(record["policy"]), int(record.get("point", 0))
        other = self.design.compared_with(policy, point)
        against = "" if other == (policy, point) else self._other((policy, point), other)
        numbers = {name: float(record[name]) for name in NUMBERS if name in record}
        return Row(self._label(policy, point), against, policy, point, **numbers)

    def _label(self, policy: int, point: int) -> str:
        """A policy, and the values at a point where more than one was tried."""
        name = self.policy_name(self.design.policy_at(policy, point))
        at = self.point_name(point)
        if not at:
            return name
        return f"‘{at}’" if len(self.names) == 1 else f"{name} ({at})"

    def _other(self, own: tuple[int, int], other: tuple[int, int]) -> str:
        """What a row is compared with, without what both have in common."""
        about, against = (self.design.policy_at(*each) for each in (own, other))
        return f"‘{self.point_name(other[1])}’" if about == against else self.policy_name(against)

    def point_name(self, point: int) -> str:
        """The values at a point; nothing where it is one of many futures."""
        return "" if self.design.is_sampled else phrases.point_name(self.plan.points[point])

    def policy_name(self, policy: int) -> str:
        """What a policy is called, in quotes."""
        return f"‘{said(self.plan.policies[policy].label)}’"
