"""A reading of one's own: a Python file beside the study, run only where the user names it."""

import re
import sys

import pandas as pd
import pytest

from kring.experiments.casebook import own_reading, reading_of
from kring.experiments.execution import worker
from kring.experiments.pipeline.run import run_study
from kring.experiments.reading.base import Reading
from kring.experiments.study.load import load
from kring.simulation.errors import KringError
from tests import test_cli

kring = test_cli.kring  # the command, run here

STUDY = """
question = "What do ten hours do?"
weeks = 8
seeds = 2
parameters = { preset = "fitted" }
outcomes = ["problems", "cost"]
reading = "reading.py"
[town]
clients = 20
[[policies]]
name = "now"
[[policies]]
name = "ten"
mobilisation_hours = 10
"""
READING = """
from pathlib import Path

import pandas as pd

from kring import Analysis, Reading
from kring import PageTable, Section

Path(__file__).with_name("was-run").touch()


class Largest(Analysis):
    name = "largest"

    def title(self):
        return "What is largest"

    def applies(self, plan):
        return True

    def table(self, plan, tables):
        found = [(name, tables["runs"][name].max()) for name in plan.outcomes]
        return pd.DataFrame(found, columns=["outcome", "value"])

    def lines(self, plan, table):
        for row in table.itertuples():
            yield f"- {row.outcome} is at most {row.value:.1f}"

    def section(self, plan, table):
        remarks = [f"at most {value:.1f}" for value in table["value"]]
        return Section(self.title(), "", [], remarks)

    def chart(self, plan, table):
        return None  # as the base has it: nothing is drawn


class Mine(Reading):
    def answer(self, plan, tables):
        return "One answer is mine. And so is the other."

    def lines(self, plan, tables):
        yield "A line of mine."

    def tables(self, plan, tables):
        return {"mine": tables["differences"].head(1)}

    def page_tables(self, plan, tables):
        return [("A table of mine", pd.DataFrame({"what": ["this"], "how much": ["much"]}))]

    def analyses(self, plan):
        return [*super().analyses(plan), Largest()]
"""
OWN = ("One answer is mine. And so is the other.", "A table of mine", "<h2>What is largest</h2>")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with a study and its reading, in which one is."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.toml").write_text(STUDY)
    (tmp_path / "reading.py").write_text(READING)
    return tmp_path


def pages(folder):
    return [
        (folder / "out" / name).read_text("utf-8") for name in ("report.html", "report_nl.html")
    ]


def was_run(folder):
    mark = folder / "was-run"
    found = mark.exists()
    mark.unlink(missing_ok=True)
    return found


def test_it_does_not_run_unless_the_command_names_it(kring, folder):
    status, printed, err = kring("run", "mine.toml", "--out", "out")
    assert (status, printed, err.count("\n")) == (2, "", 1)
    assert "--allow-reading reading.py" in err and "mine.toml" in err
    assert kring("check", "mine.toml")[0] == 0
    assert not was_run(folder) and not (folder / "out").exists()


def test_named_it_has_effect_on_lines_tables_and_pages(kring, folder):
    status, printed, err = kring(
        "run", "mine.toml", "--out", "out", "--allow-reading", "reading.py"
    )
    assert status == 0, err
    assert was_run(folder)
    lines = (folder / "out" / "reading.md").read_text("utf-8")
    for text in (printed, lines):
        assert "A line of mine." in text and "- problems is at most" in text
        assert "Against 'now'" not in text  # the usual lines
    assert len(pd.read_csv(folder / "out" / "mine.csv")) == 1
    largest = pd.read_csv(folder / "out" / "largest.csv").set_index("outcome")["value"]
    runs = pd.read_parquet(folder / "out" / "runs.parquet")
    assert largest["cost"] == pytest.approx(runs["cost"].max())
    for page in pages(folder):
        assert all(text in page for text in OWN)
        assert f"at most {largest['cost']:.1f}" in page


def test_a_report_or_a_repeat_never_runs_it_unless_told(kring, folder):
    kring("run", "mine.toml", "--out", "out", "--allow-reading", "reading.py")
    was_run(folder)
    before = pages(folder)
    status, _, err = kring("report", "out")
    assert status == 0 and "without reading.py" in err and err.count("\n") == 1
    assert not was_run(folder)
    assert not [text for text in OWN for page in pages(folder) if text in page]
    assert kring("repeat", "out")[0] == 0
    assert not was_run(folder)
    assert (
        kring("discover", "out", "--where", "problems > 1", "--policy", "now")[2].count("\n") == 1
    )
    assert not was_run(folder)
    assert kring("report", "out", "--allow-reading", "reading.py")[0] == 0
    assert was_run(folder)
    assert pages(folder) == before


def test_from_python_it_is_handed_in(folder):
    plan = load(folder / "mine.toml")
    assert type(reading_of(plan)) is Reading

    class Short(Reading):
        def lines(self, plan, tables):
            yield "In short."

    done = run_study(plan, folder / "out", engine="here", reading=Short())
    assert done.text.startswith("In short.")
    assert not was_run(folder)


FAILING = {  # a method of a reading that fails when all runs are lived, and what is said
    "tables": ("return {'t': tables['runs']['no_such_column']}", "line 4.*KeyError: 'no_such_"),
    "lines": ("return None", "TypeError: 'NoneType' object is not iterable"),
    "figures": ("return {'mine': lambda: 1 / 0}", "line 4.*ZeroDivisionError"),
    "answer": ("raise MemoryError('much')", "line 4.*MemoryError: much"),
    "page_tables": ("return open('no-such-file')", "line 4.*FileNotFoundError"),
}


@pytest.mark.parametrize("method", FAILING)
def test_one_that_fails_late_is_named_with_its_line_and_all_runs_are_kept(
    kring, folder, method, monkeypatch
):
    does, said = FAILING[method]
    good = "from kring import Reading\nclass Mine(Reading):\n"
    (folder / "reading.py").write_text(
        f"{good}    def {method}(self, plan, tables):\n        {does}\n"
    )
    words = ("run", "mine.toml", "--out", "out", "--allow-reading", "reading.py")
    status, printed, err = kring(*words)
    last = err.splitlines()[-1]
    assert (status, printed) == (2, "") and "Traceback" not in err
    assert "kring: reading.py" in last and "the reading 'Mine' fails" in last
    assert re.search(said, last)
    (folder / "reading.py").write_text(f"{good}    pass\n")
    monkeypatch.setattr(worker, "execute", lambda *_, **__: pytest.fail("was lived again"))
    assert kring(*words)[0] == 0


TWO = "from kring import Reading\nclass A(Reading): pass\nclass B(Reading): pass\n"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "no file"),
        ("", "has 0 classes"),
        (TWO, "has 2 classes"),
        ("1 / 0", "cannot be run: ZeroDivisionError"),
        ("class Mine(:", "cannot be run: SyntaxError"),
    ],
    ids=["not there", "no reading", "two readings", "fails", "no Python"],
)
def test_what_is_no_reading_is_refused_in_one_line(kring, folder, content, said):
    (folder / "reading.py").unlink()
    if content is not None:
        (folder / "reading.py").write_text(content)
    words = ("run", "mine.toml", "--out", "out", "--allow-reading", "reading.py")
    status, printed, err = kring(*words)
    assert (status, printed, err.count("\n")) == (2, "", 1)
    assert said in err and "reading.py" in err
    assert not (folder / "out").exists()


def test_a_reading_may_import_what_lies_beside_it(folder, monkeypatch):
    monkeypatch.setattr("sys.path", list(sys.path))
    (folder / "my_sums_for_a_test.py").write_text("WORTH = 3")
    path = folder / "reading.py"
    path.write_text(
        "from kring import Reading\nfrom my_sums_for_a_test import WORTH\n"
        "class A(Reading):\n    worth = WORTH\n"
    )
    assert own_reading(path).worth == 3


def test_a_reading_may_build_on_another(folder):
    path = folder / "reading.py"
    path.write_text("from kring import Reading\nclass A(Reading): pass\nclass B(A): pass\n")
    assert type(own_reading(path)).__name__ == "B"


@pytest.mark.parametrize("named", ["../reading.py", "/tmp/reading.py", "sub/reading.py"])
def test_a_reading_lies_beside_its_study(folder, named):
    path = folder / "mine.toml"
    path.write_text(STUDY.replace("reading.py", named))
    with pytest.raises(KringError, match=r"mine\.toml, line \d: .*beside the study file"):
        load(path)
