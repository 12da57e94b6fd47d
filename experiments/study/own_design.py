"""A design of one's own: a CSV file beside the study, a row a point and a column a quantity.

It is taken up into the study where that is read, so that whoever repeats it needs no file.
"""

import csv
import io
from pathlib import Path
from typing import Any

from kring.experiments.study.quantities import KINDS, Levels, Value
from kring.experiments.study.spec import Study, Vary
from kring.simulation.errors import KringError, nearest


def with_design(study: Study, beside: Path) -> Study:
    """The study with the points of the file that it names, as a list.

    Raises
    ------
    KringError
        If the file cannot be read, or what it holds is no design.
    """
    vary = study.vary
    if not vary.file:
        return study
    if vary.design not in ("grid", "list") or vary.factors():
        raise KringError("vary.file: it holds all points; leave the rest of [vary] out")
    tables: dict[str, dict[str, Levels]] = {}
    for name, levels in columns(beside / vary.file).items():
        kind, quantity = name.split(".")
        tables.setdefault(kind, {})[quantity] = levels
    points = Vary.model_validate({"design": "list", **tables})
    return study.model_copy(update={"vary": points})


def columns(path: Path) -> dict[str, Levels]:
    """The levels of each quantity in a file, by `policy.lever`, `town.quantity` and so on."""
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise KringError(f"vary.file: no file {path} to read a design from") from None
    head, *rows = [row for row in csv.reader(io.StringIO(text)) if any(map(str.strip, row))] or [[]]
    if not head or not rows:
        raise KringError(f"vary.file: {path.name} needs a line of quantities, and a line a point")
    for number, row in enumerate(rows, 2):
        if len(row) != len(head):
            raise KringError(
                f"vary.file: {path.name}, line {number}: {len(row)} values for {len(head)} columns"
            )
    named = [full_name(name.strip()) for name in head]
    if again := [name for name in named if named.count(name) > 1]:
        raise KringError(f"vary.file: {path.name} has {again[0]!r} twice")
    return {name: [value(row[i]) for row in rows] for i, name in enumerate(named)}


def full_name(name: str) -> str:
    """A quantity with its kind, which may be left out where only one kind has it."""
    known = [f"{kind}.{one}" for kind, table in KINDS.items() for one in table.declared()]
    found = [one for one in known if name in (one, one.partition(".")[2])]
    if len(found) == 1:
        return found[0]
    raise KringError(f"vary.file: no quantity {name!r}; {nearest(name, found or known)}")


def value(text: str) -> Value:
    """What stands in a cell: a number where it is one."""
    text = text.strip()
    number: Any
    for number in (int, float):
        try:
            found: Value = number(text)
        except ValueError:
            continue
        return found
    return text
