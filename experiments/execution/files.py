"""Files: written whole or not at all, the same content giving the same bytes."""

import hashlib
import io
import json
import os
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from kring.experiments.execution import disk


def checksum(content: bytes) -> str:
    """What tells whether a file is still as it was written."""
    return hashlib.sha256(content).hexdigest()


def write_whole(path: Path, content: bytes) -> None:
    """Write a file aside and put it in its place when it is on the disk."""
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        disk.write(aside, content)
        disk.sync(aside)
        disk.rename(aside, path)
        disk.sync(path.parent)
    finally:
        disk.remove(aside)


def write_text(path: Path, text: str) -> None:
    """Write a text in UTF-8, whole or not at all."""
    write_whole(path, text.encode())


def write_json(path: Path, content: dict[str, Any]) -> None:
    """Write JSON, whole or not at all."""
    write_text(path, json.dumps(content, indent=2, ensure_ascii=False, default=str) + "\n")


def as_parquet(table: pd.DataFrame) -> bytes:
    """A table as Parquet, its pages with checksums: the same table gives the same bytes."""
    arrow = pa.Table.from_pandas(table, preserve_index=False).replace_schema_metadata()
    content = io.BytesIO()
    pq.write_table(arrow, content, compression="zstd", write_page_checksum=True)
    return content.getvalue()


def write_parquet(table: pd.DataFrame, path: Path) -> None:
    """Write a table as Parquet, whole or not at all."""
    write_whole(path, as_parquet(table))


def table_of(content: bytes) -> pd.DataFrame | None:
    """The table in the bytes of a Parquet file; None if they are torn."""
    try:
        found = pq.read_table(io.BytesIO(content), page_checksum_verification=True)
    except (OSError, pa.ArrowException) as error:
        if isinstance(error, MemoryError):
            raise
        return None
    return found.to_pandas()


def read_if_whole(path: Path) -> pd.DataFrame | None:
    """A table that was kept; None if it is not there, or torn, and then it is set aside.

    Raises
    ------
    OSError
        If it cannot be read now, though it may be whole.
    """
    try:
        table = table_of(path.read_bytes())
    except FileNotFoundError:
        return None
    if table is None:
        set_torn_aside(path)
    return table


def set_torn_aside(path: Path) -> None:
    """Take a torn file out of the way, and say so; what was in it is made anew."""
    aside = free_name(path.with_name(f"{path.name}.torn"))
    disk.rename(path, aside)
    print(f"kring: {path.name} was torn and is set aside as {aside}.", file=sys.stderr)


def free_name(path: Path, ending: str = "") -> Path:
    """This name, or the first with `-2`, `-3` and so on behind it, that nothing has yet."""
    number, free = 1, path.with_name(path.name + ending)
    while os.path.lexists(free):
        number += 1
        free = path.with_name(f"{path.name}-{number}{ending}")
    return free
