"""What `kring show` prints: policies, towns, parameters, the field's tables, the week."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import NamedTuple

import pandas as pd

from kring.experiments.measures import MEASURES
from kring.experiments.measures.base import UNITS_NL
from kring.experiments.measures.long_tables import LONG_TABLES
from kring.experiments.study.files import shipped
from kring.experiments.study.load import load
from kring.experiments.study.schema import schema
from kring.experiments.text.language import DUTCH, ENGLISH, Word, _, later, said, spoken
from kring.experiments.text.mechanisms import mechanism
from kring.experiments.text.names import (
    SETS,
    SETTINGS,
    quantity_name,
    quantity_unit,
    source_of,
    value_of,
)
from kring.experiments.text.numbers import plain
from kring.simulation import beside
from kring.simulation.behaviour.places import CHANCES
from kring.simulation.ensemble import Ensemble
from kring.simulation.evidence import evidence
from kring.simulation.extensions import Extension
from kring.simulation.field import field_table
from kring.simulation.money import payers
from kring.simulation.outcomes import MUNICIPAL, OUTCOMES
from kring.simulation.parameters import Parameters

TABLES = {
    "domains": later("problem domains, with ranges and sources"),
    "bundles": later("which problem feeds which"),
    "ties": later("tie types"),
}


def settings(kind: str, preset: str) -> str:
    """A preset: each quantity with value, unit, range, source and what it does.

    What it does is declared in English; in another language its name says it.
    """
    head = f"{said(SETS[f'{kind}.preset'])} {preset}: {about(kind, preset)}"
    return "\n".join([head, "", *quantities(kind, preset, SETTINGS[kind].declared())])


def quantities(kind: str, preset: str, names: Iterable[str]) -> Iterator[str]:
    """Quantities of a preset, each in three lines."""
    known = SETTINGS[kind]
    table = known.preset(preset).table().set_index("name", drop=False)
    for row in table.loc[list(names)].itertuples():
        note = known.note(row.name)
        code = f" [{row.code}]" if row.code else ""
        if pd.isna(row.low):
            words = _("any order of these")
            if "options" in note:
                words = " | ".join(value_of(kind, row.name, one) for one in note["options"])
            yield f"{row.name} = {value_of(kind, row.name, row.value)}{code}"
        else:
            words = _("range {low} to {high}").format(low=plain(row.low), high=plain(row.high))
            unit = quantity_unit(kind, row.name)
            yield f"{row.name} = {plain(row.value)} {unit}{code}"
        does = row.does if spoken() == ENGLISH else quantity_name(kind, row.name)
        source = _("source: {source}").format(source=source_of(kind, row.name))
        yield f"    {does}"
        yield f"    {words}; {source}"


def extension(name: str) -> str:
    """An extension: its levers, strengths and outcomes, and where in the week what happens."""
    one = beside.LOADED[name]
    lines = [f"{one.name} {one.version}: {said(Word(one.about, one.about_nl))}", ""]
    for kind, names in (("policy", one.levers), ("parameters", one.strengths)):
        lines += quantities(kind, SETTINGS[kind].presets()[0], names)
    lines += [in_a_line(own.name, own.unit, own.en) for own in one.outcomes]
    return "\n".join([*lines, *(line.strip() for line in happens_in_the_week([one]))])


def singles() -> list[str]:
    """Names of single quantities, and of what a study can measure."""
    return [*(name for kind in SETTINGS.values() for name in kind.declared()), *MEASURES]


def single(name: str) -> str:
    """A single quantity, as the first preset that has it does, or a measure; empty if neither."""
    lines: list[str] = []
    for kind, known in SETTINGS.items():
        if name in known.declared():
            preset = known.presets()[0]
            lines.append(f"{said(SETS[f'{kind}.preset'])} {preset}:")
            lines += quantities(kind, preset, [name])
    if name in MEASURES:
        one = MEASURES[name]
        lines.append(f"{_('Outcomes:')} {in_a_line(name, one.unit, one.en)}")
    return "\n".join(lines)


def about(kind: str, preset: str) -> str:
    """What a preset stands for."""
    return said(Word(*(SETTINGS[kind].about(preset, code) for code in (ENGLISH, DUTCH))))


def ensemble(name: str) -> str:
    """An ensemble: each calibrated quantity, in the middle and where 95% of the sets lie."""
    shown = Ensemble.load(name)
    other = ", ".join(shown.changed_since())
    sets = _("{n} sets; the central one is {number}.").format(n=len(shown), number=shown.central())
    if other:
        sets += " " + _("Calibrated with another {other}.").format(other=other)
    words = said(Word(shown.about, shown.about_nl))
    lines = [_("ensemble {name}: {about}").format(name=shown.name, about=words), sets, ""]
    spans = shown.sets.quantile([0.025, 0.5, 0.975]).T
    text = _("{name} = {middle}, in 95% of the sets {low} to {high}")
    for name, (low, middle, high) in zip(spans.index, spans.to_numpy(), strict=True):
        lines.append(text.format(name=name, middle=plain(middle), low=plain(low), high=plain(high)))
    return "\n".join(lines)


def week() -> str:
    """The phases of the week, in order."""
    from kring.simulation.week import PHASES

    lines = []
    for i, phase in enumerate(PHASES, 1):
        lines += [f"{i:2d}. {phase.name}: {phase.does}"]
        lines += [f"      reads: {phase.reads}", f"      writes: {phase.writes}"]
    return "\n".join([*lines, *happens_in_the_week(beside.loaded())])


def happens_in_the_week(extensions: Iterable[Extension]) -> Iterator[str]:
    """What extensions put where in the week."""
    from kring.simulation.week import PHASES

    names = [f"{when} {one.name!r}" for one in PHASES for when in ("before", "after")]
    spots = [*CHANCES, *names]
    for one in extensions:
        for behaviour in one.behaviours:
            yield f"    {behaviour.called}: {spots[behaviour.place]}"


def mechanisms() -> str:
    """Which parameters carry each mechanism, and the values that silence it."""
    lines = []
    for code, carriers in Parameters.mechanisms().items():
        text = _("{name} (off at {value})")
        parts = ", ".join(text.format(name=n, value=plain(off)) for n, off in carriers.items())
        lines.append(f"{code} {mechanism(code)}: {parts}")
    return "\n".join(lines)


def outcomes() -> str:
    """The weekly outcomes with units."""
    per_client = [in_a_line(one.name, one.unit, one.about) for one in OUTCOMES]
    per_client += [in_a_line(one.name, one.unit, one.en) for one in beside.outcomes().values()]
    of_all = [in_a_line(one.name, one.unit, one.about) for one in MUNICIPAL]
    heads = _("Per client:"), _("Of the municipality:")
    return "\n".join([heads[0], *per_client, "", heads[1], *of_all])


def in_a_line(name: str, unit: str, about: str) -> str:
    """An outcome; in another language as it is called there, where it can be measured."""
    if spoken() != ENGLISH and name in MEASURES:
        about = said(MEASURES[name])
    return f"{name} ({said(Word(unit, UNITS_NL.get(unit, '')))}): {about}"


def measures() -> str:
    """What a study can measure, with units, and the long tables it can keep."""
    numbers = [in_a_line(name, one.unit, one.en) for name, one in MEASURES.items()]
    tables = [f"{name}: a row is {table.about}" for name, table in LONG_TABLES.items()]
    return "\n".join([_("Outcomes:"), *numbers, "", _("Tables:"), *tables])


def studies() -> str:
    """The studies that come with Kring, with their questions."""
    return "\n".join(f"{name}: {said(load(path).question)}" for name, path in shipped().items())


def as_text(name: str) -> str:
    """A table of the field."""
    return str(field_table(name).to_string(index=False))


class Thing(NamedTuple):
    """Something that can be shown: a line about it, and what is printed of it."""

    about: str
    text: Callable[[], str]


def things() -> dict[str, Thing]:
    """All that can be shown, by name."""
    found: dict[str, Thing] = {}
    for kind in ("policy", "town", "country", "field"):
        found |= presets_of(kind)
    strengths = partial(settings, "parameters", Parameters.presets()[0])
    found["parameters"] = Thing(_("strengths of the mechanisms: the default set"), strengths)
    found |= presets_of("parameters")
    for name in Ensemble.names():
        one = Ensemble.load(name)
        found[name] = Thing(said(Word(one.about, one.about_nl)), partial(ensemble, name))
    found |= {name: Thing(_(text), partial(as_text, name)) for name, text in TABLES.items()}
    return (
        found
        | {
            "payers": Thing(
                _("who pays which part of what"), lambda: payers().to_string(index=False)
            ),
            "evidence": Thing(
                _("the published figures and their roles"), lambda: evidence().to_string()
            ),
            "week": Thing(_("the phases of a week, in order"), week),
            "mechanisms": Thing(
                _("the mechanisms that can be switched off, and by what"), mechanisms
            ),
            "outcomes": Thing(_("what is measured every week"), outcomes),
            "measures": Thing(_("what a study can measure, and the tables it can keep"), measures),
            "studies": Thing(_("the studies that come with Kring"), studies),
            "schema": Thing(_("the JSON Schema of study files, for editors"), schema),
        }
        | {
            one.name: Thing(said(Word(one.about, one.about_nl)), partial(extension, one.name))
            for one in beside.loaded()
        }
    )


def presets_of(kind: str) -> dict[str, Thing]:
    """The presets of a policy, a town, a country, the parameters or the field's tables."""
    presets = SETTINGS[kind].presets()
    return {name: Thing(about(kind, name), partial(settings, kind, name)) for name in presets}
