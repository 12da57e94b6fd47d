"""What comes of an offered conference: meetings held, hours saved, plans that fall out of use."""

from collections.abc import Mapping

import numpy as np

from kring.experiments.observations.courses import YEAR
from kring.simulation.field import PARENTING, YOUTH
from kring.simulation.rows import NETWORK_PLAN

PROTECTION = 3  # level of parenting or youth problems from which child protection looks on
QUARTER = 13  # weeks
MOMENT = 4  # weeks between two looks at the clients

Looks = Mapping[int, np.ndarray]  # what is known of the clients, by week


def a_year_after(looks: Looks, column: str) -> np.ndarray:
    """A column as it stood a year after each client's entry; NaN for who entered too late."""
    weeks = np.array(sorted(looks))
    entered = looks[weeks[0]]["entry_week"]
    look = np.searchsorted(weeks, entered + YEAR)
    values = np.stack([looks[week][column] for week in weeks]).astype(float)
    late = look >= len(weeks)
    found = values[np.where(late, 0, look), np.arange(len(entered))]
    return np.where(late, np.nan, found)


def meetings_per_offer(looks: Looks) -> float:
    """Of the families to whom a conference was offered: those who held it within a year (E74)."""
    rows = next(iter(looks.values()))
    offered = a_year_after(looks, "proposed") == 1
    offered &= rows["children"] > 0
    if not offered.any():
        return np.nan
    return float((a_year_after(looks, "attended")[offered] > 0).mean())


def hours_saved(without: Looks, with_conference: Looks, at_start: np.ndarray) -> float:
    """Professionals' hours in the year after entry, with a conference against without (E72).

    The same families in child protection, those who held one; the coordinator is left out.

    Parameters
    ----------
    without, with_conference : mapping of int to ndarray
        The same people by week under either policy.
    at_start : ndarray
        What they were before anything was done.
    """
    heavy = at_start["level"][:, [PARENTING, YOUTH]].max(axis=1) >= PROTECTION
    held = heavy & (a_year_after(with_conference, "attended") > 0)
    hours = [
        a_year_after(looks, "hours_professional")[held].sum()
        for looks in (without, with_conference)
    ]
    return float(hours[1] / hours[0] - 1) if hours[0] > 0 else np.nan


def in_use(rows: np.ndarray) -> np.ndarray:
    """Whether the network's plan is carried out, at least partly."""
    in_use: np.ndarray = rows["carried_out"]
    return in_use


def plans_out_of_use(looks: Looks) -> float:
    """Of the plans that networks made: the share out of use a quarter of a year later (E73)."""
    out = made = 0
    for week, rows in looks.items():
        age = week - rows["plan_week"]
        plan = (rows["plan"] == NETWORK_PLAN) & (age >= QUARTER) & (age < QUARTER + MOMENT)
        made += plan.sum()
        out += (plan & ~in_use(rows)).sum()
    return float(out / made) if made else np.nan
