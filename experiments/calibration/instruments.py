"""Instruments: what is measured in a simulated town with a set of values, by a row or an answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from kring.experiments.calibration.unknowns import settings_of
from kring.experiments.observations import ROWS, Row, measure
from kring.experiments.study.extensions import Needed, lived_with
from kring.simulation.ensemble import EFFECT
from kring.simulation.policy import Policy
from kring.simulation.run import simulate
from kring.simulation.town import Town
from kring.simulation.world import settle

WEEKS = 104
ANSWERS = {EFFECT: "problems", "supporters_for_all": "supporters", "cost_for_all": "cost"}


class Instrument(Protocol):
    """Measures a town. It travels to workers; how it is written tells it apart from others."""

    def measure(self, values: Mapping[str, float], seed: int, /) -> dict[str, float]:
        """What is found with a set of values, by name."""


class Observed(Instrument, Protocol):
    """An instrument that measures what was also observed."""

    @property
    def rows(self) -> Sequence[Row]:
        """What was observed, and how sure that is."""


@dataclass(frozen=True)
class Accompanied:
    """An instrument, and the extensions that take part in what it measures, on any machine.

    Attributes
    ----------
    instrument : Instrument
        What measures.
    extensions : tuple of Needed
        What takes part.
    rows : sequence of Row
        What was observed, if anything.
    """

    instrument: Instrument
    extensions: tuple[Needed, ...]
    rows: Sequence[Row] = ()

    def measure(self, values: Mapping[str, float], seed: int) -> dict[str, float]:
        """What is found with a set of values while they take part.

        Raises
        ------
        KringError
            If one isn't here, or is another than the calibration began with.
        """
        with lived_with(self.extensions):
            return self.instrument.measure(values, seed)


@dataclass(frozen=True)
class PublishedFigures:
    """The rows of the evidence.

    Attributes
    ----------
    town : Town
        Whose people, teams and prices, as far as they are known.
    clients : int
        Clients in each run.
    """

    town: Town
    clients: int

    @property
    def rows(self) -> Sequence[Row]:
        """Rows with role `calibrate`."""
        return [row for row in ROWS.values() if row.role == "calibrate"]

    def measure(self, values: Mapping[str, float], seed: int) -> dict[str, float]:
        """Every row that the model can measure, those without a say as well."""
        town, parameters = settings_of(values, self.town)
        return measure(town, parameters, seed, self.clients)


@dataclass(frozen=True)
class ConferenceForAll:
    """What a conference offered to everybody changes: the same people under either policy.

    Attributes
    ----------
    town : Town
        As that of the calibration.
    clients : int
        Clients of the town.
    seeds : int
        Towns whose mean is taken.
    """

    town: Town
    clients: int
    seeds: int = field(default=2)

    def measure(self, values: Mapping[str, float], seed: int) -> dict[str, float]:
        """Problems, supporters and cost per client after two years, against the team's own way."""
        town, parameters = settings_of(values, self.town)
        town = town.replace(clients=self.clients, conference_share=0)
        total = dict.fromkeys(ANSWERS, 0.0)
        for one in range(seed, seed + self.seeds):
            people = settle(town, parameters, one)
            team, conference = (
                simulate(
                    people, Policy.preset(policy), WEEKS, one, parameters=parameters,
                    episodes=False, threads=1,
                )
                for policy in ("wijkteam", "eigen_kracht")
            )  # fmt: skip
            for name, outcome in ANSWERS.items():
                total[name] += conference.at(outcome) - team.at(outcome)
        return {name: value / self.seeds for name, value in total.items()}
