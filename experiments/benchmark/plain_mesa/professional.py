"""Professionals: their hours in a week, and what they believe of networks."""

from typing import TYPE_CHECKING

import mesa

from simulation.world import SPECIALIST

if TYPE_CHECKING:
    from experiments.benchmark.plain_mesa.client import Client


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

    def spends(self, hours: float, client: "Client") -> None:
        """Spend hours on a client, who is charged for them."""
        client.hours_professional += hours
        client.cost += hours * self.rate

    def finds_it_too_complex(self, client: "Client") -> bool:
        """Whether the number of problems keeps this worker from the network."""
        policy = client.policy
        return (
            client.problems > policy.multi_problem_threshold
            and self.complexity_trait < policy.complexity_deciders
            and self.random.random() < self.model.parameters.complexity_gate
        )

    def tells_of_the_right(self, client: "Client") -> bool:
        """Whether this worker knows that a network may make the plan, and says so."""
        return (
            self.knowledge_trait < client.policy.right_known_workers
            and self.random.random() < self.model.parameters.right_to_plan
        )
