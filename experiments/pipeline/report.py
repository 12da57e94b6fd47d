"""The report of a finished result, written anew."""

from pathlib import Path

from experiments.casebook import reading_of
from experiments.execution.kept import opened
from experiments.reading.base import Reading
from experiments.report.page import write_pages
from experiments.study.needs import check_needs


def write_report(folder: Path | str, reading: Reading | None = None) -> list[Path]:
    """Write a finished result as a page in every language, into its folder.

    Parameters
    ----------
    folder : Path or str
        The folder of a result.
    reading : Reading, optional
        What reads it, in place of the casebook's reading of its study.

    Returns
    -------
    list of Path
        The pages.

    Raises
    ------
    KringError
        If the folder is no result, or was not made from a study.
    """
    folder = Path(folder)
    made, plan = opened(folder)
    check_needs(plan, reading.needs if reading else None)
    pages = write_pages(plan, reading or reading_of(plan), made, folder)
    made.with_files(folder, [page.name for page in pages]).write(folder)
    return pages
