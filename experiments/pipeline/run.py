"""Running a plan: execute what is left of it, read it, and put the whole result in its place."""

import shlex
import sys
import time
from concurrent.futures import Executor
from pathlib import Path
from typing import TYPE_CHECKING

from tqdm import tqdm

from kring.experiments.execution import disk
from kring.experiments.execution.engines import Engine, check_engine, engine_of
from kring.experiments.execution.files import write_json, write_parquet, write_whole
from kring.experiments.execution.interruption import Interrupted, remembered, stop_if_asked
from kring.experiments.execution.manifest import TIMING, Manifest
from kring.experiments.execution.placing import check_place, forget, place
from kring.experiments.execution.processes import cores
from kring.experiments.execution.scheduler import Backlog, Scheduler, seconds
from kring.experiments.execution.store import Store, open_store
from kring.experiments.execution.worker import Output
from kring.experiments.measures.own import made_here
from kring.experiments.pipeline.budget import within_budget
from kring.experiments.pipeline.first_answer import FirstAnswer
from kring.experiments.pipeline.study_result import StudyResult, TablesByName
from kring.experiments.study.extensions import found, only
from kring.experiments.study.fingerprint import code
from kring.experiments.study.load import check_plan
from kring.experiments.study.needs import check_needs
from kring.experiments.study.plan import Plan
from kring.experiments.study.run_spec import RunSpec
from kring.simulation.compiled import must_compile
from kring.simulation.errors import KringError, shown

if TYPE_CHECKING:  # what reads and draws is loaded when all runs are there
    from kring.experiments.analyses.base import Tables
    from kring.experiments.reading.base import Reading


def note(text: str) -> None:
    """Print a line about the work, beside its results."""
    print(text, file=sys.stderr)


def bar(total: int, done: int, what: str) -> tqdm:
    """A progress bar with time left."""
    return tqdm(
        total=total, initial=done, desc=what, unit="run", leave=False, dynamic_ncols=True,
        smoothing=0.05,
    )  # fmt: skip


def run_study(
    plan: Plan,
    out: Path | str,
    *,
    engine: str = "auto",
    workers: int | None = None,
    executor: Executor | None = None,
    reading: "Reading | None" = None,
) -> StudyResult:
    """Run a study and write its result.

    Parameters
    ----------
    plan : Plan
        The plan of the study.
    out : Path or str
        Folder of the result; its parts are kept beside it until all is there.
    engine : str
        ``auto``, ``here``, ``processes`` or ``dask://host:port``.
    workers : int, optional
        Number of processes, and of batches an executor gets at once; as many as cores.
    executor : Executor, optional
        Any executor of `concurrent.futures` to use in place of an engine.
    reading : Reading, optional
        What reads the result, in place of the casebook's reading of this study.

    Returns
    -------
    StudyResult
        Its tables, intervals, figures and pages.

    Raises
    ------
    KringError
        If its reading cannot read the study, the folder cannot be written or is no result, or the
        engine is gone.
    Interrupted
        If interrupted; what was finished is kept.

    Examples
    --------
    >>> from kring.experiments.study.load import read_study
    >>> keys = {"policies": ["wijkteam"], "town": "class", "weeks": 4, "sets": 1, "seeds": 2}
    >>> run_study(read_study(keys), "results/two", engine="here").folder.name
    'two'
    """
    check_engine(engine)
    check_plan(plan)
    if executor is not None and not hasattr(executor, "submit"):
        raise KringError(
            f"executor = {shown(executor)}: give one of concurrent.futures, such as "
            "ThreadPoolExecutor()"
        )
    if reading is not None:
        from kring.experiments.reading.faults import check_reading

        check_reading(reading)
    if not isinstance(out, str | Path):
        raise KringError(f"{out!r} is no folder for the result: name one, such as 'results/first'")
    check_needs(plan, reading.needs if reading else None)
    out = Path(out).resolve()
    check_place(out)
    with only([found(one) for one in plan.extensions]):
        return _run(plan, out, engine, workers, executor, reading)


def _run(
    plan: Plan,
    out: Path,
    engine: str,
    workers: int | None,
    executor: Executor | None,
    reading: "Reading | None",
) -> StudyResult:
    """Run what is left of a study, and write its result."""
    started = time.perf_counter()
    if plan.municipality:
        from kring.experiments.pipeline.own_municipality import with_its_town

        plan = with_its_town(plan)
    with remembered(), open_store(out, code()) as store:

        def live(plan: Plan) -> str:
            backlog, name = Backlog.of(plan, store), "here"
            kept = backlog.kept
            if backlog.left:
                chosen = choose_engine(backlog, engine, workers, executor)
                name = execute_what_is_left(backlog, store, chosen)
            stop_if_asked()
            return f"{name}, {kept} runs kept before"

        try:
            more: Tables = {}
            if plan.budget and not plan.budget.found:
                plan, more = within_budget(plan, store, live)
            return finish(plan, out, store, reading, started, live(plan), more)
        except KeyboardInterrupt:
            raise Interrupted(what_is_kept(plan, store)) from None


def choose_engine(
    backlog: Backlog, name: str, workers: int | None, executor: Executor | None = None
) -> Engine:
    """The engine of a name, or one around an executor that was handed in.

    Raises
    ------
    KringError
        For an engine whose workers don't know a measure or an extension that was made in this
        session.
    """
    if executor:
        return Engine(type(executor).__name__, executor, 2 * (workers or cores()))
    if own := known_here_alone(backlog.plan):
        if name not in ("auto", "here"):
            raise KringError(own)
        name = "here"
    return engine_of(name, workers, seconds(backlog.plan, backlog.left))


def known_here_alone(plan: Plan) -> str:
    """What only this process knows, and how others could; empty if there is nothing."""
    for name in made_here(plan.outcomes):
        return (
            f"outcomes: {name!r} was made in this session, so no other process knows it: leave "
            "the engine out"
        )
    for one in plan.extensions:
        if not one.where:
            return (
                f"extensions: {one.name!r} was made in this session, so no other process knows "
                "it: put it in a file, or leave the engine out"
            )
    return ""


def execute_what_is_left(backlog: Backlog, store: Store, engine: Engine) -> str:
    """Have the runs executed that are left; returns the engine's name."""
    kept = backlog.kept
    try:
        if kept:
            note(f"{kept} of {len(backlog.wanted)} runs are there already; going on.")
        if must_compile():
            note(
                "First start: compiling the model, half a minute to a minute; later starts take a "
                "second."
            )
        answer = FirstAnswer(backlog.plan)
        with bar(kept + len(backlog.left), kept, backlog.plan.name) as progress:

            def look(runs: list[RunSpec], outputs: list[Output]) -> None:
                answer.take(runs, outputs)
                progress.set_postfix_str(str(answer), refresh=False)

            Scheduler(backlog, store, engine, progress.update, look).run()
    finally:
        engine.close()
    return engine.name


def what_is_kept(plan: Plan, store: Store) -> str:
    """One line about an interrupted study."""
    wanted = set(plan.keys.values())
    kept = len(store.finished(wanted, plan.tables).query("error == ''"))
    if not kept:
        return "interrupted; no results were written"
    return (
        f"interrupted; {kept} of {len(wanted)} runs are kept: the same command goes on from there"
    )


def finish(
    plan: Plan,
    out: Path,
    store: Store,
    reading: "Reading | None",
    started: float,
    how: str,
    more: "Tables",
) -> StudyResult:
    """Join the parts, read them beside what other tables there are, and put all in its place."""
    from kring.experiments.casebook import reading_of
    from kring.experiments.execution.cells import as_csv
    from kring.experiments.pipeline.result import joined, write_reading
    from kring.experiments.reading.faults import told_as_its_own
    from kring.experiments.report.page import write_pages

    reading = reading or reading_of(plan)
    ready, wanted = store.path / "ready", set(plan.keys.values())
    forget(ready)
    disk.make(ready)
    raw, failures = joined(plan, store)
    for name, table in raw.items():
        write_parquet(table, ready / f"{name}.parquet")
    if len(failures):
        where = shlex.quote(str(out))
        failures["command"] = [f"kring repeat {where} --run {run}" for run in failures["run"]]
        write_whole(ready / "failures.csv", as_csv(failures))
    tables, text = raw, "All runs failed; see failures.csv."
    if len(raw["runs"]):
        for name, table in more.items():
            write_whole(ready / f"{name}.csv", as_csv(table))
        with told_as_its_own(reading):
            tables, text = write_reading(reading, plan, raw | more, ready)
    for one in plan.extensions:
        files = found(one).contents
        for path, content in files.items() if len(files) == 1 else ():
            write_whole(ready / path.name, content)
    stop_if_asked()
    made = Manifest.of(plan, len(failures))
    made = made.with_files(ready, [path.name for path in ready.iterdir()])
    wall = round(time.perf_counter() - started, 1)
    write_json(ready / TIMING, {"wall_seconds": wall, "engine": how})
    with told_as_its_own(reading):
        pages = write_pages(plan, reading, made, ready)
    made.with_files(ready, [page.name for page in pages]).write(ready)
    stop_if_asked()
    if earlier := place(ready, out, wanted):
        note(f"The result that was there has other runs: it is kept as {earlier}.")
    store.clear(wanted)
    return StudyResult(out, plan, TablesByName(tables), text, len(failures), reading)
