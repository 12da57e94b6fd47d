"""Lines: where in a TOML text its keys stand, so that a message can name the line."""

import re
import tomllib
from collections.abc import Iterator
from typing import Any, NamedTuple

Keys = tuple[str, ...]
BEGINS = re.compile(r"\s*(#|$|\[+[^\],]*\]+\s*(#|$)|[\w\"'.\s-]+=)")  # an entry, or nothing


class Place(NamedTuple):
    """Where a key or the heading of a table stands in a text: from its first line to its last."""

    keys: Keys
    first: int
    last: int


def places(text: str) -> list[Place]:
    """Where the keys and tables of a text stand that is whole TOML."""
    lines, found = text.splitlines(), []
    table: Keys = ()
    counts: dict[Keys, int] = {}
    i = 0
    while i < len(lines):
        last, part = entry_at(lines, i)
        if part and lines[i].lstrip().startswith("["):
            (path,) = paths(part)
            table = numbered(path, counts)
            found.append(Place(table, i, last))
        else:
            found += [Place((*table, *path), i, last) for path in paths(part)]
        i = last + 1
    return found


def entry_at(lines: list[str], start: int) -> tuple[int, dict[str, Any]]:
    """The last line of what begins on a line, and what it says: a value may take more lines.

    It ends where another begins, as far as one can see; so a long list is read but once.
    """
    for last in range(start, len(lines)):
        if last + 1 < len(lines) and not BEGINS.match(lines[last + 1]):
            continue
        try:
            return last, tomllib.loads("\n".join(lines[start : last + 1]))
        except tomllib.TOMLDecodeError:
            continue
    return len(lines) - 1, {}


def paths(value: dict[str, Any] | list[dict[str, Any]], above: Keys = ()) -> Iterator[Keys]:
    """The keys that lead to each value."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in pairs:
        path = (*above, str(key))
        is_array = isinstance(inner, list) and any(isinstance(one, dict) for one in inner)
        if inner and (isinstance(inner, dict) or is_array):
            yield from paths(inner, path)
        else:
            yield path


def numbered(path: Keys, counts: dict[Keys, int]) -> Keys:
    """The keys of a heading, with the number of each table of an array that it stands in."""
    found: Keys = ()
    is_array = path[-1] == "0"  # `[[policies]]` by itself is the first of one
    for key in path[:-1] if is_array else path:
        found = (*found, key)
        if found in counts and not (is_array and len(found) == len(path) - 1):
            found = (*found, str(counts[found]))
    if is_array:
        counts[found] = counts.get(found, -1) + 1
        found = (*found, str(counts[found]))
    return found


def line_of(text: str, keys: Keys, message: str) -> int | None:
    """The line that a message is about: under these keys, what it quotes; nothing if unknown.

    Parameters
    ----------
    text : str
        The file.
    keys : tuple of str
        Keys that lead to what is wrong, as far as they are known.
    message : str
        What is wrong; words in it are looked for where there is more than one line.
    """
    every = places(text)
    deep = max((common(place.keys, keys) for place in every), default=0)
    if not deep:
        return None
    here = [place for place in every if common(place.keys, keys) == deep]
    before = re.sub(r" \('.*?'\)", "", message.partition(";")[0], count=1)
    quoted = re.findall(r"'([^']+)'", before)
    line = text_in([place for place in here if place.last > place.first], text.splitlines(),
                   re.findall(r"[=:] (-?\d[\d.]*)", before))  # fmt: skip
    if line is None:
        line = key_in(here, deep, [*quoted, *re.findall(r"[\w-]+", before)])
    if line is None:
        line = text_in(here, text.splitlines(), quoted)
    return (here[0].first if line is None else line) + 1


def key_in(here: list[Place], deep: int, words: list[str]) -> int | None:
    """The line of the first of these words that is a key below others."""
    for word in words:
        for place in here:
            if word in place.keys[deep:]:
                return place.first
    return None


def text_in(here: list[Place], lines: list[str], words: list[str]) -> int | None:
    """The line at some places on which one of these words stands, by itself or in another."""
    for word in words:
        for pattern in (rf"[\"']{re.escape(word)}[\"']", rf"\b{re.escape(word)}\b"):
            for place in here:
                for i in range(place.first, place.last + 1):
                    if re.search(pattern, lines[i]):
                        return i
    return None


def common(one: Keys, other: Keys) -> int:
    """How many keys two paths have in common, from the start."""
    pairs = zip(one, other, strict=False)
    return next((i for i, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))
