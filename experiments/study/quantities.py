"""Quantities: the kinds of what a study can set, the values they take, and their names at a point.

A quantity that varies is named with its kind: `policy.offer`, `town.sick_leave`.
"""

from collections.abc import Iterable, Mapping

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
