"""When levers of an extension do nothing, and why: as its author knows it from the rules."""

import inspect
from collections.abc import Callable
from typing import NamedTuple

from kring.simulation.errors import KringError, nearest
from kring.simulation.parameters import Parameters
from kring.simulation.policy import Policy
from kring.simulation.town import Town

CAN_ASK = ("policy", "town", "strengths")


class IdleRule(NamedTuple):
    """Levers, why they do nothing in English and Dutch, and the function that says when."""

    called: str
    levers: tuple[str, ...]
    why: str
    why_nl: str
    function: Callable[..., bool]

    def check(self) -> None:
        """Refuse a function that asks for what there isn't.

        Raises
        ------
        KringError
            With the nearest that there is.
        """
        for name in inspect.signature(self.function).parameters:
            if name not in CAN_ASK:
                raise KringError(f"{self.called} asks for {name!r}; {nearest(name, CAN_ASK)}")

    def holds(self, policy: Policy, town: Town, strengths: Parameters) -> bool:
        """Whether they do nothing under a policy in a town.

        Raises
        ------
        KringError
            In one line, where the function goes wrong.
        """
        place = dict(zip(CAN_ASK, (policy, town, strengths), strict=True))
        asked = inspect.signature(self.function).parameters
        try:
            return bool(self.function(**{name: place[name] for name in asked}))
        except Exception as error:
            raise KringError(f"{self.called}: {type(error).__name__}: {error}") from None
