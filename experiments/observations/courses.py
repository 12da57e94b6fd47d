"""How long cases last, and who comes back: from the closings and returns of a long run."""

import numpy as np

from kring.simulation import episodes

YEAR = 52  # weeks
OPENED = (YEAR, 3 * YEAR)  # weeks: from which to which a case is counted; before, teams fill up
LASTS = 3 * YEAR
FOLLOWED = 5 * YEAR  # after closing
LONG = OPENED[1] + LASTS  # weeks that all this takes


def first_week(happened: np.ndarray, kind: int, clients: int) -> np.ndarray:
    """Week in which a kind of episode first happened to each client; infinite where it did not."""
    weeks = np.full(clients, np.inf)
    rows = happened[happened["kind"] == kind]
    np.minimum.at(weeks, rows["client"], rows["week"])
    return weeks


def durations(happened: np.ndarray, families: np.ndarray) -> dict[str, float]:
    """Share of families' cases closed within a year (E68), and that last three years (E69)."""
    opened = first_week(happened, episodes.ENTRY, len(families))
    counted = families & (opened >= OPENED[0]) & (opened < OPENED[1])
    if not counted.any():
        return dict.fromkeys(("E68", "E69"), np.nan)
    lasted = first_week(happened, episodes.CLOSING, len(families))[counted] - opened[counted]
    return {"E68": (lasted <= YEAR).mean(), "E69": (lasted >= LASTS).mean()}


def returns(happened: np.ndarray, families: np.ndarray, weeks: int) -> dict[str, float]:
    """Share of people back more than a year after closing: families (E70) and all (E71)."""
    closed = first_week(happened, episodes.CLOSING, len(families))
    back = first_week(happened, episodes.RETURN, len(families))
    had_end = closed < np.inf
    away = np.minimum(back, weeks) - np.where(had_end, closed, 0)
    return {
        identity: back_late(away[who], (back < np.inf)[who])
        for identity, who in (("E70", had_end & families), ("E71", had_end))
    }


def back_late(away: np.ndarray, came_back: np.ndarray) -> float:
    """Share who come back more than a year after, followed for five years.

    Parameters
    ----------
    away : ndarray
        Weeks until the return, or until nobody looks any more.
    came_back : ndarray of bool
        Whether there was a return.
    """
    if not len(away):
        return np.nan
    return stay_away(away, came_back, YEAR) - stay_away(away, came_back, FOLLOWED)


def stay_away(away: np.ndarray, came_back: np.ndarray, weeks: int) -> float:
    """Share who stay away so long, though not all can be followed (Kaplan and Meier)."""
    moments = np.unique(away[came_back & (away <= weeks)])[:, None]
    back = (came_back & (away == moments)).sum(axis=1)
    return float(np.prod(1 - back / (away >= moments).sum(axis=1)))
