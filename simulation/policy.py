"""Policy: what a municipality chooses. It acts only through the values the agents ask for."""

from collections.abc import Mapping
from functools import cache
from typing import ClassVar, Self

import numpy as np
from pydantic import model_validator

from kring.simulation.between import AS_HIRED, AT_ONCE, IN_STEPS, on_the_way
from kring.simulation.errors import KringError, nearest
from kring.simulation.levers.agencies import AgencyLevers
from kring.simulation.levers.closing import ClosingLevers
from kring.simulation.levers.entrance import EntranceLevers
from kring.simulation.levers.neighbourhood import NeighbourhoodLevers
from kring.simulation.levers.network import NetworkLevers
from kring.simulation.levers.team import TeamLevers


class Policy(
    NeighbourhoodLevers, AgencyLevers, EntranceLevers, ClosingLevers, TeamLevers, NetworkLevers
):
    """The levers. Frozen; an unknown lever or a value out of range is an error in one line.

    Examples
    --------
    >>> Policy.preset("wijkteam").replace(mobilisation_hours=10).mobilisation_hours
    10.0
    """

    file: ClassVar[str] = "policies.toml"
    kind: ClassVar[str] = "policy"

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Self:
        if self.input_steering + self.outcome_steering > 1 + 1e-9:
            raise ValueError(
                "input_steering and outcome_steering are shares of one steering: together at most 1"
            )
        return self

    @classmethod
    @cache
    def row_type(cls) -> np.dtype:
        """The record in which the compiled week reads a policy: its levers, and when it began."""
        levers = super().row_type().names or ()
        return np.dtype([*((name, "f8") for name in levers), ("begins", "f8")])

    def row(self) -> tuple[float, ...]:
        """The levers as numbers, and the week in which the policy begins: the first."""
        return (*super().row(), 0.0)

    def toward(self, goal: Self, share: float, hired: float = 1.0) -> Self:
        """This policy on its way to another: numbers in part, words and counts of problems at once.

        Parameters
        ----------
        goal : Policy
            The policy that it becomes.
        share : float
            How far it is, 0 to 1.
        hired : float
            How many of the coordinators that are contracted beyond today's have been found, 0 to 1.

        Examples
        --------
        >>> now, goal = Policy(), Policy(mobilisation_hours=10, offer=1)
        >>> now.toward(goal, share=0.5).mobilisation_hours
        6.25
        """
        if min(share, hired) >= 1:
            return goal
        now, then = np.array(self.row()), np.array(goal.row())
        here, how = np.empty_like(now), self.ways()
        on_the_way(here, now, then, how, float(share), float(hired))
        names = [name for name in self.row_type().names or () if name != "begins"]
        part = {name: float(here[i]) for i, name in enumerate(names) if how[i] != AT_ONCE}
        for name in self.of_extensions():
            before = getattr(self, name)
            part[name] = before + share * (getattr(goal, name) - before)
        return goal.replace(**part)

    @classmethod
    @cache
    def ways(cls) -> np.ndarray:
        """How each number of a row gets from one policy to another, as `between` has it."""
        steps = [n for n in cls.quantities() if cls.note(n)["unit"] != "problems"]
        way = dict.fromkeys(steps, IN_STEPS) | {"outside_guidance_capacity": AS_HIRED}
        return np.array([way.get(name, AT_ONCE) for name in cls.row_type().names or ()])

    @classmethod
    def neutral(cls, lever: str) -> float | str:
        """The value at which a lever does nothing.

        Examples
        --------
        >>> Policy.neutral("outreach"), Policy.neutral("reciprocity")
        (0, 'none')
        """
        if lever not in cls.model_fields:
            raise KringError(f"no lever {lever!r}; {nearest(lever, cls.model_fields)}")
        note = cls.note(lever)
        if "of" in note:
            return " > ".join(note["of"])
        nothing: float | str = note["options"][0] if "options" in note else note.get("neutral", 0)
        return nothing


Policies = Policy | Mapping[str, Policy]  # one for all, or one for each route of entry
