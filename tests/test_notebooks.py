"""Notebooks are their pages, run in a kernel of their own, and each cell shows something."""

import ast
import json

import nbclient
import nbformat
import pytest

from docs import notebooks
from tests.helpers import ROOT

every_notebook = pytest.mark.parametrize("file", notebooks.NOTEBOOKS.values())
# Both lessons hold the same code, so that one of them is run.
RUN = ["tutorials/lesson.ipynb", *notebooks.TASKS.values()]


def text_of(page: str) -> str:
    return (notebooks.DOCS / page).read_text(encoding="utf-8")


def code_of(file: str) -> list[str]:
    return ["".join(c["source"]) for c in json.loads(text_of(file))["cells"] if "outputs" in c]


@pytest.mark.parametrize("page", notebooks.NOTEBOOKS)
def test_a_notebook_is_its_page(page):
    """If this fails: python docs/refresh.py lesson."""
    assert text_of(notebooks.NOTEBOOKS[page]) == notebooks.notebook_of(page)
    nbformat.validate(nbformat.reads(notebooks.notebook_of(page), as_version=4))


def test_both_lessons_run_the_same_code():
    english, dutch = map(code_of, notebooks.LESSONS.values())
    assert english == dutch


@every_notebook
def test_every_cell_of_a_notebook_shows_what_it_comes_to(file):
    """A notebook shows the value of a last line alone: nothing else may be a bare value."""
    for code in code_of(file):
        *others, last = ast.parse(code).body
        values = [one.value for one in others if isinstance(one, ast.Expr)]
        assert all(isinstance(value, ast.Call) for value in values), code
        assert isinstance(last, ast.Expr) or "print(" in code, code


@pytest.mark.slow
@pytest.mark.parametrize("file", RUN)
def test_a_notebook_runs_in_a_kernel_and_each_cell_shows_something(file, tmp_path, monkeypatch):
    """In a fresh kernel without widgets, as a class has it: no warning, a result below each."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    notebook = nbformat.reads(text_of(file), as_version=4)
    place = {"metadata": {"path": tmp_path}}
    nbclient.NotebookClient(notebook, timeout=300, resources=place).execute()
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.source for cell in cells if not cell.outputs] == []
    red = [out.text for cell in cells for out in cell.outputs if out.get("name") == "stderr"]
    assert [text for text in red if "Warning" in text] == []  # a first start tells how far it is
