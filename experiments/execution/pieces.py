"""Pieces: those of a large town are kept as they come, and become one run when all are there.

They are kept as plain arrays of NumPy, which hold numbers and can't run anything.
"""

import io
import zipfile
from collections.abc import Iterable
from typing import Any

import numpy as np

from kring.experiments.execution import disk
from kring.experiments.execution.store import PIECES, Part, Store
from kring.experiments.execution.worker import Output, measured
from kring.experiments.study.plan import Plan
from kring.experiments.study.run_spec import RunSpec
from kring.simulation.beside import Beside, loaded
from kring.simulation.errors import KringError
from kring.simulation.records import Records
from kring.simulation.result import Result

COUNTS = ("weeks", "n_ties", "n_professionals", "start")
LISTS = ("weekly", "spread", "municipality", "episodes", "before", "own")


def kept_pieces(store: Store, key: str, pieces: int) -> dict[int, Part]:
    """The files of the pieces of a run that are there, by number."""
    named = {name_of(piece, pieces): piece for piece in range(pieces)}
    parts = (part for part in store.listed(PIECES) if part.batch == key)
    return {named[part.holds]: part for part in parts if part.holds in named}


def name_of(piece: int, pieces: int) -> str:
    """What a piece is called in the name of its file."""
    return f"{piece:02d}-of-{pieces:02d}"


def missing(plan: Plan, run: RunSpec, key: str, store: Store) -> Iterable[RunSpec]:
    """The pieces of a run that are still to be executed; those that are torn as well.

    Of people of one's own nothing is kept, so that their town is lived in one go.
    """
    if plan.pieces == 1 or plan.has_own_clients:
        yield run
        return
    found = kept_pieces(store, key, plan.pieces).items()
    whole = {piece for piece, part in found if part.read() is not None}
    absent = [piece for piece in range(plan.pieces) if piece not in whole]
    for piece in absent or [plan.pieces - 1]:  # the last one again has them joined
        yield run._replace(piece=piece)


def keep_piece(plan: Plan, run: RunSpec, key: str, output: Output, store: Store) -> Output | None:
    """Keep a piece; the whole run once all its pieces are there, else None."""
    assert output.records is not None
    store.write(key, name_of(output.piece, plan.pieces), as_arrays(output.records), PIECES)
    files = kept_pieces(store, key, plan.pieces)
    if len(files) < plan.pieces:
        return None
    return join(plan, run, [files[piece] for piece in range(plan.pieces)])


def forget_pieces(store: Store, key: str) -> None:
    """Take the records of a run's pieces away once the run is kept."""
    for part in store.listed(PIECES):
        if part.batch == key:
            disk.remove(part.path)


def join(plan: Plan, run: RunSpec, files: list[Part]) -> Output:
    """A run from the records of its pieces."""
    setup = plan.setup(run)
    records = Records.join([read_records(file) for file in files])
    result = Result.of(records, setup.policy, setup.parameters, setup.seed, 0.0)
    return measured(plan, run.number, setup, result)


def as_arrays(records: Records) -> bytes:
    """Records as an archive of plain arrays."""
    arrays: dict[str, Any] = {name: np.array(getattr(records, name)) for name in COUNTS}
    for name in LISTS:
        arrays |= {f"{name}.{i}": part for i, part in enumerate(getattr(records, name))}
    arrays |= {f"kept.{week}": rows for week, rows in records.kept.items()}
    arrays |= {f"cohorts.{year}.{weeks}": r for (year, weeks), r in records.cohorts.items()}
    content = io.BytesIO()
    np.savez(content, clients=records.clients, town=np.array([records.town]), **arrays)
    return content.getvalue()


def read_records(file: Part) -> Records:
    """The records of a piece.

    Raises
    ------
    KringError
        If they are torn; they are set aside, to be executed again.
    """
    content = file.read()
    try:
        if content is not None:
            return records_of(content)
    except (KeyError, ValueError, OSError, EOFError, zipfile.BadZipFile):
        disk.remove(file.path)
    raise KringError(
        f"{file.path.name} is torn and is taken away: give the same command to live it again"
    ) from None


def records_of(content: bytes) -> Records:
    """The records in an archive of plain arrays."""
    with np.load(io.BytesIO(content), allow_pickle=False) as found:
        numbered = [name.partition(".") for name in found.files if "." in name]
        fields: dict[str, Any] = {name: int(found[name]) for name in COUNTS}
        for name in LISTS:
            parts = sum(one[0] == name for one in numbered)
            fields[name] = [found[f"{name}.{i}"] for i in range(parts)]
        rows = {
            (name, *map(int, number.split("."))): found[f"{name}.{number}"].view(np.recarray)
            for name, _, number in numbered
            if name in ("kept", "cohorts")
        }
        return Records(
            **fields,
            kept={key[1]: part for key, part in rows.items() if key[0] == "kept"},
            cohorts={key[1:]: part for key, part in rows.items() if key[0] == "cohorts"},
            clients=found["clients"].view(np.recarray),
            town=found["town"].view(np.recarray)[0],
            met={},  # the plan knows what was met
            teams={},
            panels={},
            beside=Beside.of(loaded()),  # what the plan needs takes part while it is lived
        )
