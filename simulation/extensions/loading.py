"""Find an extension by its name, or in a file; only what somebody names is imported."""

import hashlib
import sys
import traceback
from importlib.metadata import entry_points
from pathlib import Path
from types import ModuleType

from kring.simulation.errors import KringError, nearest, shown
from kring.simulation.extensions.extension import Extension

TEXT = "__text__"  # of a module: what stood in its file
GROUP = "kring.extensions"  # under which an installed package names its extensions


def installed() -> list[str]:
    """Names of the extensions that installed packages bring; none of them is imported."""
    return sorted(entry_points(group=GROUP).names)


def find(given: str | Path) -> Extension:
    """The extension of this name, or the one in a file; importing it runs its code.

    Parameters
    ----------
    given : str or path
        A name that an installed package brings, or the path of a file such as ``visitors.py``.

    Raises
    ------
    KringError
        If there is none.
    """
    if not isinstance(given, str | Path):
        raise KringError(f"{shown(given)}: an extension is a name, or a file such as visitors.py")
    given = str(given)
    if not given.endswith(".py"):
        found = of_package(given)
        found.where = given
        return found
    path = Path(given).resolve()
    if not path.is_file():
        raise KringError(f"no file {given}: an extension is a name, or a file such as visitors.py")
    found = only_one(module_of(path), given)
    found.where = str(path)
    return found


def of_package(name: str) -> Extension:
    """The extension that an installed package brings under a name."""
    found = [one for one in entry_points(group=GROUP) if one.name == name]
    if not found:
        known = [*installed(), "visitors.py for one in a file"]
        raise KringError(f"no extension {shown(name)} is installed; {nearest(name, known)}")
    extension = found[0].load()
    if isinstance(extension, ModuleType):
        extension = only_one(extension, name)
    if not isinstance(extension, Extension):
        raise KringError(f"what is installed as extension {name!r} is {shown(extension)}")
    return extension


def module_of(path: Path) -> ModuleType:
    """The module in a file; imported once, and anew where the file has changed."""
    which = hashlib.sha256(str(path).encode()).hexdigest()[:8]  # of several by the same name
    name, text = f"kring_extension_{path.stem}_{which}", path.read_bytes()
    known = sys.modules.get(name)
    if known is not None and vars(known)[TEXT] == text:
        return known
    module = ModuleType(name)
    module.__file__ = str(path)
    setattr(module, TEXT, text)
    try:
        exec(compile(text, str(path), "exec"), vars(module))
    except KringError:
        raise
    except Exception as error:
        calls = traceback.extract_tb(error.__traceback__)
        lines = [call.lineno for call in calls if call.filename == str(path)]
        at = f", line {lines[-1]}" if lines else ""
        raise KringError(f"{path.name}{at}: {type(error).__name__}: {error}") from None
    sys.modules[name] = module
    return module


def only_one(module: ModuleType, given: str) -> Extension:
    """The extension that a module makes."""
    found = [one for one in vars(module).values() if isinstance(one, Extension)]
    if len(found) != 1:
        raise KringError(f"{given} makes {len(found) or 'no'} extensions: it takes one")
    return found[0]
