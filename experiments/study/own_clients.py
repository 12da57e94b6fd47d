"""Clients of one's own in a study: of their tables it holds the hash, and memory what they tell.

A worker gets what they tell with the plan; no result, store or manifest does. Of tables that lie in
no file this process keeps the cells, so that they can be written beside the study's file.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from kring.experiments.study.spec import Study, TownTable
from kring.simulation.errors import KringError
from kring.simulation.own_clients import OwnClients, read_clients
from kring.simulation.own_clients.files import CLIENTS, TIES, from_csv

if TYPE_CHECKING:
    import pandas as pd

OF_PEOPLE = ("clients", "clients_from", "clients_sha256", "ties_from", "ties_sha256")
ROWS = {rows.of: rows for rows in (CLIENTS, TIES)}
FILES = {of: f"{of}.csv" for of in ROWS}  # what those are called that lie in no file yet
_read: dict[tuple[str, str], OwnClients] = {}  # in this process, by the hashes of both tables


def keep(told: OwnClients | None) -> None:
    """Keep in memory what tables tell, with their cells where these lie in no file."""
    if told is not None and (told.cells or told.key not in _read):
        _read[told.sha256, told.ties_sha256] = told


def keys_of(told: OwnClients) -> dict[str, str | int]:
    """What a study says of its own clients: how many, and the names and hashes of their files.

    A table that lies in no file has the name that it gets beside the study's.
    """
    keep(told)
    of_clients = {"clients_from": told.file or FILES[CLIENTS.of], "clients_sha256": told.sha256}
    of_ties = {"ties_from": told.ties_file or FILES[TIES.of], "ties_sha256": told.ties_sha256}
    return {"clients": len(told), **of_clients, **(of_ties if told.ties_sha256 else {})}


def without_people(town: dict[str, Any]) -> dict[str, Any]:
    """The keys of a town without those that say who its clients are, and how many."""
    return {name: value for name, value in town.items() if name not in OF_PEOPLE}


def in_no_file(told: OwnClients, town: dict[str, Any]) -> "dict[str, pd.DataFrame]":
    """The tables that lie in no file yet, by the name that a study has for them.

    Parameters
    ----------
    told : OwnClients
        What they tell.
    town : dict
        The keys of the study's town.

    Raises
    ------
    KringError
        For people of whom no file would tell what they tell.
    """
    if not told.cells and not told.file:
        raise KringError(
            "town: no table of its people is here to be written; of a generator write those that "
            "people_from(...) gives, and take Town.from_table('mine.csv')"
        )
    found = {of: one for of, one in told.cells.items() if town.get(f"{of}_from") == FILES[of]}
    again = {of: from_csv(Path(FILES[of]), as_text(one), ROWS[of]) for of, one in found.items()}
    same = read_clients(
        again.get(CLIENTS.of, town["clients_from"]), again.get(TIES.of, town.get("ties_from"))
    )
    if not (np.array_equal(same.rows, told.rows) and np.array_equal(same.ties, told.ties)):
        raise KringError("town: as CSV its table of clients tells something else than as it is")
    return {FILES[of]: one for of, one in found.items()}


def as_text(table: "pd.DataFrame") -> str:
    """A table as it stands in a file whose hash is its own."""
    text: str = table.to_csv(index=False)
    return text


def with_own_clients(study: Study, beside: Path) -> Study:
    """The study with the hashes of the tables of clients and ties that it names, and their number.

    Parameters
    ----------
    study : Study
        The study.
    beside : Path
        The folder in which it stands.

    Raises
    ------
    KringError
        In one line, for what is no such table.
    """
    town, has_number = study.town, "clients" in study.town.changes()
    if not town.clients_from or (town.clients_sha256 and has_number):  # it was read before
        return study
    if has_number:
        raise KringError("town.clients: the table in clients_from says how many; leave it out")
    try:
        told = read_clients(found(town.clients_from, beside), found(town.ties_from, beside))
    except KringError as error:
        is_of_ties = town.ties_from and Path(town.ties_from).name in str(error)
        raise KringError(f"town.{'ties' if is_of_ties else 'clients'}_from: {error}") from None
    hashes = {"clients": told.sha256, "ties": told.ties_sha256}
    for of, sha256 in hashes.items():
        name, wanted = getattr(town, f"{of}_from"), getattr(town, f"{of}_sha256")
        if name and wanted not in ("", sha256):
            raise KringError(f"town.{of}_sha256: {name} isn't that table: its hash is {sha256}")
    keep(told)
    keys = town.model_dump(exclude_unset=True) | {"clients": len(told)}
    keys |= {f"{of}_sha256": sha256 for of, sha256 in hashes.items() if sha256}
    return study.model_copy(update={"town": TownTable.model_validate(keys)})


def found(name: str, beside: Path) -> Path | None:
    """The file of this name, beside a study or where one is; none where there is no name."""
    if not name:
        return None
    return beside / name if (beside / name).is_file() else Path(name)


def own_clients(study: Study) -> OwnClients | None:
    """What the tables of a study tell; None where it has none, or where it isn't in memory."""
    return _read.get((study.town.clients_sha256, study.town.ties_sha256))


def must_be_here(study: Study) -> None:
    """See that what the tables of a study tell is in memory, before anything is lived.

    Raises
    ------
    KringError
        If one is nowhere to be read, or isn't the table any more that it was.
    """
    town = study.town
    if not town.clients_sha256 or own_clients(study) is not None:
        return
    for of, name in (("clients", town.clients_from), ("ties", town.ties_from)):
        if name and not Path(name).is_file():
            raise not_as_it_was(of, name, "isn't here", getattr(town, f"{of}_sha256"))
    told = read_clients(town.clients_from, town.ties_from or None)
    if told.sha256 != town.clients_sha256:
        raise not_as_it_was("clients", town.clients_from, "has changed since", town.clients_sha256)
    if told.ties_sha256 != town.ties_sha256:
        raise not_as_it_was("ties", town.ties_from, "has changed since", town.ties_sha256)
    keep(told)


def not_as_it_was(of: str, name: str, what: str, sha256: str) -> KringError:
    """What to say of a table that isn't there as it was."""
    return KringError(
        f"the table of {of} {name} {what}, and no result holds it: give the command in the "
        f"folder that has it as it was (sha256 {sha256[:16]}...)"
    )
