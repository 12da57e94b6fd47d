"""Settings of a study: town, strengths and policies as its tables set them, varied at a point."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, TypeVar

from kring.experiments.study.own_clients import own_clients
from kring.experiments.study.quantities import Value, part
from kring.experiments.study.spec import PolicyTable, Study
from kring.experiments.study.strengths import start
from kring.experiments.study.values import as_written, check_values
from kring.simulation.beside import loaded
from kring.simulation.country import Country
from kring.simulation.ensemble import USUAL, of_its_town
from kring.simulation.errors import KringError
from kring.simulation.field_tables import FieldTables
from kring.simulation.own_municipality import START, OwnMunicipality, municipality_of
from kring.simulation.parameters import Parameters
from kring.simulation.policy import Policy
from kring.simulation.settings import Settings
from kring.simulation.town import Town

Changes = Mapping[str, Any]
S = TypeVar("S", bound=Settings)


def build(kind: type[S], *tables: Changes | None) -> S:
    """Settings from a preset and changes; later tables go before earlier ones.

    Raises
    ------
    KringError
        For an unknown preset or quantity, and a value out of range.
    """
    changes: dict[str, Any] = {}
    for table in tables:
        changes |= table or {}
    preset = changes.pop("preset", kind.presets()[0])
    if not isinstance(preset, str):
        raise KringError(f"preset = {as_written(preset)}: a name in quotes is wanted")
    check_values(kind, changes)
    try:
        found: S = _built(kind, preset, tuple(changes.items()), loaded())
        return found
    except TypeError:  # what cannot be a key of the cache is no value either; say so
        return kind.preset(preset, **changes)


@lru_cache(maxsize=1024)
def _built(kind: Any, preset: str, changes: tuple[tuple[str, Any], ...], beside: Any) -> Any:
    return kind.preset(preset, **dict(changes))


def preset_of(study: Study, policy: PolicyTable, varied: Changes | None = None) -> str:
    """The ensemble or the set that a policy's strengths start from at a point."""
    given = study.parameters.changes() | policy.parameters | dict(varied or {})
    return str(given.get("preset", USUAL))


def town_of(
    study: Study, policy: PolicyTable, point: Changes | None = None, facts: Changes | None = None
) -> Town:
    """The town of a policy at a point; what the study says goes before what a set says of it."""
    told = own_clients(study)
    people = {} if told is None else {"clients_from": told}
    people |= field_of(study, policy, point)
    tables = (own_town(study), study.town.changes(), people, policy.town, part(point or {}, "town"))
    town = build(Town, *tables)
    return build(Town, of_its_town(facts, town), *tables) if facts else town


def field_of(study: Study, policy: PolicyTable, point: Changes | None = None) -> dict[str, Any]:
    """The field's tables as a town has them, where a study, a policy or a point changes them."""
    changes = (study.field.changes(), policy.field, part(point or {}, "field"))
    return {"field": build(FieldTables, *changes)} if any(changes) else {}


def municipality_of_study(study: Study) -> OwnMunicipality | None:
    """The municipality of one's own, where a study has one."""
    return municipality_of(study.municipality.told()) if study.municipality else None


def own_town(study: Study) -> Changes:
    """What is so in the town of a municipality of one's own; nothing where a study has none."""
    own = municipality_of_study(study)
    if own is None or study.municipality is None:
        return {}
    return {"preset": START, **own.facts(**study.municipality.found)}


def parameters_of(
    study: Study, policy: PolicyTable, varied: Changes | None = None, number: int = 0
) -> Parameters:
    """The strengths of a policy at a point in a set, silenced mechanisms included.

    In the central set of an ensemble where no number is given.
    """
    given = study.parameters.changes() | policy.parameters | dict(varied or {})
    without, preset = given.pop("without", []), given.pop("preset", USUAL)
    without = [without] if isinstance(without, str) else without
    if not isinstance(without, list):
        raise KringError(f"without = {as_written(without)}: a list of mechanisms is wanted")
    silent = [code for code in without if code != "nothing"]
    check_values(Parameters, given)
    found, _ = start(study, preset, number)
    return (found.replace(**given) if given else found).without(*silent)


def policy_of(policy: PolicyTable, varied: Changes | None = None) -> Policy | dict[str, Policy]:
    """A policy with its levers at a point; by route of entry where these differ."""
    team = build(Policy, policy.changes(), varied)
    if not policy.conference:
        return team
    return {"team": team, "conference": build(Policy, policy.conference, varied)}


def country_of(study: Study) -> Country | None:
    """The country, where the study has one in place of a town."""
    return build(Country, study.country.changes()) if study.country else None


def in_municipality(own: Policy, policy: PolicyTable, varied: Mapping[str, Value]) -> Policy:
    """A municipality's own policy with what the study changes; staff counts against its own.

    Of a preset counts what it has other than the first one, from which municipalities start.
    """
    changes = policy.changes() | dict(varied)
    wanted, start = Policy.preset(changes.pop("preset", Policy.presets()[0])), Policy()
    other = {k: v for k, v in wanted.model_dump().items() if v != getattr(start, k)}
    changes = other | changes
    if "staffing" in changes:
        changes["staffing"] = own.staffing * changes["staffing"]
    return own.replace(**changes)
