"""The casebook, run small: each study as its command leaves it, once for all tests that read it."""

import io
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, redirect_stdout
from pathlib import Path
from typing import NamedTuple

import pytest

from kring.experiments.casebook.compare.study import comparison
from kring.experiments.cli import commands
from kring.experiments.pipeline.run import run_study
from kring.experiments.study import options
from kring.experiments.study.files import shipped
from kring.experiments.study.load import load
from kring.experiments.study.options import Options
from kring.experiments.study.plan import Plan
from tests.unspoken import also_unspoken

CASEBOOK = [name for name, path in shipped().items() if path.parent.name != "examples"]
ALONE = "rotterdam"  # lives one of the sets
LARGE = ("rotterdam", "swap_routes", "vignettes", "national_poll")  # the rare has to be in them
READ = (  # those with a reading of their own; they speak the language that nobody speaks as well
    "rotterdam", "swap_routes", "mechanisms", "savings", "vignettes", "national_poll",
    "integral_teams", "self_reliance", "outside_guidance", "compare",
)  # fmt: skip


class Found(NamedTuple):
    """What is left of a study: its folder, what was printed, and what figures say unspoken."""

    folder: Path
    printed: str
    drawn: list[str]

    @classmethod
    def of(cls, place: Path) -> "Found":
        """What lies at this place."""
        return cls(place / "out", *json.loads((place / "said.json").read_text("utf-8")))


def small(name: str) -> Plan:
    """A study that comes with Kring, made small; for compare, one of the command line's."""
    if name == "compare":
        policies = [{"name": p, "preset": p} for p in ("wijkteam", "eigen_kracht")]
        policies.append({"name": "wijkteam, offer=1", "preset": "wijkteam", "offer": 1})
        return comparison(policies, {"preset": "rotterdam", "clients": 150}, {}, weeks=60, sets=2)
    with fewer_municipalities():
        return load(shipped()[name], Options(quick=True, **few(name)))


def few(name: str) -> dict[str, int]:
    """What is fewer than in the small version that everybody has."""
    sets = {} if name == ALONE else {"sets": 2}
    return sets if name in LARGE else {**sets, "clients": 150}


@contextmanager
def fewer_municipalities() -> Iterator[None]:
    """A country of ten of them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(options, "QUICK_COUNTRY", {"municipalities": 10, "clients": 500})
        yield


def run_small(name: str, place: Path, catalogues: Path) -> None:
    """Run a study of the casebook by its command, and keep what was said beside the result."""
    place.mkdir()
    heard = also_unspoken(catalogues) if name in READ else nullcontext([])
    with heard as drawn, redirect_stdout(io.StringIO()) as printed:
        if name == "compare":
            run_study(small(name), place / "out", engine="here")
        else:
            words = [f"--{key}={value}" for key, value in few(name).items()]
            with fewer_municipalities():
                well(name, "--quick", *words, "--out", place / "out")
    (place / "said.json").write_text(json.dumps([printed.getvalue(), drawn]), "utf-8")


def well(*words: object) -> None:
    """Run a command here that ends well."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["kring", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            commands.main()
    assert ended.value.code == 0, words
