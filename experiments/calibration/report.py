"""The report of a calibration: its tables, figures and a page of text in every language."""

from pathlib import Path
from typing import Any

import pandas as pd

from kring.experiments.calibration import figures, findings, words
from kring.experiments.calibration.ensemble import Kept
from kring.experiments.calibration.waves import Waves
from kring.experiments.charts.style import save_in_every_language
from kring.experiments.execution.cells import as_csv
from kring.experiments.execution.files import write_text, write_whole
from kring.experiments.observations import ROWS
from kring.experiments.text.language import language, languages, suffix

Tables = dict[str, pd.DataFrame]


def tables_of(waves: Waves, kept: Kept | None) -> Tables:
    """All that a calibration tells, in numbers."""
    found = {
        "waves": pd.DataFrame(waves.log).drop(columns="rmse", errors="ignore"),
        "rows": findings.rows_met(waves, kept),
        "not_together": findings.not_together(waves),
    }
    if kept:
        said = {row.id: row for row in waves.rows}
        every = [*said.values(), *(r for i, r in ROWS.items() if i in kept.found and i not in said)]
        found["narrowed"] = findings.narrowed(waves, kept, waves.emulator())
        found["value_of_information"] = findings.value_of_information(kept, every)
        found["depends_on"] = findings.depends_on(kept)
    return found


def write_report(waves: Waves, kept: Kept | None, out: Path) -> str:
    """Write tables, figures and text; returns the result in a few sentences.

    Where no set is kept, they hold what can be said without.
    """
    found = tables_of(waves, kept)
    for name, table in found.items():
        write_whole(out / f"{name}.csv", as_csv(table))
    draw: dict[str, Any] = {"rows": lambda: figures.rows_met(found["rows"])}
    if kept:
        draw["narrowed"] = lambda: figures.narrowed(found["narrowed"])
        draw["answers"] = lambda: figures.answers(kept.answers)
    for name, one in draw.items():
        save_in_every_language(one, out, name)
    for code in languages():
        with language(code):
            write_text(out / f"report{suffix()}.md", words.page(found, kept))
    return "\n".join(words.summary(found, kept))
