"""What is told of clients comes out as told; what isn't is drawn as in the town, given what is."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kring.simulation.comparison import compare
from kring.simulation.errors import KringError
from kring.simulation.field import DOMAINS, PARENTING, YOUTH
from kring.simulation.living import portions_of
from kring.simulation.model import SupportNetworkModel
from kring.simulation.own_clients.invented import invented
from kring.simulation.parameters import Parameters
from kring.simulation.pieces import live_piece
from kring.simulation.records import Records
from kring.simulation.run import simulate
from kring.simulation.town import Town
from kring.simulation.world import settle
from tests.helpers import differences, differing

N = 5600
DRAWN = Town.preset("rotterdam", clients=N)
KNOWN = ("age", "children", "n_ties", "level", "entry_week")
MEANS = (
    *("problems", "severity", "age", "children", "low_education", "assistance", "n_ties"),
    *("self_reliance", "entry_week"),
)


@pytest.fixture(scope="module")
def drawn():
    return settle(DRAWN, Parameters(), 3).clients


def table_of(clients) -> pd.DataFrame:
    cells = {"age": clients.age, "children": clients.children, "network": clients.n_ties}
    cells |= {name: clients.level[:, place] for place, name in enumerate(DOMAINS)}
    return pd.DataFrame(cells | {"week": clients.entry_week + 1}).astype(object)


def people(table, seed=7, **changes):
    return settle(Town.from_table(table, "rotterdam", **changes), Parameters(), seed)


def in_order(clients):
    """Rows of what is known, in an order of their own."""
    rows = np.column_stack([np.asarray(clients[name]).reshape(len(clients), -1) for name in KNOWN])
    return rows[np.lexsort(rows.T)]


def test_what_is_told_comes_out_as_told(drawn):
    told = people(table_of(drawn)).clients
    assert np.array_equal(in_order(told), in_order(drawn))
    assert np.array_equal(np.sort(told.severity), np.sort(drawn.severity))
    assert ((told.level > 0).sum(axis=1) == told.problems).all()
    assert (told.level.sum(axis=1) == told.severity).all()


ANYBODY = st.fixed_dictionaries(
    {
        "age": st.sampled_from([None, 16, 40, 54, 55, 80, 110]),
        "household": st.sampled_from([None, "alone", "family"]),
        "children": st.sampled_from([None, None, 0, 3]),
        "network": st.sampled_from([None, 0, 1, 24]),
        **dict.fromkeys(DOMAINS, st.sampled_from([None, 0, 0, 1, 4, "yes"])),
    }
)


@settings(max_examples=40)
@given(st.lists(ANYBODY, min_size=1, max_size=6), st.sampled_from([1.0, 6.2, 12.0]))
def test_whatever_can_be_told_of_somebody_stands(somebody, problems):
    try:
        town = Town.from_table(
            pd.DataFrame(somebody, dtype=object), "class", problems_team=problems
        )
    except KringError:
        assume(False)  # cells that can't go together
    clients = settle(town, Parameters(), 1).clients
    for told, client in zip(town.clients_from.rows, clients, strict=True):
        assert told["age"] in (-1, client.age) and told["members"] in (-1, client.n_ties)
        assert told["children"] in (-1, client.children)
        assert told["with_children"] in (-1, client.children > 0)
        there, known = told["level"] > 0, (told["level"] > 0) & (told["level"] <= 4)
        assert (client.level[there] > 0).all() and not client.level[told["level"] == 0].any()
        assert (client.level[known] == told["level"][known]).all()
        assert client.problems == (client.level > 0).sum() >= 1
        assert client.children > 0 or not client.level[[PARENTING, YOUTH]].any()


def test_a_table_that_tells_nothing_is_the_town():
    town = Town.preset("class", clients=60)
    table = pd.DataFrame({"id": range(60), "age": None})
    one = settle(town, Parameters(), 3)
    other = settle(Town.from_table(table, "class"), Parameters(), 3)
    for name in ("clients", "ties", "members", "professionals", "teams"):
        assert differing(getattr(one, name), getattr(other, name)) == []


@pytest.mark.parametrize("told", ["age", "levels", "six", "one", "half"])
def test_what_is_not_told_is_drawn_as_in_the_town(drawn, told):
    table = table_of(drawn)
    rng = np.random.default_rng(1)
    kept = {
        "age": table[["age"]],
        "levels": table[[*DOMAINS]],
        "six": table[[*DOMAINS[:6]]],
        "one": table[["finances", "age", "children"]],
        "half": table.mask(rng.random(table.shape) < 0.5),
    }
    now = people(kept[told]).clients
    for name in MEANS:
        was, spread = drawn[name].mean(), drawn[name].std()
        assert abs(now[name].mean() - was) < 0.03 * abs(was) + 3 * spread / np.sqrt(N), name
    shares, were = (now.level > 0).mean(axis=0), (drawn.level > 0).mean(axis=0)
    assert np.abs(shares - were).max() < 0.03
    for name in ("assistance", "self_reliance", "n_ties"):
        was = np.corrcoef(drawn["problems"], drawn[name])[0, 1]
        assert np.corrcoef(now["problems"], now[name])[0, 1] == pytest.approx(was, abs=0.05)


def test_children_are_inferred_from_household_age_and_problems(drawn):
    open_cells = pd.DataFrame({"age": [40, 80] * 200, "household": ["one parent", ""] * 200})
    told = people(open_cells).clients
    assert (told.children[told.age == 40] > 0).all()
    assert (told.children[told.age == 80] == 0).all()
    youth = people(pd.DataFrame({"id": range(50), "youth": 2})).clients
    assert (youth.children > 0).all() and (youth.level[:, YOUTH] == 2).all()
    without = people(pd.DataFrame({"id": range(50), "children": 0})).clients
    assert not without.level[:, [PARENTING, YOUTH]].any()
    share = (drawn.children > 0)[(drawn.age >= 20) & (drawn.age < 55)].mean()
    of_age = people(pd.DataFrame({"age": 20 + np.arange(N) % 35})).clients
    assert (of_age.children > 0).mean() == pytest.approx(share, abs=0.03)


def test_more_problems_told_mean_more_assistance_and_a_smaller_network():
    heavy = people(pd.DataFrame({"id": range(500), **dict.fromkeys(DOMAINS[:11], 4)})).clients
    zeros = dict.fromkeys(DOMAINS[1:], 0)
    light = people(pd.DataFrame({"id": range(500), "finances": 1, **zeros})).clients
    assert heavy.assistance.mean() > light.assistance.mean() + 0.1
    assert heavy.self_reliance.mean() < light.self_reliance.mean()
    assert heavy.n_ties.mean() < light.n_ties.mean()


def test_a_seed_draws_only_what_is_not_told():
    table = pd.DataFrame({"id": range(40), "age": 40, "finances": 2})
    one, other = people(table, 1).clients, people(table, 2).clients
    assert (one.age == 40).all() and (other.level[:, 0] == 2).all()
    assert not np.array_equal(one.level, other.level)
    assert differing(people(table, 1).clients, one) == []


def test_the_order_of_rows_changes_nobodys_life():
    table = table_of(settle(Town.preset("class", clients=30), Parameters(), 1).clients)
    table = table.assign(id=range(30), work=None)
    other = table.iloc[::-1].reset_index(drop=True)
    lives = [
        simulate(Town.from_table(one, "class"), "wijkteam", weeks=12, seed=2, threads=1)
        for one in (table, other)
    ]
    assert differences(*lives) == []


def test_a_town_that_runs_meets_them_in_the_weeks_of_the_table_and_others_before_and_after():
    table = pd.DataFrame({"id": range(30), "age": 107, "week": [1, None, 52] * 10})
    town = Town.from_table(table, "going_concern", weeks_before=130, clients_per_team=15)
    clients = settle(town.peopled(104), Parameters(), 3).clients
    ours = clients.age == 107
    came = clients.entry_week
    assert ours.sum() == 30 and len(clients) == round(30 * (130 + 104) / 52)
    assert ((came[ours] >= 130) & (came[ours] < 182)).all()
    assert (came[ours] == 130).sum() >= 10 <= (came[ours] == 181).sum()
    assert not ((came[~ours] >= 130) & (came[~ours] < 182)).any()
    before = (came[~ours] < 130).sum()
    assert abs(before - 30 * 130 / 52) < 15  # at the same pace
    result = simulate(town, "wijkteam", 60, seed=3, cohorts=[(1, 4)], threads=1)
    assert set(result.cohorts[1, 4]["age"]) == {107}  # year 1 is theirs
    pieces = [live_piece(town, "wijkteam", 60, 3, piece, 2, threads=1) for piece in range(2)]
    assert np.array_equal(Records.join(pieces).sums(), result.sums)


@pytest.fixture(scope="module")
def town():
    people = invented(Town.preset("class", clients=60))
    return Town.from_table(people, "class", clients_per_team=15)


def test_pieces_of_such_a_town_make_the_whole(town):
    assert len(portions_of(town.teams)) > 2
    pieces = [live_piece(town, "wijkteam", 10, 3, piece, 2, threads=1) for piece in range(2)]
    whole = simulate(town, "wijkteam", weeks=10, seed=3, threads=1)
    assert np.array_equal(Records.join(pieces).sums(), whole.sums)


def test_policies_meet_the_same_people(town):
    of_both = compare(town, {"now": "wijkteam", "same": "wijkteam"}, weeks=5, seeds=[1, 2])
    assert (of_both.differences["difference"] == 0).all()


def test_a_mesa_model_lives_them(town):
    model = SupportNetworkModel(town, "wijkteam", weeks=4, seed=3)
    model.run_model()
    whole = simulate(town, "wijkteam", weeks=4, seed=3, threads=1)
    assert differing(model.result().client_rows, whole.client_rows) == []
