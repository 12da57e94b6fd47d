"""What docstrings promise: every public name has its sections, and every example is run."""

import doctest
import inspect
import re
from importlib import import_module

import pytest

import kring
from tests.helpers import ROOT

FOLDERS = ("experiments", "simulation")
NO_DOCSTRING = ("MEASURES",)  # a dict
SECTION = r"^{}\n-+$"


def module_of(path) -> str:
    name = ".".join(["kring", *path.relative_to(ROOT).with_suffix("").parts])
    return name.removesuffix(".__init__")


def has(about: str, section: str) -> bool:
    return bool(re.search(SECTION.format(section), about, re.MULTILINE))


PATHS = sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))
WITH_EXAMPLES = [module_of(path) for path in PATHS if ">>> " in path.read_text("utf-8")]
PUBLIC = [name for name in kring.PUBLIC if name not in NO_DOCSTRING]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with a result that examples read: two policies in four futures."""
    here = tmp_path_factory.mktemp("examples")
    kring.Study(
        name="futures", weeks=4, seeds=1, sets=1, outcomes=["problems", "supporters"],
        town={"preset": "class", "entry_weeks": 2},
        policies={"as now": "wijkteam", "for all": "eigen_kracht"},
        vary={"design": "latin hypercube", "points": 20, "town": {"sick_leave": [0, 0.1]}},
    ).run(here / "results" / "futures", engine="here")  # fmt: skip
    return here


@pytest.mark.parametrize("module", WITH_EXAMPLES)
def test_examples_give_what_they_say(module, folder, monkeypatch):
    monkeypatch.chdir(folder)
    found = doctest.testmod(import_module(module), optionflags=doctest.ELLIPSIS)
    assert found.attempted and not found.failed


@pytest.mark.parametrize("name", PUBLIC)
def test_every_public_name_has_an_example(name):
    assert has(inspect.getdoc(getattr(kring, name)) or "", "Examples")


@pytest.mark.parametrize("name", PUBLIC)
def test_every_public_function_says_what_it_takes_gives_and_refuses(name):
    value = inspect.unwrap(getattr(kring, name))
    if inspect.isclass(value):
        return
    about, signature = inspect.getdoc(value) or "", inspect.signature(value)
    if signature.parameters:
        assert has(about, "Parameters")
        told = about.partition("Parameters\n")[2].partition("\n\n")[0]
        for parameter in signature.parameters:
            assert re.search(rf"^(\*\*|.*, )?{parameter}\b", told, re.MULTILINE), parameter
        assert has(about, "Raises")
    if signature.return_annotation not in (None, inspect.Signature.empty, "None"):
        assert has(about, "Returns")
