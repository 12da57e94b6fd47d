"""Within a budget: what is sought, what is found, and what is said of it."""

import re

import pandas as pd
import pytest

from kring.experiments.analyses.budget import numbers, words
from kring.experiments.analyses.paired import by_seed
from kring.experiments.pipeline import budget as search
from kring.experiments.pipeline.preview import preview
from kring.experiments.pipeline.run import run_study
from kring.experiments.study.budget import ceilings
from kring.experiments.study.load import plan_of, read_study
from kring.experiments.study.spec import BudgetTable
from kring.simulation.errors import KringError

STUDY = {
    "name": "budget",
    "outcomes": ["problems", "supporters", "wait", "cash"],
    "weeks": 52,
    "seeds": 1,
    "parameters": {"preset": "fitted"},
    "town": {"preset": "class", "clients": 20},
    "policies": [{"name": "as today", "preset": "wijkteam"}],
    "budget": {
        "ceiling": "+20%", "combinations": 8, "rounds": 1, "best": 2,
        "policy": {"offer": [0, 1], "mobilisation_hours": [2.5, 20]},
    },
}  # fmt: skip


def changed(**budget):
    return {**STUDY, "budget": {**STUDY["budget"], **budget}}


def test_the_best_are_found_within_the_budget_and_the_same_ones_again(tmp_path):
    done = run_study(plan_of(STUDY), tmp_path / "a", engine="here")
    tried = done.tables["tried"]
    today = tried["cash"].iloc[0]
    assert (tried["within"] == (tried["cash"] <= 1.2 * today + 1e-9)).all() and len(tried) > 8
    best = tried[tried["within"] & tried["offer"].notna()]["problems"].min()
    runs = done.tables["runs"].set_index("policy")["problems"]
    assert list(runs.index) == ["as today", "combination 1", "combination 2"]
    assert runs["combination 1"] == best <= runs["combination 2"]
    again = run_study(plan_of(STUDY), tmp_path / "b", engine="here")
    pd.testing.assert_frame_equal(again.tables["runs"], done.tables["runs"])
    page = (tmp_path / "a" / "report.html").read_text("utf-8")
    assert "What the combinations consist of" in page
    assert "Whether they stay within the budget" in page
    printed = (tmp_path / "a" / "reading.md").read_text("utf-8")
    assert re.search(r"combination 1: .*offered to .*% of clients", printed)
    assert (tmp_path / "a" / "budget_frontier_nl.png").is_file()
    frontier = done.tables["frontier"].query("on_frontier").sort_values("cash")
    assert frontier["problems"].is_monotonic_decreasing


@pytest.mark.parametrize(
    ("budget", "paid"),
    [
        ({"ceiling": "+5%"}, [2100, 1050]),
        ({"ceiling": "-2,5%"}, [1950, 975]),
        ({"ceiling": 1200}, [1200, 1200]),
        ({"total": 60_000}, [3000, 2000]),  # of 20 and of 30 people
    ],
)
def test_what_may_be_paid_is_a_share_of_today_an_amount_or_a_total_for_the_town(budget, paid):
    today = pd.DataFrame({"cash": [2000.0, 1000.0], "people_a_year": [20.0, 30.0]})
    table = BudgetTable.model_validate({"policy": {"offer": [0, 1]}, **budget})
    assert [*ceilings(table, today)] == pytest.approx(paid)


def test_a_lever_s_price_counts_in_all_that_is_said_of_cash(tmp_path):
    hours = {"mobilisation_hours": 12.5}
    found = {"policy": {"mobilisation_hours": [2.5, 20]}, "found": [hours]}
    now = STUDY["policies"][0]
    both = [now, {**now, "name": "more", **hours}]
    paid = []
    for prices in ({}, {"mobilisation_hours": 30.0}):
        study = {**changed(**found, prices=prices), "policies": both}
        done = run_study(plan_of(study), tmp_path / str(len(prices)), engine="here")
        differs = done.tables["differences"].query("policy == 'more' and outcome == 'cash'")
        paid.append(
            [done.tables["runs"]["cash"].iloc[1], differs["difference"].iloc[0],
             done.tables["paid"]["cash"].iloc[0]]
        )  # fmt: skip
        assert done.tables["runs"]["cash"].iloc[0] == pytest.approx(paid[-1][0] - paid[-1][1])
    assert [two - one for one, two in zip(*paid, strict=True)] == pytest.approx([300.0] * 3)


def test_a_budget_that_none_keeps_to_says_by_how_much(tmp_path):
    with pytest.raises(KringError, match="the nearest costs"):
        plan = plan_of(changed(policy={"offer": [0.5, 1]}, prices={"offer": 1e6}, rounds=0))
        run_study(plan, tmp_path / "a", engine="here")


def dearer_in_all(plan, *_):
    """Outcomes without a town: an offer costs more over all sets than over the few."""
    price = 150 if len(plan.seeds) > 4 else 100
    rows = []
    for run in plan.runs:
        offer = plan.setup(run).policy.offer
        known = {"policy": plan.policies[run.policy].name, "point": run.point, "seed": run.seed}
        rows.append({**known, "problems": 5 - offer, "cash": 1000 + price * offer})
    return pd.DataFrame(rows)


def test_who_passes_the_ceiling_over_all_sets_is_left_out_and_said_to_be(monkeypatch):
    monkeypatch.setattr(search, "by_town", lambda plan, *_: by_seed(dearer_in_all(plan), plan))
    budget = {"ceiling": "+5%", "sets": 2, "best": 2, "rounds": 0, "policy": {"offer": [0, 1]}}
    asked = {"outcomes": ["problems", "cash"], "sets": 6, "parameters": {}, "seeds": 2}
    today = {"name": "as today", "offer": 0}
    plan = plan_of({**STUDY, **asked, "budget": budget, "policies": [today]})
    found, tables = search.within_budget(plan, None, None)
    left_out = tables["left_out"]["offer"]
    assert ((left_out > 1 / 3) & (left_out <= 0.5)).all() and len(left_out) == 2
    assert all(one["offer"] <= 1 / 3 for one in found.budget.found) and len(found.policies) == 3
    paid = numbers.judged(found, dearer_in_all(found), tables["left_out"])
    assert [*paid["share_above"]] == [0, 0, 1, 1] and [*paid["within"]] == [True] * 2 + [False] * 2
    said = [*words.paid(found, paid)]
    assert "stays within the budget" in said[0]
    assert "2 that seemed within the budget" in said[2] and "100%" in said[2]


def test_a_combination_of_one_s_own_above_the_ceiling_is_marked_and_is_none_of_the_best():
    dear, low = ({"name": name, "offer": o} for name, o in (("dear", 0.9), ("low", 0.1)))
    budget = {"ceiling": "+5%", "policy": {"offer": [0, 1]}, "found": [{"offer": 0.9}]}
    study = {**STUDY, "outcomes": ["problems", "cash"], "budget": budget}
    plan = plan_of({**study, "policies": [{"name": "as today", "offer": 0}, dear, low]})
    runs = dearer_in_all(plan)
    said = [*words.paid(plan, numbers.judged(plan, runs, None))]
    assert "‘dear’ is ABOVE THE BUDGET" in said[0] and "‘low’ stays" in said[1]
    assert numbers.next_best(plan, runs).empty


def test_a_check_says_what_the_search_takes():
    said = [*preview(plan_of(STUDY))]
    assert "21 to try 20 combinations" in said[1] and "At most 28 runs" in said[1]


@pytest.mark.parametrize(
    ("budget", "said"),
    [
        ({"ceiling": "5 percent"}, r"write '\+5%'"),
        ({"policy": {"ofer": [0, 1]}}, "did you mean 'offer'"),
        ({"policy": {"offer": [1, 0]}}, "low below high"),
        ({"prices": {"staffing": 3}}, "may not move"),
        ({"total": 5000.0}, "a ceiling and a total"),
    ],
)
def test_a_budget_that_cannot_be_is_refused(budget, said):
    with pytest.raises(KringError, match=said):
        plan_of(changed(**budget))


def test_what_is_paid_must_be_measured():
    with pytest.raises(KringError, match="put 'cash'"):
        plan_of({**STUDY, "outcomes": ["problems"]})
    total = {"total": 5e6, "policy": {"offer": [0, 1]}}
    with pytest.raises(KringError, match="put 'people_a_year'"):
        plan_of({**STUDY, "budget": total})
    with pytest.raises(KringError, match="leave one of them out"):
        plan_of({**changed(prices={"offer": 3.0}), "tables": ["books"]})


def test_the_study_that_comes_with_kring_can_be_read():
    assert read_study("within_budget").budget.best == 3
