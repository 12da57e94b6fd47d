"""Texts from outside: signs that are no part of any text are refused, in one place.

Control characters move a terminal's cursor, break a line of a table, or make a page that no browser
may show; signs that turn the direction of writing make a name look like another.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from kring.simulation.errors import KringError

PARAGRAPHS = ("question", "question_nl", "literature", "literature_nl", "about", "about_nl")
FILES = "ensembles"  # holds whole files
CONTROLS = "\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff"  # but new lines and tabs
TURNS = "\u202a-\u202e\u2066-\u2069"  # of the direction of writing
NONE_SUCH = "\ufdd0-\ufdef" + "".join(
    chr(end + n) for end in range(0xFFFE, 0x110000, 0x10000) for n in (0, 1)
)
NO_TEXT = re.compile(f"[{CONTROLS}{TURNS}{NONE_SUCH}]")
NO_LINE = re.compile(f"[\t\n{CONTROLS}{TURNS}{NONE_SUCH}]")


def printable(text: str) -> str:
    """A text in which a mark stands for each sign that is no part of one.

    Examples
    --------
    >>> printable("one\x1b[31m")
    'one\ufffd[31m'
    """
    return NO_TEXT.sub("\ufffd", text)


def check_texts(content: Any) -> None:
    """Refuse what is no text, in the keys and values of a file.

    Raises
    ------
    KringError
        For the first sign that is no part of a text, with its key.
    """
    for keys, text in _texts(content):
        if keys[:1] == (FILES,):
            text = text.replace("\r\n", "\n")
        is_long = keys[:1] and keys[0] in (*PARAGRAPHS, FILES)
        if found := (NO_TEXT if is_long else NO_LINE).search(text):
            raise KringError(f"{_written(keys)}: {_named(found[0])} is no part of a text here")


def _texts(content: Any) -> Iterator[tuple[tuple[Any, ...], str]]:
    """All texts within tables and lists, keys included, each with the keys that lead to it."""
    left: list[tuple[tuple[Any, ...], Any]] = [((), content)]
    while left:
        keys, here = left.pop()
        if isinstance(here, str):
            yield keys, here
        elif isinstance(here, dict):
            yield from (((*keys, "key"), key) for key in here if isinstance(key, str))
            left += [((*keys, key), value) for key, value in reversed(here.items())]
        elif isinstance(here, list | tuple):
            left += [((*keys, i), value) for i, value in reversed([*enumerate(here)])]


def _written(keys: tuple[Any, ...]) -> str:
    text = "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in keys)
    return printable(text.removeprefix("."))


def _named(sign: str) -> str:
    kind = {"\n": "a new line", "\t": "a tab", "\r": "a carriage return", "\x1b": "an escape"}
    return kind.get(sign) or f"U+{ord(sign):04X} {unicodedata.name(sign, 'sign')}".lower()
