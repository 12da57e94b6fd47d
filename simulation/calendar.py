"""The calendar: a year of 52 weeks, a quarter, and whose turn it is."""

from kring.simulation.compiled import compiled

WEEKS_A_YEAR = 52.0
MONTHS_A_YEAR = 12.0
QUARTER = 13  # weeks


@compiled
def is_turn_of(identity: int, week: int, every: int) -> bool:
    """Whether it is somebody's turn, once in so many weeks; turns are spread over people."""
    return (week + identity) % every == 0
