"""Words: all that can be on a page is said in Dutch, and in any language that has a catalogue."""

import re
from collections import Counter

import pytest

from kring.experiments.cli.options import named_policy
from kring.experiments.measures import MEASURES, measure
from kring.experiments.measures.base import UNITS_NL
from kring.experiments.pipeline.run import run_study
from kring.experiments.text import catalogue
from kring.experiments.text.formats import NumberFormat
from kring.experiments.text.language import LOCALE, language, languages
from kring.experiments.text.mechanisms import MECHANISMS
from kring.experiments.text.names import (
    QUANTITY_UNITS_NL,
    SETTINGS,
    note,
    outcome_name,
    quantity_name,
    quantity_unit,
    value_of,
)
from kring.experiments.text.numbers import percent
from kring.experiments.text.phrases import phrase
from kring.simulation.parameters import Parameters
from kring.simulation.policy import Policy
from tests.casebook import READ, small
from tests.test_report import study
from tests.unspoken import PLACE, check_said

SAME = ("factor", "log odds", "per week")  # units that Dutch has as well


def test_all_that_can_be_set_or_measured_has_dutch_words():
    for kind, known in SETTINGS.items():
        with language("nl"):
            dutch = [quantity_name(kind, name) for name in known.declared()]
        assert all(note(kind, name)["nl"] for name in known.declared())
        assert all(dutch) and len(set(dutch)) == len(dutch)
        for name in known.quantities():
            unit = note(kind, name)["unit"].removeprefix("share").removeprefix("EUR").strip()
            assert not unit or unit in QUANTITY_UNITS_NL, (name, unit)
        for name in known.declared():
            english = quantity_unit(kind, name)
            with language("nl"):
                assert quantity_unit(kind, name) != english or english in SAME, english
        for preset in known.presets():
            assert known.about(preset, "nl") not in ("", known.about(preset)), preset
            assert known.called(preset) and known.called(preset, "nl"), preset
    assert all(one.nl for one in MEASURES.values())
    assert {one.unit for one in MEASURES.values()} <= set(UNITS_NL)
    assert set(Parameters.mechanisms()) <= set(MECHANISMS)


@pytest.mark.parametrize(
    ("code", "kind", "quantity", "value", "said"),
    [
        ("en", "policy", "offer", 0.5, "50% of clients"),
        ("nl", "policy", "offer", 0.5, "50% van de cliënten"),
        ("nl", "policy", "mobilisation_hours", 2.5, "2,5 uur per zaak"),
        ("nl", "policy", "queue_order", "youth first", "jeugd eerst"),
        ("en", "town", "price_regular", 60, "60 EUR per hour"),
    ],
)
def test_settings_are_said_with_their_unit(code, kind, quantity, value, said):
    with language(code):
        assert value_of(kind, quantity, value) == said


def test_every_lever_is_said_at_a_value_and_none_by_its_code():
    for lever in Policy.quantities():
        for code in ("en", "nl"):
            with language(code):
                said = phrase("policy", lever, 0.5)
            assert "_" not in said and ":" not in said and re.search("0[.,]5|50%", said), lever
    with language("nl"):
        assert phrase("policy", "mobilisation_hours", 10.0) == "10 uur voor het netwerk"
        assert phrase("parameters", "preset", "ensemble") == "passend"
        assert phrase("policy", "queue_order", "youth first").endswith(": jeugd eerst")


def test_what_the_command_line_compares_is_called_as_people_say_it():
    words = named_policy("wijkteam:offer=1", "mobilisation_hours=10")
    assert words["name"] == (
        "neighbourhood team, offered to 100% of clients, 10 hours for the network"
    )
    assert words["nl"] == "wijkteam, aan 100% van de cliënten aangeboden, 10 uur voor het netwerk"
    assert named_policy("eigen_kracht")["nl"] == "Eigen Kracht-conferentie"


def test_an_outcome_of_a_route_or_a_week_is_called_as_it_is_measured():
    for name in ("problems", "problems:team", "cost@20", "alone:conference@52"):
        assert outcome_name(name) == measure(name).en
        with language("nl"):
            assert outcome_name(name) == measure(name).nl


def test_a_lever_has_a_name_that_is_longer_than_kring_s_own():
    with language("nl"):
        assert quantity_name("policy", "offer") == "netwerkberaad standaard aangeboden"


# Catalogues

CATALOGUES = sorted(LOCALE.glob("*.po"))
each_catalogue = pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)


def sentences_of(known):
    return Counter((message.id, message.context) for message in known if message.id)


def test_dutch_has_a_catalogue():
    assert languages() == ["en", *(path.stem for path in CATALOGUES)]
    assert "nl" in languages()


@each_catalogue
def test_a_catalogue_has_exactly_what_is_said_and_all_of_it_is_translated(path):
    known = catalogue.read(path)
    whole = catalogue.renewed(path.stem, known)
    again = "python -m kring.experiments.text.catalogue brings it up to date"
    assert catalogue.missing(whole) == [], again
    assert sentences_of(known) == sentences_of(whole), again
    assert not known.obsolete and not [
        message.id for message in known if message.fuzzy and message.id
    ]


@each_catalogue
def test_a_translation_has_the_places_of_its_sentence(path):
    for message in catalogue.read(path):
        if message.id:
            wanted, found = (
                sorted(set(PLACE.findall(text))) for text in (message.id, message.string)
            )
            assert found == wanted, message.id


# What a page says besides: in a language that nobody speaks

GREEK = "αβγδεζηθικλμ"
TOWN = {"sick_leave": [0, 0.4], "entry_weeks": [5, 15]}
HOURS = {"mobilisation_hours": [0, 2.5, 30]}
TEAM, OFFERED = {"name": "α"}, {"name": "β", "offer": 1, "training": 8, "closing_adult": 13}
THIRD = {"name": "γ", "preset": "eigen_kracht", "weeks": 20, "conference": {"offer": 0.5},
         "town": {"sick_leave": 0.1}, "parameters": {"without": ["M5"]}}  # fmt: skip
MANY = ["problems", "supporters", "cost", "alone", "network", "severity", "closed", "returns"]


def asked(policies=(TEAM, OFFERED), **more):
    """A small study whose own texts are in no language."""
    texts = {"name": "ω", "question": "Ω?", "question_nl": "", "literature": "E16, E21"}
    return study(**texts, policies=list(policies), **more)


ASKED = {
    "policies": asked([TEAM, OFFERED, THIRD], outcomes=MANY),
    "one policy": asked([TEAM]),
    "routes and weeks": asked(outcomes=["problems:team", "problems@20", "cost:conference@30"]),
    "one town": asked(seeds=1),
    "sets": asked([TEAM, OFFERED, THIRD], sets=3, parameters={}),
    "a corner": asked(parameters={"preset": "hopeful"}),
    "one of many": asked(parameters={"set": 17, "network_effect": 0.03}),
    "sets of a line": asked(sets=2, parameters={}, vary={"policy": HOURS}),
    "a lever": asked([TEAM], vary={"policy": HOURS}),
    "a long line": asked(vary={"policy": {"mobilisation_hours": [0, 1, 2, 3, 5, 10, 20, 40]}}),
    "a town": asked(vary={"town": {"sick_leave": [0, 0.4]}}),
    "crossed": asked([TEAM], vary={"policy": {**HOURS, "offer": [0, 1]}}),
    "many points": asked(vary={"policy": {"offer": [i / 30 for i in range(31)]}}),
    "words": asked(vary={"policy": {"queue_order": ["first come", "youth first"]},
                         "parameters": {"without": ["nothing", "M5"]}}),
    "listed": asked([TEAM], vary={
        "design": "list", "policy": {"closing_adult": [13, 26], "closing_youth": [26, 52]}}),
    "latin hypercube": asked(vary={"design": "latin hypercube", "points": 12, "town": TOWN}),
    "futures of one": asked([TEAM], vary={"design": "latin hypercube", "points": 4, "town": TOWN}),
    "sobol": asked(vary={"design": "sobol", "points": 4, "town": TOWN}, outcomes=MANY),
    "morris": asked([TEAM], vary={"design": "morris", "points": 4, "town": TOWN}),
    "split": asked(vary={"design": "shapley", "groups": {"π": ["offer", "training"]}}),
    "country": asked(country={"municipalities": 2, "clients": 60}),
    "precision": asked(seeds=3, precision={"problems": 0.001, "cost": 5000}),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("name", ASKED)
def test_nothing_stays_english_in_a_language_with_a_catalogue(name, tmp_path, drawn):
    run_study(ASKED[name], tmp_path / "a", engine="here")
    check_said(ASKED[name], tmp_path / "a", drawn)


@pytest.mark.slow
@pytest.mark.parametrize("name", READ)
def test_nothing_stays_english_of_a_study_with_a_reading(name, casebook):
    found = casebook(name)
    check_said(small(name), found.folder, found.drawn)


@pytest.mark.parametrize(
    ("code", "share", "change"), [("en", "62%", "10% lower"), ("de", "62\xa0%", "10\xa0% lower")]
)
def test_percents_are_written_as_the_language_has_them(code, share, change, tmp_path, monkeypatch):
    (tmp_path / "de.po").touch()  # one that is added has a catalogue
    monkeypatch.setattr("kring.experiments.text.language.LOCALE", tmp_path)
    with language(code):
        assert percent(0.62) == share
        assert NumberFormat("relative", 0).change(-0.1) == change
