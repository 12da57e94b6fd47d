"""Write the parts of the site that follow from declarations: levers, outcomes, tables, studies.

`conf.py` calls `write` when a build begins. What is written stands in `docs/_generated/` and
`docs/casebook/examples/`, which git leaves out; the pages that are kept include it. So a lever, an
outcome or a study that is declared is in the documents, and nothing here is typed twice.
"""

from collections.abc import Callable, Iterable
from pathlib import Path

from _generate.casebook import (
    case,
    case_list,
    dutch_list,
    example,
    example_list,
    is_example,
    studies,
)
from _generate.command_line import commands, keys
from _generate.extensions import acts, asked, places
from _generate.model import field, mechanisms, published, week
from _generate.own_clients import (
    dutch_columns,
    dutch_tie_columns,
    english_columns,
    tie_columns,
)
from _generate.protocol import analysed, calibrated, grades, numbers, patterns, state
from _generate.settings import levers, parameters, towns
from _generate.tables import outcomes, tables

DOCS = Path(__file__).parents[1]
GENERATED = DOCS / "_generated"
EXAMPLES = DOCS / "casebook" / "examples"

PARTS: dict[str, Callable[[], Iterable[str]]] = {
    "commands": commands,
    "keys": keys,
    "levers": levers,
    "parameters": parameters,
    "towns": towns,
    "outcomes": outcomes,
    "tables": tables,
    "week": week,
    "places": places,
    "asked": asked,
    "acts": acts,
    "field": field,
    "evidence": published,
    "mechanisms": mechanisms,
    "state": state,
    "numbers": numbers,
    "patterns": patterns,
    "grades": grades,
    "calibrated": calibrated,
    "analysed": analysed,
    "cases": case_list,
    "examples": example_list,
    "dutch": dutch_list,
    "columns_of_clients": english_columns,
    "kolommen": dutch_columns,
    "columns_of_ties": tie_columns,
    "kolommen_van_banden": dutch_tie_columns,
}


def put(path: Path, parts: Iterable[str]) -> None:
    """Write a file, if it says something else than it did: an unchanged page is not built again."""
    text = "\n\n".join(part for part in parts if part) + "\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.is_file() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")


def write() -> None:
    """Write all parts."""
    for name, part in PARTS.items():
        put(GENERATED / f"{name}.md", part())
    for name, (path, _) in studies().items():
        if is_example(path):
            put(EXAMPLES / f"{name}.md", example(name))
        else:
            put(GENERATED / "cases" / f"{name}.md", case(name))
