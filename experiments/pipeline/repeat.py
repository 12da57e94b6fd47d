"""Repeating: a result is executed again from its manifest, and laid beside what was kept."""

import tempfile
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from kring.experiments.execution.kept import changed_since, folder_of, planned, read_runs
from kring.experiments.execution.scheduler import Backlog
from kring.experiments.execution.store import open_store
from kring.experiments.execution.worker import StandingTown, execute
from kring.experiments.pipeline.result import joined
from kring.experiments.pipeline.run import choose_engine, execute_what_is_left
from kring.experiments.study.extensions import allow
from kring.experiments.study.fingerprint import code
from kring.simulation.errors import KringError
from kring.simulation.extensions import Extension

SHOWN = 10  # differences in print


def repeat_study(
    folder: Path | str,
    engine: str = "auto",
    workers: int | None = None,
    extensions: Iterable[str | Path | Extension] = (),
) -> tuple[bool, list[str]]:
    """Execute a result again and compare every outcome of every run, bit by bit.

    Parameters
    ----------
    folder : Path or str
        The folder of a result.
    engine : str
        ``auto``, ``here``, ``processes`` or ``dask://host:port``.
    workers : int, optional
        Number of processes; as many as cores.
    extensions : iterable of str, Path or Extension
        What its study may use, as for `read_study`.

    Returns
    -------
    bool
        Whether all are equal.
    list of str
        What is equal or where it differs, and what has changed since.

    Raises
    ------
    KringError
        If the folder is no result of a study.

    Examples
    --------
    >>> repeat_study("results/futures", engine="here")
    (True, ['Equal: 40 runs, 80 outcomes, to the last bit.'])
    """
    allow(extensions)
    folder = folder_of(folder)
    plan, before = planned(folder), read_runs(folder)
    with tempfile.TemporaryDirectory() as aside, open_store(Path(aside) / "again", code()) as store:
        backlog = Backlog.of(plan, store)
        execute_what_is_left(backlog, store, choose_engine(backlog, engine, workers))
        now, failures = joined(plan, store)
    found = where_different(before, now["runs"], plan.outcomes)
    cells = len(before) * len(plan.outcomes)
    changes = [f"Changed since: {line}" for line in changed_since(folder)]
    if not found:
        return True, [f"Equal: {len(before)} runs, {cells} outcomes, to the last bit.", *changes]
    more = [f"and {len(found) - SHOWN} more"] if len(found) > SHOWN else []
    if len(failures):
        more.append(f"{len(failures)} runs failed now, such as: {failures['error'].iloc[0]}")
    return False, [f"Differs in {len(found)} of {cells}:", *found[:SHOWN], *more, *changes]


def where_different(before: pd.DataFrame, now: pd.DataFrame, outcomes: list[str]) -> list[str]:
    """Where two tables of runs differ, run by run and outcome by outcome; empty if nowhere."""
    if [*before.get("run", ())] != [*now.get("run", ())]:
        return [f"{len(before)} runs then, {len(now)} now"]
    found = []
    for name in outcomes:
        one, other = before[name].to_numpy(), now[name].to_numpy()
        for i, run in enumerate(before["run"]):
            if not same_number(one[i], other[i]):
                found.append(f"run {run}, {name}: {one[i]!r} then, {other[i]!r} now")
    return found


def repeat_run(folder: Path, number: int) -> Iterable[str]:
    """Execute one run of a result again: its outcomes, or its error with the trace.

    Raises
    ------
    KringError
        If there is no such run.
    """
    plan = planned(folder)
    if number >= len(plan.runs):
        raise KringError(f"no run {number}; runs are 0 to {len(plan.runs) - 1}")
    run = plan.runs[number]
    yield ", ".join(f"{name} {value}" for name, value in plan.identity(run).items())
    output = execute(plan, run, StandingTown(), threads=None)
    if output.error:
        yield output.trace or output.error
        return
    before = read_runs(folder).set_index("run")
    for name, value in output.outcomes.items():
        then = before[name].get(number) if name in before else None
        yield f"{name}: {value!r} ({how_it_was(then, value)})"


def how_it_was(then: float | None, now: float) -> str:
    """A number that was kept, beside the one of now."""
    if then is None:
        return "no result was kept"
    return "equal" if same_number(then, now) else f"{then!r} then"


def same_number(one: float, other: float) -> bool:
    """Whether two numbers are the same, NaN included."""
    return one == other or (one != one and other != other)
