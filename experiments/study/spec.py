"""The model of a study file: readable TOML as tables, each key with its meaning.

A study says what is asked, of which town, under which policies, what varies, and what is measured.
`load` reads and checks a file, `plan` resolves it; nothing above this folder reads these tables.
"""

from datetime import date
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
    model_validator,
)

from kring.experiments.study.quantities import KINDS, Levels, Value, with_likely
from kring.experiments.study.texts import check_texts

YEAR = 52  # weeks
SAMPLED = ("latin hypercube", "sobol", "morris")

Day = Annotated[date, Field(strict=False)]  # as TOML has it, or JSON: a text
DesignName = Literal["grid", "list", "latin hypercube", "sobol", "morris", "shapley"]


class Table(BaseModel):
    """A table of a study file: frozen, unknown keys refused; a text is no number."""

    model_config: ClassVar[ConfigDict] = ConfigDict(frozen=True, extra="forbid", strict=True)


class SettingsTable(BaseModel):
    """A preset and what differs from it; the other keys are quantities of what is set."""

    model_config: ClassVar[ConfigDict] = ConfigDict(frozen=True, extra="allow", strict=True)
    preset: str = Field("", description="Named set to start from; the first one if not given.")

    def changes(self) -> dict[str, Any]:
        """What is set here, the preset included where one is named."""
        chosen = {"preset": self.preset} if self.preset else {}
        return chosen | dict(self.model_extra or {})


class TownTable(SettingsTable):
    """The town: a preset of `kring show` and what is otherwise so."""

    clients_from: str = Field(
        "",
        description="A table of your own clients, such as mine.csv: a row a client, in CSV or "
        "Parquet; what it doesn't tell is drawn.",
    )
    clients_sha256: str = Field(
        "", pattern=r"^([0-9a-f]{64})?$", description="Hash of that table, taken as it is read."
    )
    ties_from: str = Field(
        "",
        description="A table of the networks of these clients, such as ties.csv: a row a tie; what "
        "it doesn't tell is drawn.",
    )
    ties_sha256: str = Field(
        "", pattern=r"^([0-9a-f]{64})?$", description="Hash of that table, taken as it is read."
    )


class FieldTable(SettingsTable):
    """The numbers of the field's tables that are otherwise: `kring show field`."""


class CountryTable(SettingsTable):
    """A country of municipalities in place of a town; each is lived by itself."""

    clients: int = Field(
        20_520, ge=1, description="Clients of all municipalities together, over three years."
    )


class MunicipalityTable(BaseModel):
    """A municipality in its own words in place of a town; the other keys are what it knows."""

    model_config: ClassVar[ConfigDict] = ConfigDict(frozen=True, extra="allow", strict=True)
    found: dict[str, float] = Field(
        {}, description="What it doesn't know, as a search found it where the study was run."
    )
    figures: dict[str, list[float]] = Field(
        {}, description="What its figures then are: low, middle and high over sets of strengths."
    )

    def told(self) -> dict[str, Any]:
        """What it knows of itself."""
        return dict(self.model_extra or {})


SetNumber = Annotated[int, Field(ge=1)]


class ParametersTable(SettingsTable):
    """The strengths of the mechanisms: of each set of an ensemble, or of one set."""

    preset: str = Field(
        "",
        description="`ensemble` if not given; a corner of it, `sceptical` or `hopeful`; a file of "
        "your own such as my_city.csv; or a single set such as `fitted`.",
    )
    set: SetNumber | Annotated[list[SetNumber], Field(min_length=1)] | None = Field(
        None, description="Only this set of the ensemble, or only these, such as [1, 18, 120]."
    )
    without: list[str] = Field([], description="Mechanisms to switch off, such as M5.")

    def chosen(self) -> list[int]:
        """The sets that are chosen by number; none where all may be lived."""
        given = self.set or []
        return [given] if isinstance(given, int) else given

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
    conference_from: float | None = Field(
        None,
        ge=0,
        le=13,
        description="A conference for everybody from so many problems on, in both of its readings: "
        "offered at the door, and guidance beside the team after the talk. They are two policies.",
    )
    town: dict[str, Value] = Field({}, description="What is otherwise so in its town.")
    parameters: dict[str, Value | list[str]] = Field(
        {}, description="Other strengths of the mechanisms."
    )
    field: dict[str, Value] = Field({}, description="Other numbers of the field's tables.")
    weeks: int | None = Field(None, ge=1, le=5200, description="Weeks, where it has others.")
    from_week: int = Field(
        1,
        ge=1,
        le=5200,
        description="First week of the policy; before it the first policy goes on.",
    )
    from_date: Day | None = Field(
        None, description="The same as a date, such as 2027-01-01, where the study says `begins`."
    )
    phase_in: int = Field(
        0,
        ge=0,
        le=1040,
        description="Weeks in which its numbers go, in steps, from the first policy's to its own.",
    )


class Vary(Table):
    """What varies: for each quantity its values, or from where to where it is drawn.

    ``likely`` stands for where it is thought to lie, [low, high].
    """

    design: DesignName = Field(
        "grid",
        description="grid: all combinations; list: values side by side; latin hypercube, sobol, "
        "morris: points drawn between low and high; shapley: every mix of two policies' levers.",
    )
    points: int = Field(
        64, ge=2, le=1_000_000, description="Points, Sobol's base points, or Morris's paths."
    )
    sample_seed: int = Field(
        1, ge=0, lt=2**31, description="Seed of points that are drawn: another gives other points."
    )
    file: str = Field(
        "",
        pattern=r"^([^/\\]+\.csv)?$",
        description="A design of your own: a CSV file beside this one, a line a point, a column a "
        "quantity, such as policy.offer.",
    )
    policy: dict[str, Levels] = Field({}, description="Levers, for all policies.")
    town: dict[str, Levels] = Field(
        {}, description="Quantities of the town; `likely` stands for where one is thought to lie."
    )
    parameters: dict[str, Levels] = Field(
        {},
        description="Strengths of mechanisms; `likely` stands for where one is thought to lie, and "
        "in place of the table for all that say so.",
    )
    field: dict[str, Levels] = Field({}, description="Numbers of the field's tables.")
    groups: dict[str, list[str]] = Field(
        {}, description="For shapley: levers that change together, under one name."
    )
    groups_nl: dict[str, str] = Field({}, description="What groups are called in Dutch, by name.")

    @field_validator(*KINDS, mode="before")
    @classmethod
    def _with_likely(cls, table: Any, field: ValidationInfo) -> Any:
        return with_likely(str(field.field_name), table)

    def factors(self) -> dict[str, Levels]:
        """What varies, as `policy.lever`, `town.quantity`, `parameters.strength` and so on."""
        return {f"{kind}.{name}": v for kind in KINDS for name, v in getattr(self, kind).items()}


class BudgetTable(Table):
    """A budget: what the municipality may pay, and the levers that may move within it."""

    ceiling: float | str = Field(
        "+5%",
        description="What may be paid at most in a year: '+5%' of what the first policy pays, or "
        "EUR for each new client.",
    )
    total: float | None = Field(
        None, gt=0, description="In place of `ceiling`: EUR that the whole town may pay in a year."
    )
    policy: dict[str, list[float]] = Field(
        min_length=1, description="Levers that may move, each between [low, high]."
    )
    prices: dict[str, float] = Field(
        {},
        description="EUR a year for each new client that a lever costs beside what the model "
        "books, for each unit above the first policy.",
    )
    combinations: int = Field(48, ge=4, le=2000, description="Combinations that are screened.")
    rounds: int = Field(4, ge=0, le=100, description="Rounds in which the best are refined.")
    sets: int = Field(6, ge=1, le=200, description="Sets in which a combination is tried.")
    best: int = Field(3, ge=1, le=10, description="Combinations that are lived in all sets.")
    found: list[dict[str, float]] = Field(
        [], description="The best ones, where they have been found: they are lived, not sought."
    )


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
    reading: str = Field(
        "",
        description="A reading of the casebook by name, or a Python file beside this one, such as "
        "reading.py, which runs only where the command line names it.",
    )
    extensions: list[Annotated[str, Field(pattern=r"^[A-Za-z_]\w*$")]] = Field(
        [],
        description='Extensions that it needs, such as ["visitors"]: mechanisms of your own, which '
        "take part only where the command line allows them (`--extension`).",
    )
    weeks: int = Field(
        104,
        ge=1,
        le=5200,
        description="Weeks that are lived; if not given, what `years` and `after_entry` take.",
    )
    begins: Day | None = Field(None, description="Date of week 1, such as 2026-01-01.")
    years: list[Annotated[int, Field(ge=1, le=100)]] = Field(
        [],
        description="Years in which outcomes are measured, such as [1, 2, 5]: at the end of each, "
        "and what is added up over a year in it.",
    )
    after_entry: list[Annotated[int, Field(ge=1, le=5200)]] = Field(
        [],
        description="Weeks since a client's own entry at which outcomes are measured, such as "
        "[26, 52, 104].",
    )
    cohorts: list[Annotated[int, Field(ge=1, le=100)]] = Field(
        [1], min_length=1, description="Years in which those came who are looked at `after_entry`."
    )
    sets: SeedCount | None = Field(
        None,
        description="Sets of an ensemble that are lived, evenly over all it has; 200 if not given, "
        "and no more than it has. "
        "Of a latin hypercube each point has a set of its own.",
    )
    seeds: SeedCount | None = Field(
        None,
        description="Towns drawn for each set: 2 if not given, which tell chance from strengths; "
        "10 of a single set.",
    )
    first_seed: int = Field(1, ge=0, lt=2**62, description="Seed of the first town.")
    outcomes: list[str] = Field(
        ["problems", "supporters", "cost"],
        min_length=1,
        description="What is measured (`kring show measures`); `problems:team` only for a route "
        "of entry, `problems@52` in that week, `problems@year5` in that year, `problems@year1+52` "
        "52 weeks after the entry of who came in year 1.",
    )
    tables: list[str] = Field([], description="Long tables to keep as well, such as `weekly`.")
    pieces: int = Field(
        1, ge=1, le=16, description="Live each town in so many pieces, where memory is short."
    )
    town: TownTable = TownTable()
    municipality: MunicipalityTable | None = Field(
        None,
        description="A municipality of one's own in place of a town's preset, in the words in "
        "which it knows itself; or the file, such as mine.toml, that has it.",
    )
    country: CountryTable | None = Field(None, description="A country in place of a town.")
    parameters: ParametersTable = ParametersTable()
    field: FieldTable = FieldTable()
    policies: list[PolicyTable] = Field(min_length=1, description="The first is compared with.")
    vary: Vary = Vary()
    budget: BudgetTable | None = Field(
        None, description="What may be paid, and the levers that may move: the best are sought."
    )
    ensembles: dict[str, str] = Field(
        {}, description="Ensembles of one's own by file name, taken up where they are read."
    )
    together: bool = Field(
        False,
        description="Whether 95% intervals hold for all outcomes and policies together, as far as "
        "chance goes (Bonferroni), and not each by itself.",
    )
    precision: dict[str, Annotated[float, Field(gt=0)]] = Field(
        {}, description="Half width wanted of the 95% interval, by outcome."
    )

    @model_validator(mode="before")
    @classmethod
    def _has_only_texts(cls, content: Any) -> Any:
        check_texts(content)
        return content

    @model_validator(mode="after")
    def _long_enough(self) -> Self:
        if "weeks" not in self.model_fields_set and (self.years or self.after_entry):
            first = [year * YEAR + after for year in self.cohorts for after in self.after_entry]
            object.__setattr__(self, "weeks", max([*first, *(year * YEAR for year in self.years)]))
        return self
