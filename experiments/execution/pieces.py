"""Pieces: those of a large town are kept as they come, and become one run when all are there."""

import pickle
from collections.abc import Iterable
from pathlib import Path

from experiments.execution.files import write_whole
from experiments.execution.store import Store
from experiments.execution.worker import Output, measured
from experiments.study.plan import Plan, RunSpec
from simulation.errors import KringError
from simulation.records import Records
from simulation.result import Result


def file_of(store: Store, key: str, piece: int, pieces: int) -> Path:
    """Where the records of a piece are kept."""
    return store.parts / f"{key}.{piece:02d}-of-{pieces:02d}.records"


def missing(plan: Plan, run: RunSpec, key: str, store: Store) -> Iterable[RunSpec]:
    """The pieces of a run that are still to be executed."""
    if plan.pieces == 1:
        yield run
        return
    every = range(plan.pieces)
    absent = [k for k in every if not file_of(store, key, k, plan.pieces).is_file()]
    for piece in absent or [plan.pieces - 1]:  # the last one again has them joined
        yield run._replace(piece=piece)


def keep_piece(plan: Plan, run: RunSpec, key: str, output: Output, store: Store) -> Output | None:
    """Keep a piece; the whole run once all its pieces are there, else None."""
    files = [file_of(store, key, piece, plan.pieces) for piece in range(plan.pieces)]
    write_whole(files[output.piece], lambda aside: aside.write_bytes(pickle.dumps(output.records)))
    return join(plan, run, files) if all(file.is_file() for file in files) else None


def forget_pieces(store: Store, key: str) -> None:
    """Take the records of a run's pieces away once the run is kept."""
    for file in store.parts.glob(f"{key}.*.records"):
        file.unlink(missing_ok=True)


def join(plan: Plan, run: RunSpec, files: list[Path]) -> Output:
    """A run from the records of its pieces."""
    setup = plan.setup(run)
    records = Records.join([read_records(file) for file in files])
    result = Result.of(records, setup.policy, setup.parameters, setup.seed, 0.0)
    return measured(plan, run.number, setup, result)


def read_records(file: Path) -> Records:
    """The records of a piece.

    Raises
    ------
    KringError
        If they are torn; they are taken away, to be executed again.
    """
    try:
        found: Records = pickle.loads(file.read_bytes())
    except (pickle.UnpicklingError, EOFError, ValueError, AttributeError):
        file.unlink(missing_ok=True)
        raise KringError(
            f"{file.name} was torn and is taken away: give the same command to live it again"
        ) from None
    return found
