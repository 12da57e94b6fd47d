"""Quantities in words: what levers, sets and their values are called in a report."""

import re

from experiments.analysis.shapley import WHOLE
from experiments.measures.base import TASK_WORDS
from experiments.reporting.report_words import say
from experiments.study.file import KINDS, Study, Value
from simulation.country import Country
from simulation.settings import Settings

SETTINGS: dict[str, type[Settings]] = {**KINDS, "country": Country}

SETS = {  # a factor that takes a whole set, or silences a mechanism
    "policy.preset": ("policy", "beleid"),
    "town.preset": ("town", "stad"),
    "country.preset": ("country", "land"),
    "country.clients": ("clients", "cliënten"),
    "parameters.preset": ("set of strengths", "set van sterktes"),
    "without": ("mechanism left out", "mechanisme weggelaten"),
    "weeks": ("weeks lived", "aantal weken"),
}
VALUES_NL = {
    "first come": "wie het eerst komt",
    "heaviest first": "zwaarste eerst",
    "youth first": "jeugd eerst",
    "none": "geen",
    "voluntary": "vrijwillig",
    "expected": "verwacht",
    "forced": "gedwongen",
    "nothing": "niets",
    **{task: nl for task, (_, nl) in TASK_WORDS.items()},
}
UNITS_NL = {
    "of cases": "van de zaken",
    "of workers": "van de werkers",
    "of clients": "van de cliënten",
    "of offers": "van wie het aanbod krijgt",
    "of teams": "van de teams",
    "of calls": "van die vragen",
    "of households": "van de huishoudens",
    "of refusals": "van de weigeringen",
    "per year": "per jaar",
    "per week": "per week",
    "per hour": "per uur",
    "per quarter": "per kwartaal",
    "problems": "problemen",
    "cases": "zaken",
    "clients": "cliënten",
    "persons": "personen",
    "weeks": "weken",
    "hours": "uur",
    "hours per case": "uur per zaak",
    "hours per week": "uur per week",
    "hours per worker per year": "uur per werker per jaar",
    "hours per worker per month": "uur per werker per maand",
    "times the norm": "maal de norm",
    "times the places": "maal de plaatsen",
    "times the spare hours": "maal de uren over",
    "places per hour": "plaatsen per uur",
    "points of 10": "punten van 10",
    "level": "niveau",
    "factor": "factor",
    "probability": "kans",
    "rate": "tempo",
    "rate per log hour": "tempo per logaritme van een uur",
    "log odds": "log odds",
    "log odds per problem": "log odds per probleem",
    "log hours": "logaritme van uren",
    "municipalities": "gemeenten",
    "log clients": "logaritme van cliënten",
    "log staff": "logaritme van de bezetting",
}
SOURCES_NL = {
    "assum": "aanname",
    "choice": "keuze van de beleidsmaker",
    "domain": "kennis van het veld",
    "Rotterdam": "onderzoek in Rotterdam",
    "the Netherlands in 2023": "Nederland in 2023",
    "set so that": "zo gekozen dat de cijfers uitkomen",
    "fitted": "zo gekozen dat de cijfers uitkomen",
}
CODES = re.compile(r"\bE\d\d\b")  # of the evidence


def note(kind: str, quantity: str) -> dict:
    """What is declared of a quantity: Dutch name, unit, source; empty for what is none."""
    known = quantity in SETTINGS[kind].model_fields
    return SETTINGS[kind].note(quantity) if known else {}


def name_of(kind: str, quantity: str, language: str) -> str:
    """What a quantity is called; where there is no Dutch name, Kring's own."""
    for name in (quantity, f"{kind}.{quantity}"):
        if name in SETS:
            return SETS[name][language == "nl"]
    spaced = quantity.replace("_", " ")
    if language == "en":
        return spaced
    return note(kind, quantity).get("nl", spaced)


def factor_name(factor: str, language: str) -> str:
    """What varies, by name: `town.sick_leave`, or a lever by itself."""
    kind, dot, quantity = factor.partition(".")
    return name_of(kind, quantity, language) if dot else name_of("policy", factor, language)


def player_name(study: Study, player: str, language: str) -> str:
    """What a part of a Shapley split is called: a lever, a group of them, or the whole."""
    if player == WHOLE:
        return say("all together", language)
    if player in study.vary.groups:
        return study.vary.called(player, language)
    return name_of("policy", player, language)


def with_decimal_sign(value: float, language: str) -> str:
    """A setting as it was given: `2.5`, `1,5`, `5600`."""
    text = f"{value:.6g}" if abs(value) < 1e6 else f"{value:.0f}"
    return text.replace(".", ",") if language == "nl" else text


def value_of(kind: str, quantity: str, value: Value, language: str) -> str:
    """A value with its unit, shares as percentages: `10 hours per case`, `100% of clients`."""
    unit = note(kind, quantity).get("unit", "")
    try:
        number = float(value)
    except ValueError:
        if language == "en":
            return str(value)
        return " > ".join(VALUES_NL.get(word, word) for word in str(value).split(" > "))
    if unit.startswith("share"):
        number, sign, unit = 100 * number, "%", unit.removeprefix("share").strip()
    elif unit.startswith("EUR"):
        sign, unit = " EUR", unit.removeprefix("EUR").strip()
    else:
        sign = ""
    text = with_decimal_sign(number, language) + sign
    return f"{text} {UNITS_NL.get(unit, unit) if language == 'nl' else unit}".strip()


def source_in(source: str, language: str) -> str:
    """Where a value comes from; in Dutch its codes and what sort of source it is."""
    if language == "en":
        return source
    sorts = [nl for word, nl in SOURCES_NL.items() if word in source]
    return ", ".join([*dict.fromkeys(CODES.findall(source)), *sorts]) or source


def point_words(point: dict[str, Value], language: str) -> str:
    """A point of a design: `offer 100% of clients, training 8 hours per worker per year`."""
    said = []
    for factor, value in point.items():
        kind, dot, quantity = factor.partition(".")
        if not dot:  # a player of a Shapley split: with it or not
            continue
        said.append(
            f"{name_of(kind, quantity, language)}: {value_of(kind, quantity, value, language)}"
        )
    return ", ".join(said)
