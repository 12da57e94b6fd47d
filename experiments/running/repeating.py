"""Repeating: a result is lived again from its manifest, and laid beside what was kept."""

import tempfile
from collections.abc import Iterable
from pathlib import Path

from experiments.running.keeping import read_runs, unfinished
from experiments.running.performing import joined, run_what_is_left
from experiments.running.provenance import changed_since, differences, study_of
from experiments.running.runner import Todo
from experiments.running.work import People, live_run
from experiments.study.design import code, describe, runs
from simulation.errors import KringError

SHOWN = 10  # differences in print


def repeat(folder: Path, engine: str, workers: int | None) -> tuple[bool, list[str]]:
    """Live a result again and compare every outcome of every run, bit by bit.

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
    """
    study, before = study_of(folder), read_runs(folder)
    with tempfile.TemporaryDirectory() as aside, unfinished(Path(aside) / "again", code()) as here:
        todo = Todo.of(study, here)
        run_what_is_left(study, todo, here, 0, engine, workers, None)
        now, failures = joined(study, here, todo)
    found = differences(before, now["runs"], study.outcomes)
    cells = len(before) * len(study.outcomes)
    changes = [f"Changed since: {line}" for line in changed_since(folder)]
    if not found:
        return True, [f"Equal: {len(before)} runs, {cells} outcomes, to the last bit.", *changes]
    more = [f"and {len(found) - SHOWN} more"] if len(found) > SHOWN else []
    if len(failures):
        more.append(f"{len(failures)} runs failed now, such as: {failures['error'].iloc[0]}")
    return False, [f"Differs in {len(found)} of {cells}:", *found[:SHOWN], *more, *changes]


def repeat_run(folder: Path, number: int) -> Iterable[str]:
    """Live one run of a result again: its outcomes, or its error with the trace.

    Raises
    ------
    KringError
        If there is no such run.
    """
    study = study_of(folder)
    every = runs(study)
    if number >= len(every):
        raise KringError(f"no run {number}; runs are 0 to {len(every) - 1}")
    run = every[number]
    yield ", ".join(f"{name} {value}" for name, value in describe(study, run).items())
    lived = live_run(study, run, People(), threads=None)
    if lived.error:
        yield lived.trace or lived.error
        return
    before = read_runs(folder).set_index("run")
    for name, value in lived.outcomes.items():
        then = before[name].get(number) if name in before else None
        same = (
            "no result was kept"
            if then is None
            else "equal"
            if same_number(then, value)
            else (f"{then!r} then")
        )
        yield f"{name}: {value!r} ({same})"


def same_number(one: float, other: float) -> bool:
    """Whether two numbers are the same, NaN included."""
    return one == other or (one != one and other != other)
