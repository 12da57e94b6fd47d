"""A measure that is made in a session: it is what it was made last, and lives in this session."""

import pytest

import kring
from kring.experiments.measures.base import Measure
from kring.experiments.measures.own import made_here
from kring.simulation.errors import KringError

STUDY = {
    "name": "own", "sets": 1, "seeds": 2, "weeks": 4, "parameters": {"preset": "fitted"},
    "town": {"clients": 20}, "outcomes": ["mine", "problems"], "policies": [{"name": "now"}],
}  # fmt: skip
FACTOR = 3


def helper(number):
    return number * FACTOR


def make(monkeypatch, of):
    monkeypatch.setitem(kring.MEASURES, "mine", Measure("EUR", "mine", "mijn", of))


def test_a_measure_that_is_made_anew_gives_its_new_values(monkeypatch, tmp_path):
    factor = 1
    make(monkeypatch, lambda result: result.at("problems") * factor)
    plan = kring.read_study(STUDY)
    first = kring.run_study(plan, tmp_path / "own").tables["runs"]
    assert (first["mine"] == first["problems"]).all()
    factor = 2  # what it finds around it counts
    second = kring.run_study(plan, tmp_path / "own").tables["runs"]
    assert (second["mine"] == 2 * second["problems"]).all()
    make(monkeypatch, lambda result: 3 * result.at("problems"))
    third = kring.run_study(plan, tmp_path / "own").tables["runs"]
    assert (third["mine"] == 3 * third["problems"]).all()
    keys = plan.keys
    assert plan.keys is keys


def test_what_a_measure_calls_and_reads_counts_too(monkeypatch):
    make(monkeypatch, lambda result: helper(result.at("cost")))
    before = made_here(["mine"])
    monkeypatch.setitem(globals(), "FACTOR", 4)
    assert made_here(["mine"]) != before
    assert made_here(["problems", "cost@2"]) == {}


def test_other_processes_do_not_know_it(monkeypatch, tmp_path):
    make(monkeypatch, lambda result: 1.0)
    with pytest.raises(KringError, match="'mine' was made in this session"):
        kring.run_study(kring.read_study(STUDY), tmp_path / "own", engine="processes")
