"""Placing: a finished result takes the place of an older one, file by file, and of nothing else.

What Kring wrote is in the manifest, with checksums. Only that is replaced; all else stays where it
is, and what somebody changed is kept under another name. Once it is decided (`placing.json`), what
stops Kring only puts it off: whoever opens the result next brings it to its end.

    1. the older result's own files go aside, its manifest last
    2. the new files come, the manifest last
    3. what was put aside goes, unless it has runs that the new result has not
"""

import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
from filelock import FileLock, Timeout
from pydantic import BaseModel, ValidationError

from kring.experiments.execution import disk
from kring.experiments.execution.files import free_name, table_of, write_text
from kring.experiments.execution.manifest import MANIFEST, TIMING, read_manifest
from kring.simulation.errors import KringError

UNFINISHED, BEFORE = ".unfinished", ".before"
OWN_FOLDER = re.compile(r"(\.unfinished|\.before(-\d+)?)$")


class Decision(BaseModel):
    """What becomes of the older result: the name it is kept by, beside the new one; or nothing."""

    kept_as: str = ""


def folder_of(out: Path) -> Path:
    """Where the parts of a result are kept while it is unfinished."""
    whole = out.absolute()  # a folder such as `.` has no name of its own
    return whole.with_name(whole.name + UNFINISHED)


def check_place(out: Path) -> None:
    """Refuse a place for a result that is not Kring's to use.

    Raises
    ------
    KringError
        For a disk of its own, a name that Kring gives its own folders, a file, and a folder with
        something in it that is no result.
    """
    if not str(out).isprintable():
        raise KringError(
            f"{str(out)!r} has signs that cannot be shown; choose another folder with --out"
        )
    if os.path.ismount(out):
        raise KringError(f"{out} is a disk of its own; name a folder on it")
    if OWN_FOLDER.search(out.name):
        raise KringError(
            f"{out}: Kring names its own folders so, for what is unfinished or was there before; "
            "choose another with --out"
        )
    if not out.exists() or _is_decided(out) or (out.is_dir() and not any(out.iterdir())):
        return
    if not out.is_dir():
        raise KringError(f"{out} is a file, so it is left alone; choose another folder with --out")
    if not (out / MANIFEST).is_file():
        raise KringError(
            f"{out} is not a result of Kring and not empty, so it is left alone; choose another "
            "folder with --out"
        )
    try:
        read_manifest(out)
    except KringError as error:
        raise KringError(f"{error}; choose another folder with --out") from None


def earlier(out: Path, tables: Sequence[str]) -> dict[str, pd.DataFrame]:
    """The runs of an earlier result and these long tables of it; nothing if one is not whole."""
    try:
        made = read_manifest(out)
        found = {name: table_of(made.content(out, f"{name}.parquet")) for name in ("runs", *tables)}
    except KringError:
        return {}
    whole = {name: table for name, table in found.items() if table is not None}
    return whole if len(whole) == len(found) and "key" in whole["runs"] else {}


def place(ready: Path, out: Path, keys: set[str]) -> Path | None:
    """Put a finished result where an older one may stand.

    Parameters
    ----------
    ready : Path
        The folder of the new result.
    out : Path
        Its place.
    keys : set of str
        Its runs.

    Returns
    -------
    Path or None
        Where the older one is kept, if it has other runs.
    """
    for path in ready.iterdir():  # not all of them were written by what syncs
        disk.sync(path)
    disk.sync(ready)
    before = earlier(out, ())
    has_others = bool(before) and not keys.issuperset(before["runs"]["key"])
    kept_as = free_name(out.with_name(out.name + BEFORE)) if has_others else None
    decision = Decision(kept_as=kept_as.name if kept_as else "")
    write_text(_decision_of(out), decision.model_dump_json())
    finish_placing(out)
    return kept_as


def finish_placing(out: Path) -> None:
    """Bring to its end what was decided, if anything was; the lock is held."""
    try:
        decision = Decision.model_validate_json(_decision_of(out).read_bytes())
    except FileNotFoundError:
        return
    except ValidationError:
        decision = Decision()
    ready, old = folder_of(out) / "ready", folder_of(out) / "old"
    is_own = OWN_FOLDER.search(decision.kept_as) and Path(decision.kept_as).name == decision.kept_as
    aside = out.with_name(decision.kept_as) if is_own else old
    disk.make(out)
    if (ready / MANIFEST).is_file():
        _put_aside(out, aside)
        _bring(ready, out)
    disk.remove(_decision_of(out))
    disk.sync(folder_of(out))
    forget(ready)
    forget(old)


def settle(out: Path) -> None:
    """Bring to its end what was decided of a result, before somebody reads it.

    Raises
    ------
    KringError
        If a runner is at it, or the folder cannot be written.
    """
    if not _is_decided(out):
        return
    try:
        with FileLock(folder_of(out) / "lock", timeout=0):
            finish_placing(out)
    except Timeout:
        raise KringError(f"a runner is putting a new result into {out}: wait for it") from None
    except OSError as error:
        raise KringError(
            f"{out} is half replaced, for Kring was stopped, and {error.filename} cannot be "
            f"written: {error.strerror}"
        ) from None


def keep_as_yours(path: Path) -> None:
    """Give what somebody else put where Kring writes a name of its own, and say so."""
    yours = free_name(path.with_name(f"{path.stem}.yours"), path.suffix)
    disk.rename(path, yours)
    print(f"kring: {path.name} is not as Kring wrote it: kept as {yours}.", file=sys.stderr)


def forget(folder: Path) -> None:
    """Take away a folder of Kring's own that holds files only."""
    if folder.is_dir():
        for path in folder.iterdir():
            disk.remove(path)
        disk.remove(folder)


def _decision_of(out: Path) -> Path:
    return folder_of(out) / "placing.json"


def _is_decided(out: Path) -> bool:
    return _decision_of(out).is_file()


def _put_aside(out: Path, aside: Path) -> None:
    try:
        old = read_manifest(out)
    except KringError:
        return  # none, or nobody knows whose it is
    disk.make(aside)
    for name in (*old.files, TIMING):
        if (out / name).is_file() and (name == TIMING or old.is_whole(out, name)):
            disk.rename(out / name, aside / name)
    disk.sync(aside)
    disk.sync(out)
    disk.rename(out / MANIFEST, aside / MANIFEST)
    disk.sync(aside)
    disk.sync(out)


def _bring(ready: Path, out: Path) -> None:
    names = [path.name for path in ready.iterdir() if path.name != MANIFEST]
    for name in (*sorted(names), MANIFEST):
        if name == MANIFEST:
            disk.sync(out)
            disk.sync(ready)
        if os.path.lexists(out / name):
            keep_as_yours(out / name)
        disk.rename(ready / name, out / name)
    disk.sync(out)
    disk.sync(ready)
