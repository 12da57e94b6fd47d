"""Extensions of a study: what is allowed, what it names, and what takes part while it is lived.

Only what somebody allows is imported, and only what a study names takes part in it. A worker finds
it by its file or its name, and sees by its fingerprint that it is the same.
"""

import re
import sys
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any, NamedTuple

from kring.simulation.beside import DECLARED, LOADED, beginnings, loaded
from kring.simulation.errors import KringError
from kring.simulation.extensions import Extension, load, unload
from kring.simulation.extensions.loading import GROUP, find, installed

KEY = "extensions"  # of a study file

_allowed: dict[str, Extension] = {}
_free = threading.Condition()
_living: list[tuple["Needed", ...]] = []  # what the batches need that are lived here now


class Needed(NamedTuple):
    """An extension of a study: what it is, and where another process finds it.

    Attributes
    ----------
    name, version, fingerprint : str
        What it is called, its version, and a short hash of all it is made of.
    where : str
        Its file, or the name by which a package brings it; empty if this process alone has it.
    """

    name: str
    version: str
    fingerprint: str
    where: str = ""


def allow(given: Iterable[str | Path | Extension] | None) -> list[Extension]:
    """Let studies use these: extensions, files, or names of installed ones; they are imported.

    Raises
    ------
    KringError
        In one line, if there is no such extension, or it can't be imported.
    """
    if isinstance(given, str | Path | Extension):
        raise KringError("extensions: a list is wanted, such as ['visitors.py']")
    found = [one if isinstance(one, Extension) else find(str(one)) for one in given or ()]
    for one in found:
        _allowed[one.name] = one
        if one.name in LOADED:  # as it is now
            load(one)
    return found


def named(content: Mapping[str, Any], beside: Path = Path()) -> tuple[Extension, ...]:
    """The extensions that a study names, of those that are allowed or loaded already.

    Parameters
    ----------
    content : mapping
        The keys of a study; what is no list of names is left to who checks them.
    beside : Path
        The folder in which it stands.

    Raises
    ------
    KringError
        For one that isn't allowed, with how to allow it.
    """
    names = content.get(KEY, ())
    names = [name for name in names if isinstance(name, str)] if isinstance(names, list) else []
    known = _allowed | LOADED
    for name in names:
        if name not in known:
            raise KringError(
                f"this study needs the extension {name!r}: allow it with --extension "
                f"{place_of(name, beside)}" + what_else_is(known)
            )
    return tuple(known[name] for name in names)


def place_of(name: str, beside: Path) -> str:
    """What to allow: an installed extension by its name, another by its file."""
    file = beside / f"{name}.py"
    return name if name in installed() and not file.is_file() else str(file)


def what_else_is(allowed: Iterable[str]) -> str:
    """Which extensions are allowed, where some are: a file may have another than it is called."""
    names = ", ".join(map(repr, sorted(allowed)))
    return f" (allowed now: {names})" if names else ""


def whose(name: str, beside: Path) -> str:
    """The extension that declares a name, or, if none that is known does, by how it begins."""
    known: dict[str, Extension] = _allowed | LOADED
    for one in known.values():
        if name in (*one.levers, *one.strengths, *(own.name for own in one.outcomes)):
            return one.name
    there = [one for one in beginnings(name) if is_there(one, beside)]
    return DECLARED.get(name) or next(iter(there), "")


def is_there(name: str, beside: Path) -> bool:
    """Whether an extension of this name is installed or seems to be in a file; none is imported."""
    file = beside / f"{name}.py"
    return name in installed() or (file.is_file() and b"Extension(" in file.read_bytes())


def if_of_extension(message: str, beside: Path, *more: str) -> str:
    """What is said of an unknown name; of one that an extension declares, how that takes part.

    Parameters
    ----------
    message : str
        Such as ``policy has no 'visitors_reach'; did you mean ...``.
    beside : Path
        The folder of the file in which it stands.
    *more : str
        What else it takes for an extension to take part, with ``{}`` for its name.
    """
    unknown = re.search(r"no (?:key )?'(\w+)'; ", message)
    one = whose(unknown[1], beside) if unknown else ""
    if not unknown or not one or one in LOADED:  # of what takes part the nearest name is told
        return message
    how = [words.format(one) for words in more]
    if one not in _allowed:
        how.append(f"allow it with --extension {place_of(one, beside)}")
    return f"{message[: unknown.end()]}it is of the extension {one!r}: {', and '.join(how)}"


def needed(names: Iterable[str]) -> tuple[Needed, ...]:
    """What the extensions of these names are that are loaded.

    Raises
    ------
    KringError
        If one isn't.
    """
    found = named({KEY: list(names)})
    return tuple(Needed(one.name, one.version, one.fingerprint(), where(one)) for one in found)


def where(extension: Extension) -> str:
    """Where another process finds it: its file, or the name by which a package brings it."""
    if extension.where:
        return extension.where
    for one in entry_points(group=GROUP):
        module = sys.modules.get(one.module)  # what isn't imported yet is none that was allowed
        if one.name == extension.name and module and extension in vars(module).values():
            return extension.name
    return str(Path(*extension.contents).resolve()) if len(extension.contents) == 1 else ""


def found(one: Needed) -> Extension:
    """The extension as this process has it, or finds it.

    Raises
    ------
    KringError
        If it isn't there, or is another than the study began with.
    """
    extension = (_allowed | LOADED).get(one.name)
    if extension is None or extension.fingerprint() != one.fingerprint:
        if not one.where:
            raise KringError(
                f"the extension {one.name!r} was made in a session, so no other process knows it: "
                "put it in a file"
            )
        try:
            extension = find(one.where)
        except KringError as error:
            raise KringError(f"the extension {one.name!r} isn't here: {error}") from None
    if extension.fingerprint() != one.fingerprint:
        raise KringError(
            f"the extension {one.name!r} is another here ({extension.version}, "
            f"{extension.fingerprint()}) than the study began with ({one.version}, "
            f"{one.fingerprint}): if it was changed just now, read the study again; on a cluster, "
            "put the same everywhere"
        )
    return extension


def arrange(wanted: Iterable[Extension]) -> None:
    """Let exactly these take part."""
    every = {one.name: one for one in wanted}
    for one in loaded():
        if every.get(one.name) is not one:
            unload(one.name)
    for one in every.values():
        load(one)


@contextmanager
def only(wanted: Iterable[Extension]) -> Iterator[None]:
    """Let exactly these take part while this lasts."""
    before = loaded()
    arrange(wanted)
    try:
        yield
    finally:
        arrange(before)


@contextmanager
def lived_with(wanted: tuple[Needed, ...]) -> Iterator[None]:
    """Let exactly these take part while a batch is lived; who needs others waits for it.

    What takes part is so for a whole process, in which a cluster may live batches of two studies.

    Raises
    ------
    KringError
        If one isn't there, or is another than the study began with.
    """
    with _free:
        _free.wait_for(lambda: all(one == wanted for one in _living))
        arrange([found(one) for one in wanted])
        _living.append(wanted)
    try:
        yield
    finally:
        with _free:
            _living.remove(wanted)
            _free.notify_all()
