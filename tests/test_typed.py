"""What a user may write with every public name runs; its types are checked by mypy in CI."""

import tomllib

import kring
from tests import of_a_user
from tests.helpers import ROOT

SCRIPT = ROOT / "tests" / "of_a_user.py"


def test_every_public_name_is_in_it_and_mypy_reads_it():
    text = SCRIPT.read_text("utf-8")
    assert [name for name in kring.PUBLIC if f"kring.{name}" not in text] == []
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["mypy"]
    assert settings["strict"] and "tests/of_a_user.py" in settings["files"]


def test_the_model_does_as_its_types_say():
    of_a_user.the_model()
    assert "did you mean 'wijkteam'" in of_a_user.a_slip()


def test_a_study_and_what_reads_it_do_as_their_types_say(tmp_path):
    of_a_user.what_reads_it(of_a_user.a_study(tmp_path / "futures"))
