"""Words of reports: all that can be on a page has words in both languages."""

from experiments.measures import MEASURES
from experiments.measures.base import UNITS_NL
from experiments.reporting.analysis_words import ANALYSES
from experiments.reporting.evidence_words import GROUPS_NL, MOMENTS_NL, STATISTICS_NL
from experiments.reporting.mechanism_words import MECHANISMS
from experiments.reporting.quantity_words import SETTINGS, name_of, note, value_of
from experiments.reporting.quantity_words import UNITS_NL as SETTING_UNITS_NL
from experiments.reporting.report_words import ANSWERS, PAGE, WORDS
from simulation.evidence import evidence
from simulation.parameters import Parameters
from simulation.study import MEASURES as INTERVIEWS


def test_all_that_can_be_set_or_measured_has_dutch_words():
    for kind, known in SETTINGS.items():
        dutch = [name_of(kind, name, "nl") for name in known.declared()]
        assert all(dutch) and len(set(dutch)) == len(dutch)
        for name in known.quantities():
            unit = note(kind, name)["unit"].removeprefix("share").removeprefix("EUR").strip()
            assert not unit or unit in SETTING_UNITS_NL, (name, unit)
        for preset in known.presets():
            assert known.about(preset, "nl") not in ("", known.about(preset)), preset
    assert {one.unit for one in MEASURES.values()} <= set(UNITS_NL)
    assert set(Parameters.mechanisms()) <= set(MECHANISMS)
    assert len(WORDS) == len(ANSWERS) + len(PAGE) + len(ANALYSES)  # no key stands for two


def test_all_published_figures_have_dutch_words():
    table = evidence()
    assert set(STATISTICS_NL) == set(table.index)
    measured = table.loc[list(INTERVIEWS)]
    assert set(measured["group"]) <= set(GROUPS_NL)
    assert set(measured["moment"]) <= set(MOMENTS_NL)


def test_settings_are_said_with_their_unit():
    assert value_of("policy", "offer", 0.5, "en") == "50% of clients"
    assert value_of("policy", "offer", 0.5, "nl") == "50% van de cliënten"
    assert value_of("policy", "mobilisation_hours", 2.5, "nl") == "2,5 uur per zaak"
    assert value_of("policy", "queue_order", "youth first", "nl") == "jeugd eerst"
    assert value_of("town", "price_regular", 60, "en") == "60 EUR per hour"
    assert name_of("policy", "offer", "nl") == "netwerkberaad standaard aangeboden"
