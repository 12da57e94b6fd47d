"""What Python gives a study, as the tables of its file: settings as what differs from a set."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kring.experiments.study import own_clients
from kring.experiments.study.extensions import KEY, allow
from kring.experiments.study.own_design import as_list
from kring.simulation.country import Country
from kring.simulation.ensemble import Ensemble
from kring.simulation.errors import KringError, nearest, shown
from kring.simulation.extensions import Extension
from kring.simulation.field_tables import FieldTables
from kring.simulation.parameters import Parameters
from kring.simulation.policy import Policy
from kring.simulation.rows import ENTRANCES
from kring.simulation.settings import Settings
from kring.simulation.town import Town

TABLES: dict[str, type[Settings]] = {
    "town": Town, "country": Country, "parameters": Parameters, "field": FieldTables,
}  # fmt: skip
OF_A_POLICY: dict[str, type[Settings]] = {
    "conference": Policy, "town": Town, "parameters": Parameters, "field": FieldTables,
}  # fmt: skip
BESIDE = ("clients_from", "field")  # of a town, that stand elsewhere in a study
BY_NAME = 'policies: give them by name, such as {"as now": "wijkteam"}, or a list of tables'


def as_tables(keys: Mapping[str, Any]) -> dict[str, Any]:
    """The keys of a study as its file would have them.

    Parameters
    ----------
    keys : mapping
        Keys of a study; what is None isn't given. In place of a table stand settings (`Town`,
        `Policy`, `Parameters`, `Country`), an `Ensemble`, or the name of a set; in place of
        policies these by name; in place of [vary] a DataFrame, a row a point; in place of the name
        of an extension what it is.

    Raises
    ------
    KringError
        In one line, for settings of another kind, and policies without a name.
    """
    found = {str(name): plain(value) for name, value in keys.items() if value is not None}
    found = with_field(found)
    for name, kind in TABLES.items():
        if name in found:
            found[name] = table(name, kind, found[name])
    if "policies" in found:
        found["policies"] = policies(found["policies"])
    if isinstance(names := found.get(KEY), list):
        allow(one for one in names if isinstance(one, Extension))
        found[KEY] = [one.name if isinstance(one, Extension) else one for one in names]
    if hasattr(found.get("vary"), "columns"):
        vary = found["vary"]
        if not len(vary) or not len(vary.columns):
            raise KringError(
                "vary: the table is empty: a row a point is wanted, a column a quantity"
            )
        found["vary"] = as_list((str(name), levels.tolist()) for name, levels in vary.items())
    tables = [found, *found.get("policies", [])]
    texts = dict(found.get("ensembles", {}))
    for parameters in (one["parameters"] for one in tables if "parameters" in one):
        if isinstance(own := parameters.get("preset"), Ensemble):
            parameters["preset"] = name_of(own, texts)
    return found | ({"ensembles": texts} if texts else {})


def plain(value: Any) -> Any:
    """A value as TOML has it: lists and tables within each other, numbers that are Python's own."""
    if isinstance(value, Mapping):
        return {str(name): plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple | range):
        return [plain(inner) for inner in value]
    if hasattr(value, "dtype") and hasattr(value, "tolist"):  # NumPy's arrays and numbers
        return value.tolist()
    return str(value) if isinstance(value, Path) else value


def policies(given: Any) -> Any:
    """The tables of policies, from what is given by name or in a list."""
    if isinstance(given, dict):
        return [{"name": name, **policy(name, one)} for name, one in given.items()]
    if not isinstance(given, list):
        raise KringError(BY_NAME)
    for i, one in enumerate(given):
        if isinstance(one, Policy):
            raise KringError(f'policies[{i}]: a Policy has no name by itself: give {{"mine": ...}}')
    named = [{"name": one, "preset": one} if isinstance(one, str) else one for one in given]
    return [policy(one.get("name", "") if isinstance(one, dict) else "", one) for one in named]


def policy(name: str, given: Any) -> dict[str, Any]:
    """The table of one policy: of a name, a `Policy`, a table, or one of these for each route."""
    key = f"policies ({name!r})"
    if isinstance(given, dict) and "team" in given:
        for route in given:
            if route not in ENTRANCES:
                raise KringError(f"{key}: no route {route!r}; {nearest(route, ENTRANCES)}")
        team, *others = (table(key, Policy, given[route]) for route in ENTRANCES if route in given)
        return {**team, **({"conference": others[0]} if others else {})}
    found = with_field(table(key, Policy, given))
    for inner, kind in OF_A_POLICY.items():
        if inner in found:
            found[inner] = table(f"{key}.{inner}", kind, found[inner])
    return found


def with_field(tables: dict[str, Any]) -> dict[str, Any]:
    """Tables with that of the field's, where a `Town` among them has others than the usual."""
    town = tables.get("town")
    town = town.get("preset") if isinstance(town, dict) else town
    own = town.field if isinstance(town, Town) else None
    return {"field": own, **tables} if own else tables


def table(key: str, kind: type[Settings], given: Any) -> dict[str, Any]:
    """A table of a study: of a name, settings, or a table that starts from one of these."""
    if isinstance(given, dict):
        start = given.get("preset", "")
        others = {name: value for name, value in given.items() if name != "preset"}
        return given if isinstance(start, str) else table(key, kind, start) | others
    if isinstance(given, kind):
        return differing(given)
    if isinstance(given, Ensemble) and kind is Parameters:
        return {"preset": given}
    if isinstance(given, str):
        return {"preset": given}
    how = kind.meant(given) or f"give a name, a {kind.__name__} or a table"
    raise KringError(f"{key}: {shown(given)} is no {kind.kind}: {how}")


def differing(given: Settings) -> dict[str, Any]:
    """Settings as the named set that they are nearest to, and what differs from it.

    Examples
    --------
    >>> differing(Policy.preset("eigen_kracht", offer=0.5))
    {'preset': 'eigen_kracht', 'offer': 0.5}
    """
    kind = type(given)
    names = [name for name in kind.model_fields if name not in BESIDE]
    other: dict[str, dict[str, Any]] = {}
    for preset in kind.presets():
        start = kind.preset(preset)
        pairs = ((name, getattr(given, name), getattr(start, name)) for name in names)
        other[preset] = {name: as_typed(value) for name, value, usual in pairs if value != usual}
    nearest_to = min(other, key=lambda preset: len(other[preset]))
    return {"preset": nearest_to, **other[nearest_to], **of_clients(given)}


def as_typed(value: Any) -> Any:
    """A number as one types it: without a point where it is whole."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def of_clients(given: Settings) -> dict[str, Any]:
    """What a study says of a town's own clients, if it has them."""
    told = given.clients_from if isinstance(given, Town) else None
    return {} if told is None else own_clients.keys_of(told)


def name_of(given: Ensemble, texts: dict[str, str]) -> str:
    """What a study calls an ensemble: as it comes with Kring, or a file, of which it has the text.

    Parameters
    ----------
    given : Ensemble
        The ensemble.
    texts : dict of str to str
        Texts by file; that of one of one's own is added.
    """
    for name in Ensemble.names():
        if Ensemble.load(name).digest == given.digest:
            return name
    file = f"{given.name.replace(':', '_')}.csv"
    texts[file] = given.text()
    return file
