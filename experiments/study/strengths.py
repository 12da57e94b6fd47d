"""Strengths of a study: an ensemble's sets, one of them, or a single named set; and changes to it.

Of an ensemble of one's own the study itself holds the text, so that a worker elsewhere, or whoever
repeats it, needs no file.
"""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from kring.experiments.study.spec import Study
from kring.experiments.study.texts import check_texts
from kring.simulation.beside import loaded
from kring.simulation.ensemble import HEAD, USUAL, Ensemble, split, strengths_named
from kring.simulation.errors import KringError
from kring.simulation.parameters import Parameters

PAIRED = ("sobol", "morris")  # their points are laid beside each other, so all live the same set
ROTATED = "latin hypercube"  # each point is a future, with a set of its own
MANY, TOWNS_A_SET = 200, 2  # two towns a set tell chance from strengths
TOWNS = 10  # of a single set


def named(study: Study) -> list[str]:
    """The sets and ensembles that a study names, the one for all policies first."""
    found = [study.parameters.preset or USUAL]
    found += [str(one.parameters["preset"]) for one in study.policies if "preset" in one.parameters]
    return list(dict.fromkeys([*found, *map(str, study.vary.parameters.get("preset", ()))]))


def with_ensembles(study: Study, beside: Path) -> Study:
    """The study with the text of the ensembles of one's own that it names.

    Raises
    ------
    KringError
        If one lies neither beside the study nor where one is.
    """
    texts = dict(study.ensembles)
    for name in {split(preset)[0] for preset in named(study)}:
        if name.endswith(".csv") and name not in texts:
            file = beside / name if (beside / name).is_file() else Path(name)
            try:
                texts[name] = file.read_text("utf-8")
            except OSError:
                raise KringError(f"parameters: no file {file} to read an ensemble from") from None
    return study.model_copy(update={"ensembles": texts}) if texts else study


def ensemble_of(study: Study, preset: str) -> Ensemble | None:
    """The ensemble of this name; none where the name is that of a single set.

    Raises
    ------
    KringError
        If there is neither.
    """
    name, corner = split(preset)
    if name in study.ensembles:
        return _own(Path(name).stem, study.ensembles[name], corner)
    found = _by_name(preset)
    return found if isinstance(found, Ensemble) else None


def sets_lived(study: Study, preset: str) -> list[int]:
    """Numbers of the sets that are lived of an ensemble; empty for a single set."""
    ensemble = ensemble_of(study, preset)
    if ensemble is None:
        return []
    if chosen := study.parameters.chosen():
        return chosen
    if study.sets is None and study.vary.design in PAIRED:
        return [_central(ensemble)]
    enough = study.vary.points if study.vary.design == ROTATED else MANY
    return ensemble.some(study.sets or enough)


def towns_a_set(study: Study) -> int:
    """How many towns are drawn for each set."""
    alone = all(len(sets_lived(study, preset)) < 2 for preset in named(study))
    return study.seeds or (TOWNS if alone else TOWNS_A_SET)


def start(study: Study, preset: str, number: int) -> tuple[Parameters, Mapping[str, float]]:
    """The strengths of a set, and what is so in its town; the central set if ``number`` is 0."""
    ensemble = ensemble_of(study, preset)
    if ensemble is None:
        return Parameters.preset(preset), {}
    return _at(ensemble, number or _central(ensemble), loaded())


def check_starts(study: Study) -> None:
    """Refuse what strengths cannot start from.

    Raises
    ------
    KringError
        For a name of no set and no ensemble, and a set that an ensemble has not.
    """
    for name in named(study):
        ensemble = ensemble_of(study, name)
        for number in study.parameters.chosen():
            if ensemble is None:
                raise KringError(f"set = {number}: {name!r} is a single set already")
            ensemble.at(number)


@lru_cache(maxsize=8)
def _own(name: str, text: str, corner: str) -> Ensemble:
    found = Ensemble.of(name, text)
    check_texts({key: getattr(found, key) for key in HEAD})
    return found.corner(corner) if corner else found


@lru_cache(maxsize=8)
def _by_name(preset: str) -> Parameters | Ensemble:
    return strengths_named(preset)


@lru_cache(maxsize=16)
def _central(ensemble: Ensemble) -> int:
    return ensemble.central()


@lru_cache(maxsize=1024)
def _at(ensemble: Ensemble, number: int, beside: Any) -> tuple[Parameters, Mapping[str, Any]]:
    return ensemble.at(number)
