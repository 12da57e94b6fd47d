"""Keeping: finished runs land on disk at once, whole or not at all, and are picked up again.

Beside a result folder `name` stands `name.unfinished` for as long as there is work: a lock, and
parts with the runs that are done. A part is written aside and renamed, so that it is whole or not
there, whenever the machine stops. A run is known by its key, so that it is never lived twice.
"""

import contextlib
import os
import shutil
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from filelock import FileLock, Timeout

from experiments.work import Lived
from simulation.errors import KringError

RUNS = "runs.parquet"


def write_whole(path: Path, write: Callable[[Path], object]) -> None:
    """Write a file aside and put it in its place when it is whole."""
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        write(aside)
        os.replace(aside, path)
    finally:
        aside.unlink(missing_ok=True)


def write_parquet(table: pd.DataFrame, path: Path) -> None:
    """Write a table as Parquet: the same table gives the same bytes."""
    arrow = pa.Table.from_pandas(table, preserve_index=False).replace_schema_metadata()
    write_whole(path, lambda aside: pq.write_table(arrow, aside, compression="zstd"))


def read_parquet(path: Path) -> pd.DataFrame:
    """Read a table; strings as Python's."""
    return pq.read_table(path).to_pandas()


def folder_of(out: Path) -> Path:
    """Where the parts of a result are kept while it is unfinished."""
    return out.with_name(out.name + ".unfinished")


class Unfinished:
    """The parts of a result that is being made.

    Attributes
    ----------
    path : Path
        The folder `name.unfinished`.
    """

    def __init__(self, out: Path) -> None:
        self.out = out
        self.path = folder_of(out)
        self.parts = self.path / "parts"

    def keep(self, name: str, keys: dict[int, str], lived: Collection[Lived]) -> None:
        """Keep a batch of runs: their long tables first, for the runs' own part says it is done."""
        tables = sorted({name for one in lived for name in one.tables})
        for table in tables:
            long = [one.tables[table].assign(key=keys[one.number]) for one in lived if one.tables]
            write_parquet(
                pd.concat(long, ignore_index=True), self.parts / f"{name}.{table}.parquet"
            )
        rows = [
            {"key": keys[one.number], "error": one.error, "trace": one.trace, **one.outcomes}
            for one in lived
        ]
        write_parquet(pd.DataFrame(rows), self.parts / f"{name}.{RUNS}")

    def finished(self, wanted: set[str]) -> pd.DataFrame:
        """Kept runs that are wanted: `key, error, trace` and outcomes; the good one goes first."""
        tables = [read_parquet(path) for path in sorted(self.parts.glob(f"*.{RUNS}"))]
        tables += [earlier(self.out)]
        tables = [table for table in tables if len(table)]
        if not tables:
            return pd.DataFrame({"key": [], "error": [], "trace": []}, dtype=str)
        found = pd.concat(tables, ignore_index=True)
        found = found[found["key"].isin(wanted)]
        found = found.sort_values("error", key=lambda error: error != "", kind="stable")
        return found.drop_duplicates("key").reset_index(drop=True)

    def long(self, table: str, wanted: set[str]) -> pd.DataFrame:
        """A long table of all kept runs that are wanted, by `key`."""
        found = [read_parquet(path) for path in sorted(self.parts.glob(f"*.{table}.parquet"))]
        known = {key for part in found for key in part["key"].unique()}
        old = self.out / f"{table}.parquet"
        if old.is_file() and len(earlier(self.out)):
            runs = read_parquet(self.out / RUNS).drop_duplicates("key").set_index("run")["key"]
            rows = read_parquet(old)
            rows = rows.assign(key=rows.pop("run").map(runs))
            found.append(rows[rows["key"].notna() & ~rows["key"].isin(known)])
        whole = pd.concat(found, ignore_index=True)
        return whole[whole["key"].isin(wanted)]

    def clear(self) -> None:
        """Take the folder away."""
        shutil.rmtree(self.path, ignore_errors=True)


def earlier(out: Path) -> pd.DataFrame:
    """The runs of an earlier result, as parts have them."""
    try:
        table = read_parquet(out / RUNS)
    except (OSError, pa.ArrowInvalid):
        return pd.DataFrame()
    if "key" not in table:
        return pd.DataFrame()
    return table.assign(error="", trace="").drop(columns=["run"])


@contextlib.contextmanager
def unfinished(out: Path) -> Iterator[Unfinished]:
    """The unfinished part of a result, locked against other runners.

    Raises
    ------
    KringError
        If the folder cannot be written, or another runner is at work on it.
    """
    here = Unfinished(out)
    try:
        here.parts.mkdir(parents=True, exist_ok=True)
        with FileLock(here.path / "lock", timeout=0):
            for leftover in here.parts.glob(".*"):
                leftover.unlink(missing_ok=True)
            try:
                yield here
            finally:
                if here.parts.is_dir() and not any(here.parts.iterdir()):
                    here.clear()
    except Timeout:
        raise KringError(
            f"another runner is at work on {out}: wait for it, or choose another folder with --out"
        ) from None
    except OSError as error:
        kept = len(list(here.parts.glob(f"*.{RUNS}")))
        raise KringError(
            f"cannot write {here.path}: {error.strerror or error}"
            + ("; what was kept is safe, the same command goes on from there" if kept else "")
        ) from None
