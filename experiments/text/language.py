"""The language in which one speaks now, and sentences in it."""

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import NamedTuple, Protocol

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from kring.simulation.errors import KringError, nearest, shown

LOCALE = Path(__file__).parent / "locale"
ENGLISH, DUTCH = "en", "nl"
_current: ContextVar[str] = ContextVar("language", default=ENGLISH)


class InBoth(Protocol):
    """What is declared in English and in Dutch: a measure, a label of a study."""

    @property
    def en(self) -> str:
        """In English."""

    @property
    def nl(self) -> str:
        """In Dutch; as in English where it says nothing."""


class Word(NamedTuple):
    """A word that is declared in both languages."""

    en: str
    nl: str = ""


def languages() -> list[str]:
    """The languages there are: English, and one for each catalogue."""
    return [ENGLISH, *sorted(path.stem for path in LOCALE.glob("*.po"))]


@contextmanager
def language(code: str) -> Iterator[None]:
    """Speak a language while this lasts: in what is asked within it.

    Parameters
    ----------
    code : str
        ``en`` or ``nl``.

    Returns
    -------
    context manager
        For a ``with`` statement.

    Raises
    ------
    KringError
        For a language that there is not.

    Examples
    --------
    >>> with language("nl"):
    ...     said(Word("town", "stad"))
    'stad'
    """
    if code not in languages():
        raise KringError(f"no language {shown(code)}; {nearest(str(code), languages())}")
    token = _current.set(code)
    try:
        yield
    finally:
        _current.reset(token)


def spoken() -> str:
    """The language that is spoken now."""
    return _current.get()


def suffix() -> str:
    """What files in this language end with: nothing in English, `_nl` in Dutch."""
    return "" if spoken() == ENGLISH else f"_{spoken()}"


@cache
def _catalogue(path: Path) -> gettext.NullTranslations:
    with open(path, "rb") as stream:
        catalogue = read_po(stream)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def _translations() -> gettext.NullTranslations:
    path = LOCALE / f"{spoken()}.po"
    return _catalogue(path) if path.is_file() else gettext.NullTranslations()


def _(sentence: str) -> str:
    """A sentence in the language that is spoken, English where the catalogue does not have it."""
    return _translations().gettext(sentence) if sentence else ""


def in_context(context: str, sentence: str) -> str:
    """A sentence whose English has several meanings, in the one that is meant."""
    return _translations().pgettext(context, sentence)


def said(words: InBoth) -> str:
    """What is declared in both languages; in a third one, what the catalogue makes of it."""
    if spoken() == DUTCH and words.nl:
        return words.nl
    return words.en if spoken() == ENGLISH else _(words.en)


def later(sentence: str) -> str:
    """Mark a sentence for the catalogue that is said elsewhere, with `_`."""
    return sentence
