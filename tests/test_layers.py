"""The layers hold: each folder imports only what is below it, inside functions as well."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

from tests.helpers import ROOT

LAYERS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]


def test_no_import_goes_up():
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_every_folder_of_experiments_has_its_layer():
    floors = LAYERS["contracts"][0]["layers"]
    named = {name for floor in floors for name in floor.replace(":", " ").split()}
    folders = {path.parent.name for path in (ROOT / "experiments").glob("*/__init__.py")}
    assert {f"kring.experiments.{name}" for name in folders} <= named


def test_nothing_is_imported_under_a_name_that_a_file_of_a_user_s_own_may_have():
    old = re.compile(r"^\s*(from|import) (simulation|experiments)\b", re.MULTILINE)
    for folder in ("simulation", "experiments", "kring", "release"):
        for path in (ROOT / folder).rglob("*.py"):
            assert not old.search(path.read_text("utf-8")), path


def test_nothing_above_the_study_folder_reads_the_model_of_its_file():
    for path in (ROOT / "experiments").rglob("*.py"):
        if path.parent.name != "study":
            assert "kring.experiments.study.spec" not in path.read_text("utf-8"), path
