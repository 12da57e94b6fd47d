"""What `kring show` prints: policies, towns, parameters, the field's tables, the week."""

from collections.abc import Callable
from functools import partial

import pandas as pd

from simulation.evidence import evidence
from simulation.field import field_table
from simulation.outcomes import OUTCOMES
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
        if pd.isna(row.low):
            continue
        code = f" [{row.code}]" if row.code else ""
        lines.append(f"{row.name} = {row.value:g} {row.unit}{code}")
        lines.append(f"    {row.does}")
        lines.append(f"    range {row.low:g} to {row.high:g}; source: {row.source}")
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
        said = ", ".join(f"{name} (off at {off:g})" for name, off in carriers.items())
        lines.append(f"{code}: {said}")
    return "\n".join(lines)


def outcomes() -> str:
    """The weekly outcomes with units."""
    return "\n".join(f"{o.name} ({o.unit}): {o.about}" for o in OUTCOMES)


def things() -> dict[str, Callable[[], str]]:
    """All that can be shown."""
    found: dict[str, Callable[[], str]] = {}
    for kind in (Policy, Town):
        found |= {name: partial(settings, kind, name) for name in kind.presets()}
    found["parameters"] = partial(settings, Parameters, Parameters.presets()[0])
    found |= {name: partial(settings, Parameters, name) for name in Parameters.presets()}
    found |= {name: lambda n=name: field_table(n).to_string(index=False) for name in TABLES}
    found["evidence"] = lambda: evidence().to_string()
    found["week"] = week
    found["mechanisms"] = mechanisms
    found["outcomes"] = outcomes
    return found


def list_of_things() -> list[tuple[str, str]]:
    """Names of all that can be shown, with a line about each."""
    rows = [(name, Policy.about(name)) for name in Policy.presets()]
    rows += [(name, Town.about(name)) for name in Town.presets()]
    rows += [("parameters", "strengths of the mechanisms: the default set")]
    rows += [(name, Parameters.about(name)) for name in Parameters.presets()]
    rows += list(TABLES.items())
    rows += [
        ("evidence", "the published figures and their roles"),
        ("week", "the phases of a week, in order"),
        ("mechanisms", "the mechanisms that can be switched off, and by what"),
        ("outcomes", "what is measured every week"),
    ]
    return rows
