"""A panel: what is so of every client and tie, week by week."""

import sys

import numpy as np
import pandas as pd
import pytest

import kring
from kring.simulation.errors import KringError
from kring.simulation.rows import STAGES
from tests.helpers import TOWN, differences

WEEKS = 30
ASKED = ["problems", "stage", "level", "cooperation"]


@pytest.fixture(scope="module")
def result():
    return kring.simulate(
        TOWN,
        "eigen_kracht",
        WEEKS,
        keep=[12],
        panel=ASKED,
        panel_of_ties=["state", "hours", "strain"],
    )


def test_a_panel_has_a_row_for_each_week_and_client(result):
    panel = result.panel
    assert len(panel) == WEEKS * TOWN.clients
    assert list(panel.columns[:4]) == ["week", "client", "problems", "stage"]
    assert (panel.groupby("client")["week"].agg(["min", "max"]) == [1, WEEKS]).all(axis=None)
    assert panel.attrs["units"]["problems"] == "problems"
    assert panel.attrs["units"]["cooperation"] == "yes or no"


def test_a_week_of_a_panel_is_what_was_so_in_that_week(result):
    for week in (12, WEEKS):
        then = result.panel[result.panel["week"] == week].reset_index(drop=True)
        people = result.clients_at(week)
        for name in ("problems", "stage", "cooperation", "level_finances"):
            pd.testing.assert_series_equal(then[name], people[name], check_names=False)


def test_means_over_a_panel_are_the_weekly_outcomes(result):
    entered = result.panel[result.panel["stage"] != STAGES[0]]
    means = entered.groupby("week")["problems"].mean()
    weekly = result.weekly.set_index("week")["problems"].loc[means.index]
    np.testing.assert_allclose(means, weekly)


def test_a_panel_of_ties_says_whose_and_adds_up_to_supporters(result):
    ties = result.panel_of_ties
    help_now = ties[(ties["state"] == "supporting") & (ties["week"] == WEEKS)]
    supporters = help_now.groupby("client").size().reindex(range(TOWN.clients), fill_value=0)
    assert (supporters.to_numpy() == result.clients["supporters"]).all()
    assert supporters.sum() > 0
    assert (help_now["hours"] > 0).any()


def test_looking_every_week_changes_nothing(result):
    plain = kring.simulate(TOWN, "eigen_kracht", WEEKS, keep=[12], threads=1)
    assert differences(result, plain) == []
    assert result.panel.equals(
        kring.simulate(TOWN, "eigen_kracht", WEEKS, panel=ASKED, threads=1).panel
    )


def test_a_panel_begins_where_a_saved_run_goes_on(result):
    state = kring.run_in(TOWN, "eigen_kracht", WEEKS).at(20)
    later = kring.simulate(state, "eigen_kracht", WEEKS, panel=ASKED).panel
    rest = result.panel[result.panel["week"] > 20].reset_index(drop=True)
    pd.testing.assert_frame_equal(later, rest)


def test_a_panel_is_cut_with_its_result(result):
    early = result.until(12)
    assert early.panel.equals(result.panel[result.panel["week"] <= 12])


def test_a_file_holds_the_table_and_a_failure_leaves_none(result, tmp_path, monkeypatch):
    monkeypatch.setattr("kring.simulation.result.tables.ROWS_AT_ONCE", 7 * TOWN.clients)
    result.write_panel(tmp_path / "panel.parquet")
    written = pd.read_parquet(tmp_path / "panel.parquet")
    pd.testing.assert_frame_equal(written, result.panel, check_dtype=False, check_categorical=False)
    result.write_panel(tmp_path / "ties.parquet", "ties")
    assert len(pd.read_parquet(tmp_path / "ties.parquet")) == len(result.panel_of_ties)

    def fails(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("pyarrow.parquet.ParquetWriter.write_table", fails)
    with pytest.raises(KeyboardInterrupt):
        result.write_panel(tmp_path / "broken.parquet")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["panel.parquet", "ties.parquet"]


def test_the_dictionary_has_every_column_of_every_table(result):
    of_table = result.columns.groupby("table")["column"].agg(list)
    tables = {
        "weekly": result.weekly,
        "weekly_by_entrance": result.weekly_by_entrance,
        "municipality": result.municipality,
        "clients": result.clients,
        "episodes": result.episodes,
        "panel of clients": result.panel,
        "panel of ties": result.panel_of_ties,
    }
    assert set(of_table.index) == set(tables)
    for name, table in tables.items():
        assert sorted(of_table[name]) == sorted(table.columns), name
    assert (result.columns["about"] != "").all()


def test_a_notebook_shows_what_it_is(result):
    assert repr(result).startswith("<Result of 90 clients, 30 weeks") and len(repr(result)) < 80
    assert "supporters" in result._repr_html_() and "persons" in result._repr_html_()
    found = kring.compare(
        TOWN, {"a": "wijkteam", "b": "eigen_kracht"}, 4, [1, 2], parameters="fitted"
    )
    assert repr(found) == "<Comparison of 'a', 'b': 2 towns, 4 weeks>"
    assert "difference" in found._repr_html_()


def test_a_data_set_has_the_tables_with_their_units(result):
    pytest.importorskip("xarray")
    found = result.to_xarray()
    assert dict(found.sizes) == {
        "week": WEEKS, "entrance": 2, "panel_week": WEEKS, "client": TOWN.clients,
    }  # fmt: skip
    np.testing.assert_array_equal(found["cost"], result.weekly["cost"])
    last = found["problems_by_entrance"].sel(week=WEEKS, entrance="team").item()
    assert last == pytest.approx(result.at("problems", WEEKS, "team"))
    then = found["client_problems"].sel(panel_week=12)
    np.testing.assert_array_equal(then, result.clients_at(12)["problems"])
    assert found["client_stage"].sel(panel_week=12, client=3) == result.clients_at(12)["stage"][3]
    for name, variable in found.data_vars.items():
        assert {"units", "long_name"} <= set(variable.attrs), name
    assert found["waiting_list"].attrs["units"] == "clients"


def test_without_xarray_one_line_says_what_to_install(result, monkeypatch):
    monkeypatch.setitem(sys.modules, "xarray", None)
    with pytest.raises(kring.KringError, match=r"kring\[xarray\]"):
        result.to_xarray()


def test_units_tell_tables_apart_where_they_differ(result):
    units = result.units
    assert units["cost"] == "EUR" and units["waiting_list"] == "clients"
    assert units["level_finances"] == "level"
    assert units["clients.cooperation"] == "yes or no" != units["weekly.cooperation"] == "share"
    assert "cooperation" not in units


def test_a_life_is_the_network_of_one_client_week_by_week(result):
    client = int(result.clients["supporters"].idxmax())
    life = result.life(client)
    last = life[life["week"] == WEEKS]
    assert list(life.columns) == ["week", "tie", "state", "hours", "strain"]
    assert list(last["tie"]) == list(range(result.clients["n_ties"][client]))
    assert (last["state"] == "supporting").sum() == result.clients["supporters"][client]
    assert life["strain"].max() > 0
    assert life.attrs["units"]["strain"] == "hours per spare hour"
    with pytest.raises(KringError, match="no client 100000"):
        result.life(100_000)


def test_who_starts_and_stops_helping_is_who_does_in_the_life(result):
    helped = result.episodes[result.episodes["kind"] == "starts helping"]
    for one in helped.head(20).itertuples():
        life = result.life(one.client).query(f"tie == {one.tie}").set_index("week")["state"]
        assert life[one.week + 1] in ("supporting", "stopped", "gone")
    about_nobody = result.episodes[result.episodes["kind"] == "entry"]
    assert (about_nobody["tie"] == -1).all()


def test_why_a_supporter_stops_is_told_of_who_stops_and_of_nobody_else(result):
    whys = result.episodes.groupby("kind", observed=True)["why"].unique()
    assert all(list(why) == [""] for kind, why in whys.items() if kind != "stops helping")
    assert len(whys["stops helping"]) > 1
