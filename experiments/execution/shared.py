"""A folder that Kring shares with its user: only what Kring wrote there is written over.

What that is stands in a list with checksums; a file that is not as Kring wrote it is kept under
another name. Results have a manifest for that; this is for what is no result of a study.
"""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from pydantic import RootModel, ValidationError

from kring.experiments.execution import disk
from kring.experiments.execution.files import checksum, write_text
from kring.experiments.execution.placing import forget, keep_as_yours

READY, LIST = ".ready", "files.json"


class Written(RootModel[dict[str, list[str]]]):
    """Kring's files by name, with the checksum of each; two while one takes another's place."""

    @classmethod
    def read(cls, folder: Path) -> "Written":
        """Those of a folder; none if it has no such list."""
        try:
            return cls.model_validate_json((folder / LIST).read_bytes())
        except (FileNotFoundError, ValidationError):
            return cls({})

    def checksum_of(self, path: Path) -> str:
        """The checksum of a file that is as Kring wrote it; empty for any other."""
        found = checksum(path.read_bytes()) if path.is_file() else ""
        return found if found in self.root.get(path.name, ()) else ""


@contextlib.contextmanager
def written_into(folder: Path) -> Iterator[Path]:
    """A folder to write files into, that come into this one at the end, however that comes."""
    ready = folder / READY
    disk.make(ready)
    forget(ready)
    disk.make(ready)
    try:
        yield ready
    finally:
        written = Written.read(folder)
        for path in sorted(ready.iterdir()):
            there = [written.checksum_of(folder / path.name)]  # till it is replaced
            written.root[path.name] = [*filter(None, there), checksum(path.read_bytes())]
        write_text(folder / LIST, written.model_dump_json(indent=2) + "\n")
        for path in sorted(ready.iterdir()):
            place = folder / path.name
            if place.exists() and not written.checksum_of(place):
                keep_as_yours(place)
            disk.rename(path, place)
        disk.sync(folder)
        forget(ready)
