"""BehaviorSpace: a finished result in the table that NetLogo's sweeps give."""

import csv
import io
from pathlib import Path

import pandas as pd

from kring.experiments.execution.files import write_whole
from kring.experiments.execution.kept import folder_of, planned, read_runs
from kring.simulation.errors import KringError

HEAD = 6  # lines above the columns, as NetLogo has them


def as_behaviorspace(folder: Path | str) -> pd.DataFrame:
    """A finished result as NetLogo's BehaviorSpace has a table: a row a run, at its last week.

    Parameters
    ----------
    folder : Path or str
        A result of `kring run`.

    Returns
    -------
    DataFrame
        ``[run number], policy, <what varies>, seed, [step]`` and the outcomes; runs count from 1.

    Raises
    ------
    KringError
        For what is no result.

    Examples
    --------
    >>> [*as_behaviorspace("results/futures")]
    ['[run number]', 'policy', 'town.sick_leave', 'seed', '[step]', 'problems', 'supporters']
    """
    plan, runs = planned(folder := folder_of(folder)), read_runs(folder)
    weeks = {policy.name: policy.weeks for policy in plan.policies}
    table = pd.DataFrame({"[run number]": runs["run"] + 1, "policy": runs["policy"]})
    table = table.join(runs[[*plan.design.factors, "seed"]])
    table["[step]"] = runs["policy"].map(weeks)
    return table.join(runs[plan.outcomes])


def write_behaviorspace(folder: Path | str, path: Path | str) -> None:
    """Write a finished result as a CSV that reads what BehaviorSpace's table output is.

    Six lines stand above the columns, as NetLogo writes them, so `pandas.read_csv(..., skiprows=6)`
    and R's `nlrx` take it.

    Parameters
    ----------
    folder : Path or str
        A result of `kring run`.
    path : Path or str
        The file.

    Raises
    ------
    KringError
        For what is no result, and if it cannot be written.

    Examples
    --------
    >>> write_behaviorspace("results/futures", "futures.csv")
    >>> len(pd.read_csv("futures.csv", skiprows=6))
    40
    """
    plan, table = planned(folder_of(folder)), as_behaviorspace(folder)
    text = io.StringIO()
    write = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n")
    write.writerow(["BehaviorSpace results (Kring)"])
    write.writerow(["kring"])
    write.writerow([plan.name])
    write.writerow([plan.question.en])
    write.writerow(["clients", "weeks"])
    write.writerow([plan.clients, plan.weeks])
    table.to_csv(text, index=False, quoting=csv.QUOTE_ALL, lineterminator="\n")
    try:
        write_whole(Path(path), text.getvalue().encode())
    except OSError as error:
        raise KringError(f"cannot write {path}: {error.strerror}") from None
