"""Who is better and worse off: clients in groups, as they were at the start, counted."""

from typing import NamedTuple

import numpy as np
import pandas as pd

GROUPS = "groups"  # the table of how many they are
FEWEST = 10  # people of one's own of whom a group is told, as statistical offices have it
MOST = 127
NUMBERS = ["clients", "better", "same", "worse", "change"]


class Group(NamedTuple):
    """Clients for whom a column of `ends` lies between two whole numbers, both included."""

    en: str
    nl: str
    low: int
    high: int


class Grouping(NamedTuple):
    """Groups that divide all clients by one column of `ends`."""

    column: str
    en: str
    nl: str
    groups: tuple[Group, ...]


EVERYBODY = Grouping("", "all", "allen", (Group("all clients", "alle cliënten", 0, MOST),))
GROUPINGS = (
    EVERYBODY,
    Grouping(
        "problems_at_entry",
        "problems at entry",
        "problemen bij binnenkomst",
        (
            Group("up to 3 problems", "tot 3 problemen", 0, 3),
            Group("4 to 6 problems", "4 tot 6 problemen", 4, 6),
            Group("from 7 problems", "vanaf 7 problemen", 7, MOST),
        ),
    ),
    Grouping(
        "children",
        "household",
        "huishouden",
        (
            Group("without children at home", "zonder kinderen thuis", 0, 0),
            Group("with children at home", "met kinderen thuis", 1, MOST),
        ),
    ),
    Grouping(
        "age",
        "age",
        "leeftijd",
        (
            Group("younger than 30", "jonger dan 30", 0, 29),
            Group("30 to 64 years old", "30 tot en met 64 jaar", 30, 64),
            Group("65 or older", "65 of ouder", 65, MOST),
        ),
    ),
    Grouping(
        "ties",
        "size of the network",
        "grootte van het netwerk",
        (
            Group("network up to 4 people", "netwerk tot 4 mensen", 0, 4),
            Group("network of 5 to 9 people", "netwerk van 5 tot 9", 5, 9),
            Group("network from 10 people", "netwerk vanaf 10 mensen", 10, MOST),
        ),
    ),
    Grouping(
        "nearest",
        "who is nearest",
        "wie het dichtstbij staat",
        (
            Group("close kin", "naaste familie", 0, 0),
            Group("at best other family or friends", "hooguit andere familie of vrienden", 1, 2),
            Group("at best neighbours or others", "hooguit buren of anderen", 3, MOST),
        ),
    ),
    Grouping(
        "offer",
        "what became of the offer",
        "wat er van het aanbod kwam",
        (
            Group("nothing was offered", "niets aangeboden", 0, 0),
            Group("offered and declined", "aangeboden en afgeslagen", 1, 1),
            Group("accepted, never met", "aangenomen, nooit bijeen", 2, 2),
            Group("the network met", "het netwerk kwam bijeen", 3, 3),
        ),
    ),
)
GROUP_WORDS = {  # in English and in Dutch
    one.en: (one.en, one.nl) for grouping in GROUPINGS for one in grouping.groups
} | {grouping.en: (grouping.en, grouping.nl) for grouping in GROUPINGS}


def members(clients: pd.DataFrame, grouping: Grouping, group: Group) -> pd.Series:
    """Which clients are in a group: a yes or no for each row."""
    if grouping is EVERYBODY:
        return pd.Series(True, clients.index)
    return clients[grouping.column].between(group.low, group.high)


def by_group(ends: pd.DataFrame, first: pd.DataFrame) -> pd.DataFrame:
    """How many of each group end with fewer and with more problems than under the first policy.

    Parameters
    ----------
    ends, first : DataFrame
        How clients end under a policy and under the first: `ends`, with the ``seed`` of each town.

    Returns
    -------
    DataFrame
        ``seed, by, group, clients, better, same, worse, change``: clients, but for ``change``, how
        many problems all of them together have more. A group without clients has no row.
    """
    before = first.set_index(["seed", "client"])["problems"].rename("before")
    both = ends.join(before, on=["seed", "client"], how="inner")
    change = both["problems"].astype(np.int64) - both["before"]
    each = pd.DataFrame(
        {"clients": 1, "better": change < 0, "same": change == 0, "worse": change > 0,
         "change": change}, dtype=np.int64,
    )  # fmt: skip
    counted = [
        each[where].groupby(both["seed"]).sum().assign(by=grouping.en, group=group.en)
        for grouping in GROUPINGS
        for group in grouping.groups
        if (where := members(both, grouping, group)).any()
    ]
    if not counted:
        counted = [each.groupby(both["seed"]).sum().assign(by="", group="")]
    return pd.concat(counted).reset_index()[["seed", "by", "group", *NUMBERS]]


def without_few(groups: pd.DataFrame) -> pd.DataFrame:
    """The groups of a town without numbers of those of fewer than `FEWEST` people.

    Nor of the next in size where those left out are fewer than that together: what all others are
    would tell how many they are.
    """
    told = groups.astype(dict.fromkeys(NUMBERS, float))
    for _by, sizes in groups.groupby("by")["clients"]:
        ascending = sizes.sort_values(kind="stable")
        left_out = ascending.cumsum() - ascending  # how many are left out with the smaller ones
        few = (ascending < FEWEST) | ((left_out > 0) & (left_out < FEWEST))
        told.loc[few.index[few], NUMBERS] = np.nan
    return told
