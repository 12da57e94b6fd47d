"""Study files: where those are that come with Kring, and which one a name means."""

import re
import unicodedata
from pathlib import Path

from kring.simulation.errors import KringError, nearest

CASEBOOK = Path(__file__).parents[1] / "casebook"
MOST_LETTERS, MOST_BYTES = 80, 120  # of the name of a study, and so of its folder
TAKEN = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)  # by Windows
OWN = ("unfinished", "before")  # endings of folders that Kring makes beside a result


def shipped() -> dict[str, Path]:
    """The studies that come with Kring, by name; the examples last."""
    examples = sorted(CASEBOOK.glob("examples/*.toml"))
    own = sorted(path for path in CASEBOOK.glob("*/*.toml") if path not in examples)
    return {path.stem: path for path in (*own, *examples)}


def folder_name(stem: str) -> str:
    """The name of a study from that of its file, as a folder may have it on any machine.

    Examples
    --------
    >>> folder_name("more_hours (1)"), folder_name("5% more"), folder_name("-"), folder_name("aux")
    ('more_hours_1', '5_more', 'study', 'aux_study')
    """
    name = unicodedata.normalize("NFC", stem)
    name = re.sub(r"[\W_]*[^\w .+-]+[\W_]*", "_", name)[:MOST_LETTERS]
    while len(name.encode()) > MOST_BYTES:
        name = name[:-1]
    name = re.sub(r"^[\W_]+|[_ .]+$", "", name) or "study"
    ending = name.rpartition(".")[2]
    return f"{name}_study" if TAKEN.fullmatch(name) or ending in OWN else name


def find(name: str) -> Path:
    """The file of a study: a path, or the name of one that comes with Kring.

    Raises
    ------
    KringError
        If there is no such file, or it is none of a study.
    """
    path = Path(name)
    is_path = path.suffix == ".toml"
    if is_path and path.is_file():
        return path
    if path.stem in shipped() and (not is_path or path.parent == Path(".")):
        return shipped()[path.stem]
    if path.is_dir():
        raise KringError(f"{name} is a folder; give a study file, such as {path / 'mine.toml'}")
    if path.is_file():
        raise KringError(f"{name} is no study: that is a text file whose name ends in .toml")
    beside = [str(near) for near in path.parent.glob("*.toml")] if path.parent.is_dir() else []
    lacking = f"no file {name}" if is_path else f"no study {name!r}"
    known = [*beside, *shipped()]
    raise KringError(f"{lacking}; {nearest(name, known, lists='kring show studies')}")
