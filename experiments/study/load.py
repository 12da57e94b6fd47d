"""Loading: a study file is read, checked and resolved; messages name file, line and key."""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from kring.experiments.study.as_tables import as_tables
from kring.experiments.study.checks import check
from kring.experiments.study.extensions import allow, if_of_extension, named, only
from kring.experiments.study.files import find, folder_name
from kring.experiments.study.messages import first_error
from kring.experiments.study.options import Options
from kring.experiments.study.plan import Plan
from kring.experiments.study.quantities import KINDS
from kring.experiments.study.spec import Study
from kring.experiments.study.taken_up import taken_up
from kring.experiments.study.toml_file import toml_of
from kring.experiments.study.toml_lines import line_of
from kring.simulation.errors import KringError, shown
from kring.simulation.extensions import Extension
from kring.simulation.own_municipality import OwnMunicipality
from kring.simulation.settings import Settings

MOST_RUNS = 200_000  # eight times the largest study that comes with Kring
TABLES: dict[str, type[Settings]] = KINDS | {"municipality": OwnMunicipality}
HEADINGS = {kind: f"[{kind}]" for kind in TABLES} | {"policy": "[[policies]]"}


def read_study(
    study: str | Path | Mapping[str, object],
    *,
    large: bool = False,
    extensions: Iterable[str | Path | Extension] = (),
) -> Plan:
    """The plan of a study: a file, one of Kring's own by name, or its keys as a mapping.

    Parameters
    ----------
    study : str, Path or mapping
        A file (.toml); the name of a study that comes with Kring; or the keys of one, with values
        as `Study` takes them.
    large : bool
        Whether more than 200,000 runs are meant.
    extensions : iterable of str, Path or Extension
        What the study may use: extensions, files such as ``visitors.py``, or names of installed
        ones. They are imported; those that the study names are loaded. What is loaded already it
        may use too.

    Returns
    -------
    Plan
        For `run_study`.

    Raises
    ------
    KringError
        In one line, for what cannot be read or makes no sense, and for more than 200,000 runs
        unless these are meant.

    Examples
    --------
    >>> plan = read_study("ten_hours")
    >>> len(plan.policies), len(plan.runs)
    (3, 1200)
    """
    allow(extensions)
    if not isinstance(study, str | Path | Mapping):
        raise KringError(
            f"{shown(study)} is no study to be read: give a file, a name or keys; a kring.Study "
            "has its plan already, study.plan"
        )
    if isinstance(study, Mapping):
        return plan_of(as_tables(study), large=large)
    return load(find(str(study)), Options(large=large))


def load(path: Path, options: Options | None = None) -> Plan:
    """The plan of a study file.

    Parameters
    ----------
    path : Path
        The file.
    options : Options, optional
        What is otherwise than in the file: size, seeds, set of strengths.

    Raises
    ------
    KringError
        In one line with file, line and key, for what cannot be read or makes no sense.
    """
    study, options = read(path), options or Options()
    return plan_of(options.applied_to(study), large=options.large)


def plan_of(content: Mapping[str, Any], *, large: bool = False) -> Plan:
    """The plan of a study whose keys are given as a mapping.

    Raises
    ------
    KringError
        In one line, for what makes no sense, and for more than `MOST_RUNS` unless ``large``.
    """
    with named_alone(content, Path()):
        try:
            study = taken_up({"name": "study", **content}, Path())
            check(study)
        except (ValidationError, KringError) as error:
            raise KringError(if_stray(*first_error(error, Study), Path())) from None
        plan = Plan(study)
    if not large:
        see_size(plan)
    return plan


@contextmanager
def named_alone(content: Mapping[str, Any], beside: Path) -> Iterator[None]:
    """Load the extensions that a study names; while it is read nothing else takes part.

    Raises
    ------
    KringError
        For one that isn't allowed.
    """
    wanted = named(content, beside)
    for one in wanted:
        one.load()
    with only(wanted):
        yield


def see_size(plan: Plan) -> None:
    """Refuse more runs than one asks for but by mistake.

    Raises
    ------
    KringError
        For more than `MOST_RUNS`.
    """
    if len(plan.runs) <= MOST_RUNS:
        return
    policies, points, seeds = len(plan.design.policies), len(plan.points), len(plan.seeds)
    places = f", municipalities: {plan.country.municipalities:,}" if plan.country else ""
    fewer = "vary fewer values, or draw points (design)" if points > seeds else "ask fewer seeds"
    raise KringError(
        f"{len(plan.runs):,} runs (policies: {policies:,}, points: {points:,}, seeds: {seeds:,}"
        f"{places}) are more than {MOST_RUNS:,}: {fewer}; if all are meant, say so with --large "
        "(large=True in Python)"
    )


def read(path: Path) -> Study:
    """A study file as it is, checked."""
    text, content = toml_of(path)
    name = content.get("name") or folder_name(path.stem)
    with named_alone(content, path.parent):
        try:
            study = taken_up({**content, "name": name}, path.parent)
            check(study)
        except (ValidationError, KringError) as error:
            keys, message = first_error(error, Study)
            line = line_of(text, keys, message)
            place = f"{path}, line {line}" if line else str(path)
            raise KringError(f"{place}: {if_stray(keys, message, path.parent)}") from None
    return study


def if_stray(keys: tuple[str, ...], message: str, beside: Path) -> str:
    """The message, or a better one where a key stands in another table than its own."""
    told = if_of_extension(message, beside, 'write extensions = ["{}"] above the first [table]')
    if told != message:
        return told
    named = re.search(r"(?:no key|has no|vary\.\w+: no) '(\w+)'; ", message)
    if not named:
        return message
    start = message[: named.end()]
    if named[1] in Study.model_fields:
        return f"{start}it is a key of the whole study and stands above the first [table]"
    is_varied = keys[:1] == ("vary",)
    for kind, known in (KINDS if is_varied else TABLES).items():
        if named[1] in known.declared():
            heading = f"[vary.{kind}]" if is_varied else HEADINGS[kind]
            return f"{start}it stands under {heading}"
    return message


def check_plan(given: object) -> None:
    """Refuse what is no plan.

    Raises
    ------
    KringError
        With where a plan comes from.
    """
    if not isinstance(given, Plan):
        raise KringError(
            "give a plan: kring.read_study(...) makes it of a file or of keys; of a kring.Study "
            "it is study.plan"
        )
