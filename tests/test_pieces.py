"""A town that is lived in pieces is the town in one piece, to the last bit."""

import pytest

from kring.simulation.errors import KringError
from kring.simulation.parameters import Parameters
from kring.simulation.pieces import live_piece
from kring.simulation.records import Records
from kring.simulation.result import Result
from kring.simulation.run import simulate
from kring.simulation.town import Town
from tests.helpers import ROUTES, differences

TOWN = Town.preset("rotterdam", clients=900)
WEEKS, SEED = 40, 3


def joined(pieces, town=TOWN):
    records = [
        live_piece(town, ROUTES, WEEKS, SEED, piece, pieces, keep=[20]) for piece in range(pieces)
    ]
    return Result.of(Records.join(records), ROUTES, Parameters(), SEED, 0.0)


@pytest.fixture(scope="module")
def whole():
    return simulate(TOWN, ROUTES, WEEKS, SEED, keep=[20])


@pytest.mark.parametrize("pieces", [1, 3, 16])
def test_pieces_join_to_the_town_in_one_piece(whole, pieces):
    assert differences(joined(pieces), whole) == []


def test_a_town_of_one_team_in_more_pieces_than_teams(whole):
    small = TOWN.replace(clients=20)
    one_piece = simulate(small, ROUTES, WEEKS, SEED, keep=[20])
    assert differences(joined(4, small), one_piece) == []


def test_joining_changes_no_piece():
    pieces = [live_piece(TOWN, ROUTES, WEEKS, SEED, k, 2) for k in range(2)]
    first, second = (
        Result.of(Records.join(pieces), ROUTES, Parameters(), SEED, 0) for _ in range(2)
    )
    assert differences(first, second) == []


def test_a_piece_that_there_is_not():
    with pytest.raises(KringError, match="pieces are 0 to 1"):
        live_piece(TOWN, ROUTES, WEEKS, SEED, 2, 2)
