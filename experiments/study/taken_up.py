"""What a study takes up as it is read: other files, and what it says in short, written out.

Behind this a study stands by itself: a worker elsewhere, or whoever repeats it, needs no file.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kring.experiments.study.own_clients import with_own_clients
from kring.experiments.study.own_design import with_design
from kring.experiments.study.spec import PolicyTable, Study
from kring.experiments.study.strengths import with_ensembles
from kring.experiments.study.toml_file import toml_of
from kring.experiments.study.toml_lines import line_of
from kring.simulation.errors import KringError
from kring.simulation.own_municipality import CONFERENCE, municipality_of
from kring.simulation.policy import Policy


def taken_up(content: Mapping[str, Any], beside: Path) -> Study:
    """The study of these keys, with what stands in other files or is said in short written out.

    Parameters
    ----------
    content : mapping
        The keys of a study.
    beside : Path
        The folder in which it stands.
    """
    keys = dict(content)
    if isinstance(file := keys.get("municipality"), str):
        keys["municipality"] = told_in(beside / file if (beside / file).is_file() else Path(file))
    study = Study.model_validate(keys)
    study = with_design(with_own_clients(with_ensembles(study, beside), beside), beside)
    return with_both_readings(with_conferences(study))


def told_in(path: Path) -> dict[str, Any]:
    """What a file tells of a municipality: its keys, or those of its table [municipality].

    Raises
    ------
    KringError
        In one line with file, line and key, for what cannot be.
    """
    text, content = toml_of(path)
    inner = content.get("municipality")
    told: dict[str, Any] = dict(inner) if isinstance(inner, dict) else content
    try:
        municipality_of(told)
    except KringError as error:
        named = [key for key in told if re.search(rf"\b{re.escape(key)}\b", str(error))][:1]
        above = ("municipality",) if told is inner else ()
        line = line_of(text, (*above, *named), str(error))
        raise KringError(f"{path}, line {line or 1}: {error}") from None
    return told


def with_conferences(study: Study) -> Study:
    """The study in which who enters a municipality for a conference gets one in any policy."""
    own = study.municipality
    if own is None or not own.told().get("conferences_a_year"):
        return study
    conference = {"preset": CONFERENCE}
    policies = [
        one if one.conference else one.model_copy(update={"conference": conference})
        for one in study.policies
    ]
    return study.model_copy(update={"policies": policies})


def with_both_readings(study: Study) -> Study:
    """The study in which a wish that can be read in two ways is two policies."""
    policies = [each for one in study.policies for each in readings(one)]
    if len(policies) == len(study.policies):
        return study
    return study.model_copy(update={"policies": policies})


def readings(policy: PolicyTable) -> list[PolicyTable]:
    """A policy, or the two that a conference from some problems on can mean."""
    if policy.conference_from is None:
        return [policy]
    keys = policy.model_dump(exclude_unset=True)
    problems = keys.pop("conference_from")
    return [
        PolicyTable.model_validate(
            {**start(problems), **keys, "name": f"{policy.name}, {name}",
             "nl": f"{policy.nl or policy.name}, {nl}"}
        )
        for name, nl, start in READINGS
    ]  # fmt: skip


def at_the_door(problems: float) -> dict[str, Any]:
    """The levers of a conference that is offered before a worker has come."""
    conference = Policy.preset(CONFERENCE)
    levers = ("offer", "independent_convener", "network_makes_plan", "mobilisation_hours")
    return {name: getattr(conference, name) for name in levers} | {"offer_from": problems}


def beside_the_team(problems: float) -> dict[str, Any]:
    """The levers of an independent coordinator's guidance after the talk."""
    return {"outside_guidance": 1.0, "outside_guidance_from": problems}


READINGS = (
    ("offered at the door", "aangeboden aan de deur", at_the_door),
    ("beside the team", "naast het team", beside_the_team),
)
