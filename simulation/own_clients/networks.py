"""Networks of which something is told: that stands, and the rest is drawn given it.

All are drawn first, as everybody's (`kring.simulation.people`); only what hangs on what is told
comes out otherwise, with the same luck. Nothing told is the network that the client would have had.
"""

import math

import numpy as np

from kring.simulation.own_clients.luck import normals, one_by_one, uniforms
from kring.simulation.people import ACQUAINTED, CLOSENESS, SPARE
from kring.simulation.records.rows import stacked
from kring.simulation.rows import MAX_TIES, MEMBER, World, empty_rows
from kring.simulation.told import NOT_TOLD

FEWEST_SPARE = 0.1  # hours, as members are drawn


def let_networks_stand(world: World, told: np.ndarray) -> World:
    """Let what is told of ties stand in a world whose networks were drawn.

    Parameters
    ----------
    world : World
        The world; its ties are written.
    told : ndarray
        A row a tie of `kring.simulation.own_clients.ties.TIE`, by client.

    Returns
    -------
    World
        The same with the members that there now are.
    """
    if not len(told):
        return world
    ties, kinds, seed = world.ties, world.kinds, world.seed
    rows = world.clients.first_tie[told["client"]] + told["place"]
    is_other = np.zeros(len(ties), bool)
    is_other[rows] = (told["kind"] != NOT_TOLD) & (told["kind"] != ties.kind[rows])
    stand(ties.kind, rows, told["kind"])
    again = np.flatnonzero(is_other)
    closeness = kinds.closeness[ties.kind[again]] + 0.15 * normals(seed, CLOSENESS, ties.id[again])
    ties.closeness[again] = closeness.clip(0.05, 1.0)
    stand(ties.closeness, rows, told["closeness"])
    stand(ties.state, rows, told["state"])
    acquaint(world, told, rows, is_other)
    members = with_persons(world, rows[told["is_named"]], told["person"][told["is_named"]])
    stand(members.spare_hours, ties.member[rows], told["spare_hours"])
    members.spare_hours[:] = members.spare_hours.clip(FEWEST_SPARE)
    return world._replace(members=members)


def stand(column: np.ndarray, rows: np.ndarray, told: np.ndarray) -> None:
    """Write what is told, where it is."""
    is_told = told != NOT_TOLD
    column[rows[is_told]] = told[is_told]


def with_persons(world: World, named: np.ndarray, persons: np.ndarray) -> np.recarray:
    """The members, where each who is named is behind his or her ties, and in each network once.

    Parameters
    ----------
    world : World
        The world; its ties are written.
    named : ndarray
        Rows of ties of which it is told who is behind them.
    persons : ndarray
        The number of the person behind each.
    """
    ties, members = world.ties, world.members
    _, first, person = np.unique(persons, return_index=True, return_inverse=True)
    own = named[first]
    is_shared = members.id[ties.member[own]] != ties.id[own]  # as it was drawn
    members = with_own_members(world, own[is_shared], members)
    ties.member[named] = ties.member[own][person]
    # Who was drawn to be one that is named in the same network is somebody else.
    is_drawn = np.ones(len(ties), bool)
    is_drawn[named] = False
    key = (ties.id // MAX_TIES).astype(np.int64) * len(members) + ties.member
    members = with_own_members(world, np.flatnonzero(is_drawn & np.isin(key, key[named])), members)
    is_there = np.bincount(ties.member, minlength=len(members)) > 0
    ties.member[:] = (is_there.cumsum() - 1)[ties.member]
    return members[is_there].view(np.recarray)


def with_own_members(world: World, rows: np.ndarray, members: np.recarray) -> np.recarray:
    """The members, and one more behind each of these ties."""
    ties, town = world.ties, world.town
    more = empty_rows(MEMBER, len(rows))
    more.id, more.felt_week = ties.id[rows], -1
    luck = normals(world.seed, SPARE, ties.id[rows])
    spare = town.spare_hours * one_by_one(math.exp, town.spare_spread * luck)
    more.spare_hours = spare.clip(FEWEST_SPARE)
    ties.member[rows] = len(members) + np.arange(len(rows))
    return stacked([members, more])


def acquaint(world: World, told: np.ndarray, rows: np.ndarray, is_other: np.ndarray) -> None:
    """Let it stand who knows whom, and draw it anew where one is of another kind than was drawn.

    Parameters
    ----------
    world : World
        The world; its ties are written.
    told : ndarray
        What is told of ties.
    rows : ndarray
        The row of each.
    is_other : ndarray
        For each tie of the world, whether it is of another kind than was drawn.
    """
    ties, chance = world.ties, world.town.acquainted
    knows, knows_told = np.zeros((2, len(ties)), np.int64)
    knows[rows], knows_told[rows] = told["knows"], told["knows_told"]
    place = ties.id % MAX_TIES
    for apart in range(1, MAX_TIES):  # each pair once, and each tie in one pair
        one = np.flatnonzero(place >= apart)
        other = one - apart
        is_told = (knows_told[one] >> place[other]) & 1 == 1
        open_now = ~is_told & (is_other[one] | is_other[other])
        one, other, is_told = (part[is_told | open_now] for part in (one, other, is_told))
        if not len(one):
            continue
        alike = ties.kind[one] == ties.kind[other]
        luck = uniforms(world.seed, ACQUAINTED, ties.id[one], place[other])
        drawn = luck < np.where(alike, chance, chance / 2.0)
        know = np.where(is_told, (knows[one] >> place[other]) & 1 == 1, drawn)
        for who, whom in ((one, other), (other, one)):
            bits = np.left_shift(1, place[whom].astype(np.int64))
            ties.knows[who] = np.where(know, ties.knows[who] | bits, ties.knows[who] & ~bits)
