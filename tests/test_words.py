"""Words: all that can be on a page is said in Dutch, and in any language that has a catalogue."""

import re
from collections import Counter
from html.parser import HTMLParser
from io import BytesIO
from shutil import copy

import matplotlib.pyplot as plt
import pytest
from babel.messages import Catalog
from babel.messages.pofile import write_po

from kring.experiments.charts import style
from kring.experiments.cli.options import named_policy
from kring.experiments.execution.manifest import read_manifest
from kring.experiments.measures import MEASURES, measure
from kring.experiments.measures.base import UNITS_NL
from kring.experiments.pipeline.run import run_study
from kring.experiments.text import catalogue
from kring.experiments.text.formats import NumberFormat
from kring.experiments.text.language import LOCALE, language, languages, spoken
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
from kring.simulation.ensemble import Ensemble
from kring.simulation.parameters import Parameters
from kring.simulation.policy import Policy
from tests.test_answers import SIZES, small
from tests.test_report import study

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
PLACE = re.compile(r"\{\w*\}")  # in a sentence, to be filled in


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


# A language that nobody speaks: what isn't between its brackets was not translated.

OPEN, CLOSE = "⟦", "⟧"
BETWEEN = re.compile(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}")
WORDS = re.compile(r"[^\W\d_]{2,}")
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


def bracketed(sentence):
    """A sentence with brackets around all of it but its places, which others fill in."""
    parts = re.split(f"({PLACE.pattern})", sentence)
    return "".join(
        part if not part or PLACE.fullmatch(part) else f"{OPEN}{part}{CLOSE}" for part in parts
    )


@pytest.fixture(scope="session")
def catalogues(tmp_path_factory):
    """A folder with a catalogue for Dutch, and one for a language that nobody speaks."""
    folder = tmp_path_factory.mktemp("locale")
    copy(LOCALE / "nl.po", folder)
    whole = catalogue.renewed("xx", Catalog())
    for message in whole:
        if message.id:
            message.string = bracketed(message.id)
    stream = BytesIO()
    write_po(stream, whole)
    (folder / "xx.po").write_bytes(stream.getvalue())
    return folder


@pytest.fixture
def drawn(catalogues, monkeypatch):
    """The texts in figures of the language that nobody speaks, while it is there."""
    monkeypatch.setattr("kring.experiments.text.language.LOCALE", catalogues)
    texts, save = [], style.save

    def heard(figure, *where):
        if spoken() == "xx":
            figure.canvas.draw()
            shown = [text for text in figure.findobj(plt.Text) if text.get_visible()]
            texts.extend(text.get_text().replace("\n", " ") for text in shown)
        save(figure, *where)

    monkeypatch.setattr(style, "save", heard)
    return texts


class Visible(HTMLParser):
    """What is read on a page: its text and what stands for figures, but what is marked English."""

    SAID = ("alt", "aria-label", "data-head", "title")

    def __init__(self, text):
        super().__init__()
        self.texts, self.open = [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        hidden = tag in ("style", "code") or given.get("lang") == "en"
        if not self.is_hidden() and not hidden:
            self.texts += [given[name] for name in self.SAID if name in given]
        self.open.append((tag, hidden))

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag

    def handle_data(self, text):
        if not self.is_hidden():
            self.texts.append(text)

    def is_hidden(self):
        return any(hidden for _, hidden in self.open)


def untranslated(texts, known):
    """Texts with words outside the brackets that are not known names."""
    found = {}
    for text in dict.fromkeys(texts):
        left = FILE.sub(" ", BETWEEN.sub(" ", text))
        for name in known:
            left = left.replace(name, " ")
        if words := [word for word in WORDS.findall(left) if word not in SETS]:
            found[" ".join(text.split())] = words
    return found


SETS = {word for kind in SETTINGS.values() for name in kind.presets() for word in name.split("_")}
SETS |= set(Ensemble.names())
FILE = re.compile(r"\S+\.(?:csv|svg|png|md|json|parquet|xlsx)\b")


def names(plan, folder):
    """What is the same in every language: names that a study gives, codes, packages, figures."""
    made = read_manifest(folder)
    given = [policy.name for policy in plan.policies] + [*plan.groups]
    texts = [plan.question.en, plan.literature.en, plan.name]
    versions = ["Python", made.platform, *made.packages, *made.packages.values()]
    figures = [path.stem.replace("_", " ") for path in folder.glob("*.svg")]
    codes = [
        "EUR",
        "Kring",
        "EKC",
        "WT",
        " and ",
    ]  # this language has no rules for lists, so English ones
    every = [*given, *texts, *versions, *figures, *codes]
    return sorted(filter(None, every), key=len, reverse=True)


def check_said(plan, folder, drawn):
    """All that is said on the page and in figures is said in the language that nobody speaks."""
    run_study(plan, folder, engine="here")
    known = names(plan, folder)
    page = Visible((folder / "report_xx.html").read_text("utf-8"))
    assert any(OPEN in text for text in page.texts)
    assert untranslated([*page.texts, *drawn], known) == {}


@pytest.mark.slow
@pytest.mark.parametrize("name", ASKED)
def test_nothing_stays_english_in_a_language_with_a_catalogue(name, tmp_path, drawn):
    check_said(ASKED[name], tmp_path / "a", drawn)


@pytest.mark.slow
@pytest.mark.parametrize("name", [*SIZES, "compare"])
def test_nothing_stays_english_of_a_study_with_a_reading(name, tmp_path, drawn):
    check_said(small(name), tmp_path / "a", drawn)


@pytest.mark.parametrize(
    ("code", "share", "change"), [("en", "62%", "10% lower"), ("de", "62\xa0%", "10\xa0% lower")]
)
def test_percents_are_written_as_the_language_has_them(code, share, change, tmp_path, monkeypatch):
    (tmp_path / "de.po").touch()  # one that is added has a catalogue
    monkeypatch.setattr("kring.experiments.text.language.LOCALE", tmp_path)
    with language(code):
        assert percent(0.62) == share
        assert NumberFormat("relative", 0).change(-0.1) == change
