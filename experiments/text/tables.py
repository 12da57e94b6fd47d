"""Tables of a page, in words: what an analysis or a reading shows of its numbers."""

from typing import NamedTuple

import pandas as pd


class PageTable(NamedTuple):
    """A table in words: its title, what the columns are, and its rows."""

    title: str
    head: list[str]
    rows: list[list[str]]

    @classmethod
    def of(cls, title: str, table: pd.DataFrame) -> "PageTable":
        """A table of words as the page shows it."""
        return cls(title, [*table.columns], table.astype(str).to_numpy().tolist())


class Section(NamedTuple):
    """What the page shows of an analysis: its title, what its tables mean, the tables, remarks."""

    title: str
    note: str
    tables: list[PageTable]
    remarks: list[str]
