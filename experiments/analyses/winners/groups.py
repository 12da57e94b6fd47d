"""The groups in which is looked who is better and worse off, as clients were at the start."""

from typing import NamedTuple

import pandas as pd

from kring.experiments.text.language import Word


class Group(NamedTuple):
    """Clients for whom a column of `ends` lies between two whole numbers, both included."""

    word: Word
    low: int
    high: int


class Grouping(NamedTuple):
    """Groups that divide all clients by one column of `ends`."""

    column: str
    word: Word
    groups: tuple[Group, ...]


MOST = 127
EVERYBODY = Grouping(
    "", Word("all", "allen"), (Group(Word("all clients", "alle cliënten"), 0, MOST),)
)
GROUPINGS = (
    EVERYBODY,
    Grouping(
        "problems_at_entry",
        Word("problems at entry", "problemen bij binnenkomst"),
        (
            Group(Word("up to 3 problems", "tot 3 problemen"), 0, 3),
            Group(Word("4 to 6 problems", "4 tot 6 problemen"), 4, 6),
            Group(Word("from 7 problems", "vanaf 7 problemen"), 7, MOST),
        ),
    ),
    Grouping(
        "children",
        Word("household", "huishouden"),
        (
            Group(Word("without children at home", "zonder kinderen thuis"), 0, 0),
            Group(Word("with children at home", "met kinderen thuis"), 1, MOST),
        ),
    ),
    Grouping(
        "age",
        Word("age", "leeftijd"),
        (
            Group(Word("younger than 30", "jonger dan 30"), 0, 29),
            Group(Word("30 to 64 years old", "30 tot en met 64 jaar"), 30, 64),
            Group(Word("65 or older", "65 of ouder"), 65, MOST),
        ),
    ),
    Grouping(
        "ties",
        Word("size of the network", "grootte van het netwerk"),
        (
            Group(Word("network up to 4 people", "netwerk tot 4 mensen"), 0, 4),
            Group(Word("network of 5 to 9 people", "netwerk van 5 tot 9"), 5, 9),
            Group(Word("network from 10 people", "netwerk vanaf 10 mensen"), 10, MOST),
        ),
    ),
    Grouping(
        "nearest",
        Word("who is nearest", "wie het dichtstbij staat"),
        (
            Group(Word("close kin", "naaste familie"), 0, 0),
            Group(
                Word("at best other family or friends", "hooguit andere familie of vrienden"),
                1,
                2,
            ),
            Group(Word("at best neighbours or others", "hooguit buren of anderen"), 3, MOST),
        ),
    ),
    Grouping(
        "offer",
        Word("what became of the offer", "wat er van het aanbod kwam"),
        (
            Group(Word("nothing was offered", "niets aangeboden"), 0, 0),
            Group(Word("offered and declined", "aangeboden en afgeslagen"), 1, 1),
            Group(Word("accepted, never met", "aangenomen, nooit bijeen"), 2, 2),
            Group(Word("the network met", "het netwerk kwam bijeen"), 3, 3),
        ),
    ),
)


def members(clients: pd.DataFrame, grouping: Grouping, group: Group) -> pd.Series:
    """Which clients are in a group: a yes or no for each row."""
    if grouping is EVERYBODY:
        return pd.Series(True, clients.index)
    return clients[grouping.column].between(group.low, group.high)
