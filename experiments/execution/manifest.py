"""The manifest: all that a result came from, enough to repeat it to the byte, and what is in it.

It is the only place where it is known which files are Kring's. It is read here alone, checked
against its schema and its own checksum, for a result may come from anybody.
"""

import contextlib
import json
import platform
import shlex
import sys
from collections.abc import Iterable
from datetime import datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Annotated, Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from kring.experiments.execution.arithmetic import arithmetic
from kring.experiments.execution.files import checksum, write_json
from kring.experiments.study.fingerprint import code
from kring.experiments.study.messages import first_error
from kring.experiments.study.plan import Plan
from kring.experiments.study.texts import printable
from kring.simulation.errors import KringError

MANIFEST = "manifest.json"
TIMING = "timing.json"  # Kring's too, but not the same in two runs, so no manifest lists it
AGAIN = "give its study's command again; what is whole is not lived again"
FileName = Annotated[str, StringConstraints(pattern=r"^[^./\\:\x00-\x1f][^/\\:\x00-\x1f]*$")]
Checksum = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
PACKAGES = ("kring", "mesa", "numba", "numpy", "pandas", "pyarrow", "matplotlib", "scipy", "SALib")


@cache
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


class OfEnsemble(BaseModel):
    """What an ensemble of a study was when it was run."""

    model_config: ClassVar[ConfigDict] = ConfigDict(frozen=True, extra="forbid", strict=True)
    name: str
    digest: str
    model: str
    evidence: str
    sets: list[int]


class StartedFrom(BaseModel):
    """All values that a study starts from; those of ensembles by what they are."""

    model_config: ClassVar[ConfigDict] = ConfigDict(frozen=True, extra="allow", strict=True)
    ensembles: dict[str, OfEnsemble] = {}


class OfExtension(BaseModel):
    """What an extension of a study was when it was run."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
    version: str
    fingerprint: str


class Manifest(BaseModel):
    """All that a result came from, and what Kring wrote of it; frozen, other keys are refused.

    The same wherever it was executed, and if it was interrupted.
    """

    model_config: ClassVar[ConfigDict] = ConfigDict(frozen=True, extra="forbid", strict=True)
    command: str = Field(description="The command that made it.")
    study: dict[str, Any] = Field(description="The study, as its file has it.")
    settings: StartedFrom = Field(description="All values that it starts from.")
    seeds: list[int] = Field(min_length=1, description="Seeds of the towns.")
    points: int = Field(ge=1, description="Points of the design.")
    runs: int = Field(ge=1, description="Runs of the study.")
    failed: int = Field(ge=0, description="Runs that failed.")
    code: str = Field(description="Fingerprint of the code that the numbers come from.")
    python: str = Field(description="Version of Python.")
    platform: str = Field(description="System and processor.")
    packages: dict[str, str] = Field(description="Versions of packages.")
    extensions: dict[str, OfExtension] = Field({}, description="Extensions that took part.")
    files: dict[FileName, Checksum] = Field({}, description="Files of the result, with checksums.")
    checksum: str = Field("", description="Checksum of all that stands above.")

    @classmethod
    def of(cls, plan: Plan, failed: int) -> Self:
        """The manifest of a result of a plan, of which no file is written yet."""
        command = without_options(["kring", *sys.argv[1:]], "--engine", "--workers")
        return cls(
            command=printable(shlex.join(command)),
            study=as_in_json(plan.source),
            settings=as_in_json(settings_of(plan)),
            seeds=list(plan.all_seeds),
            points=len(plan.points),
            runs=len(plan.runs),
            failed=failed,
            extensions={
                one.name: OfExtension(version=one.version, fingerprint=one.fingerprint)
                for one in plan.extensions
            },
            **machine(),
        )

    def with_files(self, folder: Path, names: Iterable[str]) -> Self:
        """The same, with these files of a folder besides those that it has."""
        new = {name: checksum((folder / name).read_bytes()) for name in names}
        return self.model_copy(update={"files": dict(sorted({**self.files, **new}.items()))})

    def left_out(self) -> set[str]:
        """What isn't written: extensions where none took part, as before there were any."""
        return {"checksum"} if self.extensions else {"checksum", "extensions"}

    def own_checksum(self) -> str:
        """What its checksum is if nobody has changed it."""
        return checksum(self.model_dump_json(exclude=self.left_out()).encode())

    def write(self, folder: Path) -> None:
        """Write it into the folder of its result."""
        content = self.model_dump(exclude=self.left_out())
        write_json(folder / MANIFEST, {**content, "checksum": self.own_checksum()})

    def is_whole(self, folder: Path, name: str) -> bool:
        """Whether a file is there as Kring wrote it."""
        try:
            return checksum((folder / name).read_bytes()) == self.files.get(name)
        except OSError:
            return False

    def content(self, folder: Path, name: str) -> bytes:
        """What is in a file of the result.

        Raises
        ------
        KringError
            If Kring wrote no such file, it isn't there, or somebody changed it.
        """
        path = folder / name
        if name not in self.files:
            raise KringError(f"{path} is not of this result: {MANIFEST} does not name it")
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            raise KringError(f"{path} is not there: {AGAIN}") from None
        except OSError as error:
            raise KringError(f"cannot read {path}: {error.strerror}") from None
        if checksum(content) != self.files[name]:
            raise KringError(f"{path} is not as Kring wrote it ({last_written(path)}): {AGAIN}")
        return content


def as_in_json(value: Any) -> Any:
    """A value as JSON has it, so that what is read is the same as what was written."""
    return json.loads(json.dumps(value, default=str))


def last_written(path: Path) -> str:
    """When a file was written last, and by whom where the system knows."""
    when = datetime.fromtimestamp(path.stat().st_mtime).strftime("%Y-%m-%d %H:%M")
    with contextlib.suppress(KeyError, NotImplementedError, OSError):
        return f"last written {when} by {path.owner()}"
    return f"last written {when}"


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a result.

    Raises
    ------
    KringError
        If the folder is no result of Kring, or somebody changed its manifest.
    """
    path = folder / MANIFEST
    try:
        found = Manifest.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        raise KringError(f"{folder} is no result of Kring: it has no {MANIFEST}") from None
    except OSError as error:
        raise KringError(f"cannot read {path}: {error.strerror}") from None
    except ValidationError as error:
        first = error.errors()[0]
        what = first_error(error, Manifest)[1] if first["loc"] else first["msg"]
        raise KringError(f"{path} is no manifest of Kring: {what}") from None
    if found.checksum != found.own_checksum():
        raise KringError(
            f"{path} is not as Kring wrote it ({last_written(path)}): give its study's command "
            "again in another folder"
        )
    return found
