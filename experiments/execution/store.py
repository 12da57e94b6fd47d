"""The store: finished runs land on disk at once, whole or not at all, and are picked up again.

Beside a result folder `name` stands `name.unfinished` for as long as there is work: a lock, and
parts with the runs that are done. A part is written aside and renamed, so that it is whole or not
there, whenever the machine stops. A run is known by its key, so that it is never executed twice.
"""

import contextlib
import os
import shutil
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from filelock import FileLock, Timeout

from experiments.execution.files import read_if_whole, read_parquet, write_parquet
from experiments.execution.worker import Output
from simulation.errors import KringError

RUNS = "runs.parquet"


def read_runs(folder: Path) -> pd.DataFrame:
    """The runs of a result.

    Raises
    ------
    KringError
        If they are not there, or damaged.
    """
    try:
        return read_parquet(folder / RUNS)
    except (OSError, pa.ArrowException):
        what = "is damaged" if (folder / RUNS).exists() else "is not there"
        raise KringError(f"{folder / RUNS} {what}: give its study's command again") from None


def folder_of(out: Path) -> Path:
    """Where the parts of a result are kept while it is unfinished."""
    return out.with_name(out.name + ".unfinished")


class Store:
    """The runs of a result that is being made.

    Attributes
    ----------
    path : Path
        The folder `name.unfinished`.
    """

    def __init__(self, out: Path, code: str) -> None:
        self.out = out
        self.path = folder_of(out)
        self.all_parts = self.path / "parts"
        self.parts = self.all_parts / code  # what other code has made is of no use

    def keep(self, name: str, keys: dict[int, str], outputs: Collection[Output]) -> None:
        """Keep a batch of runs: their long tables first, for the runs' own part says it is done."""
        tables = sorted({name for one in outputs for name in one.tables})
        for table in tables:
            long = [one.tables[table].assign(key=keys[one.number]) for one in outputs if one.tables]
            write_parquet(
                pd.concat(long, ignore_index=True), self.parts / f"{name}.{table}.parquet"
            )
        rows = [
            {"key": keys[one.number], "error": one.error, "trace": one.trace, **one.outcomes}
            for one in outputs
        ]
        write_parquet(pd.DataFrame(rows), self.parts / f"{name}.{RUNS}")

    def sweep_up(self) -> None:
        """Take away what a killed runner left: half files, and long tables without their runs."""
        names = {path.name.removesuffix(f".{RUNS}") for path in self.parts.glob(f"*.{RUNS}")}
        for path in self.parts.iterdir():
            torn = path.name.startswith(".")
            if torn or (path.suffix == ".parquet" and path.name.split(".")[0] not in names):
                path.unlink(missing_ok=True)

    def kept(self) -> dict[str, pd.DataFrame]:
        """The parts that are kept, by name; one whose long tables are not there is run anew."""
        found = {}
        for path in sorted(self.parts.glob(f"*.{RUNS}")):
            table = read_if_whole(path)
            if table is not None:
                found[path.name.removesuffix(f".{RUNS}")] = table
        return found

    def finished(self, wanted: set[str], tables: Sequence[str]) -> pd.DataFrame:
        """Kept runs that are wanted: `key, error, trace` and outcomes; the good one goes first.

        Only those of which the long ``tables`` are there as well.
        """
        found = [
            part
            for name, part in self.kept().items()
            if (part["error"] != "").all() or self._has_all(name, tables)
        ]
        found = [part for part in (*found, earlier(self.out, tables)) if len(part)]
        if not found:
            return pd.DataFrame({"key": [], "error": [], "trace": []}, dtype=str)
        runs = pd.concat(found, ignore_index=True)
        runs = runs[runs["key"].isin(wanted)]
        runs = runs.sort_values("error", key=lambda error: error != "", kind="stable")
        return runs.drop_duplicates("key").reset_index(drop=True)

    def _has_all(self, name: str, tables: Sequence[str]) -> bool:
        return all(self._long_part(name, table) is not None for table in tables)

    def _long_part(self, name: str, table: str) -> pd.DataFrame | None:
        return read_if_whole(self.parts / f"{name}.{table}.parquet")

    def long(self, table: str, wanted: set[str]) -> pd.DataFrame:
        """A long table of all kept runs that are wanted, by `key`; each run's rows once."""
        found = [self._long_part(name, table) for name in self.kept()]
        if len(earlier(self.out, [table])):
            runs = read_parquet(self.out / RUNS).drop_duplicates("key").set_index("run")["key"]
            rows = read_parquet(self.out / f"{table}.parquet")
            rows = rows.assign(key=rows.pop("run").map(runs))
            found.append(rows[rows["key"].notna()])
        known: set[str] = set()
        parts = []
        for part in found:
            if part is not None:
                here = set(part["key"].unique())
                parts.append(part[part["key"].isin((here & wanted) - known)])
                known |= here
        return pd.concat(parts, ignore_index=True)

    def clear(self, done: set[str]) -> None:
        """Take the folder away, unless parts of it are of runs that are not among those done.

        They are of another version of the study, such as a larger one that was interrupted.
        """
        for folder in self.all_parts.iterdir() if self.all_parts.is_dir() else ():
            if folder != self.parts:
                shutil.rmtree(folder, ignore_errors=True)
        for name, table in self.kept().items():
            if done.issuperset(table["key"]):
                for path in self.parts.glob(f"{name}.*"):
                    path.unlink(missing_ok=True)
        if not self.parts.is_dir() or not any(self.parts.iterdir()):
            shutil.rmtree(self.path, ignore_errors=True)


def earlier(out: Path, tables: Sequence[str]) -> pd.DataFrame:
    """The runs of an earlier result, as parts have them, if its long tables are there too."""
    try:
        for name in tables:
            pq.read_schema(out / f"{name}.parquet")
        table = read_parquet(out / RUNS)
    except (OSError, pa.ArrowException):
        return pd.DataFrame()
    if "key" not in table:
        return pd.DataFrame()
    return table.assign(error="", trace="").drop(columns=["run"])


def put_in_place(ready: Path, out: Path, keys: set[str]) -> Path | None:
    """Put a finished result where an older one may stand.

    If the older one has runs that are not among those of these ``keys``, it is set aside; returns
    where.
    """
    aside = ready.with_name("old")
    shutil.rmtree(aside, ignore_errors=True)
    others = out.exists() and not keys.issuperset(earlier(out, ()).get("key", ()))
    if others:
        aside = out.with_name(f"{out.name}.before")
        shutil.rmtree(aside, ignore_errors=True)
    if out.exists():
        os.replace(out, aside)
    os.replace(ready, out)
    return aside if others else None


@contextlib.contextmanager
def open_store(out: Path, code: str) -> Iterator[Store]:
    """The store of a result, as this code makes it, locked against other runners.

    Raises
    ------
    KringError
        If the folder cannot be written, or another runner is at work on it.
    """
    store = Store(out, code)
    try:
        store.parts.mkdir(parents=True, exist_ok=True)
        with FileLock(store.path / "lock", timeout=0):
            store.sweep_up()
            try:
                yield store
            finally:
                if store.parts.is_dir() and not any(store.parts.iterdir()):
                    store.clear(set())
    except Timeout:
        raise KringError(
            f"another runner is at work on {out}: wait for it, or choose another folder with --out"
        ) from None
    except OSError as error:
        kept = len(list(store.parts.glob(f"*.{RUNS}")))
        raise KringError(
            f"cannot write {error.filename or store.path}: {error.strerror or error}"
            + ("; what was kept is safe, the same command goes on from there" if kept else "")
        ) from None
