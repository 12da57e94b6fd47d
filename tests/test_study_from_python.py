"""A study said in Python is the study of the file that it writes, to the last byte."""

import json
from datetime import date

import numpy as np
import pandas as pd
import pytest

import kring
from kring.experiments.pipeline.study import StudyKeys
from kring.experiments.study.files import shipped
from kring.experiments.study.spec import Study as StudyFile
from kring.experiments.study.toml_text import toml_text
from kring.simulation.errors import KringError
from tests.helpers import digests

TEN = kring.Policy.preset("wijkteam", offer=1, mobilisation_hours=10)
TOWN = kring.Town.preset("class", clients=20)
SMALL = {"weeks": 4, "sets": 2, "seeds": 1, "town": TOWN}


def study(**keys):
    return kring.Study(**{"policies": {"as now": "wijkteam", "ten hours": TEN}, **SMALL, **keys})


def test_it_takes_every_key_of_a_file_and_no_other():
    assert set(StudyKeys.__annotations__) == set(StudyFile.model_fields)


@pytest.mark.parametrize("name", shipped())
def test_what_is_read_is_written_as_it_was_meant(name, tmp_path):
    read = kring.Study.read(name)
    if read.plan.has_own_clients:  # their table lies beside the file
        read = read.replace(
            town={"clients_from": str(shipped()[name].with_name("own_clients.csv"))}
        )
    assert kring.Study.read(read.write(tmp_path / "again.toml")) == read
    assert kring.Study(**read.keys) == read


def test_it_gives_the_result_of_its_file_byte_for_byte(tmp_path):
    said = study(name="ten", question="What do they bring?", tables=["weekly"])
    file = said.write(tmp_path / "ten.toml")
    assert not said.run(tmp_path / "said", engine="here").failed
    kring.run_study(kring.read_study(file), tmp_path / "read", engine="here")
    assert digests(tmp_path / "said") == digests(tmp_path / "read")


def test_settings_stand_for_their_tables():
    said = study(
        town={"preset": TOWN, "sick_leave": 0.1},
        parameters=kring.Parameters().replace(network_effect=0.03),
        policies={
            "as now": {"preset": kring.Policy(), "town": kring.Town.preset("class", clients=30)},
            "by route": {"team": "wijkteam", "conference": TEN},
            "later": {"preset": TEN, "from_week": 2, "phase_in": 2},
        },
    )
    told = said.keys
    assert told["town"]["clients"] == 20 and told["town"]["sick_leave"] == 0.1
    assert told["parameters"] == {"preset": "fitted", "network_effect": 0.03}
    later = said.plan.policies[2]
    assert said.plan.setup(said.plan.runs[0]).town.clients == 30
    assert said.plan.levers(1) == {"team": kring.Policy(), "conference": TEN}
    assert said.plan.levers(2) == TEN and (later.from_week, later.phase_in) == (2, 2)


def test_a_list_names_sets_and_tables():
    said = study(policies=["wijkteam", {"name": "more", "preset": TEN}])
    assert [policy.name for policy in said.plan.policies] == ["wijkteam", "more"]
    assert said.plan.levers(1) == TEN


def test_what_varies_can_be_arrays_or_a_table():
    said = study(
        vary={"policy": {"mobilisation_hours": np.linspace(0, 10, 3)}}, begins="2026-01-05"
    )
    assert [point["policy.mobilisation_hours"] for point in said.plan.points] == [0, 5, 10]
    table = pd.DataFrame({"mobilisation_hours": [2.5, 10], "town.sick_leave": [0.05, 0.1]})
    points = [*study(vary=table).plan.points]
    assert points[1] == {"policy.mobilisation_hours": 10.0, "town.sick_leave": 0.1}
    assert study(begins=date(2026, 1, 5)) == study(begins="2026-01-05")


def test_a_country_is_one_too():
    country = kring.Country.preset("netherlands", municipalities=2)
    said = kring.Study(policies=["wijkteam"], country=country)
    assert said.plan.country == country


def test_an_ensemble_of_ones_own_lies_beside_the_file(tmp_path):
    own = kring.Ensemble("mine", kring.Ensemble.load("ensemble").sets.head(3))
    said = study(parameters=own)
    assert said.plan.sets == {"mine.csv": [1, 3]}
    file = said.write(tmp_path / "with_mine.toml")
    assert (tmp_path / "mine.csv").is_file() and "# about" not in file.read_text()
    assert kring.Study.read(file) == said
    doubtful = {"as now": "wijkteam", "doubted": {"parameters": own}}
    assert study(policies=doubtful).plan.ensembles.keys() == {"ensemble", "mine.csv"}
    hopeful = study(parameters={"preset": kring.Ensemble.load("hopeful"), "network_effect": 0.03})
    assert hopeful.keys["parameters"] == {"preset": "hopeful", "network_effect": 0.03}


def test_clients_of_ones_own_are_named_by_their_file(tmp_path):
    table = pd.DataFrame({"age": [34, 81, 50], "finances": [2, None, 1]})
    in_memory = study(town=kring.Town.from_table(table, "class"))
    assert in_memory.plan.clients == 3
    assert 'clients_from = "clients.csv"' in in_memory.to_toml()
    table.to_csv(tmp_path / "mine.csv", index=False)
    said = study(town=kring.Town.from_table(tmp_path / "mine.csv", "class"))
    assert kring.Study.read(said.write(tmp_path / "mine.toml")) == said
    (tmp_path / "mine.csv").write_text("age\n34\n81\n")
    with pytest.raises(KringError, match="isn't that table"):
        kring.Study.read(tmp_path / "mine.toml")


def test_text_is_toml_that_keeps_every_number(tmp_path):
    said = study(
        question='They said: "20% \\ more" — déjà vu?', precision={"problems": 0.001},
        town={"preset": "class", "clients_per_team": 1.125, "clients": 1000},
    )  # fmt: skip
    assert "clients_per_team = 1.1250" in said.to_toml()  # 1.125 could be thousands
    assert kring.Study.read(said.write(tmp_path / "odd.toml")) == said
    assert toml_text({"a b": {}, "c": [True, None, {"x": 1.0}]}).splitlines()[0].startswith("c = [")


LIKELY = {"design": "latin hypercube", "points": 4}


def test_a_quantity_varies_over_where_it_is_likely_to_lie():
    vary = study(vary={**LIKELY, "parameters": {"network_effect": "likely"}}).keys["vary"]
    low, high = kring.Parameters.likely("network_effect")
    assert vary["parameters"] == {"network_effect": [low, high]}
    every = study(vary={**LIKELY, "parameters": "likely", "town": "likely"}).keys["vary"]
    told = kring.Parameters().table().set_index("name")["likely_low"].dropna()
    assert [*every["parameters"]] == [*told.index]
    with pytest.raises(KringError, match="doesn't say where it is likely to lie; give values"):
        study(vary={**LIKELY, "town": {"clients": "likely"}})


def test_it_says_what_it_would_do_and_shows_itself():
    said = study(question="What <do> they bring?")
    assert said.check().splitlines()[0] == "study: What <do> they bring?"
    assert "known to" in said.check(pilot=True)
    assert repr(said) == "<Study 'study': 2 policies, 4 runs>"
    shown = study(vary={"policy": {"caseload_limit": [10, 20]}}, question="<b>")._repr_html_()
    assert "&lt;b&gt;" in shown and "policy.caseload_limit" in shown and "http" not in shown


def test_more_runs_than_one_asks_by_mistake_are_refused_when_they_are_run(tmp_path):
    huge = study(sets=200, seeds=1000)
    with pytest.raises(KringError, match="large=True"):
        huge.run(tmp_path / "out")


def test_a_file_that_cannot_be_written_is_one_line(tmp_path):
    with pytest.raises(KringError, match="cannot write"):
        study().write(tmp_path / "nowhere" / "mine.toml")


def test_a_study_stays_as_it_is():
    one = study()
    with pytest.raises(KringError, match=r"study\.replace\(weeks=\.\.\.\) gives another"):
        one.weeks = 3
    assert one == study()


def test_a_study_is_told_apart_by_its_keys():
    assert study() != study(weeks=5) and study().replace(weeks=5) == study(weeks=5)
    assert study() != json.dumps({})


def test_people_networks_and_tables_of_ones_own_are_given_as_they_are():
    clients = pd.DataFrame({"id": ["a", "b"], "age": [40, 50]})
    ties = pd.DataFrame({"client": ["a"], "kind": ["friend"]})
    town = kring.Town.from_table(clients, "class", ties=ties, field={"finances_weight": 3})
    study = kring.Study(town=town, policies=["wijkteam"], parameters="fitted", seeds=1, weeks=2)
    lived = study.plan.setup(study.plan.runs[0]).town
    assert len(lived.clients_from.ties) == 1 and lived.field.finances_weight == 3
    assert study.keys["field"] == {"preset": "field", "finances_weight": 3}
    usual = kring.Town.preset("class")
    others = {"town": usual.replace(field={"friend_share": 1})}
    far = kring.Study(town=usual, seeds=1, policies={"near": "wijkteam", "far": others})
    assert "friend_share = 1" in far.to_toml()
