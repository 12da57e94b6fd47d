"""Calibrate: from what was observed to an ensemble of sets that fit it, and a report."""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from tqdm import tqdm

from kring.experiments.calibration.ensemble import FRESH, SPARE, kept
from kring.experiments.calibration.instruments import (
    Accompanied,
    ConferenceForAll,
    Observed,
    PublishedFigures,
)
from kring.experiments.calibration.own_survey import NAME, OwnSurvey, read
from kring.experiments.calibration.ranks import histogram, ranks
from kring.experiments.calibration.report import write_report
from kring.experiments.calibration.sequential import checked
from kring.experiments.calibration.unknowns import Unknown, unknowns
from kring.experiments.calibration.waves import Size, Waves, check_whole
from kring.experiments.execution.cells import as_csv
from kring.experiments.execution.engines import check_engine, engine_of
from kring.experiments.execution.files import write_json, write_whole
from kring.experiments.execution.interruption import Interrupted, remembered
from kring.experiments.execution.manifest import machine
from kring.experiments.execution.shared import written_into
from kring.experiments.extras import extra
from kring.experiments.study.extensions import Needed, allow, found, needed, only
from kring.experiments.study.fingerprint import digest
from kring.simulation.beside import loaded
from kring.simulation.errors import KringError, shown
from kring.simulation.extensions import Extension
from kring.simulation.town import Town

BEGUN = "calibration.json"
FEWEST_CLIENTS = 50  # of a town
SECONDS_A_SET = 0.2  # about; only says whether a pool of workers is worth its start
PUBLISHED, OWN, QUICK = Size(), Size(500, 400, 4, 100), Size(200, 150, 3, 20)
ABOUT = (
    "Sets of strengths that meet the published figures with role 'calibrate'.",
    "Sets van sterktes die de gepubliceerde cijfers halen waarop gekalibreerd wordt.",
)


class Calibration(NamedTuple):
    """A calibration that can be run.

    Attributes
    ----------
    name : str
        Name of the ensemble, and of its file.
    instrument : Observed
        What measures, and what was observed.
    unknown : sequence of Unknown
        What is calibrated.
    answers : ConferenceForAll
        What tells the sceptical sets from the hopeful ones.
    size : Size
        How many sets.
    about, about_nl : str
        What the ensemble is, in English and in Dutch.
    extensions : tuple of Needed
        What takes part beside Kring's own mechanisms.
    """

    name: str
    instrument: Observed
    unknown: Sequence[Unknown]
    answers: ConferenceForAll
    size: Size
    about: str
    about_nl: str
    extensions: tuple[Needed, ...] = ()

    def run(
        self,
        out: Path | str,
        engine: str = "auto",
        workers: int | None = None,
        *,
        check: bool = False,
    ) -> str:
        """Find sets that meet what was observed; write them as an ensemble, with a report.

        Parameters
        ----------
        out : Path or str
            Folder; what is simulated is kept in it, and the same call goes on from there.
        engine, workers
            As for a study.
        check : bool
            Whether to check the sets by sequential ABC, and the method by ranks.

        Returns
        -------
        str
            The result in a few sentences.

        Raises
        ------
        KringError
            If the folder holds another calibration, or no sets meet what was observed.
        Interrupted
            If interrupted; what was simulated is kept.
        """
        check_engine(engine)
        if not isinstance(out, str | Path):
            raise KringError(f"{shown(out)} is no folder: name one, such as 'results/mine'")
        out = Path(out)
        if check:
            extra("pyabc", "the check of a calibration", "calibration")
        self.begin(out)
        threads = extra("threadpoolctl", "a calibration", "calibration")
        total = self.size.simulated + int((1 + FRESH * SPARE) * self.size.sets)
        # Its matrices are small: several threads would wait for each other most of the time.
        with threads.threadpool_limits(1), only(map(found, self.extensions)), remembered():
            chosen = engine_of(engine, workers, SECONDS_A_SET * total)
            try:
                with tqdm(
                    total=total, desc=self.name, unit="set", smoothing=0.02, leave=False
                ) as bar:
                    measures = Accompanied(self.instrument, self.extensions, self.instrument.rows)
                    waves = Waves(measures, self.unknown, out, chosen, bar.update)
                    return self.finish(waves, out, check)
            except KeyboardInterrupt:
                raise Interrupted(
                    "interrupted; what was simulated is kept: the same command goes on from there"
                ) from None
            finally:
                chosen.close()

    def finish(self, waves: Waves, out: Path, check: bool) -> str:
        """Run the waves, choose the sets, and write what came of them."""
        waves.run(self.size)
        with written_into(out) as ready:
            try:
                sets = kept(waves, self.size.sets, Accompanied(self.answers, self.extensions))
            except KringError:
                write_report(waves, None, ready)  # tells what cannot be met
                raise
            write_whole(ready / "answers.csv", as_csv(sets.answers))
            took_part = ", ".join(one.name for one in self.extensions)
            made = sets.ensemble(self.name, self.about, self.about_nl, took_part)
            made.save(ready / f"{self.name}.csv")
            said = write_report(waves, sets, ready)
            if check:
                write_whole(ready / "ranks.csv", as_csv(histogram(ranks(waves))))
                write_whole(ready / "sequential.csv", as_csv(checked(waves, sets)))
        return said

    def begin(self, out: Path) -> None:
        """Say in the folder what is calibrated, so that only the very same goes on in it."""
        told: dict[str, Any] = {
            "observations": [row._asdict() for row in self.instrument.rows],
            "unknown": {one.name: [one.low, one.high] for one in self.unknown},
            "size": self.size._asdict(),
            "instrument": repr(self.instrument),
            **({"extensions": [one[:3] for one in self.extensions]} if self.extensions else {}),
            **machine(),
        }
        same = f'"digest": "{(mine := digest({**told, "packages": None}))}"'
        path = out / BEGUN
        if path.is_file() and same not in path.read_text(encoding="utf-8"):
            raise KringError(
                f"{out} holds another calibration, or one by other code: choose another folder "
                "with --out, or take it away"
            )
        if not path.is_file() and (out.is_file() or (out.is_dir() and any(out.iterdir()))):
            raise KringError(
                f"{out} is no calibration and not empty; choose another folder with --out"
            )
        out.mkdir(parents=True, exist_ok=True)
        write_json(path, {**told, "digest": mine})


def calibration(
    observations: Path | str | Mapping[str, object] | None = None,
    *,
    quick: bool = False,
    name: str | None = None,
    sets: int | None = None,
    draws: int | None = None,
    waves: int | None = None,
    clients: int = 600,
    only: Sequence[str] = (),
    extensions: Iterable[str | Path | Extension] = (),
) -> Calibration:
    """The calibration on a survey of one's own, or on the evidence that comes with Kring.

    Its `run(folder)` finds the sets and writes them as an ensemble, ``<name>.csv``, with a report.

    Parameters
    ----------
    observations : Path, str or mapping, optional
        A file with a survey, or its keys; the rows of the evidence with role `calibrate` if not
        given.
    quick : bool
        Few sets, to see that all works.
    name : str, optional
        Name of the ensemble.
    sets, draws, waves : int, optional
        Sets to keep, at least 10; sets drawn at first, at least 20, with three quarters as many in
        each later wave; and later waves at most. As `quick` says if not given.
    clients : int
        Clients of each simulated town, at least 50.
    only : sequence of str
        Quantities to calibrate; all that are not known, if empty.
    extensions : iterable of str, Path or Extension
        What takes part beside what is loaded already, with strengths of its own that are fitted
        too; it is imported and loaded.

    Returns
    -------
    Calibration
        With ``run(folder)``; `name`, `unknown` and `size` tell what it will do.

    Raises
    ------
    KringError
        For a file or keys that make no sense.

    Examples
    --------
    >>> planned = calibration(quick=True, only=["willing", "network_effect"])
    >>> planned.name, len(planned.unknown)
    ('calibrated', 2)
    """
    check_whole("clients", clients, FEWEST_CLIENTS)
    if isinstance(only, str):
        raise KringError(f"only = {shown(only)}: give names in a list, such as [{only!r}]")
    if name and not re.fullmatch(NAME, name):
        raise KringError(f"name = {shown(name)}: letters, numbers and the signs _ + - are wanted")
    for one in allow(extensions):
        one.load()
    beside = needed(one.name for one in loaded())
    usual = QUICK if quick else PUBLISHED if observations is None else OWN
    size = usual.changed(sets, draws, waves)
    if observations is None:
        town = Town()
        instrument: Observed = PublishedFigures(town, clients)
        return Calibration(
            name or "calibrated", instrument, unknowns(only), ConferenceForAll(town, clients), size,
            *ABOUT, beside,
        )  # fmt: skip
    seen = read(observations)
    survey = OwnSurvey.of(seen, clients)
    return Calibration(
        name or seen.name, survey, unknowns(only, known=seen.town),
        ConferenceForAll(survey.town, clients), size, seen.about, seen.about_nl,
        beside,
    )  # fmt: skip
