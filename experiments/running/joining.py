"""Joining: pieces of a large town are kept as they come, and become one run when all are there."""

import pickle
from collections.abc import Iterable
from pathlib import Path

from experiments.running.keeping import Unfinished, write_whole
from experiments.running.work import Lived, measured
from experiments.study.design import RunSpec, scene
from experiments.study.file import Study
from simulation.books import Books
from simulation.errors import KringError
from simulation.result import Result


def file_of(here: Unfinished, key: str, piece: int, pieces: int) -> Path:
    """Where the books of a piece are kept."""
    return here.parts / f"{key}.{piece:02d}-of-{pieces:02d}.books"


def missing(study: Study, run: RunSpec, key: str, here: Unfinished) -> Iterable[RunSpec]:
    """The pieces of a run that are still to be lived."""
    if study.pieces == 1:
        yield run
        return
    every = range(study.pieces)
    absent = [k for k in every if not file_of(here, key, k, study.pieces).is_file()]
    for piece in absent or [study.pieces - 1]:  # the last one again has them joined
        yield run._replace(piece=piece)


def keep_piece(
    study: Study, run: RunSpec, key: str, lived: Lived, here: Unfinished
) -> Lived | None:
    """Keep a piece; the whole run once all its pieces are there, else None."""
    files = [file_of(here, key, piece, study.pieces) for piece in range(study.pieces)]
    write_whole(files[lived.piece], lambda aside: aside.write_bytes(pickle.dumps(lived.books)))
    return join(study, run, files) if all(file.is_file() for file in files) else None


def forget_pieces(here: Unfinished, key: str) -> None:
    """Take the books of a run's pieces away once the run is kept."""
    for file in here.parts.glob(f"{key}.*.books"):
        file.unlink(missing_ok=True)


def join(study: Study, run: RunSpec, files: list[Path]) -> Lived:
    """A run from the books of its pieces."""
    at = scene(study, run)
    books = Books.join([read_books(file) for file in files])
    result = Result.of(books, at.policy, at.parameters, at.seed, 0.0)
    return measured(study, run.number, at, result)


def read_books(file: Path) -> Books:
    """The books of a piece.

    Raises
    ------
    KringError
        If they are torn; they are taken away, to be lived again.
    """
    try:
        return pickle.loads(file.read_bytes())
    except (pickle.UnpicklingError, EOFError, ValueError, AttributeError):
        file.unlink(missing_ok=True)
        raise KringError(
            f"{file.name} was torn and is taken away: give the same command to live it again"
        ) from None
