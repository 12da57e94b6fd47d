"""The past of a town that runs already: how its waiting list came to be as long as it is.

Either the staff follows what is asked of it (`organising.follows_demand`, as the weeks pass), or,
where the staff is told, what a case asks is such that this staff has this waiting list.
"""

import numpy as np

from kring.simulation.behaviour.organising import HALF_YEAR
from kring.simulation.behaviour.pace import pace_asked, pace_found, times_usual
from kring.simulation.living import Run
from kring.simulation.town import Town


def live_past(run: Run, town: Town) -> None:
    """Live a town's past, up to the start."""
    if weeks := reviews(town):
        cases_for_the_staff(run, weeks)
    run.live(town.weeks_before - run.week)
    run.begin()


def reviews(town: Town) -> list[int]:
    """The weeks after which it is looked at what a case asks."""
    if town.queue_kept_by != "cases":
        return []
    return [*range(HALF_YEAR, int(town.weeks_before) + 1, HALF_YEAR)]


def cases_for_the_staff(run: Run, weeks: list[int]) -> None:
    """Live a past in which it comes out how long cases last and how many hours they take."""
    waited, pace, paces = 0.0, 1.0, []
    for week in weeks:
        run.live(week - run.week)
        pace, waited = pace_asked(run.world, run.week, waited, pace)
        paces.append(pace)
        run.work_at(*times_usual(run.world.town, pace))
    run.work_at(*times_usual(run.world.town, pace_found(np.array(paces))))
