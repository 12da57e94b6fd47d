"""Several answers at once: intervals that hold for all of them together."""

import numpy as np
import pandas as pd
import pytest

import kring
from kring.experiments.analyses.paired import family, paired_table
from kring.experiments.analyses.regret.numbers import regret
from kring.experiments.reading.lines import lines
from kring.simulation.spread import Spread, interval, student_t

STUDY = {
    "weeks": 4,
    "seeds": 6,
    "parameters": {"preset": "fitted"},
    "outcomes": ["problems", "alone", "cost"],
    "town": {"clients": 20},
    "policies": [{"name": "now"}, {"name": "more", "offer": 1}, {"name": "most", "staffing": 2}],
}


def plans(**more):
    return [kring.read_study({**STUDY, **more, "together": together}) for together in (False, True)]


def drawn(plan, better=0.0):
    """Outcomes drawn from 0 to 1, those of the last policy lower by so much."""
    luck = np.random.default_rng(2)
    lower = {2: better}
    rows = [
        plan.identity(run) | {o: luck.random() - lower.get(run.policy, 0) for o in plan.outcomes}
        for run in plan.runs
    ]
    return pd.DataFrame(rows)


def test_a_family_is_every_policy_but_the_first_with_every_outcome():
    alone, together = plans()
    assert (family(alone), family(together)) == (1, 6)
    crossed = plans(vary={"town": {"sick_leave": [0, 0.1, 0.2]}})[1]
    assert family(crossed) == 2 * 3 * 3
    futures = plans(vary={"design": "latin hypercube", "town": {"sick_leave": [0, 0.2]}})[1]
    assert family(futures) == 6


def test_intervals_of_a_family_are_as_much_wider_as_students_t_says():
    alone, together = plans()
    one, all_six = (
        paired_table(plan, drawn(plan)).query("policy == 'more'") for plan in (alone, together)
    )
    wider = (all_six["high"] - all_six["difference"]) / (one["high"] - one["difference"])
    costs = one["outcome"] != "alone"  # a share, whose ends are cut off
    assert wider[costs].to_numpy() == pytest.approx(student_t(5, 6) / student_t(5))
    assert student_t(5, 6) == pytest.approx(4.2193, abs=1e-3)  # t of 1 - 0.05 / 12


def test_a_family_holds_together_in_95_of_100():
    luck = np.random.default_rng(5)
    values = luck.normal(size=(1500, 6, 8))
    held = [
        all(low <= 0 <= high for _, low, high in (interval(v, 6) for v in one)) for one in values
    ]
    assert 0.93 <= np.mean(held) <= 0.97


def test_lines_and_clearly_best_say_for_how_much_they_hold():
    together = plans()[1]
    tables = {"differences": paired_table(together, drawn(together))}
    assert "intervals for all 6 together" in next(iter(lines(together, tables)))
    vary = {"design": "latin hypercube", "points": 30, "town": {"sick_leave": [0, 0.2]}}
    clear = [regret(plan, drawn(plan, 0.5))["clearly_best"].sum() for plan in plans(vary=vary)]
    assert 0 < clear[1] < clear[0]


def test_a_share_stays_within_none_and_all():
    found = Spread(0.02, -0.1, 1.3).within(0, 1)
    assert (found.low, found.high) == (0, 1)
    table = paired_table(plans()[1], drawn(plans()[1])).query("outcome == 'alone'")
    assert table["low"].dropna().ge(-1).all() and table["high"].dropna().le(1).all()


def test_a_comparison_tells_intervals_for_each_and_for_all_together():
    town = kring.Town.preset("class", clients=30)
    found = kring.compare(
        town, {"a": "wijkteam", "b": "eigen_kracht"}, 20, [1, 2, 3, 4], parameters="fitted"
    )
    one, every = (
        found.at(together=together).set_index(["entrance", "outcome"]) for together in (0, 1)
    )
    rows = ("all", "cost")
    assert every.loc[rows, "low"] < one.loc[rows, "low"]
    assert every.loc[rows, "difference"] == one.loc[rows, "difference"]
    shares = every[every["unit"] == "share"].dropna()
    assert shares["low"].ge(-1).all() and shares["high"].le(1).all()


def test_a_quantity_tells_what_is_admitted_and_what_is_likely():
    table = kring.Parameters().table().set_index("name")
    said = table.dropna(subset=["likely_low"])
    assert len(said) > 40
    assert (said["low"] <= said["likely_low"]).all() and (said["likely_high"] <= said["high"]).all()
    assert (table.loc["willing", ["low", "high"]] == [-5, 5]).all()
    assert table.loc["willing", "likely_high"] - table.loc["willing", "likely_low"] < 5
