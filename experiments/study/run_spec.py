"""One run of a study: which it is, and what it takes."""

from typing import NamedTuple

from kring.experiments.study.designs import Levers
from kring.simulation.parameters import Parameters
from kring.simulation.town import Town


class RunSpec(NamedTuple):
    """One run of a study.

    Attributes
    ----------
    number : int
        Its number within the study, from 0.
    policy : int
        Which of the study's policies.
    point : int
        Which of the design's points.
    seed : int
        Seed of the town.
    municipality : int
        Which of a country's municipalities; -1 for a town.
    piece : int
        Which piece of the town, where it is lived in pieces; -1 for all of it.
    set : int
        Which set of the ensemble, from 1; 0 for a single named set.
    """

    number: int
    policy: int
    point: int
    seed: int
    municipality: int = -1
    piece: int = -1
    set: int = 0


class Setup(NamedTuple):
    """What a run takes: a pure function of these gives the result."""

    town: Town
    policy: Levers
    parameters: Parameters
    weeks: int
    seed: int
    today: Levers
    from_week: int = 1
    phase_in: int = 0
