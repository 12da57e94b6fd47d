"""A survey of one's own city: read from a file, held in a simulated town, and fitted."""

from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from kring.experiments.calibration import calibrate
from kring.experiments.calibration.calibrate import calibration
from kring.experiments.calibration.own_survey import OwnSurvey, questions, read
from kring.experiments.calibration.waves import Size
from kring.experiments.cli.commands import app
from kring.simulation.ensemble import Ensemble
from kring.simulation.errors import KringError

EXAMPLE = Path("experiments/calibration/examples/our_city.toml")
GOOD = """
clients = 80
months = [0, 6]
[means]
problems = [5.1, 3.8]
network = [5.2]
"""


def written(folder: Path, text: str) -> Path:
    file = folder / "city.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_the_example_is_the_survey_that_the_page_tells_of():
    seen = read(EXAMPLE)
    assert seen.clients == 80 and seen.months == [0, 6, 12]
    assert seen.means == {
        "problems": [5.1, 3.8, 3.3],
        "supporters": [1.6, 1.9, 1.5],
        "network": [5.2],
    }
    assert seen.name == "our_city" and seen.about_nl


def test_what_can_be_asked_is_what_the_interview_asks():
    assert {"problems", "supporters", "network", "youth_problems", "satisfaction"} <= set(
        questions()
    )
    assert "owed" not in questions()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("problems = [5.1, 3.8]", "problms = [5.1, 3.8]"), "line 5.*did you mean 'problems'"),
        (("clients = 80", "client = 80"), "no key 'client'; did you mean 'clients'"),
        (("[5.1, 3.8]", "[5.1, 3.8, 3.3]"), "3 figures for 2 months"),
        (("[5.1, 3.8]", "5.1"), r"means.problems.*a list is wanted, such as \[1, 2\]"),
        (("months = [0, 6]", "months = [0, 6]\nroute = 'teem'"), "no 'teem'; did you mean 'team'"),
        (("months = [0, 6]", "months = [0, 6]\npolicy = 'wijkteem'"), "did you mean 'wijkteam'"),
        (("[5.2]", "[5,2.]\nnetwork = [1]"), "not TOML"),
        (("[means]", "[spread]\nsupporters = [1]\n[means]"), "no mean of 'supporters'"),
        (("[means]", "[town]\nsik_leave = 0.1\n[means]"), "did you mean 'sick_leave'"),
    ],
)
def test_a_slip_is_one_line_with_the_nearest_right_word(tmp_path, change, said):
    with pytest.raises(KringError, match=said) as error:
        read(written(tmp_path, GOOD.replace(*change)))
    assert "\n" not in str(error.value)


def test_its_keys_can_be_given_in_place_of_a_file(tmp_path):
    keys = {"clients": 80, "months": np.array([0, 6]), "means": {"problems": (5.1, 3.8)}}
    keys["means"]["network"] = [5.2]
    assert read({**keys, "name": "city"}) == read(written(tmp_path, GOOD))
    assert calibration(keys, clients=60, only=["willing", "willing"]).name == "survey"


def test_a_file_that_is_not_there_is_one_line(tmp_path):
    with pytest.raises(KringError, match=r"cannot read .*nowhere\.toml"):
        read(tmp_path / "nowhere.toml")


def test_clients_are_asked_so_long_after_their_own_plan(tmp_path):
    survey = OwnSurvey.of(read(written(tmp_path, GOOD)), 60)
    found = survey.measure({}, seed=3)
    assert list(found) == ["problems, month 0", "problems, month 6", "network, month 0"]
    assert found == survey.measure({}, seed=3) != survey.measure({}, seed=4)
    assert found["network, month 0"] > 0  # who has a plan had the talk in which it is mapped


def test_a_spread_that_is_given_counts_and_another_is_that_of_simulated_clients(tmp_path):
    given = GOOD + "[spread]\nproblems = [2.0]\n"
    rows = {row.id: row for row in OwnSurvey.of(read(written(tmp_path, given)), 60).rows}
    first, second = rows["problems, month 0"], rows["problems, month 6"]
    assert first.sd == pytest.approx(2.0 / np.sqrt(80)) and first.because == "as observed"
    assert second.because == "as simulated clients differ" and 0.05 < second.sd < 1
    assert first.discrepancy == pytest.approx(0.05 * 5.1)


def test_what_is_known_of_the_town_is_not_calibrated(tmp_path):
    known = GOOD + "[town]\nproblems_team = 6.0\n"
    made = calibration(written(tmp_path, known), clients=60)
    assert "problems_team" not in {one.name for one in made.unknown}
    assert made.answers.town.problems_team == 6.0


def test_its_size_is_set_and_too_few_to_learn_from_are_refused(tmp_path):
    file = written(tmp_path, GOOD)
    only = ["willing"]
    small = calibration(file, clients=60, only=only, sets=10, draws=40, waves=1).size
    assert (small.first, small.later, small.waves, small.sets) == (40, 30, 1, 10)
    assert small.simulated == 40 + 30 + 2 * 5 * 4
    usual = calibration(file, clients=60, only=only).size
    assert usual.simulated == 500 + 4 * 400 + 2 * 16 * 4
    for key, wrong in {"sets": 9, "draws": 19, "waves": 0}.items():
        with pytest.raises(KringError, match=rf"{key} = {wrong}: it takes a whole number from"):
            calibration(file, clients=60, only=only, **{key: wrong})


@pytest.mark.slow
def test_a_survey_becomes_an_ensemble_that_a_study_can_use(tmp_path, monkeypatch):
    file = written(tmp_path, GOOD.replace("[5.1, 3.8]", "[4.5, 3.5]"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(calibrate, "QUICK", Size(60, 40, 1, 10))  # smaller than of use to people
    done = CliRunner().invoke(
        app, ["calibrate", str(file), "--quick", "--clients", "80", "--engine", "here"]
    )
    assert done.exit_code == 0, done.exception
    assert "sets meet all rows" in done.stdout
    ensemble = Ensemble.load(Path("results/city/city.csv"))
    assert len(ensemble) >= 10 and "problems_team" in ensemble.facts
