"""A design of one's own: a CSV file beside the study, a row a point and a column a quantity.

It is taken up into the study where that is read, so that whoever repeats it needs no file.
"""

import csv
import io
from collections.abc import Iterable
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
    points = Vary.model_validate(as_list(columns(beside / vary.file)))
    return study.model_copy(update={"vary": points})


def as_list(columns: Iterable[tuple[str, Levels]]) -> dict[str, Any]:
    """The table [vary] of points whose values stand side by side: a column a quantity."""
    found: dict[str, Any] = {"design": "list"}
    for name, levels in columns:
        kind, quantity = full_name(name).split(".")
        if quantity in found.setdefault(kind, {}):
            raise KringError(f"vary: this design has '{kind}.{quantity}' twice")
        found[kind][quantity] = levels
    return found


def columns(path: Path) -> list[tuple[str, Levels]]:
    """The columns of a file: what stands above each, and its values."""
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
    return [(name.strip(), [value(row[i]) for row in rows]) for i, name in enumerate(head)]


def full_name(name: str) -> str:
    """A quantity with its kind, which may be left out where only one kind has it."""
    known = [f"{kind}.{one}" for kind, table in KINDS.items() for one in table.declared()]
    found = [one for one in known if name in (one, one.partition(".")[2])]
    if len(found) == 1:
        return found[0]
    raise KringError(f"vary: no quantity {name!r}; {nearest(name, found or known)}")


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
