"""The twin in C++ of the three heaviest phases: same rules, same draws, same bits as Kring."""

import re

import numpy as np
import pytest

from kring.experiments.benchmark import cpp_twin, phases, speed
from kring.simulation.policy import Policy
from kring.simulation.rows import CLIENT, row_type
from kring.simulation.town import Town
from kring.simulation.week import PHASES

needs_a_compiler = pytest.mark.skipif(
    not cpp_twin.there_is_a_compiler(), reason="there is no g++ here"
)
# Levers under which much happens in the three phases that seldom does.
BUSY = Policy.preset("eigen_kracht").replace(
    agencies=0.5, no_mental_health=0.5, one_plan=0.5, outreach=0.5, neighbour_activation=0.5,
    reciprocity="voluntary", outcome_steering=0.5,
)  # fmt: skip


@pytest.fixture(autouse=True)
def tiny(monkeypatch):
    """A few teams of few clients."""
    monkeypatch.setattr(speed, "TOWN", Town.preset("class"))
    monkeypatch.setattr(speed, "POLICY", {"team": BUSY, "conference": BUSY})
    monkeypatch.setattr(speed, "WEEKS", 26)


def test_the_twin_takes_every_column_and_number_from_kring():
    text = cpp_twin.header(phases.a_small_world(1))
    client = text[text.index("struct Client {") : text.index("};")]
    assert re.findall(r"(\w+)(?:\[\d+\])*;", client) == list(row_type(CLIENT).names)
    assert "constexpr int64_t NETWORK_PLAN = 2;" in text
    assert {phase.name for phase in PHASES} >= set(cpp_twin.TWINS)


def test_without_a_compiler_it_is_said_that_nothing_was_measured(monkeypatch):
    monkeypatch.setattr(phases, "there_is_a_compiler", lambda: False)
    [found] = phases.measure_twin(1)
    assert np.isnan(found.value)
    assert "no g++" in found.goal


@needs_a_compiler
def test_the_twin_lives_a_week(tmp_path):
    world = phases.a_small_world(1)
    world.clients.stage[:] = 4  # guided: what needs it can move
    before = world.clients.coming.copy()
    twin = cpp_twin.build(world, tmp_path)
    given = cpp_twin.Given(world)
    for week in range(20):
        twin(given, week, cpp_twin.TWINS.index("problems move"))
    assert (world.clients.coming != before).any()


@needs_a_compiler
@pytest.mark.slow  # compiles the phases one by one
def test_the_twin_comes_to_the_same_bits():
    *_, ratio = phases.measure_twin(2)  # refuses other bits
    assert ratio.value > 0


@needs_a_compiler
@pytest.mark.slow
def test_a_twin_of_other_rules_is_refused(tmp_path, monkeypatch):
    twin = cpp_twin.build(phases.a_small_world(1), tmp_path)

    def other(given, week, which):
        twin(given, week + 1, which)

    with pytest.raises(RuntimeError, match="came to other clients"):
        phases.beside_twin(1, other)
