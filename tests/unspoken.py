"""A language that nobody speaks: what isn't between its brackets was not translated."""

import re
from contextlib import contextmanager
from html.parser import HTMLParser
from io import BytesIO

import matplotlib.pyplot as plt
import pytest
from babel.messages import Catalog
from babel.messages.pofile import write_po

from kring.experiments.charts import style
from kring.experiments.execution.manifest import read_manifest
from kring.experiments.text import catalogue
from kring.experiments.text.language import spoken
from kring.experiments.text.names import SETTINGS
from kring.simulation.ensemble import Ensemble

OPEN, CLOSE = "⟦", "⟧"
BETWEEN = re.compile(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}")
WORDS = re.compile(r"[^\W\d_]{2,}")
PLACE = re.compile(r"\{\w*\}")  # in a sentence, to be filled in
FILE = re.compile(r"\S+\.(?:csv|svg|png|md|json|parquet|xlsx)\b")
SETS = {word for kind in SETTINGS.values() for name in kind.presets() for word in name.split("_")}
SETS |= set(Ensemble.names())


def bracketed(sentence):
    """A sentence with brackets around all of it but its places, which others fill in."""
    parts = re.split(f"({PLACE.pattern})", sentence)
    return "".join(
        part if not part or PLACE.fullmatch(part) else f"{OPEN}{part}{CLOSE}" for part in parts
    )


def write_catalogue(folder):
    """The catalogue of the language that nobody speaks, in a folder."""
    whole = catalogue.renewed("xx", Catalog())
    for message in whole:
        if message.id:
            message.string = bracketed(message.id)
    stream = BytesIO()
    write_po(stream, whole)
    (folder / "xx.po").write_bytes(stream.getvalue())


def in_one_line(text):
    """A text of a figure as it was before it was laid on lines, which end behind a hyphen too."""
    return text.replace("-\n", "-").replace("\n", " ")


@contextmanager
def also_unspoken(catalogues):
    """Results speak that language as well; gives a list that fills with what its figures say."""
    texts, save = [], style.save

    def heard(figure, *where):
        save(figure, *where)
        if spoken() == "xx":
            shown = [text for text in figure.findobj(plt.Text) if text.get_visible()]
            texts.extend(in_one_line(text.get_text()) for text in shown)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kring.experiments.text.language.LOCALE", catalogues)
        patch.setattr(style, "save", heard)
        yield texts


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


def names(plan, folder):
    """What is the same in every language: names that a study gives, codes, packages, figures."""
    made = read_manifest(folder)
    given = [policy.name for policy in plan.policies] + [*plan.groups]
    texts = [plan.question.en, plan.literature.en, plan.name]
    versions = ["Python", made.platform, *made.packages, *made.packages.values()]
    figures = [path.stem.replace("_", " ") for path in folder.glob("*.svg")]
    codes = ["EUR", "Kring", "EKC", "WT", " and "]  # no rules for lists, so English ones
    every = [*given, *texts, *versions, *figures, *codes]
    return sorted(filter(None, every), key=len, reverse=True)


def check_said(plan, folder, drawn):
    """All that is said on the page and in figures is said in the language that nobody speaks."""
    page = Visible((folder / "report_xx.html").read_text("utf-8"))
    assert any(OPEN in text for text in page.texts)
    assert untranslated([*page.texts, *drawn], names(plan, folder)) == {}
