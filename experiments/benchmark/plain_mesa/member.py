"""Members of a network: what they can carry, and whether they come, say yes, go on."""

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import mesa

from kring.experiments.benchmark.plain_mesa.numbers import chance
from kring.simulation.behaviour.member import SPARE_COUNTS, USUAL_SPARE_HOURS
from kring.simulation.calendar import QUARTER, WEEKS_A_YEAR
from kring.simulation.rows import ASKED, STOPPED, SUPPORTING, UNMAPPED

if TYPE_CHECKING:
    from kring.experiments.benchmark.plain_mesa.client import Client


class Member(mesa.Agent):
    """Somebody in the network of one client or more."""

    def __init__(self, model: mesa.Model) -> None:
        super().__init__(model)
        spare = math.exp(model.town.spare_spread * self.random.gauss(0, 1))
        self.spare_hours = max(0.1, model.town.spare_hours * spare)
        self.load = self.strain = 0.0
        self.felt_in = -1

    def gives_hours(self, tie: "Tie", asked: float) -> float:
        """Take on a part of the need, up to the spare hours and a stretch beyond."""
        elsewhere = self.load - tie.hours
        most = self.spare_hours * self.model.parameters.stretch - elsewhere
        hours = min(asked, max(0.0, most))
        self.load += hours - tie.hours
        tie.hours = hours
        return hours

    def feels_strain(self) -> None:
        """Let the load wear, once a week: strain follows load per spare hour, slowly."""
        if self.felt_in == self.model.week:
            return
        self.felt_in = self.model.week
        load = self.load / self.spare_hours
        self.strain += (load - self.strain) / self.model.parameters.strain_weeks


@dataclass(eq=False, slots=True)
class Tie:
    """What binds a member to one client; with another client (s)he has another tie."""

    client: "Client"
    member: Member
    kind: int
    closeness: float
    hidden: float  # the part of all search that finds this tie
    state: int = UNMAPPED
    hours: float = 0.0
    in_plan: bool = False
    knows: set["Tie"] = field(default_factory=set)

    def barrier(self) -> float:
        """Chance that the client does not dare to ask this member."""
        model = self.client.model
        kind = model.field.barrier[self.kind]
        return min(1.0, model.parameters.asking_barrier * self.client.asking_barrier * kind)

    def comes(self) -> bool:
        """Whether an invited member comes; fewer do where the helper also convenes."""
        p = self.client.model.parameters
        odds = p.comes_when_invited + p.closeness_helps * (self.closeness - 0.5)
        if not self.client.conference:
            odds -= p.merged_role * 2
        return self.client.random.random() < chance(odds)

    def chance_to_say_yes(self) -> float:
        """Chance that a member who is asked begins to help."""
        model = self.client.model
        p = model.parameters
        return chance(
            p.willing
            + p.closeness_helps * (self.closeness - 0.5)
            + model.field.tie_willing[self.kind]
            + SPARE_COUNTS * (self.member.spare_hours - USUAL_SPARE_HOURS)
            - p.need_repels * self.client.severity / 10
        )

    def is_asked(self) -> None:
        """Hear the question, and say yes or no."""
        self.state = ASKED
        if self.client.random.random() < self.chance_to_say_yes():
            self.begins()

    def begins(self) -> None:
        """Begin to help."""
        self.state = SUPPORTING
        self.client.helping.append(self)

    def chance_to_stop(self, supporters: set["Tie"]) -> float:
        """Weekly chance that a supporter stops, beside these supporters."""
        client = self.client
        p = client.model.parameters
        rate = p.turnover / WEEKS_A_YEAR * client.model.field.stopping[self.kind]
        if client.problems == 0:
            rate += p.nothing_left_to_do
        rate *= 1 + p.distress_wears * client.severity / 10
        rate *= 1 + p.overload * max(0.0, self.member.strain - 1)
        others = len(supporters) - 1
        if others == 0:
            rate *= 1 + p.only_supporter
        if not client.cooperation:
            rate *= 1 + p.crowding_out * client.professional_help
        if self.in_plan and client.carried_out:
            rate *= 1 - p.plan_bond * (1 if client.conference else 1 - p.merged_role)
        if others > 0:
            rate *= 1 - p.dense_bond * len(self.knows & supporters) / others
        return min(1.0, rate)

    def stops(self) -> None:
        """Stop helping: the load comes off."""
        self.member.load -= self.hours
        self.hours = 0.0
        self.state = STOPPED
        self.client.helping.remove(self)
        if self.client.caseworker:
            self.client.caseworker.sees(self.client, worked=False)

    def chance_to_end(self) -> float:
        """Chance that the tie itself ends this quarter, smaller for who helps."""
        client = self.client
        p = client.model.parameters
        ends = p.tie_loss * QUARTER / WEEKS_A_YEAR * client.model.field.stopping[self.kind]
        ends *= 1 + p.distress_wears * client.severity / 10
        if self.state == SUPPORTING:
            ends *= 0.5
        return ends
