"""Thousands of study files with something wrong: each is a plan, or refused in a short line."""

import pytest

from tests.fuzz import SEEDS, mutated, wrong_with

LOTS = [pytest.param(range(200), id="some"), pytest.param(range(200, 2500), id="many",
        marks=pytest.mark.slow)]  # fmt: skip


@pytest.mark.parametrize("numbers", LOTS)
def test_a_study_file_with_something_wrong_is_a_plan_or_a_line(numbers, tmp_path):
    for number in numbers:
        text = mutated(number)
        assert not (what := wrong_with(text, tmp_path)), f"number {number}: {what}"


def test_what_goes_wrong_would_be_seen(tmp_path, monkeypatch):
    monkeypatch.setattr("tests.fuzz.load", lambda *given: {}["gone"])
    assert "KeyError" in wrong_with("x", tmp_path)


def test_every_lot_is_the_same_every_time_and_none_is_left_as_it_was():
    assert [mutated(i) for i in range(50)] == [mutated(i) for i in range(50)]
    assert sum(mutated(i) in SEEDS.values() for i in range(200)) < 10
