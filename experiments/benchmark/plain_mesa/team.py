"""A neighbourhood team: who works there, whom it takes in, what its week is used for, its books."""

import math
from collections import defaultdict
from typing import TYPE_CHECKING

import mesa

from kring.experiments.benchmark.plain_mesa.professional import Professional
from kring.simulation.calendar import WEEKS_A_YEAR
from kring.simulation.choices import ADMINISTRATION, COLLECTIVE, OUTREACH, TASKS
from kring.simulation.field import DISCIPLINES, N_DOMAINS, PARENTING, YOUTH
from kring.simulation.world import PERSONS_PER_FULL_TIME, part_time

if TYPE_CHECKING:
    from kring.experiments.benchmark.plain_mesa.client import Client
    from kring.experiments.benchmark.plain_mesa.member import Tie


class Team(mesa.Agent):
    """A team: its workers, coordinators and agencies within reach, and its clients' ties."""

    BOOKS = ("waiting_list", "cases", "hours_here", "doubt", "skill", "places")

    def __init__(self, model: mesa.Model, n_clients: int) -> None:
        super().__init__(model)
        town = model.town
        self.policy = model.policies["team"]
        self.work_order = [TASKS.index(task) for task in self.policy.work_order.split(" > ")]
        self.clients_a_week = n_clients / town.entry_weeks
        self.full_time = max(1.0, town.client_hours)  # hours a week
        self.spent: dict[str, float] = defaultdict(float)  # this week, by kind
        self.clients: list[Client] = []
        self.ties: list[Tie] = []
        self.queue: list[Client] = []
        self.in_line: list[Client] = []  # for a coordinator
        self.collective = self.places = 0.0
        self.reached = 1.0  # share of the outreach that there were hours for
        self.in_group = 0
        self.hire()

    def hire(self) -> None:
        """Have as many workers, coordinators and agencies as the year's clients ask for."""
        town = self.model.town
        year = self.clients_a_week * WEEKS_A_YEAR
        full_time = year * town.case_weeks / WEEKS_A_YEAR / town.cases_per_worker
        n = max(len(DISCIPLINES), math.ceil(full_time * PERSONS_PER_FULL_TIME))
        disciplines = [i % len(DISCIPLINES) for i in range(n)]
        asked = self.what_is_asked()
        hour = full_time * town.client_hours / sum(asked[d] for d in disciplines)
        self.workers = [
            Professional(self, d, part_time(hour * asked[d]) * self.policy.staffing)
            for d in disciplines
        ]
        hours = year / 100 * town.coordinator_hours
        n = max(1, math.ceil(hours / 24))
        self.coordinators = [Professional(self, 0, part_time(hours / n)) for _ in range(n)]
        hours = year / 100 * town.agency_hours * self.policy.agency_places
        self.agencies = [
            Professional(self, d, hours, is_agency=True) for d in range(len(DISCIPLINES))
        ]

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

    @property
    def waiting_list(self) -> int:
        """Clients on the waiting list."""
        return len(self.queue)

    @property
    def cases(self) -> int:
        """Cases that workers hold."""
        return sum(worker.held for worker in self.workers)

    @property
    def hours_here(self) -> float:
        """Hours of workers at work this week."""
        return sum(worker.here for worker in self.workers)

    @property
    def doubt(self) -> float:
        """Belief that networks cannot work, over the workers."""
        return sum(worker.doubt for worker in self.workers)

    @property
    def skill(self) -> float:
        """Effect of guidance, over the workers."""
        return sum(worker.skill for worker in self.workers)

    def come_to_work(self) -> None:
        """Begin the week: who is there, and what they learn from each other."""
        self.spent.clear()
        least_doubt = min(worker.doubt for worker in self.workers)
        for worker in self.workers:
            worker.comes_to_work()
            worker.learns(least_doubt)

    def take_in(self) -> None:
        """Take in from the queue, as long as a worker has hours for a talk and room for a case."""
        while True:
            ready = [client for client in self.queue if self.model.week >= client.intake_week]
            able = [worker for worker in self.workers if worker.can_take_in()] if ready else []
            if not able:
                return
            client = min(ready, key=self.place_in_queue)
            self.queue.remove(client)
            client.is_taken_in(self.least_loaded(able))

    def place_in_queue(self, client: "Client") -> tuple[float, int]:
        """What the order of the queue goes by; the lowest is first."""
        order = self.policy.queue_order
        if order == "heaviest first":
            return -client.severity, client.opened_week
        if order == "youth first":
            return -(client.children > 0), client.opened_week
        return 0, client.opened_week

    def give_out_coordinators(self) -> None:
        """Give coordinators with time for a network to who has waited longest."""
        pace = self.model.parameters.network_pace
        while self.in_line:
            coordinator = self.least_loaded(self.coordinators)
            if coordinator.cases * pace >= coordinator.hours:
                return
            self.in_line.pop(0).coordinator = coordinator
            coordinator.cases += 1

    def want_beside_cases(self) -> None:
        """Let the workers note what they want to do beside their cases."""
        for worker in self.workers:
            worker.wants_beside_cases()

    def use_week(self) -> None:
        """See what the hours for outreach and groups came to, and book what they cost."""
        wanted = sum(worker.wanted[OUTREACH] for worker in self.workers)
        given = sum(worker.gets(OUTREACH) for worker in self.workers)
        self.reached = given / wanted if wanted > 0 else 0.0
        self.collective = sum(worker.gets(COLLECTIVE) for worker in self.workers)
        for worker in self.workers:
            self.book("team", worker.gets(ADMINISTRATION) * worker.rate)
        self.book("neighbourhood", (given + self.collective) * self.model.town.price_regular)

    def open_groups(self) -> None:
        """Keep places in groups going with the hours of community and team workers."""
        community = self.policy.community_hours * self.clients_a_week * WEEKS_A_YEAR / 100
        per_hour = self.model.parameters.places_per_hour
        self.places = (community + self.collective) * per_hour
        self.book("neighbourhood", community * self.model.town.price_regular)

    def book(self, kind: str, amount: float) -> None:
        """Book what is spent."""
        self.spent[kind] += amount
