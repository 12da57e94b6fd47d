"""The search for what a municipality does not know of itself, so that its town has its figures.

In each set of strengths the town's past finds how long cases last and how many hours they take, so
that the staff that was told has the wait that was told (`kring.simulation.past`). What else was
told is searched for here, within its range: where it comes out best, in the middle of some sets.
How far off it stays is shown.
"""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from math import isnan, nan
from typing import Any, NamedTuple

import numpy as np
from scipy.optimize import least_squares

from kring.experiments.municipality.figures import FIGURES, figures, told_figures
from kring.simulation.ensemble import USUAL, Ensemble, of_its_town
from kring.simulation.own_municipality import CONFERENCE, YEAR, OwnMunicipality
from kring.simulation.parameters import Parameters
from kring.simulation.policy import Policy
from kring.simulation.run import policies_of, run_in, simulate
from kring.simulation.town import Town

OF_CASES = ("open_cases", "caseload", "closed_within_a_year", "hours_a_case")
OF_THE_WAIT = ("waiting", "weeks_wait")
AIMED_AT = (*OF_CASES, *OF_THE_WAIT, "conferences_a_year")
OFF = 0.1  # of a figure: how far off a municipality's own may well be
UNUSUAL = 0.7  # of the logarithm: how far a case's length and hours may lie from the usual
LEAST = 0.02  # of what is aimed at, so that none at all has a logarithm
NOT_THERE = 3.0  # off, where nothing came out
STEP = 0.1  # by which the search feels its way
SHORTEST = 0.25  # weeks of intake, from which the search goes


Progress = Callable[[int], None]


class Size(NamedTuple):
    """How much is lived: teams, weeks, sets in the search and after it, steps of the search."""

    teams: int = 5
    weeks: int = 2 * YEAR  # after the town's past
    sets: int = 5
    shown: int = 12
    steps: int = 2


class Made(NamedTuple):
    """What Kring makes of a municipality.

    Attributes
    ----------
    found : dict of str to float
        Quantities of `Town` that the search found.
    figures : dict of str to list of float
        Each figure over sets of strengths: low (2.5%), middle and high (97.5%); none that there
        is not, as where no case has been closed.
    """

    found: dict[str, float]
    figures: dict[str, list[float]]


class Unknown(NamedTuple):
    """A quantity of the town that is searched for, in its logarithm, within its range."""

    name: str
    start: float
    low: float
    high: float
    pulled: bool  # to where it starts

    def place(self, value: float | list[float]) -> np.ndarray:
        """Where values lie for the search, whose steps are in parts: 1 is where it starts."""
        return np.asarray(1 + np.log(value) - np.log(self.start))

    def value(self, place: float) -> float:
        """The value at a place."""
        return float(self.start * np.exp(place - 1))


def unknowns(municipality: OwnMunicipality, aims: Mapping[str, float]) -> list[Unknown]:
    """What is searched for, given what is aimed at."""
    start = municipality.town()
    found = []
    if set(OF_CASES) & set(aims):
        found += [
            Unknown(name, 1.0, *span_of(name), pulled=True)
            for name in ("case_length", "case_hours")
        ]
    if set(OF_THE_WAIT) & set(aims):
        # Where cases are told there may be room for more, and then the wait is the intake's.
        name = "intake_weeks" if found else "queue_weeks"
        found.append(Unknown(name, *weeks_around(getattr(start, name)), pulled=False))
    if aims.get("conferences_a_year"):
        share = start.conference_share
        most = min(1.0, 3 * share)
        found.append(Unknown("conference_share", min(share, 0.9), share / 3, most, pulled=False))
    return found


def weeks_around(weeks: float) -> tuple[float, float, float]:
    """Where the search for some weeks begins, and between what it goes."""
    return max(weeks, 2 * SHORTEST), SHORTEST, min(max(4 * weeks, 4 * SHORTEST), 52)


def span_of(name: str) -> tuple[float, float]:
    """The range of a quantity of the town."""
    note = Town.note(name)
    return float(note["low"]), float(note["high"])


class Today(NamedTuple):
    """A municipality as it is today.

    Attributes
    ----------
    told : OwnMunicipality
        What it told of itself.
    policy : Policy or mapping
        Its policy, or one for each route of entry.
    sets : sequence of (Parameters, mapping)
        Sets of strengths, and what each says of the town.
    others : mapping
        Quantities of `Town` that are set beside what was told.
    """

    told: OwnMunicipality
    policy: Policy | Mapping[str, Policy]
    sets: Sequence[tuple[Parameters, Mapping[str, float]]]
    others: Mapping[str, Any]

    @classmethod
    def of(cls, told: OwnMunicipality) -> "Today":
        """A municipality with teams as the Rotterdam study found them, in the usual ensemble."""
        ensemble = Ensemble.load(USUAL)
        sets = [ensemble.at(number) for number in ensemble.some(Size().shown)]
        policy = policies_of({"team": "wijkteam", "conference": CONFERENCE})
        return cls(told, policy, sets, {})

    def live(self, found: Mapping[str, float], place: int, size: Size) -> dict[str, float]:
        """The figures of its town as it runs on, in the set at a place.

        Some of its teams stand for all: teams share nothing.
        """
        strengths, facts = self.sets[place]
        own = {**self.others, **self.told.facts(**found)}
        town = self.told.town(**{**self.others, **found})
        more = {name: v for name, v in of_its_town(facts, town).items() if name not in own}
        clients = round(town.clients * min(1.0, size.teams / town.teams))
        town = town.replace(**more, clients=clients)
        run = run_in(town, self.policy, size.weeks, place + 1, parameters=strengths, threads=1)
        result = simulate(run, self.policy, size.weeks, threads=1)
        return figures(result, self.told, run.pace)


def unseen(towns: int) -> None:
    """Progress that nobody watches."""


def make(today: Today, size: Size | None = None, progress: Progress = unseen) -> Made:
    """Search for what a municipality does not know of itself, and see what comes out then.

    Parameters
    ----------
    today : Today
        The municipality as it is.
    size : Size, optional
        How much is lived.
    progress : callable, optional
        Called with the number of towns that have been lived since the last call.
    """
    size = size or Size()
    aims = {name: v for name, v in told_figures(today.told).items() if name in AIMED_AT}
    searched = unknowns(today.told, aims)
    every = len(today.sets)

    def lived(found: Mapping[str, float], places: Sequence[int]) -> list[dict[str, float]]:
        """The figures in some sets, side by side."""
        with ThreadPoolExecutor() as pool:
            towns = list(pool.map(lambda place: today.live(found, place, size), places))
        progress(len(towns))
        return towns

    def off(place: np.ndarray) -> np.ndarray:
        """How far off what was told comes out, and how unusual that takes cases to be."""
        values = values_at(searched, place)
        means = middle(lived(values, spread_out(every, size.sets)))
        misses = [miss(means[name], aim) / OFF for name, aim in aims.items()]
        pulls = [np.log(values[one.name] / one.start) / UNUSUAL for one in searched if one.pulled]
        return np.array([*misses, *pulls])

    found: dict[str, float] = {}
    if searched:
        bounds = np.array([one.place([one.low, one.high]) for one in searched]).T
        begin = np.ones(len(searched))
        best = least_squares(off, begin, bounds=bounds, diff_step=STEP, max_nfev=size.steps)
        found = {name: float(f"{value:.4g}") for name, value in values_at(searched, best.x).items()}
    towns = lived(found, spread_out(every, size.shown))
    spans = {name: span([one[name] for one in towns]) for name in FIGURES}
    return Made(found, {name: there for name, there in spans.items() if there})


def spread_out(every: int, some: int) -> list[int]:
    """Some places, evenly over all."""
    return sorted({round(place) for place in np.linspace(0, every - 1, min(some, every))})


def values_at(searched: Sequence[Unknown], place: np.ndarray) -> dict[str, float]:
    """The quantities at a place of the search."""
    return {one.name: one.value(x) for one, x in zip(searched, place, strict=True)}


def middle(towns: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """The middle of each figure over towns; not a number where there is none."""
    spans = {name: span([one[name] for one in towns]) for name in FIGURES}
    return {name: there[1] if there else nan for name, there in spans.items()}


def span(values: Sequence[float]) -> list[float]:
    """Low (2.5%), middle and high (97.5%) of the values that there are; empty if there are none."""
    there = [value for value in values if not isnan(value)]
    return [float(q) for q in np.quantile(there, (0.025, 0.5, 0.975))] if there else []


def miss(value: float, aim: float) -> float:
    """How far a figure lies from what it should be, as a difference of logarithms."""
    if isnan(value):
        return NOT_THERE
    least = max(LEAST * abs(aim), LEAST)
    return float(np.log(max(value, least)) - np.log(max(aim, least)))
