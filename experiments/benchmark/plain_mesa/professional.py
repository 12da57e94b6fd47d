"""Professionals: at work or away, their hours in a week, what they can do and believe."""

import math
from typing import TYPE_CHECKING

import mesa

from kring.simulation.behaviour.belief import LEAST_SKILL, MUCH_HELP, USUAL_COURSE
from kring.simulation.calendar import MONTHS_A_YEAR, WEEKS_A_YEAR
from kring.simulation.choices import ADMINISTRATION, COLLECTIVE, INTAKE, N_TASKS, OUTREACH
from kring.simulation.field import SPECIALIST

if TYPE_CHECKING:
    from kring.experiments.benchmark.plain_mesa.client import Client
    from kring.experiments.benchmark.plain_mesa.team import Team


class Professional(mesa.Agent):
    """A team worker, an independent coordinator, or an agency behind the team."""

    def __init__(
        self, team: "Team", discipline: int, hours: float, *, is_agency: bool = False
    ) -> None:
        super().__init__(team.model)
        town = self.model.town
        self.team = team
        self.discipline = discipline
        self.is_agency = is_agency
        self.hours = self.here = hours
        is_special = is_agency or discipline in SPECIALIST
        self.rate = town.price_specialist if is_special else town.price_regular
        self.cases = self.held = 0
        self.back = 0  # week
        self.begins()
        self.clear_week()

    def begins(self) -> None:
        """Begin in this job: somebody new, with beliefs and knowledge of his or her own."""
        self.complexity_trait = self.random.random()
        self.knowledge_trait = self.random.random()
        self.doubt = self.skill = 1.0

    @property
    def room(self) -> float:
        """Hours per case if one more came; who is away counts last."""
        return (self.here or self.hours / 1000) / (self.cases + 1)

    def clear_week(self) -> None:
        """Begin the week with nothing asked for."""
        self.wanted = [0.0] * N_TASKS
        self.share = [0.0] * N_TASKS

    def comes_to_work(self) -> None:
        """Be at work, or away: ill, or gone and not replaced yet."""
        town, week = self.model.town, self.model.week
        if week >= self.back:
            ill = town.sick_leave / ((1 - town.sick_leave) * town.sick_weeks)
            if self.random.random() < town.staff_turnover / WEEKS_A_YEAR:
                self.leaves()
            elif self.random.random() < ill:
                weeks = self.random.expovariate(1) * (town.sick_weeks - 0.5)
                self.back = week + 1 + int(weeks)
        self.here = self.hours if week >= self.back else 0.0

    def leaves(self) -> None:
        """Leave for good: colleagues take over the cases, and the place is vacant for a while."""
        self.back = self.model.week + int(self.model.town.weeks_to_fill)
        self.here = 0.0
        for client in self.team.clients:
            if client.caseworker is self and client.is_open:
                client.is_passed_on()
        self.begins()

    def learns(self, least_doubt: float) -> None:
        """Go to school, lay cases before colleagues, and lose some skill without either."""
        p, policy = self.model.parameters, self.team.policy
        a_week = (policy.training + policy.peer_review * MONTHS_A_YEAR) / WEEKS_A_YEAR
        hours = min(self.here, a_week)
        self.here -= hours
        self.team.book("schooling", hours * self.rate)
        attended = hours / a_week if hours > 0 else 0.0
        taught = p.training_teaches * policy.training / USUAL_COURSE / WEEKS_A_YEAR * attended
        shared = p.review_shares * policy.peer_review * MONTHS_A_YEAR / WEEKS_A_YEAR * attended
        self.doubt -= min(1, taught) * self.doubt
        self.doubt -= min(1, shared) * max(0, self.doubt - least_doubt)
        lost = p.deskilling / WEEKS_A_YEAR
        self.skill -= lost * (self.skill - LEAST_SKILL) / (1 - LEAST_SKILL)
        self.skill += min(1, taught + shared) * (1 - self.skill)

    def sees(self, client: "Client", worked: bool) -> None:
        """Let the belief move with what became of a network brought together."""
        p, policy = self.model.parameters, client.policy
        if not client.attended or client.problems_at_entry <= policy.multi_problem_threshold:
            return
        step = min(1, p.learning * (1 + p.outcome_is_seen * policy.outcome_steering))
        self.doubt += step * ((0 if worked else 1) - self.doubt)

    def sees_problem_solved(self, client: "Client") -> None:
        """See a problem solved with the network's help."""
        if client.network_help >= MUCH_HELP:
            self.sees(client, worked=True)

    def can_take_in(self) -> bool:
        """Whether there are hours for one more talk this week, and cases below the limit."""
        limit = self.team.policy.caseload_limit * self.hours / self.team.full_time
        if self.here <= 0 or (limit > 0 and self.held >= limit):
            return False
        intake = self.wanted[INTAKE]
        return intake == 0 or intake + self.model.parameters.talk_hours <= self.here

    def wants_beside_cases(self) -> None:
        """Note the hours wanted for accounting, groups and outreach."""
        p, team, policy = self.model.parameters, self.team, self.team.policy
        steering = policy.input_steering + policy.outcome_steering
        accounting = p.usual_accounting + p.accounting_hours * steering
        self.wanted[ADMINISTRATION] = self.held * accounting
        self.wanted[COLLECTIVE] = policy.collective_hours * self.hours / team.full_time
        to_reach = policy.outreach * team.clients_a_week / len(team.workers)
        self.wanted[OUTREACH] = to_reach * p.outreach_hours

    def share_out_hours(self) -> None:
        """Divide the week over the tasks, in the order of the policy; the last gives way."""
        left = self.here
        for task in self.team.work_order:
            wanted = self.wanted[task]
            if wanted > 0:
                self.share[task] = min(1.0, left / wanted)
                left -= wanted * self.share[task]

    def gets(self, task: int) -> float:
        """Hours that go to a task this week."""
        return self.wanted[task] * self.share[task]

    def spends(self, hours: float, client: "Client", kind: str = "team") -> None:
        """Spend hours on a client, who is charged for them."""
        client.hours_professional += hours
        client.is_charged(kind, hours * self.rate)

    def proposes_network(self, client: "Client") -> bool:
        """Whether the worker proposes to bring the network together."""
        if self.finds_it_too_complex(client):
            return False
        first = client.policy.input_steering * self.model.parameters.visits_first
        return self.random.random() >= first and client.room_is_seen

    def finds_it_too_complex(self, client: "Client") -> bool:
        """Whether the number of problems keeps this worker from the network."""
        policy = client.policy
        return (
            client.problems - len(client.hidden) > policy.multi_problem_threshold
            and self.complexity_trait < policy.complexity_deciders
            and self.random.random() < self.model.parameters.complexity_gate * self.doubt
        )

    def tells_of_the_right(self, client: "Client") -> bool:
        """Whether this worker knows that a network may make the plan, and says so."""
        return (
            self.knowledge_trait < client.policy.right_known_workers
            and self.random.random() < self.model.parameters.right_to_plan
        )

    def closeness_to(self, client: "Client") -> float:
        """How close worker and client have become; less is left to let go where it is not much."""
        if client.made_it_together:
            return 0.0
        weeks = self.model.week - client.with_worker
        return 1 - math.exp(-weeks / self.model.parameters.closeness_weeks)
