"""Texts that mean harm, in every field that takes one: refused, or shown as the text they are."""

import csv
import io
import zipfile
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.experiments.execution import worker
from kring.experiments.execution.cells import as_csv, as_it_was, as_workbook, from_csv, safe
from kring.experiments.execution.worker import Output
from kring.experiments.pipeline.run import run_study
from kring.experiments.study.load import plan_of
from kring.experiments.study.texts import NO_TEXT, printable
from kring.simulation.errors import KringError

pd = pytest.importorskip("pandas")

FORMULAS = ["=1+1", "+1", "-1", "@SUM(1)", "=cmd|' /C calc'!A0", "a;=1+1", "'=1", "＝1+1"]
MARKUP = [
    "<script>alert(1)</script>", '" onmouseover="alert(1)', "<img src=x onerror=alert(1)>", "]]>",
    "--><b>", "{{ 7 * 7 }}", "{% raw %}", "&amp;", "</style><script>", "javascript:alert(1)",
]  # fmt: skip
ODD = ["%s {0} {name}", "$x_1$", r"\(x\)", "a\\", "é e\u0301", "\u05d0\u05d1", "😀", "nan", "None",
       "../../x", "C:\\x", "a" * 300, "a, b", 'a "b"', "`rm`", "\u200b\u200b",
       "a\u00a0b"]  # fmt: skip
NO_TEXTS = [
    "\r",
    "\x00",
    "\x1b[31m",
    "\x7f",
    "\x85",
    "\u2028",
    "\u202e",
    "\ufffe",
    "\uffff",
    "\ud800",
]
BASE = {
    "name": "harm",
    "weeks": 2,
    "seeds": 2,
    "parameters": {"preset": "fitted"},
    "town": {"clients": 20},
    "outcomes": ["problems"],
    "policies": [{"name": "now"}, {"name": "ten", "mobilisation_hours": 10}],
}
FIELDS = {
    "name": lambda text: {"name": text},
    "question": lambda text: {"question": text},
    "question_nl": lambda text: {"question_nl": text},
    "literature": lambda text: {"literature": text},
    "literature_nl": lambda text: {"literature_nl": text},
    "reading": lambda text: {"reading": text},
    "outcomes": lambda text: {"outcomes": [text]},
    "tables": lambda text: {"tables": [text]},
    "town": lambda text: {"town": {"preset": text}},
    "a key": lambda text: {"town": {text: 1}},
    "parameters": lambda text: {"parameters": {"preset": text}},
    "without": lambda text: {"parameters": {"without": [text]}},
    "ensembles": lambda text: {"ensembles": {"a.csv": text}},
    "policy": lambda text: {"policies": [{"name": text}]},
    "policy in Dutch": lambda text: {"policies": [{"name": "now", "nl": text}]},
    "lever": lambda text: {"policies": [{"name": "now", "queue_order": text}]},
    "conference": lambda text: {"policies": [{"name": "now", "conference": {"preset": text}}]},
    "design": lambda text: {"vary": {"design": text}},
    "level": lambda text: {"vary": {"policy": {"queue_order": [text]}}},
    "group": lambda text: {"vary": {"design": "shapley", "groups": {text: ["offer"]}}},
    "group in Dutch": lambda text: {"vary": {"design": "shapley", "groups_nl": {"a": text}}},
    "precision": lambda text: {"precision": {text: 1.0}},
}


@pytest.mark.parametrize("field", FIELDS)
def test_what_is_no_text_is_refused_in_every_field(field):
    for sign in NO_TEXTS:
        with pytest.raises(KringError, match="is no part of a text here") as refused:
            plan_of(BASE | FIELDS[field](f"a{sign}b"))
        assert not NO_TEXT.search(str(refused.value)) and "\n" not in str(refused.value)


@pytest.mark.parametrize("field", FIELDS)
def test_any_other_text_is_taken_or_refused_in_a_line(field):
    for text in [*FORMULAS, *MARKUP, *ODD]:
        try:
            plan_of(BASE | FIELDS[field](text))
        except KringError as refused:
            assert "\n" not in str(refused)


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    """A result in which every text that is taken stands wherever one may stand."""
    texts = [text for text in (*FORMULAS, *MARKUP, *ODD) if text[0] not in " _"]
    everything = "\n".join(texts)
    policies = [
        {"name": text, "nl": f"{text}", "mobilisation_hours": i} for i, text in enumerate(texts)
    ]
    plan = plan_of(
        BASE
        | {"question": everything, "question_nl": everything, "literature": everything}
        | {"literature_nl": everything, "policies": policies}
    )

    def of_nothing(plan, run, people, threads=1):
        if run.policy == 3:
            raise KringError("\x1b[31m\r\n<b>&")
        return Output(run.number, {"problems": float(run.seed + run.policy)}, {})

    def fails_or_not(*given):
        try:
            return of_nothing(*given)
        except KringError as error:
            return Output(given[1].number, {}, {}, str(error), str(error))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(worker, "execute", fails_or_not)
        patch.setattr("kring.experiments.pipeline.run.must_compile", lambda: False)
        patch.setattr("kring.experiments.execution.handing_out.compile_first", lambda: None)
        done = run_study(plan, tmp_path_factory.mktemp("harm") / "out", engine="here")
    return plan, done.folder


def test_pages_and_figures_are_well_formed_and_run_nothing(result):
    _, folder = result
    written = [*folder.glob("*.html"), *folder.glob("*.svg")]
    assert len(written) >= 4
    for path in written:
        for element in ElementTree.parse(path).iter():
            tag = str(element.tag).rpartition("}")[2]
            assert tag not in ("script", "iframe", "object", "embed", "foreignObject", "a"), path
            assert not [name for name in element.attrib if name.lower().startswith("on")], path
            for name, value in element.items():
                if name in ("src", "href") or name.endswith("}href"):
                    assert value.startswith(("data:image/", "#")), (path, value[:40])


def test_in_no_table_is_a_text_a_formula_whatever_parts_its_columns(result):
    plan, folder = result
    assert list(folder.glob("*.csv"))
    for path in folder.glob("*.csv"):
        for parted_by in (",", ";", "\t"):
            rows = csv.reader(io.StringIO(path.read_text("utf-8")), delimiter=parted_by)
            for row in rows:
                for cell in row:
                    assert is_number(cell) or not cell.startswith(tuple("=+-@＝")), (path, cell)
    with zipfile.ZipFile(folder / "tables.xlsx") as book:
        for name in book.namelist():
            if name.startswith("xl/worksheets/"):
                assert b"<f>" not in book.read(name) and b"<hyperlink" not in book.read(name)
    differences = from_csv((folder / "differences.csv").read_bytes(), {"policy": str})
    lived = {policy.name for policy in plan.policies}
    assert set(differences["policy"]) < lived and len(set(differences["policy"])) == len(lived) - 1


def is_number(cell):
    try:
        float(cell.partition(",")[0])
    except ValueError:
        return False
    return True


@given(st.text())
def test_a_cell_that_was_made_safe_is_read_as_it_was(text):
    assert as_it_was(safe(text)) == text
    assert safe(text)[:1] not in tuple("=+-@")


texts = st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1)


@given(st.lists(texts, min_size=1, max_size=5))
def test_a_table_is_read_as_it_was_written(names):
    table = pd.DataFrame({"policy": names, "value": [0.5 * i for i in range(len(names))]})
    again = from_csv(as_csv(table), {"policy": str})
    assert list(again["policy"]) == names and list(again["value"]) == list(table["value"])


def test_a_workbook_has_the_same_bytes_whenever_it_is_made():
    tables = {"one": pd.DataFrame({"policy": ["=1", "b"], "value": [1.5, float("nan")]})}
    assert as_workbook(tables) == as_workbook(tables)


@given(st.text())
def test_what_is_printed_steers_no_terminal(text):
    assert not NO_TEXT.search(printable(text))
