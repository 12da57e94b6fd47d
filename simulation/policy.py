"""Policy: what a municipality chooses. It acts only through the values the agents ask for."""

from typing import ClassVar, Self

from pydantic import model_validator

from simulation.errors import KringError, nearest
from simulation.levers.agencies import AgencyLevers
from simulation.levers.closing import ClosingLevers
from simulation.levers.entrance import EntranceLevers
from simulation.levers.neighbourhood import NeighbourhoodLevers
from simulation.levers.network import NetworkLevers
from simulation.levers.team import TeamLevers


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
