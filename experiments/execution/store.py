"""The store: finished runs land on disk at once, whole or not at all, and are picked up again.

Beside a result folder `name` stands `name.unfinished` for as long as there is work: a lock, and
parts with the runs that are done. The name of a part carries its checksum, so that what is torn or
changed is noticed, and lived again. A run is known by its key, so that it is never executed twice.
"""

import contextlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, Self

import pandas as pd
from filelock import FileLock, Timeout

from kring.experiments.execution import disk
from kring.experiments.execution.files import (
    as_parquet,
    checksum,
    set_torn_aside,
    table_of,
    write_whole,
)
from kring.experiments.execution.placing import earlier, finish_placing, folder_of
from kring.experiments.execution.worker import Output
from kring.simulation.errors import KringError

RUNS = "runs"
DIGITS = 16  # of a checksum, in a name
SAID = {"key", "error", "trace"}  # texts of a part with runs; the other columns are outcomes
PARTS, PIECES = ".parquet", ".npz"


class Part(NamedTuple):
    """A file that is kept: of which batch, what it holds, and the checksum in its name."""

    path: Path
    batch: str
    holds: str
    checksum: str

    @classmethod
    def of(cls, path: Path) -> Self | None:
        """The part that a file is; None for another file."""
        words = path.stem.split(".")
        return cls(path, *words) if len(words) == 3 else None

    def read(self) -> bytes | None:
        """What is in it; None if it is torn, and then it is set aside.

        Raises
        ------
        OSError
            If it cannot be read now, though it may be whole.
        """
        content = self.path.read_bytes()
        if checksum(content).startswith(self.checksum) and len(self.checksum) == DIGITS:
            return content
        set_torn_aside(self.path)
        return None


class Store:
    """The runs of a result that is being made.

    Attributes
    ----------
    path : Path
        The folder `name.unfinished`.
    parts : Path
        What is kept there of runs by this code; what other code has made is of no use.
    """

    def __init__(self, out: Path, code: str) -> None:
        self.out = out
        self.path = folder_of(out)
        self.all_parts = self.path / "parts"
        self.parts = self.all_parts / code

    def write(self, batch: str, holds: str, content: bytes, ending: str = PARTS) -> Path:
        """Keep a part."""
        path = self.parts / f"{batch}.{holds}.{checksum(content)[:DIGITS]}{ending}"
        write_whole(path, content)
        return path

    def listed(self, ending: str = PARTS) -> Iterable[Part]:
        """The parts that are kept, whole or not."""
        every = [Part.of(path) for path in sorted(self.parts.glob(f"*{ending}"))]
        return [part for part in every if part and not part.path.name.startswith(".")]

    def keep(self, name: str, keys: dict[int, str], outputs: Collection[Output]) -> None:
        """Keep a batch of runs: their long tables first, for the runs' own part says it is done."""
        for table in sorted({table for one in outputs for table in one.tables}):
            long = [one.tables[table].assign(key=keys[one.number]) for one in outputs if one.tables]
            self.write(name, table, as_parquet(pd.concat(long, ignore_index=True)))
        rows = [
            {"key": keys[one.number], "error": one.error, "trace": one.trace, **one.outcomes}
            for one in outputs
        ]
        self.write(name, RUNS, as_parquet(pd.DataFrame(rows)))

    def sweep_up(self) -> None:
        """Take away what a killed runner left: half files, and long tables without their runs."""
        for path in self.parts.glob(".*"):
            disk.remove(path)
        parts = list(self.listed())
        done = {part.batch for part in parts if part.holds == RUNS}
        for part in parts:
            if part.batch not in done:
                disk.remove(part.path)

    def tables(self, holds: str) -> Iterator[tuple[str, pd.DataFrame]]:
        """The kept tables of this name, each with its batch; one that is torn is not kept."""
        for part in self.listed():
            content = part.read() if part.holds == holds else None
            table = None if content is None else table_of(content)
            if table is not None and (holds != RUNS or _are_runs(table)):
                yield part.batch, table

    def finished(self, wanted: set[str], tables: Sequence[str]) -> pd.DataFrame:
        """Kept runs that are wanted: `key, error, trace` and outcomes; the good one goes first.

        Only those of which the long ``tables`` are there as well.
        """
        whole = [{batch for batch, _ in self.tables(name)} for name in tables]
        found = [
            runs
            for batch, runs in self.tables(RUNS)
            if (runs["error"] != "").all() or all(batch in there for there in whole)
        ]
        before = earlier(self.out, tables)
        found += [before["runs"].drop(columns="run").assign(error="", trace="")] if before else []
        found = [runs for runs in found if len(runs)]
        if not found:
            return pd.DataFrame({"key": [], "error": [], "trace": []}, dtype=str)
        runs = pd.concat(found, ignore_index=True)
        runs = runs[runs["key"].isin(wanted)]
        runs = runs.sort_values("error", key=lambda error: error != "", kind="stable")
        return runs.drop_duplicates("key").reset_index(drop=True)

    def long(self, table: str, wanted: set[str]) -> pd.DataFrame:
        """A long table of all kept runs that are wanted, by `key`; each run's rows once."""
        found = [rows for _, rows in self.tables(table)]
        if before := earlier(self.out, [table]):
            keys = before["runs"].drop_duplicates("key").set_index("run")["key"]
            rows = before[table]
            rows = rows.assign(key=rows.pop("run").map(keys))
            found.append(rows[rows["key"].notna()])
        known: set[str] = set()
        parts = []
        for part in found:
            here = set(part["key"].unique())
            parts.append(part[part["key"].isin((here & wanted) - known)])
            known |= here
        return pd.concat(parts, ignore_index=True)

    def clear(self, done: set[str]) -> None:
        """Take away what is kept of runs that are done, and the folder if nothing else is in it.

        What stays is of another version of the study, such as a larger one that was interrupted.
        """
        for folder in self.all_parts.iterdir() if self.all_parts.is_dir() else ():
            if folder != self.parts:
                _empty(folder)
        kept = [(batch, set(runs["key"])) for batch, runs in self.tables(RUNS)]
        over = {batch for batch, _ in kept} - {batch for batch, keys in kept if keys - done}
        for part in [*self.listed(), *self.listed(PIECES)]:
            if part.batch in over or part.batch in done:  # a piece is named by its run's key
                disk.remove(part.path)
        if not any([*self.listed(), *self.listed(PIECES)]):
            self.leave()

    def leave(self) -> None:
        """Take away the folder and what Kring made in it; what is not Kring's stays."""
        _empty(self.parts)
        disk.remove(self.all_parts)
        disk.remove(self.path / "lock")
        disk.remove(self.path)


def _are_runs(table: pd.DataFrame) -> bool:
    """Whether a table has the columns of a part with runs."""
    outcomes = table.drop(columns=SAID, errors="ignore")
    return len(SAID) + outcomes.shape[1] == table.shape[1] and all(
        map(pd.api.types.is_float_dtype, outcomes.dtypes)
    )


def _empty(folder: Path) -> None:
    """Take away a folder of parts, torn ones and half files included."""
    if folder.is_dir():
        for path in folder.iterdir():
            if path.name.startswith(".") or {PARTS, PIECES} & set(path.suffixes):
                disk.remove(path)
        disk.remove(folder)


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
        disk.make(store.parts)
        with FileLock(store.path / "lock", timeout=0):
            finish_placing(out)
            disk.make(store.parts)
            store.sweep_up()
            try:
                yield store
            finally:
                if store.parts.is_dir() and not any(store.parts.iterdir()):
                    store.leave()
    except Timeout:
        raise KringError(
            f"another runner is at work on {out}: wait for it, or choose another folder with --out"
        ) from None
    except OSError as error:
        kept = len([part for part in store.listed() if part.holds == RUNS])
        raise KringError(
            f"cannot read or write {error.filename or store.path}: {error.strerror or error}"
            + ("; what was kept is safe, the same command goes on from there" if kept else "")
        ) from None
