"""Towns lived in node, with the module and the JavaScript that a page has."""

import json
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest

from kring.experiments.explore.facts import MODULE, Strengths, facts
from kring.simulation.ensemble import Ensemble, of_its_town
from kring.simulation.living import Run
from kring.simulation.parameters import Parameters
from kring.simulation.phase_in import Start
from kring.simulation.policy import Policy
from kring.simulation.result import Result
from kring.simulation.rows import CLIENT, row_type
from kring.simulation.run import run_in, simulate
from kring.simulation.town import Town

RUNNER = Path(__file__).with_name("lived_in_node.mjs")
TODAY, AT_ONCE = Policy(), Start()
needs_node = pytest.mark.skipif(shutil.which("node") is None, reason="there is no node here")


class Asked(NamedTuple):
    """A town, with what strengths, which of them, and what it meets."""

    town: str
    set: str
    seed: int
    levers: dict[str, float]
    more: dict[str, Any] = {}  # noqa: RUF012


class Both(NamedTuple):
    """What came of it in node, and in Python."""

    answer: dict[str, Any]
    rows: np.ndarray
    stands: Run
    result: Result


def some_sets() -> dict[str, Strengths]:
    """The fitted set, and one of either end of the ensemble."""
    found: dict[str, Strengths] = {"fitted": (Parameters(), {})}
    for corner in ("sceptical", "hopeful"):
        ensemble = Ensemble.load(corner)
        found[corner] = ensemble.at(int(ensemble.sets.index[0]))
    return found


def lived(
    towns: Mapping[str, Town], sets: Mapping[str, Strengths], weeks: int, asked: Sequence[Asked],
    folder: Path, start: Start = AT_ONCE, module: Path = MODULE / "kring.wasm",
) -> list[Both]:  # fmt: skip
    """Live the same towns in node and in Python."""
    about = folder / "facts.json"
    about.write_text(json.dumps(facts(towns, sets, weeks, TODAY, [start])))
    questions = [{**one._asdict(), **one.more, "weeks": weeks} for one in asked]
    (folder / "asked.json").write_text(json.dumps(questions))
    command = ["node", RUNNER, module, about, folder / "asked.json", folder]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    answers = json.loads((folder / "answers.json").read_text())
    return [
        Both(answers[i], rows(folder / f"{i}.rows"), *in_python(towns, sets, weeks, one, start))
        for i, one in enumerate(asked)
    ]


def rows(path: Path) -> np.ndarray:
    """The clients' rows as node had them in memory."""
    return np.frombuffer(path.read_bytes(), row_type(CLIENT))


def in_python(
    towns: Mapping[str, Town], sets: Mapping[str, Strengths], weeks: int, one: Asked, start: Start
) -> tuple[Run, Result]:
    """The same in Python: the town as it stands, and what comes of it."""
    parameters, else_so = sets[one.set]
    town = towns[one.town]
    here = town.replace(**of_its_town(else_so, town))
    stands = run_in(here, TODAY, weeks, one.seed, parameters=parameters, threads=1)
    chosen = TODAY.replace(**one.levers)
    return stands, simulate(stands, chosen, weeks, phase_in=start.phase_in, threads=1)
