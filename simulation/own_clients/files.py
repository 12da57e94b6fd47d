"""Files with a table: CSV in any of its ways of writing, or Parquet, as texts cell by cell."""

import hashlib
import io
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kring.simulation.errors import KringError

if TYPE_CHECKING:
    import pandas as pd

MOST_BYTES = 100_000_000
MOST_COLUMNS = 200
UNNAMED = "__index_level_0__"  # what Parquet calls an index of pandas without a name
FIRST_ROW = 2  # below the headers, as a spreadsheet counts
PARQUET = b"PAR1"
NO_CSV = {  # how other files begin
    b"PK\x03\x04": "a workbook; save its sheet as CSV UTF-8",
    b"\xd0\xcf\x11\xe0": "an old workbook; save its sheet as CSV UTF-8",
    b"\xff\xfe": "a text in UTF-16; save it as CSV UTF-8",
    b"\xfe\xff": "a text in UTF-16; save it as CSV UTF-8",
    b"%PDF": "a PDF; the table itself is wanted, as CSV UTF-8",
}


class Rows(NamedTuple):
    """What the rows of a table are, and how many of them it may have."""

    of: str
    most: int

    @property
    def fewer(self) -> str:
        """What to say of a larger table."""
        return f"a table of {self.of} has at most {self.most:,} rows and {MOST_COLUMNS} columns"


CLIENTS = Rows("clients", 500_000)
TIES = Rows("ties", 5_000_000)


def sha256_of(content: "bytes | pd.DataFrame") -> str:
    """Hash of a file's bytes, or of a table as it would stand in one."""
    if not isinstance(content, bytes):
        content = content.to_csv(index=False).encode()
    return hashlib.sha256(content).hexdigest()


def cells_of(path: Path, rows: Rows) -> tuple[bytes, "pd.DataFrame"]:
    """What is in a file, and the table in it, whose index says what each row is called.

    Raises
    ------
    KringError
        In one line, if it cannot be read, is too large, or holds no table.
    """
    content = bytes_of(path, rows)
    if content.startswith(PARQUET):
        return content, from_parquet(path, content, rows)
    for start, what in NO_CSV.items():
        if content.startswith(start):
            raise KringError(f"{path} is {what}")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise KringError(f"{path} is no text in UTF-8: save it as CSV UTF-8") from None
    if "\0" in text:
        raise KringError(f"{path} is no table: CSV or Parquet is wanted, a row for each")
    return content, from_csv(path, text, rows)


def bytes_of(path: Path, rows: Rows) -> bytes:
    """What is in a file that isn't too large.

    Raises
    ------
    KringError
        If it cannot be read or is too large.
    """
    try:
        if not path.is_file():
            raise KringError(f"no file {path} to read {rows.of} from")
        with path.open("rb") as stream:
            content = stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise KringError(f"cannot read {path}: {error.strerror}") from None
    if len(content) > MOST_BYTES:
        raise KringError(f"{path} is larger than {MOST_BYTES:,} bytes; {rows.fewer}")
    return content


def from_csv(path: Path, text: str, rows: Rows) -> "pd.DataFrame":
    """The table in a text whose cells are parted by what its first line has most of."""
    import pandas as pd

    first = text.lstrip().partition("\n")[0]
    if not first:
        raise KringError(f"{path} is empty: a line of headers is wanted, and a row for each")
    sep = max(";,\t", key=first.count)
    if first.count(sep) >= MOST_COLUMNS:
        raise KringError(f"{path} has {first.count(sep) + 1:,} columns; {rows.fewer}")
    try:
        found = pd.read_csv(
            io.StringIO(text), sep=sep, header=None, dtype=str,
            na_filter=False, skip_blank_lines=False, nrows=rows.most + FIRST_ROW,
        )  # fmt: skip
    except (pd.errors.ParserError, ValueError) as error:
        raise KringError(f"{path} is no table: {str(error).strip().splitlines()[-1]}") from None
    if len(found) > rows.most + 1:
        raise KringError(f"{path} has more than {rows.most:,} rows; {rows.fewer}")
    headers, cells = found.iloc[0].fillna(""), found.iloc[1:]
    used = (headers != "") | (
        cells.fillna("") != ""
    ).any()  # a spreadsheet may end in empty columns
    cells = cells.loc[:, used].set_axis(headers[used].tolist(), axis="columns")
    cells.index = range(FIRST_ROW, FIRST_ROW + len(cells))
    return cells


def from_parquet(path: Path, content: bytes, rows: Rows) -> "pd.DataFrame":
    """The table in a file of Parquet, if it isn't larger than it seems."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(io.BytesIO(content))
        held = file.metadata
        size = sum(held.row_group(i).total_byte_size for i in range(held.num_row_groups))
        is_small = size <= 10 * MOST_BYTES and held.num_columns <= MOST_COLUMNS
        if held.num_rows > rows.most or not is_small:
            raise KringError(
                f"{path} has {held.num_rows:,} rows, {held.num_columns:,} columns and {size:,} "
                f"bytes; {rows.fewer}"
            )
        # Without what pandas notes of itself, an index is a column like others.
        found: pd.DataFrame = file.read().to_pandas(ignore_metadata=True)
    except KringError:
        raise
    except (pa.ArrowException, OSError, ValueError) as error:
        raise KringError(f"{path} is no Parquet that can be read: {str(error)[:80]}") from None
    found = found.drop(columns=UNNAMED, errors="ignore")
    found.index = range(FIRST_ROW, FIRST_ROW + len(found))
    return found
