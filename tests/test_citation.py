"""How Kring is cited stands in one place, and all that quotes it says the same."""

import re
import tomllib

import pytest

import kring
from docs import citation as file
from kring.experiments.bridges.citation import cited
from kring.simulation.errors import KringError
from tests.helpers import ROOT
from tests.test_documents import DOCUMENTS, QUOTED, text_of

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def test_the_file_that_others_read_is_made_of_it():
    """If this fails: python docs/refresh.py cite."""
    assert file.FILE.read_text("utf-8") == file.cff() and file.write(check=True) == []
    assert PROJECT["description"].lower() in cited()["title"].lower()


def test_what_documents_quote_is_what_is_printed():
    """If this fails: python docs/refresh.py cite."""
    quoted = [one for document in DOCUMENTS for one in QUOTED.findall(text_of(document))]
    told = {command: text.strip() for command, text in quoted if command.startswith("kring cite")}
    assert told == {
        "kring cite": kring.citation(), "kring cite --bibtex": kring.citation("bibtex"),
    }  # fmt: skip


def test_a_citation_names_who_what_when_and_which_version():
    for style in ("text", "bibtex"):
        said = kring.citation(style)
        for part in ("The Kring developers", cited()["title"], "2026", kring.__version__):
            assert part in said
    entry = kring.citation("bibtex")
    assert entry.count("{") == entry.count("}") and re.match(r"@software\{kring,\n", entry)
    with pytest.raises(KringError, match="did you mean 'bibtex'"):
        kring.citation("bibtx")


def test_people_can_be_authors_too(monkeypatch):
    from kring.experiments.bridges import citation

    person = {"given-names": "Ada", "family-names": "Byron", "orcid": "https://orcid.org/1"}
    monkeypatch.setitem(cited(), "authors", [person, {"name": "A Group"}])
    assert kring.citation().startswith("Ada Byron, A Group (")
    assert "{Ada Byron} and {A Group}" in kring.citation("bibtex")
    assert [(one["@id"], one["@type"]) for one in citation.makers()] == [
        ("https://orcid.org/1", "Person"), ("#A%20Group", "Organization"),
    ]  # fmt: skip
