"""Goals of the reform, and when a municipality says that its teams contribute to them."""

from typing import NamedTuple

import pandas as pd

from kring.experiments.analyses.paired import over_sets, runs_of
from kring.experiments.study.plan import Plan
from kring.experiments.study.planned_policy import PlannedPolicy
from kring.experiments.text.language import Word, _, said

BOUNDS = ("strict", "usual", "lenient")
NEEDED = 2  # goals of three, for a municipality to say that its teams contribute
CONTRIBUTES = "contributes"  # that many are met


class Goal(NamedTuple):
    """A goal of the reform, and when a municipality says that its teams contribute to it.

    The bound is an assumption, from strict to lenient; a poll asks for opinions, not for bounds.
    """

    name: Word
    measure: str
    strict: float
    usual: float
    lenient: float

    def is_met(self, table: pd.DataFrame, how: str) -> pd.Series:
        """Which municipalities meet it; for prevention more is better, else less."""
        bound = getattr(self, how)
        values = table[self.measure]
        return values >= bound if self.measure == "found_early" else values <= bound


GOALS = (
    Goal(
        Word("own strength and network first", "eigen kracht en netwerk eerst"),
        "alone", 0.5, 0.6, 0.7,
    ),
    Goal(
        Word("a fitting plan in time", "een passend plan op tijd"), "without_plan", 0.1, 0.2, 0.4
    ),
    Goal(Word("prevention", "preventie"), "found_early", 0.4, 0.3, 0.2),
)  # fmt: skip
KEYS = [*(goal.name.en for goal in GOALS), CONTRIBUTES]  # as they stand in the table


def goals_in_words() -> list[str]:
    """What the goals are called, and that enough of them are met."""
    return [*(said(goal.name) for goal in GOALS), _("at least two of three")]


def staffed(plan: Plan) -> list[PlannedPolicy]:
    """The policies that are about staff: the first, and those that change nothing else."""
    return [one for one in plan.policies if [*one.changes.differences()] in ([], ["staffing"])]


def goal_table(plan: Plan, asked: pd.DataFrame) -> pd.DataFrame:
    """Share of municipalities that meet each goal, and at least two of three, by bounds."""
    rows = []
    for policy in staffed(plan):
        part = runs_of(asked, policy.name)
        for how in BOUNDS:
            met = pd.DataFrame({goal.name.en: goal.is_met(part, how) for goal in GOALS})
            met[CONTRIBUTES] = met.sum(axis=1) >= NEEDED
            shares = met.groupby(part["seed"]).mean()
            rows += [(policy.name, how, name, *over_sets(plan, shares[name])[:3]) for name in met]
    return pd.DataFrame(rows, columns=["policy", "bounds", "goal", "share", "low", "high"])
