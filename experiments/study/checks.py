"""Checks of a study: what has no meaning is refused, with the nearest right thing."""

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from kring.experiments.measures import measure, part_of
from kring.experiments.measures.groups import GROUPS
from kring.experiments.measures.long_tables import LONG_TABLES
from kring.experiments.study.budget import CASH, PEOPLE
from kring.experiments.study.designs import Shapley
from kring.experiments.study.files import CASEBOOK
from kring.experiments.study.moments import check_moments, outcomes_of
from kring.experiments.study.quantities import KINDS, Levels, Value
from kring.experiments.study.settings import (
    build,
    country_of,
    field_of,
    municipality_of_study,
    parameters_of,
    policy_of,
    town_of,
)
from kring.experiments.study.spec import SAMPLED, BudgetTable, PolicyTable, Study, TownTable
from kring.experiments.study.strengths import check_starts
from kring.experiments.study.values import as_written
from kring.simulation.errors import KringError, nearest
from kring.simulation.parameters import Parameters
from kring.simulation.policy import Policy
from kring.simulation.settings import Settings

MOST_COUNTRY_SEED = 2**50
NOBODY = PolicyTable(name="none")
BESIDE_LEVERS = ("town", "parameters", "field", "weeks")  # what a policy can have of its own


def check(study: Study) -> None:
    """Refuse a study that has no meaning.

    Raises
    ------
    KringError
        For the first thing that makes no sense, named with its key.
    """
    check_measured(study)
    check_reading(study)
    check_own_clients(study)
    check_beside_first(study)
    check_alike(study)
    check_policies(study)
    check_country(study)
    check_municipality(study)
    measured = outcomes_of(study)
    for name in study.precision:
        if name not in measured:
            raise KringError(f"precision: {name!r} is not measured; {nearest(name, measured)}")
    check_design(study)
    check_budget(study)


def check_budget(study: Study) -> None:
    """Refuse a budget that cannot be kept, and levers that cannot move."""
    budget = study.budget
    if budget is None or budget.found:
        return
    if study.country or study.vary.factors() or len(study.policies) != 1:
        raise KringError(
            "budget: it takes one policy in one town, as things are today, and nothing that varies"
        )
    check_ceiling(study, budget)
    known = Policy.quantities()
    for name, span in budget.policy.items():
        if name not in known:
            raise KringError(f"budget.policy: no {name!r}; {nearest(name, known)}")
        check_levels(f"policy.{name}", name, [*span], "latin hypercube", Policy)
    for name in budget.prices:
        if name not in budget.policy:
            raise KringError(
                f"budget.prices: {name!r} may not move; {nearest(name, budget.policy)}"
            )


def check_ceiling(study: Study, budget: BudgetTable) -> None:
    """Refuse what may be paid where it is not understood, or what is paid is not measured."""
    if isinstance(budget.ceiling, str) and not re.fullmatch(r"[+-]\d+([.,]\d+)?%", budget.ceiling):
        raise KringError(f"budget.ceiling = {budget.ceiling!r}: write '+5%', or EUR as a number")
    if budget.total and "ceiling" in budget.model_fields_set:
        raise KringError("budget: it has a ceiling and a total; leave one of them out")
    for name in (CASH, *([PEOPLE] if budget.total else [])):
        if name not in study.outcomes:
            raise KringError(f"budget: it is not measured; put {name!r} among the outcomes")
    if budget.prices and "books" in study.tables:
        raise KringError("tables: 'books' holds no [budget.prices]; leave one of them out")


def check_measured(study: Study) -> None:
    """Refuse outcomes and tables that there are not, and weeks that are not lived."""
    check_once("outcomes", study.outcomes)
    check_once("tables", study.tables)
    check_once("extensions", study.extensions)
    for key in ("years", "after_entry", "cohorts"):
        check_once(key, getattr(study, key))
    check_moments(study)
    longest = min(policy.weeks or study.weeks for policy in study.policies)
    for name in outcomes_of(study):
        measure(name)
        takes = part_of(name).weeks_taken
        if takes > longest:
            raise KringError(
                f"outcomes: {name!r} is later than the {longest} weeks that are lived: it takes "
                f"{takes}"
            )
    for name in study.tables:
        if name not in LONG_TABLES:
            raise KringError(f"tables: no table {name!r}; {nearest(name, LONG_TABLES)}")


def check_beside_first(study: Study) -> None:
    """Refuse counting who is better and worse off where no policies stand beside each other."""
    if GROUPS not in study.tables:
        return
    if study.country or study.vary.factors() or study.vary.design == "shapley":
        raise KringError(
            f"tables: {GROUPS!r} counts who is better off than under the first policy, in a town "
            "in which nothing else differs; leave [country] and [vary] out, or the table"
        )
    if study.pieces > 1 and not study.town.clients_from:
        raise KringError(
            f"tables: {GROUPS!r} is not counted of people who are drawn piece by piece; write "
            "'ends' in its place"
        )


def check_reading(study: Study) -> None:
    """Refuse a reading that is neither one of the casebook nor a Python file beside the study."""
    known = [path.parent.name for path in sorted(CASEBOOK.glob("*/reading.py"))]
    is_file = study.reading.endswith(".py")
    if is_file and Path(study.reading).name != study.reading:
        raise KringError(f"reading: {study.reading!r} lies elsewhere; put it beside the study file")
    if study.reading and not is_file and study.reading not in known:
        raise KringError(f"reading: no reading {study.reading!r}; {nearest(study.reading, known)}")


def check_policies(study: Study) -> None:
    """Refuse policies of the same name, and what one cannot set."""
    names: set[str] = set()
    for i, policy in enumerate(study.policies):
        if policy.name in names:
            raise KringError(
                f"policies[{i}].name: another is called {policy.name!r} too; "
                "give each a name of its own"
            )
        names.add(policy.name)
    for i, policy in enumerate(study.policies):
        try:
            policy_of(policy), town_of(study, policy), parameters_of(study, policy)
        except KringError as error:
            raise KringError(f"policies[{i}] ({policy.name!r}): {error}") from None


def check_named(town: TownTable) -> None:
    """Refuse a hash of a table that isn't named, and ties of whom no table of clients tells."""
    for of in ("ties", "clients"):
        if getattr(town, f"{of}_sha256") and not getattr(town, f"{of}_from"):
            raise KringError(f"town.{of}_sha256: it is of a table; name that in {of}_from")
    if town.ties_from and not town.clients_from:
        raise KringError(
            "town.ties_from: whose ties they are, the table of clients says; name it in "
            "clients_from"
        )


def check_own_clients(study: Study) -> None:
    """Refuse what doesn't go with a table of one's own clients."""
    check_named(study.town)
    if "field" in study.town.changes():
        raise KringError("town.field: it stands by itself, under [field]")
    if not study.town.clients_from:
        return
    if study.municipality:
        raise KringError(
            "town.clients_from: the people of a [municipality] are drawn from its figures; leave "
            "one of them out"
        )
    changed = [*study.vary.town, *(name for policy in study.policies for name in policy.town)]
    for name in changed:
        if name in ("clients", "clients_from", "ties_from", "preset"):
            raise KringError(f"town.clients_from: {name!r} cannot differ: all meet the same people")
    for name in study.tables:
        if LONG_TABLES[name].is_of_clients:
            other = f"write {GROUPS!r} in its place" if name == "ends" else "leave it out"
            raise KringError(
                f"tables: {name!r} has a row for each client, and none is written of people of "
                f"your own; {other}"
            )


def check_once(key: str, values: Sequence[Value]) -> None:
    """Refuse what stands in a list twice."""
    seen: set[Value] = set()
    for value in values:
        if value in seen:
            raise KringError(f"{key}: {as_written(value)} stands there twice")
        seen.add(value)


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


def check_municipality(study: Study) -> None:
    """Refuse a town beside a municipality that would say the same otherwise."""
    if study.municipality is None:
        return
    if study.country:
        raise KringError("municipality: a study has a municipality or a country; leave one out")
    if study.town.preset:
        raise KringError("town.preset: a municipality is the town; leave the preset out")
    if study.pieces > 1:
        raise KringError("pieces: what its cases ask comes out of all its teams; leave pieces out")


def check_alike(study: Study) -> None:
    """Refuse a town, a country or strengths that cannot be, whatever the policy."""
    tables: tuple[tuple[str, Callable[[], object]], ...] = (
        ("field", lambda: field_of(study, NOBODY)),
        ("municipality", lambda: municipality_of_study(study)),
        ("town", lambda: town_of(study, NOBODY)),
        ("parameters", lambda: parameters_of(study, NOBODY)),
        ("parameters", lambda: check_starts(study)),
        ("country", lambda: country_of(study)),
    )
    for table, made in tables:
        try:
            made()
        except KringError as error:
            raise KringError(f"{table}: {error}") from None


def check_design(study: Study) -> None:
    """Refuse a design that cannot be made."""
    vary = study.vary
    if "points" in vary.model_fields_set and vary.design not in SAMPLED:
        raise KringError(f"vary.points: they go with {', '.join(SAMPLED)}, not with {vary.design}")
    if "sample_seed" in vary.model_fields_set and vary.design not in SAMPLED:
        raise KringError(f"vary.sample_seed: it goes with {', '.join(SAMPLED)}")
    for name in vary.groups_nl:
        if name not in vary.groups:
            raise KringError(f"vary.groups_nl: no group {name!r}; {nearest(name, vary.groups)}")
    if vary.design == "shapley":
        check_split(study)
        return
    if vary.groups:
        raise KringError(f"vary.groups: levers are grouped for shapley only, not for {vary.design}")
    check_factors(study)
    check_own_values(study)
    check_distinct(study)


def check_factors(study: Study) -> None:
    """Refuse quantities that there are not, and levels that do not go with the design."""
    vary, factors = study.vary, study.vary.factors()
    for name, levels in factors.items():
        kind, _, quantity = name.partition(".")
        known = [*KINDS[kind].declared(), "preset", *(["without"] if kind == "parameters" else [])]
        if quantity not in known:
            raise KringError(f"vary.{kind}: no {quantity!r}; {nearest(quantity, known)}")
        check_levels(name, quantity, levels, vary.design, KINDS[kind])
    if vary.design == "list":
        check_side_by_side(factors)
    if vary.design in SAMPLED and not factors:
        raise KringError(f"vary: {vary.design} needs at least one quantity with [low, high]")


def check_split(study: Study) -> None:
    """Refuse a difference that Shapley values cannot split."""
    if len(study.policies) != 2 or study.vary.factors():
        raise KringError("vary: shapley takes two policies, and nothing else that varies")
    one, other = study.policies
    if any(getattr(one, key) != getattr(other, key) for key in BESIDE_LEVERS):
        raise KringError("vary: shapley takes policies in the same town, of as many weeks")
    Shapley([policy_of(policy) for policy in study.policies], study.vary.groups)  # can be made


def check_side_by_side(factors: dict[str, Levels]) -> None:
    """Refuse a list of unequal lengths, or the same point twice."""
    if len({len(levels) for levels in factors.values()}) > 1:
        here = ", ".join(f"{name.partition('.')[2]} {len(v)}" for name, v in factors.items())
        raise KringError(f"vary: in a list values stand side by side, as many of each; here {here}")
    rows = zip(*factors.values(), strict=True)
    check_once("vary", [" beside ".join(map(as_written, row)) for row in rows])


def tables_of(policy: PolicyTable) -> list[tuple[str, Mapping[str, Any]]]:
    """What a policy sets itself: tables, each with the kind of its quantities."""
    return [
        ("policy", policy.changes()), ("policy", policy.conference),
        ("town", policy.town), ("parameters", policy.parameters), ("field", policy.field),
    ]  # fmt: skip


def check_own_values(study: Study) -> None:
    """Refuse a policy's own value that is lived nowhere, for what varies takes its place."""
    factors = study.vary.factors()
    for i, policy in enumerate(study.policies):
        for kind, table in tables_of(policy):
            for quantity, value in table.items():
                levels = factors.get(f"{kind}.{quantity}")
                if levels and (study.vary.design in SAMPLED or value not in levels):
                    raise KringError(
                        f"policies[{i}] ({policy.name!r}): {quantity} = {as_written(value)} is "
                        f"never lived: the values of [vary.{kind}] take its place; leave one of "
                        "them out"
                    )


def check_distinct(study: Study) -> None:
    """Refuse policies that differ in nothing but what varies: at every point they are the same."""
    factors = study.vary.factors()
    seen: dict[str, tuple[str, list[tuple[str, Mapping[str, Any]]]]] = {}
    for i, policy in enumerate(study.policies):
        tables = tables_of(policy)
        fixed = [
            sorted((name, str(value)) for name, value in table.items()
                   if f"{kind}.{name}" not in factors)
            for kind, table in tables
        ]  # fmt: skip
        alike = str((policy.weeks, bool(policy.conference), fixed))
        other, theirs = seen.setdefault(alike, (policy.name, tables))
        if tables != theirs:
            raise KringError(
                f"policies[{i}] ({policy.name!r}): it differs from {other!r} only in what varies, "
                "so at every point the two are the same; leave one of them out"
            )


def check_levels(
    name: str, quantity: str, levels: Levels, design: str, kind: type[Settings]
) -> None:
    """Refuse values of one quantity that are none, or no low and high where points are drawn."""
    if not levels:
        raise KringError(f"vary.{name}: no values")
    if design in SAMPLED and not is_span(levels):
        raise KringError(f"vary.{name}: {design} takes [low, high], low below high")
    if design == "grid":
        check_once(f"vary.{name}", levels)
    for level in levels:
        check_level(name, quantity, level, kind)


def is_span(levels: Levels) -> bool:
    """Whether these are a low and a high."""
    numbers = [level for level in levels if not isinstance(level, str)]
    return len(levels) == len(numbers) == 2 and numbers[0] < numbers[1]


def check_level(name: str, quantity: str, level: Value, kind: type[Settings]) -> None:
    """Refuse a value that its quantity cannot take."""
    if lies_within(level, quantity, kind):  # soon, for there may be many
        return
    try:
        if quantity == "without":
            Parameters().without(*([] if level == "nothing" else [str(level)]))
        elif (kind, quantity) != (Parameters, "preset"):  # all that are named were looked up
            build(kind, {quantity: level})
    except KringError as error:
        raise KringError(f"vary.{name.partition('.')[0]}: {error}") from None


def lies_within(level: Value, quantity: str, kind: type[Settings]) -> bool:
    """Whether a value is a number that its quantity can surely take."""
    note = kind.note(quantity) if quantity in kind.model_fields else {}
    if "low" not in note or isinstance(level, bool | str):
        return False
    is_count = kind.model_fields[quantity].annotation is int
    return bool(note["low"] <= level <= note["high"]) and not is_count
