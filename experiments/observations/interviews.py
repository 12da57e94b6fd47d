"""What the Rotterdam interviews found, as the simulated interviews find it: a figure a survey."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from kring.simulation.interview import OWED, SLIGHT, WHY_NOT, owed_after, why_not
from kring.simulation.result import Result
from kring.simulation.rows import NETWORK_PLAN
from kring.simulation.survey import DRAWN, ENTRANCE, Answers, survey_group

Groups = dict[str, Answers]
Statistic = Callable[[Groups], np.ndarray]  # a number for each repeat


def _mean(group: str, part: str, question: str) -> Statistic:
    def mean(groups: Groups) -> np.ndarray:
        return _mean_of(getattr(groups[group], part)[question])

    return mean


def _mean_of(answers: np.ndarray) -> np.ndarray:
    """Mean over those who answered; NaN where nobody did."""
    there = ~np.isnan(answers.astype(float))
    return _part(np.where(there, answers, 0).sum(axis=1), there.sum(axis=1))


def _part(some: np.ndarray, of_all: np.ndarray) -> np.ndarray:
    nobody = np.full(len(some), np.nan)
    part: np.ndarray = np.divide(some, of_all, out=nobody, where=of_all > 0)
    return part


def _owed(group: str, to: str) -> Statistic:
    """Of those who improved by somebody's help: the share who owe it to these."""

    def share(groups: Groups) -> np.ndarray:
        owed = owed_after(groups[group].first, groups[group].second)
        return _part((owed == OWED.index(to)).sum(axis=1), (owed > 0).sum(axis=1))

    return share


def _why_not(group: str, reason: str) -> Statistic:
    """Of those who did not improve: the share who say so."""

    def share(groups: Groups) -> np.ndarray:
        why = why_not(groups[group].first, groups[group].second)
        return _part((why == WHY_NOT.index(reason)).sum(axis=1), (why > 0).sum(axis=1))

    return share


def _gap(groups: Groups, part: str, question: str) -> np.ndarray:
    """Mean answer of the team's clients less that of the conference's."""
    team, conference = (getattr(groups[group], part)[question] for group in ("WT", "EKC"))
    gap: np.ndarray = _mean_of(team) - _mean_of(conference)
    return gap


def _more_professionals(groups: Groups) -> np.ndarray:
    """Of both waves, the smaller difference: both have to be on the right side."""
    first, second = (_gap(groups, part, "professionals") for part in ("first", "second"))
    smaller: np.ndarray = np.minimum(first, second)
    return smaller


def _less_improved(groups: Groups) -> np.ndarray:
    team, conference = (_mean_of(groups[group].fall <= SLIGHT) for group in ("WT", "EKC"))
    more: np.ndarray = team - conference
    return more


def _youth_falls(groups: Groups) -> np.ndarray:
    """Fall in youth problems, of all 90, on the route with the level at wave 1 held equal (OLS).

    The coefficient in its own standard errors, as a study says whether it is significant.
    """
    both = [groups["EKC"], groups["WT"]]
    first = np.concatenate([a.first["youth problems"] for a in both], axis=1)
    second = np.concatenate([a.second["youth problems"] for a in both], axis=1)
    route = np.zeros(first.shape)
    route[:, : both[0].fall.shape[1]] = 1
    known = np.stack([route, np.ones(first.shape), first], axis=2)
    across = known.transpose(0, 2, 1)
    inverse = np.linalg.pinv(across @ known)
    coefficients = (inverse @ across @ (first - second)[..., None])[..., 0]
    left = first - second - (known @ coefficients[..., None])[..., 0]
    variance = (left**2).sum(axis=1) / (first.shape[1] - known.shape[2])
    return _part(coefficients[:, 0], np.sqrt(variance * inverse[:, 0, 0]))


def _joint_satisfies(groups: Groups) -> np.ndarray:
    marks = np.concatenate([groups[g].second["satisfaction"] for g in groups], axis=1)
    together = np.concatenate([groups[g].second["joint"] for g in groups], axis=1)
    joint, one_sided = (np.where(rows, marks, np.nan) for rows in (together, ~together))
    more: np.ndarray = _mean_of(joint) - _mean_of(one_sided)
    return more


def _on_assistance(groups: Groups) -> np.ndarray:
    fewer = _gap(groups, "all_first", "assistance")
    return -fewer


# What is taken from the answers, by the evidence it is held against. Orderings are differences,
# published as above zero.
STATISTICS: dict[str, Statistic] = {
    "E07": _mean("EKC", "all_first", "low education"),
    "E08": _mean("WT", "all_first", "low education"),
    "E09": _on_assistance,
    "E10": _mean("EKC", "all_first", "problems"),
    "E11": _mean("WT", "all_first", "problems"),
    "E12": _mean("EKC", "first", "problems"),
    "E13": _mean("WT", "first", "problems"),
    "E14": _mean("EKC", "second", "problems"),
    "E15": _mean("WT", "second", "problems"),
    "E18": _mean("EKC", "all_first", "network"),
    "E19": _mean("WT", "all_first", "network"),
    "E20": _mean("EKC", "first", "supporters"),
    "E21": _mean("WT", "first", "supporters"),
    "E22": _mean("EKC", "second", "supporters"),
    "E23": _mean("WT", "second", "supporters"),
    "E25": _mean("WT", "all_first", "proposed"),
    "E26": _mean("WT", "all_first", "nobody at table"),
    "E27": _more_professionals,
    "E28": _owed("EKC", "network"),
    "E29": _owed("EKC", "both"),
    "E30": _less_improved,
    "E31": _youth_falls,
    "E32": _joint_satisfies,
    "E42": _mean("EKC", "all_first", "attending"),
    "E62": _owed("WT", "both"),
    "E63": _owed("WT", "professional"),
    "E64": _mean("EKC", "second", "cooperation"),
    "E65": _mean("WT", "second", "cooperation"),
    "E66": _why_not("WT", "nature of the problems"),
    "E67": _why_not("WT", "agencies"),
}


def plans_per_referral(result: Result, repeats: int) -> np.ndarray:
    """Share of referrals that end in a plan of the network (E43), in as many years as repeats."""
    rows = result.client_rows
    referred = rows[rows["entrance"] == ENTRANCE["EKC"]]
    luck = np.random.Generator(np.random.Philox(key=[result.seed, 43]))
    years = luck.integers(0, max(len(referred), 1), (repeats, len(referred)))
    planned = (referred["plan"][years] == NETWORK_PLAN).sum(axis=1)
    return _part(planned, np.full(repeats, len(referred)))


def repeat_survey(result: Result, repeats: int = 100) -> pd.DataFrame:
    """Hold the survey many times in one simulated town.

    Parameters
    ----------
    result : Result
        A run of 104 weeks that kept week 52, with both routes of entry.
    repeats : int
        Number of surveys.

    Returns
    -------
    DataFrame, shape (repeats, statistics)
        One column a row of the evidence; NaN where nobody was there to ask.
    """
    groups = {group: survey_group(result, group, repeats) for group in DRAWN}
    table = pd.DataFrame(
        {identity: statistic(groups) for identity, statistic in STATISTICS.items()}
    )
    table["E43"] = plans_per_referral(result, repeats)
    return table[sorted(table)]
