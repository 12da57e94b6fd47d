"""Generators of one's own: a function from a key to a person makes the people of a town."""

import pickle

import pytest

from kring import Luck, people_from
from kring.simulation.errors import KringError
from kring.simulation.field import TIE_KINDS
from kring.simulation.own_clients import read_clients
from kring.simulation.parameters import Parameters
from kring.simulation.town import Town
from kring.simulation.world import settle
from tests.helpers import differing


def person(key, luck):
    """Somebody of a town of one's own: older people have less family near."""
    age = 20 + int(70 * luck.uniform("age"))
    family = 0 if age > 70 else 2
    return {
        "age": age,
        "finances": 3 if luck.normal("debts") > 0 else 0,
        "ties": [{"kind": "close kin"}] * family + [{"kind": "friend", "member": f"f{key // 2}"}],
    }


def people(clients, seed=1, **changes):
    town = Town.from_generator(person, clients, "class", **changes)
    return settle(town, Parameters(), seed)


def test_the_people_of_a_generator_live_in_a_town():
    world = people(40)
    kin, friends = (
        (world.ties.kind == TIE_KINDS.index(kind)).sum() for kind in ("close kin", "friend")
    )
    assert (kin, friends) == (2 * (world.clients.age <= 70).sum(), 40)
    assert set(world.clients.level[:, 0]) == {0, 3}
    assert len(set(world.clients.age)) > 20
    assert (people(40, seed=2).clients.age == world.clients.age).all()  # each town has them
    assert (people(40, people_seed=2).clients.age != world.clients.age).any()


def test_a_person_is_the_same_however_many_are_asked_for_and_in_whatever_order():
    def alone(key, luck):
        return {name: one for name, one in person(key, luck).items() if name != "ties"}

    few, many = (
        settle(Town.from_generator(alone, n, "class"), Parameters(), 3).clients for n in (20, 40)
    )
    assert differing(few, many[:20]) == []
    backwards = [person(key, Luck(1, key)) for key in reversed(range(20))]
    assert [one["age"] for one in backwards[::-1]] == few.age.tolist()
    assert Luck(1, 3).uniform("age") not in (Luck(1, 3).uniform("other"), Luck(2, 3).uniform("age"))


def test_a_generator_becomes_a_table(tmp_path):
    town = Town.from_generator(person, 10, "class")
    sent = pickle.loads(pickle.dumps(town))  # a function need not travel
    assert sent == town
    assert differing(settle(sent, Parameters(), 1).ties, settle(town, Parameters(), 1).ties) == []
    clients, ties = people_from(person, 10)
    clients.to_csv(tmp_path / "mine.csv", index=False)
    ties.to_csv(tmp_path / "ties.csv", index=False)
    told = read_clients(tmp_path / "mine.csv", tmp_path / "ties.csv")
    assert sorted(told.rows["age"]) == sorted(town.clients_from.rows["age"])
    assert told.sha256 != town.clients_from.sha256
    assert len(told.ties) == len(town.clients_from.ties)


WRONG = {
    "none": (lambda key, luck: None, "person 0 is None: a dict of columns is wanted"),
    "raises": (lambda key, luck: {"age": 40 // (2 - key)}, "person 2: ZeroDivisionError: "),
    "ties": (lambda key, luck: {"ties": "friend"}, "person 0: ties are a list of dicts"),
    "column": (lambda key, luck: {"agee": 4}, "the table of clients: no column is called 'agee'"),
    "cell": (lambda key, luck: {"age": 4 + key}, "row 0, age: '4' is not possible"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_no_person_is_one_line(name):
    function, wanted = WRONG[name]
    with pytest.raises(KringError) as error:
        Town.from_generator(function, 5)
    assert wanted in str(error.value) and "\n" not in str(error.value)


def test_no_ties_are_nobody_and_a_network_may_be_told_in_part():
    def of_each(key, luck):
        told = ({"ties": []}, {"ties": [{"kind": "friend"}], "netwerk": 5}, {"age": 40})
        return told[key]

    world = settle(Town.from_generator(of_each, 3, "class"), Parameters(), 1)
    assert world.clients.n_ties.tolist()[:2] == [0, 5]
    usual = settle(Town.from_generator(lambda key, luck: {"age": 40}, 3, "class"), Parameters(), 1)
    assert world.clients.n_ties[2] == usual.clients.n_ties[2]


def test_what_is_no_generator_is_one_line():
    with pytest.raises(KringError, match="3 is no generator: give a function"):
        Town.from_generator(3, 5)
    with pytest.raises(KringError, match="clients = 0: it takes a whole number from 1 on"):
        Town.from_generator(person, 0)
