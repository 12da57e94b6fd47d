"""Observations of one's own: a survey among the clients of one's own city, as a file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from typing import Annotated, ClassVar

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kring.experiments.calibration.unknowns import settings_of
from kring.experiments.observations import Row
from kring.experiments.study.as_tables import plain
from kring.experiments.study.extensions import if_of_extension
from kring.experiments.study.messages import first_error
from kring.experiments.study.texts import check_texts
from kring.experiments.study.toml_file import toml_of
from kring.experiments.study.toml_lines import Keys, line_of
from kring.simulation.beside import krings, outcomes
from kring.simulation.errors import KringError, nearest, shown
from kring.simulation.interview import interview
from kring.simulation.parameters import Parameters
from kring.simulation.policy import Policy
from kring.simulation.rows import CLIENT, ENTRANCES, empty_rows
from kring.simulation.run import simulate
from kring.simulation.town import Town

WEEKS_A_MONTH = 52 / 12
YEAR = 52
LOOKS = 2  # weeks between two looks at the clients
CODED = ("owed",)  # answers that are no numbers
NAME = r"(\w[\w+-]{0,79})?"  # of an ensemble, and of its file
UNNAMED = "survey"
Figures = dict[str, list[float]]


class Table(BaseModel):
    """A table of the file; another key than those declared is an error."""

    model_config: ClassVar[ConfigDict] = ConfigDict(frozen=True, extra="forbid")


class Observations(Table):
    """A survey among clients: how many were asked, when, and what they answered on average.

    Attributes are the keys of the file.
    """

    name: str = Field("", pattern=f"^{NAME}$", description="Name of the ensemble.")
    about: str = Field("", description="What was observed, in a sentence.")
    about_nl: str = Field("", description="The same in Dutch.")
    clients: int = Field(ge=2, description="Clients who were asked at each moment.")
    months: list[Annotated[float, Field(ge=0, le=120)]] = Field(
        min_length=1, description="When, in months since a client's plan was made."
    )
    route: str = Field("team", description="Route by which the clients came: team or conference.")
    policy: str = Field("wijkteam", description="How the city's teams work: a preset.")
    levers: dict[str, float | str] = Field({}, description="In which levers they work otherwise.")
    town: dict[str, float] = Field({}, description="What is known of the town.")
    discrepancy: float = Field(
        0.05, ge=0, le=1, description="What the model may be off by, as part of each figure."
    )
    means: Figures = Field(
        min_length=1, description="Mean of each answer at each moment, or at the first ones."
    )
    spread: Figures = Field(
        {}, description="Standard deviation between clients; as the model's own, if not given."
    )


@dataclass(frozen=True)
class OwnSurvey:
    """A survey of one's own, held in a simulated town.

    Attributes
    ----------
    seen : Observations
        What was observed.
    size : int
        Clients of the simulated town.
    rows : tuple of Row
        What was observed, and how sure that is.
    """

    seen: Observations
    size: int
    rows: tuple[Row, ...] = ()

    @classmethod
    def of(cls, seen: Observations, size: int) -> "OwnSurvey":
        """The survey with its rows; spreads that are not given are those of simulated clients."""
        survey = cls(seen, size)
        answers = survey.answers(*settings_of({}, survey.town), seed=1)
        return cls(seen, size, tuple(survey.row(*key, answers) for key in survey.keys))

    @property
    def keys(self) -> list[tuple[str, int]]:
        """Question and moment of each figure."""
        return [(q, i) for q, values in self.seen.means.items() for i in range(len(values))]

    @property
    def town(self) -> Town:
        """The city, as far as it is known."""
        only = {"team": 0.0, "conference": 1.0}[self.seen.route]
        return Town().replace(**{"conference_share": only, **self.seen.town, "clients": self.size})

    def row(self, question: str, moment: int, answers: Mapping[str, list[np.ndarray]]) -> Row:
        """A figure and how sure it is."""
        value, given = self.seen.means[question][moment], self.seen.spread.get(question, ())
        if moment < len(given):
            spread, why = given[moment], "as observed"
        else:
            spread, why = float(np.nanstd(answers[question][moment])), "as simulated clients differ"
        sd = max(spread, 1e-3) / sqrt(self.seen.clients)
        discrepancy = self.seen.discrepancy * abs(value)
        how = "mean of all clients, so long after their plan"
        return Row(self.id(question, moment), value, sd, discrepancy, why, how)

    def id(self, question: str, moment: int) -> str:
        """What a figure is called: `problems, month 6`."""
        return f"{question.replace('_', ' ')}, month {self.seen.months[moment]:g}"

    def measure(self, values: Mapping[str, float], seed: int) -> dict[str, float]:
        """Mean answers of all clients, by figure."""
        answers = self.answers(*settings_of(values, self.town), seed)
        return {
            self.id(q, i): float(np.nanmean(answers[q][i])) if answers[q][i].size else np.nan
            for q, i in self.keys
        }

    def answers(self, town: Town, parameters: Parameters, seed: int) -> dict[str, list[np.ndarray]]:
        """What all clients answer, by question and moment, counted from their own plan."""
        after = [round(month * WEEKS_A_MONTH) for month in self.seen.months]
        weeks = 2 * YEAR + max(after)  # a year in which they come, and one in which plans are made
        looks = np.arange(LOOKS, weeks + 1, LOOKS)
        policy = Policy.preset(self.seen.policy, **self.seen.levers)
        result = simulate(
            town, policy, weeks, seed, parameters=parameters, keep=looks.tolist(),
            episodes=False, threads=1,
        )  # fmt: skip
        planned = result.client_rows["plan_week"]
        by_route = result.client_rows["entrance"] == ENTRANCES.index(self.seen.route)
        planned = np.where(by_route, planned, -1)
        nobody = np.empty(0)
        found = {question: [nobody] * len(after) for question in self.seen.means}
        own = result.beside.outcomes
        for moment, week in enumerate(after):
            look = np.searchsorted(looks, planned + week + 1)
            asked = np.flatnonzero((planned >= 0) & (look < len(looks)))
            rows = np.empty(len(asked), result.client_rows.dtype)
            for at in np.unique(look[asked]):
                there = look[asked] == at
                rows[there] = result.kept[int(looks[at])][asked[there]]
            said = interview(krings(rows), parameters)
            for question in found:
                is_own = question in own
                told = rows[own[question].column] if is_own else said[question.replace("_", " ")]
                found[question][moment] = told.astype(float)
        return found


def questions() -> list[str]:
    """What can be asked, in the words of a file: answers, and outcomes of extensions."""
    said = interview(empty_rows(CLIENT, 1), Parameters())
    asked = [question.replace(" ", "_") for question in said if question not in CODED]
    return [*asked, *outcomes()]


def read(given: Path | str | Mapping[str, object]) -> Observations:
    """The observations in a file, or in its keys.

    Raises
    ------
    KringError
        In one line with file, line and key, for what cannot be read or makes no sense.
    """
    if isinstance(given, Mapping):
        return seen_in(plain(given), UNNAMED, lambda _keys, message: f"the survey: {message}")
    if not isinstance(given, str | Path):
        raise KringError(f"{shown(given)} is no survey: give a file (.toml) or its keys")
    path = Path(given)
    text, content = toml_of(path)

    def placed(keys: Keys, message: str) -> str:
        line = line_of(text, keys, message)
        told = if_of_extension(message, path.parent)
        return f"{path}{f', line {line}' if line else ''}: {told}"

    return seen_in(content, path.stem, placed)


def seen_in(
    content: Mapping[str, object], name: str, placed: Callable[[Keys, str], str]
) -> Observations:
    """The observations in the keys of a file; what is wrong is told with its place."""
    try:
        check_texts(content)
        seen = Observations.model_validate({**content, "name": content.get("name") or name})
        check(seen)
    except (ValidationError, KringError) as error:
        keys, message = first_error(error, Observations)
        raise KringError(placed(keys, message)) from None
    return seen


def check(seen: Observations) -> None:
    """Refuse what makes no sense.

    Raises
    ------
    KringError
        In one line that names the nearest right thing.
    """
    known = questions()
    if seen.route not in ENTRANCES:
        raise KringError(f"route: no {seen.route!r}; {nearest(seen.route, ENTRANCES)}")
    Policy.preset(seen.policy, **seen.levers)
    Town().replace(**seen.town)
    for name, table in (("means", seen.means), ("spread", seen.spread)):
        for question, values in table.items():
            if question not in known:
                raise KringError(f"{name}: no key {question!r}; {nearest(question, known)}")
            if not 1 <= len(values) <= len(seen.months):
                raise KringError(
                    f"{name}.{question}: {len(values)} figures for {len(seen.months)} months"
                )
    for question in seen.spread:
        if question not in seen.means:
            raise KringError(f"spread: no mean of {question!r}; {nearest(question, seen.means)}")
