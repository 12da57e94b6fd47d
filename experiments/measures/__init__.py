"""Measures: what studies read from a result, by name."""

import re
from collections import ChainMap
from collections.abc import Callable
from typing import NamedTuple

from kring.experiments.measures import country, money, municipal, routes, table
from kring.experiments.measures.base import YEAR, Measure
from kring.experiments.measures.extensions import OfExtensions
from kring.simulation import beside
from kring.simulation.errors import KringError, nearest
from kring.simulation.outcomes import NAMES
from kring.simulation.result import Result

KRINGS: dict[str, Measure] = {  # those that it brings
    **table.MEASURES,
    **money.MONEY_MEASURES,
    **routes.ROUTE_MEASURES,
    **municipal.MUNICIPAL_MEASURES,
    **country.COUNTRY_MEASURES,
}

# All: those that are added in a session among them, and those of the extensions that are loaded.
MEASURES = ChainMap(dict(KRINGS), OfExtensions())  # type: ignore[arg-type]

ROUTES = {
    "team": ("team clients", "cliënten van het wijkteam"),
    "conference": ("conference clients", "cliënten van de conferentie"),
}


MOMENT = re.compile(r"(?P<week>\d+)|year ?(?P<year>\d+)( ?\+ ?(?P<after>\d+))?")


class Asked(NamedTuple):
    """An outcome's name in parts.

    Attributes
    ----------
    base, route : str
        What is measured, and of which route of entry; empty for all.
    week : int, optional
        Week at which it is measured; of what is added up over a year, its last.
    year : int, optional
        The year that ends then, or in which those came of whom it is measured.
    after : int, optional
        Weeks after the entry of each of them.
    """

    base: str
    route: str = ""
    week: int | None = None
    year: int | None = None
    after: int | None = None

    @property
    def weeks_taken(self) -> int:
        """Weeks that must be lived for it."""
        return (self.year or 0) * YEAR + self.after if self.after else self.week or 0


def part_of(name: str) -> Asked:
    """An outcome's name in parts: `problems:team@52` is problems, team, 52.

    Examples
    --------
    >>> part_of("problems@year5").week, part_of("problems@year1+104").after
    (260, 104)
    """
    base, at, moment = name.partition("@")
    base, _, route = base.partition(":")
    found = MOMENT.fullmatch(moment.strip())
    asked = Asked(base.strip(), route.strip())
    if not at or not found:
        return asked
    week, year, after = (int(found[part]) if found[part] else None for part in MOMENT.groupindex)
    return asked._replace(
        week=week if year is None or after else year * YEAR, year=year, after=after
    )


def is_weekly(base: str) -> bool:
    """Whether an outcome is recorded of clients every week: by route, and since their entry."""
    return base in NAMES or base in beside.outcomes()


def read_at(asked: Asked, of: Callable[[Result], float]) -> Callable[[Result], float]:
    """How an outcome is read of a result at its moment; NaN where that is not lived."""
    base, route, week, year, after = asked

    def read(result: Result) -> float:
        if asked.weeks_taken > result.weeks:
            return float("nan")
        if after and year:
            return result.of_cohort(base, year, after, route or None)
        if is_weekly(base):
            return result.at(base, week, route or None)
        return of(result.until(week) if week else result)

    return read


def when(asked: Asked) -> tuple[str, str] | None:
    """The moment of an outcome in English and in Dutch; nothing for the end."""
    if asked.after:
        return (
            f"{asked.after} weeks after entry, who came in year {asked.year}",
            f"{asked.after} weken na binnenkomst, wie in jaar {asked.year} kwam",
        )
    if asked.year:
        return f"year {asked.year}", f"jaar {asked.year}"
    return (f"week {asked.week}", f"week {asked.week}") if asked.week else None


def measure(name: str) -> Measure:
    """A measure by name; with a route of entry, or a moment.

    Examples
    --------
    >>> measure("problems:conference@52").en
    'problems per client, conference clients, week 52'

    Raises
    ------
    KringError
        For an unknown name.
    """
    asked = part_of(name)
    base, route = asked.base, asked.route
    if base not in MEASURES:
        raise KringError(f"outcomes: no {base!r}; {nearest(base, MEASURES)}")
    found = MEASURES[base]
    if not route and "@" not in name:
        return found
    moment = when(asked)
    if "@" in name and (moment is None or 0 in asked):
        raise KringError(
            f"outcomes: {name!r} is not understood; a moment is written 'problems@52' for a week, "
            "'problems@year5' for a year, 'problems@year1+52' for 52 weeks after the entry of who "
            "came in year 1"
        )
    if not is_weekly(base) and (route or asked.after):
        raise KringError(
            f"outcomes: {name!r} is not understood; a route of entry and weeks after entry go with "
            "outcomes of every week, such as 'problems:team@52'"
        )
    if route and route not in ROUTES:
        raise KringError(f"outcomes: no route {route!r}; {nearest(route, ROUTES)}")
    more = [words for words in (ROUTES.get(route), moment) if words]
    en, nl = (", ".join([text, *(words[i] for words in more)])
              for i, text in enumerate((found.en, found.nl)))  # fmt: skip
    return Measure(found.unit, en, nl, read_at(asked, found.of), found.episodes)
