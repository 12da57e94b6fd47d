"""A reading says what it needs of a study, and a study that lacks it is refused before a run."""

import pytest

from kring.experiments.execution.manifest import read_manifest
from kring.experiments.pipeline.preview import preview, twins
from kring.experiments.pipeline.run import run_study
from kring.experiments.reading.base import Reading
from kring.experiments.study.files import CASEBOOK, shipped
from kring.experiments.study.load import load, plan_of
from kring.experiments.study.needs import Needs, check_needs, of_the_casebook
from kring.simulation.errors import KringError

PLAIN = {"sets": 1, "seeds": 2, "weeks": 60, "town": {"clients": 40}, "policies": [{"name": "now"}]}
READINGS = sorted(of_the_casebook())


def test_every_reading_of_the_casebook_says_what_it_needs():
    assert sorted(path.parent.name for path in CASEBOOK.glob("*/reading.py")) == READINGS


@pytest.mark.parametrize("name", shipped())
def test_the_studies_that_come_with_kring_have_what_their_readings_need(name):
    check_needs(load(shipped()[name]))


@pytest.mark.parametrize("reading", READINGS)
def test_a_reading_on_another_study_is_refused_before_a_run(reading, tmp_path):
    plan = plan_of({**PLAIN, "reading": reading})
    for asked in (lambda: run_study(plan, tmp_path / "out"), lambda: list(preview(plan))):
        with pytest.raises(KringError, match=f"^reading: the reading {reading} needs ") as refused:
            asked()
        assert "\n" not in str(refused.value)
    assert not list(tmp_path.iterdir())


@pytest.mark.slow
@pytest.mark.parametrize("reading", READINGS)
def test_what_a_reading_says_is_all_it_needs(reading, tmp_path):
    needs = of_the_casebook()[reading]
    others = [*needs.policies, "one", "two"][: max(len(needs.policies), needs.fewest_policies - 1)]
    policies = [{"name": name, "offer": i / 10} for i, name in enumerate(["base", *others])]
    silent = {"vary": {"parameters": {"without": ["nothing", "M5"]}}}
    study = {
        **PLAIN, "reading": reading, "policies": policies, "name": reading,
        **({"outcomes": list(needs.outcomes)} if needs.outcomes else {}),
        "tables": list(needs.tables), **(silent if needs.varies else {}),
    }  # fmt: skip
    if needs.place == "country":
        study = {**study, "country": {"municipalities": 8, "clients": 400}}
        del study["town"]
    if reading == "rotterdam":
        study = {**study, "town": {"clients": 800}, "weeks": 104}
    done = run_study(plan_of(study), tmp_path / "out", engine="here")
    assert done.failed == 0
    assert read_manifest(done.folder)


OWN = {
    "an outcome": (Needs(outcomes=("cost", "debts")), "outcomes 'debts'"),
    "a table": (Needs(tables=("weekly",)), "tables 'weekly'"),
    "a policy": (Needs(policies=("now", "later")), "policies called 'later'"),
    "two policies": (Needs(fewest_policies=2), "2 policies"),
    "something that varies": (Needs(varies=("policy.offer",)), "that policy.offer varies"),
    "a country": (Needs(place="country"), "a country"),
}


@pytest.mark.parametrize(("needs", "told"), OWN.values(), ids=OWN)
def test_a_reading_of_ones_own_says_it_too(needs, told, tmp_path):
    class Own(Reading):
        """Reads what it says."""

    Own.needs = needs
    with pytest.raises(KringError, match=told):
        run_study(plan_of(PLAIN), tmp_path / "out", reading=Own())


@pytest.mark.parametrize(
    ("second", "is_told"),
    [
        ({}, True),
        ({"preset": "wijkteam"}, True),
        ({"offer": 1}, False),
        ({"town": {"clients": 50}}, False),
    ],
)
def test_check_names_a_policy_that_differs_in_nothing(second, is_told):
    plan = plan_of({**PLAIN, "policies": [{"name": "now"}, {"name": "then", **second}]})
    told = "'then' differs in nothing from 'now'; their results will be the same."
    assert (told in list(preview(plan))) == is_told


@pytest.mark.parametrize("name", shipped())
def test_no_study_that_comes_with_kring_asks_the_same_twice(name):
    assert list(twins(load(shipped()[name]))) == []
