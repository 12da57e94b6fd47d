import inspect

from kring.experiments.cli import show
from kring.simulation import week
from kring.simulation.outcomes import MUNICIPAL, MUNICIPAL_NAMES, NAMES, OUTCOMES
from kring.simulation.week import PHASES


def test_every_phase_has_a_name_of_its_own_and_says_what_it_does():
    names = [phase.name for phase in PHASES]
    assert len(set(names)) == len(names) >= 10
    for phase in PHASES:
        assert phase.does and phase.does.rstrip().endswith("."), phase.name
        assert phase.reads and phase.writes, phase.name


def test_the_file_defines_the_phases_in_their_order():
    source = inspect.getsource(week)
    places = [source.index(f"def {phase.name.replace(' ', '_')}(") for phase in PHASES]
    assert places == sorted(places)


def test_who_works_is_known_first_and_the_week_is_recorded_last():
    assert PHASES[0].name == "workers come to work"
    assert PHASES[-1].name == "week is recorded"


def test_people_are_taken_in_once_it_is_known_who_came_and_who_works():
    names = [phase.name for phase in PHASES]
    before = ("workers come to work", "people come to the team")
    assert all(names.index(name) < names.index("people are taken in") for name in before)
    assert names.index("people are taken in") < names.index("hours are shared out")


def test_hours_are_shared_out_before_anybody_uses_them():
    names = [phase.name for phase in PHASES]
    using = ("talks are held", "networks are mobilised", "professionals guide")
    assert all(names.index("hours are shared out") < names.index(name) for name in using)


def test_the_week_is_shown_in_order():
    shown = show.week()
    places = [shown.index(f"{i:2d}. {phase.name}: ") for i, phase in enumerate(PHASES, 1)]
    assert places == sorted(places)


def test_every_outcome_has_a_unit_an_aggregate_and_dutch_words():
    assert len(set(NAMES)) == len(NAMES)
    for outcome in OUTCOMES:
        assert outcome.unit and outcome.about and outcome.dutch
        assert outcome.aggregate in ("mean", "total")


def test_every_municipal_outcome_has_a_unit_and_a_name_of_its_own():
    assert len(set(MUNICIPAL_NAMES)) == len(MUNICIPAL_NAMES)
    for outcome in MUNICIPAL:
        assert outcome.unit and outcome.about
        assert outcome.aggregate in ("mean", "total")
