"""What `kring show` prints: policies, towns, parameters, the field's tables, the week."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import pandas as pd

from experiments.measures import MEASURES
from experiments.measures.long_tables import LONG_TABLES
from experiments.study.files import shipped
from experiments.study.load import load
from simulation.country import Country
from simulation.ensemble import Ensemble
from simulation.evidence import evidence
from simulation.field import field_table
from simulation.money import payers
from simulation.outcomes import MUNICIPAL, OUTCOMES
from simulation.parameters import Parameters
from simulation.policy import Policy
from simulation.settings import Settings
from simulation.town import Town

TABLES = {
    "domains": "problem domains, with ranges and sources",
    "bundles": "which problem feeds which",
    "ties": "tie types",
}


def settings(kind: type[Settings], preset: str) -> str:
    """A preset: each quantity with value, unit, range, source and what it does."""
    lines = [f"{kind.kind} {preset}: {kind.about(preset)}", ""]
    for row in kind.preset(preset).table().itertuples():
        note = kind.note(row.name)
        if not note:
            continue
        code = f" [{row.code}]" if row.code else ""
        if pd.isna(row.low):
            words = " | ".join(note["options"]) if "options" in note else "any order of these"
            lines.append(f"{row.name} = {row.value}{code}")
        else:
            words = f"range {row.low:g} to {row.high:g}"
            lines.append(f"{row.name} = {row.value:g} {row.unit}{code}")
        lines.append(f"    {row.does}")
        lines.append(f"    {words}; source: {row.source}")
    return "\n".join(lines)


def ensemble(name: str) -> str:
    """An ensemble: each calibrated quantity, in the middle and where 95% of the sets lie."""
    shown = Ensemble.load(name)
    other = ", ".join(shown.changed_since())
    lines = [
        f"ensemble {shown.name}: {shown.about}",
        f"{len(shown)} sets; the central one is {shown.central()}."
        + (f" Calibrated with another {other}." if other else ""),
        "",
    ]
    spans = shown.sets.quantile([0.025, 0.5, 0.975]).T
    for quantity, (low, middle, high) in zip(spans.index, spans.to_numpy(), strict=True):
        lines.append(f"{quantity} = {middle:g}, in 95% of the sets {low:g} to {high:g}")
    return "\n".join(lines)


def week() -> str:
    """The phases of the week, in order."""
    from simulation.week import PHASES

    lines = []
    for i, phase in enumerate(PHASES, 1):
        lines += [f"{i:2d}. {phase.name}: {phase.does}"]
        lines += [f"      reads: {phase.reads}", f"      writes: {phase.writes}"]
    return "\n".join(lines)


def mechanisms() -> str:
    """Which parameters carry each mechanism, and the values that silence it."""
    lines = []
    for code, carriers in Parameters.mechanisms().items():
        parts = ", ".join(f"{name} (off at {off:g})" for name, off in carriers.items())
        lines.append(f"{code}: {parts}")
    return "\n".join(lines)


def outcomes() -> str:
    """The weekly outcomes with units."""
    per_client = [f"{o.name} ({o.unit}): {o.about}" for o in OUTCOMES]
    of_all = [f"{o.name} ({o.unit}): {o.about}" for o in MUNICIPAL]
    return "\n".join(["Per client:", *per_client, "", "Of the municipality:", *of_all])


def measures() -> str:
    """What a study can measure, with units, and the long tables it can keep."""
    numbers = [f"{name} ({one.unit}): {one.en}" for name, one in MEASURES.items()]
    tables = [f"{name}: a row is {table.about}" for name, table in LONG_TABLES.items()]
    return "\n".join(["Outcomes:", *numbers, "", "Tables:", *tables])


def studies() -> str:
    """The studies that come with Kring, with their questions."""
    return "\n".join(f"{name}: {load(path).question.en}" for name, path in shipped().items())


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
    for kind in (Policy, Town, Country):
        found |= presets_of(kind)
    strengths = partial(settings, Parameters, Parameters.presets()[0])
    found["parameters"] = Thing("strengths of the mechanisms: the default set", strengths)
    found |= presets_of(Parameters)
    for name in Ensemble.names():
        found[name] = Thing(Ensemble.load(name).about, partial(ensemble, name))
    found |= {name: Thing(about, partial(as_text, name)) for name, about in TABLES.items()}
    return found | {
        "payers": Thing("who pays which part of what", lambda: payers().to_string(index=False)),
        "evidence": Thing("the published figures and their roles", lambda: evidence().to_string()),
        "week": Thing("the phases of a week, in order", week),
        "mechanisms": Thing("the mechanisms that can be switched off, and by what", mechanisms),
        "outcomes": Thing("what is measured every week", outcomes),
        "measures": Thing("what a study can measure, and the tables it can keep", measures),
        "studies": Thing("the studies that come with Kring", studies),
    }


def presets_of(kind: type[Settings]) -> dict[str, Thing]:
    """The presets of a policy, a town, a country or the parameters."""
    return {name: Thing(kind.about(name), partial(settings, kind, name)) for name in kind.presets()}
