"""The benchmark runs, and its numbers can be what they say; how fast it is nobody asserts."""

import math

import pytest

from kring.experiments.benchmark import phases, speed, start, sweep
from kring.experiments.benchmark.history import last_release, lost
from kring.experiments.benchmark.table import Found, as_text, table
from kring.simulation.town import Town
from kring.simulation.week import PHASES


@pytest.fixture(autouse=True)
def tiny(monkeypatch):
    """Towns of a few clients, and a quarter of a year."""
    monkeypatch.setattr(speed, "TOWN", Town.preset("class"))
    monkeypatch.setattr(speed, "SMALL", Town.preset("class", clients=20))
    monkeypatch.setattr(speed, "WEEKS", 13)


def values(rows) -> dict[str, float]:
    """What was found, by measure."""
    return dict(zip(table(rows)["measure"], table(rows)["value"], strict=True))


def test_speed_is_told_per_client_week_and_beside_mesa():
    found = values(speed.measure_speed(1))
    assert all(value > 0 and math.isfinite(value) for value in found.values())
    taken = found["one thread: 100 clients, 13 weeks"]
    assert found["one thread: per client-week"] == pytest.approx(taken / 1300 * 1e6)
    names = {"one thread", "500 clients, one thread"}
    assert {f"Mesa, with the municipality / {name}" for name in names} <= set(found)


def test_a_client_with_network_takes_less_than_a_kilobyte_and_more_than_its_parts():
    found = values(speed.measure_memory())
    parts = [value for name, value in found.items() if name.startswith("of which")]
    bare = found["memory per client with network"]
    assert sum(parts) < bare < found["with the episodes of 13 weeks"]
    assert bare < 1400  # a class of 100 clients has more staff per client than a town


@pytest.mark.slow
def test_a_tiny_sweep_says_where_its_time_went():
    found = sweep.sweep(2)
    assert 0 < found.spent.week <= found.spent.compiled <= found.spent.all
    assert found.wall > 0
    assert len(sweep.sweep_of(3).runs) == 3 * sweep.SEEDS
    assert sweep.bare_loop(2) > 0


def test_what_was_found_is_shown_in_three_figures():
    shown = as_text(table(start.measure_start(1)))
    assert "command to first run" in shown and "< 0.3" in shown


def test_a_ratio_that_lost_more_than_a_quarter_is_told():
    before = {"Mesa / one thread": 80.0, "seconds": 1.0}
    rows = [Found("Mesa / one thread", 61, "times"), Found("seconds", 0.1, "s")]
    assert lost(rows, before) == []
    rows = [Found("Mesa / one thread", 59, "times"), Found("new / old", 1, "times")]
    assert lost(rows, before) == ["Mesa / one thread: 59, 80 in the last release"]
    assert last_release()["Mesa, with the municipality / one thread"] > 1


@pytest.mark.parametrize("framework", speed.FEW)
def test_a_few_rules_in_another_framework_live_a_town(framework):
    pytest.importorskip(speed.FEW[framework])
    speed.live_few_rules(framework, speed.SMALL, 1)


@pytest.mark.slow  # compiles the phases one by one
def test_every_phase_is_timed():
    *each, (name, whole, *_) = phases.measure_phases(1)
    assert [phase[0] for phase in each] == [phase.name for phase in PHASES]
    assert name == "whole week"
    assert whole == pytest.approx(sum(phase[1] for phase in each))
