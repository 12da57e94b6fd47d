"""The files of a result on its page: figures within it, and a list of all there is."""

import base64
from pathlib import Path
from typing import NamedTuple

from kring.experiments.execution.manifest import MANIFEST, TIMING, Manifest
from kring.experiments.study.plan import Plan
from kring.experiments.text.language import _, languages, later, suffix
from kring.experiments.text.names import outcome_name, policy_names

KINDS_OF_PICTURE = {".png": "image/png", ".svg": "image/svg+xml"}  # the last goes first
TABLE = "table"  # a picture of what the page may have as a table
NAMED = 6  # outcomes in what is said of a figure
FILES = {
    "manifest.json": later("all that the result came from"),
    "runs.parquet": later("every run with its outcomes"),
    "differences.csv": later("all outcomes, all rows"),
    "reading.md": later("the reading in lines (English)"),
    "failures.csv": later("runs that failed, and why"),
    "timing.json": later("how long it took"),
    "tables.xlsx": later("all tables, for a spreadsheet"),
    ".svg": later("figure"),
    ".png": later("figure"),
    ".csv": later("table"),
    ".parquet": later("long table"),
    ".py": later("an extension, as it was"),
}


class Picture(NamedTuple):
    """A figure within the page."""

    name: str
    source: str
    text: str
    is_english: bool


def pictures(plan: Plan, made: Manifest, folder: Path, without_tables: bool) -> list[Picture]:
    """The figures of a result; an English one where there is none in the language."""
    there = {
        Path(name).stem: name
        for ending in KINDS_OF_PICTURE
        for name in made.files
        if name.endswith(ending)
    }
    translated = {f"{stem}_{code}" for stem in there for code in languages()}
    stems = [stem for stem in there if stem not in translated]
    found = []
    of_analyses = f"{plan.name}_"  # after what the study itself shows
    for stem in sorted(stems, key=lambda s: (s != plan.name, s.startswith(of_analyses), s)):
        if without_tables and stem == TABLE:
            continue
        own = there.get(stem + suffix())
        name = own or there[stem]
        data = base64.b64encode(made.content(folder, name)).decode()
        source = f"data:{KINDS_OF_PICTURE[Path(name).suffix]};base64,{data}"
        found.append(Picture(name, source, picture_text(plan, stem), own is None))
    return found


def picture_text(plan: Plan, stem: str) -> str:
    """What a figure shows, for who can't see it."""
    if stem != plan.name:
        return _("Figure {name}").format(name=stem.replace("_", " "))
    text = _("{name}: {outcomes}, for {policies}. The numbers stand in the table below.")
    return text.format(
        name=stem,
        outcomes=", ".join(map(outcome_name, plan.outcomes[:NAMED])),
        policies=", ".join(policy_names(plan).values()),
    )


def files(made: Manifest) -> list[tuple[str, str]]:
    """The files of a result and what each is; its pages left out."""
    pages = {"report.html", *(f"report_{code}.html" for code in languages())}
    return [(name, about(name)) for name in sorted({*made.files, MANIFEST, TIMING} - pages)]


def about(name: str) -> str:
    """What a file of a result folder is."""
    ending = "." + name.rpartition(".")[2]
    return _(FILES.get(name, FILES.get(ending, "")))
