"""Invented clients in a file: an example of a table of one's own, in which nobody is real."""

from pathlib import Path

from kring.experiments.execution.files import write_text
from kring.simulation.errors import KringError, nearest
from kring.simulation.own_clients.invented import HOUSEHOLDS, invented
from kring.simulation.town import Town

PARTED = {"en": ",", "nl": ";"}  # by what cells are parted where that language is spoken


def write_invented(path: Path, clients: int, seed: int, town: str, language: str) -> None:
    """Write a table of invented clients.

    Parameters
    ----------
    path : Path
        The file, in CSV, that is made.
    clients, seed, town
        How many, and in which town they are drawn.
    language : str
        Language of the headers: ``en`` or ``nl``.

    Raises
    ------
    KringError
        If the file is there already or cannot be written, and for another language.
    """
    if language not in HOUSEHOLDS:
        raise KringError(f"no language {language!r}; {nearest(language, HOUSEHOLDS)}")
    if path.exists():
        raise KringError(f"{path} is there already, and it may be of real people; name another")
    if path.suffix != ".csv":
        raise KringError(f"{path}: the table is written as CSV; name it {path.with_suffix('.csv')}")
    people = Town.preset(town, clients=clients, weeks_before=0)
    table = invented(people, seed, language)
    text = table.to_csv(index=False, sep=PARTED[language], lineterminator="\n")
    try:
        write_text(path, text)
    except OSError as error:
        raise KringError(f"cannot write {path}: {error.strerror}") from None
