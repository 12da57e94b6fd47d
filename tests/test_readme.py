"""What the documents say can be done, can be done."""

import ast
import re
import shlex

import matplotlib
import pytest
import typer

from experiments import cli, showing
from experiments.study import file as study_file
from tests.helpers import ROOT

README = ROOT / "README.md"
DOCUMENTS = [path for path in (README, *sorted(ROOT.glob("docs/*.md"))) if path.is_file()]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
QUOTED = re.compile(r"<!-- output of: (.+?) -->\n```text\n(.*?)```", re.DOTALL)

pytestmark = pytest.mark.skipif(not README.is_file(), reason="there is no README yet")
documents = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)


def blocks(document, language: str) -> list[str]:
    text = document.read_text(encoding="utf-8")
    return [code for kind, code in BLOCK.findall(text) if kind == language]


def said(line: str):
    """The value that a comment behind an expression tells, such as ``# 'EUR'``; else nothing."""
    comment = line.rpartition("  # ")[2] if "  # " in line else ""
    try:
        return [ast.literal_eval(comment)]
    except (SyntaxError, ValueError):
        return []


def run_block(code: str, names: dict) -> None:
    """Run statement by statement, and hold values against what the comment tells."""
    lines = code.splitlines()
    for statement in ast.parse(code).body:
        if not isinstance(statement, ast.Expr):
            exec(compile(ast.Module([statement], []), "document", "exec"), names)
            continue
        value = eval(compile(ast.Expression(statement.value), "document", "eval"), names)
        for told in said(lines[statement.end_lineno - 1]):
            assert value == told, lines[statement.lineno - 1]


@documents
def test_the_code_of_the_documents_runs_from_top_to_bottom(document, monkeypatch, tmp_path):
    codes = blocks(document, "python")
    if document == README:
        assert codes
    monkeypatch.chdir(tmp_path)
    # Mesa sets how processes start for the whole of Python; that is not for a test to change.
    monkeypatch.setattr("multiprocessing.set_start_method", lambda *_, **__: None)
    matplotlib.use("Agg")
    names: dict = {}
    for code in codes:
        run_block(code, names)


@documents
def test_the_studies_of_the_documents_can_be_read(document, tmp_path):
    for text in blocks(document, "toml"):
        if "[[policies]]" in text:  # a whole study, not a part of one
            path = tmp_path / "study.toml"
            path.write_text(text, encoding="utf-8")
            assert study_file.read(path).question


def commands(document) -> list[list[str]]:
    """The `kring` commands that a document gives or quotes."""
    text = document.read_text(encoding="utf-8")
    lines = [line for code in blocks(document, "sh") for line in code.splitlines()]
    lines += [command for command, _ in QUOTED.findall(text)]
    lines = [line.partition(" | ")[0].partition("  #")[0] for line in lines]
    return [shlex.split(line)[1:] for line in lines if line.startswith("kring ")]


@documents
def test_the_commands_of_the_documents_exist_with_their_options(document):
    known = typer.main.get_command(cli.app).commands
    found = commands(document)
    if document == README:
        assert found
    for name, *words in map(cli.spelled_out, found):
        context = known[name].make_context(name, list(words))  # raises for what is wrong
        policies = context.params.get("policies") or []
        assert [cli.named_policy(text) for text in policies] or name != "compare"
        cli.assignments(context.params.get("changes") or [])
        if name == "show" and context.params["name"]:
            assert context.params["name"] in showing.things()


@documents
def test_the_files_that_the_documents_point_to_exist(document):
    text = document.read_text(encoding="utf-8")
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", text)
    assert [link for link in links if not (document.parent / link).exists()] == []


@documents
def test_every_mark_within_a_document_points_to_a_heading(document):
    text = document.read_text(encoding="utf-8")
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    marks = {re.sub(r"[^\w\- ]", "", h).strip().lower().replace(" ", "-") for h in headings}
    assert set(re.findall(r"\]\(#([^)]+)\)", text)) <= marks


@documents
def test_the_week_in_the_documents_is_the_week_of_the_model(document):
    for command, text in QUOTED.findall(document.read_text(encoding="utf-8")):
        if command == "kring show week":
            assert text.strip() == showing.week().strip()


def test_the_readme_shows_the_week():
    assert "<!-- output of: kring show week -->" in README.read_text(encoding="utf-8")
