"""What the protocol tells in full: state, numbers, acceptance of patterns, worth of sources."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from _generate.declared import ROWS, Row
from _generate.markdown import linked, number, sentence, table
from _generate.model import sources as sources_of
from _generate.model import wide
from kring.simulation.columns import STATIC
from kring.simulation.country import Country
from kring.simulation.evidence import evidence, sources
from kring.simulation.field import field_table
from kring.simulation.money import payers
from kring.simulation.parameters import Parameters
from kring.simulation.policy import Policy
from kring.simulation.rows import CLIENT, MEMBER, PROFESSIONAL, TEAM, TIE
from kring.simulation.settings import Settings
from kring.simulation.town import Town

ENTITIES = (
    ("Client", "clients", CLIENT),
    ("Tie", "ties", TIE),
    ("Network member", "members", MEMBER),
    ("Professional", "professionals", PROFESSIONAL),
    ("Team", "teams", TEAM),
)
TYPES = {"f8": "fraction", "?": "yes or no"}
REFERENCE = Path(__file__).parents[2] / "results" / "reference"
GOOD = 1.96  # standard deviations of the study


def state() -> Iterator[str]:
    """Every state variable of every entity: type, unit, and whether it moves."""
    for entity, name, columns in ENTITIES:
        yield f"### {entity}"
        yield table(
            ("variable", "type", "unit", "moves", "meaning"),
            [(f"`{column}`", type_of(kind), unit, "" if column in STATIC[name] else "yes", about)
             for column, kind, unit, about in columns],
        )  # fmt: skip


def type_of(kind: Any) -> str:
    """What a variable is, in words."""
    if isinstance(kind, tuple):
        return f"{kind[1][0]} × {TYPES.get(kind[0], 'whole number')}"
    return TYPES.get(kind, "whole number")


def numbers() -> Iterator[str]:
    """All quantities with value, unit, range and source, and the tables of the field."""
    yield "## Town"
    yield quantities(Town, ("rotterdam", "going_concern"))
    yield "## Strengths of the mechanisms"
    yield quantities(Parameters, ("fitted",))
    yield "## Levers"
    yield quantities(Policy, ("wijkteam", "eigen_kracht"))
    yield "## Countries"
    yield quantities(Country, tuple(Country.presets())[:1])
    for title, name, key, more in (
        ("Problem domains", "domains", "domain", ("discipline",)),
        ("Tie types", "ties", "kind", ()),
        ("Provisions", "provisions", "kind", ()),
    ):
        yield f"## {title}"
        yield wide(name, key, more)
        yield sources_of(name, key)
    yield "## Which problem feeds which"
    yield table(
        ("from", "to", "strength (range)"),
        [(one["from"], one["to"],
          f"{number(one['strength'])} ({number(one['low'])} to {number(one['high'])})")
         for _, one in field_table("bundles").iterrows()],
    )  # fmt: skip
    yield "## Who pays"
    yield table(payers().columns, [[linked(number(cell)) for cell in row] for row in
                                   payers().itertuples(index=False)])  # fmt: skip


def quantities(kind: type[Settings], presets: tuple[str, ...]) -> str:
    """One row a quantity, with its value in some presets."""
    sets = [kind.preset(name) for name in presets]
    rows = []
    for name in kind.declared():
        note = kind.note(name)
        values = dict.fromkeys(number(getattr(one, name)) for one in sets)
        does = sentence(kind.model_fields[name].description or "")
        rows.append((f"`{name}`", linked(does), " / ".join(values), note["unit"],
                     span(note), linked(note["source"])))  # fmt: skip
    return table(("", "meaning", f"value ({' / '.join(presets)})", "unit", "range", "source"), rows)


def span(note: dict[str, Any]) -> str:
    """The range of a quantity, where in it the value is thought to lie, or the options."""
    if "options" in note:
        return ", ".join(note["options"])
    if "of" in note:
        return "any order"
    text = f"{number(note['low'])} to {number(note['high'])}"
    if "likely" in note:
        text += f"; likely {number(note['likely'][0])} to {number(note['likely'][1])}"
    return text


def patterns() -> Iterator[str]:
    """Each pattern the model is judged by: how it is measured, and when it is accepted."""
    rows = []
    for row in ROWS.values():
        known = evidence().loc[row.id]
        about = f"{known['statistic']} ({known['group']}, {known['moment']})"
        error = "" if row.sd != row.sd else f"{row.sd:.2g}: {row.because}"
        rows.append((linked(row.id, "../"), about, known["value"] or "yes", row.role, row.how,
                     error, number(row.discrepancy), accepted(row)))  # fmt: skip
    yield table(
        ("", "pattern", "published", "role", "measured as", "sampling error", "discrepancy",
         "accepted if the median is"),
        rows,
    )  # fmt: skip


def accepted(row: Row) -> str:
    """When a pattern is accepted: within the study's own sampling error."""
    if row.ordering:
        return "above 0"
    if row.sd != row.sd:
        return "not judged"
    return f"{row.value - GOOD * row.sd:.2f} to {row.value + GOOD * row.sd:.2f}"


def grades() -> Iterator[str]:
    """What each source is worth, and the rows that rest on it."""
    rows = evidence()
    yield table(
        ("source", "kind", "grade", "secondary", "gains by it", "remark", "rows"),
        [(source, one["kind"], one["grade"], one["secondary"], one["interest"], one["remark"],
          ", ".join(linked(code) for code in rows.index[rows["source"] == source]))
         for source, one in sources().iterrows()],
    )  # fmt: skip
    yield table(
        ("row", "what", "role", "grade", "secondary"),
        [(linked(code), f"{one['statistic']} ({one['group']})", one["role"],
          sources().loc[one["source"], "grade"], sources().loc[one["source"], "secondary"])
         for code, one in rows.iterrows()],
    )  # fmt: skip


def kept(folder: str, titles: dict[str, str], command: str) -> Iterator[str]:
    """Tables that a long command made, as they are kept with the reference results."""
    for name, title in titles.items():
        path = REFERENCE / folder / f"{name}.csv"
        yield f"### {title}"
        if path.is_file():
            rows = pd.read_csv(path)
            cells = [
                [linked(rounded(cell)) for cell in row] for row in rows.itertuples(index=False)
            ]
            yield table(rows.columns, cells)
        else:
            yield f"Not kept with this version ({command})."


def rounded(cell: Any) -> str:
    """A number with three digits, a word as it is, nothing where there is nothing."""
    if isinstance(cell, float):
        return "" if pd.isna(cell) else f"{cell:.3g}"
    return str(cell)


def calibrated() -> Iterator[str]:
    """The log of the fit, the rows met and missed, and the posterior."""
    return kept(
        "calibration",
        {
            "waves": "The log of the fit",
            "rows": "Each row beside the ensemble",
            "not_together": "Rows that cannot be met together",
            "narrowed": "The posterior: how far each quantity is narrowed down, and by which row",
            "depends_on": "On which quantities the headline depends",
            "value_of_information": "Which observation would tell most",
            "sequential": "The check by sequential ABC (places in the priors, 0 to 1)",
            "ranks": "The check of the method: ranks of known truths, sixth by sixth",
        },
        "`kring calibrate` makes it",
    )


def analysed() -> Iterator[str]:
    """The global sensitivity analysis of the model itself."""
    return kept(
        "sensitivity",
        {"morris": "Morris, over all quantities", "sobol": "Sobol, over those that matter"},
        "it has not been analysed yet",
    )
