"""Files: written whole or not at all, the same content giving the same bytes."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq


def write_whole(path: Path, write: Callable[[Path], object]) -> None:
    """Write a file aside and put it in its place when it is whole."""
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        write(aside)
        with open(aside, "rb") as written:
            os.fsync(written.fileno())  # on the disk before it has its name
        os.replace(aside, path)
    finally:
        aside.unlink(missing_ok=True)


def write_text(path: Path, text: str) -> None:
    """Write a text in UTF-8, whole or not at all."""
    write_whole(path, lambda aside: aside.write_text(text, encoding="utf-8"))


def write_json(path: Path, content: dict[str, Any]) -> None:
    """Write JSON, whole or not at all."""
    write_text(path, json.dumps(content, indent=2, ensure_ascii=False, default=str) + "\n")


def write_parquet(table: pd.DataFrame, path: Path) -> None:
    """Write a table as Parquet: the same table gives the same bytes."""
    arrow = pa.Table.from_pandas(table, preserve_index=False).replace_schema_metadata()
    write_whole(path, lambda aside: pq.write_table(arrow, aside, compression="zstd"))


def write_csv(table: pd.DataFrame, path: Path) -> None:
    """Write a table as CSV."""
    table.to_csv(path, index=False, float_format="%.6g")


def read_parquet(path: Path) -> pd.DataFrame:
    """Read a table; strings as Python's."""
    return pq.read_table(path).to_pandas()


def read_if_whole(path: Path) -> pd.DataFrame | None:
    """Read a table that was kept; what cannot be read counts as not kept, and is taken away."""
    try:
        return read_parquet(path)
    except (OSError, pa.ArrowException):
        path.unlink(missing_ok=True)
        return None
