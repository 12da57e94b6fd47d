"""What Kring rests on: pinned, with hashes, and nothing admitted that has a known hole.

``.ci/lock`` resolves anew; this says whether what it wrote holds together. Where the list of holes
grows, it grows here, with the first version that is without.
"""

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

from tests.helpers import ROOT

PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PIN = re.compile(r"^([A-Za-z0-9_.-]+)==([^ ;\\\n]+)(?: ; ([^\\\n]+))?", re.MULTILINE)
SAFE = {  # the first version without a hole that is known, and which hole that was
    "distributed": ("2026.1.0", "CVE-2026-23528"),
    "filelock": ("3.20.3", "CVE-2026-22701"),
    "jinja2": ("3.1.6", "CVE-2025-27516"),
    "numpy": ("1.22.2", "CVE-2021-41495"),
    "pillow": ("11.3.0", "CVE-2025-48379"),
    "pyarrow": ("14.0.1", "CVE-2023-47248"),
    "pydantic": ("2.4.0", "CVE-2024-3772"),
    "requests": ("2.32.4", "CVE-2024-47081"),
    "scikit-learn": ("1.5.0", "CVE-2024-5206"),
    "setuptools": ("78.1.1", "CVE-2025-47273"),
    "tornado": ("6.5", "CVE-2025-47287"),
    "tqdm": ("4.66.3", "CVE-2024-34062"),
    "urllib3": ("2.6.3", "CVE-2026-21441"),
}


def pins(file: str) -> set[tuple[str, str, str]]:
    """Name, version and where it goes, of all that a file pins."""
    return {tuple(map(str.strip, one)) for one in PIN.findall((ROOT / file).read_text("utf-8"))}


def floors() -> dict[str, str]:
    """The least version of each package that is admitted, where one is said."""
    project = PYPROJECT["project"]
    lines = [*project["dependencies"], *PYPROJECT["build-system"]["requires"]]
    lines += [line for extra in project["optional-dependencies"].values() for line in extra]
    lines += PYPROJECT["tool"]["uv"]["constraint-dependencies"]
    found: dict[str, str] = {}
    for line in map(Requirement, lines):
        for one in line.specifier:
            if one.operator in (">=", "=="):
                least = min(Version(one.version), Version(found.get(line.name, one.version)))
                found[line.name] = str(least)
    return found


def test_the_same_versions_are_pinned_with_and_without_hashes():
    assert pins("constraints.txt") == pins("locked.txt")
    assert len(pins("locked.txt")) > 50


def test_every_file_that_may_be_fetched_has_its_hash():
    blocks = re.split(r"\n(?=[A-Za-z0-9])", (ROOT / "locked.txt").read_text("utf-8"))
    bare = [block for block in blocks if PIN.match(block) and "--hash=sha256:" not in block]
    assert bare == []


def test_what_builds_kring_is_pinned():
    for line in PYPROJECT["build-system"]["requires"]:
        assert [one.operator for one in Requirement(line).specifier] == ["=="], line


@pytest.mark.parametrize("name", SAFE)
def test_no_version_is_admitted_that_has_a_known_hole(name):
    least, hole = SAFE[name]
    pinned = [version for one, version, _ in pins("constraints.txt") if one == name]
    admitted = [*pinned, *[version for one, version in floors().items() if one == name]]
    assert admitted, f"{name} is no longer taken up: leave it out here"
    for version in admitted:
        assert Version(version) >= Version(least), (name, version, hole)


def test_what_is_asked_for_is_pinned():
    asked = [Requirement(line).name for line in PYPROJECT["project"]["dependencies"]]
    names = {name for name, _, _ in pins("constraints.txt")}
    assert {name.lower().replace("_", "-") for name in asked} <= names
