"""Runner: hands out the runs of a study and loses nothing.

What is finished is kept at once; what is left is handed out again when a worker dies; the same
command after an interruption goes on where it stopped and ends with the same bytes.
"""

import sys
from collections import deque
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from tqdm import tqdm

from experiments.running.engines import Engine
from experiments.running.interruption import stop_if_asked
from experiments.running.joining import forget_pieces, keep_piece, missing
from experiments.running.keeping import Unfinished
from experiments.running.work import Lived
from experiments.study.design import Keys, RunSpec, code, points, runs, size
from experiments.study.file import Study
from simulation.compiled import must_compile
from simulation.errors import KringError

SECONDS_A_CLIENT_WEEK = 4e-7  # about, on one core; only sizes the batches
SECONDS_A_RUN = 4e-3
BATCH_SECONDS = 2.0  # work that a dying worker loses
BATCHES = 2000  # at most, as far as batches of a minute allow
ATTEMPTS = 3
LOOK = 0.5  # seconds between looks at what has come back
QUIET = 20  # looks in which nothing came back, after which to ask the engine why


@dataclass(eq=False)
class Batch:
    """Some runs that are handed out together, and how often the worker died on them."""

    runs: list[RunSpec]
    died: int = 0

    def name(self, keys: dict[int, str]) -> str:
        """A name that says which runs these are."""
        text = "".join(f"{keys[run.number]}.{run.piece}" for run in self.runs)
        digest = sha256(text.encode()).hexdigest()[:8]
        return f"{self.runs[0].number:07d}-{digest}"


@dataclass
class Todo:
    """The runs of a study that are still to be lived.

    Attributes
    ----------
    every : list of RunSpec
        All runs of the study.
    keys : dict of int to str
        Key of each run, by its number.
    left : list of RunSpec
        Runs to live, or pieces of them: one for each key that is not kept yet.
    """

    every: list[RunSpec]
    keys: dict[int, str]
    left: list[RunSpec] = field(default_factory=list)

    @classmethod
    def of(cls, study: Study, here: Unfinished) -> "Todo":
        """What is left of a study when what is kept is taken off."""
        every, key = runs(study), Keys(study)
        keys = {run.number: key(run) for run in every}
        kept = here.finished(set(keys.values()), study.tables)
        done = set(kept.loc[kept["error"] == "", "key"])
        left = {}
        for run in every:
            if keys[run.number] not in done:
                left.setdefault(keys[run.number], run)
        pieces = [piece for key, run in left.items() for piece in missing(study, run, key, here)]
        return cls(every, keys, pieces)


def seconds(study: Study, todo: list[RunSpec]) -> float:
    """About how much work runs are, in seconds of one core."""
    sizes = {policy: size(study, run) for run in todo for policy in [run.policy]}
    return sum(sizes[run.policy] * SECONDS_A_CLIENT_WEEK + SECONDS_A_RUN for run in todo)


def batches(study: Study, todo: list[RunSpec]) -> deque[Batch]:
    """Runs in batches of about equal work; runs that meet the same people stand together."""
    at = points(study)
    people = [
        str([(n, v) for n, v in point.items() if not n.startswith("policy.")])
        if study.vary.design != "shapley" else ""
        for point in at
    ]  # fmt: skip

    def who(run: RunSpec) -> tuple:
        table = study.policies[run.policy]
        own = str((table.town, table.parameters)) if table.town or table.parameters else ""
        return (run.seed, run.municipality, people[run.point], own, run.number)

    whole = seconds(study, todo)
    each = min(60.0, max(BATCH_SECONDS, whole / BATCHES))
    n = max(1, round(each / (whole / max(len(todo), 1) + 1e-9)))
    ordered = sorted(todo, key=who)
    return deque(Batch(ordered[i : i + n]) for i in range(0, len(ordered), n))


class HandingOut:
    """The batches of a study on their way: waiting, out with workers, or suspect.

    A batch on which a worker died is a suspect: it goes out alone, so that blame is fair.
    """

    def __init__(self, study: Study, todo: Todo, here: Unfinished, engine: Engine) -> None:
        self.study, self.todo, self.here, self.engine = study, todo, here, engine
        self.waiting = batches(study, todo.left)
        self.suspects: deque[Batch] = deque()
        self.out: dict[Future, Batch] = {}

    def send(self, batch: Batch) -> None:
        """Hand out a batch."""
        self.out[self.engine.submit(self.study, batch.runs, code())] = batch

    def send_some(self, at_once: int) -> None:
        """Hand out as many batches as may be out at once; a suspect only when none is."""
        while self.waiting and len(self.out) < at_once:
            self.send(self.waiting.popleft())
        if not self.out and self.suspects:
            self.send(self.suspects.popleft())

    def take_back(self, future: Future) -> int:
        """Keep what a batch brought; returns its number of runs, 0 if its worker died."""
        batch = self.out.pop(future)
        lived = came_of(future, batch, self.engine, self.suspects)
        if lived:
            keep(self.study, self.todo, self.here, batch, lived)
        return len(lived or ())

    def take_back_what_is_done(self) -> None:
        """Keep what has come back, when there is no time to wait for more."""
        for future in [future for future in self.out if future.done()]:
            self.take_back(future)


def hand_out(
    study: Study, todo: Todo, here: Unfinished, engine: Engine, progress: Callable[[int], Any]
) -> None:
    """Have all runs lived that are left, and keep each batch as it comes back.

    Raises
    ------
    KringError
        If the engine is gone, or its workers have other code.
    """
    work = HandingOut(study, todo, here, engine)
    first = must_compile()  # one worker compiles, the others find it done
    quiet = 0
    try:
        while work.waiting or work.suspects or work.out:
            stop_if_asked()
            work.send_some(1 if first else engine.at_once)
            done, _ = wait(work.out, timeout=LOOK, return_when=FIRST_COMPLETED)
            quiet = 0 if done else quiet + 1
            if quiet == QUIET and (lacking := engine.lacks()):
                tqdm.write(f"kring: {lacking}; waiting.", file=sys.stderr)
            for future in done:
                progress(work.take_back(future))
            first = first and not done
    except KeyboardInterrupt:
        work.take_back_what_is_done()
        raise


def keep(study: Study, todo: Todo, here: Unfinished, batch: Batch, lived: list[Lived]) -> None:
    """Keep what a batch brought; pieces of a town wait for each other."""
    runs_ = [one for one in lived if one.books is None]
    for one in lived:
        if one.books is not None:
            run = todo.every[one.number]
            whole = keep_piece(study, run, todo.keys[one.number], one, here)
            runs_ += [whole] if whole else []
    if runs_:
        here.keep(batch.name(todo.keys), todo.keys, runs_)
    for one in runs_ if study.pieces > 1 else ():
        forget_pieces(here, todo.keys[one.number])


def came_of(
    future: Future, batch: Batch, engine: Engine, suspects: deque[Batch]
) -> list[Lived] | None:
    """What a batch brought; if its worker died, None, and it is tried again, at last run by run."""
    try:
        return future.result()
    except KringError:
        raise
    except (Exception, CancelledError) as error:
        engine.mend(error)
        batch.died += 1
        if batch.died < ATTEMPTS:
            suspects.append(batch)
            return None
        if len(batch.runs) > 1:
            suspects.extend(Batch([run], 1) for run in batch.runs)
            return None
        said = f"the worker died {ATTEMPTS} times on this run (out of memory?): {error}"
        return [Lived(batch.runs[0].number, {}, {}, said.replace("\n", " "))]
