"""The disk: all that Kring does to its files, in steps that each happen or do not.

Whatever stops Kring, a file is there whole or not at all: it is written aside, put on the disk for
good, and only then gets its name. Tests put steps in place of these that fail, or stop the machine.
"""

import os
from pathlib import Path


def write(path: Path, content: bytes) -> None:
    """Write a file, as far as the system keeps it in memory."""
    path.write_bytes(content)


def sync(path: Path) -> None:
    """Put a file, or what a folder lists, on the disk for good."""
    is_folder = path.is_dir()
    if is_folder and os.name == "nt":  # Windows has no such thing
        return
    handle = os.open(path, os.O_RDONLY if is_folder else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def rename(old: Path, new: Path) -> None:
    """Give a file or folder another name, or the place of another file."""
    os.replace(old, new)


def make(folder: Path) -> None:
    """Make a folder, and those it lies in."""
    folder.mkdir(parents=True, exist_ok=True)


def remove(path: Path) -> None:
    """Take a file away, or a folder that is empty; what is not there or not empty stays."""
    if path.is_dir() and not path.is_symlink():
        if not any(path.iterdir()):
            path.rmdir()
    else:
        path.unlink(missing_ok=True)
