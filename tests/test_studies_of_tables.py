"""A study of clients in a DataFrame is that of the files it writes, with leave."""

import pickle

import networkx as nx
import pandas as pd
import pytest

import kring
from kring.simulation.errors import KringError
from tests.helpers import digests

CLIENTS = pd.DataFrame(
    {
        "id": [f"QX7 {i}" for i in range(12)],
        "age": [34, None, 81.5] * 4,
        "household": pd.Categorical(["alone", "gezin", "?"] * 4),
        "finances": [2, None, "yes", 0.0] * 3,
        "work": [True, False, None] * 4,
    }
)
TIES = pd.DataFrame(
    {
        "client": ["QX7 1", "QX7 1", "QX7 5"],
        "member": ["Jo; Ann", 'Piet "P"\t2', "Zoë\nB"],
        "kind": ["friend", None, "close kin"],
        "closeness": [0.1 + 0.2, 1, None],
        "knows": ['Piet "P"\t2', None, ""],
    }
)


def study(**town):
    people = kring.Town.from_table(CLIENTS, "class", **town)
    return kring.Study(name="mine", town=people, policies=["wijkteam"], weeks=3, sets=1, seeds=2)


def test_what_would_land_on_disk_is_said_first_and_nothing_is_written(tmp_path):
    with pytest.raises(KringError) as error:
        study(ties=TIES).write(tmp_path / "mine.toml")
    said = str(error.value)
    assert "clients.csv (12 rows: id, age, household, finances, work)" in said
    assert "ties.csv (3 rows: client," in said
    assert "with_clients=True" in said and not list(tmp_path.iterdir())


def test_its_files_give_the_same_bytes(tmp_path):
    said = study(ties=TIES)
    file = said.write(tmp_path / "mine.toml", with_clients=True)
    assert {path.name for path in tmp_path.iterdir()} == {"mine.toml", "clients.csv", "ties.csv"}
    read = kring.Study.read(file)
    assert read == said
    said.run(tmp_path / "said", engine="here")
    read.run(tmp_path / "read", engine="here")
    assert digests(tmp_path / "said") == digests(tmp_path / "read")


def test_a_graph_is_written_as_two_tables(tmp_path):
    graph = nx.Graph()
    graph.add_node("a", is_client=True, age=34)
    graph.add_edge("a", "Jo", kind="friend")
    said = kring.Study(town=kring.Town.from_table(None, ties=graph), policies=["wijkteam"], sets=1)
    assert kring.Study.read(said.write(tmp_path / "graph.toml", with_clients=True)) == said


def test_no_file_of_ones_own_is_written_over(tmp_path):
    (tmp_path / "clients.csv").write_text("mine", "utf-8")
    with pytest.raises(KringError, match="is there already: write the study into a folder"):
        study().write(tmp_path / "mine.toml", with_clients=True)
    assert (tmp_path / "clients.csv").read_text("utf-8") == "mine"
    assert not (tmp_path / "mine.toml").exists()
    (tmp_path / "clients.csv").unlink()
    for _again in range(2):
        study().write(tmp_path / "mine.toml", with_clients=True)


def test_people_of_a_generator_are_told_how_to_write_them(tmp_path):
    town = kring.Town.from_generator(lambda key, luck: {"age": 30 + key}, 3)
    said = kring.Study(town=town, policies=["wijkteam"], sets=1)
    with pytest.raises(KringError, match=r"people_from\(\.\.\.\) gives"):
        said.write(tmp_path / "generated.toml", with_clients=True)


def test_ids_and_cells_go_to_no_other_process():
    town = kring.Town.from_table(CLIENTS, ties=TIES)
    for sent in (pickle.dumps(town), pickle.dumps(study(ties=TIES).plan)):
        assert b"QX7" not in sent and b"Piet" not in sent


def test_any_study_takes_clients_of_ones_own_as_on_the_command_line(tmp_path):
    CLIENTS.to_csv(tmp_path / "mine.csv", index=False)
    usual = kring.Study.read("ten_hours").replace(sets=1, town={"sick_leave": 0.1, "clients": 9})
    for table in (CLIENTS, tmp_path / "mine.csv"):
        own = usual.with_clients(table)
        town = own.plan.setup(own.plan.runs[0]).town
        assert town.clients == 12 and town.sick_leave == 0.1 and town.clients_from is not None
        assert own.with_clients(CLIENTS.head(4), ties=TIES.head(2)).plan.clients == 4
    with pytest.raises(KringError, match=r"leave \[town\] out"):
        kring.Study(country="netherlands", policies=["wijkteam"]).with_clients(CLIENTS)
    with pytest.raises(KringError, match="no column is called 'leeftyd'; did you mean 'leeftijd'"):
        usual.with_clients(pd.DataFrame({"leeftyd": [3]}))
