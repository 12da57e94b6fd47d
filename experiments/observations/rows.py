"""The rows of evidence that the model can measure: how sure each is, and how near the model can be.

What the study's size leaves open (`sd`) and what no model of this kind gets right (`discrepancy`)
are told apart. Studies seldom publish a spread: where `because` says "assumed", it is an
assumption.
"""

import math
from typing import NamedTuple

from kring.simulation.evidence import evidence, figure

JUST_SIGNIFICANT = 1.96  # standard errors


class Row(NamedTuple):
    """A published figure as something to measure.

    Attributes
    ----------
    id : str
        Row of the evidence.
    value : float
        What was published, in the unit of the evidence; of an ordering, the difference that would
        just be significant in a study of that size: a model is short of it or is not. NaN for what
        was published in words.
    sd : float
        Sampling error: standard deviation of the figure over studies of the same size.
    discrepancy : float
        Standard deviation of what the model is off by although its mechanisms are right: an
        assumption.
    because : str
        Where the sampling error comes from.
    how : str
        How it is measured in the model, where that is more than its question.
    ordering : bool
        Whether an ordering was published, not a number.
    """

    id: str
    value: float
    sd: float
    discrepancy: float
    because: str
    how: str = ""
    ordering: bool = False

    @property
    def role(self) -> str:
        """What the figure may be used for: `input`, `calibrate` or `validate`."""
        role: str = evidence().loc[self.id, "role"]
        return role

    @property
    def published(self) -> float:
        """The published number; NaN where an order or a word was published."""
        return math.nan if self.ordering else self.value


def mean(identity: str, people: int, spread: float, discrepancy: float, how: str) -> Row:
    """A mean over so many people who differ by a spread."""
    why = f"{people} people who differ by {spread:g} (assumed)"
    return Row(identity, figure(identity), spread / math.sqrt(people), discrepancy, why, how)


def share(identity: str, people: int, discrepancy: float, how: str, why: str = "asked") -> Row:
    """A share of so many people."""
    p = figure(identity)
    sd = math.sqrt(p * (1 - p) / people)
    return Row(identity, p, sd, discrepancy, f"{people} people, {why}", how)


def order(identity: str, people: int, spread: float, discrepancy: float, how: str) -> Row:
    """A difference between two groups of so many people who differ by a spread."""
    sd = spread * math.sqrt(2 / people)
    why = f"two groups of {people} who differ by {spread:g} (assumed)"
    return Row(identity, JUST_SIGNIFICANT * sd, sd, discrepancy, why, how, ordering=True)


IMPROVED = "those of 45 who improved (assumed)"
NOT_IMPROVED = "those of 45 who did not improve (assumed)"
REGISTER = "a register: hardly any sampling error; years and places differ (assumed)"

ALL = (
    share("E07", 55, 0.02, "share of the EKC respondents, wave 1"),
    share("E08", 60, 0.02, "share of the WT respondents, wave 1"),
    order("E09", 57, 0.5, 0.02, "share of EKC less share of WT, wave 1"),
    mean("E10", 55, 2.5, 0.2, "mean of the EKC respondents, wave 1"),
    mean("E11", 60, 2.5, 0.2, "mean of the WT respondents, wave 1"),
    mean("E12", 45, 2.5, 0.2, "mean of the EKC respondents asked twice, wave 1"),
    mean("E13", 45, 2.5, 0.2, "mean of the WT respondents asked twice, wave 1"),
    mean("E14", 45, 2.5, 0.2, "mean of the EKC respondents asked twice, wave 2"),
    mean("E15", 45, 2.5, 0.2, "mean of the WT respondents asked twice, wave 2"),
    mean("E18", 55, 4.0, 0.3, "mean number of members mapped, EKC, wave 1"),
    mean("E19", 60, 3.0, 0.3, "mean number of members mapped, WT, wave 1"),
    mean("E20", 45, 2.5, 0.2, "mean number of supporters, EKC asked twice, wave 1"),
    mean("E21", 45, 2.0, 0.2, "mean number of supporters, WT asked twice, wave 1"),
    mean("E22", 45, 2.5, 0.2, "mean number of supporters, EKC asked twice, wave 2"),
    mean("E23", 45, 1.5, 0.2, "mean number of supporters, WT asked twice, wave 2"),
    share("E25", 60, 0.03, "share to whom the network was proposed, WT, wave 1"),
    share("E26", 60, 0.05, "share with nobody at the table, WT, wave 1"),
    order("E27", 45, 1.6, 0.1, "mean number of WT less that of EKC, the smaller of both waves"),
    share("E28", 30, 0.05, "share who owe it to the network, of EKC who improved by help",
          IMPROVED),
    share("E29", 30, 0.05, "share who owe it to both, of EKC who improved by help", IMPROVED),
    order("E30", 45, 0.5, 0.05, "share with at most one problem fewer, WT less EKC"),
    Row("E31", JUST_SIGNIFICANT, 1.0, 0.3,
        "a coefficient in its own standard errors",
        "coefficient of the route in a regression of the fall in youth problems on the route and "
        "on youth problems at wave 1, all 90, in its standard errors", ordering=True),
    order("E32", 45, 1.5, 0.2, "mean mark where the solution was joint, less the others, wave 2"),
    mean("E42", 140, 4.0, 0.5, "mean at meetings held, the client included, wave 1"),
    Row("E43", figure("E43"), 0.012, 0.03,
        "0.82 to 0.86 in three years",
        "share with a plan of the network at week 104, of who entered for a conference"),
    share("E62", 20, 0.05, "share who owe it to both, of WT who improved by help", IMPROVED),
    share("E63", 20, 0.05, "share who owe it to the professional, of WT who improved by help",
          IMPROVED),
    share("E64", 45, 0.05, "share for whom both work together, EKC, wave 2"),
    share("E65", 45, 0.05, "share for whom both work together, WT, wave 2"),
    share("E66", 25, 0.1, "share who say so, of WT with at most one problem fewer", NOT_IMPROVED),
    share("E67", 25, 0.1, "share who say so, of WT with at most one problem fewer", NOT_IMPROVED),
    Row("E68", 0.775, 0.04, 0.05,
        "0.85 and 0.70 in two years: the middle",
        "families who came in weeks 52 to 156: first closing within 52 weeks"),
    Row("E69", figure("E69"), 0.01, 0.03, REGISTER,
        "families who came in weeks 52 to 156: no closing within 156 weeks"),
    Row("E70", figure("E70"), 0.01, 0.04, REGISTER,
        "families whose case closed: first return more than 52 and at most 260 weeks later "
        "(Kaplan and Meier)"),
    Row("E71", figure("E71"), 0.01, 0.04, REGISTER, "clients whose case closed: as E70"),
    Row("E72", figure("E72"), 0.08, 0.05,
        "some hundred families; hours differ as much as their mean (assumed)",
        "families with parenting or youth at level 3 or 4 who held a conference: hours in the year "
        "after entry, against the same people without one; coordinator left out"),
    Row("E73", math.nan, math.nan, 0.1,
        "published as 'many': shown only",
        "networks' plans 13 weeks after they were made: share not carried out"),
    share("E74", 229, 0.04, "families to whom a conference was offered: held within a year"),
    Row("E75", figure("E75"), 0.01, 0.06,
        "a national survey of carers, not of clients' helpers (assumed)",
        "members who help: share who give more than 8 hours a week"),
)  # fmt: skip

ROWS = {row.id: row for row in ALL}
