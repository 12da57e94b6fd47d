"""Within a budget: what is sought, what is found, and what is said of it."""

import pandas as pd
import pytest

from experiments.pipeline.budget import ceiling
from experiments.pipeline.run import run_study
from experiments.study.load import plan_of, read_study
from simulation.errors import KringError

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
    assert (tmp_path / "a" / "budget_frontier_nl.png").is_file()
    frontier = done.tables["frontier"].query("on_frontier").sort_values("cash")
    assert frontier["problems"].is_monotonic_decreasing


def test_a_ceiling_is_a_share_of_today_or_an_amount():
    assert ceiling("+5%", 2000) == pytest.approx(2100) and ceiling("-2,5%", 1000) == 975
    assert ceiling(1200, 5) == 1200


def test_a_lever_s_price_counts_as_cash(tmp_path):
    with pytest.raises(KringError, match="costs at most"):
        plan = plan_of(changed(policy={"offer": [0.5, 1]}, prices={"offer": 1e6}, rounds=0))
        run_study(plan, tmp_path / "a", engine="here")


@pytest.mark.parametrize(
    ("budget", "said"),
    [
        ({"ceiling": "5 percent"}, r"write '\+5%'"),
        ({"policy": {"ofer": [0, 1]}}, "did you mean 'offer'"),
        ({"policy": {"offer": [1, 0]}}, "low below high"),
        ({"prices": {"staffing": 3}}, "may not move"),
    ],
)
def test_a_budget_that_cannot_be_is_refused(budget, said):
    with pytest.raises(KringError, match=said):
        plan_of(changed(**budget))


def test_what_is_paid_must_be_measured():
    with pytest.raises(KringError, match="put 'cash'"):
        plan_of({**STUDY, "outcomes": ["problems"]})


def test_the_study_that_comes_with_kring_can_be_read():
    assert read_study("within_budget").budget.best == 3
