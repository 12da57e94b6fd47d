"""What stands beside an answer: how still the town stood before, and which assumptions decide."""

import pandas as pd
import pytest

from kring.experiments.analyses.standing import halves, sentences
from kring.experiments.measures.year_before import YEAR_BEFORE, year_before
from kring.experiments.pipeline.preview import preview
from kring.experiments.pipeline.run import run_study
from kring.experiments.reading.rests import rests_on
from kring.experiments.study.load import plan_of
from kring.simulation.country import Country, municipalities
from kring.simulation.parameters import Parameters
from kring.simulation.run import run_in, simulate
from kring.simulation.town import Town
from kring.simulation.world import settle

RUNS = {"preset": "going_concern", "clients": 20, "weeks_before": 60}
TODAY = {"name": "as now"}


def study(**more):
    keys = {"policies": [TODAY], "town": RUNS, "weeks": 4, "outcomes": ["problems"], "sets": 2}
    return plan_of(keys | more)


def test_the_halves_of_the_year_before_are_those_of_the_books():
    result = simulate(Town.preset("going_concern", clients=20), "wijkteam", 3)
    table = year_before(result, Town()).set_index("what")
    assert table.loc["cases", "last"] > 0
    assert table.loc["spent", "last"] >= table.loc["provisions", "last"]
    empty = simulate(Town(clients=5), "wijkteam", 3)
    assert not len(year_before(empty, Town()))


def test_a_town_that_begins_empty_has_no_year_before():
    assert YEAR_BEFORE not in study(town={"clients": 20}).tables
    assert YEAR_BEFORE in study().tables


def test_what_moves_before_the_start_is_named():
    still = {"what": "cases", "first": 100.0, "last": 101.0, "luck": 0.1, "towns": 3}
    grows = {"what": "provisions", "first": 100.0, "last": 110.0, "luck": 2.0, "towns": 3}
    by_luck = grows | {"what": "waiting_list", "luck": 6.0}
    assert not any("Not still" in text for text in sentences(pd.DataFrame([still])))
    text = " ".join(sentences(pd.DataFrame([still, grows, by_luck])))
    assert "open cases 100 to 101 (+1.0%)" in text
    assert "Not still: spending on provisions a week." in text
    assert "An open matter" in text


def test_only_the_first_policys_towns_are_looked_at():
    plan = study(policies=[TODAY, {"name": "more", "staffing": 1.2}])
    runs = pd.DataFrame({"run": [0, 1], "policy": ["as now", "more"]})
    kept = pd.DataFrame({"run": [0, 1], "what": "cases", "first": [10, 90], "last": [12, 95]})
    assert halves(plan, runs, kept)[["first", "last", "towns"]].to_numpy().tolist() == [[10, 12, 1]]


def test_check_and_report_say_how_still_the_town_stands(tmp_path):
    plan = study()
    assert any("year before week 1" in line for line in preview(plan))
    result = run_study(plan, tmp_path / "out", engine="here")
    assert len(result.tables["standing"])
    for page, words in (("report.html", "year before week 1"), ("report_nl.html", "vóór week 1")):
        assert words in (result.folder / page).read_text("utf-8")


@pytest.mark.parametrize(
    ("lever", "strength"),
    [("community_hours", "places per hour 4 (possible: 0 to 20)"), ("check_ins", "check in hours")],
)
def test_a_lever_that_rests_on_assumptions_says_so_beside_the_answer(lever, strength):
    other = {"name": "more", lever: 4}
    said = rests_on(study(policies=[TODAY, other]))
    assert len(said) == 1
    assert strength in said[0]
    assert rests_on(study(vary={"policy": {lever: [0, 4]}})) == said


def test_municipalities_run_already_with_the_staff_that_each_has():
    one = municipalities(Country(municipalities=3), clients=300, seed=1)[0]
    new = settle(one.town.peopled(10), Parameters(), 2).professionals
    run = run_in(one.town, one.policy, 10, 2, threads=1)
    assert (run.world.professionals.contract == new.contract).all()
    assert run.world.professionals.held.sum() > 0


def test_check_says_where_better_and_worse_off_cannot_be_asked():
    plan = study(tables=["ends"], vary={"policy": {"staffing": [1, 1.2]}})
    assert any("asked of policies beside each other" in line for line in preview(plan))
    both = study(tables=["ends"], policies=[TODAY, {"name": "more", "staffing": 1.2}])
    assert not any("asked of policies beside each other" in line for line in preview(both))


def test_what_is_the_same_under_every_policy_decides_nothing():
    both = [{"name": name, "community_hours": 4} for name in ("as now", "again")]
    assert rests_on(study(policies=both)) == []
