"""Clients: what is true of one, and what can be told of one."""

from typing import TYPE_CHECKING

import mesa

from experiments.benchmark.plain_mesa import case, people
from simulation.rows import GUIDED, MAPPING, NETWORK_PLAN, NO_PLAN, NOT_YET, WAITING

if TYPE_CHECKING:
    from experiments.benchmark.plain_mesa.member import Tie
    from experiments.benchmark.plain_mesa.professional import Professional
    from experiments.benchmark.plain_mesa.team import Team
    from simulation.policy import Policy


class Client(mesa.Agent):
    """Somebody with problems, a network, and after entry a case."""

    def __init__(self, model: mesa.Model, entrance: str, team: "Team") -> None:
        super().__init__(model)
        self.entrance = entrance
        self.team = team
        self.policy: Policy = model.policies[entrance]
        self.stage = NOT_YET
        self.plan = NO_PLAN
        self.caseworker: Professional | None = None
        self.coordinator: Professional | None = None
        self.helpers: dict[int, Professional] = {}  # by discipline
        self.helping: list[Tie] = []
        self.network = self.counted_on = self.at_table = self.attended = self.solved = 0
        self.proposed = self.accepted = self.conference = False
        self.carried_out = self.cooperation = False
        self.hours_talked = self.hours_mapped = 0.0
        self.hours_professional = self.hours_network = self.cost = 0.0
        self.network_help = self.professional_help = 0.0
        people.draw_background(self)
        people.draw_problems(self)
        people.draw_network(self)

    @property
    def problems(self) -> int:
        """Number of problems."""
        return len(self.level)

    @property
    def severity(self) -> int:
        """Sum of the levels."""
        return sum(self.level.values())

    @property
    def supporters(self) -> int:
        """Number of members who give support."""
        return len(self.helping)

    @property
    def alone(self) -> bool:
        """Whether nobody gives support."""
        return not self.helping

    @property
    def professionals(self) -> int:
        """Number of professional helpers."""
        return len(self.helpers)

    @property
    def waiting(self) -> bool:
        """Whether the client waits for a talk."""
        return self.stage == WAITING

    @property
    def in_care(self) -> bool:
        """Whether the case is open and the talk held."""
        return self.stage in (MAPPING, GUIDED)

    @property
    def convener(self) -> "Professional":
        """Whose hours go into the network."""
        return self.coordinator or self.caseworker

    @property
    def made_it_together(self) -> bool:
        """Whether the network made a plan that is carried out."""
        return self.plan == NETWORK_PLAN and self.carried_out

    def helper(self, domain: int) -> "Professional | None":
        """The professional who helps with this domain."""
        return self.helpers.get(self.model.field.discipline[domain])

    def answer_proposal(self) -> None:
        """Accept or decline that the network is brought together."""
        self.proposed = True
        self.begins_week = self.model.week
        self.accepted = self.entrance == "conference" or self.random.random() < self.policy.uptake

    def is_taken_in(self, worker: "Professional") -> None:
        """Get a caseworker; who has accepted already needs no talk."""
        self.caseworker = worker
        self.with_worker = self.model.week
        worker.cases += 1
        if self.accepted:
            case.begin_to_prepare(self)
        else:
            worker.wanted_talk += self.model.parameters.talk_hours
