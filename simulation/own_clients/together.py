"""Clients who share network members: they are at the same team, for members are a team's own."""

import numpy as np

from kring.simulation.errors import KringError


def groups(ties: np.ndarray, clients: int) -> np.ndarray:
    """A number for each client, the same for those who share members, if through others.

    Parameters
    ----------
    ties : ndarray
        What is told of ties, a row of `kring.simulation.own_clients.ties.TIE` each.
    clients : int
        Number of clients.
    """
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    persons = int(ties["person"].max(initial=-1)) + 1
    places = ties["client"], clients + ties["person"]
    links = coo_array((np.ones(len(ties)), places), (clients + persons,) * 2)
    found: np.ndarray = connected_components(links, directed=False)[1][:clients]
    return found


def team_of_each(teams: np.ndarray, ties: np.ndarray) -> np.ndarray:
    """The team of each client, the same for those who share members.

    The largest groups are placed first, each at the team with most room; one that has room nowhere
    is divided. The others fill up what is left, in their order.

    Parameters
    ----------
    teams : ndarray
        The team of each place that there is, ascending.
    ties : ndarray
        What is told of ties.

    Raises
    ------
    KringError
        If more clients share members than a team has places.
    """
    group = groups(ties, len(teams))
    sizes, room = np.bincount(group), np.bincount(teams)
    if sizes.max() > room.max():
        raise KringError(
            f"{sizes.max():,} clients of the table share network members, if through others, and a "
            f"team has {room.max():,}: members are of one team, so give clients_per_team more, or "
            "give a member who joins many another name beside each"
        )
    by_group = np.split(np.argsort(group, kind="stable"), sizes.cumsum()[:-1])
    found = np.full(len(teams), -1)
    shared = np.flatnonzero(sizes > 1)
    for one in shared[np.argsort(-sizes[shared], kind="stable")]:
        left = by_group[one]
        while len(left):
            team = int(room.argmax())
            here, left = left[: room[team]], left[room[team] :]
            found[here] = team
            room[team] -= len(here)
    found[found < 0] = np.repeat(np.arange(len(room)), room)
    return found
