"""The figures by which a municipality knows itself, read from a town that has been lived."""

from typing import NamedTuple

import numpy as np

from kring.experiments.measures.base import DAYS_A_WEEK, wait
from kring.experiments.observations.courses import first_week
from kring.simulation import episodes
from kring.simulation.episodes import CONVENERS
from kring.simulation.own_municipality import YEAR, OwnMunicipality
from kring.simulation.result import Result

COORDINATOR = CONVENERS.index("coordinator")


class Figure(NamedTuple):
    """A figure of a municipality: what it is, in English and in Dutch, and its unit."""

    en: str
    nl: str
    unit: str = ""


FIGURES = {
    "fte": Figure("FTE of team workers", "fte van teamleden"),
    "inflow_a_week": Figure("new clients a week", "nieuwe cliënten per week"),
    "open_cases": Figure("open cases", "lopende zaken"),
    "caseload": Figure("cases per full-time worker", "zaken per fte"),
    "waiting": Figure("persons waiting for a talk", "personen op de wachtlijst"),
    "weeks_wait": Figure("weeks' wait", "weken wachttijd"),
    "case_weeks": Figure("weeks that a case is open", "weken dat een zaak openstaat"),
    "closed_within_a_year": Figure("cases closed within a year",
                                   "zaken binnen een jaar gesloten", "share"),
    "hours_a_case": Figure("hours of the team for a client", "uren van het team per cliënt"),
    "hours_used": Figure("hours for clients that are used", "uren voor cliënten die benut zijn",
                         "share"),
    "conferences_a_year": Figure("conferences held a year", "conferenties per jaar"),
    "case_length": Figure("length of cases, times the usual", "duur van zaken, maal het gewone"),
    "case_hours": Figure("hours they take, times the usual", "uren die ze vragen, maal het gewone"),
}  # fmt: skip


def told_figures(municipality: OwnMunicipality) -> dict[str, float]:
    """Those of the figures that the municipality told itself."""
    told = {name: value for name, value in municipality.told().items() if name in FIGURES}
    return {"inflow_a_week": municipality.year / YEAR, **told}


def figures(
    result: Result, municipality: OwnMunicipality, pace: tuple[float, float]
) -> dict[str, float]:
    """The figures of the last year that was lived, for the whole municipality.

    Parameters
    ----------
    result : Result
        A run of its town, or of a part of it, with episodes.
    municipality : OwnMunicipality
        Whose town it is: what is counted of a part is made up to the whole.
    pace : (float, float)
        How long its cases last and how many hours they take, in times the usual.

    Returns
    -------
    dict of str to float
        By name of `FIGURES`.
    """
    whole = municipality.year / (len(result.client_rows) / result.entry_weeks * YEAR)
    year = result.municipality[-YEAR:]
    happened = result.episode_rows
    lately = happened[happened["week"] >= result.start + result.weeks - YEAR]
    came = (lately["kind"] == episodes.ENTRY).sum()
    closed = (lately["kind"] == episodes.CLOSING).sum()
    met = (lately["kind"] == episodes.MEETING_HELD) & (lately["detail"] == COORDINATOR)
    fte = float(year["hours_paid"].mean()) / result.full_time * whole
    cases = float(year["cases"].mean()) * whole
    given = year.filter(like="given_").drop(columns=["given_collective", "given_outreach"])
    return {
        "fte": fte,
        "inflow_a_week": came * whole / YEAR,
        "open_cases": cases,
        "caseload": cases / fte if fte else np.nan,
        "waiting": float(year["waiting_list"].mean()) * whole,
        "weeks_wait": wait(result) / DAYS_A_WEEK,
        "case_weeks": cases / whole / closed * YEAR if closed else np.nan,
        "closed_within_a_year": closed_within_a_year(result),
        "hours_a_case": float(given.to_numpy().sum()) / came if came else np.nan,
        "hours_used": float(year.filter(like="given_").to_numpy().sum() / year["hours_here"].sum()),
        "conferences_a_year": met.sum() * whole,
        "case_length": pace[0],
        "case_hours": pace[1],
    }


def closed_within_a_year(result: Result) -> float:
    """Share closed within a year, of the cases that came in in the last year but one."""
    happened, clients = result.episode_rows, len(result.client_rows)
    came = first_week(happened, episodes.ENTRY, clients)
    end = result.start + result.weeks
    asked = (came >= end - 2 * YEAR) & (came < end - YEAR)
    lasted = first_week(happened, episodes.CLOSING, clients)[asked] - came[asked]
    return float((lasted <= YEAR).mean()) if len(lasted) else np.nan
