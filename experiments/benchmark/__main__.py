"""``python -m kring.experiments.benchmark``: all that is measured, beside the goals."""

import json
import os
import platform
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer

from kring.experiments.benchmark.country import measure_country
from kring.experiments.benchmark.history import lost
from kring.experiments.benchmark.phases import measure_phases, measure_twin
from kring.experiments.benchmark.speed import measure_few_rules, measure_memory, measure_speed
from kring.experiments.benchmark.start import measure_ensemble, measure_first_start, measure_start
from kring.experiments.benchmark.sweep import measure_luck, measure_sweep
from kring.experiments.benchmark.table import Found, as_text, table


def usual(quick: bool) -> list[Found]:
    """What is measured if nothing more is asked."""
    rounds = 3 if quick else 9
    rows = measure_speed(rounds) + measure_few_rules(rounds) + measure_memory()
    rows += measure_start(rounds) + measure_ensemble() + measure_phases(4 * rounds)
    rows += measure_twin(4 * rounds)
    return rows if quick else rows + measure_first_start()


def write(rows: list[Found], out: Path) -> None:
    """Write the figures, and on what they were measured."""
    out.mkdir(parents=True, exist_ok=True)
    table(rows).to_csv(out / "benchmark.csv", index=False)
    machine = {
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "processor": platform.machine(),
        **{name: version(name) for name in ("mesa", "numba", "numpy", "pandas")},
    }
    (out / "benchmark.json").write_text(json.dumps(machine, indent=1) + "\n")


def main(
    quick: Annotated[bool, typer.Option(help="Fewer rounds.")] = False,
    country: Annotated[bool, typer.Option(help="Also live 1,200,000 clients.")] = False,
    sweep: Annotated[bool, typer.Option(help="Also run a sweep of 20,000 runs.")] = False,
    check: Annotated[
        bool, typer.Option(help="Only: has a ratio lost more than a quarter?")
    ] = False,
    out: Annotated[Path | None, typer.Option(help="Folder to write the figures to.")] = None,
) -> None:
    """Measure speed, memory and start of Kring, and print them beside the goals."""
    # Nine pairs in turns: their median hardly moves with who else uses the machine.
    rows = measure_speed(9) + measure_start(9) if check else usual(quick)
    if country:
        rows += measure_country()
    if sweep:
        rows += measure_sweep(200 if quick else 2000) + measure_luck(20 if quick else 100)
    print(as_text(table(rows)))
    if out:
        write(rows, out)
    if check and (losses := lost(rows)):
        sys.exit("\n".join(losses))


typer.run(main)
