"""A result that is kept: its plan, its runs, and what has changed since it was made."""

from pathlib import Path

import pandas as pd

from experiments.execution.files import table_of
from experiments.execution.manifest import MANIFEST, Manifest, machine, read_manifest
from experiments.execution.placing import settle
from experiments.study.load import plan_of
from experiments.study.plan import Plan
from simulation.errors import KringError

RUNS = "runs.parquet"


def opened(folder: Path) -> tuple[Manifest, Plan]:
    """The manifest of a result, and the plan that it came from.

    Raises
    ------
    KringError
        If it is no result of Kring, or its study can no longer be read.
    """
    settle(folder)
    made = read_manifest(folder)
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
    runs = table_of(read_manifest(folder).content(folder, RUNS))
    if runs is None:
        raise KringError(f"{folder / RUNS} is damaged: give its study's command again")
    return runs


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
