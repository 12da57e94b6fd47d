"""What is recorded every week: sums by the names of the outcomes, in their order."""

import numpy as np

from kring.simulation.outcomes import (
    CLIENT_SUMS,
    MUNICIPAL,
    MUNICIPAL_NAMES,
    MUNICIPAL_SUMS,
    NAMES,
    numbers,
    record,
)
from kring.simulation.rows import GUIDED
from tests.helpers import ALL_HAPPENS, BUSY, QUIET, give_problems, living, one_client


def test_the_sums_of_clients_are_the_outcomes_in_their_order():
    assert CLIENT_SUMS.names == NAMES
    sums = np.zeros((3, 2), CLIENT_SUMS).view(np.recarray)
    sums[2, 1].placed = 7.0
    assert numbers(sums).shape == (3, 2, len(NAMES))
    assert numbers(sums)[2, 1, NAMES.index("placed")] == 7.0


def test_the_sums_of_the_municipality_are_its_outcomes_in_their_order():
    names = []
    for name in MUNICIPAL_SUMS.names:
        parts = int(np.prod(MUNICIPAL_SUMS[name].shape))
        there = MUNICIPAL_NAMES[len(names) : len(names) + parts]
        assert all(each == name or each.startswith(f"{name}_") for each in there)
        names += there
    assert tuple(names) == MUNICIPAL_NAMES == tuple(outcome.name for outcome in MUNICIPAL)
    sums = np.zeros(4, MUNICIPAL_SUMS).view(np.recarray)
    sums[3].given[2] = 7.0
    assert numbers(sums).shape == (4, len(MUNICIPAL_NAMES))
    assert numbers(sums)[3, MUNICIPAL_NAMES.index("given_guidance")] == 7.0


def test_a_client_counts_in_every_outcome_by_its_name():
    client = (world := one_client(QUIET)).clients[0]
    give_problems(world, finances=4, housing=2)
    client.stage, client.mapped, client.cost, client.returns = GUIDED, 3, 250.0, 2
    sums = np.zeros(1, CLIENT_SUMS).view(np.recarray)
    record(client, sums[0])
    record(client, sums[0])
    told = {name: sums[name][0] for name in NAMES if sums[name][0] != 0}
    assert told == {
        **{"entered": 2, "problems": 4, "severity": 12, "network": 6, "alone": 2, "in_care": 2},
        **{"cost": 500, "returns": 4, "plans": 2},
    }


def test_nothing_that_is_measured_stays_zero_where_all_of_it_happens():
    run = living(ALL_HAPPENS, BUSY, seed=4)
    run.live(104)
    of_clients = run.records().sums().sum(axis=(0, 1))
    of_teams = run.records().municipal_sums().sum(axis=0)
    assert [name for name, total in zip(NAMES, of_clients, strict=True) if total == 0] == []
    assert [n for n, total in zip(MUNICIPAL_NAMES, of_teams, strict=True) if total == 0] == []
