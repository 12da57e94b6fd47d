"""The front door: `import kring` costs nothing, and all that it promises is there."""

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import kring
from tests.helpers import ROOT, python

HEAVY = ("numba", "pandas", "numpy", "matplotlib", "scipy", "pydantic", "mesa", "babel")

LOADS = f"""
import sys
import kring
print([name for name in {HEAVY!r} if name in sys.modules])
kring.KringError
print("kring.simulation.errors" in sys.modules, "kring.simulation.run" in sys.modules)
"""


def test_it_loads_nothing_until_it_is_asked():
    assert python(LOADS).stdout.splitlines() == ["[]", "True False"]


@pytest.mark.parametrize("name", kring.PUBLIC)
def test_every_name_is_there(name):
    found = getattr(kring, name)
    assert found is getattr(__import__(kring.PUBLIC[name], fromlist=[name]), name)
    assert name in kring.__all__ and name in dir(kring)
    assert getattr(found, "__doc__", None)


def test_editors_and_type_checkers_see_the_same_names_in_the_same_places():
    tree = ast.parse(Path(kring.__file__).read_text("utf-8"))
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    seen = {
        alias.name: node.module for node in imports for alias in node.names
        if alias.asname == alias.name
    }  # fmt: skip
    assert seen == kring.PUBLIC
    assert Path(kring.__file__).with_name("py.typed").is_file()


OWN_NAMES = """
import sys
import experiments, simulation
import kring
kring.simulate(kring.Town.preset("class", clients=20), "wijkteam", weeks=2)
kring.run_study, kring.write_report, kring.explore
print(simulation.mine, experiments.mine)
print([name for name in sys.modules if name.startswith(("simulation.", "experiments."))])
"""


def run_in(folder, *words: str) -> list[str]:
    """What Python prints that is started in a folder of the user's own."""
    done = subprocess.run(
        [sys.executable, *words], cwd=folder, capture_output=True, text=True, check=False,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_files_of_a_user_s_own_may_have_the_names_of_kring_s_folders(tmp_path):
    for name in ("simulation.py", "experiments.py"):
        (tmp_path / name).write_text("mine = True")
    (tmp_path / "go.py").write_text(OWN_NAMES)
    assert run_in(tmp_path, "go.py") == ["True True", "[]"]


def test_a_checkout_without_links_is_whole(tmp_path):
    for name in ("kring", "simulation"):
        (tmp_path / name).mkdir()
    shutil.copy(kring.__file__, tmp_path / "kring")
    (tmp_path / "kring" / "simulation").write_text("../simulation")  # what git leaves for a link
    (tmp_path / "simulation" / "__init__.py").touch()
    asked = "import kring.simulation; print(kring.simulation.__file__)"
    assert run_in(tmp_path, "-c", asked) == [str(tmp_path / "simulation" / "__init__.py")]


def test_all_can_be_imported_at_once():
    found = {}
    exec("from kring import *", found)
    assert set(kring.__all__) <= set(found)


def test_an_unknown_name_names_the_nearest():
    with pytest.raises(AttributeError, match="did you mean 'run_study'"):
        kring.run_studdy  # noqa: B018
    with pytest.raises(ImportError, match="run_studdy"):
        from kring import run_studdy  # noqa: F401


def test_it_has_a_version():
    assert kring.__version__[0].isdigit()


HELP = f"""
import sys
from kring.experiments.cli import commands
sys.argv = ["kring", "--help"]
try:
    commands.main()
except SystemExit:
    pass
print([name for name in {HEAVY!r} if name in sys.modules])
"""
KEPT_RUN = """
import sys
from kring.simulation.run import simulate
result = simulate("class", "wijkteam", weeks=2)
print([name for name in ("numba", "pandas", "mesa", "matplotlib") if name in sys.modules])
"""


def test_help_loads_nothing_of_the_model():
    assert python(HELP).stdout.splitlines()[-1] == "[]"


def test_a_run_whose_code_is_kept_loads_no_compiler_and_no_tables():
    python(KEPT_RUN)  # keeps it
    assert python(KEPT_RUN).stdout.splitlines() == ["[]"]
