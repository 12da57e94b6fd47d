"""Measures of the routes of entry, for the studies that swap and split them."""

from collections.abc import Callable

from kring.experiments.measures.base import Measure
from kring.simulation.result import Result
from kring.simulation.rows import ENTRANCES


def fall(route: str) -> Callable[[Result], float]:
    """Mean fall in problems from entry to the end, of those who came by a route."""

    def of(result: Result) -> float:
        rows = result.client_rows[result.client_rows["entrance"] == ENTRANCES.index(route)]
        if not len(rows):
            return float("nan")
        return float((rows["problems_at_entry"] - rows["problems"]).mean())

    return of


ROUTE_MEASURES: dict[str, Measure] = {
    "fall_team": Measure("problems", "fall since entry, team clients",
                         "afname sinds instroom, cliënten van het wijkteam", fall("team")),
    "fall_conference": Measure("problems", "fall since entry, conference clients",
                               "afname sinds instroom, cliënten van de conferentie",
                               fall("conference")),
}  # fmt: skip
