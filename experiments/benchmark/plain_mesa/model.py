"""The plain Mesa model: who lives in the town, and the week in its order."""

import math
from collections.abc import Callable, Mapping

import mesa
import numpy as np

from kring.experiments.benchmark.plain_mesa import (
    agency,
    case,
    closing,
    entrance,
    guidance,
    mobilisation,
    neighbourhood,
    problem,
    support,
)
from kring.experiments.benchmark.plain_mesa.client import Client
from kring.experiments.benchmark.plain_mesa.numbers import Field
from kring.experiments.benchmark.plain_mesa.professional import Professional
from kring.experiments.benchmark.plain_mesa.team import Team
from kring.simulation.money import KINDS
from kring.simulation.parameters import Parameters
from kring.simulation.people import log_odds_of_problems
from kring.simulation.policy import Policy
from kring.simulation.rows import ENTRANCES, NOT_YET
from kring.simulation.town import Town

OUTCOMES = (
    *("problems", "severity", "network", "supporters", "alone", "professionals", "network_help"),
    *("cooperation", "waiting", "in_care", "hours_professional", "hours_mapped", "hours_network"),
    *("solved", "cost", "outside", "returns", "refused", "in_group"),
)
WEEK = (
    (Team, Team.come_to_work),
    (Client, entrance.come),
    (Professional, Professional.clear_week),
    (Client, case.wait_for_talk),
    (Team, Team.take_in),
    (Team, Team.give_out_coordinators),
    (Client, case.ask_for_hours),
    (Team, Team.want_beside_cases),
    (Professional, Professional.share_out_hours),
    (Team, Team.use_week),
    (Client, guidance.be_guided),
    (Client, mobilisation.mobilise),
    (Client, case.hold_talk),
    (Client, agency.answer),
    (Client, support.be_helped),
    (Client, problem.live_with_problems),
    (Client, support.reconsider),
    (Team, Team.open_groups),
    (Client, neighbourhood.take_part),
    (Client, closing.close_or_come_back),
)


class PlainMesaModel(mesa.Model):
    """A town under policies, as a plain Mesa model; one step is a week.

    Parameters
    ----------
    town : Town, optional
    policy : Policy or mapping, optional
        One policy, or one for each route of entry.
    parameters : Parameters, optional
    rng : int, optional
        Seed of the shared stream.
    """

    def __init__(
        self,
        town: Town | None = None,
        policy: Policy | Mapping[str, Policy] | None = None,
        parameters: Parameters | None = None,
        rng: int | None = None,
    ) -> None:
        super().__init__(rng=rng)
        self.town = town or Town()
        self.parameters = parameters or Parameters()
        policy = policy or Policy()
        self.policies = (
            dict(policy) if isinstance(policy, Mapping) else dict.fromkeys(ENTRANCES, policy)
        )
        self.field = Field(self.parameters, self.town.severity)
        self.log_odds = {
            entrance: log_odds_of_problems(
                getattr(self.town, f"problems_{entrance}"), self.town.problems_spread
            )
            for entrance in ENTRANCES
        }
        self.week = 0
        self.settle()
        self.collector = mesa.DataCollector(
            model_reporters={"entered": lambda model: len(model.entered)}
            | {name: self.mean_of(name) for name in OUTCOMES}
            | {name: self.sum_over_teams(name) for name in Team.BOOKS}
            | {f"spent_{kind}": self.spent_on(kind) for kind in KINDS}
        )

    def settle(self) -> None:
        """Make the teams, and then their clients."""
        n, n_teams = self.town.clients, self.town.teams
        homes = [c * n_teams // n for c in range(n)]
        teams = [Team(self, homes.count(t)) for t in range(n_teams)]
        share = self.town.conference_share
        for c, home in enumerate(homes):
            is_conference = int((c + 1) * share) > int(c * share)
            Client(self, ENTRANCES[is_conference], teams[home])

    @staticmethod
    def mean_of(attribute: str) -> Callable[["PlainMesaModel"], float]:
        """Reporter of a mean over the clients who have entered."""
        return lambda model: (
            float(model.entered.agg(attribute, np.mean)) if model.entered else math.nan
        )

    @staticmethod
    def sum_over_teams(attribute: str) -> Callable[["PlainMesaModel"], float]:
        """Reporter of a sum over the teams."""
        return lambda model: model.agents_by_type[Team].agg(attribute, sum)

    @staticmethod
    def spent_on(kind: str) -> Callable[["PlainMesaModel"], float]:
        """Reporter of what was spent this week on something."""
        return lambda model: sum(team.spent[kind] for team in model.agents_by_type[Team])

    def step(self) -> None:
        """Live a week."""
        for kind, phase in WEEK:
            self.agents_by_type[kind].do(phase)
        self.week += 1
        self.entered = self.agents_by_type[Client].select(lambda c: c.stage != NOT_YET)
        self.collector.collect(self)
