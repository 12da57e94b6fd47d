"""Invented clients in a file: an example of tables of one's own, in which nobody is real."""

from pathlib import Path

from kring.experiments.execution.files import write_text
from kring.simulation.errors import KringError, nearest
from kring.simulation.own_clients.invented import HOUSEHOLDS, invented, invented_ties
from kring.simulation.town import Town

PARTED = {"en": ",", "nl": ";"}  # by what cells are parted where that language is spoken


def write_invented(
    path: Path, clients: int, seed: int, town: str, language: str, ties: Path | None = None
) -> None:
    """Write a table of invented clients, and one of their networks if that is wanted.

    Parameters
    ----------
    path : Path
        The file, in CSV, that is made.
    clients, seed, town
        How many, and in which town they are drawn.
    language : str
        Language of the headers: ``en`` or ``nl``.
    ties : Path, optional
        The file, in CSV, of their networks.

    Raises
    ------
    KringError
        If a file is there already or cannot be written, and for another language.
    """
    if language not in HOUSEHOLDS:
        raise KringError(f"no language {language!r}; {nearest(language, HOUSEHOLDS)}")
    people = Town.preset(town, clients=clients, weeks_before=0)
    tables = {path: invented} | ({ties: invented_ties} if ties else {})
    for file in tables:
        if file.exists():
            raise KringError(f"{file} is there already, and it may be of real people; name another")
        if file.suffix != ".csv":
            name = file.with_suffix(".csv")
            raise KringError(f"{file}: the table is written as CSV; name it {name}")
    for file, of in tables.items():
        cells = of(people, seed, language)
        text = cells.to_csv(index=False, sep=PARTED[language], lineterminator="\n")
        try:
            write_text(file, text)
        except OSError as error:
            raise KringError(f"cannot write {file}: {error.strerror}") from None
