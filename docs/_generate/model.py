"""The week, the field, the evidence and the mechanisms."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from _generate.declared import MECHANISMS
from _generate.markdown import MECHANISM, linked, number, sentence, table
from kring.simulation.evidence import evidence
from kring.simulation.field import field_table
from kring.simulation.money import payers
from kring.simulation.parameters import Parameters
from kring.simulation.policy import Policy
from kring.simulation.settings import Settings
from kring.simulation.town import Town
from kring.simulation.week import PHASES

MODEL = Path(__file__).parents[2] / "simulation"
ROLES = {"input": "put in", "calibrate": "fitted on", "validate": "had no say"}


def week() -> Iterator[str]:
    """The phases of the week, in their order."""
    for i, phase in enumerate(PHASES, 1):
        yield f"## {i}. {phase.name[0].upper()}{phase.name[1:]}"
        yield sentence(phase.does)
        yield table(("", ""), (("reads", phase.reads), ("writes", phase.writes)))


def ranged(row: Any) -> str:
    """A number of the field's tables with its range."""
    return f"{number(row.value)} ({number(row.low)} to {number(row.high)})"


def wide(name: str, key: str, more: tuple[str, ...]) -> str:
    """A table of the field with a row a thing and a column a quantity, ranges in brackets."""
    rows = field_table(name)
    named = list(dict.fromkeys(rows["quantity"]))
    units = rows.drop_duplicates("quantity").set_index("quantity")["unit"]
    head = [key, *("in Dutch" if one == "dutch" else one for one in more)]
    head += [f"{one} ({units[one]})" for one in named]
    found = []
    for thing in dict.fromkeys(rows[key]):
        part = rows[rows[key] == thing].set_index("quantity")
        about = [part[one].iloc[0] for one in more]
        found.append([thing, *about, *(ranged(part.loc[one]) for one in named)])
    return table(head, found)


def sources(name: str, key: str) -> str:
    """Where the numbers of a table of the field come from."""
    rows = field_table(name)
    by_source: dict[str, list[str]] = {}
    for one in rows.itertuples():
        by_source.setdefault(one.source, []).append(f"{getattr(one, key)}: {one.quantity}")
    found = [
        (linked(source), "; ".join(about) if len(about) <= 13 else "all others")
        for source, about in by_source.items()
    ]
    return table(("source", "of"), found)


def field() -> Iterator[str]:
    """Problem domains, what feeds what, tie types, and who pays."""
    yield "## Problem domains"
    yield wide("domains", "domain", ("dutch", "discipline"))
    yield sources("domains", "domain")
    yield "## Which problem feeds which"
    bundles = field_table("bundles")
    yield table(
        ("from", "to", "strength (relative)", "source"),
        [(row["from"], row["to"],
          f"{number(row['strength'])} ({number(row['low'])} to {number(row['high'])})",
          linked(row["source"]))
         for _, row in bundles.iterrows()],
    )  # fmt: skip
    yield "## Tie types"
    yield wide("ties", "kind", ("dutch",))
    yield sources("ties", "kind")
    yield "## Who pays"
    yield table(payers().columns, [[linked(number(cell)) for cell in row] for row in
                                   payers().itertuples(index=False)])  # fmt: skip


def published() -> Iterator[str]:
    """The rows of the evidence."""
    rows = []
    for code, one in evidence().iterrows():
        mark = f"[**{code}**]{{#{code.lower()}}}"
        about = f"{one['statistic']} ({one['group']}{', ' * bool(one['moment'])}{one['moment']})"
        value = one["value"] or "yes"
        rows.append((mark, about, value, one["unit"], ROLES[one["role"]], one["source"]))
    yield table(("", "statistic", "published", "unit", "role", "source"), rows)


@cache
def where_in_code() -> dict[str, list[str]]:
    """For each mechanism, the functions and files whose documentation names it."""
    found: dict[str, list[str]] = {}
    for path in sorted(MODEL.rglob("*.py")):
        if path.parent.name in ("levers", "strengths"):
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for part in ast.walk(tree):
            if not isinstance(part, ast.FunctionDef):
                continue
            for code in dict.fromkeys(MECHANISM.findall(ast.get_docstring(part) or "")):
                place = path.relative_to(MODEL).as_posix()
                found.setdefault(code, []).append(f"`{place}` {part.name}")
    return found


def mechanisms() -> Iterator[str]:
    """What each mechanism is, what carries it and where it stands in the code."""
    for code, (words, dutch) in MECHANISMS.items():
        yield f"({code.lower()})=\n### {code}: {words}"
        yield f"*{dutch}*"
        rows = [
            ("parameters", carried(Parameters, code, "parameters")),
            ("levers", carried(Policy, code, "levers")),
            ("of the town", carried(Town, code, "towns")),
            ("in `simulation/`", "; ".join(where_in_code().get(code, []))),
        ]
        off = Parameters.mechanisms().get(code, {})
        silent = ", ".join(f"`{name}` at {number(value)}" for name, value in off.items())
        rows.append(("switched off by `--without`", silent))
        yield table(("", ""), [row for row in rows if row[1]] or [("", "nothing carries it")])


def carried(kind: type[Settings], code: str, page: str) -> str:
    """The quantities that carry a mechanism, as links."""
    names = [n for n in kind.declared() if code in kind.note(n).get("code", "").split()]
    return ", ".join(f"[`{name}`](../reference/{page}.md#{name})" for name in names)
