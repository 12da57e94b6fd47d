"""Study files: a study as readable TOML, checked, with messages that name file, line and key.

A study says what is asked, of which town, under which policies, what varies, and what is measured.
`checks.py` says what makes no sense, `schema.py` makes the schema for editors.
"""

import json
import re
import tomllib
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from experiments.study.errors import first_error
from experiments.study.not_toml import not_toml
from experiments.study.toml_lines import line_of
from experiments.study.values import check_values
from simulation.errors import KringError, nearest
from simulation.parameters import Parameters
from simulation.policy import Policy
from simulation.settings import Settings
from simulation.town import Town

SHIPPED = Path(__file__).parents[1] / "studies"
SAMPLED = ("latin hypercube", "sobol", "morris")

Design = Literal["grid", "list", "latin hypercube", "sobol", "morris", "shapley"]
KINDS: dict[str, type[Settings]] = {"policy": Policy, "town": Town, "parameters": Parameters}
HEADINGS = {"policy": "[[policies]]", "town": "[town]", "parameters": "[parameters]"}
Value = float | str
Levels = list[Value]


class Table(BaseModel):
    """A table of a study file: frozen, unknown keys refused; a text is no number."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class SettingsTable(BaseModel):
    """A preset and what differs from it; the other keys are quantities of what is set."""

    model_config = ConfigDict(frozen=True, extra="allow", strict=True)
    preset: str = Field("", description="Named set to start from; the first one if not given.")

    def changes(self) -> dict[str, Any]:
        """What is set here, the preset included where one is named."""
        chosen = {"preset": self.preset} if self.preset else {}
        return chosen | dict(self.model_extra or {})


class TownTable(SettingsTable):
    """The town: a preset of `kring show` and what is otherwise so."""


class CountryTable(SettingsTable):
    """A country of municipalities in place of a town; each is lived by itself."""

    clients: int = Field(
        20_520, ge=1, description="Clients of all municipalities together, over three years."
    )


class ParametersTable(SettingsTable):
    """The strengths of the mechanisms."""

    without: list[str] = Field([], description="Mechanisms to switch off, such as M5.")

    def changes(self) -> dict[str, Any]:
        """What is set here, and which mechanisms are silent."""
        return super().changes() | ({"without": self.without} if self.without else {})


class PolicyTable(SettingsTable):
    """One policy: what it is called, the preset it starts from, and its levers."""

    name: str = Field(
        min_length=1,
        pattern=r"^[^_\s]",  # figures leave out of their legend what begins with _
        description="What the policy is called in tables and figures.",
    )
    nl: str = Field("", description="The same in Dutch.")
    conference: dict[str, Value] = Field(
        {}, description="What those meet who enter by a conference, where that is another policy."
    )
    town: dict[str, Value] = Field({}, description="What is otherwise so in its town.")
    parameters: dict[str, Value | list[str]] = Field(
        {}, description="Other strengths of the mechanisms."
    )
    weeks: int | None = Field(None, ge=1, le=5200, description="Weeks, where it has others.")

    def called(self, language: str) -> str:
        """Its name in a language."""
        return (self.nl or self.name) if language == "nl" else self.name


class Vary(Table):
    """What varies: for each quantity its values, or from where to where it is drawn."""

    design: Design = Field(
        "grid",
        description="grid: all combinations; list: values side by side; latin hypercube, sobol, "
        "morris: points drawn between low and high; shapley: every mix of two policies' levers.",
    )
    points: int = Field(
        64, ge=2, le=1_000_000, description="Points, Sobol's base points, or Morris's paths."
    )
    policy: dict[str, Levels] = Field({}, description="Levers, for all policies.")
    town: dict[str, Levels] = Field({}, description="Quantities of the town.")
    parameters: dict[str, Levels] = Field({}, description="Strengths of mechanisms.")
    groups: dict[str, list[str]] = Field(
        {}, description="For shapley: levers that change together, under one name."
    )
    groups_nl: dict[str, str] = Field({}, description="What groups are called in Dutch, by name.")

    def called(self, group: str, language: str) -> str:
        """The name of a group in a language."""
        return self.groups_nl.get(group, group) if language == "nl" else group

    def factors(self) -> dict[str, Levels]:
        """What varies, as `policy.lever`, `town.quantity`, `parameters.strength`."""
        kinds = {"policy": self.policy, "town": self.town, "parameters": self.parameters}
        return {f"{kind}.{name}": v for kind, table in kinds.items() for name, v in table.items()}

    @cached_property
    def key(self) -> str:
        """All that the points of the design follow from, as JSON."""
        about = {"design": self.design, "points": self.points, "groups": self.groups}
        return json.dumps(about | {"factors": self.factors()})


SeedCount = Annotated[int, Field(ge=1, le=100_000)]


class Study(Table):
    """A study: the question and all that its runs depend on.

    Attributes are the keys of the file; each stands in the schema with its meaning.
    """

    name: str = Field(
        "",
        pattern=r"^(\w[\w .+-]{0,79})?$",
        description="Name of the study and its folder; the file's if not given.",
    )
    question: str = Field("", description="The question, in a sentence.")
    question_nl: str = Field("", description="The same in Dutch.")
    literature: str = Field("", description="What is known from elsewhere, with codes.")
    literature_nl: str = Field("", description="The same in Dutch.")
    reading: str = Field("", description="Script that reads it, where the general one says less.")
    weeks: int = Field(104, ge=1, le=5200, description="Weeks that are lived.")
    seeds: SeedCount = Field(10, description="Towns drawn for each point.")
    first_seed: int = Field(1, ge=0, lt=2**62, description="Seed of the first town.")
    outcomes: list[str] = Field(
        ["problems", "supporters", "cost"],
        min_length=1,
        description="What is measured (`kring show measures`); `problems:team` only for a route "
        "of entry, `problems@52` in that week.",
    )
    tables: list[str] = Field([], description="Long tables to keep as well, such as `weekly`.")
    pieces: int = Field(
        1, ge=1, le=16, description="Live each town in so many pieces, where memory is short."
    )
    town: TownTable = TownTable()
    country: CountryTable | None = Field(None, description="A country in place of a town.")
    parameters: ParametersTable = ParametersTable()
    policies: list[PolicyTable] = Field(min_length=1, description="The first is compared with.")
    vary: Vary = Vary()
    precision: dict[str, Annotated[float, Field(gt=0)]] = Field(
        {}, description="Half width wanted of the 95% interval, by outcome."
    )

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        from experiments.study.checks import check_names, check_varied

        check_names(self)
        check_varied(self)
        return self

    def called(self, language: str) -> dict[str, str]:
        """Names of the policies in a language."""
        return {policy.name: policy.called(language) for policy in self.policies}

    def sized(self, **changes: Any) -> Self:
        """The same study with other numbers of clients, seeds, points and the like."""
        return type(self).model_validate({**self.model_dump(exclude_unset=True), **changes})

    def with_options(
        self,
        quick: bool = False,
        clients: int | None = None,
        seeds: int | None = None,
        first_seed: int | None = None,
        parameters: str | None = None,
    ) -> Self:
        """The same study as the options of the command line want it."""
        changes: dict[str, Any] = {}
        if clients:
            table = "country" if self.country else "town"
            changes[table] = {**getattr(self, table).model_dump(), "clients": clients}
        if parameters:
            changes["parameters"] = {**self.parameters.model_dump(), "preset": parameters}
        given = {"seeds": seeds, "first_seed": first_seed}
        changes |= {name: value for name, value in given.items() if value is not None}
        try:
            sized = self.sized(**changes)
        except ValidationError as error:
            raise KringError(first_error(error, Study)[1]) from None
        return sized.quick() if quick else sized

    def quick(self) -> Self:
        """A small version, to see that all works: at most 600 clients, 3 seeds, 8 points."""
        town = self.town_of(self.policies[0])
        changes: dict[str, Any] = {"seeds": min(self.seeds, 3)}
        if self.country:
            changes["country"] = {
                **self.country.model_dump(),
                "municipalities": 40,
                "clients": 2400,
            }
        else:
            changes["town"] = {**self.town.model_dump(), "clients": min(town.clients, 600)}
        if self.vary.design in SAMPLED:
            vary = self.vary.model_dump(exclude_unset=True)
            changes["vary"] = {**vary, "points": min(self.vary.points, 8)}
        return self.sized(**changes)

    def town_of(self, policy: PolicyTable, varied: dict[str, Value] | None = None) -> Town:
        """The town in which a policy is lived at a point."""
        return build(Town, self.town.changes(), policy.town, varied)

    def parameters_of(
        self, policy: PolicyTable, varied: dict[str, Value] | None = None
    ) -> Parameters:
        """The strengths with which a policy is lived at a point."""
        given = self.parameters.changes() | policy.parameters | (varied or {})
        without = given.pop("without", [])
        without = [without] if isinstance(without, str) else without
        silent = [code for code in without if code != "nothing"]
        return build(Parameters, given).without(*silent)

    def policy_of(
        self, policy: PolicyTable, varied: dict[str, Value] | None = None
    ) -> Policy | dict[str, Policy]:
        """The policy with its levers at a point; by route of entry where these differ."""
        team = build(Policy, policy.changes(), varied)
        if not policy.conference:
            return team
        return {"team": team, "conference": build(Policy, policy.conference, varied)}


def build(kind: type[Settings], *tables: dict[str, Any] | None) -> Any:
    """Settings from a preset and changes; later tables go before earlier ones."""
    changes: dict[str, Any] = {}
    for table in tables:
        changes |= table or {}
    preset = changes.pop("preset", kind.presets()[0])
    check_values(kind, changes)
    try:
        return _built(kind, preset, tuple(changes.items()))
    except TypeError:  # what cannot be a key of the cache is no value either; say so
        return kind.preset(preset, **changes)


@lru_cache(maxsize=1024)
def _built(kind: type[Settings], preset: str, changes: tuple[tuple[str, Any], ...]) -> Settings:
    return kind.preset(preset, **dict(changes))


def shipped() -> dict[str, Path]:
    """The studies that come with Kring, by name; the examples last."""
    found = sorted(SHIPPED.rglob("*.toml"), key=lambda path: (path.parent, path.stem))
    return {path.stem: path for path in found}


def find(name: str) -> Path:
    """The file of a study: a path, or the name of one that comes with Kring.

    Raises
    ------
    KringError
        If there is no such file.
    """
    path = Path(name)
    is_path = path.suffix == ".toml"
    if is_path and path.is_file():
        return path
    if path.stem in shipped() and (not is_path or path.parent == Path(".")):
        return shipped()[path.stem]
    beside = [str(p) for p in path.parent.glob("*.toml")] if path.parent.is_dir() else []
    said = f"no file {name}" if is_path else f"no study {name!r}"
    raise KringError(f"{said}; {nearest(name, [*beside, *shipped()])}")


def read(path: Path) -> Study:
    """Read a study file.

    Raises
    ------
    KringError
        In one line with file, line and key, for what cannot be read or makes no sense.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
        content = tomllib.loads(text)
    except OSError as error:
        raise KringError(f"cannot read {path}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise KringError(f"cannot read {path}: it is no text in UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise KringError(not_toml(path, text, str(error))) from None
    try:
        study = Study.model_validate(content)
    except (ValidationError, KringError) as error:
        keys, message = first_error(error, Study)
        line = line_of(text, keys, message)
        place = f"{path}, line {line}" if line else str(path)
        raise KringError(f"{place}: {if_stray(keys, message)}") from None
    return study if study.name else study.sized(name=path.stem)


def if_stray(keys: tuple[str, ...], message: str) -> str:
    """The message, or a better one where a key stands in another table than its own."""
    named = re.search(r"(?:no key|has no|vary\.\w+: no) '(\w+)'; ", message)
    if not named:
        return message
    said = message[: named.end()]
    if named[1] in Study.model_fields:
        return f"{said}it is a key of the whole study and stands above the first [table]"
    for kind, settings in KINDS.items():
        if named[1] in settings.declared():
            heading = f"[vary.{kind}]" if keys[:1] == ("vary",) else HEADINGS[kind]
            return f"{said}it stands under {heading}"
    return message
