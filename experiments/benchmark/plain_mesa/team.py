"""A neighbourhood team: who works there, and who is taken in from the queue."""

import math
from typing import TYPE_CHECKING

import mesa

from experiments.benchmark.plain_mesa.professional import Professional
from simulation.calendar import WEEKS_A_YEAR
from simulation.field import DISCIPLINES, N_DOMAINS, PARENTING, YOUTH
from simulation.world import PERSONS_PER_FULL_TIME, part_time

if TYPE_CHECKING:
    from experiments.benchmark.plain_mesa.client import Client
    from experiments.benchmark.plain_mesa.member import Tie


class Team(mesa.Agent):
    """A neighbourhood team: its workers, the coordinators within reach, and its clients' ties."""

    def __init__(self, model: mesa.Model, n_clients: int) -> None:
        super().__init__(model)
        town = model.town
        year = n_clients * WEEKS_A_YEAR / town.entry_weeks
        full_time = year * town.case_weeks / WEEKS_A_YEAR / town.cases_per_worker
        n = max(len(DISCIPLINES), math.ceil(full_time * PERSONS_PER_FULL_TIME))
        disciplines = [i % len(DISCIPLINES) for i in range(n)]
        asked = self.what_is_asked()
        hour = full_time * town.client_hours / sum(asked[d] for d in disciplines)
        self.workers = [Professional(model, d, part_time(hour * asked[d])) for d in disciplines]
        hours = year / 100 * town.coordinator_hours
        n = max(1, math.ceil(hours / 24))
        self.coordinators = [Professional(model, 0, part_time(hours / n)) for _ in range(n)]
        self.ties: list[Tie] = []
        self.queue: list[Client] = []
        self.in_line: list[Client] = []  # for a coordinator

    def what_is_asked(self) -> list[float]:
        """How common the problems of each discipline are among people who come."""
        table = self.model.field
        asked = [0.0] * len(DISCIPLINES)
        for domain in range(N_DOMAINS):
            of_children = domain in (PARENTING, YOUTH)
            share = self.model.town.children_team if of_children else 1
            asked[table.discipline[domain]] += table.weight[domain] * share
        return asked

    @staticmethod
    def least_loaded(workers: list[Professional]) -> Professional | None:
        """Who has most hours per case."""
        return max(workers, key=lambda worker: worker.room, default=None)

    def take_in(self) -> None:
        """Take in from the queue, first come first, as long as a worker has hours for a talk."""
        while self.queue:
            able = [worker for worker in self.workers if worker.can_take_in()]
            if not able:
                return
            self.queue.pop(0).is_taken_in(self.least_loaded(able))

    def give_out_coordinators(self) -> None:
        """Give coordinators with time for a network to who has waited longest."""
        pace = self.model.parameters.network_pace
        while self.in_line:
            coordinator = self.least_loaded(self.coordinators)
            if coordinator.cases * pace >= coordinator.hours:
                return
            self.in_line.pop(0).coordinator = coordinator
            coordinator.cases += 1
