"""The Rotterdam survey as an instrument: who is drawn, when they are asked, what they are asked.

60 team clients and 55 conference clients are interviewed at the end of year 1, 45 of each again a
year later, the heavier cases dropping out less (M24). Repeating the survey in one simulated town
gives the interval that so few respondents leave.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pandas as pd

from simulation.evidence import evidence, figure
from simulation.field import PARENTING, YOUTH
from simulation.parameters import Parameters
from simulation.result import Result
from simulation.rows import CONFERENCE_ENTRANCE, NETWORK_PLAN, TEAM_ENTRANCE

WAVES = (52, 104)  # weeks: the end of year 1, and a year later
DRAWN = {"WT": int(figure("E02")), "EKC": int(figure("E01"))}
AGAIN = {"WT": int(figure("E04")), "EKC": int(figure("E03"))}
ENTRANCE = {"WT": TEAM_ENTRANCE, "EKC": CONFERENCE_ENTRANCE}

MAINLY = 2 / 3  # of the relief: to whom a good result is owed
SLIGHT = 1  # problem fewer: no or slight improvement
OWED = ("nobody", "network", "both", "professional")
WHY_NOT = ("improved", "no supporter", "new problems", "lasting problems")


def owed_to(rows: np.ndarray) -> np.ndarray:
    """To whom a good result is owed: codes of `OWED`, from who brought the relief about."""
    network, professional = rows["credit_network"], rows["credit_professional"]
    both = network + professional
    share = np.divide(network, both, out=np.zeros_like(both), where=both > 0)
    answer = np.where(share > MAINLY, 1, np.where(share < 1 - MAINLY, 3, 2))
    return np.where(both > 0, answer, 0)


def joint(rows: np.ndarray) -> np.ndarray:
    """Whether the solution was made together: by the network, or by both working together."""
    network_made_it = (rows["plan"] == NETWORK_PLAN) & rows["carried_out"]
    return network_made_it | rows["cooperation"]


def satisfaction(rows: np.ndarray, parameters: Parameters) -> np.ndarray:
    """A mark from 1 to 10: relief satisfies, a joint solution more (M27)."""
    relief = rows["solved"] / np.maximum(rows["solved"] + rows["problems"], 1)
    mark = 5 + 3 * relief + parameters.joint_satisfaction * joint(rows)
    return np.clip(mark, 1, 10)


def interview(rows: np.ndarray, parameters: Parameters) -> dict[str, np.ndarray]:
    """What each client would answer now: one array a question."""
    youth = (rows["level"][:, [PARENTING, YOUTH]] > 0).sum(axis=1)
    return {
        "problems": rows["problems"],
        "youth problems": np.where(rows["children"] > 0, youth, np.nan),
        "network": rows["mapped"],
        "supporters": rows["supporters"],
        "professionals": rows["professionals"],
        "proposed": rows["proposed"],
        "nobody at table": rows["at_table"] == 0,
        "attending": np.where(rows["attended"] > 0, rows["attended"], np.nan),
        "owed": owed_to(rows),
        "cooperation": rows["cooperation"],
        "joint": joint(rows),
        "satisfaction": satisfaction(rows, parameters),
        "cost": rows["cost"],
        "solved": rows["solved"],
        "low education": rows["low_education"],
        "assistance": rows["assistance"],
    }


def why_not(first: dict[str, np.ndarray], second: dict[str, np.ndarray]) -> np.ndarray:
    """Why there was no or slight improvement between the waves: codes of `WHY_NOT`."""
    fall = first["problems"] - second["problems"]
    came = second["solved"] - first["solved"] - fall
    reason = np.where(second["supporters"] == 0, 1, np.where(came > 0, 2, 3))
    return np.where(fall > SLIGHT, 0, reason)


class Answers(NamedTuple):
    """Answers of one group, a row a repeat of the survey and a column a respondent."""

    all_first: dict[str, np.ndarray]  # everybody at wave 1
    first: dict[str, np.ndarray]  # those interviewed twice, at wave 1
    second: dict[str, np.ndarray]  # and at wave 2

    @property
    def fall(self) -> np.ndarray:
        """Problems fewer at wave 2."""
        return self.first["problems"] - self.second["problems"]


def eligible(result: Result, group: str) -> np.ndarray:
    """Clients the sample is drawn from: helped in year 1; for EKC, with a conference held."""
    rows = result.kept[WAVES[0]]
    helped = (rows["entrance"] == ENTRANCE[group]) & (rows["plan_week"] >= 0)
    if group == "EKC":
        helped &= rows["attended"] > 0
    return np.flatnonzero(helped)


def survey_group(result: Result, group: str, repeats: int) -> Answers:
    """Hold the survey among one group, many times.

    The draws are keyed by the run's seed: the same run gives the same respondents.
    """
    clients = eligible(result, group)
    luck = np.random.Generator(np.random.Philox(key=[result.seed, ENTRANCE[group]]))
    order = luck.random((repeats, len(clients))).argsort(axis=1)
    drawn = clients[order[:, : DRAWN[group]]]
    answers = [
        interview(rows, result.parameters) for rows in (result.kept[WAVES[0]], result.client_rows)
    ]
    stays = luck.gumbel(size=drawn.shape)
    stays += result.parameters.heavier_stay * answers[0]["problems"][drawn]
    places = (-stays).argsort(axis=1)[:, : AGAIN[group]]
    again = np.take_along_axis(drawn, places, axis=1)
    return Answers(
        *(
            {q: a[who] for q, a in wave.items()}
            for wave, who in zip((answers[0], *answers), (drawn, again, again), strict=True)
        )
    )


Groups = dict[str, Answers]


def _mean(group: str, part: str, question: str) -> Callable[[Groups], np.ndarray]:
    return lambda groups: np.nanmean(getattr(groups[group], part)[question].astype(float), axis=1)


def _owed(code: int) -> Callable[[Groups], np.ndarray]:
    def share(groups: Groups) -> np.ndarray:
        owed = groups["EKC"].second["owed"]
        return (owed == code).sum(axis=1) / np.maximum((owed > 0).sum(axis=1), 1)

    return share


def _more_professionals(groups: Groups) -> np.ndarray:
    """Of both waves, the smaller difference: both have to be on the right side."""
    gaps = [
        getattr(groups["WT"], part)["professionals"].mean(axis=1)
        - getattr(groups["EKC"], part)["professionals"].mean(axis=1)
        for part in ("first", "second")
    ]
    return np.minimum(*gaps)


def _less_improved(groups: Groups) -> np.ndarray:
    return (groups["WT"].fall <= SLIGHT).mean(axis=1) - (groups["EKC"].fall <= SLIGHT).mean(axis=1)


def _youth_falls(groups: Groups) -> np.ndarray:
    falls = {
        g: np.nanmean(a.first["youth problems"] - a.second["youth problems"], axis=1)
        for g, a in groups.items()
    }
    return falls["EKC"] - falls["WT"]


def _joint_satisfies(groups: Groups) -> np.ndarray:
    marks = np.concatenate([groups[g].second["satisfaction"] for g in groups], axis=1)
    together = np.concatenate([groups[g].second["joint"] for g in groups], axis=1)
    return np.nanmean(np.where(together, marks, np.nan), axis=1) - np.nanmean(
        np.where(together, np.nan, marks), axis=1
    )


def _on_assistance(groups: Groups) -> np.ndarray:
    return groups["EKC"].all_first["assistance"].mean(axis=1) - groups["WT"].all_first[
        "assistance"
    ].mean(axis=1)


# What is taken from the answers, by the evidence it is held against. Orderings are differences,
# published as above zero.
STATISTICS: dict[str, Callable[[Groups], np.ndarray]] = {
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
    "E28": _owed(1),
    "E29": _owed(2),
    "E30": _less_improved,
    "E31": _youth_falls,
    "E32": _joint_satisfies,
    "E42": _mean("EKC", "all_first", "attending"),
}


def plans_per_referral(result: Result, repeats: int) -> np.ndarray:
    """Share of referrals that end in a plan of the network (E43), in as many years as repeats."""
    rows = result.client_rows
    referred = rows[rows["entrance"] == ENTRANCE["EKC"]]
    luck = np.random.Generator(np.random.Philox(key=[result.seed, 43]))
    years = luck.integers(0, len(referred), (repeats, len(referred)))
    return (referred["plan"][years] == NETWORK_PLAN).mean(axis=1)


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
        One column a row of the evidence.
    """
    groups = {group: survey_group(result, group, repeats) for group in DRAWN}
    table = pd.DataFrame(
        {identity: statistic(groups) for identity, statistic in STATISTICS.items()}
    )
    table["E43"] = plans_per_referral(result, repeats)
    return table[sorted(table)]


def is_ordering(identity: str) -> bool:
    """Whether the published row is an ordering, not a number."""
    return evidence().loc[identity, "unit"] == "ordering"


def against_evidence(surveys: pd.DataFrame) -> pd.DataFrame:
    """Hold repeated surveys against the published figures.

    Parameters
    ----------
    surveys : DataFrame
        As `repeat_survey` gives them, of one town or of several joined.

    Returns
    -------
    DataFrame
        ``statistic, group, moment, published, simulated, low, high, inside, role, id, deviation,
        fits``: `simulated` is the mean over all, `low` and `high` hold 95% of the repeats,
        `inside` says whether the published number lies between them (orderings: whether 95% of
        repeats are on the right side), `deviation` is relative to the published number, and `fits`
        asks for `inside` and a deviation within 10%.
    """
    rows = []
    for identity in surveys.columns:
        row = evidence().loc[identity]
        values = surveys[identity].to_numpy()
        mean = float(np.nanmean(values))
        ordering = is_ordering(identity)
        low, high = np.nanquantile(values, [0.05, 0.95] if ordering else [0.025, 0.975])
        if ordering:
            published, deviation = float("nan"), float("nan")
            inside = bool((values > 0).mean() >= 0.95)
            fits = inside
        else:
            published = float(row["value"])
            deviation = mean / published - 1
            inside = bool(low <= published <= high)
            fits = inside and abs(deviation) <= 0.10
        rows.append(
            {
                "statistic": row["statistic"],
                "group": row["group"],
                "moment": row["moment"],
                "published": published,
                "simulated": mean,
                "low": low,
                "high": high,
                "inside": inside,
                "role": row["role"],
                "id": identity,
                "deviation": deviation,
                "fits": fits,
            }
        )
    return pd.DataFrame(rows)
