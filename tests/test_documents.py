"""What the documents say can be done, can be done; and the site builds without a warning."""

import ast
import linecache
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from importlib.util import find_spec

import matplotlib
import pytest
import typer

import kring
from docs.notebooks import TASKS
from docs.refresh import documents as kept_documents
from kring.experiments.cli import commands as cli
from kring.experiments.cli import show as showing
from kring.experiments.study import extensions
from kring.experiments.study.files import shipped
from tests.helpers import ROOT

README = ROOT / "README.md"
DOCS = ROOT / "docs"
EXAMPLES = DOCS / "casebook" / "examples"  # written by a build of the site
MOST_LINES = 150  # of the README
TWO_COMMANDS = (
    "python3 -m venv .venv && .venv/bin/pip install -q -c constraints.txt . "
    "&& .venv/bin/kring rotterdam",
    'python3 -m venv .venv && .venv/bin/pip install -q -c constraints.txt -e ".[test]" '
    "&& .venv/bin/python -m pytest -n 2",
)

EXTRAS = {"starsim": "benchmark"}  # a package that a page is about -> what brings it

BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ANY_BLOCK = re.compile(r"^( *)```.*?^\1```$", re.MULTILINE | re.DOTALL)
QUOTED = re.compile(r"<!-- output of: (.+?) -->\n```text\n(.*?)```", re.DOTALL)
INCLUDED = re.compile(r"```\{include\} (\S+)")
LINK = re.compile(r"\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]+))?\)")
ELSEWHERE = re.compile(
    r"<(?:script|link|img|iframe|source|video)\b[^>]*\b(?:src|href)=\"(?:https?:)?//"
)

PUBLIC = {"extend", "testing"}  # modules whose names are for everybody, besides `kring` itself
DOCUMENTS = kept_documents()


def name_of(document) -> str:
    return document.relative_to(ROOT).as_posix()


def text_of(document) -> str:
    return document.read_text(encoding="utf-8")


def blocks(document, language: str) -> list[str]:
    return [code for kind, code in BLOCK.findall(text_of(document)) if kind == language]


def those_with(language: str):
    found = [document for document in DOCUMENTS if blocks(document, language)]
    return pytest.mark.parametrize("document", found, ids=name_of)


documents = pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)


# --------------------------------------------------------------------------------- Python


def said(line: str):
    """The value that a comment behind an expression tells, such as ``# 'EUR'``; else nothing."""
    comment = line.rpartition("  # ")[2] if "  # " in line else ""
    try:
        return [ast.literal_eval(comment)]
    except (SyntaxError, ValueError):
        return []


def run_block(code: str, names: dict) -> None:
    """Run statement by statement, and hold values against what the comment tells."""
    lines = code.splitlines(keepends=True)
    name = f"<document {hash(code)}>"
    linecache.cache[name] = (len(code), None, lines, name)  # as in a notebook, code can be read
    for statement in ast.parse(code).body:
        if not isinstance(statement, ast.Expr):
            exec(compile(ast.Module([statement], []), name, "exec"), names)
            continue
        value = eval(compile(ast.Expression(statement.value), name, "eval"), names)
        for told in said(lines[statement.end_lineno - 1]):
            assert value == told, lines[statement.lineno - 1]


IN_A_KERNEL = {DOCS / page for page in TASKS}  # by test_notebooks.py
RUN = [page for page in DOCUMENTS if blocks(page, "python") and page not in IN_A_KERNEL]


def skip_without_extras(document) -> None:
    """Leave out a page about a tool that only an extra brings, where it isn't installed."""
    for package, extra in EXTRAS.items():
        named = any(package in imported(code) for code in blocks(document, "python"))
        if named and find_spec(package) is None:
            pytest.skip(f"{package} is not installed: pip install 'kring[{extra}]'")


@pytest.fixture
def beside(monkeypatch, tmp_path):
    """A folder to be in, with the extensions that pages show; nothing stays of these."""
    for file in (DOCS / "howto" / "extensions").glob("*.py"):
        shutil.copy(file, tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(extensions, "_allowed", {})
    yield tmp_path
    extensions.arrange([])


@pytest.mark.parametrize("document", RUN, ids=name_of)
def test_the_code_of_the_documents_runs_from_top_to_bottom(document, monkeypatch, beside):
    skip_without_extras(document)
    # Mesa sets how processes start for the whole of Python; that is not for a test to change.
    monkeypatch.setattr("multiprocessing.set_start_method", lambda *_, **__: None)
    matplotlib.use("Agg")
    names: dict = {"__name__": "document"}
    for code in blocks(document, "python"):
        run_block(code, names)


def imported(code: str) -> set[str]:
    """The packages that code imports, and what it takes from `kring` beyond its public names."""
    found = set()
    for part in ast.walk(ast.parse(code)):
        if isinstance(part, ast.Import):
            found |= {alias.name for alias in part.names}
        elif isinstance(part, ast.ImportFrom):
            found.add(part.module)
    return found


@those_with("python")
def test_the_documents_import_nothing_of_kring_but_kring(document):
    for code in blocks(document, "python"):
        found = {name for name in imported(code) if name.startswith("kring.")}
        assert found <= {f"kring.{name}" for name in PUBLIC}


@documents
def test_the_documents_name_only_what_kring_has(document):
    named = set(re.findall(r"\bkring\.([A-Za-z]\w*)\b", text_of(document)))
    assert named - {"css", "experiments", "simulation", "extensions", *kring.__all__} <= PUBLIC


# ----------------------------------------------------------------- studies and commands


@those_with("toml")
def test_the_studies_of_the_documents_can_be_read(document, beside):
    for text in blocks(document, "toml"):
        if "[[policies]]" in text:  # a whole study, not a part of one
            path = beside / "study.toml"
            path.write_text(text, encoding="utf-8")
            allowed = [f"{name}.py" for name in tomllib.loads(text).get("extensions", ())]
            assert kring.read_study(path, extensions=allowed)


def commands(document) -> list[list[str]]:
    """The `kring` commands that a document gives or quotes."""
    text = text_of(document)
    lines = [line for code in blocks(document, "sh") for line in code.splitlines()]
    lines += [command for command, _ in QUOTED.findall(text)]
    lines = [line.partition(" | ")[0].partition(" && ")[0].partition(" # ")[0] for line in lines]
    return [shlex.split(line)[1:] for line in lines if line.startswith("kring ")]


@documents
def test_the_commands_of_the_documents_exist_with_their_options(document, beside):
    known = typer.main.get_command(cli.app).commands
    found = commands(document)
    if document == README:
        assert found
    for name, *words in map(cli.spelled_out, found):
        context = known[name].make_context(name, list(words))  # raises for what is wrong
        policies = context.params.get("policies") or []
        changes = context.params.get("changes") or []
        assert [cli.named_policy(text, *changes) for text in policies] or name != "compare"
        if name == "show" and context.params["name"]:
            assert context.params["name"] in showing.things()


@documents
def test_the_week_in_the_documents_is_the_week_of_the_model(document):
    for command, text in QUOTED.findall(text_of(document)):
        if command == "kring show week":
            assert text.strip() == showing.week().strip()


# -------------------------------------------------------------------------------- links


def marks(document) -> set[str]:
    """The marks of a document's own headings, as a reader's browser has them."""
    text = ANY_BLOCK.sub("", text_of(document))
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", h).strip().lower().replace(" ", "-") for h in headings}


def is_written(path) -> bool:
    """Whether a build writes this page: an example that comes with Kring."""
    return path.parent == EXAMPLES and path.stem in shipped()


def links(document) -> list[tuple[str, str]]:
    return LINK.findall(ANY_BLOCK.sub("", text_of(document)))


@documents
def test_the_files_that_the_documents_point_to_exist(document):
    found = [(document.parent / file).resolve() for file, _ in links(document) if file]
    assert [path for path in found if not (path.exists() or is_written(path))] == []


@documents
def test_every_mark_points_to_a_heading(document):
    """Marks in parts that a build writes are looked at when the site is built."""
    for file, mark in links(document):
        page = (document.parent / file).resolve() if file else document
        if mark and not is_written(page) and not INCLUDED.search(text_of(page)):
            assert mark in marks(page), f"{file}#{mark}"


@documents
def test_what_the_documents_include_is_made(document):
    for part in INCLUDED.findall(text_of(document)):
        path = (document.parent / part).resolve()
        if "_generated" not in path.parts:
            assert path.is_file()


# -------------------------------------------------------------------------- the whole of it


def test_the_readme_is_short():
    assert len(text_of(README).splitlines()) <= MOST_LINES


def test_the_two_commands_stand_in_the_readme_each_in_a_block_of_its_own():
    given = [code.strip() for code in blocks(README, "sh")]
    assert [command for command in TWO_COMMANDS if command not in given] == []


def test_ci_finds_the_test_command_in_the_readme():
    after = re.split(r"^#+ .*[Rr]un the tests", text_of(README), maxsplit=1, flags=re.MULTILINE)[1]
    assert BLOCK.search(after)[2].strip() == TWO_COMMANDS[1]


def test_every_study_has_a_page_in_the_casebook():
    listed = text_of(DOCS / "casebook" / "index.md").split()
    for name, path in shipped().items():
        if "examples" not in path.parts:
            page = text_of(DOCS / "casebook" / f"{name}.md")
            assert f"../_generated/cases/{name}.md" in page
            assert "## What it doesn't show" in page
            assert name in listed


def test_every_promise_names_tests_that_there_are():
    rows = re.findall(r"^\|.*\|$", text_of(DOCS / "reference" / "lost.md"), re.MULTILINE)[2:]
    assert rows
    for row in rows:
        named = re.findall(r"`(test_\w+\.py)`", row.split("|")[-2])
        assert named, row
        for name in named:
            assert "\ndef test_" in text_of(ROOT / "tests" / name), row


def test_every_page_can_be_reached():
    """A page is in the list of pages of its room, or of the site."""
    for page in DOCUMENTS:
        if DOCS in page.parents and page.name != "index.md":
            assert page.stem in text_of(page.parent / "index.md").split(), name_of(page)


@pytest.mark.slow
def test_the_site_builds_without_a_warning_and_takes_nothing_from_elsewhere(tmp_path):
    for package in ("sphinx", "myst_parser", "furo"):
        pytest.importorskip(package, reason="the site needs the extra `docs`")
    command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-b", "html"]
    where = ["-d", str(tmp_path / "doctrees"), str(DOCS), str(tmp_path / "site")]
    done = subprocess.run([*command, *where], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    pages = list((tmp_path / "site").rglob("*.html"))
    assert len(pages) > len(DOCUMENTS)
    assert [page for page in pages if ELSEWHERE.search(page.read_text(encoding="utf-8"))] == []
