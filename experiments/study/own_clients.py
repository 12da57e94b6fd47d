"""Clients of one's own in a study: of their table it holds the hash, and memory what it tells.

A worker gets what it tells with the plan; no result, store or manifest does.
"""

from pathlib import Path

from kring.experiments.study.spec import Study, TownTable
from kring.simulation.errors import KringError
from kring.simulation.own_clients import OwnClients, read_clients

_read: dict[str, OwnClients] = {}  # in this process, by hash


def keep(told: OwnClients | None) -> None:
    """Keep in memory what a table tells."""
    if told is not None:
        _read[told.sha256] = told


def with_own_clients(study: Study, beside: Path) -> Study:
    """The study with the hash of the table of clients that it names, and their number.

    Parameters
    ----------
    study : Study
        The study.
    beside : Path
        The folder in which it stands.

    Raises
    ------
    KringError
        In one line, for what is no table of clients.
    """
    town, wanted = study.town, study.town.clients_sha256
    has_number = "clients" in town.changes()
    if not town.clients_from or (wanted and has_number):  # it was read before
        return study
    if has_number:
        raise KringError("town.clients: the table in clients_from says how many; leave it out")
    file = beside / town.clients_from
    try:
        told = read_clients(file if file.is_file() else Path(town.clients_from))
    except KringError as error:
        raise KringError(f"town.clients_from: {error}") from None
    if wanted not in ("", told.sha256):
        raise KringError(
            f"town.clients_sha256: {town.clients_from} isn't that table: its hash is {told.sha256}"
        )
    keep(told)
    keys = town.model_dump(exclude_unset=True)
    keys |= {"clients": len(told), "clients_sha256": told.sha256}
    return study.model_copy(update={"town": TownTable.model_validate(keys)})


def own_clients(study: Study) -> OwnClients | None:
    """What the table of a study tells; None where it has none, or where it isn't in memory."""
    return _read.get(study.town.clients_sha256)


def must_be_here(study: Study) -> None:
    """See that what the table of a study tells is in memory, before anything is lived.

    Raises
    ------
    KringError
        If it is nowhere to be read, or isn't the table any more that it was.
    """
    name, sha256 = study.town.clients_from, study.town.clients_sha256
    if not sha256 or sha256 in _read:
        return
    told = read_clients(name) if Path(name).is_file() else None
    if told is None or told.sha256 != sha256:
        what = "isn't here" if told is None else "has changed since"
        raise KringError(
            f"the table of clients {name} {what}, and no result holds it: give the command in the "
            f"folder that has it as it was (sha256 {sha256[:16]}...)"
        )
    keep(told)
