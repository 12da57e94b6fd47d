"""Performing a study: run what is left of it, read it, and put the whole result in its place."""

import os
import shlex
import shutil
import sys
import time
from collections.abc import Callable
from concurrent.futures import Executor
from pathlib import Path
from typing import NamedTuple

import pandas as pd
from tqdm import tqdm

from experiments.analysis import analyses
from experiments.readings import script_of
from experiments.reporting import general
from experiments.reporting.general import Tables
from experiments.reporting.report import write_reports
from experiments.running.engines import Engine, check_engine, cores, engine_of
from experiments.running.interruption import Interrupted, remembered, stop_if_asked
from experiments.running.keeping import Unfinished, put_in_place, unfinished, write_parquet
from experiments.running.provenance import MANIFEST, manifest, write_json
from experiments.running.runner import Todo, hand_out, seconds
from experiments.study.design import code, describe
from experiments.study.file import Study
from simulation.compiled import must_compile
from simulation.errors import KringError


class Done(NamedTuple):
    """A finished result: its folder, its tables, what to print of it, how many runs failed."""

    folder: Path
    tables: Tables
    text: str
    failed: int


def say(text: str) -> None:
    """Say something of the work, beside its results."""
    print(text, file=sys.stderr)


def bar(total: int, done: int, what: str) -> tqdm:
    """A progress bar with time left."""
    return tqdm(
        total=total, initial=done, desc=what, unit="run", leave=False, dynamic_ncols=True,
        smoothing=0.05,
    )  # fmt: skip


def may_replace(out: Path) -> bool:
    """Whether a folder is ours to replace: not there, empty, or an earlier result."""
    return not out.exists() or (
        out.is_dir() and (not any(out.iterdir()) or (out / MANIFEST).is_file())
    )


def perform(
    study: Study,
    out: Path,
    *,
    engine: str = "auto",
    workers: int | None = None,
    executor: Executor | None = None,
) -> Done:
    """Run a study and write its result.

    Parameters
    ----------
    study : Study
        The study.
    out : Path
        Folder of the result; its parts are kept beside it until all is there.
    engine : str
        ``auto``, ``here``, ``processes`` or ``dask://host:port``.
    workers : int, optional
        Number of processes, and of batches an executor gets at once; as many as cores.
    executor : Executor, optional
        Any executor of `concurrent.futures` to use in place of an engine.

    Raises
    ------
    KringError
        If the folder cannot be written or is no result, or the engine is gone.
    Interrupted
        If interrupted; what was finished is kept.
    """
    check_engine(engine)
    out = out.resolve()
    if os.path.ismount(out):
        raise KringError(f"{out} is a mounted disk and cannot be replaced; name a folder on it")
    if not may_replace(out):
        what = "a file" if out.is_file() else "not a result of Kring and not empty"
        raise KringError(f"{out} is {what}, so it is left alone; choose another folder with --out")
    started = time.perf_counter()
    with remembered(), unfinished(out, code()) as here:
        todo = Todo.of(study, here)
        kept = len({*todo.keys.values()}) - len({run.number for run in todo.left})
        name = "here"
        try:
            if todo.left:
                name = run_what_is_left(study, todo, here, kept, engine, workers, executor)
            stop_if_asked()
            return finish(study, out, here, todo, started, f"{name}, {kept} runs kept before")
        except KeyboardInterrupt:
            raise Interrupted(what_is_kept(study, here, todo)) from None


def run_what_is_left(
    study: Study,
    todo: Todo,
    here: Unfinished,
    kept: int,
    engine: str,
    workers: int | None,
    executor: Executor | None,
) -> str:
    """Have the runs lived that are left; returns the engine's name."""
    if kept:
        say(f"{kept} of {len({*todo.keys.values()})} runs are there already; going on.")
    if must_compile():
        say("First start: compiling the model, a minute or two; later starts take a second or two.")
    if executor:
        chosen = Engine(type(executor).__name__, executor, 2 * (workers or cores()))
    else:
        chosen = engine_of(engine, workers, seconds(study, todo.left))
    try:
        with bar(kept + len(todo.left), kept, study.name) as progress:
            hand_out(study, todo, here, chosen, progress.update)
    finally:
        chosen.close()
    return chosen.name


def what_is_kept(study: Study, here: Unfinished, todo: Todo) -> str:
    """One line about an interrupted study."""
    kept = len(here.finished(set(todo.keys.values()), study.tables).query("error == ''"))
    if not kept:
        return "interrupted; no results were written"
    return (
        f"interrupted; {kept} of {len(set(todo.keys.values()))} runs are kept: "
        "the same command goes on from there"
    )


def finish(study: Study, out: Path, here: Unfinished, todo: Todo, started: float, how: str) -> Done:
    """Join the parts, read them, and put the result in its place."""
    ready = here.path / "ready"
    shutil.rmtree(ready, ignore_errors=True)
    ready.mkdir()
    raw, failures = joined(study, here, todo)
    for name, table in raw.items():
        write_parquet(table, ready / f"{name}.parquet")
    if len(failures):
        where = shlex.quote(str(out))
        failures["command"] = [f"kring repeat {where} --run {run}" for run in failures["run"]]
        failures.to_csv(ready / "failures.csv", index=False)
    write_json(ready / MANIFEST, manifest(study, len(failures)))
    tables, text = raw, "All runs failed; see failures.csv."
    if len(raw["runs"]):
        tables, text = read(study, raw, ready)
    stop_if_asked()
    write_json(
        ready / "timing.json",
        {"wall_seconds": round(time.perf_counter() - started, 1), "engine": how},
    )
    write_reports(ready)
    stop_if_asked()
    if earlier := put_in_place(ready, out, set(todo.keys.values())):
        say(f"The result that was there has other runs: it is kept as {earlier}.")
    here.clear(set(todo.keys.values()))
    return Done(out, tables, text, len(failures))


def joined(study: Study, here: Unfinished, todo: Todo) -> tuple[Tables, pd.DataFrame]:
    """The runs that went well with their long tables, and those that failed."""
    wanted = set(todo.keys.values())
    found = here.finished(wanted, study.tables).set_index("key")
    every = pd.DataFrame([describe(study, run) for run in todo.every])
    every["key"] = [todo.keys[run.number] for run in todo.every]
    bad = set(found.index[found["error"] != ""])
    failed = every["key"].isin(bad)
    good = every[~failed]
    columns = [name for name in study.outcomes if name in found] if len(good) else []
    runs = good.join(found[columns].astype(float), on="key").reset_index(drop=True)
    failures = every[failed].drop(columns="key")
    failures["error"] = every.loc[failed, "key"].map(found["error"])
    failures["trace"] = every.loc[failed, "key"].map(found["trace"])
    raw = {"runs": runs}
    for name in study.tables if len(runs) else ():
        long = here.long(name, set(runs["key"]))
        parts = dict(iter(long.groupby("key", sort=False)))
        pieces = [
            parts[key].drop(columns="key").assign(run=number)
            for number, key in zip(runs["run"], runs["key"], strict=True)
        ]
        table = pd.concat(pieces, ignore_index=True)
        raw[name] = table[["run", *(c for c in table if c != "run")]]
    return raw, failures.reset_index(drop=True)


def read(study: Study, raw: Tables, folder: Path) -> tuple[Tables, str]:
    """Make the tables, figures and lines of a result from its runs, and write them.

    Returns the tables, and the text to print.
    """
    script = script_of(study)
    tables = {**raw, **general.tables(study, raw), **analyses.tables(study, raw["runs"])}
    if hasattr(script, "tables"):
        tables |= script.tables(study, tables)
    for name, table in tables.items():
        if name not in raw:
            write_csv(table, folder / f"{name}.csv")
    draw: Callable = getattr(script, "draw", general.draw)
    draw(study, tables, folder)
    analyses.draw(study, tables, folder)
    lines = [*getattr(script, "lines", general.lines)(study, tables)]
    lines += analyses.lines(study, tables)
    if study.literature:
        lines += ["", f"What the literature says: {study.literature}"]
    text = "\n".join(lines)
    (folder / "reading.md").write_text(
        f"# {study.name}\n\n{study.question}\n\n{text}\n", encoding="utf-8"
    )
    if hasattr(script, "printed"):
        text = f"{script.printed(study, tables)}\n{text}"
    return tables, text


def write_csv(table: pd.DataFrame, path: Path) -> None:
    """Write a table as CSV."""
    table.to_csv(path, index=False, float_format="%.6g")
