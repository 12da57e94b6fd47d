"""Results on disk: whole or not at all, each folder with a manifest."""

import contextlib
import json
import os
import platform
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import pandas as pd
from pydantic import BaseModel

from simulation.compiled import fingerprint
from simulation.errors import KringError

MANIFEST = "manifest.json"
PACKAGES = ("kring", "mesa", "numba", "numpy", "pandas", "pyarrow", "matplotlib")


def package_versions() -> dict[str, str]:
    """Versions of the packages that a result rests on."""
    found = {}
    for package in PACKAGES:
        with contextlib.suppress(PackageNotFoundError):
            found[package] = version(package)
    return found


def plain(value: Any) -> Any:
    """Settings and what holds them, as JSON can take them."""
    if isinstance(value, BaseModel):
        return value.model_dump()
    if isinstance(value, Mapping):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, range | list | tuple):
        return [plain(v) for v in value]
    return value


class Folder:
    """A result folder in the making: tables, figures and a manifest."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.started = time.perf_counter()
        self.notes: dict[str, Any] = {}

    def table(self, name: str, table: pd.DataFrame) -> None:
        """Write a table as CSV."""
        table.to_csv(self.path / f"{name}.csv", index=False, float_format="%.6g")

    def parquet(self, name: str, table: pd.DataFrame) -> None:
        """Write a long table as Parquet."""
        table.attrs = {}
        table.to_parquet(self.path / f"{name}.parquet", index=False)

    def note(self, **notes: Any) -> None:
        """Add to the manifest what the result came from: town, policies, parameters, seeds."""
        self.notes |= {key: plain(value) for key, value in notes.items()}

    def sign(self) -> None:
        """Write the manifest."""
        manifest = {
            "command": " ".join(["kring", *sys.argv[1:]]),
            **self.notes,
            "python": platform.python_version(),
            "platform": platform.platform(),
            "packages": package_versions(),
            "code": fingerprint(),
            "wall_seconds": round(time.perf_counter() - self.started, 1),
        }
        text = json.dumps(manifest, indent=2, ensure_ascii=False)
        (self.path / MANIFEST).write_text(text + "\n", encoding="utf-8")


def may_replace(path: Path) -> bool:
    """Whether a folder is ours to replace: not there, empty, or an earlier result."""
    return not path.exists() or (
        path.is_dir() and (not any(path.iterdir()) or (path / MANIFEST).is_file())
    )


def move_into_place(made: Path, path: Path) -> None:
    """Put the finished folder where the old one stands."""
    old = made.with_name(made.name + "-old")
    if path.exists():
        os.replace(path, old)
    os.replace(made, path)
    shutil.rmtree(old, ignore_errors=True)


@contextlib.contextmanager
def result_folder(path: Path) -> Iterator[Folder]:
    """A folder to write into; it takes its place only when everything has been written.

    Raises
    ------
    KringError
        If the folder cannot be written, or holds something that is not a result of Kring.
    """
    path = path.absolute()
    if not may_replace(path):
        raise KringError(
            f"{path} is not a result of Kring and not empty, so it is left alone; "
            "choose another folder with --out"
        )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=f".{path.name}-", dir=path.parent))
    except OSError as error:
        raise KringError(f"cannot write in {path.parent}: {error.strerror}") from None
    made.chmod(0o755)
    try:
        folder = Folder(made)
        yield folder
        folder.sign()
        move_into_place(made, path)
    except OSError as error:
        raise KringError(f"cannot write {path}: {error.strerror}") from None
    finally:
        shutil.rmtree(made, ignore_errors=True)
