"""Pieces: a town too large for one machine's memory is lived piece by piece, and joined.

Teams share nothing, so a piece is some of a town's teams with the people they would have in the
whole town. What is joined from the pieces equals the run in one piece, to the last bit.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from kring.simulation.cohort import Asked
from kring.simulation.errors import KringError
from kring.simulation.living import portions_of
from kring.simulation.parameters import Parameters
from kring.simulation.phase_in import Start, turns
from kring.simulation.policy import Policy
from kring.simulation.records import Records
from kring.simulation.run import check_run, policies_of, run_in
from kring.simulation.settings import preset
from kring.simulation.town import Town


def portions_of_piece(town: Town, piece: int, pieces: int) -> list[range]:
    """The portions of teams that make up one piece of a town; there may be none."""
    portions = portions_of(town.teams)
    edges = np.linspace(0, len(portions), pieces + 1).astype(int)
    return portions[edges[piece] : edges[piece + 1]]


def live_piece(
    town: str | Town,
    policy: str | Policy | Mapping[str, str | Policy],
    weeks: int,
    seed: int,
    piece: int,
    pieces: int,
    *,
    parameters: str | Parameters | None = None,
    today: str | Policy | Mapping[str, str | Policy] | None = None,
    from_week: int = 1,
    phase_in: int = 0,
    keep: Iterable[int] = (),
    cohorts: Iterable[Asked] = (),
    episodes: bool = True,
    threads: int | None = None,
) -> Records:
    """Live one piece of a town.

    Parameters
    ----------
    town, policy, weeks, seed, parameters, today, from_week, phase_in
        As for `simulate`.
    keep, cohorts, episodes, threads
        As for `simulate`.
    piece : int
        Which piece, from 0.
    pieces : int
        Number of pieces, 1 to 16.

    Returns
    -------
    Records
        For `Records.join`, which takes those of all pieces in order.

    Raises
    ------
    KringError
        For a piece that there is not, or what cannot be run.
    """
    check_run(weeks, seed, threads)
    town = preset(Town, town)
    if not 0 <= piece < pieces:
        raise KringError(f"no piece {piece} of {pieces}; pieces are 0 to {pieces - 1}")
    portions = portions_of_piece(town, piece, pieces)
    goal = policies_of(policy)
    before = goal if today is None else policies_of(today)
    how: dict[str, Any] = {"parameters": parameters, "episodes": episodes, "threads": threads}
    run = run_in(town, before, weeks, seed, portions=portions, **how)
    ahead = turns(before, goal, Start(from_week, phase_in), town.recruiting_weeks)
    run.live_and_keep(weeks, keep, cohorts=cohorts, turns=ahead)
    return run.records()
