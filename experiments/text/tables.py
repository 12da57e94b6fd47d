"""Tables of a page, in words: what an analysis or a reading shows of its numbers."""

from typing import NamedTuple

import pandas as pd


class PageTable(NamedTuple):
    """A table in words: its title, what the columns are, and its rows.

    Attributes
    ----------
    title : str
        What stands above it.
    head : list of str
        Names of the columns.
    rows : list of list of str
        Their words, a list a row.

    Examples
    --------
    >>> PageTable.of("Policies", pd.DataFrame({"policy": ["as now"], "cost": [12.5]}))
    PageTable(title='Policies', head=['policy', 'cost'], rows=[['as now', '12.5']])
    """

    title: str
    head: list[str]
    rows: list[list[str]]

    @classmethod
    def of(cls, title: str, table: pd.DataFrame) -> "PageTable":
        """A table of words as the page shows it."""
        return cls(title, [*table.columns], table.astype(str).to_numpy().tolist())


class Section(NamedTuple):
    """What the page shows of an analysis: its title, what its tables mean, the tables, remarks.

    Attributes
    ----------
    title, note : str
        What it is about, and what its tables mean.
    tables : list of PageTable
        The tables.
    remarks : list of str
        Sentences below them.

    Examples
    --------
    >>> Section("Cost", "EUR per client.", [], ["Nobody is dearer."]).remarks
    ['Nobody is dearer.']
    """

    title: str
    note: str
    tables: list[PageTable]
    remarks: list[str]
