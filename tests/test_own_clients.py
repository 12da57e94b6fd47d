"""A table of one's own clients is read however it is written; what is wrong is one line."""

import io

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.simulation import own_clients
from kring.simulation.errors import KringError
from kring.simulation.field import DOMAINS
from kring.simulation.own_clients import files, read_clients
from kring.simulation.own_clients.columns import COLUMNS
from kring.simulation.own_clients.tie_columns import STATES
from kring.simulation.told import NOT_TOLD, THERE, WITH, WITHOUT
from kring.simulation.town import Town

ENGLISH = """\
id,week,age,household,children,network,finances,mental_health,youth
a1,1,34,family,2,5,3,yes,4
a2,30,81,alone,,,2,0,
a3,,,,,,,,
"""
DUTCH = """\
Cliëntnummer;week;LEEFTIJD;huishouden;Kinderen thuis;netwerkleden;Financiën;\
geestelijke gezondheid;jeugd
a1;1,0;34,5;Gezin;2;5;ernstig;ja;acuut
a2;30;81;alleenstaand;onbekend;-;2;geen;?
a3;;;;;;;;
"""


def written(tmp_path, content, name="mine.csv"):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def row_of(told, age):
    (row,) = told.rows[told.rows["age"] == age]
    return row


def test_a_row_tells_what_stands_in_it(tmp_path):
    told = read_clients(written(tmp_path, ENGLISH))
    assert len(told) == 3
    one, other = row_of(told, 34), row_of(told, 81)
    assert (one["entry_week"], one["children"], one["members"]) == (0, 2, 5)
    level = dict(zip(DOMAINS, one["level"], strict=True))
    assert (level["finances"], level["mental_health"], level["youth"]) == (3, THERE, 4)
    assert level["work"] == NOT_TOLD
    assert (other["with_children"], other["children"]) == (WITHOUT, 0)


@pytest.mark.parametrize(
    "content",
    [
        DUTCH,
        "\ufeff" + DUTCH,
        DUTCH.replace("\n", "\r\n"),
        ENGLISH.replace(",", "\t"),
        ENGLISH.replace("a2,30", '"a2","30"'),
        "\n".join(ENGLISH.splitlines()[i] for i in (0, 3, 1, 2)),
        ENGLISH.replace("a3,,,,,,,,", ",,,,,,,,\na3,,,,,,,,\n"),
        ENGLISH.replace("\n", ",,\n"),
    ],
    ids=["Dutch", "BOM", "Windows", "tabs", "quotes", "other order", "empty rows", "empty columns"],
)
def test_the_same_clients_however_written(tmp_path, content):
    wanted = read_clients(written(tmp_path, ENGLISH)).rows
    assert np.array_equal(read_clients(written(tmp_path, content)).rows, wanted)


def test_a_table_and_parquet_tell_the_same(tmp_path):
    table = pd.read_csv(io.StringIO(ENGLISH))  # numbers where there are, NaN where nothing is
    wanted = read_clients(written(tmp_path, ENGLISH)).rows
    assert np.array_equal(read_clients(table).rows, wanted)
    assert np.array_equal(read_clients(table.set_index("id")).rows, wanted)
    for one in (table, table.set_index("id"), table.sort_values("age")):
        one.to_parquet(tmp_path / "mine.parquet")
        assert np.array_equal(read_clients(tmp_path / "mine.parquet").rows, wanted)


@pytest.mark.parametrize(("yes", "no"), [("True", "False"), ("TRUE", "FALSE"), ("WAAR", "ONWAAR")])
def test_yes_and_no_are_read_as_software_writes_them(tmp_path, yes, no):
    text = f"id,finances,work\n1.0,{yes},{no}\n2.0,,{yes}\n"  # as pandas writes what is half empty
    told = read_clients(
        written(tmp_path, text), written(tmp_path, f"client,helps\n1,{yes}\n", "t.csv")
    )
    words = text.replace(no, "no").replace(yes, "yes").replace(".0", "")
    wanted = read_clients(written(tmp_path, words)).rows
    assert np.array_equal(told.rows["level"], wanted["level"])
    assert told.ties["state"] == STATES["yes"]


def test_tables_of_other_packages_and_ages_with_decimals_are_read():
    table = pd.DataFrame({"age": [34.123456789012345, None], "finances": [None, 3]})
    wanted = read_clients(pd.DataFrame({"age": [34, None], "finances": [None, 3]})).rows
    assert np.array_equal(np.sort(read_clients(table).rows), np.sort(wanted))
    assert np.array_equal(np.sort(read_clients(pa.Table.from_pandas(table)).rows), np.sort(wanted))


def test_without_ids_the_order_of_rows_changes_nothing():
    table = pd.DataFrame({"age": [30, 40, 50, 40], "work": [1, None, 3, None]})
    other = table.iloc[[2, 1, 3, 0]].reset_index(drop=True)
    assert np.array_equal(read_clients(table).rows, read_clients(other).rows)


def test_what_one_cell_says_of_another_is_taken_over():
    told = read_clients(pd.DataFrame({"id": [1, 2], "youth": [2, None], "children": [None, 0]}))
    assert sorted(told.rows["with_children"]) == [WITHOUT, WITH]


def test_every_column_is_read_by_its_names_in_both_languages():
    for name, column in COLUMNS.items():
        word = next((word for word, value in column.words.items() if value > 0), "20")
        cells = [word if not column.high or column.field == "level" else "20", ""]
        cells = ["2", ""] if column.field in ("children", "members") else cells
        for called in (name, column.nl, column.nl.upper(), *column.also):
            own = pd.DataFrame({called: cells, "id" if name != "id" else "age": [30, 31]})
            if name == "id":
                own[called] = ["a", "b"]
            assert len(read_clients(own)) == 2, called


def test_what_it_holds_is_not_shown(tmp_path):
    told = read_clients(written(tmp_path, ENGLISH))
    assert repr(told) == f"<3 clients of a table, sha256 {told.sha256}>"
    assert repr(told) in repr(Town.from_table(tmp_path / "mine.csv"))


WRONG_CELLS = {
    "age\n7\n": "row 2, age: '7' is not possible: a whole number from 16 to 110, or nothing",
    "age\n-4\n": "row 2, age: '-4'",
    "age\n99999999999999999999\n": "row 2, age: '99999999999999999999'",
    "age\n" + "9" * 400 + "\n": "row 2, age: '999999999999999999999999...'",
    "age\n1e3\n": "'1e3'",
    "age\n٣٤\n": "whole number",
    "age\n=1+1\n": "row 2, age: '=1+1' is not possible, it is a formula; put its value there",
    "age\n@SUM(A1)\n": "it is a formula",
    "network\n25\n": "a whole number from 0 to 24",
    "finances\n5\n": "'5' is not possible: a whole number from 0 to 4, or yes, no, or nothing",
    "finances\n2,5\n": None,  # two columns' cells in one
    "finances;age\n2,5;40\n": "row 2, finances: '2,5' is not possible",
    "finances\nmatg\n": "did you mean 'matig'?",
    "household\nalon\n": "row 2, household: 'alon' is not possible; did you mean 'alone'?",
    "week\n2025-03-14\n": "it is a date; the number of the week is wanted",
    "week\n0\n": "a whole number from 1",
    "id,age\n1,30\n1,40\n": "row 3, id: '1' stands there twice",
    "id,age\n1,30\n,40\n": "row 3, id: it is empty",
    "household,children\nalone,2\n": "row 2, children: children beside a household without",
    "household,children\nfamily,0\n": "row 2, children: no children beside a household with",
    "children,youth\n0,3\n": "no children beside a problem of parenting or youth",
    ",".join(DOMAINS) + "\n" + ",".join("0" * 13) + "\n": "no problem at all",
    "age\n3\n\n4\n30\n5\n6\n": "4 wrong cells, such as row 2, age: '3' is not possible",
    "age\n\x1b[31m\n": "'?[31m'",
}
NO_TABLES = {
    "": "mine.csv is empty",
    "\n\n": "mine.csv is empty",
    "age,work\n": "has headers and no clients",
    "age,work\n,\n,\n": "has headers and no clients",
    "agee\n30\n": "no column is called 'agee'; did you mean 'age'?",
    "naam,age\nJan,30\n": "leave out what else there is",
    "age,leeftijd\n30,30\n": "the columns 'age' and 'leeftijd' tell the same",
    "age,work\n30,1,2\n": "mine.csv is no table: ",
    'age,work\n"30,1\n': "mine.csv is no table: ",
    "age\n3\x000\n": "is no table",
    b"age\n\xe9\n": "is no text in UTF-8: save it as CSV UTF-8",
    "age\n30\n".encode("utf-16"): "is a text in UTF-16; save it as CSV UTF-8",
    b"PK\x03\x04abc": "is a workbook; save its sheet as CSV UTF-8",
    b"PAR1abc": "is no Parquet that can be read",
}


@pytest.mark.parametrize("content", [*WRONG_CELLS, *NO_TABLES])
def test_what_is_wrong_is_one_line(tmp_path, content):
    wanted = {**WRONG_CELLS, **NO_TABLES}[content]
    with pytest.raises(KringError) as error:
        read_clients(written(tmp_path, content))
    message = str(error.value)
    assert "\n" not in message and message.isprintable() and len(message) < 500
    assert message.startswith(("mine.csv", str(tmp_path)))
    assert (wanted or "") in message


def test_too_large_a_table_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(own_clients, "CLIENTS", files.CLIENTS._replace(most=3))
    with pytest.raises(KringError, match="more than 3 rows"):
        read_clients(written(tmp_path, "age\n" + "30\n" * 4))
    pd.DataFrame({"age": [30] * 4}).to_parquet(tmp_path / "mine.parquet")
    with pytest.raises(KringError, match="has 4 rows"):
        read_clients(tmp_path / "mine.parquet")
    with pytest.raises(KringError, match="has 100,001 columns"):
        read_clients(written(tmp_path, "," * 100_000 + "\n"))
    monkeypatch.setattr(files, "MOST_BYTES", 10)
    with pytest.raises(KringError, match="larger than 10 bytes"):
        read_clients(written(tmp_path, "age\n" + "30\n" * 4))


@pytest.mark.parametrize("place", ["nowhere.csv", "."])
def test_what_is_no_file_is_said_so(tmp_path, place):
    with pytest.raises(KringError, match=r"^no file .* to read clients from$"):
        read_clients(tmp_path / place)


@pytest.mark.parametrize("given", [3, None, [{"age": 30}]])
def test_what_is_no_table_is_said_so(given):
    with pytest.raises(KringError, match="is no table of clients: give a file or a DataFrame"):
        Town.from_table(given)


def test_cells_that_are_no_text_and_no_number_are_wrong_cells():
    table = pd.DataFrame({"age": [pd.Timestamp("2025-01-01"), 30], "work": [[1], {"a": 1}]})
    with pytest.raises(
        KringError, match=r"^the table of clients: 3 wrong cells, such as row 0, age"
    ):
        read_clients(table)


CELLS = st.sampled_from(
    [
        "",
        "-",
        "1",
        "3,0",
        "4",
        "17",
        "34",
        "ja",
        "geen",
        "gezin",
        "alone",
        "=1",
        "x\n",
        "\x1b",
        "é" * 99,
    ]
) | st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=9))


@given(st.data())
def test_any_table_is_read_or_refused_in_one_line(data):
    columns = data.draw(st.lists(st.sampled_from([*COLUMNS]), min_size=1, unique=True))
    rows = data.draw(st.lists(st.lists(CELLS, min_size=len(columns), max_size=len(columns))))
    table = pd.DataFrame(rows, columns=columns, dtype=object)
    try:
        assert 0 < len(read_clients(table)) <= len(table)
    except KringError as error:
        assert "\n" not in str(error) and str(error).isprintable() and len(str(error)) < 800


# The town


def test_a_town_lives_all_of_its_table():
    table = pd.DataFrame({"age": [30, 40], "week": [3, 60]})
    with pytest.raises(KringError, match="write entry_weeks = 60"):
        Town.from_table(table)
    town = Town.from_table(table, entry_weeks=60)
    with pytest.raises(KringError, match="the table has 2, and all of them are lived"):
        town.replace(clients=5)
