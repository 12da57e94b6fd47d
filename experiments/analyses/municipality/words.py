"""A municipality in words: its figures, what can't go together in them, what was found."""

from collections.abc import Iterator, Mapping
from math import isfinite

import pandas as pd

from kring.experiments.municipality.figures import FIGURES
from kring.experiments.municipality.together import Clash, clashes
from kring.experiments.text.language import _, later, said
from kring.experiments.text.numbers import DASH, percent, plain
from kring.experiments.text.tables import PageTable
from kring.simulation.own_municipality import OwnMunicipality
from kring.simulation.policy import Policy

WIDTH = 42  # of what a figure is called, in a terminal


def amount(name: str, value: float) -> str:
    """A figure as it is written: a share in percents, others with three digits at most."""
    if not isfinite(value):
        return DASH
    return percent(value) if FIGURES[name].unit == "share" else brief(value)


def brief(value: float) -> str:
    """A number with three digits that count, whole from a hundred on."""
    return plain(round(value)) if abs(value) >= 100 else plain(float(f"{value:.3g}"))


def cells(row: pd.Series) -> list[str]:
    """A figure in words: what it is called, as told, as it comes out, between what it lies."""
    name = row["figure"]
    low, high = amount(name, row["low"]), amount(name, row["high"])
    span = low if low == high else _("{low} to {high}").format(low=low, high=high)
    value = amount(name, row["value"]) + (" (!)" if row["off"] else "")
    return [said(FIGURES[name]), amount(name, row["told"]), value, span]


def heads() -> list[str]:
    """What stands above the columns."""
    return [_("Figure"), _("You say"), _("Kring makes"), _("in 95 of 100 sets")]


def figure_lines(table: pd.DataFrame) -> Iterator[str]:
    """The figures for a terminal, under each other."""
    for one, told, value, span in [heads(), *(cells(row) for _i, row in table.iterrows())]:
        yield f"{one:{WIDTH}s} {told:>9s} {value:>12s}   {span}"


def page_table(table: pd.DataFrame) -> PageTable:
    """The figures for a page."""
    return PageTable("", heads(), [cells(row) for _i, row in table.iterrows()])


def note() -> str:
    """How the table is read."""
    return _(
        "The last year of a town as yours that has run for years under today's policy, made up to "
        "the whole municipality. (!): a quarter or more away from what you say."
    )


def remarks(
    municipality: OwnMunicipality, policy: Policy, found: Mapping[str, float], table: pd.DataFrame
) -> Iterator[str]:
    """What can't go together, what stays off, and what was found."""
    every = list(clashes(municipality, policy))
    yield from (clash_text(clash) for clash in every)
    off = [said(FIGURES[name]) for name in table.loc[table["off"], "figure"]]
    if off:
        yield _(
            "Not met: {figures}. Within what can be, no length of cases and no hours a case bring "
            "all you say together: look at these figures first."
        ).format(figures=", ".join(off))
    elif not every:
        yield _("Nothing you say contradicts the rest of it.")
    if municipality.inhabitants:
        yield _("{n} clients a year for each 1,000 inhabitants.").format(
            n=brief(1000 * municipality.year / municipality.inhabitants)
        )
    if found:
        yield _("Found so that this comes out: {what}.").format(what=", ".join(found_text(found)))


def found_text(found: Mapping[str, float]) -> Iterator[str]:
    """What a search found, each in words."""
    texts = {
        "case_length": _("cases stay open {n} times as long as usual"),
        "case_hours": _("they take {n} times the usual hours"),
        "intake_weeks": _("the intake takes {n} weeks"),
        "queue_weeks": _("its past is steered to a wait of {n} weeks"),
        "conference_share": _("{share} of the clients enter for a conference"),
    }
    for name, value in found.items():
        yield texts[name].format(n=brief(value), share=percent(value))


def clash_text(clash: Clash) -> str:
    """What can't go together, in a sentence."""
    numbers = {name: brief(value) for name, value in clash.numbers.items()}
    shares = {name: percent(value) for name, value in clash.numbers.items()}
    if clash.kind == "closed":
        numbers |= {"share": shares["share"], "told": shares["told"]}
    return _(TEXTS[clash.kind]).format(**numbers, **{"percent": shares.get("share", "")})


TEXTS = {
    "weeks_a_case": later(
        "{clients} clients a year and {fte} FTE with at most {limit} cases each imply that a case "
        "is open {weeks} weeks at most, or the waiting list grows without end; the norm of the "
        "field is {norm} weeks in this town (E48)."
    ),
    "caseload": later(
        "{open} open cases are {of} for each FTE, not {caseload}: one of these is not right."
    ),
    "limit": later(
        "{open} open cases are more than the {most} that your teams hold with {limit} cases for "
        "each FTE: raise caseload_limit, or count again."
    ),
    "closed": later(
        "{open} open cases mean that a case is open {weeks} weeks, and {share} closed within a "
        "year; you say {told}."
    ),
    "wait": later(
        "{persons} persons waiting and this many clients a year are a wait of {weeks} weeks; you "
        "say {told}."
    ),
    "hours": later(
        "A client takes {told} hours, and there are {hours} for each: the teams would be "
        "overloaded at any wait."
    ),
    "conferences": later("{held} conferences a year are more than the {clients} clients."),
    "coordinators": later(
        "{held} conferences a year of {hours} hours take {needed} hours of coordinators a week; "
        "there are {there}."
    ),
    "inhabitants": later(
        "{percent} of the inhabitants a year come to a team: are these clients a year?"
    ),
}
