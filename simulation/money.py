"""Money: what is spent, by kind and by payer, at the tariffs of the town."""

from functools import cache
from typing import TYPE_CHECKING

from kring.simulation.compiled import compiled
from kring.simulation.settings import DATA

if TYPE_CHECKING:
    import pandas as pd

KINDS = (
    "team",
    "guidance",
    "conference",
    "specialist",
    "placement",
    "inquiry",
    "neighbourhood",
    "schooling",
    "campaign",
    "provision",
)
(TEAM, TEAM_GUIDANCE, CONFERENCE, SPECIALIST, PLACEMENT, INQUIRY, NEIGHBOURHOOD, SCHOOLING,
 CAMPAIGN, PROVISION) = range(len(KINDS))  # fmt: skip


@compiled
def book(world, week, kind, amount):
    """Book what is spent; by hand, outside a run, nothing is recorded."""
    if week < len(world.municipality):
        world.municipality[week].spent[kind] += amount


@compiled
def spend(world, client, week, kind, amount):
    """Book what is spent on a client."""
    client.cost += amount
    book(world, week, kind, amount)


@cache
def payers() -> "pd.DataFrame":
    """Who pays which share of a kind: `kind, payer, share, low, high, source`."""
    import pandas as pd

    return pd.read_csv(DATA / "payers.csv")


def by_payer(spent: "pd.Series") -> "pd.Series":
    """Divide what is spent by kind over the payers.

    Parameters
    ----------
    spent : Series
        EUR, by kind.

    Returns
    -------
    Series
        EUR, by payer; the sum is the same.
    """
    table = payers()
    return (table["kind"].map(spent) * table["share"]).groupby(table["payer"], sort=False).sum()
