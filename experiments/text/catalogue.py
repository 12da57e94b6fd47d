"""The catalogues: every sentence that is said, and what it is in another language.

``python -m kring.experiments.text.catalogue`` brings all catalogues up to date: sentences that are
new stand there empty, to be translated; those that are said no more are gone. With the code of a
language behind it (``... catalogue de``) it begins one for that language, names of levers, units
and outcomes included, which for Dutch stand at their declaration.
"""

import sys
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from kring.experiments.measures import MEASURES, ROUTES
from kring.experiments.measures.base import KIND_WORDS, TASK_WORDS, UNITS_NL
from kring.experiments.measures.groups import GROUP_WORDS
from kring.experiments.measures.money import PAYER_WORDS
from kring.experiments.measures.municipal import GROUPS
from kring.experiments.text.evidence import COLUMNS
from kring.experiments.text.language import DUTCH, LOCALE
from kring.experiments.text.names import QUANTITY_UNITS_NL, SETTINGS, VALUES_NL
from kring.simulation.ensemble import Ensemble
from kring.simulation.evidence import evidence

Keywords = Mapping[str, Any]
EXPERIMENTS = Path(__file__).parents[1]
METHODS = [("**.py", "python"), ("**/templates/*.html", "jinja2")]
SENTENCES: Keywords = {"_": None, "later": None, "in_context": ((1, "c"), 2)}
DECLARED: Keywords = {"Word": None}  # with its Dutch beside it
WIDTH = 100
BEGUN = datetime(2026, 1, 1)  # no clock: the same sentences give the same file

Message = tuple[str, str | None]  # the English, and in which of its meanings


def found(keywords: Keywords) -> Iterator[Message]:
    """What is said in the code and in templates, in the order of files and lines."""
    for name, _line, message, _notes, context in extract_from_dir(
        str(EXPERIMENTS), METHODS, keywords=keywords
    ):
        if not name.startswith("benchmark"):
            yield (message[0] if isinstance(message, tuple) else message), context


def published() -> Iterator[Message]:
    """What the published figures are about, which stands in English in their table."""
    for column in COLUMNS:
        for text in dict.fromkeys(evidence()[column]):
            yield text, None


def declared() -> Iterator[Message]:
    """Names that are declared in English and in Dutch."""
    yield from found(DECLARED)
    for pairs in (ROUTES, KIND_WORDS, PAYER_WORDS, TASK_WORDS, GROUPS, GROUP_WORDS):
        yield from ((english, None) for english, _ in pairs.values())
    for measure in MEASURES.values():
        yield measure.en, None
    for words in (UNITS_NL, QUANTITY_UNITS_NL, VALUES_NL):
        yield from ((english, None) for english in words)
    for name in Ensemble.names():
        yield Ensemble.load(name).about.rstrip("."), None
    for kind in SETTINGS.values():
        for preset in kind.presets():
            yield kind.called(preset), None
            yield kind.about(preset).rstrip("."), None
        for name in kind.declared():
            yield name.replace("_", " "), None
            yield str(kind.note(name)["source"]), None


def messages(language: str) -> dict[Message, None]:
    """All that a catalogue of this language has to hold, in order, each once."""
    every = dict.fromkeys([*found(SENTENCES), *published()])
    if language != DUTCH:
        every |= dict.fromkeys(declared())
    return {message: None for message in every if message[0]}


def renewed(language: str, known: Catalog) -> Catalog:
    """A catalogue with all that it has to hold, translated as far as is known."""
    catalogue = Catalog(
        language, project="Kring", version="1", creation_date=BEGUN, revision_date=BEGUN,
        last_translator="Kring", language_team=language, msgid_bugs_address="Kring", fuzzy=False,
        header_comment=f"# What Kring says, in another language: {language}.",
    )  # fmt: skip
    for text, context in messages(language):
        before = known.get(text, context=context)
        catalogue.add(text, string=before.string if before else "", context=context)
    return catalogue


def read(path: Path) -> Catalog:
    """A catalogue; an empty one where there is none."""
    if not path.is_file():
        return Catalog()
    with open(path, "rb") as stream:
        return read_po(stream)


def missing(catalogue: Catalog) -> list[str]:
    """Sentences that a catalogue does not translate."""
    return [str(message.id) for message in catalogue if message.id and not message.string]


def main() -> None:
    """Bring the catalogues up to date, and say what is not translated."""
    for name in sorted({*(path.stem for path in LOCALE.glob("*.po")), *sys.argv[1:]}):
        path = LOCALE / f"{name}.po"
        catalogue = renewed(name, read(path))
        with open(path, "wb") as stream:
            write_po(stream, catalogue, width=WIDTH, omit_header=False, ignore_obsolete=True)
        left = missing(catalogue)
        print(f"{path.name}: {len(catalogue)} sentences, {len(left)} not translated")
        for text in left:
            print(f"  {text}")


if __name__ == "__main__":
    main()
