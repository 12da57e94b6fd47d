"""What every experiment has: a question, a computation into tables, a drawing from those tables."""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
from tqdm import tqdm

from experiments.storage import Folder, result_folder
from simulation.compiled import must_compile
from simulation.parameters import Parameters
from simulation.policy import Policy
from simulation.town import Town

Tables = dict[str, pd.DataFrame]


class Setting(NamedTuple):
    """How large an experiment is run.

    Attributes
    ----------
    quick : bool
        A small version, to see that all works; its figures are not for conclusions.
    clients : int
        Size of the town.
    seeds : range
        Seeds of the runs.
    parameters : str
        Name of the parameter set.
    """

    quick: bool
    clients: int
    seeds: range
    parameters: str = "fitted"

    @classmethod
    def of(cls, quick: bool, clients: int = 5600, seeds: int = 10, first: int = 1) -> "Setting":
        """The full size, or a quick one."""
        if quick:
            return cls(True, min(clients, 600), range(first, first + 3))
        return cls(False, clients, range(first, first + seeds))


class Experiment(NamedTuple):
    """A study that can be run.

    Attributes
    ----------
    name : str
        Its name, as on the command line.
    question : str
        The question it answers.
    compute : callable
        ``compute(setting, progress)`` gives tables by name; `progress` is told of runs done.
    draw : callable
        ``draw(tables, folder)`` draws the figures from the tables.
    reading : callable
        ``reading(tables)`` says what the tables show, in some lines.
    town, policies : callable, mapping
        ``town(setting)`` is the town; the policies by name. Both stand in the manifest.
    runs : callable
        ``runs(setting)`` is the number of runs, for the progress bar.
    """

    name: str
    question: str
    compute: Callable[[Setting, Callable[[int], Any]], Tables]
    draw: Callable[[Tables, Path], None]
    reading: Callable[[Tables], str]
    town: Callable[[Setting], Town]
    policies: Mapping[str, Policy]
    runs: Callable[[Setting], int]


def bar(total: int, what: str) -> tqdm:
    """A progress bar with time left."""
    return tqdm(total=total, desc=what, unit="run", leave=False, dynamic_ncols=True)


def say_if_compiling() -> None:
    """Tell why the first start takes longer."""
    if must_compile():
        print(
            "First start: compiling the model, about a minute; later starts take a second or two.",
            file=sys.stderr,
        )


def perform(experiment: Experiment, setting: Setting, out: Path) -> Tables:
    """Compute, write the tables, then draw the figures from them; all or nothing."""
    say_if_compiling()
    with result_folder(out) as folder:
        with bar(experiment.runs(setting), experiment.name) as progress:
            tables = experiment.compute(setting, progress.update)
        write(folder, tables, setting)
        folder.note(town=experiment.town(setting), policies=experiment.policies)
        experiment.draw(tables, folder.path)
        text = experiment.reading(tables)
        (folder.path / "reading.md").write_text(
            f"# {experiment.name}\n\n{experiment.question}\n\n{text}\n", encoding="utf-8"
        )
    return tables


def write(folder: Folder, tables: Tables, setting: Setting) -> None:
    """Write the tables and note where they came from."""
    for name, table in tables.items():
        folder.table(name, table)
    folder.note(
        quick=setting.quick,
        seeds=setting.seeds,
        parameter_set=setting.parameters,
        parameters=Parameters.preset(setting.parameters),
    )
