"""Checks of a study: what has no meaning is refused, with the nearest right thing."""

from pathlib import Path

from experiments.measures import measure
from experiments.raw_tables import RAW_TABLES
from experiments.study_file import (
    KINDS,
    SAMPLED,
    Levels,
    PolicyTable,
    Study,
    Value,
    build,
)  # fmt: skip
from simulation.country import Country
from simulation.errors import KringError, nearest
from simulation.parameters import Parameters
from simulation.settings import Settings

READINGS = Path(__file__).parent / "readings"


def check_names(study: Study) -> None:
    """Refuse what has no meaning: measures, tables, policies, settings, precision."""
    for name in study.outcomes:
        measure(name)
    scripts = [path.stem for path in READINGS.glob("[a-z]*.py")]
    if study.reading and study.reading not in scripts:
        raise KringError(f"reading: no script {study.reading!r}; {nearest(study.reading, scripts)}")
    for name in study.tables:
        if name not in RAW_TABLES:
            raise KringError(f"tables: no table {name!r}; {nearest(name, RAW_TABLES)}")
    check_alike(study)
    names = [policy.name for policy in study.policies]
    for i, name in enumerate(names):
        if name in names[:i]:
            raise KringError(
                f"policies[{i}].name: another is called {name!r} too; give each a name of its own"
            )
    for i, policy in enumerate(study.policies):
        try:
            study.policy_of(policy), study.town_of(policy), study.parameters_of(policy)
        except KringError as error:
            raise KringError(f"policies[{i}] ({policy.name!r}): {error}") from None
    if study.country and "town" in study.model_fields_set:
        raise KringError("town: a country's towns are its municipalities; leave [town] out")
    for policy in study.policies:
        if study.country and policy.conference:
            raise KringError(f"policies ({policy.name!r}): conference: none enter so in a country")
    for name in study.precision:
        if name not in study.outcomes:
            raise KringError(
                f"precision: {name!r} is not measured; {nearest(name, study.outcomes)}"
            )


def check_alike(study: Study) -> None:
    """Refuse a town, a country or strengths that cannot be, whatever the policy."""
    none = PolicyTable(name="none")
    tables = {"town": study.town_of, "parameters": study.parameters_of}
    if study.country:
        country = study.country.changes()
        tables["country"] = lambda _: build(Country, country)
    for table, made in tables.items():
        try:
            made(none)
        except KringError as error:
            raise KringError(f"{table}: {error}") from None


def check_varied(study: Study) -> None:
    """Refuse a design that cannot be made."""
    vary, factors = study.vary, study.vary.factors()
    if vary.design == "shapley":
        if len(study.policies) != 2 or factors:
            raise KringError("vary: shapley takes two policies, and nothing else that varies")
        from experiments.design import points

        points(study)  # the mixes can be made
        return
    for name, levels in factors.items():
        kind, _, quantity = name.partition(".")
        known = [*KINDS[kind].declared(), "preset", *(["without"] if kind == "parameters" else [])]
        if quantity not in known:
            raise KringError(f"vary.{kind}: no {quantity!r}; {nearest(quantity, known)}")
        check_levels(name, quantity, levels, vary.design, KINDS[kind])
    lengths = {len(levels) for levels in factors.values()}
    if vary.design == "list" and len(lengths) > 1:
        raise KringError("vary: in a list all quantities have as many values, side by side")
    if vary.design in SAMPLED and not factors:
        raise KringError(f"vary: {vary.design} needs at least one quantity with [low, high]")


def check_levels(
    name: str, quantity: str, levels: Levels, design: str, kind: type[Settings]
) -> None:
    """Refuse values of one quantity that are none, or no low and high where points are drawn."""
    if not levels:
        raise KringError(f"vary.{name}: no values")
    if design not in SAMPLED:
        for level in levels:
            check_level(name, quantity, level, kind)
        return
    if len(levels) != 2 or any(isinstance(v, str) for v in levels) or levels[0] >= levels[1]:
        raise KringError(f"vary.{name}: {design} takes [low, high], low below high")
    note = kind.note(quantity)
    if levels[0] < note["low"] or levels[1] > note["high"]:
        span = f"{note['low']:g} to {note['high']:g} {note['unit']}"
        raise KringError(f"vary.{name}: {levels} goes beyond its range, {span}")


def check_level(name: str, quantity: str, level: Value, kind: type[Settings]) -> None:
    """Refuse a value that its quantity cannot take."""
    try:
        if quantity == "without":
            Parameters().without(*([] if level == "nothing" else [level]))
        else:
            build(kind, {quantity: level})
    except KringError as error:
        raise KringError(f"vary.{name.partition('.')[0]}: {error}") from None
