"""Measures: what studies read from a result, by name."""

from collections.abc import Callable

from experiments.measures import country, money, municipal, routes, table
from experiments.measures.base import Measure
from simulation.errors import KringError, nearest
from simulation.outcomes import NAMES
from simulation.result import Result

MEASURES: dict[str, Measure] = {
    **table.MEASURES,
    **money.MONEY_MEASURES,
    **routes.ROUTE_MEASURES,
    **municipal.MUNICIPAL_MEASURES,
    **country.COUNTRY_MEASURES,
}

ROUTES = {
    "team": ("team clients", "cliënten van het wijkteam"),
    "conference": ("conference clients", "cliënten van de conferentie"),
}


def part_of(name: str) -> tuple[str, str, int | None]:
    """An outcome's name in parts: `problems:team@52` is problems, team, 52."""
    base, _, week = name.partition("@")
    base, _, route = base.partition(":")
    return base.strip(), route.strip(), int(week) if week.strip().isdecimal() else None


def weekly_mean(name: str, route: str, week: int | None) -> Callable[[Result], float]:
    """Mean of a weekly outcome over the clients of a route, in a week (the last if none)."""

    def of(result: Result) -> float:
        if week is not None and week > result.weeks:
            return float("nan")
        return result.at(name, week, route or None)

    return of


def measure(name: str) -> Measure:
    """A measure by name; with a route of entry or a week where it is a weekly outcome.

    Examples
    --------
    >>> measure("problems:conference@52").en
    'problems per client, conference clients, week 52'

    Raises
    ------
    KringError
        For an unknown name.
    """
    base, route, week = part_of(name)
    if base not in MEASURES:
        raise KringError(f"outcomes: no {base!r}; {nearest(base, MEASURES)}")
    found = MEASURES[base]
    if not route and "@" not in name:
        return found
    if base not in NAMES or ("@" in name and week is None) or (week is not None and week < 1):
        raise KringError(
            f"outcomes: {name!r} is not understood; a route of entry and a week go with outcomes "
            "of every week, such as 'problems:team@52'"
        )
    if route and route not in ROUTES:
        raise KringError(f"outcomes: no route {route!r}; {nearest(route, ROUTES)}")
    en, nl = found.en, found.nl
    if route:
        en, nl = f"{en}, {ROUTES[route][0]}", f"{nl}, {ROUTES[route][1]}"
    if week:
        en, nl = f"{en}, week {week}", f"{nl}, week {week}"
    return Measure(found.unit, en, nl, weekly_mean(base, route, week))
