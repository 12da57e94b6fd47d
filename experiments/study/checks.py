"""Checks of a study: what has no meaning is refused, with the nearest right thing."""

from math import prod
from pathlib import Path

from experiments.measures import measure, part_of
from experiments.running.raw_tables import RAW_TABLES
from experiments.study.file import (
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

MOST_POINTS = 1_000_000
MOST_COUNTRY_SEED = 2**50
READINGS = Path(__file__).parents[1] / "readings"


def check_names(study: Study) -> None:
    """Refuse what has no meaning: measures, tables, policies, settings, precision."""
    check_once("outcomes", study.outcomes)
    check_once("tables", study.tables)
    longest = min(policy.weeks or study.weeks for policy in study.policies)
    for name in study.outcomes:
        measure(name)
        week = part_of(name)[2]
        if week and week > longest:
            raise KringError(f"outcomes: {name!r} is later than the {longest} weeks that are lived")
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
    check_country(study)
    for name in study.precision:
        if name not in study.outcomes:
            raise KringError(
                f"precision: {name!r} is not measured; {nearest(name, study.outcomes)}"
            )


def check_once(key: str, names: list[str]) -> None:
    """Refuse what stands in a list twice."""
    for name in names:
        if names.count(name) > 1:
            raise KringError(f"{key}: {name!r} stands there twice")


def check_country(study: Study) -> None:
    """Refuse what municipalities cannot have."""
    if study.country is None:
        return
    if "town" in study.model_fields_set:
        raise KringError("town: a country's towns are its municipalities; leave [town] out")
    if study.first_seed > MOST_COUNTRY_SEED:
        raise KringError(f"first_seed = {study.first_seed} is too large for a country")
    if "clients" in study.vary.town:
        raise KringError("vary.town: 'clients': municipalities have a size of their own")
    if study.vary.design == "shapley":
        raise KringError("vary: shapley splits a difference in one town; leave [country] out")
    for policy in study.policies:
        if policy.conference:
            raise KringError(f"policies ({policy.name!r}): conference: none enter so in a country")
        if "clients" in policy.town:
            raise KringError(f"policies ({policy.name!r}): municipalities have a size of their own")


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
    for name in vary.groups_nl:
        if name not in vary.groups:
            raise KringError(f"vary.groups_nl: no group {name!r}; {nearest(name, vary.groups)}")
    if vary.design == "shapley":
        if len(study.policies) != 2 or factors:
            raise KringError("vary: shapley takes two policies, and nothing else that varies")
        one, other = study.policies
        if (one.town, one.parameters, one.weeks) != (other.town, other.parameters, other.weeks):
            raise KringError("vary: shapley takes policies in the same town, of as many weeks")
        from experiments.study.design import points

        points(study)  # the mixes can be made
        return
    if vary.groups:
        raise KringError(f"vary.groups: levers are grouped for shapley only, not for {vary.design}")
    if vary.design == "grid" and prod(map(len, factors.values())) > MOST_POINTS:
        n = prod(map(len, factors.values()))
        raise KringError(f"vary: a grid of {n:,} points; draw some of them instead (design)")
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
