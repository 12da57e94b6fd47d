"""A result that is kept: its plan, its runs, and what has changed since it was made."""

from pathlib import Path

import pandas as pd

from kring.experiments.execution.files import table_of
from kring.experiments.execution.manifest import MANIFEST, Manifest, machine, read_manifest
from kring.experiments.execution.placing import settle
from kring.experiments.study.extensions import named
from kring.experiments.study.load import plan_of
from kring.experiments.study.plan import Plan
from kring.simulation.errors import KringError, shown

RUNS = "runs.parquet"
NOT_AS_WRITTEN = (KeyError, IndexError, ValueError, TypeError, AttributeError, ArithmeticError)


def not_as_written(folder: Path, error: Exception) -> KringError:
    """What is said of tables that have checksums, and not what Kring writes of their study."""
    return KringError(
        f"{folder}: its tables don't hold what a result of its study holds "
        f"({type(error).__name__}: {error}): give its study's command again in another folder"
    )


def folder_of(given: Path | str) -> Path:
    """The folder of a result, as it was given.

    Raises
    ------
    KringError
        For what is no name of a folder.
    """
    if not isinstance(given, str | Path):
        how = "its folder, result.folder" if hasattr(given, "folder") else "its name"
        raise KringError(f"{shown(given)} is no folder of a result: give {how}")
    if Path(given).is_file():
        raise KringError(f"{given} is a file, and no folder of a result: give that")
    return Path(given)


def opened(folder: Path) -> tuple[Manifest, Plan]:
    """The manifest of a result, and the plan that it came from.

    Raises
    ------
    KringError
        If it is no result of Kring, or its study can no longer be read.
    """
    settle(folder)
    made = read_manifest(folder)
    named(made.study, folder)  # all that it names is allowed
    try:
        return made, plan_of(made.study, large=True)
    except ValueError as error:
        raise KringError(
            f"{folder / MANIFEST}: this Kring cannot read its study: {error}"
        ) from None


def planned(folder: Path) -> Plan:
    """The plan that a result came from.

    Raises
    ------
    KringError
        If it is no result of Kring, or its study can no longer be read.
    """
    return opened(folder)[1]


def read_runs(folder: Path) -> pd.DataFrame:
    """The runs of a result.

    Raises
    ------
    KringError
        If they are not there, or not as Kring wrote them.
    """
    made, plan = opened(folder)
    runs = table_of(made.content(folder, RUNS))
    if runs is None:
        raise KringError(f"{folder / RUNS} is damaged: give its study's command again")
    try:
        _check_runs(runs, plan)
    except NOT_AS_WRITTEN as error:
        raise not_as_written(folder, error) from None
    return runs


def _check_runs(runs: pd.DataFrame, plan: Plan) -> None:
    """Refuse runs that a plan has not, or that lack what its runs have."""
    for name in (*plan.identity(plan.runs[0]), "key"):
        if name not in runs:
            raise KeyError(name)
    if runs.empty:
        return
    for name in plan.outcomes:
        if not pd.api.types.is_float_dtype(runs[name]):
            raise TypeError(f"{name} is no number")
    numbers = runs["run"]
    if not pd.api.types.is_integer_dtype(numbers) or numbers.duplicated().any():
        raise TypeError("run is no number of a run")
    known = [policy.name for policy in plan.policies]
    if not numbers.between(0, len(plan.runs) - 1).all() or not runs["policy"].isin(known).all():
        raise ValueError("runs that its study has not")


def changed_since(folder: Path) -> list[str]:
    """What is other now than when a result was made: code, Python, platform, packages."""
    made, plan = opened(folder)
    now = machine()
    before = made.model_dump()
    lines = [
        f"{name}: {before[name]} then, {now[name]} now"
        for name in ("code", "python", "platform")
        if before[name] != now[name]
    ]
    lines += [
        f"ensemble {name!r}: {one.digest} then, {digest} now"
        for name, one in made.settings.ensembles.items()
        if (digest := digest_in(plan, name)) != one.digest
    ]
    lines += [
        f"extension {one.name}: {was.version} ({was.fingerprint}) then, {one.version} "
        f"({one.fingerprint}) now"
        for one in plan.extensions
        if (was := made.extensions.get(one.name)) and was.fingerprint != one.fingerprint
    ]
    then = made.packages
    return lines + [
        f"{name}: {then.get(name)} then, {now['packages'].get(name)} now"
        for name in sorted({*then, *now["packages"]})
        if then.get(name) != now["packages"].get(name)
    ]


def digest_in(plan: Plan, name: str) -> str:
    """What the sets of an ensemble are now that a result names."""
    ensemble = plan.ensembles.get(name)
    return ensemble.digest if ensemble else "none"
