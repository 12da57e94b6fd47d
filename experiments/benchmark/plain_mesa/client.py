"""Clients: what is true of one, and what can be told of one."""

from typing import TYPE_CHECKING

import mesa

from kring.experiments.benchmark.plain_mesa import case, guidance, people
from kring.simulation.choices import INTAKE
from kring.simulation.rows import (
    GUIDED,
    MAPPING,
    NETWORK_PLAN,
    NO_PLAN,
    NOT_YET,
    OUTSIDE,
    WAITING,
    WORKER_PLAN,
)

if TYPE_CHECKING:
    from kring.experiments.benchmark.plain_mesa.member import Tie
    from kring.experiments.benchmark.plain_mesa.professional import Professional
    from kring.experiments.benchmark.plain_mesa.team import Team
    from kring.simulation.policy import Policy


class Client(mesa.Agent):
    """Somebody with problems, a network, and after entry a case."""

    def __init__(self, model: mesa.Model, entrance: str, team: "Team") -> None:
        super().__init__(model)
        self.entrance = entrance
        self.team = team
        team.clients.append(self)
        self.policy: Policy = model.policies[entrance]
        self.stage = NOT_YET
        self.plan = NO_PLAN
        self.caseworker: Professional | None = None
        self.coordinator: Professional | None = None
        self.helpers: dict[int, Professional] = {}  # by discipline
        self.referred: set[int] = set()  # disciplines
        self.to_agency: dict[int, bool] = {}  # by discipline, once asked
        self.helping: list[Tie] = []
        self.hidden: set[int] = set()  # domains
        self.brewing: set[int] = set()  # domains
        self.comes_week: int | None = None  # by referral
        self.network = self.counted_on = self.at_table = self.attended = self.solved = 0
        self.returns = self.refused = 0
        self.proposed = self.accepted = self.conference = False
        self.carried_out = self.cooperation = self.helped_meanwhile = self.in_group = False
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
    def heaviest(self) -> int:
        """Level of the heaviest problem."""
        return max(self.level.values(), default=0)

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
    def at_agencies(self) -> list[int]:
        """Disciplines in which an agency helps."""
        return [d for d, helper in self.helpers.items() if helper.is_agency]

    @property
    def outside(self) -> bool:
        """Whether the client is in need, and not at the team yet."""
        return self.stage == OUTSIDE

    @property
    def waiting(self) -> bool:
        """Whether the client waits for a talk."""
        return self.stage == WAITING

    @property
    def in_care(self) -> bool:
        """Whether the case is open and the talk held."""
        return self.stage in (MAPPING, GUIDED)

    @property
    def is_open(self) -> bool:
        """Whether there is a case, talk held or not."""
        return self.stage in (WAITING, MAPPING, GUIDED)

    @property
    def with_team(self) -> bool:
        """Whether the team helps: by the plan, or until the network has met."""
        return self.stage == GUIDED or (self.stage == MAPPING and self.helped_meanwhile)

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
        """Get a caseworker; who has accepted already, and has no plan yet, needs no talk."""
        self.is_held_by(worker)
        if self.accepted and self.plan == NO_PLAN:
            case.begin_to_prepare(self)
        else:
            worker.wanted[INTAKE] += self.model.parameters.talk_hours

    def is_held_by(self, worker: "Professional") -> None:
        """Be the case of this worker."""
        self.caseworker = worker
        self.with_worker = self.model.week
        worker.held += 1
        worker.cases += worker not in self.helpers.values()

    def gives_up_worker(self) -> None:
        """Be the case of this worker no longer; (s)he may remain a helper."""
        worker = self.caseworker
        worker.held -= 1
        worker.cases -= worker not in self.helpers.values()

    def is_passed_on(self) -> None:
        """Become the case of a colleague; who still has to help is called in anew."""
        for discipline, helper in list(self.helpers.items()):
            if helper is self.caseworker:
                guidance.release(self, discipline)
        self.gives_up_worker()
        self.is_held_by(self.team.least_loaded(self.team.workers))
        if self.with_team:
            if self.plan == WORKER_PLAN and self.caseworker.discipline not in self.helpers:
                guidance.engage(self, self.caseworker)
            guidance.call_in_where_needed(self)

    def is_charged(self, kind: str, amount: float) -> None:
        """Cost the municipality so much."""
        self.cost += amount
        self.team.book(kind, amount)

    def is_turn(self, every: int) -> bool:
        """Whether it is the client's turn, once in so many weeks."""
        return (self.model.week + self.unique_id) % every == 0
