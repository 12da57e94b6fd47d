"""RO-Crate: metadata by which the folder of a result can be deposited and found."""

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kring.experiments.bridges.citation import cited, identifier, makers
from kring.experiments.execution.files import write_whole
from kring.experiments.execution.kept import folder_of, opened
from kring.experiments.execution.manifest import MANIFEST, Manifest
from kring.simulation.errors import KringError, shown

METADATA = "ro-crate-metadata.json"
PROFILE = "https://w3id.org/ro/crate/1.1"
FORMATS = {
    ".csv": "text/csv", ".json": "application/json", ".html": "text/html", ".png": "image/png",
    ".py": "text/x-python",
    ".svg": "image/svg+xml", ".txt": "text/plain", ".toml": "application/toml",
    ".parquet": "application/vnd.apache.parquet",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}  # fmt: skip


def write_ro_crate(folder: Path | str, *, author: str = "", license: str = "") -> Path:
    """Write the metadata of a result (RO-Crate 1.1) into its folder, so that it can be deposited.

    Parameters
    ----------
    folder : Path or str
        A result of `kring run`.
    author : str
        Who made it; an ORCID (``https://orcid.org/...``) where there is one.
    license : str
        Under which licence it is given, as an address.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    KringError
        For what is no result.

    Examples
    --------
    >>> write_ro_crate("results/futures", author="A. Researcher").name
    'ro-crate-metadata.json'
    """
    for name, given in (("author", author), ("license", license)):
        if not isinstance(given, str):
            raise KringError(f"{name} = {shown(given)}: a text is wanted")
    made, plan = opened(folder := folder_of(folder))
    graph = [*about_itself(), root(folder, made, plan.name, plan.question.en, author, license)]
    graph += [*files(folder, made), *how_it_was_made(made)]
    if author:
        graph.append({"@id": identifier(author), "@type": "Person", "name": author})
    content = {"@context": f"{PROFILE}/context", "@graph": graph}
    write_whole(folder / METADATA, json.dumps(content, indent=1, ensure_ascii=False).encode())
    return folder / METADATA


def about_itself() -> Iterator[dict[str, Any]]:
    """That this file is the metadata of the folder."""
    yield {
        "@id": METADATA,
        "@type": "CreativeWork",
        "conformsTo": {"@id": PROFILE},
        "about": {"@id": "./"},
    }


def root(
    folder: Path, made: Manifest, name: str, question: str, author: str, license: str
) -> dict[str, Any]:
    """The folder as a data set."""
    when = datetime.fromtimestamp((folder / MANIFEST).stat().st_mtime, UTC).date()
    about = {
        "@id": "./",
        "@type": "Dataset",
        "name": name,
        "description": question or f"Result of the study {name}",
        "datePublished": when.isoformat(),
        "hasPart": [{"@id": file} for file in [MANIFEST, *made.files]],
        "mentions": {"@id": "#run"},
    }
    if author:
        about["author"] = {"@id": identifier(author)}
    if license:
        about["license"] = {"@id": license}
    return about


def files(folder: Path, made: Manifest) -> Iterator[dict[str, Any]]:
    """Every file of the result, with its checksum."""
    for name, checksum in {MANIFEST: "", **made.files}.items():
        path = folder / name
        entity = {"@id": name, "@type": "File", "contentSize": str(path.stat().st_size)}
        if path.suffix in FORMATS:
            entity["encodingFormat"] = FORMATS[path.suffix]
        yield entity | ({"sha256": checksum} if checksum else {})


def references(entities: Iterable[dict[str, Any]]) -> list[dict[str, str]]:
    """What points to these entities."""
    return [{"@id": one["@id"]} for one in entities]


def how_it_was_made(made: Manifest) -> Iterator[dict[str, Any]]:
    """The command, and the software that ran it."""
    software: list[dict[str, Any]] = [
        {"@id": f"#{name}", "@type": "SoftwareApplication", "name": name, "version": version}
        for name, version in made.packages.items()
    ]
    for one in software:
        if one["name"] == "kring":
            one |= {"description": cited()["title"], "author": references(makers())}
    yield {
        "@id": "#run",
        "@type": "CreateAction",
        "name": made.command,
        "instrument": references(software),
        "result": [{"@id": file} for file in made.files],
    }
    yield from software
    yield from makers()
