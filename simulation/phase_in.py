"""When a policy begins: from a week on, at once or in steps."""

from typing import NamedTuple

import numpy as np

from kring.simulation.errors import KringError, shown
from kring.simulation.policy import Policies, Policy
from kring.simulation.world import by_route

STEP = 4  # weeks


class Start(NamedTuple):
    """The week in which a policy begins, and in how many weeks it comes to all it is.

    Attributes
    ----------
    from_week : int
        First week of the policy, from 1; before it today's policy goes on.
    phase_in : int
        Weeks in which its numbers go, in steps of four weeks, from today's to its own.
    """

    from_week: int = 1
    phase_in: int = 0


def turns(
    today: Policies, policy: Policies, start: Start, recruiting: float
) -> dict[int, Policies]:
    """What everybody meets after so many weeks, from today's policy to another.

    Parameters
    ----------
    today, policy : Policy or mapping
        One for all, or one for each route of entry.
    start : Start
        When the other begins.
    recruiting : float
        Weeks until the coordinators whom it contracts beyond today's have been found.

    Raises
    ------
    KringError
        For a start that cannot be.
    """
    for name, value, least in (("from_week", start.from_week, 1), ("phase_in", start.phase_in, 0)):
        if not isinstance(value, int | np.integer) or value < least:
            raise KringError(f"{name} = {shown(value)}: it takes a whole number from {least} on")
    now, goal = by_route(today), by_route(policy)
    if now == goal:
        return {}
    if not any(contracts_more(now[name], goal[name]) for name in goal):
        recruiting = 0
    return {
        week: {name: now[name].toward(goal[name], share, hired) for name in goal}
        for week, (share, hired) in steps(start, recruiting).items()
    }


def steps(start: Start, recruiting: float) -> dict[int, tuple[float, float]]:
    """After so many weeks: how far a policy is, and what part of its coordinators is found."""
    return {
        start.from_week - 1 + passed: (part(passed, start.phase_in), part(passed, recruiting))
        for passed in range(0, max(1, start.phase_in, int(recruiting)), STEP)
    }


def contracts_more(now: Policy, goal: Policy) -> bool:
    """Whether a policy contracts more coordinators than another."""
    return goal.outside_guidance_capacity > now.outside_guidance_capacity


def part(passed: int, takes: float) -> float:
    """Part of what takes some weeks that is there in the step which begins after others."""
    return min(1.0, (passed + STEP) / takes) if takes > 0 else 1.0
