"""The history: what releases measured, and whether a ratio has lost since the last.

Only ratios within one run are held against it, for seconds differ from machine to machine.
"""

import csv
from collections.abc import Iterable
from pathlib import Path

from kring.experiments.benchmark.table import Found

HISTORY = Path(__file__).with_name("history.csv")
MOST_LOST = 0.25  # of a ratio


def last_release() -> dict[str, float]:
    """What was measured last, by measure: each as the latest release that has it."""
    with HISTORY.open(encoding="utf-8", newline="") as file:
        return {row["measure"]: float(row["value"]) for row in csv.DictReader(file)}


def lost(rows: Iterable[Found], before: dict[str, float] | None = None) -> list[str]:
    """The ratios that are more than a quarter below those of the last release, in words."""
    before = last_release() if before is None else before
    return [
        f"{row.measure}: {row.value:.3g}, {before[row.measure]:.3g} in the last release"
        for row in rows
        if row.unit == "times" and row.value < (1 - MOST_LOST) * before.get(row.measure, 0)
    ]
