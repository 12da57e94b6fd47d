"""Levers, parameters, towns and countries: every quantity with all that is declared of it."""

import inspect
import re
from collections.abc import Iterable, Iterator
from typing import Any

from _generate.markdown import first_line, linked, number, sentence, table
from kring.simulation.country import Country
from kring.simulation.parameters import Parameters
from kring.simulation.policy import Policy
from kring.simulation.settings import Settings
from kring.simulation.town import Town


def quantities(kind: type[Settings], names: Iterable[str]) -> Iterator[str]:
    """Quantities one by one: what each does, its values, range, mechanism and source."""
    presets = {name: kind.preset(name) for name in kind.presets()}
    for name in names:
        note, field = kind.note(name), kind.model_fields[name]
        if "unit" not in note:
            continue
        yield f"### {name}"
        yield linked(sentence(field.description or ""))
        rows = [(f"in `{preset}`", number(getattr(values, name)))
                for preset, values in presets.items()]  # fmt: skip
        if len({value for _, value in rows}) == 1 and len(rows) > 1:
            rows = [("in all presets", rows[0][1])]
        rows += list(as_rows(kind, name, note))
        yield table(("", ""), rows)


def as_rows(kind: type[Settings], name: str, note: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What is declared with a quantity, as rows."""
    if "options" in note:
        yield "one of", ", ".join(note["options"])
    elif "of" in note:
        yield "any order of", ", ".join(note["of"])
    else:
        yield "unit", note["unit"]
        yield "range", f"{number(note['low'])} to {number(note['high'])}"
    if "off" in note:
        yield "silent at", number(note["off"])
    if kind is Policy:
        yield "does nothing at", number(Policy.neutral(name))
    if note.get("code"):
        yield "mechanism", linked(note["code"])
    yield "source", linked(note["source"])
    yield "in Dutch", f"*{note['nl']}*"


def by_theme(kind: type[Settings]) -> Iterator[str]:
    """Quantities under the heading of the part that declares them."""
    parts = [base for base in kind.__mro__ if base.__module__.startswith("kring.simulation.")]
    for part in reversed(parts):
        own = [name for name in inspect.get_annotations(part) if name in kind.declared()]
        if own:
            about = first_line(part).rstrip(".").removeprefix("What a municipality chooses about ")
            yield f"## {about[:1].upper()}{about[1:]}"
            yield from quantities(kind, own)


def presets(kind: type[Settings]) -> str:
    """The presets, with what they stand for."""
    return table(("preset", ""), [(f"`{name}`", kind.about(name)) for name in kind.presets()])


def levers() -> Iterator[str]:
    """Presets of the policy, and all levers."""
    yield presets(Policy)
    yield from by_theme(Policy)


def parameters() -> Iterator[str]:
    """Sets of parameters, and all parameters."""
    yield presets(Parameters)
    yield from by_theme(Parameters)


def towns() -> Iterator[str]:
    """Towns and countries with their quantities."""
    yield "## Towns"
    yield presets(Town)
    yield from quantities(Town, Town.declared())
    yield "## Countries"
    yield presets(Country)
    # Names that a town has as well would be marks twice.
    yield from (
        re.sub(r"^### (.+)", r"### \1 of a country", part)
        for part in quantities(Country, Country.declared())
    )
