"""What a case asks where the staff was told: so much that this staff has today's waiting list."""

import math

from kring.simulation.behaviour.organising import HALF_YEAR, LEAST, MOST
from kring.simulation.compiled import compiled, compiled_and_kept
from kring.simulation.rows import WAITING

SLOWEST, FASTEST = 0.25, 4.0  # times the usual: the range of `case_length` and `case_hours`
SETTLES = 4  # half years whose pace becomes that of the town


@compiled
def within(value, low, high):
    """The number, or the end of the range beyond which it lies."""
    return min(max(value, low), high)


@compiled_and_kept
def work_at(strengths, usual, length, hours):
    """Let cases last, and take hours, so many times what the usual strengths give."""
    strengths.closes_when_solved = min(1.0, usual.closes_when_solved / length)
    strengths.closes_when_light = min(1.0, usual.closes_when_light / length)
    strengths.closes_with_problems = min(1.0, usual.closes_with_problems / length)
    strengths.guidance_per_level = min(3.0, usual.guidance_per_level * hours)


@compiled
def comers_a_week(world, week):
    """Who came to the teams in the last half year, again included, for each week of it."""
    lately = 0.0
    for c in range(len(world.clients)):
        client = world.clients[c]
        if client.stage >= WAITING and client.opened_week >= week - HALF_YEAR:
            lately += 1.0
    return lately / HALF_YEAR


@compiled_and_kept
def pace_asked(world, week, waited, pace):
    """How many times the usual a case asks, by how long the list has become in half a year.

    Cases become as much lighter, or heavier, as would make the wait today's (`queue_weeks`) for
    all who come. Returns it, and how many wait now.
    """
    held = 0.0
    for w in range(len(world.professionals)):
        held += world.professionals[w].held
    waiting = 0.0
    for t in range(len(world.teams)):
        waiting += world.teams[t].waiting
    held = max(held, 1.0)
    too_many = waiting - world.town.queue_weeks * comers_a_week(world, week)
    asked = (held + (too_many + waiting - waited) / 2.0) / held
    return within(pace / within(asked, LEAST, MOST), SLOWEST, FASTEST), waiting


@compiled_and_kept
def times_usual(town, pace):
    """How many times the usual cases last and take hours, in a town at a pace."""
    length = within(pace * town.case_length, SLOWEST, FASTEST)
    return length, within(pace * town.case_hours, SLOWEST, FASTEST)


@compiled_and_kept
def pace_found(paces):
    """What a case asks from the start on: the mean of the last two years."""
    first = max(0, len(paces) - SETTLES)
    logs = 0.0
    for half_year in range(first, len(paces)):
        logs += math.log(paces[half_year])
    return math.exp(logs / (len(paces) - first))
