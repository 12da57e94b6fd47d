"""Cells of a table of clients: read as what they tell, or named by row and column."""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from kring.simulation.errors import KringError, alike, nearest
from kring.simulation.field import N_DOMAINS, PARENTING, YOUTH
from kring.simulation.own_clients.columns import (
    COLUMNS,
    ID,
    NOT_KNOWN,
    YES_OR_NO,
    Column,
    names,
    plain,
)
from kring.simulation.told import NOT_TOLD, TOLD, WITH, WITHOUT

if TYPE_CHECKING:
    import pandas as pd

IMPOSSIBLE = -9
NUMBER = re.compile(r"[+-]?[0-9]{1,9}([.,][0-9]{1,9})?")
DECIMALS = re.compile(r"[+-]?[0-9]{1,9}([.,][0-9]{1,18})?(e-[0-9]{1,3})?")
WHOLE = re.compile(r"[+-]?[0-9]+\.0")  # as pandas writes a whole number beside an empty cell
SHOWN, LETTERS = 3, 24  # wrong cells in a message, and letters of each
LONGEST = 60  # letters of a header that are looked at
OF_FAMILIES = (PARENTING, YOUTH)
OF_ADULTS = [domain for domain in range(N_DOMAINS) if domain not in OF_FAMILIES]


class Wrong(NamedTuple):
    """A cell that cannot be: its place in the table, the header above it, and why.

    What its column takes is looked up for those that are shown only: there may be many.
    """

    place: int
    header: str
    why: str
    column: Column | None = None

    def in_words(self) -> str:
        """Why it cannot be."""
        return self.why if self.column is None else impossible(self.why, self.column)


def told_in(
    table: "pd.DataFrame", name: str, *, in_any_order: bool = True
) -> tuple[np.ndarray, np.ndarray]:
    """What a table tells: a row a client of `TOLD`, and the id of each where the table has them.

    Parameters
    ----------
    table : DataFrame
        A row a client; the index says what each row is called.
    name : str
        What the table is called.
    in_any_order : bool
        Whether the order of rows tells nothing: they come in one that it doesn't change.

    Raises
    ------
    KringError
        For columns that aren't known, and for wrong cells: how many there are, and the first.
    """
    headers = headers_of(table, name, COLUMNS)
    texts = {column: Texts.of(table.iloc[:, place]) for column, (place, _) in headers.items()}
    there = where_something(texts, [ID], len(table))
    if not there.any():
        raise KringError(f"{name} has headers and no clients: a row a client is wanted")
    rows, wrong = np.full(len(table), NOT_TOLD, TOLD), []
    for column, one in texts.items():
        header = str(headers[column][1])
        if column == ID:
            wrong += wrong_ids(one, there, header)
            continue
        kind = COLUMNS[column]
        values, slips = one.read(kind)
        into = rows["level"][:, kind.domain] if kind.domain >= 0 else rows[kind.field]
        into[:] = values - (1 if kind.field == "entry_week" else 0) * (values != NOT_TOLD)
        wrong += [Wrong(place, header, text, kind) for place, text in slips]
    called = {COLUMNS[column].field: str(header) for column, (_, header) in headers.items()}
    wrong += list(contradictions(rows, there, called))
    if wrong:
        raise KringError(in_words(wrong, table.index, name))
    rows = rows[there]
    ids = texts[ID].every()[there] if ID in texts else np.zeros(0, object)
    if not in_any_order:
        return rows, ids
    order = in_order(ids if len(ids) else [row.tobytes().hex() for row in rows])
    return np.ascontiguousarray(rows[order]), ids[order] if len(ids) else ids


def where_something(texts: "Mapping[str, Texts]", named: Iterable[str], rows: int) -> np.ndarray:
    """In which rows anything stands; where it is a name, ``-`` is something."""
    there = np.zeros(rows, bool)
    for column, one in texts.items():
        there |= ~one.where(is_nothing if column not in named else "".__eq__)
    return there


def headers_of(
    table: "pd.DataFrame", name: str, columns: Mapping[str, Column]
) -> dict[str, tuple[int, Any]]:
    """Which column of the table is which: its place, and its header as it stands there.

    Raises
    ------
    KringError
        For a header that isn't known, or stands there twice.
    """
    known = names(columns)
    found: dict[str, tuple[int, Any]] = {}
    for place, header in enumerate(table.columns):
        column = known.get(plain(str(header)[:LONGEST]))
        if column is None:
            raise KringError(
                f"{name}: no column is called {short(header)}; {near(header, columns)}"
            )
        if column in found:
            raise KringError(
                f"{name}: the columns {short(found[column][1])} and {short(header)} tell the same; "
                "leave one of them out"
            )
        found[column] = place, header
    return found


def near(header: Any, columns: Mapping[str, Column]) -> str:
    """What to say of a header that isn't known."""
    every = [called for name, column in columns.items() for called in (name, column.nl)]
    word = plain(str(header)[:LONGEST])
    if alike(word, every):
        return nearest(word, every)
    return f"known are {', '.join(columns)}, in English or Dutch; leave out what else there is"


def short(value: Any) -> str:
    """A cell as it stands in a message, cut short."""
    text = str(value)
    shown = "".join(sign if sign.isprintable() else "?" for sign in text[:LETTERS])
    return repr(shown + "..." * (len(text) > LETTERS))


class Texts(NamedTuple):
    """A column as texts: each that there is, once, and which of them stands in each row."""

    unique: list[str]
    codes: np.ndarray

    @classmethod
    def of(cls, column: "pd.Series") -> "Texts":
        """The texts of a column of any kind."""
        import pandas as pd

        try:
            codes, unique = pd.factorize(column, use_na_sentinel=False)
        except TypeError:  # lists and the like
            codes, unique = pd.factorize(column.map(text_of), use_na_sentinel=False)
        return cls([text_of(value) for value in unique], codes)

    def every(self) -> np.ndarray:
        """The text of each row."""
        texts: np.ndarray = np.array(self.unique, object)[self.codes]
        return texts

    def where(self, is_so: Callable[[str], bool]) -> np.ndarray:
        """In which rows something is so of the text."""
        found: np.ndarray = np.array([is_so(text) for text in self.unique], bool)[self.codes]
        return found

    def read(self, column: Column) -> tuple[np.ndarray, list[tuple[int, str]]]:
        """What each row tells, and the places of cells that cannot be, with their text."""
        values = np.array([value_of(text, column) for text in self.unique])[self.codes]
        wrong = np.flatnonzero(values == IMPOSSIBLE)
        return values, [(int(place), self.unique[self.codes[place]]) for place in wrong]


def text_of(value: Any) -> str:
    """A cell as a text: a whole number without a point, nothing where nothing is known."""
    if isinstance(value, str):
        text = value.strip()
        return text[:-2] if WHOLE.fullmatch(text) else text
    if isinstance(value, bool | np.bool_):
        return "yes" if value else "no"
    if isinstance(value, float | np.floating) and float(value).is_integer():
        return str(int(value))
    text = str(value)
    is_nan = np.isscalar(value) and value != value
    return "" if value is None or is_nan or text in ("<NA>", "NaT") else text


def is_nothing(text: str) -> bool:
    """Whether a cell says that nothing is known."""
    if len(text) > LETTERS or text[:1].isdigit() or text[-1:].isdigit():  # soon: there are many
        return False
    return plain(text) in NOT_KNOWN


def value_of(text: str, column: Column) -> float:
    """What a cell tells; `IMPOSSIBLE` if nothing can be made of it."""
    if is_nothing(text):
        return NOT_TOLD
    text = text[: LETTERS + 1]  # nothing that is known is longer
    is_age = column.field == "age"
    if column.high and (DECIMALS if column.has_decimals or is_age else NUMBER).fullmatch(text):
        number = float(text.replace(",", "."))
        if is_age:
            number = float(int(number))  # years that are full
        fits = column.has_decimals or number.is_integer()
        if fits and column.low <= number <= column.high:
            return number
    word = plain(text)
    return column.words.get(YES_OR_NO.get(word, word), IMPOSSIBLE)


def impossible(text: str, column: Column) -> str:
    """Why a cell cannot be, and what its column takes."""
    text = text[: LETTERS + 1]
    return f"{short(text)} is not possible{what_is_possible(text, column)}"


def what_is_possible(text: str, column: Column) -> str:
    """What a column takes, beside a cell that it doesn't."""
    if text.startswith(("=", "+", "@")):
        return ", it is a formula; put its value there"
    if not column.high:
        return f"; {nearest(plain(text), column.words)}"
    if column.field == "entry_week" and re.fullmatch(r"\d+[-/.]\d+[-/.]\d+.*", text):
        return ", it is a date; the number of the week is wanted, 1 for the first"
    if meant := alike(plain(text), column.words):
        return f"; did you mean {meant[0]!r}?"
    words = ", or yes, no" if column.domain >= 0 else ""
    whole = "" if column.has_decimals else "whole "
    return f": a {whole}number from {column.low} to {column.high}{words}, or nothing"


def wrong_ids(ids: Texts, there: np.ndarray, header: str) -> list[Wrong]:
    """Rows without an id of their own."""
    every, first, wrong = ids.every(), {}, []
    for place in np.flatnonzero(there):
        text = every[place]
        if not text:
            wrong.append(Wrong(int(place), header, "it is empty: each client has an id, or none"))
        elif text in first:
            wrong.append(Wrong(int(place), header, f"{short(text)} stands there twice"))
        first[text] = place
    return wrong


def contradictions(rows: np.ndarray, there: np.ndarray, called: dict[str, str]) -> Iterator[Wrong]:
    """Rows whose cells can't go together; what one cell says of another is taken over."""
    children, some, level = rows["children"], rows["with_children"], rows["level"]
    header = called.get("children", called.get("with_children", ""))
    for place in np.flatnonzero((children == 0) & (some == WITH)):
        yield Wrong(int(place), header, "no children beside a household with children")
    for place in np.flatnonzero((children > 0) & (some == WITHOUT)):
        yield Wrong(int(place), header, "children beside a household without")
    some[children == 0], some[children > 0] = WITHOUT, WITH
    for_children = (level[:, OF_FAMILIES] > 0).any(axis=1)
    for place in np.flatnonzero(for_children & (some == WITHOUT)):
        yield Wrong(int(place), header, "no children beside a problem of parenting or youth")
    some[for_children & (some == NOT_TOLD)] = WITH
    children[some == WITHOUT] = 0
    settled = (level[:, OF_ADULTS] == 0).all(axis=1) & ~for_children
    closed = (level[:, OF_FAMILIES] == 0).all(axis=1) | (some != WITH)
    for place in np.flatnonzero(settled & closed & there):
        yield Wrong(int(place), "all domains", "no problem at all: leave a cell empty if not known")


def in_words(wrong: list[Wrong], index: Any, name: str) -> str:
    """How many cells are wrong, and the first of them."""
    wrong = sorted(wrong, key=lambda one: one.place)
    shown = "; ".join(
        f"row {index[one.place]}, {one.header}: {one.in_words()}" for one in wrong[:SHOWN]
    )
    many = f"{len(wrong):,} wrong cells, such as " if len(wrong) > 1 else ""
    return f"{name}: {many}{shown}"


def in_order(keys: Any) -> np.ndarray:
    """An order by a hash of what is each client's own: the same however the rows stand."""
    order: np.ndarray = np.argsort(hashes(keys))
    return order


def hashes(keys: Any) -> np.ndarray:
    """A number for each key."""
    found = [hashlib.blake2b(str(key).encode(), digest_size=8).digest() for key in keys]
    return np.array([int.from_bytes(one) for one in found], np.uint64)
