"""The front door: `import kring` costs nothing, and all that it promises is there."""

import ast
from pathlib import Path

import pytest

import kring
from tests.helpers import python

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
