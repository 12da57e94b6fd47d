"""Studies of one's own clients: their table is lived, and nothing of it is written anywhere."""

import json
import pickle

import numpy as np
import pandas as pd
import pytest

from kring.experiments.casebook.compare.reading import ComparisonReading
from kring.experiments.casebook.compare.study import comparison
from kring.experiments.execution import scheduler
from kring.experiments.execution.manifest import read_manifest
from kring.experiments.pipeline.invented import write_invented
from kring.experiments.pipeline.preview import preview
from kring.experiments.pipeline.repeat import repeat_study
from kring.experiments.pipeline.report import write_report
from kring.experiments.pipeline.run import run_study
from kring.experiments.study import own_clients
from kring.experiments.study.files import shipped
from kring.experiments.study.idle import selections
from kring.experiments.study.load import load, plan_of, read_study
from kring.experiments.study.needs import check_needs
from kring.experiments.study.options import Options
from kring.experiments.study.plan import resolved
from kring.simulation.errors import KringError
from kring.simulation.field import DOMAINS
from kring.simulation.own_clients import read_clients
from kring.simulation.parameters import Parameters
from kring.simulation.town import Town
from kring.simulation.world import settle

OWN_ID, OWN_AGE, OWN_MEMBER = "QX7-secret", 107, "XQ9-neighbour"
STUDY = """\
weeks = 6
outcomes = ["problems", "supporters"]
seeds = 2
[parameters]
preset = "fitted"
[town]
clients_from = "mine.csv"
ties_from = "ties.csv"
[[policies]]
name = "as now"
[[policies]]
name = "ten hours"
mobilisation_hours = 10
"""


@pytest.fixture
def study(tmp_path):
    """A study with its tables beside it, read by nobody yet."""
    own_clients._read.clear()
    resolved.cache_clear()
    rows = [f"{OWN_ID}{i},{OWN_AGE},{i % 5},{i % 4}" for i in range(1, 41)]
    ties = [f"{OWN_ID}{i},{OWN_MEMBER}{i // 2},friend,yes" for i in range(1, 41)]
    (tmp_path / "ties.csv").write_text("\n".join(["client,member,kind,helps", *ties]), "utf-8")
    (tmp_path / "mine.csv").write_text("\n".join(["id,age,finances,work", *rows]), "utf-8")
    (tmp_path / "study.toml").write_text(STUDY, "utf-8")
    return tmp_path / "study.toml"


def test_a_study_lives_the_clients_of_its_table(study):
    plan = load(study)
    town = plan.setup(plan.runs[0]).town
    assert plan.clients == town.clients == 40
    assert (town.clients_from.rows["age"] == OWN_AGE).all()
    assert any("40 clients of your own. Told: age 100%" in line for line in preview(plan))


def test_whom_a_number_of_problems_selects_is_counted_among_them(study, tmp_path):
    own_keys = "offer = 1\noffer_from = 2\n"
    study.write_text(STUDY.replace('ties_from = "ties.csv"\n', "") + own_keys, "utf-8")
    rows = ["1" + ",0" * 12] * 6 + ["1,1" + ",0" * 11] * 14  # six of twenty have one problem
    study.with_name("mine.csv").write_text("\n".join([",".join(DOMAINS), *rows]), "utf-8")
    plan = load(study)
    (found,) = selections(plan)
    assert found.share == pytest.approx(0.7)
    own_clients._read.clear()
    assert not list(selections(plan_of(plan.source)))  # a report without the table doesn't guess


def test_nothing_of_the_table_is_written(study, tmp_path):
    out = tmp_path / "out"
    result = run_study(load(study), out, engine="here")
    assert result.failed == 0
    page = write_report(out)[0].read_text("utf-8")
    assert "40 clients of a table of your own" in page
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    for name in ("mine.csv", "ties.csv"):
        written.remove(study.with_name(name))
    for path in written:
        assert OWN_ID.encode() not in path.read_bytes(), path
        assert OWN_MEMBER.encode() not in path.read_bytes(), path
    for path in out.glob("*.parquet"):
        assert OWN_AGE not in pd.read_parquet(path).to_numpy(), path
    town = read_manifest(out).study["town"]
    told = read_clients(study.with_name("mine.csv"), study.with_name("ties.csv"))
    assert town == {
        "clients_from": "mine.csv", "clients": 40, "clients_sha256": told.sha256,
        "ties_from": "ties.csv", "ties_sha256": told.ties_sha256,
    }  # fmt: skip


def test_a_result_is_repeated_with_its_table_only(study, tmp_path, monkeypatch):
    out = tmp_path / "out"
    run_study(load(study), out, engine="here")
    own_clients._read.clear()
    with pytest.raises(KringError, match=r"mine\.csv isn't here, and no result holds it"):
        repeat_study(out, engine="here")
    write_report(out)  # needs nobody
    monkeypatch.chdir(tmp_path)
    assert repeat_study(out, engine="here")[0]
    for name, header in (("ties.csv", "client"), ("mine.csv", "id")):
        own_clients._read.clear()
        (tmp_path / name).write_text(f"{header}\n", "utf-8")
        if name == "mine.csv":
            (tmp_path / name).write_text("id,age\na,30\n", "utf-8")
        with pytest.raises(KringError, match=rf"{name} has changed since"):
            repeat_study(out, engine="here")
    (tmp_path / "ties.csv").unlink()
    with pytest.raises(KringError, match=r"the table of ties ties\.csv isn't here"):
        repeat_study(out, engine="here")


def test_changed_ties_give_new_runs(study):
    before = load(study).keys
    ties = study.with_name("ties.csv")
    ties.write_text(ties.read_text("utf-8").replace("friend", "other", 1), "utf-8")
    assert not set(load(study).keys.values()) & set(before.values())


def test_a_changed_table_gives_new_runs_and_another_name_does_not(study):
    before = load(study).keys
    table = study.with_name("mine.csv")
    text = table.read_text("utf-8")
    table.rename(study.with_name("other.csv"))
    study.write_text(STUDY.replace("mine.csv", "other.csv"), "utf-8")
    assert load(study).keys == before
    table.write_text(text.replace(",1,1", ",2,1"), "utf-8")
    study.write_text(STUDY, "utf-8")
    assert not set(load(study).keys.values()) & set(before.values())


def test_a_worker_elsewhere_gets_what_is_told_and_needs_no_file(study):
    sent = pickle.dumps(load(study))
    assert OWN_ID.encode() not in sent
    own_clients._read.clear()
    study.with_name("mine.csv").unlink()
    plan = pickle.loads(sent)
    assert len(plan.setup(plan.runs[0]).town.clients_from.ties) == 40
    assert plan.setup(plan.runs[0]).town.clients_from.rows["age"][0] == OWN_AGE


def test_a_town_in_pieces_keeps_none_and_comes_out_the_same(study, tmp_path, monkeypatch):
    monkeypatch.setattr(scheduler, "keep_piece", None)
    town = "[town]\nclients_per_team = 10\n"
    runs = []
    for pieces in (1, 2):
        study.write_text(f"pieces = {pieces}\n" + STUDY.replace("[town]\n", town), "utf-8")
        done = run_study(load(study), tmp_path / f"in_{pieces}", engine="here")
        runs.append(pd.read_parquet(done.folder / "runs.parquet")["problems"])
    assert runs[0].equals(runs[1])


def test_the_small_version_and_the_command_line_take_a_table(study, tmp_path):
    assert load(study, Options(quick=True)).clients == 40
    other = tmp_path / "few.csv"
    other.write_text("age\n30\n40\n", "utf-8")
    options = Options(clients_from=str(other))
    assert load(study, options).clients == load(shipped()["ten_hours"], options).clients == 2
    with pytest.raises(KringError, match="says how many; leave it out"):
        load(study, Options(clients_from=str(other), clients=7))
    with pytest.raises(KringError, match="the table has 40"):
        load(study, Options(clients=7))
    with pytest.raises(KringError, match=r"--ties-from: .* add --clients-from"):
        load(study, Options(ties_from="ties.csv"))
    both = Options(clients_from=str(tmp_path / "mine.csv"), ties_from=str(tmp_path / "ties.csv"))
    assert load(shipped()["ten_hours"], both).setup(load(study).runs[0]).town.clients == 40


@pytest.fixture
def compared(study, monkeypatch):
    """Policies beside each other, as `kring compare` takes them, on own clients."""
    monkeypatch.chdir(study.parent)
    town = {"preset": "class", "clients_from": "mine.csv", "ties_from": "ties.csv"}
    policies = [{"name": name, "preset": name} for name in ("wijkteam", "eigen_kracht")]
    return comparison(policies, town, {"preset": "fitted"}, weeks=4, seeds=2)


def test_of_own_clients_who_are_compared_it_is_not_kept_how_each_ends(compared):
    assert compared.tables == ["weekly", "groups"] and compared.clients == 40
    check_needs(compared)
    (about,) = ComparisonReading().lines(compared, {})
    assert "40 clients" in about


@pytest.mark.slow
def test_policies_are_compared_on_own_clients(study, compared):
    done = run_study(compared, study.parent / "compared", engine="here")
    assert "of clients end with fewer problems" in done.text and "fates" in done.tables
    write_report(study.parent / "compared")


WRONG = {
    "ties": ('ties_from = "ties.csv"', 'ties_from = "no.csv"', "town.ties_from: no file no.csv"),
    "ties of nobody": ('clients_from = "mine.csv"', "", "name it in clients_from"),
    "ties' hash": (
        'ties_from = "ties.csv"',
        f'ties_sha256 = "{"0" * 64}"',
        "it is of a table; name that in ties_from",
    ),
    "other ties": (
        'ties_from = "ties.csv"',
        f'ties_from = "ties.csv"\nties_sha256 = "{"0" * 64}"',
        "ties.csv isn't that table: its hash is",
    ),
    "": ('clients_from = "mine.csv"', 'clients_from = "other.csv"', "no file other.csv to read"),
    "bad cell": ('"mine.csv"', '"bad.csv"', "bad.csv: row 2, age: '3' is not possible"),
    "clients": ("[town]", "[town]\nclients = 4", "the table in clients_from says how many"),
    "other": (
        'clients_from = "mine.csv"',
        f'clients_from = "mine.csv"\nclients_sha256 = "{"0" * 64}"',
        "mine.csv isn't that table: its hash is",
    ),
    "hash": (
        'clients_from = "mine.csv"\nties_from = "ties.csv"',
        f'clients_sha256 = "{"0" * 64}"',
        "it is of a table",
    ),
    "varied": ("[town]", "[vary.town]\nclients = [4, 5]\n[town]", "'clients' cannot differ"),
    "rows": ("weeks", 'tables = ["ends"]\nweeks', "write 'groups' in its place"),
    "country": ("[town]", "[country]\n[town]", "leave [town] out"),
    "both": ("[town]", "[municipality]\nclients_a_year = 900\nfte = 28\n[town]", "[municipality]"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_does_not_go_with_a_table_is_one_line(study, name):
    old, new, wanted = WRONG[name]
    study.with_name("bad.csv").write_text("age\n3\n", "utf-8")
    study.write_text(STUDY.replace(old, new, 1), "utf-8")
    with pytest.raises(KringError) as error:
        load(study)
    assert wanted in str(error.value) and "\n" not in str(error.value)
    assert str(error.value).startswith(str(study))


def test_a_study_from_python_names_its_table(study, monkeypatch):
    monkeypatch.chdir(study.parent)
    keys = {"town": {"clients_from": "mine.csv"}, "policies": [{"name": "as now"}]}
    plan = read_study(keys)
    assert plan.clients == 40
    again = plan_of(json.loads(json.dumps(plan.source)))
    assert again.keys == plan.keys


# The invented example


@pytest.mark.parametrize("language", ["en", "nl"])
def test_invented_clients_are_read_as_a_table(tmp_path, language):
    write_invented(tmp_path / "a.csv", 30, 1, "rotterdam", language, tmp_path / "b.csv")
    told = read_clients(tmp_path / "a.csv")
    assert len(told) == 30
    assert 0 < told.told()["network"] < told.told()["age"] == 1
    drawn = settle(Town.preset("rotterdam", clients=30), Parameters(), 1)
    ties = read_clients(tmp_path / "a.csv", tmp_path / "b.csv").ties
    assert np.array_equal(np.bincount(ties["kind"]), np.bincount(drawn.ties.kind))
    assert ties["person"].max() + 1 == len(drawn.members) and ties["knows"].any()


def test_invented_clients_take_no_place_of_real_ones(tmp_path):
    (tmp_path / "a.csv").write_text("mine", "utf-8")
    with pytest.raises(KringError, match="is there already"):
        write_invented(tmp_path / "b.csv", 3, 1, "rotterdam", "en", tmp_path / "a.csv")
    assert not (tmp_path / "b.csv").exists()
    for name, language, why in (
        ("a.csv", "en", "is there already"), ("b.xlsx", "en", "name it .*b.csv"),
        ("c.csv", "fr", "no language 'fr'"), ("no/c.csv", "en", "cannot write"),
    ):  # fmt: skip
        with pytest.raises(KringError, match=why):
            write_invented(tmp_path / name, 3, 1, "rotterdam", language)
    assert (tmp_path / "a.csv").read_text("utf-8") == "mine"


def test_the_table_that_comes_with_kring_is_invented(tmp_path):
    """If the model draws other people: remove it, and `kring invent` makes it anew."""
    write_invented(tmp_path / "a.csv", 200, 1, "rotterdam", "en")
    kept = shipped()["own_clients"].with_suffix(".csv")
    assert kept.read_bytes() == (tmp_path / "a.csv").read_bytes()
