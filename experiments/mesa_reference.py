"""The same rules as a plain Mesa model: objects with attributes and one shared stream of luck.

Written as one writes a Mesa model from scratch, neither slowed down nor tuned. It serves twice:
the tests hold Kring's results against it, and the benchmark Kring's speed. It keeps no episodes
and does not pair the luck of two policies, which makes it faster than the like of Kring would be.

It covers the core: clients, their networks, professionals' hours, plans and problems. The team's
working life (illness, learning, accounting, agencies, returns) and the neighbourhood are left out:
its rules are Kring's at the values of `QUIET_STRENGTHS`, `QUIET_TOWN` and `QUIET_TEAM`.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

import mesa
import numpy as np

from simulation.behaviour.case import NOTHING_LEFT, PLAN_NORM
from simulation.behaviour.member import SPARE_COUNTS, USUAL_SPARE_HOURS
from simulation.behaviour.network import CONFERENCE_HOURS
from simulation.behaviour.problem import ACUTE, NEW
from simulation.calendar import QUARTER, WEEKS_A_YEAR
from simulation.field import DISCIPLINES, N_DOMAINS, PARENTING, YOUTH, domains, tie_kinds
from simulation.parameters import Parameters
from simulation.people import USUAL_SEVERITY, log_odds_of_problems
from simulation.policy import Policy
from simulation.rows import (
    ASKED,
    CLOSED,
    ENTRANCES,
    GONE,
    GUIDED,
    MAPPED,
    MAPPING,
    MAX_TIES,
    NETWORK_PLAN,
    NO_PLAN,
    NOT_YET,
    STOPPED,
    SUPPORTING,
    UNMAPPED,
    WAITING,
    WORKER_PLAN,
)
from simulation.town import Town
from simulation.world import PERSONS_PER_FULL_TIME, SPECIALIST, part_time

# What silences in Kring all that this model leaves out.
QUIET_STRENGTHS = {
    "imbalance_ends": 0, "letting_go": 0, "comes_back": 0, "hidden_at_door": 0,
    "usual_accounting": 0, "learning": 0, "deskilling": 0, "own_effort": 0, "support_holds": 0,
    "placement": 0,
}  # fmt: skip
QUIET_TOWN = {"sick_leave": 0, "staff_turnover": 0, "hesitant": 0}
QUIET_TEAM = {"caseload_limit": 0}  # levers whose usual value does something

OUTCOMES = (
    *("problems", "severity", "network", "supporters", "alone", "professionals", "network_help"),
    *("cooperation", "waiting", "in_care", "hours_professional", "hours_mapped", "hours_network"),
    *("solved", "cost"),
)


def chance(log_odds: float) -> float:
    """Probability at these log odds."""
    return 1 / (1 + math.exp(-log_odds))


def clip(value: float, low: float, high: float) -> float:
    """The value, kept between two bounds."""
    return min(high, max(low, value))


class Field:
    """The tables of domains and tie types as lists, which Python reads fastest."""

    def __init__(self, parameters: Parameters, severity: float) -> None:
        for row in (domains(parameters, severity), tie_kinds(parameters)):
            for name in row.dtype.names:
                where = f"tie_{name}" if name in ("closeness", "willing", "share") else name
                setattr(self, where, row[name].tolist())


@dataclass(eq=False, slots=True)
class Tie:
    """What binds a member to one client."""

    member: "Member"
    kind: int
    closeness: float
    hidden: float  # the part of all search that finds this tie
    state: int = UNMAPPED
    hours: float = 0.0
    in_plan: bool = False
    knows: set["Tie"] = field(default_factory=set)


class Member(mesa.Agent):
    """Somebody in the network of one client or more."""

    def __init__(self, model: mesa.Model) -> None:
        super().__init__(model)
        spare = math.exp(model.town.spare_spread * self.random.gauss(0, 1))
        self.spare_hours = max(0.1, model.town.spare_hours * spare)
        self.load = self.strain = 0.0
        self.felt_in = -1

    def gives_hours(self, tie: Tie, asked: float) -> float:
        """Take on a part of the need, up to the spare hours and a stretch beyond."""
        elsewhere = self.load - tie.hours
        most = self.spare_hours * self.model.parameters.stretch - elsewhere
        hours = min(asked, max(0.0, most))
        self.load += hours - tie.hours
        tie.hours = hours
        return hours

    def feel_strain(self) -> None:
        """Let the load wear, once a week: strain follows load per spare hour, slowly."""
        if self.felt_in == self.model.week:
            return
        self.felt_in = self.model.week
        load = self.load / self.spare_hours
        self.strain += (load - self.strain) / self.model.parameters.strain_weeks


class Professional(mesa.Agent):
    """A team worker or an independent coordinator."""

    def __init__(self, model: mesa.Model, discipline: int, hours: float) -> None:
        super().__init__(model)
        town = model.town
        self.discipline = discipline
        self.hours = hours
        self.rate = town.price_specialist if discipline in SPECIALIST else town.price_regular
        self.complexity_trait = self.random.random()
        self.knowledge_trait = self.random.random()
        self.cases = 0
        self.clear_week()

    @property
    def room(self) -> float:
        """Hours per case if one more came."""
        return self.hours / (self.cases + 1)

    def clear_week(self) -> None:
        """Begin the week with nothing asked for."""
        self.wanted_talk = self.wanted_guidance = self.wanted_network = 0.0

    def can_take_in(self) -> bool:
        """Whether there are hours for one more talk this week."""
        needed = self.wanted_talk + self.model.parameters.talk_hours
        return self.hours > 0 and (self.wanted_talk == 0 or needed <= self.hours)

    def share_out_hours(self) -> None:
        """Give talks first, then guidance, and network work what is left."""
        left = self.hours
        for what in ("talk", "guidance", "network"):
            wanted = getattr(self, f"wanted_{what}")
            share = min(1.0, left / wanted) if wanted > 0 else 0.0
            setattr(self, f"share_{what}", share)
            left -= wanted * share


class Team(mesa.Agent):
    """A neighbourhood team: its workers, the coordinators within reach, and its clients' ties."""

    def __init__(self, model: mesa.Model, n_clients: int) -> None:
        super().__init__(model)
        town = model.town
        year = n_clients * 52 / town.entry_weeks
        full_time = year * town.case_weeks / 52 / town.cases_per_worker
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


class Client(mesa.Agent):
    """Somebody with problems, a network, and after entry a case."""

    def __init__(self, model: mesa.Model, entrance: str, team: Team) -> None:
        super().__init__(model)
        self.entrance = entrance
        self.team = team
        self.policy: Policy = model.policies[entrance]
        self.stage = NOT_YET
        self.plan = NO_PLAN
        self.caseworker: Professional | None = None
        self.coordinator: Professional | None = None
        self.helpers: dict[int, Professional] = {}
        self.helping: list[Tie] = []
        self.network = self.counted_on = self.at_table = self.attended = self.solved = 0
        self.proposed = self.accepted = self.conference = False
        self.carried_out = self.cooperation = False
        self.hours_talked = self.hours_mapped = 0.0
        self.hours_professional = self.hours_network = self.cost = 0.0
        self.network_help = self.professional_help = 0.0
        self.draw_background()
        self.draw_problems()
        self.draw_network()

    # The population.

    def draw_background(self) -> None:
        """Age, household, self-reliance, asking barrier, week of entry, and lasting opinions."""
        town, p, luck = self.model.town, self.model.parameters, self.random
        self.low_education = luck.random() < getattr(town, f"school_{self.entrance}")
        self.assistance = luck.random() < getattr(town, f"assistance_{self.entrance}")
        has_children = luck.random() < getattr(town, f"children_{self.entrance}")
        self.children = luck.randint(1, 3) if has_children else 0
        self.age = int(18 + luck.random() * (37 if has_children else 57))
        self.self_reliance = clip(0.5 + 0.2 * luck.gauss(0, 1), 0, 1)
        self.asking_barrier = clip(0.6 + 0.2 * luck.gauss(0, 1), 0, 1)
        self.entry_week = luck.randrange(town.entry_weeks)
        hours = self.policy.mobilisation_hours
        self.asks_for_a_plan = luck.random() < self.policy.right_known_clients * p.right_to_plan
        self.room_is_seen = hours > 0 and luck.random() < hours / (hours + p.time_gate)

    def draw_problems(self) -> None:
        """How many problems, in which domains, how severe, and which pass by themselves."""
        town, table, luck = self.model.town, self.model.field, self.random
        self.level: dict[int, int] = {}
        self.passing: set[int] = set()
        self.had: set[int] = set()
        odds = self.model.log_odds[self.entrance] + town.problems_spread * luck.gauss(0, 1)
        number = 1 + int((N_DOMAINS - 1) * chance(odds) + luck.random())
        waits = {d: luck.expovariate(1) for d in range(N_DOMAINS) if self.can_have(d)}
        for _ in range(min(number, len(waits))):
            soonest = min(
                (d for d in waits if d not in self.level),
                key=lambda d: (
                    waits[d] / (table.weight[d] + 0.5 * sum(table.feeds[o][d] for o in self.level))
                ),
            )
            severity = int(town.severity + 0.8 * luck.gauss(0, 1) + 0.5)
            self.level[soonest] = clip(severity, 1, ACUTE)
            if not self.is_lasting(soonest) or luck.random() < self.model.parameters.entry_peak:
                self.passing.add(soonest)
        self.had.update(self.level)
        self.see_what_feeds_what()

    def draw_network(self) -> None:
        """The latent network, smaller for those with most problems, and who knows whom in it."""
        town, p, table, luck = (
            self.model.town, self.model.parameters, self.model.field, self.random
        )  # fmt: skip
        size = town.network * (1 - p.need_repels * (self.severity - USUAL_SEVERITY) / 10)
        size = int(size + town.network_spread * luck.gauss(0, 1) + 0.5)
        self.ties: list[Tie] = []
        for _ in range(clip(size, 0, MAX_TIES) if town.network > 0 else 0):
            kind = luck.choices(range(len(table.tie_share)), table.tie_share)[0]
            closeness = clip(table.tie_closeness[kind] + 0.15 * luck.gauss(0, 1), 0.05, 1)
            member = None
            if self.team.ties and luck.random() < town.shared_members:
                member = luck.choice(self.team.ties).member
            if member is None or any(tie.member is member for tie in self.ties):
                member = Member(self.model)
            self.ties.append(Tie(member, kind, closeness, luck.random()))
        self.team.ties.extend(self.ties)
        for i, one in enumerate(self.ties):
            for other in self.ties[:i]:
                alike = one.kind == other.kind
                if luck.random() < (town.acquainted if alike else town.acquainted / 2):
                    one.knows.add(other)
                    other.knows.add(one)

    # What can be read off a client.

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
    def convener(self) -> Professional:
        """Whose hours go into the network."""
        return self.coordinator or self.caseworker

    @property
    def made_it_together(self) -> bool:
        """Whether the network made a plan that is carried out."""
        return self.plan == NETWORK_PLAN and self.carried_out

    # Entry, talk, mapping, plan, closing.

    def enter(self) -> None:
        """Come in: by the policy's offer straight to mobilisation, else wait for a talk."""
        if self.stage != NOT_YET or self.entry_week != self.model.week:
            return
        self.stage = WAITING
        policy = self.policy
        if self.asks_for_a_plan or (
            self.problems >= policy.offer_from and self.random.random() < policy.offer
        ):
            self.answer_proposal()
        if self.accepted and self.find_coordinator():
            self.is_taken_in(self.team.least_loaded(self.team.workers))
        else:
            self.team.queue.append(self)

    def is_taken_in(self, worker: Professional) -> None:
        """Get a caseworker; who has accepted already needs no talk."""
        self.caseworker = worker
        self.with_worker = self.model.week
        worker.cases += 1
        if self.accepted:
            self.stage = MAPPING
        else:
            worker.wanted_talk += self.model.parameters.talk_hours

    def answer_proposal(self) -> None:
        """Accept or decline that the network is brought together."""
        self.proposed = True
        self.accepted = self.entrance == "conference" or self.random.random() < self.policy.uptake

    def find_coordinator(self) -> bool:
        """Have an independent coordinator convene, or leave it to the worker."""
        coordinator = self.team.least_loaded(self.team.coordinators)
        wanted = self.random.random() < self.policy.independent_convener
        if wanted and coordinator.hours > 0:
            self.conference = True
            self.coordinator = coordinator
            coordinator.cases += 1
        return self.conference

    def mobilisation_wanted(self) -> float:
        """Hours that the convener wants for this network this week."""
        left = max(0.0, self.policy.mobilisation_hours - self.hours_mapped)
        return min(self.model.parameters.network_pace, left)

    def ask_for_hours(self) -> None:
        """Tell the professionals what is wanted of them this week."""
        p = self.model.parameters
        if self.stage == MAPPING:
            self.convener.wanted_network += self.mobilisation_wanted()
        elif self.stage == GUIDED:
            for domain, level in self.level.items():
                if helper := self.helper(domain):
                    helper.wanted_guidance += level * p.guidance_per_level

    def wait_for_talk(self) -> None:
        """Ask for what is left of a talk that was begun."""
        if self.stage == WAITING and self.caseworker:
            left = self.model.parameters.talk_hours - self.hours_talked
            self.caseworker.wanted_talk += left

    def helper(self, domain: int) -> Professional | None:
        """The professional who helps with this domain."""
        return self.helpers.get(self.model.field.discipline[domain])

    def hold_talk(self) -> None:
        """Have the kitchen-table talk as far as there are hours; at its end propose, or plan."""
        if self.stage != WAITING or not self.caseworker:
            return
        p, worker = self.model.parameters, self.caseworker
        hours = (p.talk_hours - self.hours_talked) * worker.share_talk
        self.hours_talked += hours
        self.hours_professional += hours
        self.cost += hours * worker.rate
        if self.hours_talked <= p.talk_hours - NOTHING_LEFT:
            return
        self.map_network(0.0)
        for tie in self.ties:
            if tie.state == MAPPED:
                dares = 1 - self.barrier(tie)
                self.at_table += self.random.random() < p.brings_along * tie.closeness * dares
        if not self.proposed and not self.is_too_complex(worker) and self.room_is_seen:
            self.answer_proposal()
        if self.accepted:
            self.find_coordinator()
            self.stage = MAPPING
        else:
            self.plan_without_meeting()

    def is_too_complex(self, worker: Professional) -> bool:
        """Whether the number of problems keeps this worker from the network."""
        return (
            self.problems > self.policy.multi_problem_threshold
            and worker.complexity_trait < self.policy.complexity_deciders
            and self.random.random() < self.model.parameters.complexity_gate
        )

    def barrier(self, tie: Tie) -> float:
        """Chance that the client does not dare to ask this member."""
        model = self.model
        kind = model.field.barrier[tie.kind]
        return min(1.0, model.parameters.asking_barrier * self.asking_barrier * kind)

    def map_network(self, hours: float) -> None:
        """Come upon ties, close ones first: diminishing returns to hours."""
        p = self.model.parameters
        rate = p.named_at_once + p.found_by_search * math.log1p(hours / p.search_half)
        for tie in self.ties:
            found = 1 - math.exp(-rate * (tie.closeness / 0.5) ** 2)
            if tie.state == UNMAPPED and tie.hidden < found:
                tie.state = MAPPED
                self.network += 1

    def mobilise(self) -> None:
        """Spend the week's hours on the network; when they are used, make the plan."""
        if self.stage != MAPPING:
            return
        p, worker = self.model.parameters, self.convener
        hours = self.mobilisation_wanted() * worker.share_network
        self.hours_mapped += hours
        if not self.coordinator:
            self.hours_professional += hours
            self.cost += hours * worker.rate
        waited = self.model.week - self.with_worker
        if not self.coordinator and self.hours_mapped == 0 and waited >= PLAN_NORM:
            self.plan_without_meeting()
            return
        self.map_network(self.hours_mapped)
        used = self.policy.mobilisation_hours - self.hours_mapped < NOTHING_LEFT
        nobody = self.network == 0 and not self.coordinator and p.time_gate > 0
        if used or (nobody and not self.room_is_seen):
            self.meet()
            self.start_plan()
            if self.coordinator:
                self.coordinator.cases -= 1

    def plan_without_meeting(self) -> None:
        """Let the worker make the plan, and the client ask whom (s)he dares to ask."""
        self.plan = WORKER_PLAN
        self.carried_out = True
        for tie in self.ties:
            if tie.state == MAPPED and self.random.random() >= self.barrier(tie):
                self.ask(tie)
        if self.at_table > 0:
            self.make_cooperation()
        self.start_plan()

    def meet(self) -> None:
        """Bring the network together: who comes, who makes the plan, who begins to help."""
        p, policy, luck = self.model.parameters, self.policy, self.random
        invited = [tie for tie in self.ties if tie.state in (MAPPED, ASKED, SUPPORTING)]
        present = [tie for tie in invited if self.comes(tie)]
        self.attended = 1 + self.children + len(present)
        if self.conference:
            part = self.hours_mapped / CONFERENCE_HOURS
            self.cost += self.model.town.price_conference * part
        worker_tells = (
            self.caseworker.knowledge_trait < policy.right_known_workers
            and luck.random() < p.right_to_plan
        )
        may_plan = worker_tells or self.asks_for_a_plan or luck.random() < policy.network_makes_plan
        succeeds = p.plan_needs == 0 or luck.random() < 1 - math.exp(-self.attended / p.plan_needs)
        if may_plan and succeeds:
            self.plan = NETWORK_PLAN
            self.carried_out = luck.random() >= p.falls_through
            for tie in present:
                tie.in_plan = True
                tie.knows.update(other for other in present if other is not tie)
        else:
            self.plan = WORKER_PLAN
            self.carried_out = True
        if self.carried_out:
            for tie in present:
                if tie.state == MAPPED:
                    self.ask(tie)
        if present:
            self.make_cooperation()

    def comes(self, tie: Tie) -> bool:
        """Whether an invited member comes; fewer do where the helper also convenes."""
        p = self.model.parameters
        odds = p.comes_when_invited + p.closeness_helps * (tie.closeness - 0.5)
        if not self.conference:
            odds -= p.merged_role * 2
        return self.random.random() < chance(odds)

    def make_cooperation(self) -> None:
        """Network and professional met: sometimes they come to work together."""
        self.cooperation = self.random.random() < self.model.parameters.cooperation_made

    def start_plan(self) -> None:
        """Count on those who help now, and call in the professionals the plan asks for."""
        self.counted_on = len(self.helping)
        for discipline in list(self.helpers):
            self.release(discipline)
        self.stage = GUIDED
        if self.plan == WORKER_PLAN:
            self.engage(self.caseworker)
        for domain in sorted(self.level):
            self.call_in_if_asked(domain)

    def calls_in_from(self) -> float:
        """Severity from which the plan calls in a professional."""
        p = self.model.parameters
        return p.network_calls_in if self.made_it_together else p.worker_calls_in

    def call_in_if_asked(self, domain: int) -> None:
        """Engage a professional where a problem is heavy enough for the plan."""
        if self.stage != GUIDED or self.level[domain] < self.calls_in_from():
            return
        discipline = self.model.field.discipline[domain]
        if discipline not in self.helpers:
            able = [worker for worker in self.team.workers if worker.discipline == discipline]
            self.engage(self.team.least_loaded(able))

    def engage(self, worker: Professional) -> None:
        """Make a professional one of the helpers; the caseworker had the case already."""
        self.helpers[worker.discipline] = worker
        if worker is not self.caseworker:
            worker.cases += 1

    def release(self, discipline: int) -> None:
        """Let a professional go."""
        worker = self.helpers.pop(discipline)
        if worker is not self.caseworker:
            worker.cases -= 1

    def see_professionals_off(self) -> None:
        """Let helpers go who have nothing left to do; who made the plan stays until the end."""
        needed = {self.model.field.discipline[domain] for domain in self.level}
        if self.plan == WORKER_PLAN:
            needed.add(self.caseworker.discipline)
        for discipline in list(self.helpers):
            if discipline not in needed:
                self.release(discipline)

    def close(self) -> None:
        """Close the case at the norm; a problem too heavy to leave makes the worker hold on."""
        p = self.model.parameters
        norm = self.policy.closing_youth if self.children else self.policy.closing_adult
        if self.stage != GUIDED or self.model.week - self.entry_week < norm:
            return
        is_light = all(level < p.keeps_open for level in self.level.values())
        if is_light or self.random.random() >= p.heavy_holds:
            for discipline in list(self.helpers):
                self.release(discipline)
            self.professional_help = 0.0
            self.caseworker.cases -= 1
            self.stage = CLOSED

    # Help.

    def be_guided(self) -> None:
        """Receive the week's guidance."""
        if self.stage != GUIDED:
            return
        covered = 0.0
        for domain, level in self.level.items():
            if helper := self.helper(domain):
                covered += level * helper.share_guidance
                hours = level * helper.share_guidance * self.model.parameters.guidance_per_level
                self.hours_professional += hours
                self.cost += hours * helper.rate
        self.professional_help = covered / self.severity if self.level else 0.0

    def be_helped(self) -> None:
        """Receive the week's help: supporters divide the need by what each can spare, or not."""
        self.network_help = 0.0
        if not self.helping:
            return
        need = self.model.parameters.need_per_level * max(self.severity, 1)
        if self.made_it_together:
            weights = [tie.member.spare_hours for tie in self.helping]
        else:
            weights = [tie.closeness**2 for tie in self.helping]
        total = sum(weights)
        given = sum(
            tie.member.gives_hours(tie, need * weight / total)
            for tie, weight in zip(self.helping, weights, strict=True)
        )
        self.hours_network += given
        self.network_help = min(1.0, given / need) if need > 0 else 0.0

    def chance_to_say_yes(self, tie: Tie) -> float:
        """Chance that a member who is asked begins to help."""
        p = self.model.parameters
        return chance(
            p.willing
            + p.closeness_helps * (tie.closeness - 0.5)
            + self.model.field.tie_willing[tie.kind]
            + SPARE_COUNTS * (tie.member.spare_hours - USUAL_SPARE_HOURS)
            - p.need_repels * self.severity / 10
        )

    def ask(self, tie: Tie) -> None:
        """Put the question to a mapped member."""
        tie.state = ASKED
        if self.random.random() < self.chance_to_say_yes(tie):
            self.gain(tie)

    def gain(self, tie: Tie) -> None:
        """Win a supporter."""
        tie.state = SUPPORTING
        self.helping.append(tie)

    def lose(self, tie: Tie) -> None:
        """Lose a supporter, whose load comes off."""
        tie.member.load -= tie.hours
        tie.hours = 0.0
        tie.state = STOPPED
        self.helping.remove(tie)

    def chance_to_stop(self, tie: Tie, helpers: set[Tie]) -> float:
        """Weekly chance that a helper stops."""
        p = self.model.parameters
        rate = p.turnover / WEEKS_A_YEAR * self.model.field.stopping[tie.kind]
        rate *= 1 + p.distress_wears * self.severity / 10
        rate *= 1 + p.overload * max(0.0, tie.member.strain - 1)
        others = len(helpers) - 1
        if others == 0:
            rate *= 1 + p.only_helper
        if not self.cooperation:
            rate *= 1 + p.crowding_out * self.professional_help
        if tie.in_plan and self.carried_out:
            rate *= 1 - p.plan_bond * (1 if self.conference else 1 - p.merged_role)
        if others > 0:
            rate *= 1 - p.dense_bond * len(tie.knows & helpers) / others
        return min(1.0, rate)

    def reconsider(self) -> None:
        """Supporters go on, stop or step in for another; once a quarter some ties end."""
        helpers = set(self.helping)
        for tie in list(self.helping):
            tie.member.feel_strain()
            if self.random.random() < self.chance_to_stop(tie, helpers):
                self.lose(tie)
        if self.made_it_together:
            self.fill_gaps()
        if self.network > 0 and (self.model.week + self.unique_id) % QUARTER == 0:
            self.wear()

    def fill_gaps(self) -> None:
        """While fewer help than the plan counted on, others who made it may step in."""
        for tie in self.ties:
            if len(self.helping) >= self.counted_on:
                return
            if tie.in_plan and tie.state == ASKED:
                steps_in = self.model.parameters.steps_in * self.chance_to_say_yes(tie)
                if self.random.random() < steps_in:
                    self.gain(tie)

    def wear(self) -> None:
        """Look through the ties: some end."""
        p = self.model.parameters
        for tie in self.ties:
            if tie.state in (UNMAPPED, GONE):
                continue
            ends = p.tie_loss * QUARTER / WEEKS_A_YEAR * self.model.field.stopping[tie.kind]
            ends *= 1 + p.distress_wears * self.severity / 10
            if tie.state == SUPPORTING:
                ends *= 0.5
            if self.random.random() < ends:
                if tie.state == SUPPORTING:
                    self.lose(tie)
                tie.state = GONE
                self.network -= 1

    # Problems.

    def can_have(self, domain: int) -> bool:
        """Whether the domain exists for this household."""
        return self.children > 0 or domain not in (PARENTING, YOUTH)

    def is_lasting(self, domain: int) -> bool:
        """Draw whether a problem in this domain lasts."""
        return self.random.random() < self.model.field.lasting[domain]

    def see_what_feeds_what(self) -> None:
        """Work out what holds a problem of each domain in place."""
        feeds = self.model.field.feeds
        self.held = [sum(feeds[other][d] for other in self.level) for d in range(N_DOMAINS)]

    def live_with_problems(self) -> None:
        """Each problem eases or worsens; now and then one comes."""
        if self.stage == NOT_YET:
            return
        for domain in sorted(self.level, reverse=True):
            helper = self.helper(domain) if self.professional_help > 0 else None
            change = self.change_of(domain, helper.share_guidance if helper else 0.0)
            self.level[domain] += change
            if change > 0:
                self.call_in_if_asked(domain)
            if self.level[domain] == 0:
                del self.level[domain]
                self.solved += 1
                self.see_professionals_off()
                self.see_what_feeds_what()
        coming = self.what_comes()
        if coming is None:
            return
        if coming not in self.level:
            self.level[coming] = NEW
            self.had.add(coming)
            self.passing.discard(coming)
            if not self.is_lasting(coming):
                self.passing.add(coming)
            self.see_what_feeds_what()
        elif self.level[coming] < ACUTE:
            self.level[coming] += 1
        self.call_in_if_asked(coming)

    def change_of(self, domain: int, guidance: float) -> int:
        """Change of one problem this week: -1, 0 or 1."""
        p, table = self.model.parameters, self.model.field
        eases = table.passing[domain] if domain in self.passing else p.lasting_recovery
        eases *= 1 + p.self_recovery * (self.self_reliance - 0.5)
        eases += p.network_effect * table.network[domain] * self.network_help
        eases += p.professional_effect * table.professional[domain] * guidance
        if self.cooperation:
            eases += p.complementarity * min(self.network_help, guidance)
        eases /= 1 + p.persistence * self.held[domain]
        luck = self.random.random()
        if luck < eases:
            return -1
        worsens = p.worsening * (1 - max(self.network_help, guidance))
        return 1 if luck > 1 - worsens and self.level[domain] < ACUTE else 0

    def what_comes(self) -> int | None:
        """The domain in which a problem comes this week, from outside, by others, or back."""
        p, weight = self.model.parameters, self.model.field.weight
        luck = self.random.random()
        for domain in range(N_DOMAINS):
            if not self.can_have(domain):
                continue
            luck -= p.onset * weight[domain] / N_DOMAINS + p.feeding * self.held[domain]
            if domain in self.had and domain not in self.level:
                luck -= p.relapse * (1 - self.network_help)
            if luck < 0:
                return domain
        return None


class ReferenceModel(mesa.Model):
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

    WEEK = (
        (Client, "enter"),
        (Professional, "clear_week"),
        (Client, "wait_for_talk"),
        (Team, "take_in"),
        (Client, "ask_for_hours"),
        (Professional, "share_out_hours"),
        (Client, "be_guided"),
        (Client, "mobilise"),
        (Client, "hold_talk"),
        (Client, "be_helped"),
        (Client, "live_with_problems"),
        (Client, "reconsider"),
        (Client, "close"),
    )

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
        n, n_teams = self.town.clients, self.town.teams
        homes = [c * n_teams // n for c in range(n)]
        teams = [Team(self, homes.count(t)) for t in range(n_teams)]
        share = self.town.conference_share
        for c, home in enumerate(homes):
            is_conference = int((c + 1) * share) > int(c * share)
            Client(self, ENTRANCES[is_conference], teams[home])
        self.collector = mesa.DataCollector(
            model_reporters={"entered": lambda model: len(model.entered)}
            | {name: self.mean_of(name) for name in OUTCOMES}
        )

    @staticmethod
    def mean_of(attribute: str):
        """Reporter of a mean over the clients who have entered."""
        return lambda model: (
            float(model.entered.agg(attribute, np.mean)) if model.entered else math.nan
        )

    def step(self) -> None:
        """Live a week."""
        for kind, phase in self.WEEK:
            self.agents_by_type[kind].do(phase)
        self.week += 1
        self.entered = self.agents_by_type[Client].select(lambda c: c.stage != NOT_YET)
        self.collector.collect(self)
