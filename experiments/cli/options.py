"""Options of the command line, and how what is typed is read."""

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Annotated, Any

import typer

from kring.simulation.errors import KringError

RESULTS = Path("results")
NEXT_PAIR = re.compile(r",(?=[^,=]*=)")  # a comma within a number is none between pairs


def whole(name: str, low: int, does: str, high: float = float("inf")) -> Any:
    """An option that takes a whole number: 1.000 is none, for it may be a thousand."""

    def read(text: str | int) -> int:
        from kring.experiments.study.numbers import whole_number

        try:
            number = whole_number(str(text))
        except ValueError as error:
            raise typer.BadParameter(str(error)) from None
        if not low <= number <= high:
            bounds = f"at least {low}" if high == float("inf") else f"from {low} to {high}"
            raise typer.BadParameter(f"{number} is not possible: {bounds}")
        return number

    return typer.Option(name, parser=read, metavar="NUMBER", help=does)


StudyName = Annotated[str, typer.Argument(help="A study file (.toml), or a study of Kring's own.")]
Quick = Annotated[bool, typer.Option("--quick", help="A small version, to see that all works.")]
Large = Annotated[bool, typer.Option("--large", help="More than 200,000 runs are meant.")]
Out = Annotated[Path | None, typer.Option("--out", help="Folder for the results.")]
Seed = Annotated[int | None, whole("--seed", 0, "First seed.")]
Sets = Annotated[
    int | None,
    whole("--sets", 1, "Sets of the ensemble to live; usually 200."),
]
Seeds = Annotated[
    int | None,
    whole("--seeds", 1, "Towns to draw for each set; usually 2, of one set 10."),
]
Clients = Annotated[int | None, whole("--clients", 1, "Clients of the town.")]
ClientsFrom = Annotated[
    str | None,
    typer.Option(
        "--clients-from", help="A table of your own clients, such as mine.csv: a row a client."
    ),
]
TiesFrom = Annotated[
    str | None,
    typer.Option("--ties-from", help="A table of their networks, such as ties.csv: a row a tie."),
]
ParameterSet = Annotated[
    str | None,
    typer.Option(
        "--parameters",
        help="ensemble, its corners sceptical and hopeful, a file of your own such as my_city.csv; "
        "fitted, or the number of a set, for that one alone.",
    ),
]
EngineName = Annotated[
    str, typer.Option("--engine", help="here, processes or dask://host:port; auto chooses.")
]
Workers = Annotated[int | None, whole("--workers", 1, "Processes; as many as cores.")]


def allowed(given: list[str] | None) -> list[str] | None:
    """Let studies use these extensions, which are imported."""
    from kring.experiments.study.extensions import allow

    allow(given)
    return given


def taking_part(given: list[str] | None) -> list[str] | None:
    """Let all of these extensions take part, where no study says which it needs."""
    from kring.experiments.study.extensions import allow

    for one in allow(given):
        one.load()
    return given


def extensions(called: Callable[[list[str] | None], Any]) -> Any:
    """An option for extensions, and what is done with them."""
    return typer.Option(
        "--extension",
        callback=called,
        help="An extension that may take part: a file such as visitors.py, which is then run, or "
        "the name of an installed one. Once for each.",
    )


MayTakePart = Annotated[list[str] | None, extensions(allowed)]
TakesPart = Annotated[list[str] | None, extensions(taking_part)]


def no_file(folder: Path) -> Path:
    """Take the folder of a result, as long as it is no file."""
    if folder.is_file():
        raise KringError(f"{folder} is a file; give the folder of a result, such as results/first")
    return folder


AllowReading = Annotated[
    Path | None,
    typer.Option(
        "--allow-reading",
        help="Read the result with this Python file, which is then run: a reading of your own.",
    ),
]
Result = Annotated[Path, typer.Argument(help="Folder of a result.", callback=no_file)]


def assignments(pairs: Iterable[str]) -> dict[str, float | str]:
    """Read `name=value` pairs: values are numbers or words.

    Raises
    ------
    KringError
        For what is no such pair.
    """
    from kring.experiments.study.numbers import number_or_word

    found: dict[str, float | str] = {}
    for pair in pairs:
        name, sign, value = pair.partition("=")
        if not (name.strip() and sign and value.strip()):
            raise KringError(f"{pair!r} is not understood: write lever=value")
        found[name.strip()] = number_or_word(name.strip(), value.strip())
    return found


def named_policy(text: str, *more: str) -> dict[str, Any]:
    """A preset, with changes behind a colon: `wijkteam:mobilisation_hours=10,offer=1`, and more.

    It is called as people say it: `neighbourhood team, 10 hours for the network`.
    """
    from kring.experiments.text.phrases import policy_words

    preset, _, changes = text.partition(":")
    pairs = NEXT_PAIR.split(changes.rstrip(","))
    levers = assignments([*filter(None, pairs), *more])
    name = policy_words(preset, levers)
    return {"name": name.en, "nl": name.nl, "preset": preset, **levers}
