"""Winners and losers: who is better and worse off, group by group, and how sure that is."""

import numpy as np
import pandas as pd
import pytest

from kring.experiments.analyses.winners import Winners
from kring.experiments.analyses.winners.numbers import widening
from kring.experiments.casebook.compare.study import comparison
from kring.experiments.charts.style import style
from kring.experiments.measures.groups import GROUPINGS
from kring.experiments.measures.long_tables import LONG_TABLES
from kring.experiments.study.load import plan_of
from kring.experiments.text.language import language
from kring.experiments.text.numbers import DASH, shares_of_100
from kring.simulation.run import simulate
from kring.simulation.town import Town

TEAM, OFFER = "wijkteam", "eigen_kracht"
CLIENTS = 40  # half of them with children


def plan(seeds=4):
    policies = [{"name": name, "preset": name} for name in (TEAM, OFFER)]
    return comparison(policies, {"preset": "class"}, {"preset": "fitted"}, seeds=seeds)


def made_up(seeds=4):
    """Families end with a problem less, one of four others with one more; a little luck."""
    runs, ends, luck = [], [], np.random.default_rng(1)
    for run, (policy, seed) in enumerate(
        (p, s) for p in (TEAM, OFFER) for s in range(1, seeds + 1)
    ):
        runs.append({"run": run, "policy": policy, "seed": seed})
        client = np.arange(CLIENTS)
        family = client < CLIENTS // 2
        problems = np.full(CLIENTS, 5)
        if policy == OFFER:
            problems[family & (luck.random(CLIENTS) < 0.9)] -= 1
            problems[~family & (client % 4 == 0)] += 1
        ends.append(
            pd.DataFrame(
                {
                    "run": run, "client": client, "problems": problems, "problems_at_entry": 5,
                    "children": family.astype(int), "age": 40, "ties": 7, "nearest": 0,
                    "offer": 3 if policy == OFFER else 0,
                }
            )
        )  # fmt: skip
    return {"runs": pd.DataFrame(runs), "ends": pd.concat(ends, ignore_index=True)}


@pytest.fixture(scope="module")
def table():
    return Winners().table(plan(), made_up())


def test_families_win_and_the_others_lose(table):
    by_group = table.set_index("group")
    families, others = (
        by_group.loc["with children at home"],
        by_group.loc["without children at home"],
    )
    assert families["balance_low"] > 0 and families["better"] > 0.7 and families["worse"] == 0
    assert others["worse"] == pytest.approx(0.25) and others["balance_high"] < 0
    assert families["clients"] == others["clients"] == CLIENTS / 2
    assert others["change"] == pytest.approx(0.25)


def test_every_client_is_in_one_group_of_each_kind_and_fates_add_up(table):
    parts = table.groupby("by")["share"].sum()
    np.testing.assert_allclose(parts, 1)
    np.testing.assert_allclose(table[["better", "same", "worse"]].sum(axis=1), 1)
    assert set(table["by"]) == {grouping.en for grouping in GROUPINGS}


def test_the_offer_is_that_of_the_policy_and_not_of_the_first(table):
    assert list(table.loc[table["by"] == "what became of the offer", "group"]) == [
        "the network met"
    ]


def test_the_more_groups_the_wider_the_intervals():
    assert widening(1) == widening(1, 10) == 1
    assert 1 < widening(10) < widening(20) < widening(20, 5)
    wide, narrow = (Winners().table(plan(n), made_up(n)) for n in (3, 12))
    span = [one["balance_high"].iloc[0] - one["balance_low"].iloc[0] for one in (wide, narrow)]
    assert span[1] < span[0]


def test_the_same_policy_makes_nobody_better_or_worse_off():
    one = {name: table.copy() for name, table in made_up().items()}
    one["ends"]["problems"] = 5
    same = Winners().table(plan(), one)
    assert (same["same"] == 1).all() and (same["balance"] == 0).all()
    assert "for no group" in next(iter(Winners().lines(plan(), same)))


@pytest.mark.parametrize("code", ["en", "nl"])
def test_what_is_said_names_who_wins_who_loses_and_counts_to_a_hundred(table, code):
    with language(code), style():
        section = Winners().section(plan(), table)
        text = section.remarks[0]
        assert ("with children" in text) == (code == "en") and ("kinderen" in text) == (
            code == "nl"
        )
        for row in section.tables[0].rows:
            assert sum(int("".join(filter(str.isdigit, cell))) for cell in row[2:5]) == 100
        (ax,) = Winners().chart(plan(), table).axes
        assert len(ax.get_yticklabels()) == table["group"].nunique()


def test_shares_add_up_to_a_hundred_whatever_they_are():
    for shares in ([0.333, 0.333, 0.334], [1 / 3] * 3, [0.005, 0.005, 0.99], [0.125] * 8):
        assert sum(int(text.rstrip("%")) for text in shares_of_100(shares)) == 100
    assert shares_of_100([float("nan"), 0.5]) == [DASH, DASH]


def test_how_clients_end_is_kept_with_what_they_were():
    town = Town.preset("class", clients=50)
    result = simulate(town, OFFER, 60, seed=1)
    ends = LONG_TABLES["ends"].of(result, town)
    clients = result.clients
    assert list(ends["problems_at_entry"]) == list(clients["problems_at_entry"])
    assert list(ends["ties"]) == list(result.client_rows["n_ties"])
    alone = ends["ties"] == 0
    assert ((ends["nearest"] == 5) == alone).all()
    assert ((ends["offer"] == 3) == (clients["attended"] > 0)).all()


def test_a_study_asks_for_it_by_keeping_how_clients_end():
    study = {"policies": [{"name": TEAM}, {"name": OFFER, "preset": OFFER}]}
    assert not Winners().applies(plan_of(study))
    assert Winners().applies(plan_of({**study, "tables": ["ends"]}))
