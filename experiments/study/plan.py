"""The plan of a study: its file resolved once, into all that running and reading it needs.

Points, runs and their keys, what each is compared with, what policies and outcomes are called, and
the settings of every run. All above this folder takes a plan and never looks at the file's tables.
"""

from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from itertools import product
from typing import Any

from pydantic import ValidationError

from kring.experiments.measures.groups import GROUPS
from kring.experiments.measures.own import made_here
from kring.experiments.study import extensions, own_clients, settings, strengths
from kring.experiments.study.changes import Changes, changes_of
from kring.experiments.study.designs import Design, Levers, design_of
from kring.experiments.study.lazily import Lazily
from kring.experiments.study.messages import first_error
from kring.experiments.study.moments import lives_today, outcomes_of, tables_of
from kring.experiments.study.planned_policy import Label, PlannedPolicy
from kring.experiments.study.quantities import Point, Value, part
from kring.experiments.study.run_keys import run_keys
from kring.experiments.study.run_spec import RunSpec, Setup
from kring.experiments.study.shown import as_html, in_a_line
from kring.experiments.study.spec import BudgetTable, Study
from kring.simulation.country import CLIENTS_OF, PAST, Country, Municipality, municipalities
from kring.simulation.ensemble import Ensemble, of_its_town
from kring.simulation.errors import KringError
from kring.simulation.field_tables import FieldTables
from kring.simulation.own_clients import OwnClients
from kring.simulation.own_municipality import OwnMunicipality
from kring.simulation.parameters import Parameters
from kring.simulation.policy import Policy
from kring.simulation.town import Town


class Plan:
    """A study, resolved.

    Parameters
    ----------
    study : Study
        The study as it was read and checked.

    Attributes
    ----------
    name : str
        Name of the study and its folder.
    question, literature : Label
        What is asked, and what is known from elsewhere.
    policies : tuple of PlannedPolicy
        The first is compared with.
    outcomes, tables : list of str
        Names of what is measured, and of the long tables that are kept.
    budget : BudgetTable or None
        What may be paid, and the levers that may move within it.
    precision : dict of str to float
        Half width wanted of the 95% interval, by outcome.
    together : bool
        Whether intervals hold for all outcomes and policies together, as far as chance goes.
    groups, groups_of_levers : dict
        Where a difference is split, what groups of levers are called, and the levers of each.
    design : Design
        Points, and what each is compared with.
    changes : dict of str to Changes
        What the study sets for all its policies: of ``town``, ``country``, ``parameters``, and
        ``field``, the field's tables.
    has_today : bool
        Whether the first policy is lived before others begin.
    extensions : tuple of Needed
        What takes part beside Kring's own mechanisms.
    ensembles : dict of str to Ensemble or None
        What its strengths start from, by name, the first policy's first; None is a single set.
    sets : dict of str to list of int
        Numbers of the sets that are lived, by the same names; none of a single set.
    seeds : range
        Seeds of the towns at the first point: as many as sets are lived, times `towns_a_set`.
    municipality : OwnMunicipality or None
        The municipality of one's own; `found` is what a search found of it, and `figures` what
        its figures then are, both empty before the study is run.
    source : dict
        The study's keys as they were given, from which the same plan can be made.

    Examples
    --------
    >>> from kring.experiments.study.load import read_study
    >>> plan = read_study("ten_hours")
    >>> plan
    <Plan 'ten_hours': 3 policies, 1,200 runs>
    >>> plan.changed(sets=3).setup(plan.runs[0]).policy.offer
    0.0
    """

    def __init__(self, study: Study) -> None:
        self._study = study
        self._keys: tuple[dict[str, str], dict[int, str]] | None = None
        self.source: dict[str, Any] = study.model_dump(mode="json", exclude_unset=True)
        self.name: str = study.name
        self.reading: str = study.reading
        self.extensions: tuple[extensions.Needed, ...] = extensions.needed(study.extensions)
        self.question: Label = Label(study.question, study.question_nl)
        self.literature: Label = Label(study.literature, study.literature_nl)
        self.policies: tuple[PlannedPolicy, ...] = tuple(
            PlannedPolicy.of(study, policy) for policy in study.policies
        )
        self.weeks: int = study.weeks
        self.pieces: int = study.pieces
        self.ensembles: dict[str, Ensemble | None] = {
            one: strengths.ensemble_of(study, one) for one in strengths.named(study)
        }
        self.sets: dict[str, list[int]] = {
            one: strengths.sets_lived(study, one) for one in self.ensembles
        }
        self.towns_a_set: int = strengths.towns_a_set(study)
        self.has_today: bool = lives_today(study)
        self.rotates: bool = study.vary.design == strengths.ROTATED
        n = 1 if self.rotates else max(1, *map(len, self.sets.values()))
        self.seeds: range = range(study.first_seed, study.first_seed + n * self.towns_a_set)
        self.outcomes: list[str] = outcomes_of(study)
        self.tables: list[str] = tables_of(study)
        self.precision: dict[str, float] = dict(study.precision)
        self.together: bool = study.together
        self.budget: BudgetTable | None = study.budget
        vary = study.vary
        self.groups: dict[str, Label] = {
            name: Label(name, vary.groups_nl.get(name, "")) for name in vary.groups
        }
        self.groups_of_levers: dict[str, list[str]] = dict(vary.groups)
        self.design: Design = design_of(vary, [settings.policy_of(one) for one in study.policies])
        self.changes: dict[str, Changes] = {
            "town": changes_of(Town, {**settings.own_town(study), **study.town.changes()}),
            "country": changes_of(Country, study.country.changes() if study.country else {}),
            "parameters": changes_of(Parameters, study.parameters.changes()),
            "field": changes_of(FieldTables, study.field.changes()),
        }
        self.country: Country | None = settings.country_of(study)
        self.municipality: OwnMunicipality | None = settings.municipality_of_study(study)
        self.found: dict[str, float] = dict(study.municipality.found) if study.municipality else {}
        self.figures: dict[str, list[float]] = (
            dict(study.municipality.figures) if study.municipality else {}
        )

    def __repr__(self) -> str:
        return f"<Plan {in_a_line(self)}>"

    def _repr_html_(self) -> str:
        """What it asks, as a notebook shows it."""
        return as_html(self)

    def __reduce__(self) -> tuple[Any, ...]:
        # A worker gets the study's text and resolves it once, not a list of all runs.
        text = self._study.model_dump_json(exclude_unset=True)
        return resolved, (text, own_clients.own_clients(self._study), self.extensions)

    def changed(self, **changes: Any) -> "Plan":
        """The plan of the same study with other keys, such as ``seeds=4``.

        Raises
        ------
        KringError
            In one line, for a key that cannot have its value.
        """
        try:
            return Plan(Study.model_validate({**self.source, **changes}))
        except ValidationError as error:
            raise KringError(first_error(error, Study)[1]) from None

    def at(self, policy: str, point: Mapping[str, Value], **changes: Any) -> "Plan":
        """The plan of one policy of the study at one point; after today's, where that is lived.

        Raises
        ------
        KringError
            In one line, for a key that cannot have its value.
        """
        vary: dict[str, Any] = {"design": "list"}
        for name, value in point.items():
            kind, _, quantity = name.partition(".")
            vary.setdefault(kind, {})[quantity] = [value]
        every, now = self.source["policies"], self.has_today
        only = [p for i, p in enumerate(every) if p["name"] == policy or (now and i == 0)]
        return self.changed(vary=vary, policies=only, **changes)

    @property
    def points(self) -> Lazily[Point]:
        """The points of the design; one empty point if nothing varies."""
        return self.design.points

    @property
    def has_own_clients(self) -> bool:
        """Whether its people are those of a table."""
        return bool(self._study.town.clients_from)

    @property
    def is_beside_first(self) -> bool:
        """Whether a table that is kept of a run says how it differs from the first policy's."""
        return GROUPS in self.tables

    def under_the_first(self, run: RunSpec) -> RunSpec:
        """The run of the first policy on the same people, at the same point."""
        return self.runs[run.number % (len(self.runs) // len(self.design.policies))]

    def see_own_clients(self) -> None:
        """See that what is told of its people is in memory, where they are those of a table.

        Raises
        ------
        KringError
            If it isn't, and the table cannot be read.
        """
        own_clients.must_be_here(self._study)

    @property
    def clients(self) -> int:
        """Clients of the town, or of the whole country."""
        return self._study.country.clients if self._study.country else self.town.clients

    @cached_property
    def town(self) -> Town:
        """The town of the first policy, at its own values, in the central set of an ensemble."""
        first = self._study.policies[0]
        _, facts = strengths.start(self._study, settings.preset_of(self._study, first), 0)
        return settings.town_of(self._study, first, facts=facts)

    @cached_property
    def parameters(self) -> Parameters:
        """The strengths of the first policy, at its own values; of an ensemble the central set."""
        return settings.parameters_of(self._study, self._study.policies[0])

    @property
    def today(self) -> Policy:
        """The policy of today, the first of the study, as who comes by the team meets it."""
        first = self.levers(0)
        return first if isinstance(first, Policy) else first["team"]

    def town_beside(self) -> dict[str, Any]:
        """What the study sets of the town beside a municipality's own figures."""
        first = self._study.policies[0]
        return self._study.town.changes() | settings.field_of(self._study, first)

    def some_sets(self, number: int) -> list[tuple[Parameters, Mapping[str, float]]]:
        """Strengths of the first policy in some sets, evenly over all, and of its town."""
        first = self._study.policies[0]
        preset = settings.preset_of(self._study, first)
        ensemble = self.ensembles[preset]
        chosen = self._study.parameters.chosen() or (ensemble.some(number) if ensemble else [0])
        return [
            (
                settings.parameters_of(self._study, first, number=one),
                strengths.start(self._study, preset, one)[1],
            )
            for one in chosen
        ]

    def levers(self, policy: int) -> Levers:
        """A policy at its own values."""
        return self.design.own[policy]

    @cached_property
    def runs(self) -> Lazily[RunSpec]:
        """All runs, by policy, point, municipality and seed."""
        places = range(self.country.municipalities) if self.country else range(-1, 0)
        points, policies = len(self.points), self.design.policies

        def at(number: int) -> RunSpec:
            rest, seed = divmod(number, len(self.seeds))
            rest, place = divmod(rest, len(places))
            policy, point = divmod(rest, points)
            town = self.seeds_at(point)[seed]
            lived = self.set_of(policy, point, town)
            return RunSpec(number, policy, point, town, places[place], set=lived)

        return Lazily(len(policies) * points * len(places) * len(self.seeds), at)

    def seeds_at(self, point: int) -> range:
        """Seeds of the towns at a point: of futures that are drawn each has towns of its own.

        Points that are laid beside each other, in a grid or for Sobol and Morris, are lived in the
        same towns.
        """
        n = len(self.seeds)
        start = self.seeds.start + point * n * self.rotates
        return range(start, start + n)

    @property
    def all_seeds(self) -> range:
        """Seeds of all towns."""
        return range(self.seeds.start, self.seeds_at(len(self.points) - 1).stop)

    @property
    def is_ensemble(self) -> bool:
        """Whether it is read over several sets of strengths."""
        return self.rotates or any(len(lived) > 1 for lived in self.sets.values())

    def set_of(self, policy: int, point: int, seed: int) -> int:
        """Which set a town lives: as many towns as `towns_a_set` live the same; 0 if but one is."""
        lived = self.sets[self._preset_at(policy, point)]
        if not lived:
            return 0
        place = point if self.rotates else (seed - self.seeds.start) // self.towns_a_set
        return lived[place % len(lived)]

    def _preset_at(self, policy: int, point: int) -> str:
        if len(self.ensembles) == 1:
            return next(iter(self.ensembles))
        varied = part(self.points[point], "parameters")
        return settings.preset_of(self._study, self._study.policies[policy], varied)

    @property
    def keys(self) -> dict[int, str]:
        """The key of each run, by its number: the same key, the same numbers, in any study.

        Measures of one's own count by what they do now.
        """
        own = made_here(self.outcomes)
        if self._keys is None or self._keys[0] != own:
            self._keys = own, run_keys(self, self._study, own)
        return self._keys[1]

    def municipalities(self, seed: int) -> list[Municipality]:
        """The municipalities of the country that is drawn with a seed."""
        if self.country is None:
            raise KringError("a study of a town has no municipalities")
        return _municipalities(self.country, self.clients, seed)

    def setup(self, run: RunSpec) -> Setup:
        """What a run takes.

        Raises
        ------
        KringError
            Where the parts of its policy contradict each other at this point.
        """
        table, point = self._study.policies[run.policy], self.points[run.point]
        varied = part(point, "parameters")
        parameters = settings.parameters_of(self._study, table, varied, run.set)
        preset = self._preset_at(run.policy, run.point)
        _, facts = strengths.start(self._study, preset, run.set)
        weeks, begins = self.policies[run.policy].weeks, self.policies[run.policy].from_week
        if run.municipality >= 0:
            one = self.municipalities(run.seed)[run.municipality]
            facts = of_its_town(facts, one.town)
            varied = part(point, "town") | settings.field_of(self._study, table, point)
            town = one.town.replace(**{**facts, **table.town, **varied})
            policy = self.levers_in(one, run.policy, point)
            seed, now = run.seed * 1000 + one.number, self.levers_in(one, 0, {})
            return Setup(town, policy, parameters, weeks, seed, now, begins, table.phase_in)
        self.see_own_clients()
        levers = self.design.levers(run.policy, point, self._levers)
        town = settings.town_of(self._study, table, point, facts)
        today = self.design.own[0]
        return Setup(town, levers, parameters, weeks, run.seed, today, begins, table.phase_in)

    def at_point(self, policy: int, point: Point) -> tuple[Levers, Town, Parameters]:
        """The levers of a policy, its town and the strengths, at a point in the central set."""
        table = self._study.policies[policy]
        _, facts = strengths.start(self._study, settings.preset_of(self._study, table), 0)
        return (
            self._levers(policy, part(point, "policy")),
            settings.town_of(self._study, table, point, facts),
            settings.parameters_of(self._study, table, part(point, "parameters")),
        )

    def levers_in(self, one: Municipality, policy: int, point: Point) -> Policy:
        """A municipality's own policy with what a policy changes at a point."""
        table = self._study.policies[policy]
        return settings.in_municipality(one.policy, table, part(point, "policy"))

    def _levers(self, policy: int, varied: Mapping[str, Value]) -> Levers:
        return settings.policy_of(self._study.policies[policy], varied)

    def identity(self, run: RunSpec) -> dict[str, Any]:
        """What identifies a run in a table: policy, point, what varies, municipality, seed."""
        known: dict[str, Any] = {"run": run.number, "policy": self.policies[run.policy].name}
        point = self.points[run.point]
        if point:
            known["point"] = run.point
        known |= point
        if run.municipality >= 0:
            known["municipality"] = run.municipality
        if any(self.sets.values()):
            known["set"] = run.set
        return known | {"seed": run.seed}

    def impossible(self, most: int) -> Iterator[tuple[RunSpec, str]]:
        """Runs whose policy contradicts itself at their point, with the reason; one seed each.

        Of at most so many points, evenly over all; of more that are drawn, so many are drawn.
        """
        if self.design.is_sampled and len(self.points) > most:
            enough = max(2, most * self.design.asked // len(self.points))
            vary = self._study.vary.model_dump(exclude_unset=True) | {"points": enough}
            yield from self.changed(vary=vary).impossible(most)
            return
        points, one_point = len(self.points), len(self.runs) // len(self.points)
        one_point //= len(self.design.policies)
        for policy, i in product(self.design.policies, range(min(most, points))):
            point = i * points // min(most, points)
            run = self.runs[(policy * points + point) * one_point]
            try:
                self.setup(run)
            except KringError as error:
                yield run, str(error)

    def client_weeks(self, policy: int) -> float:
        """How much work a run of a policy is, in client-weeks; of a country, on average."""
        weeks = self.policies[policy].weeks
        if self.country:
            people = self.clients * (PAST + weeks) / CLIENTS_OF / self.country.municipalities
            return (weeks + PAST / len(self.policies)) * people
        town = settings.town_of(self._study, self._study.policies[policy]).peopled(weeks)
        most = max(map(float, self._study.vary.town.get("clients", [town.clients])))
        alone = town.weeks_before / len(self.policies)  # lived once for all policies
        return (weeks + alone) * max(most, 1.0) / self.pieces


@lru_cache(maxsize=8)
def resolved(text: str, told: OwnClients | None, needed: tuple[extensions.Needed, ...]) -> Plan:
    """The plan of a study's text, which may come from elsewhere."""
    own_clients.keep(told)
    for one in needed:
        extensions.found(one).load()
    return Plan(Study.model_validate_json(text))


@lru_cache(maxsize=64)
def _municipalities(country: Country, clients: int, seed: int) -> list[Municipality]:
    return municipalities(country, clients, seed)
