"""Compiled code on disk: a file a function, with its checksum. What is torn is compiled again.

Numba's own files have none: one that was torn by a full disk or a power cut would end every start
in an error, and a flipped bit would be executed. Code that is kept only saves time, so a file that
cannot be read or written counts as one that isn't there.
"""

import hashlib
import os
import pickle
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

from numba.core.caching import FunctionCache
from numba.core.serialize import dumps

CHECKSUM = hashlib.sha256().digest_size


class KeptCode(FunctionCache):
    """Where Numba keeps what it compiled of a function."""

    def __init__(self, function: Callable[..., Any]) -> None:
        super().__init__(function)  # type: ignore[no-untyped-call]
        stamp = self._impl.locator.get_source_stamp()
        files = CodeFiles(Path(self._cache_path), self._impl.filename_base, stamp)
        self._cache_file = files  # type: ignore[assignment]


class CodeFiles:
    """The files of a function: one for each signature and processor, its checksum first."""

    def __init__(self, folder: Path, name: str, stamp: Any) -> None:
        self.folder, self.name, self.stamp = folder, name, stamp

    def load(self, key: Any) -> Any:
        """What was compiled, or None; a file that is torn is taken away."""
        path = self.file_of(key)
        try:
            kept = path.read_bytes()
        except OSError:
            return None
        checksum, code = kept[:CHECKSUM], kept[CHECKSUM:]
        if checksum == hashlib.sha256(code).digest():
            return pickle.loads(code)  # machine code, from a folder that nobody else can write
        path.unlink(missing_ok=True)
        return None

    def save(self, key: Any, data: Any) -> None:
        """Keep what was compiled; where that can't be, it is compiled again at the next start."""
        path = self.file_of(key)
        aside = path.with_name(f"{path.name}.{os.getpid()}")
        try:
            code: bytes = dumps(data)  # type: ignore[no-untyped-call]
            aside.write_bytes(hashlib.sha256(code).digest() + code)
            os.replace(aside, path)
        except OSError:
            aside.unlink(missing_ok=True)

    def file_of(self, key: Any) -> Path:
        """Where the code of a signature on a processor is kept."""
        digest = hashlib.sha256(repr((self.stamp, key)).encode()).hexdigest()[:16]
        return self.folder / f"{self.name}.{digest}.nbc"


def is_own(folder: Path) -> bool:
    """Whether a folder is this user's alone to write, and no link to another."""
    if not hasattr(os, "getuid"):  # Windows: temporary folders are each user's own
        return True
    found = folder.lstat()
    by_others = found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and not by_others
