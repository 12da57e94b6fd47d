"""Measure all rows of evidence in one town: three runs, which share people and what they do."""

import numpy as np

from kring.experiments.observations.conferences import (
    MOMENT,
    hours_saved,
    meetings_per_offer,
    plans_out_of_use,
)
from kring.experiments.observations.courses import LONG, OPENED, YEAR, durations, returns
from kring.experiments.observations.interviews import repeat_survey
from kring.experiments.observations.rows import ROWS
from kring.simulation.living import Run
from kring.simulation.parameters import Parameters
from kring.simulation.policy import Policy
from kring.simulation.result import Result
from kring.simulation.rows import World
from kring.simulation.run import simulate
from kring.simulation.survey import WAVES
from kring.simulation.town import Town
from kring.simulation.world import adopt, settle

CLIENTS = 1000  # of each run: chance is then smaller than what the studies leave open
SURVEYS = 20  # of which the mean is taken: nearly everybody is asked in some
BY_CONFERENCE = 0.25  # of the interviewed town: enough to interview, few enough to leave it a town
MUCH = 8.0  # hours a week of help that E75 counts as much


def measure(
    town: Town, parameters: Parameters, seed: int, clients: int = CLIENTS
) -> dict[str, float]:
    """What the model gives for every row of evidence that it can measure.

    Parameters
    ----------
    town : Town
        Whose people, teams and prices; its size and routes of entry are set here.
    parameters : Parameters
        Strengths of the mechanisms.
    seed : int
        Seed of the runs.
    clients : int
        Clients in each run.

    Returns
    -------
    dict of str to float
        By row of evidence, in its unit; NaN where nobody is in the group.
    """
    found = interviewed(town.replace(clients=clients), parameters, seed)
    found |= followed(town.replace(clients=clients), parameters, seed)
    return {identity: float(found[identity]) for identity in ROWS}


def interviewed(town: Town, parameters: Parameters, seed: int) -> dict[str, float]:
    """The rows of the interviews: both routes beside each other for two years."""
    result = simulate(
        town.replace(conference_share=BY_CONFERENCE),
        {"team": Policy.preset("wijkteam"), "conference": Policy.preset("eigen_kracht")},
        WAVES[1],
        seed,
        parameters=parameters,
        keep=[WAVES[0]],
        episodes=False,
        threads=1,
    )
    return mean_of_surveys(result)


def mean_of_surveys(result: Result) -> dict[str, float]:
    """The mean over surveys of each figure, of those in which anybody could answer."""
    surveys = repeat_survey(result, SURVEYS)
    return dict(surveys.mean())


def followed(town: Town, parameters: Parameters, seed: int) -> dict[str, float]:
    """The rows of registers and other studies: six years of a team, and conferences for all.

    Both runs begin with the same people.
    """
    people = settle(town.replace(conference_share=0, entry_weeks=OPENED[1]), parameters, seed)
    team = looked_at(people, "wijkteam", episodes=True)
    carers = more_than_much(team.world)
    team.live(LONG - team.week)
    conference = looked_at(people, "eigen_kracht", episodes=False)
    happened = team.records().episodes_in_order()
    families = people.clients.children > 0
    return {
        **durations(happened, families),
        **returns(happened, families, LONG),
        "E72": hours_saved(team.kept, conference.kept, people.clients),
        "E73": plans_out_of_use(conference.kept),
        "E74": meetings_per_offer(conference.kept),
        "E75": carers,
    }


def looked_at(people: World, policy: str, *, episodes: bool) -> Run:
    """A run of these people in which they are looked at every month, until none enters any more."""
    run = Run(adopt(people, Policy.preset(policy)), episodes=episodes, threads=1)
    run.live_and_keep(OPENED[1], range(YEAR, OPENED[1] + 1, MOMENT))
    return run


def more_than_much(world: World) -> float:
    """Of those who support a client: the share who give more than eight hours a week (E75)."""
    load = world.members.load
    helps = load > 0
    return float((load[helps] > MUCH).mean()) if helps.any() else np.nan
