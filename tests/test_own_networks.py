"""Networks of one's own: what a table of ties or a graph tells stands, the rest is drawn."""

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kring.simulation import draws
from kring.simulation.errors import KringError
from kring.simulation.field import TIE_KINDS
from kring.simulation.model import SupportNetworkModel
from kring.simulation.own_clients import read_clients
from kring.simulation.own_clients.luck import normals, uniforms
from kring.simulation.own_clients.tie_columns import TIE_COLUMNS
from kring.simulation.parameters import Parameters
from kring.simulation.pieces import live_piece
from kring.simulation.records import Records
from kring.simulation.rows import ASKED, GONE, MAPPED, STOPPED, SUPPORTING, TIE_STATES, UNMAPPED
from kring.simulation.run import simulate
from kring.simulation.town import Town
from kring.simulation.world import settle
from tests.helpers import differences, differing

ROWS = ("clients", "ties", "members", "professionals", "teams")
CLIENTS = pd.DataFrame({"id": ["a", "b", "c"], "age": [34, 52, 81]})
ENGLISH = pd.DataFrame(
    {
        "client": ["a", "a", "a", "b"],
        "member": ["Jo", "Piet", "An", "Jo"],
        "kind": ["close kin", "neighbour", "friend", "other"],
        "closeness": [0.9, None, 0.25, 0.5],
        "spare_hours": [2.5, 0, None, 2.5],
        "helps": ["yes", "no", "", "gone"],
        "knows": ["Piet", "Jo", "none", ""],
    }
)
DUTCH = """\
cliënt;netwerklid;soort;nabijheid;uren over;stand;kent
b;Jo;ander;0,5;2,5;weg;
a;An;vriendin;0,25;;;geen
a;Jo;partner;0,9;2,5;helpt;Piet
;;;;;;
a;Piet;Buurman;;0;in beeld;Jo
"""


def people(table=CLIENTS, ties=ENGLISH, seed=3, **changes):
    return settle(Town.from_table(table, "class", ties=ties, **changes), Parameters(), seed)


def network_of(world, age):
    """The ties of the client of this age, by the hours of the member behind them."""
    (client,) = world.clients[world.clients.age == age]
    return world.ties[client.first_tie : client.first_tie + client.n_ties]


def test_keyed_luck_of_many_is_that_of_each():
    who = np.array([0, 5, 24 * 7 + 3, 2**31 - 5])
    seed, name, week = 2**62 + 9, draws.decision("a test of much luck"), 3
    each = [draws.uniform(seed, name, int(one), week) for one in who]
    assert uniforms(seed, name, who, week).tolist() == each
    assert normals(seed, name, who).tolist() == [draws.normal(seed, name, int(i), 0) for i in who]


def test_what_is_told_of_a_network_stands():
    world = people()
    ties = network_of(world, 34)
    assert len(ties) == 3 and len(network_of(world, 52)) == 1
    by_kind = {TIE_KINDS[tie.kind]: tie for tie in ties}
    kin, neighbour, friend = (by_kind[kind] for kind in ("close kin", "neighbour", "friend"))
    assert (kin.closeness, friend.closeness) == (0.9, 0.25)
    assert (kin.state, neighbour.state, friend.state) == (SUPPORTING, MAPPED, UNMAPPED)
    assert world.members.spare_hours[kin.member] == 2.5
    assert world.members.spare_hours[neighbour.member] == 0.1  # so little is nothing
    place = {kind: int(tie.id) % 24 for kind, tie in by_kind.items()}
    assert kin.knows == 1 << place["neighbour"] and neighbour.knows == 1 << place["close kin"]
    assert friend.knows == 0
    (other,) = network_of(world, 52)
    assert other.member == kin.member and other.state == GONE
    usual = settle(Town.from_table(CLIENTS, "class"), Parameters(), 3)
    (client,) = people(ties=ENGLISH[:3]).clients[usual.clients.age == 81]
    assert client.n_ties == usual.clients.n_ties[usual.clients.age == 81]  # nothing is told of it


def test_however_written_it_is_the_same(tmp_path):
    wanted = read_clients(CLIENTS, ENGLISH)
    (tmp_path / "ties.csv").write_text(DUTCH, "utf-8")
    ENGLISH.astype({"closeness": float}).to_parquet(tmp_path / "ties.parquet")
    told = [
        wanted,
        *(read_clients(CLIENTS, tmp_path / f"ties.{end}") for end in ("csv", "parquet")),
    ]
    for one in told[1:]:
        assert np.array_equal(one.ties, wanted.ties) and np.array_equal(one.rows, wanted.rows)
    assert len({one.key for one in told}) == 3
    assert "Piet" not in repr(wanted) and "4 ties" in repr(wanted)


def test_names_known_can_stand_in_a_list():
    ties = pd.DataFrame({"client": [1, 1], "member": ["x", "y"], "knows": [["y"], []]})
    texts = ties.assign(knows=["y", "none"])
    clients = pd.DataFrame({"id": [1]})
    assert read_clients(clients, ties) == read_clients(clients, texts)


def test_a_fraction_is_kept_to_the_last_bit(tmp_path):
    exact = [1 / 3, 9e-05, 1.2345678901234567e-05]
    (tmp_path / "ties.csv").write_text("client,closeness\n" + "".join(f"a,{x!r}\n" for x in exact))
    told = read_clients(CLIENTS, tmp_path / "ties.csv").ties
    assert sorted(told["closeness"]) == sorted(exact)


def test_ties_that_tell_nothing_are_the_town_to_the_last_bit():
    table = pd.DataFrame({"id": range(60)})
    usual = settle(Town.from_table(table, "class"), Parameters(), 3)
    none = pd.DataFrame({"client": []})
    # As many as each would have had; who is whose number in the town, the luck of it tells.
    order = read_clients(table, pd.DataFrame({"client": range(60)})).ties["client"]
    assert order.tolist() == list(range(60))
    ids = [i for _, i in sorted(zip(order_of(table), range(60), strict=True))]
    as_many = pd.DataFrame({"client": np.repeat(ids, usual.clients.n_ties), "closeness": None})
    for ties in (none, as_many):
        other = people(table, ties)
        for name in ROWS:
            assert differing(getattr(usual, name), getattr(other, name)) == []


def order_of(table):
    """The place at which each client of a table comes to stand."""
    ages = 20 + np.arange(len(table))
    told = read_clients(table.assign(age=ages)).rows["age"] - 20
    return np.argsort(told)


def test_the_order_of_rows_changes_nobodys_life():
    rng = np.random.default_rng(1)
    table = pd.DataFrame({"id": range(30), "week": 1})
    ties = pd.DataFrame(
        {
            "client": rng.integers(0, 30, 200),
            "kind": rng.choice([*TIE_KINDS, None], 200),
            "closeness": rng.choice([None, 0.3, 0.8], 200),
            "member": [f"m{i}" if i % 3 else "" for i in range(200)],
            "helps": rng.choice(["yes", "", "no"], 200),
        }
    )
    lives = [
        simulate(
            Town.from_table(one, "class", ties=of), "eigen_kracht", weeks=12, seed=2, threads=1
        )
        for one, of in ((table, ties), (table[::-1], ties.sample(frac=1, random_state=1)))
    ]
    assert differences(*lives) == []


def test_what_is_not_told_is_drawn_given_the_kind():
    table = pd.DataFrame({"id": range(300)})
    ties = pd.DataFrame(
        {"client": np.repeat(range(300), 10), "kind": ["friend", "neighbour"] * 1500}
    )
    world = people(table, ties)
    for kind in ("friend", "neighbour"):
        number = TIE_KINDS.index(kind)
        drawn = world.ties.closeness[world.ties.kind == number].mean()
        assert drawn == pytest.approx(world.kinds.closeness[number], abs=0.02)
    known = [int(bits).bit_count() for bits in world.ties.knows]
    alike, other = world.town.acquainted, world.town.acquainted / 2  # 4 alike, 5 of the other kind
    assert np.mean(known) == pytest.approx(4 * alike + 5 * other, rel=0.03)
    assert (world.ties.state == UNMAPPED).all()


def test_a_network_may_be_told_in_part():
    table = pd.DataFrame({"id": ["a"], "network": [9]})
    ties = pd.DataFrame({"client": ["a", "a"], "member": ["x", "y"], "kind": "friend"})
    world = people(table, ties)
    assert world.clients.n_ties[0] == 9 and (world.ties.kind[:2] == TIE_KINDS.index("friend")).all()
    assert len(np.unique(world.ties.member)) == 9


def test_who_helps_when_the_client_comes_is_as_told():
    states = ["helps", "known", "asked", "stopped", "gone"]
    table = pd.DataFrame({"id": range(40), "week": 1})
    ties = pd.DataFrame({"client": np.repeat(range(40), 5), "helps": states * 40})
    model = SupportNetworkModel(Town.from_table(table, "class", ties=ties), weeks=1, seed=1)
    world = model.world
    numbers = [SUPPORTING, MAPPED, ASKED, STOPPED, GONE]
    was = world.ties.state.copy()
    assert np.bincount(was).tolist()[1:] == [40] * 5
    model.step()
    here = world.clients
    assert (here.helping_at_entry == 1).all() and world.ties.at_entry.sum() == 40
    assert (world.ties.at_entry == (was == SUPPORTING)).all()
    assert set(here.mapped) <= {3, 4}  # a tie may have ended since
    assert [TIE_STATES[number] for number in numbers[1:]] == ["mapped", "asked", "stopped", "gone"]


# Members of several clients


def test_clients_who_share_somebody_are_at_one_team():
    table = pd.DataFrame({"id": range(60)})
    pairs = [(i, f"m{i % 20}") for i in range(60)]  # groups of three
    ties = pd.DataFrame(pairs, columns=["client", "member"])
    town = Town.from_table(table, "class", ties=ties, clients_per_team=15)
    world = settle(town, Parameters(), 3)
    assert town.teams == 4 and len(world.ties) == 60
    team = world.clients.team[world.ties.id // 24]
    for member in np.unique(world.ties.member):
        assert len(np.unique(team[world.ties.member == member])) == 1
    assert (np.bincount(world.ties.member) == 3).all() and len(world.members) == 20
    pieces = [live_piece(town, "wijkteam", 10, 3, piece, 2, threads=1) for piece in range(2)]
    whole = simulate(town, "wijkteam", weeks=10, seed=3, threads=1)
    assert np.array_equal(Records.join(pieces).sums(), whole.sums)
    everybody = pd.DataFrame({"client": range(60), "member": "mayor"})
    with pytest.raises(KringError, match=r"60 clients of the table share .* a team has 15: "):
        Town.from_table(table, "class", ties=everybody, clients_per_team=15)


def test_nobody_is_in_a_network_twice():
    table = pd.DataFrame({"id": range(40), "network": 8})
    pairs = [(i, f"m{i // 2}") for i in range(40)]
    ties = pd.DataFrame(pairs, columns=["client", "member"])
    world = people(table, ties, shared_members=1.0)
    whose = pd.DataFrame({"client": world.ties.id // 24, "member": world.ties.member})
    assert not whose.duplicated().any()
    assert set(world.ties.member) == set(range(len(world.members)))
    assert len(np.unique(world.members.id)) == len(world.members)


def test_in_a_town_that_runs_they_are_of_the_clients_of_the_table():
    table = pd.DataFrame({"id": range(30), "age": 107})
    ties = pd.DataFrame({"client": range(30), "member": [f"m{i // 2}" for i in range(30)]})
    town = Town.from_table(
        table,
        "going_concern",
        ties=ties.assign(closeness=0.123),
        weeks_before=60,
        clients_per_team=15,
    )
    world = settle(town.peopled(52), Parameters(), 3)
    ours = world.clients[world.clients.age == 107]
    assert len(ours) == 30 and (ours.n_ties == 1).all()
    assert (world.ties.closeness[ours.first_tie] == 0.123).all()
    assert len(np.unique(world.ties.member[ours.first_tie])) == 15
    # Of 15 pairs one is divided where two teams have 15 places each.
    world = settle(town.replace(weeks_before=0, shared_members=0), Parameters(), 3)
    assert len(world.members) == 16


# Graphs


def test_a_network_as_a_graph_can_be_read_back():
    model = SupportNetworkModel("class", seed=4)
    client = max(model.clients, key=lambda one: one.n_ties)
    graph = client.network()
    back = SupportNetworkModel(Town.from_table(None, "class", ties=graph), seed=4).clients[0]
    again = back.network()
    told = ("kind", "closeness", "state")

    def alike(one, other):
        return all(one.get(name) == other.get(name) for name in told)

    def is_same(one, other):
        return one.get("spare_hours") == other.get("spare_hours")

    assert nx.is_isomorphic(graph, again, node_match=is_same, edge_match=alike)
    assert graph.number_of_edges() > len(graph)  # some know each other


def test_a_graph_of_a_synthetic_population_is_read():
    graph = nx.Graph()
    graph.add_node("a", is_client=True, age=40, finances=3)
    graph.add_node(2, is_client=True)
    graph.add_node("Jo", spare_hours=6)
    graph.add_edge("a", "Jo", kind="friend", closeness=0.7)
    graph.add_edge(2, "Jo", kind="neighbour", state="yes")
    graph.add_edge(2, "An")
    graph.add_edge("An", "a")
    graph.add_edge("An", "Jo")
    graph.add_edge("An", "somebody whom no client knows")
    graph.add_node("alone", is_client=True)
    world = people(None, graph)
    assert (
        sorted(world.clients.n_ties) == [0, 2, 2]
        and len(world.ties) == 4
        and len(world.members) == 2
    )
    (client,) = world.clients[world.clients.age == 40]
    assert client.level[0] == 3
    assert (world.ties.knows > 0).all() and 6 in world.members.spare_hours
    table = pd.DataFrame({"id": ["a", 2], "age": [30, 31]})
    assert len(people(table, nx.MultiGraph(graph)).ties) == 4


WRONG = {
    "no client": ({"client": ["z"]}, "row 0, client: 'z' is no id of the table of clients"),
    "empty": ({"client": ["", "a"], "member": ["x", "y"]}, "row 0, client: it is empty"),
    "column": ({"client": ["a"], "kindd": ["friend"]}, "no column is called 'kindd'; did you mean"),
    "other column": ({"client": ["a"], "phone": [6]}, "known are client, member, kind"),
    "without": ({"member": ["x"]}, "has no column 'client'"),
    "kind": ({"client": ["a"], "kind": ["frend"]}, "row 0, kind: 'frend' is not possible; did you"),
    "closeness": ({"client": ["a"], "closeness": [1.2]}, "a number from 0 to 1, or nothing"),
    "hours": ({"client": ["a"], "spare_hours": [-3]}, "a number from 0 to 100, or nothing"),
    "state": ({"client": ["a"], "helps": ["maybe"]}, "row 0, helps: 'maybe' is not possible"),
    "twice": ({"client": ["a", "a"], "member": ["x", "x"]}, "'x' stands there twice beside"),
    "client too": ({"client": ["a"], "member": ["b"]}, "'b' is a client, who can't be in another"),
    "other hours": (
        {"client": ["a", "b"], "member": ["x", "x"], "spare_hours": [1, 2]},
        "'x' has another number of hours in another row",
    ),
    "many": ({"client": ["a"] * 25}, "25 persons in the network of 'a', at most 24"),
    "knows": (
        {"client": ["a", "a"], "member": ["x", "y"], "knows": ["y z", ""]},
        "row 0, knows: 'y z' is nobody else in this network; part names by ';'",
    ),
    "self": ({"client": ["a"], "member": ["x"], "knows": ["x"]}, "'x' is nobody else"),
    "knows whom": ({"client": ["a"], "knows": ["x"]}, "there is no column 'member'"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_one_line(name):
    cells, wanted = WRONG[name]
    with pytest.raises(KringError) as error:
        people(CLIENTS, pd.DataFrame(cells))
    assert wanted in str(error.value) and "\n" not in str(error.value)
    assert str(error.value).startswith("the table of ties")


def test_tables_that_do_not_go_together_are_one_line(tmp_path):
    ties = pd.DataFrame({"client": ["a", "a"]})
    with pytest.raises(KringError, match="the table of clients has no column 'id'"):
        people(pd.DataFrame({"age": [30]}), ties)
    with pytest.raises(
        KringError, match="more ties than their network has persons, such as 2 beside"
    ):
        people(pd.DataFrame({"id": ["a"], "network": [1]}), ties)
    with pytest.raises(KringError, match="None is no table of clients"):
        Town.from_table(None)
    with pytest.raises(KringError, match=r"no file .* to read ties from"):
        people(CLIENTS, tmp_path / "ties.csv")
    with pytest.raises(KringError, match="3 is no table of ties"):
        people(CLIENTS, 3)


def test_graphs_that_cannot_be_are_one_line():
    graph = nx.Graph()
    graph.add_edge("x", "y")
    with pytest.raises(KringError, match=r"the graph has no clients: give .* is_client"):
        people(None, graph)
    graph.add_node("x", is_client=True)
    graph.add_node("y", is_client=True)
    with pytest.raises(KringError, match="the graph joins two clients, 'x' and 'y'"):
        people(None, graph)
    with pytest.raises(KringError, match="the graph has directions"):
        people(None, graph.to_directed())


CELLS = st.sampled_from(
    ["", "-", "a", "b", "x", "x;y", "1", "0.5", "friend", "yes", "gone", "é" * 99]
)


@settings(max_examples=60)
@given(st.data())
def test_any_ties_are_read_or_refused_in_one_line(data):
    columns = data.draw(st.lists(st.sampled_from([*TIE_COLUMNS]), min_size=1, unique=True))
    cells = CELLS | st.one_of(st.none(), st.booleans(), st.floats(), st.text(max_size=9))
    rows = data.draw(st.lists(st.lists(cells, min_size=len(columns), max_size=len(columns))))
    table = pd.DataFrame(rows, columns=columns, dtype=object)
    try:
        told = read_clients(CLIENTS, table)
    except KringError as error:
        assert "\n" not in str(error) and str(error).isprintable() and len(str(error)) < 800
        return
    settle(Town.preset("class", clients=3, clients_from=told), Parameters(), 1)
