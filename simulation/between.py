"""Between two policies: the row of one that is on its way to another."""

import numpy as np

from kring.simulation.compiled import compiled_and_kept

AT_ONCE, IN_STEPS, AS_HIRED = range(3)  # how a lever gets to its goal


@compiled_and_kept
def on_the_way(
    row: np.ndarray, now: np.ndarray, goal: np.ndarray, how: np.ndarray, share: float, hired: float
) -> None:
    """Fill in the levers of a policy that has come so far, ``share``, from one to another.

    What is `AS_HIRED` has come no further than the part, ``hired``, that has been found.
    """
    is_there = min(share, hired) >= 1.0
    for lever in range(len(row)):
        if is_there or how[lever] == AT_ONCE:
            row[lever] = goal[lever]
        else:
            part = min(share, hired) if how[lever] == AS_HIRED else share
            row[lever] = now[lever] + part * (goal[lever] - now[lever])
