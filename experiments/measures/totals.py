"""Totals: of how many people a mean is, so that the mean says what it is for a whole town."""

from kring.experiments.measures import is_weekly, measure, part_of
from kring.simulation.outcomes import OUTCOMES

OF_A_YEAR = (
    "spent",
    "staff",
    "cash",
    "free_hours",
    "free_worth",
    "cost_others",
)  # a year per new client; so are the families below
FAMILIES = ("spent_", "paid_", "cash_")
CLIENTS = "clients"
NOT_ADDED = ("levels", "0 to 1", "plans", "times")  # units of which a total says little
COUNTS = {o.name for o in OUTCOMES if o.aggregate == "total"}

OF_TOWNS = ("waiting_list", "inflow")  # no means: they are of all teams that are lived

PEOPLE, YEAR, TOWN = "people in need", "new clients a year", "the town"


def over(outcome: str) -> str:
    """Of whom an outcome is a mean that adds up: `PEOPLE`, `YEAR`, or nobody; or of the `TOWN`.

    Examples
    --------
    >>> over("cost@52"), over("spent"), over("wait")
    ('people in need', 'new clients a year', '')
    """
    name = part_of(outcome)[0]
    if name in OF_TOWNS:
        return TOWN
    if name in OF_A_YEAR or name.startswith(FAMILIES):
        return YEAR
    if is_weekly(name) and name not in COUNTS and measure(name).unit not in NOT_ADDED:
        return PEOPLE
    return ""


def unit_of_total(outcome: str) -> str:
    """The unit of a total: of a share it is clients."""
    unit = measure(outcome).unit
    return CLIENTS if unit == "share" else unit
