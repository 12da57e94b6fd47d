"""Design: from a study to the runs it asks for, each with a number, a point and a seed."""

import hashlib
import itertools
import json
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from experiments.measures import MEASURES
from experiments.study.file import KINDS, PolicyTable, Study, Value, build
from simulation.compiled import fingerprint
from simulation.country import Country, Municipality, municipalities
from simulation.errors import KringError
from simulation.parameters import Parameters
from simulation.policy import Policy
from simulation.town import Town

SAMPLE_SEED = 1  # of drawn points: two studies that vary the same meet the same futures
MOST_PLAYERS = 10
RESERVED = ("run", "policy", "point", "seed", "key", "municipality", *MEASURES)  # columns of runs


class RunSpec(NamedTuple):
    """One run of a study.

    Attributes
    ----------
    number : int
        Its number within the study, from 0.
    policy : int
        Which of the study's policies.
    point : int
        Which of the design's points.
    seed : int
        Seed of the town.
    municipality : int
        Which of a country's municipalities; -1 for a town.
    piece : int
        Which piece of the town, where it is lived in pieces; -1 for all of it.
    """

    number: int
    policy: int
    point: int
    seed: int
    municipality: int = -1
    piece: int = -1


class Scene(NamedTuple):
    """What a run takes: a pure function of these gives the result."""

    town: Town
    policy: Policy | dict[str, Policy]
    parameters: Parameters
    weeks: int
    seed: int


Point = dict[str, Value]


@lru_cache(maxsize=8)
def points_of(vary: str, policies: str) -> tuple[Point, ...]:
    """Points of a design, from its JSON (which can be a key of the cache)."""
    study = json.loads(vary)
    factors: dict[str, list[Value]] = study["factors"]
    design = study["design"]
    if design == "shapley":
        return tuple(coalitions(json.loads(policies), study["groups"]))
    if not factors:
        return ({},)
    if design == "grid":
        return tuple(
            dict(zip(factors, v, strict=True)) for v in itertools.product(*factors.values())
        )
    if design == "list":
        return tuple(
            dict(zip(factors, v, strict=True)) for v in zip(*factors.values(), strict=True)
        )
    from experiments.analysis.sensitivity import sample

    drawn = sample(design, factors, study["points"], SAMPLE_SEED)
    whole = whole_numbers(factors)
    return tuple(
        {n: round(v) if n in whole else float(v) for n, v in zip(factors, row, strict=True)}
        for row in drawn
    )


def points(study: Study) -> tuple[Point, ...]:
    """The points of a study's design: values of what varies; one empty point if nothing does."""
    if study.vary.design != "shapley":
        return points_of(study.vary.key, "")
    policies = [study.policy_of(p) for p in study.policies]
    levers = [p.model_dump() for p in policies if isinstance(p, Policy)]
    if len(levers) != len(policies):
        raise KringError("vary: shapley takes policies that are the same for both routes of entry")
    return points_of(study.vary.key, json.dumps(levers))


def whole_numbers(factors: dict[str, Any]) -> set[str]:
    """Which factors take whole numbers only."""
    found = set()
    for name in factors:
        kind, _, quantity = name.partition(".")
        if (
            quantity in KINDS[kind].model_fields
            and KINDS[kind].model_fields[quantity].annotation is int
        ):
            found.add(name)
    return found


def players(one: dict[str, Value], other: dict[str, Value], groups: dict) -> dict[str, list[str]]:
    """What two policies differ in: levers by themselves, or together under a group's name."""
    differ = [name for name in one if one[name] != other[name]]
    grouped = [lever for levers in groups.values() for lever in levers]
    for name, levers in groups.items():
        if not levers or name in RESERVED or (name in differ and name not in levers):
            raise KringError(
                f"vary.groups.{name}: a group takes levers, and a name that nothing else has"
            )
        for lever in levers:
            if lever not in differ:
                raise KringError(f"vary.groups.{name}: the two policies do not differ in {lever!r}")
            if grouped.count(lever) > 1:
                raise KringError(f"vary.groups.{name}: {lever!r} stands in two groups")
    named = {**groups, **{lever: [lever] for lever in differ if lever not in grouped}}
    if not 1 <= len(named) <= MOST_PLAYERS:
        raise KringError(
            f"vary: shapley splits a difference in 1 to {MOST_PLAYERS} levers, here {len(named)}; "
            "put levers that belong together in vary.groups"
        )
    return named


def coalitions(policies: list[dict[str, Value]], groups: dict) -> Iterator[Point]:
    """Every mix of the first policy with some of the second one's levers."""
    one, other = policies
    named = players(one, other, groups)
    for chosen in itertools.product((0, 1), repeat=len(named)):
        yield dict(zip(named, chosen, strict=True))


def varied(point: Point, kind: str) -> dict[str, Value]:
    """The part of a point that is about the policy, the town or the parameters."""
    return {name.partition(".")[2]: v for name, v in point.items() if name.startswith(kind + ".")}


def mixed_policy(study: Study, point: Point) -> Policy:
    """The first policy with the levers of the second that are in a coalition."""
    one, other = (study.policy_of(p) for p in study.policies)
    named = players(one.model_dump(), other.model_dump(), study.vary.groups)
    return one.replace(
        **{lever: getattr(other, lever) for n, on in point.items() if on for lever in named[n]}
    )


def runs(study: Study) -> list[RunSpec]:
    """All runs of a study, by policy, point, municipality and seed."""
    seeds = range(study.first_seed, study.first_seed + study.seeds)
    # A coalition stands for a policy of its own.
    policies = range(1 if study.vary.design == "shapley" else len(study.policies))
    places = range(-1, 0)
    if study.country:
        places = range(country_of(study).municipalities)
    every = itertools.product(policies, range(len(points(study))), places, seeds)
    return [RunSpec(i, p, at, seed, place) for i, (p, at, place, seed) in enumerate(every)]


def country_of(study: Study) -> Country:
    """The country of a study."""
    changes = study.country.changes()
    return build(Country, changes)


@lru_cache(maxsize=64)
def drawn_country(country: Country, clients: int, seed: int) -> list[Municipality]:
    """The municipalities of a country drawn with a seed."""
    return municipalities(country, clients, seed)


def scene(study: Study, run: RunSpec) -> Scene:
    """What a run takes.

    Raises
    ------
    KringError
        Where the parts of its policy contradict each other at this point.
    """
    table, point = study.policies[run.policy], points(study)[run.point]
    parameters = study.parameters_of(table, varied(point, "parameters"))
    weeks = table.weeks or study.weeks
    if study.vary.design == "shapley":
        return Scene(study.town_of(table), mixed_policy(study, point), parameters, weeks, run.seed)
    levers = varied(point, "policy")
    if run.municipality < 0:
        town = study.town_of(table, varied(point, "town"))
        return Scene(town, study.policy_of(table, levers), parameters, weeks, run.seed)
    one = drawn_country(country_of(study), study.country.clients, run.seed)[run.municipality]
    policy = in_municipality(one.policy, table, levers)
    town = one.town.replace(**{**table.town, **varied(point, "town")})
    return Scene(town, policy, parameters, weeks, run.seed * 1000 + one.number)


def in_municipality(own: Policy, table: PolicyTable, levers: dict[str, Value]) -> Policy:
    """A municipality's own policy with what the study changes; staff counts against its own.

    Of a preset counts what it has other than the first one, from which municipalities start.
    """
    changes = table.changes() | levers
    wanted, start = Policy.preset(changes.pop("preset", Policy.presets()[0])), Policy()
    other = {k: v for k, v in wanted.model_dump().items() if v != getattr(start, k)}
    changes = other | changes
    if "staffing" in changes:
        changes["staffing"] = own.staffing * changes["staffing"]
    return own.replace(**changes)


@cache
def code() -> str:
    """Short hash of all code that a result depends on: the model, and what measures it."""
    here = Path(__file__).parents[1]
    digest = hashlib.sha256(fingerprint().encode())
    names = ("study/design.py", "study/file.py", "measures/*.py")
    names += tuple(f"running/{name}.py" for name in ("joining", "raw_tables", "work"))
    for path in sorted(path for name in names for path in here.glob(name)):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


class Keys:
    """Keys of runs: a run with the same key gives the same numbers, whatever study it is in."""

    def __init__(self, study: Study) -> None:
        self.study = study
        self.points = points(study)
        asked = {"outcomes": study.outcomes, "tables": study.tables, "code": code()}
        base = study.model_dump(include={"town", "country", "parameters", "weeks", "pieces"})
        self.base = _digest(asked | base)
        self.policies = [_digest(p.model_dump(exclude={"name", "nl"})) for p in study.policies]
        self.at = [_digest(point) for point in self.points]
        mixed = study.vary.design == "shapley"  # a point is a mix of both policies
        self.mixes = _digest([*self.policies, study.vary.groups]) if mixed else ""

    def __call__(self, run: RunSpec) -> str:
        """The key of a run."""
        parts = (self.base, self.mixes, self.policies[run.policy], self.at[run.point])
        text = ".".join((*parts, str(run.seed), str(run.municipality)))
        return hashlib.sha256(text.encode()).hexdigest()[:16]


def _digest(value: Any) -> str:
    text = json.dumps(value, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def describe(study: Study, run: RunSpec) -> dict[str, Any]:
    """What identifies a run in a table: policy, point, what varies, municipality, seed."""
    known: dict[str, Any] = {"run": run.number, "policy": study.policies[run.policy].name}
    point = points(study)[run.point]
    if point:
        known["point"] = run.point
    known |= point
    if run.municipality >= 0:
        known["municipality"] = run.municipality
    return known | {"seed": run.seed}


def impossible(study: Study) -> list[tuple[RunSpec, str]]:
    """Runs whose policy contradicts itself at their point, with the reason; one seed each."""
    found = []
    for run in runs(study):
        if run.seed == study.first_seed and run.municipality < 1:
            try:
                scene(study, run)
            except KringError as error:
                found.append((run, str(error)))
    return found


def size(study: Study, run: RunSpec) -> float:
    """How much work a run is, in client-weeks."""
    table = study.policies[run.policy]
    weeks = table.weeks or study.weeks
    if study.country:
        return weeks * study.country.clients / country_of(study).municipalities
    most = max(study.vary.town.get("clients", [study.town_of(table).clients]))
    return weeks * max(float(most), 1) / study.pieces
