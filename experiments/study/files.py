"""Study files: where those are that come with Kring, and which one a name means."""

from pathlib import Path

from simulation.errors import KringError, nearest

CASEBOOK = Path(__file__).parents[1] / "casebook"


def shipped() -> dict[str, Path]:
    """The studies that come with Kring, by name; the examples last."""
    examples = sorted(CASEBOOK.glob("examples/*.toml"))
    own = sorted(path for path in CASEBOOK.glob("*/*.toml") if path not in examples)
    return {path.stem: path for path in (*own, *examples)}


def find(name: str) -> Path:
    """The file of a study: a path, or the name of one that comes with Kring.

    Raises
    ------
    KringError
        If there is no such file.
    """
    path = Path(name)
    is_path = path.suffix == ".toml"
    if is_path and path.is_file():
        return path
    if path.stem in shipped() and (not is_path or path.parent == Path(".")):
        return shipped()[path.stem]
    beside = [str(near) for near in path.parent.glob("*.toml")] if path.parent.is_dir() else []
    lacking = f"no file {name}" if is_path else f"no study {name!r}"
    raise KringError(f"{lacking}; {nearest(name, [*beside, *shipped()])}")
