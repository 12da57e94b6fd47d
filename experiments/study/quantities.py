"""Quantities: the kinds of what a study can set, the values they take, and their names at a point.

A quantity that varies is named with its kind: `policy.offer`, `town.sick_leave`.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from kring.simulation.errors import nearest
from kring.simulation.field_tables import FieldTables
from kring.simulation.parameters import Parameters
from kring.simulation.policy import Policy
from kring.simulation.settings import Settings
from kring.simulation.town import Town

KINDS: dict[str, type[Settings]] = {
    "policy": Policy, "town": Town, "parameters": Parameters, "field": FieldTables,
}  # fmt: skip
Value = float | str
Levels = list[Value]
Point = dict[str, Value]  # what varies, by name
LIKELY = "likely"  # in place of values: where a quantity is thought to lie, from low to high


def part(point: Mapping[str, Value], kind: str) -> dict[str, Value]:
    """The part of a point that is about the policy, the town, the parameters or the field."""
    return {name.partition(".")[2]: v for name, v in point.items() if name.startswith(kind + ".")}


def whole_numbers(factors: Iterable[str]) -> set[str]:
    """Which factors take whole numbers only."""
    found = set()
    for name in factors:
        kind, _, quantity = name.partition(".")
        field = KINDS[kind].model_fields.get(quantity)
        if field and field.annotation is int:
            found.add(name)
    return found


def with_likely(kind: str, table: Any) -> Any:
    """What varies of a kind, with the range written out where it is the likely one.

    Parameters
    ----------
    kind : str
        ``policy``, ``town`` or ``parameters``.
    table : mapping or str
        Levels by quantity; ``likely`` in place of them, or of the whole table: then everything
        varies that says where it is likely to lie.

    Raises
    ------
    ValueError
        For what there is not, or what does not say where it is likely to lie.
    """
    settings = KINDS[kind]
    if table == LIKELY:
        known = [name for name in settings.declared() if LIKELY in settings.note(name)]
        if not known:
            raise ValueError(f"vary.{kind}: none of it says where it is likely to lie")
        table = dict.fromkeys(known, LIKELY)
    if not isinstance(table, Mapping):
        return table
    return {n: likely(kind, n) if levels == LIKELY else levels for n, levels in table.items()}


def likely(kind: str, name: str) -> Levels:
    """Where a quantity is thought to lie: low and high."""
    settings = KINDS[kind]
    if name not in settings.declared():
        raise ValueError(f"vary.{kind}: no {name!r}; {nearest(name, settings.declared())}")
    note = settings.note(name)
    if LIKELY not in note:
        span = f", within {note['low']:g} to {note['high']:g}" if "low" in note else ""
        raise ValueError(
            f"vary.{kind}: {name!r} doesn't say where it is likely to lie; give values{span}"
        )
    return list(settings.likely(name))
