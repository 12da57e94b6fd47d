"""The past of a town that runs already: how its waiting list came to be as long as it is.

Either the staff follows what is asked of it, or, where the staff is told, what a case asks is such
that this staff has this waiting list.
"""

import numpy as np

from simulation.living import Run
from simulation.rows import WAITING
from simulation.town import Town
from simulation.world import held_by_team, restaff

HALF_YEAR, STEADY = 26, 3  # weeks; half years before the start in which the staff stays as it is
AT_MOST = (0.9, 1.15)  # times the staff, in half a year
SETTLES = 4  # half years whose pace becomes that of the town
PACES = (0.25, 4.0)  # times the usual: the range of `case_length` and `case_hours`


def live_past(run: Run, town: Town) -> None:
    """Live a town's past, up to the start."""
    if town.queue_kept_by == "cases":
        cases_for_the_staff(run, town)
    else:
        staff_for_what_comes(run, town)
    run.live(town.weeks_before - run.week)
    run.begin()


def staff_for_what_comes(run: Run, town: Town) -> None:
    """Live a past in which the staff follows what is asked of it.

    Until a year and a half before the start each team gets, twice a year, the workers with whom its
    waiting list would be as long as today's (`queue_weeks`); after that nothing changes any more.
    """
    teams = run.world.teams.view(np.ndarray)
    waited = teams["waiting"].astype(float)
    for _ in range(int(town.weeks_before) // HALF_YEAR - STEADY):
        run.live(HALF_YEAR)
        held = held_by_team(run.world)
        too_many = teams["waiting"] - town.queue_weeks * teams["clients_a_week"]
        grown = teams["waiting"] - waited
        asked = (held + (too_many + grown) / 2) / np.maximum(held, 1.0)
        waited = teams["waiting"].astype(float)
        restaff(run.world, np.clip(asked, *AT_MOST))


def cases_for_the_staff(run: Run, town: Town) -> None:
    """Live a past in which it comes out how long cases last and how many hours they take.

    The staff is what was told. Twice a year cases become as much lighter, or heavier, as would make
    the wait today's (`queue_weeks`) for all who come, again included; the mean of the last two
    years is what a case asks from the start on.
    """
    waited, pace, paces = 0.0, 1.0, []
    for _ in range(int(town.weeks_before) // HALF_YEAR):
        run.live(HALF_YEAR)
        held = max(held_by_team(run.world).sum(), 1.0)
        waiting = float(run.world.teams.waiting.sum())
        too_many = waiting - town.queue_weeks * comers_a_week(run)
        asked = (held + (too_many + waiting - waited) / 2) / held
        waited = waiting
        pace = float(np.clip(pace / np.clip(asked, *AT_MOST), *PACES))
        paces.append(pace)
        set_pace(run, town, pace)
    if paces:
        set_pace(run, town, float(np.exp(np.log(paces[-SETTLES:]).mean())))


def comers_a_week(run: Run) -> float:
    """Who came to the teams in the last half year, again included, for each week of it."""
    clients = run.world.clients.view(np.ndarray)
    lately = (clients["opened_week"] >= run.week - HALF_YEAR) & (clients["stage"] >= WAITING)
    return float(lately.sum()) / HALF_YEAR


def set_pace(run: Run, town: Town, pace: float) -> None:
    """Let cases last, and take hours, so many times as the town says."""
    length, hours = np.clip([pace * town.case_length, pace * town.case_hours], *PACES)
    run.work_at(float(length), float(hours))
