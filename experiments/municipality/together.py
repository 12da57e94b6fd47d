"""What in the figures of a municipality can't go together, by arithmetic: nothing is lived."""

from collections.abc import Iterator
from math import exp
from typing import NamedTuple

from kring.simulation.own_municipality import YEAR, OwnMunicipality
from kring.simulation.policy import Policy
from kring.simulation.town import Town

MUCH = 1.25  # times: figures that differ more can't both be right
OFTEN = 0.1  # of the inhabitants a year: more than comes to any team
AT_WORK = 46  # weeks a year that a coordinator works


class Clash(NamedTuple):
    """Figures that can't go together: which kind, the numbers that are said, and which figures."""

    kind: str
    numbers: dict[str, float]
    names: tuple[str, ...]


def norm(municipality: OwnMunicipality, policy: Policy) -> float:
    """Weeks in which the norm closes a case, of households with and without children together."""
    children = municipality.town().children_team
    return children * policy.closing_youth + (1 - children) * policy.closing_adult


def open_told(municipality: OwnMunicipality) -> float | None:
    """Open cases as they were told, or as the caseload makes them."""
    if municipality.open_cases is not None:
        return municipality.open_cases
    if municipality.caseload is not None:
        return municipality.caseload * float(municipality.fte or 0)
    return None


def most_open(municipality: OwnMunicipality, policy: Policy) -> float | None:
    """Cases that can be open at most under the limit of the caseload; none without a limit."""
    return policy.caseload_limit * float(municipality.fte or 0) or None


def weeks_a_case(cases: float, municipality: OwnMunicipality) -> float:
    """Weeks that a case is open, where so many are and the queue doesn't grow (Little)."""
    return cases / municipality.year * YEAR


def hours_a_client(municipality: OwnMunicipality) -> float:
    """Hours of team workers at work that there are for each client, in all."""
    town: Town = municipality.town()
    hours = float(municipality.fte or 0) * town.client_hours * (1 - town.sick_leave)
    return hours * YEAR / municipality.year


def clashes(municipality: OwnMunicipality, policy: Policy) -> Iterator[Clash]:
    """Everything in the figures that can't go together, the weightiest first."""
    yield from too_long(municipality, policy)
    yield from of_cases(municipality, policy)
    yield from of_the_wait(municipality)
    yield from of_hours(municipality)
    yield from of_conferences(municipality)
    if municipality.inhabitants and municipality.year > OFTEN * municipality.inhabitants:
        share = municipality.year / municipality.inhabitants
        yield Clash("inhabitants", {"share": share}, ("inhabitants", "clients_a_year"))


def too_long(municipality: OwnMunicipality, policy: Policy) -> Iterator[Clash]:
    """Cases must be shorter than the norm of the field, or the queue grows without end."""
    most, usual = most_open(municipality, policy), norm(municipality, policy)
    if most and weeks_a_case(most, municipality) < usual:
        yield Clash(
            "weeks_a_case",
            {
                "clients": municipality.year,
                "fte": float(municipality.fte or 0),
                "limit": policy.caseload_limit,
                "weeks": weeks_a_case(most, municipality),
                "norm": usual,
                "wait": municipality.weeks_wait or 0,
            },
            ("clients_a_year", "fte", "weeks_wait"),
        )


def of_cases(municipality: OwnMunicipality, policy: Policy) -> Iterator[Clash]:
    """Open cases against the caseload, its limit, and how many are closed within a year."""
    told, fte = open_told(municipality), float(municipality.fte or 0)
    if told is None:
        return
    if municipality.caseload and differ(told, municipality.caseload * fte):
        numbers = {"open": told, "caseload": municipality.caseload, "of": told / fte}
        yield Clash("caseload", numbers, ("open_cases", "caseload", "fte"))
    most = most_open(municipality, policy)
    if most and told > most:
        numbers = {"open": told, "most": most, "limit": policy.caseload_limit}
        yield Clash("limit", numbers, ("open_cases", "caseload", "fte"))
    share = municipality.closed_within_a_year
    weeks = weeks_a_case(told, municipality)
    lasting = 1 - exp(-YEAR / weeks)  # of cases that close by an even chance
    if share and abs(share - lasting) > MUCH - 1:
        numbers = {"open": told, "weeks": weeks, "share": lasting, "told": share}
        yield Clash("closed", numbers, ("open_cases", "closed_within_a_year"))


def of_the_wait(municipality: OwnMunicipality) -> Iterator[Clash]:
    """Persons who wait against the weeks that they do (Little)."""
    if municipality.waiting is None or municipality.weeks_wait is None:
        return
    weeks = municipality.waiting / municipality.year * YEAR
    if differ(weeks, municipality.weeks_wait):
        numbers = {"persons": municipality.waiting, "weeks": weeks, "told": municipality.weeks_wait}
        yield Clash("wait", numbers, ("waiting", "weeks_wait"))


def of_hours(municipality: OwnMunicipality) -> Iterator[Clash]:
    """Hours that a client takes against those that there are."""
    there = hours_a_client(municipality)
    if municipality.hours_a_case and municipality.hours_a_case > there:
        numbers = {"told": municipality.hours_a_case, "hours": there}
        yield Clash("hours", numbers, ("hours_a_case", "fte", "client_hours"))


def of_conferences(municipality: OwnMunicipality) -> Iterator[Clash]:
    """Conferences against clients, and against the hours of coordinators."""
    held = municipality.conferences_a_year
    if not held:
        return
    if held > municipality.year:
        numbers = {"held": held, "clients": municipality.year}
        yield Clash("conferences", numbers, ("conferences_a_year", "clients_a_year"))
    each = Policy.preset("eigen_kracht").mobilisation_hours
    there = municipality.coordinator_hours
    if there is not None and held * each > there * YEAR:
        numbers = {"held": held, "hours": each, "there": there, "needed": held * each / AT_WORK}
        yield Clash("coordinators", numbers, ("conferences_a_year", "coordinator_hours"))


def differ(one: float, other: float) -> bool:
    """Whether two figures that should be the same are not."""
    return max(one, other) > MUCH * min(one, other)
