"""Why did this supporter stop? The week is lived again with one strength silent at a time."""

from collections.abc import Sequence

from simulation.living import Run
from simulation.phase_in import Start, turns
from simulation.policy import Policy
from simulation.rows import SUPPORTING

# Strengths that make a supporter stop, and that can be silenced.
SILENCED = (
    "overload", "only_supporter", "distress_wears", "imbalance_ends", "crowding_out",
    "nothing_left_to_do", "merged_role", "turnover",
)  # fmt: skip


def still_stops(
    stands: Run,
    policy: Policy,
    client: int,
    tie: int,
    week: int,
    silenced: Sequence[str] = SILENCED,
) -> dict[str, bool]:
    """Whether a supporter would have stopped in a week, were one strength silent in it.

    Everything up to that week is as it was, and luck is keyed: what differs is that strength.

    Parameters
    ----------
    stands : Run
        The town before week 1, which is left as it is.
    policy : Policy
        What it meets from there.
    client, tie : int
        Row of the client, and place in the network.
    week : int
        The week, from 1, in which (s)he stopped.
    silenced : sequence of str
        Strengths, each set to 0 by itself.
    """
    run = stands.branched(episodes=False, threads=1)
    ahead = turns(run.policy or policy, policy, Start(), float(run.world.town.recruiting_weeks))
    if week > 1:
        run.live_and_keep(week - 1, turns=ahead)
    row = int(run.world.clients[client].first_tie) + tie
    found = {}
    for strength in silenced:
        other = run.branched(episodes=False, threads=1)
        strengths = other.world.parameters.copy()
        strengths[strength] = 0.0
        for portion in other.portions:
            portion.world = portion.world._replace(parameters=strengths)
        other.live_and_keep(week, turns=ahead)
        found[strength] = int(other.world.ties[row].state) != SUPPORTING
    return found
