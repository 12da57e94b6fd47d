"""The Rotterdam survey as an instrument: who is drawn, and when they are asked.

60 team clients and 55 conference clients are interviewed at the end of year 1, 45 of each again a
year later, the heavier cases dropping out less (M24). Repeating the survey in one simulated town
gives the interval that so few respondents leave.
"""

from typing import NamedTuple

import numpy as np

from kring.simulation.evidence import figure
from kring.simulation.interview import Wave, fall, interview
from kring.simulation.result import Result
from kring.simulation.rows import CONFERENCE_ENTRANCE, TEAM_ENTRANCE

WAVES = (52, 104)  # weeks: the end of year 1, and a year later
DRAWN = {"WT": int(figure("E02")), "EKC": int(figure("E01"))}
AGAIN = {"WT": int(figure("E04")), "EKC": int(figure("E03"))}
ENTRANCE = {"WT": TEAM_ENTRANCE, "EKC": CONFERENCE_ENTRANCE}


class Answers(NamedTuple):
    """Answers of one group, a row a repeat of the survey and a column a respondent."""

    all_first: Wave  # everybody at wave 1
    first: Wave  # those interviewed twice, at wave 1
    second: Wave  # and at wave 2

    @property
    def fall(self) -> np.ndarray:
        """Problems fewer at wave 2."""
        return fall(self.first, self.second)


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
