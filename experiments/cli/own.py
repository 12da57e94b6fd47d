"""The commands `kring town`, `kring invent` and `kring calibrate`: on what is one's own.

A municipality's figures, a table of its clients, a survey among them.
"""

from pathlib import Path
from typing import Annotated

import typer

from kring.experiments.cli.options import (
    RESULTS,
    EngineName,
    MayTakePart,
    Out,
    ParameterSet,
    TakesPart,
    Workers,
    whole,
)
from kring.experiments.study.files import find


def town(
    file: Annotated[
        str,
        typer.Argument(help="File (.toml) with its figures, or a study that has it."),
    ],
    quick: Annotated[
        bool, typer.Option("--quick", help="Few towns, to see that all works.")
    ] = False,
    parameters: ParameterSet = None,
    extension: MayTakePart = None,
) -> None:
    """Show what Kring makes of your own municipality. Names what can't go together."""
    from kring.experiments.pipeline.own_municipality import seen

    for line in seen(find(file), quick=quick, parameters=parameters):
        print(line)


def invent(
    file: Annotated[Path, typer.Argument(help="The file that is made, such as example.csv.")],
    clients: Annotated[int, whole("--clients", 1, "Clients.", 100_000)] = 200,
    seed: Annotated[int, whole("--seed", 0, "Seed of the town.")] = 1,
    town: Annotated[str, typer.Option("--town", help="Name of a town.")] = "rotterdam",
    language: Annotated[str, typer.Option("--language", help="en or nl.")] = "en",
    ties: Annotated[
        Path | None, typer.Option("--ties", help="A file for their networks, such as ties.csv.")
    ] = None,
) -> None:
    """Write a table of invented clients. Shows what one of your own looks like."""
    from kring.experiments.pipeline.invented import write_invented

    write_invented(file, clients, seed, town, language, ties)
    print(f"{clients} invented clients, of whom nobody is real: {file}")


def calibrate(
    observations: Annotated[
        Path | None,
        typer.Argument(
            help="File (.toml) with a survey of your own; Kring's evidence if not given."
        ),
    ] = None,
    quick: Annotated[
        bool, typer.Option("--quick", help="Few sets, to see that all works.")
    ] = False,
    name: Annotated[str | None, typer.Option("--name", help="Name of the ensemble.")] = None,
    sets: Annotated[int | None, whole("--sets", 10, "Sets to keep.")] = None,
    draws: Annotated[
        int | None,
        whole("--draws", 20, "Sets drawn at first; three quarters as many in each later wave."),
    ] = None,
    waves: Annotated[int | None, whole("--waves", 1, "Waves at most.")] = None,
    clients: Annotated[int, whole("--clients", 50, "Clients of a town.")] = 600,
    check: Annotated[
        bool, typer.Option("--check", help="Check the sets by pyABC, and the method by ranks.")
    ] = False,
    out: Out = None,
    engine: EngineName = "auto",
    workers: Workers = None,
    extension: TakesPart = None,
) -> None:
    """Find sets of strengths that fit what was observed. Studies use them as an ensemble."""
    from kring.experiments.calibration.calibrate import calibration

    chosen = calibration(
        observations, quick=quick, name=name, sets=sets, draws=draws, waves=waves, clients=clients
    )
    folder = out or RESULTS / chosen.name
    print(chosen.run(folder, engine, workers, check=check))
    print(f"Ensemble, report, tables and figures: {folder}")
