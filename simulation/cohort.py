"""A cohort: who comes into need in one year, and what each was like some time after that."""

import numpy as np

from kring.simulation.calendar import WEEKS_A_YEAR
from kring.simulation.errors import KringError, shown

YEAR = int(WEEKS_A_YEAR)


Asked = tuple[int, int]  # the year in which they come, from 1, and weeks after the entry of each


def check_cohort(asked: Asked, weeks: int) -> None:
    """Refuse to look at people longer after their entry than a run goes on.

    Raises
    ------
    KringError
        For a year or a time that isn't lived.
    """
    if not isinstance(asked, tuple | list) or len(asked) != 2:
        raise KringError(f"cohorts: {shown(asked)}: give a year and weeks, such as (1, 52)")
    year, after = asked
    if not all(isinstance(one, int | np.integer) for one in asked):
        raise KringError(f"cohorts: {shown(asked)}: a year and weeks are whole numbers")
    if year < 1 or after < 1 or year * YEAR + after > weeks:
        raise KringError(
            f"who comes in year {year}, {after} weeks after entry: that takes "
            f"{max(1, year) * YEAR + max(1, after)} weeks, and {weeks} are lived"
        )


class Cohort:
    """The people of one year, looked at a number of weeks after each one's need arose.

    Parameters
    ----------
    clients : ndarray
        All clients of a run.
    start : int
        Weeks lived before week 1.
    asked : (int, int)
        The year in which they come, and the weeks after which they are looked at.

    Attributes
    ----------
    rows : ndarray
        What is known of each of them at that moment, in order of coming.
    """

    def __init__(self, clients: np.ndarray, start: int, asked: Asked) -> None:
        year, after = asked
        entry = clients["entry_week"].astype(int)
        here = np.flatnonzero((entry - start) // YEAR == year - 1)
        self.who: np.ndarray = here[np.argsort(entry[here], kind="stable")]
        self.due: np.ndarray = entry[self.who] + after
        self.rows: np.ndarray = clients[self.who]

    def look(self, clients: np.ndarray, week: int) -> None:
        """Note what is known of those whose turn it is, when so many weeks have been lived."""
        one, end = np.searchsorted(self.due, [week, week + 1])
        self.rows[one:end] = clients[self.who[one:end]]
