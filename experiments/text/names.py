"""Names: what policies, outcomes, levers, sets and their values are called."""

import re
from typing import Any

from kring.experiments.measures import MEASURES, ROUTES, Asked, measure, part_of
from kring.experiments.measures.base import TASK_WORDS, UNITS_NL
from kring.experiments.study.plan import Plan
from kring.experiments.study.quantities import KINDS, Value
from kring.experiments.text.language import DUTCH, ENGLISH, Word, _, said, spoken
from kring.experiments.text.numbers import percentage, plain
from kring.simulation.country import Country
from kring.simulation.settings import Settings

SETTINGS: dict[str, type[Settings]] = {**KINDS, "country": Country}

SETS = {  # a factor that takes a whole set, or silences a mechanism
    "policy.preset": Word("policy", "beleid"),
    "town.preset": Word("town", "stad"),
    "country.preset": Word("country", "land"),
    "country.clients": Word("clients", "cliënten"),
    "parameters.preset": Word("set of strengths", "set van sterktes"),
    "field.preset": Word("tables", "tabellen"),
    "without": Word("mechanism left out", "mechanisme weggelaten"),
    "weeks": Word("weeks lived", "aantal weken"),
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
    "sceptical": "twijfelaars",
    "ensemble": "passend",
    "hopeful": "voorstanders",
    **{task: words[1] for task, words in TASK_WORDS.items()},
}
QUANTITY_UNITS_NL = {
    "share": "aandeel",
    "EUR": "euro",
    "one of the options": "een van de mogelijkheden",
    "order": "volgorde",
    "relative": "naar verhouding",
    "weeks to the median recovery": "weken tot het mediane herstel",
    "weeks of an indication": "weken van een indicatie",
    "0 to 1": "0 tot 1",
    "of ties": "van de banden",
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
    "times the usual": "keer het gebruikelijke",
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
    "correlation": "correlatie",
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


def note(kind: str, quantity: str) -> dict[str, Any]:
    """What is declared of a quantity: Dutch name, unit, source; empty for what is none."""
    known = quantity in SETTINGS[kind].model_fields
    return SETTINGS[kind].note(quantity) if known else {}


def preset_name(kind: str, preset: str) -> str:
    """What a named set of quantities is called: `neighbourhood team`."""
    known = SETTINGS[kind]
    if preset not in known.presets():  # an ensemble, or a file of one's own
        return said(Word(preset, VALUES_NL.get(preset, "")))
    return said(Word(*(known.called(preset, code) for code in (ENGLISH, DUTCH))))


def policy_names(plan: Plan) -> dict[str, str]:
    """What the policies of a plan are called, by their names in tables."""
    return {policy.name: said(policy.label) for policy in plan.policies}


def outcome_name(name: str) -> str:
    """What an outcome is called, with its route of entry and its week where it has these."""
    asked = part_of(name)
    parts = [said(MEASURES[asked.base])]
    if asked.route:
        parts.append(said(Word(*ROUTES[asked.route])))
    return ", ".join([*parts, *moment(asked)])


def moment(asked: Asked) -> list[str]:
    """When an outcome is measured, and of whom."""
    if asked.after:
        return [
            _("{weeks} weeks after entry").format(weeks=asked.after),
            _("who came in year {year}").format(year=asked.year),
        ]
    if asked.year:
        return [_("year {year}").format(year=asked.year)]
    return [_("week {week}").format(week=asked.week)] if asked.week else []


def unit(name: str) -> str:
    """The unit of an outcome."""
    english = measure(name).unit
    return said(Word(english, UNITS_NL.get(english, "")))


def written_unit(name: str) -> str:
    """The unit of an outcome's numbers as they are written in tables: shares in percents."""
    return "%" if measure(name).unit == "share" else unit(name)


def with_unit(name: str) -> str:
    """An outcome and the unit of its numbers as tables have them."""
    return f"{outcome_name(name)} ({written_unit(name)})"


def quoted(name: str) -> str:
    """What an outcome is called; within quotes where it would break up a sentence."""
    text = outcome_name(name)
    return f"“{text}”" if set(text) & set(":,") else text


def quantity_name(kind: str, quantity: str) -> str:
    """What a quantity is called; where there is no Dutch name, Kring's own."""
    for name in (quantity, f"{kind}.{quantity}"):
        if name in SETS:
            return said(SETS[name])
    return said(Word(quantity.replace("_", " "), note(kind, quantity).get("nl", "")))


def quantity_unit(kind: str, quantity: str) -> str:
    """The unit of a quantity: `hours per case`, `share of clients`, `EUR per hour`."""
    english = str(note(kind, quantity).get("unit", ""))
    first, _space, rest = english.partition(" ")
    parts = [first, rest] if first in ("share", "EUR") else [english]
    return " ".join(said(Word(part, QUANTITY_UNITS_NL.get(part, ""))) for part in parts if part)


def factor_name(factor: str) -> str:
    """What varies, by name: `town.sick_leave`, or a lever by itself."""
    kind, dot, quantity = factor.partition(".")
    return quantity_name(kind, quantity) if dot else quantity_name("policy", factor)


def player_name(plan: Plan, player: str) -> str:
    """What a part of a difference is called: a lever, or a group of them."""
    if player in plan.groups:
        return said(plan.groups[player])
    return quantity_name("policy", player)


def value_of(kind: str, quantity: str, value: Value) -> str:
    """A value with its unit, shares as percentages: `10 hours per case`, `100% of clients`."""
    if quantity == "preset":
        return preset_name(kind, str(value))
    unit = note(kind, quantity).get("unit", "")
    try:
        number = float(value)
    except ValueError:
        words = str(value).split(" > ")
        return " > ".join(said(Word(word, VALUES_NL.get(word, ""))) for word in words)
    text = plain(number)
    if unit.startswith("share"):
        text, unit = percentage(plain(100 * number)), unit.removeprefix("share").strip()
    elif unit.startswith("EUR"):
        text, unit = f"{text} EUR", unit.removeprefix("EUR").strip()
    unit = said(Word(unit, QUANTITY_UNITS_NL.get(unit, ""))) if unit else ""
    return f"{text} {unit}".strip()


def source_of(kind: str, quantity: str) -> str:
    """Where a value comes from; in other languages its codes and what sort of source it is."""
    source = str(note(kind, quantity).get("source", ""))
    if spoken() == ENGLISH:
        return source
    if spoken() != DUTCH:
        return _(source)
    sorts = [nl for word, nl in SOURCES_NL.items() if word in source]
    return ", ".join([*dict.fromkeys(CODES.findall(source)), *sorts]) or source
