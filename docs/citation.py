"""Write CITATION.cff from the one place where it stands how Kring is cited.

``python docs/refresh.py cite`` writes it, and what documents quote of ``kring cite``.
"""

import tomllib
from pathlib import Path

import yaml

from kring.experiments.bridges.citation import as_cff

ROOT = Path(__file__).parents[1]
FILE = ROOT / "CITATION.cff"
HEAD = "# Made from experiments/bridges/citation.toml: python docs/refresh.py cite\n"


def cff() -> str:
    """The file, of the version and licence that pyproject.toml says."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    told = as_cff(project["version"], project["license"])
    return HEAD + yaml.safe_dump(told, sort_keys=False, allow_unicode=True, width=100)


def write(check: bool) -> list[str]:
    """Write the file; list what changed."""
    made = cff()
    if FILE.is_file() and FILE.read_text(encoding="utf-8") == made:
        return []
    if not check:
        FILE.write_text(made, encoding="utf-8")
    return [FILE.name]
