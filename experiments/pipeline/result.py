"""A result in the making: runs joined into tables, and what a reading makes of them, written."""

from pathlib import Path

import pandas as pd

from kring.experiments.analyses.base import Tables
from kring.experiments.charts.style import save_in_every_language
from kring.experiments.execution.cells import as_csv, as_workbook
from kring.experiments.execution.files import write_text, write_whole
from kring.experiments.execution.store import Store
from kring.experiments.reading.base import Reading, all_figures, all_lines, all_tables
from kring.experiments.report.page import LITERATURE
from kring.experiments.study.plan import Plan

WORKBOOK = "tables.xlsx"


def joined(plan: Plan, store: Store) -> tuple[Tables, pd.DataFrame]:
    """The runs that went well with their long tables, and those that failed."""
    found = store.finished(set(plan.keys.values()), plan.tables).set_index("key")
    every = pd.DataFrame([plan.identity(run) for run in plan.runs])
    every["key"] = [plan.keys[run.number] for run in plan.runs]
    bad = set(found.index[found["error"] != ""])
    failed = every["key"].isin(bad)
    good = every[~failed]
    columns = [name for name in plan.outcomes if name in found] if len(good) else []
    runs = good.join(found[columns].astype(float), on="key").reset_index(drop=True)
    failures = every[failed].drop(columns="key")
    failures["error"] = every.loc[failed, "key"].map(found["error"])
    failures["trace"] = every.loc[failed, "key"].map(found["trace"])
    raw = {"runs": runs}
    for name in plan.tables if len(runs) else ():
        raw[name] = run_by_run(store.long(name, set(runs["key"])), runs)
    return raw, failures.reset_index(drop=True)


def run_by_run(long: pd.DataFrame, runs: pd.DataFrame) -> pd.DataFrame:
    """A long table in the order of the runs; runs with the same key have the same rows."""
    table = runs[["run", "key"]].merge(long, on="key").drop(columns="key")
    return table[["run", *(c for c in table if c != "run")]]


def write_reading(reading: Reading, plan: Plan, raw: Tables, folder: Path) -> tuple[Tables, str]:
    """Make the tables, figures and lines of a reading, and write them.

    Returns the tables, and the text to print.
    """
    tables = all_tables(reading, plan, raw)
    for_people = {name: table for name, table in tables.items() if name not in raw}
    for name, table in for_people.items():
        write_whole(folder / f"{name}.csv", as_csv(table))
    write_whole(folder / WORKBOOK, as_workbook(for_people))
    for name, draw in all_figures(reading, plan, tables).items():
        save_in_every_language(draw, folder, name)
    lines = list(all_lines(reading, plan, tables))
    if plan.literature.en:
        lines += ["", f"{LITERATURE} {plan.literature.en}"]
    text = "\n".join(lines)
    write_text(folder / "reading.md", f"# {plan.name}\n\n{plan.question.en}\n\n{text}\n")
    if above := reading.printed(plan, tables):
        text = f"{above}\n{text}"
    return tables, text
