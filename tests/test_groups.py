"""Of one's own clients it is told which groups are better and worse off, and of nobody alone."""

import pandas as pd
import pytest

from kring.experiments.analyses.winners import Winners
from kring.experiments.analyses.winners.numbers import counted
from kring.experiments.casebook.compare.reading import ComparisonReading
from kring.experiments.execution.worker import StandingTown, execute
from kring.experiments.measures.groups import FEWEST, NUMBERS, without_few
from kring.experiments.measures.long_tables import LONG_TABLES
from kring.experiments.pipeline.run import run_study
from kring.experiments.reading.base import Reading
from kring.experiments.study.load import plan_of
from kring.simulation.errors import KringError
from kring.simulation.run import simulate
from kring.simulation.town import Town

STUDY = {
    "weeks": 30, "sets": 1, "seeds": 2, "town": {"preset": "class"},
    "policies": [
        {"name": "as now"}, {"name": "conference", "preset": "eigen_kracht"},
        {"name": "more staff", "staffing": 1.5, "town": {"sick_leave": 0.1}},
    ],
}  # fmt: skip


def of_sizes(**sizes):
    """Groups of so many people, half of them better off."""
    rows = [("age", name, n, n // 2, n - n // 2, 0, -n) for name, n in sizes.items()]
    return pd.DataFrame(rows, columns=["by", "group", *NUMBERS])


@pytest.mark.parametrize(
    ("sizes", "told"),
    [
        ({"young": 10, "old": 40}, ["young", "old"]),
        ({"young": 9, "middle": 30, "old": 20}, ["middle"]),  # 20 more would tell how many 9 are
        ({"young": 4, "middle": 7, "old": 20}, ["old"]),
        ({"young": 4, "old": 20}, []),
        ({"old": FEWEST - 1}, []),
    ],
)
def test_no_group_of_a_few_is_told_of_nor_follows_from_the_others(sizes, told):
    found = without_few(of_sizes(**sizes))
    assert list(found.loc[found["clients"].notna(), "group"]) == told
    assert found.loc[found["clients"].isna(), NUMBERS].isna().all(axis=None)
    assert list(found["group"]) == list(sizes)


@pytest.fixture(scope="module")
def lived():
    """Runs that keep how each client ends, and already counted too: their plan and tables."""
    plan, standing = plan_of({**STUDY, "tables": ["ends", "groups"]}), StandingTown()
    tables = {"runs": pd.DataFrame([plan.identity(run) for run in plan.runs])}
    outputs = [execute(plan, run, standing) for run in plan.runs]
    for name in plan.tables:
        parts = [one.tables[name].assign(run=one.number) for one in outputs]
        tables[name] = pd.concat(parts, ignore_index=True)
    return plan, tables


def test_counting_while_they_are_lived_gives_what_counting_each_client_gives(lived):
    plan, tables = lived
    by_client = counted(plan_of({**STUDY, "tables": ["ends"]}), tables)
    at_once = counted(plan, tables)
    order = ["policy", "seed", "by", "group"]
    one, other = (t.sort_values(order).reset_index(drop=True) for t in (by_client, at_once))
    pd.testing.assert_frame_equal(one[[*order, *NUMBERS]], other[[*order, *NUMBERS]])
    assert (at_once.loc[at_once["policy"] != "as now", "better"] > 0).any()


def test_it_is_the_same_whichever_runs_were_lived_before(lived):
    plan, tables = lived
    last = plan.runs[len(plan.runs) - 1]
    alone = execute(plan, last, StandingTown()).tables["groups"]
    kept = tables["groups"][tables["groups"]["run"] == last.number]
    pd.testing.assert_frame_equal(alone, kept.drop(columns="run").reset_index(drop=True))


def test_what_is_beside_the_first_policy_is_lived_anew_with_another():
    other = [{"name": "as now", "offer": 1}, *STUDY["policies"][1:]]
    for tables, is_anew in ((["groups"], True), (["ends"], False)):
        one, two = (
            plan_of({**STUDY, "tables": tables, "policies": policies}).keys
            for policies in (STUDY["policies"], other)
        )
        assert (one[2] != two[2]) == is_anew  # of the second policy


KEPT = ("weekly", "entrants", "spread")

WRONG = {
    "varies": ({"vary": {"policy": {"offer": [0, 1]}}}, r"leave \[country\] and \[vary\] out"),
    "pieces": ({"pieces": 2, "town": {"clients": 4000}}, "write 'ends' in its place"),
}


@pytest.mark.parametrize("name", WRONG)
def test_where_they_cannot_be_counted_is_one_line(name):
    keys, why = WRONG[name]
    with pytest.raises(KringError, match=why):
        plan_of({**STUDY, "tables": ["groups"], **keys})


@pytest.fixture
def beside(tmp_path, monkeypatch):
    """Lives two policies on so many clients of one's own, six of whom are young."""
    monkeypatch.chdir(tmp_path)

    def done(clients):
        rows = [f"QX7-{i},{25 if i < 6 else 50},{i % 5},{i % 4}" for i in range(clients)]
        text = "\n".join(["id,age,finances,work", *rows])
        (tmp_path / "mine.csv").write_text(text, "utf-8")
        keys = {"town": {"preset": "class", "clients_from": "mine.csv"}, "tables": ["groups"]}
        plan = plan_of({**STUDY, **keys, "policies": STUDY["policies"][:2], "outcomes": ["cost"]})
        return run_study(plan, tmp_path / "out", engine="here", reading=Beside())

    return done


class Beside(Reading):
    """Says what `kring compare` says of who is better off, without its figures."""

    def tables(self, plan, tables):
        return ComparisonReading().tables(plan, tables)

    def lines(self, plan, tables):
        return ComparisonReading().lines(plan, tables)


def test_own_clients_are_told_of_by_group_and_in_no_row(beside):
    result = beside(40)
    assert {"groups", "winners", "fates"} <= {*result.tables} and "ends" not in result.tables
    for path in result.folder.glob("*.parquet"):
        assert "client" not in pd.read_parquet(path)
    sizes = result.tables["groups"]["clients"]
    assert sizes.isna().any() and sizes.min() >= FEWEST
    winners = result.tables["winners"]
    assert "younger than 30" not in set(winners["group"])
    assert winners["clients"].iloc[0] == 40 and "end with fewer problems" in result.text
    page = result.report().read_text("utf-8")
    assert "Of people of your own no group of fewer than 10 is told." in page


def test_no_row_is_about_fewer_than_ten_of_ones_own():
    """Of a week with its first clients, or a route that few take, the mean would tell of each."""
    ages = pd.DataFrame({"age": range(30, 55)})
    towns = Town.from_table(ages, "class"), Town.preset("class", clients=len(ages))
    own, drawn = (
        [LONG_TABLES[name].of(simulate(town, "wijkteam", 40), town) for name in KEPT]
        for town in towns
    )
    for (weekly, entrants, spread), least in ((own, FEWEST), (drawn, 0)):
        people = spread.filter(like="with_").sum(axis=1)
        assert weekly["entered"].min() >= least and people.min() >= least
        assert entrants["clients"].min() >= least
    assert 0 < len(own[0]) < len(drawn[0]) and list(own[2]) == list(drawn[2])


def test_of_a_handful_nothing_is_told_of_who_is_better_off(beside):
    result = beside(8)
    assert result.tables["groups"]["clients"].isna().all() and "fates" not in result.tables
    assert result.tables["winners"].empty and "end with fewer" not in result.text
    assert Winners().chart(result.plan, result.tables["winners"]) is None
