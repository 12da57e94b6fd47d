"""Tables for people: CSV and a workbook, in whose cells no text is taken for a formula.

A spreadsheet runs what begins with a sign such as `=`, also behind a `;` where that parts columns,
as in Dutch. In CSV such text gets a `'` before it, which reading takes off again; in a workbook a
text is told to be one.
"""

import io
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

import pandas as pd
import xlsxwriter

SIGNS = "=+@\\-\\t\\r＝＋－＠"
RISKY = re.compile(rf"(^|[;\t])('*[{SIGNS}])")
MADE_SAFE = re.compile(rf"(^|[;\t])'('*[{SIGNS}])")
MOST_ROWS = 1_048_575  # of a sheet, below its heading
SHEET_NAME = 31  # letters at most


def safe(text: str) -> str:
    """A text that no spreadsheet takes for a formula.

    Examples
    --------
    >>> safe("=1+1"), safe("more; -5"), safe("'=1")
    ("'=1+1", 'more; -5', "''=1")
    """
    return RISKY.sub(r"\1'\2", text)


def as_it_was(text: str) -> str:
    """The text that was made safe.

    Examples
    --------
    >>> as_it_was("'=1+1"), as_it_was("'s avonds")
    ('=1+1', "'s avonds")
    """
    return MADE_SAFE.sub(r"\1\2", text)


def as_csv(table: pd.DataFrame) -> bytes:
    """A table as CSV."""
    text: str = in_text(table, safe).to_csv(index=False, float_format="%.6g", lineterminator="\n")
    return text.encode()


def from_csv(content: bytes, words: Mapping[str, type]) -> pd.DataFrame:
    """The table in the bytes of a CSV that Kring wrote; these columns hold words."""
    table = pd.read_csv(
        io.BytesIO(content), dtype=dict(words), keep_default_na=False, na_values=[""]
    )
    return in_text(table, as_it_was)


def in_text(table: pd.DataFrame, change: Callable[[str], str]) -> pd.DataFrame:
    """A table with its texts and the names of its columns changed."""

    def cell(value: Any) -> Any:
        return change(value) if isinstance(value, str) else value

    texts = [name for name, kind in table.dtypes.items() if not pd.api.types.is_numeric_dtype(kind)]
    changed = {name: table[name].map(cell) for name in texts}
    return table.assign(**changed).rename(columns=cell)


def as_workbook(tables: Mapping[str, pd.DataFrame]) -> bytes:
    """Tables as a workbook (.xlsx), a sheet each: the same tables give the same bytes.

    One with more rows than a sheet has is left out.
    """
    content = io.BytesIO()
    plain = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(content, plain) as book:
        book.set_properties({"created": datetime(2000, 1, 1, tzinfo=UTC)})
        bold = book.add_format({"bold": True})
        for name, table in tables.items():
            if len(table) > MOST_ROWS:
                continue
            sheet = book.add_worksheet(name[:SHEET_NAME])
            sheet.write_row(0, 0, list(map(str, table.columns)), bold)
            for i, row in enumerate(table.itertuples(index=False), 1):
                sheet.write_row(i, 0, ["" if pd.isna(cell) else cell for cell in row])
            sheet.freeze_panes(1, 0)
            sheet.autofit()
    return content.getvalue()
