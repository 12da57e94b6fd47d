"""A municipality of one's own, before a study of it is run: what it doesn't know is searched for.

The same municipality under the same policy is searched for once: what was found is kept beside the
compiled code of the model.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tqdm import tqdm

from kring.experiments.analyses.municipality import Municipality
from kring.experiments.execution.files import write_json
from kring.experiments.municipality.search import Made, Size, Today, make
from kring.experiments.study.fingerprint import code, digest
from kring.experiments.study.load import load, plan_of
from kring.experiments.study.options import Options, start_from
from kring.experiments.study.plan import Plan
from kring.experiments.study.taken_up import told_in
from kring.experiments.study.toml_file import toml_of
from kring.simulation.beside import loaded
from kring.simulation.compiled import cache_folder
from kring.simulation.errors import KringError

SMALL = Size(teams=1, sets=2, shown=6, steps=2)


def with_its_town(plan: Plan, size: Size | None = None) -> Plan:
    """The plan with what a search finds of its municipality; as it is where it has none.

    The policy of today is the first of the study, at its own values.

    Parameters
    ----------
    plan : Plan
        The plan of a study.
    size : Size, optional
        How much is lived for it.
    """
    if plan.municipality is None or plan.figures:
        return plan
    size = size or Size()
    sets = plan.some_sets(size.shown)
    today = Today(plan.municipality, plan.levers(0), sets, plan.town_beside())
    made = kept(today, size)
    own = plan.source["municipality"]
    return plan.changed(municipality={**own, "found": made.found, "figures": made.figures})


def seen(file: Path, *, quick: bool = False, parameters: str | None = None) -> Iterator[str]:
    """What Kring makes of a municipality, line by line.

    Parameters
    ----------
    file : Path
        Its figures, or a study that has it.
    quick : bool
        Live few towns, to see that all works.
    parameters : str, optional
        Other strengths than those of the study, or than the usual ensemble.

    Raises
    ------
    KringError
        If there is no such file, or it has no municipality.
    """
    plan = plan_with(file, parameters)
    plan = with_its_town(plan, SMALL if quick else None)
    every = Municipality()
    yield every.title()
    yield ""
    yield from every.lines(plan, every.table(plan, {}))


def plan_with(file: Path, parameters: str | None) -> Plan:
    """The plan of a study with a municipality, or of one made of a file with its figures."""
    if "policies" in toml_of(file)[1]:
        plan = load(file, Options(parameters=parameters))
    else:
        start = {"parameters": start_from(parameters)} if parameters else {}
        plan = plan_of({"municipality": told_in(file), "policies": [{"name": "today"}], **start})
    if plan.municipality is None:
        raise KringError(f"{file} has no [municipality]: nothing is told of one there")
    return plan


def kept(today: Today, size: Size) -> Made:
    """What was found before, or is found now."""
    folder = cache_folder()
    beside = [(one.name, one.fingerprint()) for one in loaded()]
    which = digest([code(), size, repr(today), *beside])
    path = (folder / f"municipality_{which}.json") if folder else None
    if path and path.is_file():
        return read(path)
    with tqdm(desc="your municipality", unit=" towns", leave=False, dynamic_ncols=True) as progress:
        made = make(today, size, progress.update)
    if path:
        write_json(path, made._asdict())
    return made


def read(path: Path) -> Made:
    """What a file holds of a municipality."""
    content: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return Made(**content)
