"""The manifest: all that a result came from, enough to repeat it to the byte."""

import contextlib
import json
import platform
import shlex
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from experiments.execution.arithmetic import arithmetic
from experiments.study.fingerprint import code
from experiments.study.load import plan_of
from experiments.study.plan import Plan
from simulation.errors import KringError

MANIFEST = "manifest.json"
PACKAGES = ("kring", "mesa", "numba", "numpy", "pandas", "pyarrow", "matplotlib", "scipy", "SALib")


def package_versions() -> dict[str, str]:
    """Versions of the packages that a result rests on."""
    found = {}
    for package in PACKAGES:
        with contextlib.suppress(PackageNotFoundError):
            found[package] = version(package)
    return found


def machine() -> dict[str, Any]:
    """What the numbers may depend on besides the study: code, versions, platform."""
    return {
        "code": code(),
        "python": platform.python_version(),
        "platform": f"{platform.system()} {platform.machine()}, arithmetic {arithmetic()}",
        "packages": package_versions(),
    }


def plain(value: Any) -> Any:
    """Settings and what holds them, as JSON can take them."""
    if isinstance(value, BaseModel):
        return value.model_dump()
    if isinstance(value, dict):
        return {str(k): plain(v) for k, v in value.items()}
    return value


def settings_of(plan: Plan) -> dict[str, Any]:
    """Every value of town, policies and parameters that a plan starts from, written out."""
    found: dict[str, Any] = {
        "policies": {policy.name: plain(plan.levers(i)) for i, policy in enumerate(plan.policies)},
        "parameters": plain(plan.parameters),
    }
    if ensembles := {name: of_ensemble(plan, name) for name in plan.ensembles if plan.sets[name]}:
        found["ensembles"] = ensembles
        found["central set"] = found.pop("parameters")
    if plan.country:
        found["first municipality"] = plain(plan.setup(plan.runs[0]).town)
    else:
        found["town"] = plain(plan.town)
    return found


def of_ensemble(plan: Plan, name: str) -> dict[str, Any]:
    """What an ensemble of a plan is, and which of its sets are lived."""
    ensemble = plan.ensembles[name]
    assert ensemble is not None  # of a single set no sets are lived
    return {
        "name": ensemble.name, "digest": ensemble.digest, "model": ensemble.model,
        "evidence": ensemble.evidence, "sets": plan.sets[name],
    }  # fmt: skip


def without_options(words: list[str], *options: str) -> list[str]:
    """A command without some options and their values."""
    kept, skip = [], False
    for word in words:
        name, given, _ = word.partition("=")
        if not skip and name not in options:
            kept.append(word)
        skip = not skip and name in options and not given
    return kept


def manifest(plan: Plan, failed: int) -> dict[str, Any]:
    """All that a result came from; the same wherever it was executed, and if it was interrupted."""
    command = without_options(["kring", *sys.argv[1:]], "--engine", "--workers")
    return {
        "command": shlex.join(command),
        "study": plan.source,
        "settings": settings_of(plan),
        "seeds": list(plan.seeds),
        "points": len(plan.points),
        "runs": len(plan.runs),
        "failed": failed,
        **machine(),
    }


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a result.

    Raises
    ------
    KringError
        If the folder is no result of Kring.
    """
    try:
        found: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return found
    except FileNotFoundError:
        raise KringError(f"{folder} is no result of Kring: it has no {MANIFEST}") from None
    except (OSError, ValueError) as error:
        raise KringError(f"{folder / MANIFEST} cannot be read: {error}") from None


def planned(folder: Path) -> Plan:
    """The plan that a result came from.

    Raises
    ------
    KringError
        If there is none, or it can no longer be read.
    """
    found = read_manifest(folder)
    if "study" not in found:
        raise KringError(f"{folder} was not made from a study, so it cannot be repeated")
    try:
        return plan_of(found["study"], large=True)
    except ValueError as error:
        raise KringError(
            f"{folder / MANIFEST}: this Kring cannot read its study: {error}"
        ) from None


def digest_now(folder: Path, name: str) -> str:
    """What the sets of an ensemble are now that a result names."""
    ensemble = planned(folder).ensembles.get(name)
    return ensemble.digest if ensemble else "none"


def changed_since(folder: Path) -> list[str]:
    """What is other now than when a result was made: code, Python, platform, packages."""
    before, now = read_manifest(folder), machine()
    lines = [
        f"{name}: {before.get(name)} then, {now[name]} now"
        for name in ("code", "python", "platform")
        if before.get(name) != now[name]
    ]
    lines += [
        f"ensemble {name!r}: {one['digest']} then, {digest} now"
        for name, one in before.get("settings", {}).get("ensembles", {}).items()
        if (digest := digest_now(folder, name)) != one["digest"]
    ]
    then = before.get("packages", {})
    return lines + [
        f"{name}: {then.get(name)} then, {now['packages'].get(name)} now"
        for name in sorted({*then, *now["packages"]})
        if then.get(name) != now["packages"].get(name)
    ]
