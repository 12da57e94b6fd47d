"""The report of a finished result, written anew."""

from collections.abc import Iterable
from pathlib import Path

from kring.experiments.casebook import reading_of
from kring.experiments.execution.kept import NOT_AS_WRITTEN, folder_of, not_as_written, opened
from kring.experiments.reading.base import Reading
from kring.experiments.reading.faults import told_as_its_own
from kring.experiments.report.page import write_pages
from kring.experiments.study.extensions import allow
from kring.experiments.study.needs import check_needs
from kring.simulation.errors import KringError
from kring.simulation.extensions import Extension


def write_report(
    folder: Path | str,
    reading: Reading | None = None,
    extensions: Iterable[str | Path | Extension] = (),
) -> list[Path]:
    """Write a finished result as a page in every language, into its folder.

    Parameters
    ----------
    folder : Path or str
        The folder of a result.
    reading : Reading, optional
        What reads it, in place of the casebook's reading of its study.
    extensions : iterable of str, Path or Extension
        What its study may use, as for `read_study`.

    Returns
    -------
    list of Path
        The pages.

    Raises
    ------
    KringError
        If the folder is no result, or its tables don't hold what a result of its study holds.

    Examples
    --------
    >>> [page.name for page in write_report("results/futures")]
    ['report.html', 'report_nl.html']
    """
    allow(extensions)
    folder = folder_of(folder)
    made, plan = opened(folder)
    check_needs(plan, reading.needs if reading else None)
    used = reading or reading_of(plan)
    try:
        with told_as_its_own(used):
            pages = write_pages(plan, used, made, folder)
    except KringError:
        raise
    except NOT_AS_WRITTEN as error:
        raise not_as_written(folder, error) from error
    made.with_files(folder, [page.name for page in pages]).write(folder)
    return pages
