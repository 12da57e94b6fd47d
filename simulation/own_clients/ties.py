"""What a table of ties tells: read, or named by row and column."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from kring.simulation.errors import KringError
from kring.simulation.own_clients.cells import (
    Texts,
    Wrong,
    hashes,
    headers_of,
    in_words,
    is_nothing,
    short,
    text_of,
    where_something,
)
from kring.simulation.own_clients.columns import plain
from kring.simulation.own_clients.tie_columns import CLIENT, KNOWS, MEMBER, TIE_COLUMNS
from kring.simulation.rows import MAX_TIES
from kring.simulation.told import NOT_TOLD

if TYPE_CHECKING:
    import pandas as pd

TIE = np.dtype(
    [
        ("client", "i4"),  # by place in the table
        ("place", "i1"),  # in the network
        ("person", "i4"),
        ("is_named", "?"),
        ("kind", "i1"),
        ("state", "i1"),
        ("closeness", "f8"),
        ("spare_hours", "f8"),
        ("knows", "i4"),  # bits: places of others
        ("knows_told", "i4"),  # bits: of which others it is told
    ]
)
NO_TIES = np.zeros(0, TIE)
OF_A_TIE = ("kind", "state", "closeness", "spare_hours")
PARTS = re.compile(r"[;,|]")
KNOWS_NOBODY = ("none", "nobody", "no", "geen", "niemand", "nee")


def ties_in(table: "pd.DataFrame", name: str, ids: np.ndarray) -> np.ndarray:
    """What a table tells: a row a tie of `TIE`, in an order that no order of rows changes.

    Parameters
    ----------
    table : DataFrame
        A row a tie; the index says what each row is called.
    name : str
        What the table is called.
    ids : ndarray
        The id of each client.

    Raises
    ------
    KringError
        For columns that aren't known, and for wrong cells: how many there are, and the first.
    """
    headers = headers_of(table, name, TIE_COLUMNS)
    if CLIENT not in headers:
        raise KringError(f"{name} has no column {CLIENT!r}: it says whose network a row is of")
    if not len(ids):
        raise KringError(f"{name} names clients, and the table of clients has no column 'id'")
    every = {column: Texts.of(table.iloc[:, place]) for column, (place, _) in headers.items()}
    there = np.flatnonzero(where_something(every, [CLIENT], len(table)))
    if not len(there):
        return NO_TIES
    cells = Cells(
        {column: Texts(one.unique, one.codes[there]) for column, one in every.items()},
        {column: str(header) for column, (_, header) in headers.items()},
    )
    ties = np.full(len(there), NOT_TOLD, TIE)
    ties["knows"] = ties["knows_told"] = 0
    wrong = [*told_of_each(cells, ties), *who_they_are(cells, ties, ids)]
    if not wrong:
        ties, cells = in_networks(cells, ties)
        wrong = [*what_cannot_be(cells, ties), *who_knows_whom(cells, ties)]
        there = there[cells.rows]
    if wrong:
        placed = [one._replace(place=int(there[one.place])) for one in wrong]
        raise KringError(in_words(placed, table.index, name))
    return ties


class Cells(NamedTuple):
    """The texts of a table and its headers, and which of its rows these are."""

    texts: dict[str, Texts]
    headers: dict[str, str]
    rows: np.ndarray = np.zeros(0, int)

    def named(self, column: str, place: "int | np.integer") -> str:
        """A cell as it stands in a message."""
        one = self.texts[column]
        return short(one.unique[one.codes[place]])


def told_of_each(cells: Cells, ties: np.ndarray) -> Iterator[Wrong]:
    """Fill in what needs no other row."""
    for column, one in cells.texts.items():
        kind = TIE_COLUMNS[column]
        if column in (CLIENT, MEMBER, KNOWS):
            continue
        ties[kind.field], slips = one.read(kind)
        for place, text in slips:
            yield Wrong(place, cells.headers[column], text, kind)


def who_they_are(cells: Cells, ties: np.ndarray, ids: np.ndarray) -> Iterator[Wrong]:
    """Fill in the client and the person of each row, by number."""
    number = {str(one): place for place, one in enumerate(ids)}
    whose = cells.texts[CLIENT]
    ties["client"] = np.array([number.get(one, -1) for one in whose.unique], int)[whose.codes]
    for place in np.flatnonzero(ties["client"] < 0):
        text = whose.unique[whose.codes[place]]
        why = f"{short(text)} is no id of the table of clients" if text else "it is empty"
        yield Wrong(int(place), cells.headers[CLIENT], why)
    ties["is_named"], ties["person"] = False, np.arange(len(ties))
    if MEMBER not in cells.texts:
        return
    who = cells.texts[MEMBER]
    ties["is_named"] = ~who.where(is_nothing)
    ties["person"] = np.where(ties["is_named"], len(ties) + who.codes, ties["person"])
    for place in np.flatnonzero(who.where(number.__contains__)):
        why = (
            f"{cells.named(MEMBER, place)} is a client, who can't be in another's network too; if "
            "it is somebody else, give another name"
        )
        yield Wrong(int(place), cells.headers[MEMBER], why)


def in_networks(cells: Cells, ties: np.ndarray) -> tuple[np.ndarray, Cells]:
    """The ties client by client, each with its place, in an order that no order of rows changes."""
    import pandas as pd

    keys = np.zeros(len(ties), np.uint64)
    if MEMBER in cells.texts:
        who = cells.texts[MEMBER]
        keys = hashes(who.unique)[who.codes]
    unnamed = np.flatnonzero(~ties["is_named"])
    keys[unnamed] = hashes(zip(*(ties[name][unnamed].tolist() for name in OF_A_TIE), strict=True))
    order = np.lexsort((keys, ties["client"]))
    ties = ties[order]
    ties["person"] = pd.factorize(ties["person"])[0]
    starts = np.searchsorted(ties["client"], ties["client"])  # the first tie of the same client
    ties["place"] = np.minimum(np.arange(len(ties)) - starts, MAX_TIES)
    texts = {column: Texts(one.unique, one.codes[order]) for column, one in cells.texts.items()}
    return ties, cells._replace(texts=texts, rows=order)


def what_cannot_be(cells: Cells, ties: np.ndarray) -> Iterator[Wrong]:
    """Rows that can't go together."""
    import pandas as pd

    for place in np.flatnonzero(ties["place"] == MAX_TIES):
        many = np.count_nonzero(ties["client"] == ties["client"][place])
        why = f"{many} persons in the network of {cells.named(CLIENT, place)}, at most {MAX_TIES}"
        yield Wrong(int(place), cells.headers[CLIENT], why)
        break  # counted once, for there may be many
    table = pd.DataFrame({name: ties[name] for name in ("client", "person", "spare_hours")})
    for place in np.flatnonzero(table.duplicated(["client", "person"])):
        why = f"{cells.named(MEMBER, place)} stands there twice beside the same client"
        yield Wrong(int(place), cells.headers[MEMBER], why)
    told = table[table["spare_hours"] != NOT_TOLD]
    first = told.groupby("person")["spare_hours"].transform("first")
    for place in told.index[told["spare_hours"] != first]:
        why = f"{cells.named(MEMBER, place)} has another number of hours in another row"
        yield Wrong(int(place), cells.headers["spare_hours"], why)


def who_knows_whom(cells: Cells, ties: np.ndarray) -> Iterator[Wrong]:
    """Fill in who knows whom of each network: who is named by either, and nobody else."""
    if KNOWS not in cells.texts:
        return
    column, header = cells.texts[KNOWS], cells.headers[KNOWS]
    if MEMBER not in cells.texts:
        yield Wrong(0, header, f"it names persons, and there is no column {MEMBER!r}")
        return
    who = cells.texts[MEMBER]
    named = [names_in(one) for one in column.unique]
    told = np.array([one is not None for one in named], bool)[column.codes]
    code = {one: place for place, one in enumerate(who.unique)}
    of_network = {
        (client, person): place
        for place, (client, person) in enumerate(zip(ties["client"], who.codes, strict=True))
    }
    for row in np.flatnonzero(told):
        for one in named[column.codes[row]] or ():
            other = of_network.get((ties["client"][row], code.get(one, -1)))
            if other is None or other == row:
                why = f"{short(one)} is nobody else in this network; part names by ';'"
                yield Wrong(int(row), header, why)
                continue
            ties["knows"][row] |= 1 << int(ties["place"][other])
            ties["knows"][other] |= 1 << int(ties["place"][row])
    own = np.left_shift(1, ties["place"].astype(np.int64))
    _, client = np.unique(ties["client"], return_inverse=True)
    who_tell, all_there = np.zeros((2, client.max(initial=-1) + 1), np.int64)
    np.bitwise_or.at(who_tell, client, np.where(told, own, 0))
    np.bitwise_or.at(all_there, client, own)
    ties["knows_told"] = np.where(told, all_there[client], who_tell[client]) & ~own


def in_the_networks(ties: np.ndarray, rows: np.ndarray, name: str) -> None:
    """Tell the size of the networks that ties are told of, where the clients' table doesn't.

    Raises
    ------
    KringError
        If somebody has more ties than his or her network is told to have.
    """
    listed = np.bincount(ties["client"], minlength=len(rows))
    more = np.flatnonzero((rows["members"] != NOT_TOLD) & (listed > rows["members"]))
    if len(more):
        raise KringError(
            f"{name}: {len(more):,} clients have more ties than their network has persons, such as "
            f"{listed[more[0]]} beside {rows['members'][more[0]]}"
        )
    told = np.maximum(rows["members"], listed)
    rows["members"] = np.where(listed > 0, told, rows["members"])


def names_in(text: str) -> list[str] | None:
    """The names in a cell; none where nothing is told."""
    if is_nothing(text):
        return None
    if plain(text) in KNOWS_NOBODY:
        return []
    return [one.strip() for one in PARTS.split(text) if one.strip()]


def listed(names: Any) -> str:
    """Names as a cell has them."""
    return ";".join(sorted(text_of(one) for one in names)) or KNOWS_NOBODY[0]
