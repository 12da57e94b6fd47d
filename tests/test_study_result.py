"""A result is an object: tables, intervals, figures, pages, and a labelled data set."""

import pytest

import kring
from kring.simulation.errors import KringError
from tests.helpers import tables_in

TOWN = {"preset": "class", "clients": 20}
SMALL = {"weeks": 4, "sets": 2, "seeds": 1, "town": TOWN}
TEN = {"preset": "wijkteam", "offer": 1, "mobilisation_hours": 10}
BOTH = {"as now": "wijkteam", "ten <hours>": TEN}


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    study = kring.Study(
        **SMALL, policies=BOTH, question="More <hours>?", question_nl="Meer <uren>?",
        vary={"policy": {"caseload_limit": [10, 20]}},
    )  # fmt: skip
    return study.run(tmp_path_factory.mktemp("results") / "out", engine="here")


def test_intervals_are_the_differences_from_something(result):
    table = result.intervals
    assert len(table) < len(result.tables["differences"]) and not table.empty
    assert not (table["policy"].eq("as now") & table["point"].eq(0)).any()
    clear = table[table["is_clear"]]
    assert ((clear["low"] > 0) | (clear["high"] < 0) | (clear["share"] >= 0.95)).all()


def test_a_slip_in_the_name_of_a_table_is_told(result):
    with pytest.raises(KringError, match="did you mean 'differences'"):
        result.tables["difference"]
    assert result.tables.get("difference") is None


def test_figures_are_drawn_when_they_are_asked_for(result):
    assert "study" in result.figures and len(result.figures) == len([*result.figures])
    assert repr(result.figures).startswith("<Figures: study")
    words = [text.get_text() for text in result.figures["study"].findobj(match=_is_text)]
    with kring.language("nl"):
        dutch = [text.get_text() for text in result.figures["study"].findobj(match=_is_text)]
    assert words != dutch
    with pytest.raises(KringError, match="did you mean 'study'"):
        result.figures["studdy"]


def _is_text(one):
    return hasattr(one, "get_text")


def test_pages_and_answers_are_in_the_language_that_is_asked_or_spoken(result):
    assert "compared with" in result.answer() and "vergeleken met" in result.answer("nl")
    with kring.language("nl"):
        assert result.answer() == result.answer("nl")
        assert result.report().name == "report_nl.html"
    assert result.report().is_file() and result.report("nl").is_file()
    with pytest.raises(KringError, match="no language 'dutch'"):
        result.report("dutch")


def test_it_shows_itself_small_and_asks_nobody(result):
    assert repr(result).startswith("<StudyResult 'study' in out: 8 runs; runs, differences")
    shown = result._repr_html_()
    assert "More &lt;hours&gt;?" in shown and "<hours>" not in shown
    assert len(shown) < 20_000 and "http" not in shown and "<script" not in shown
    with kring.language("nl"):
        assert "Meer &lt;uren&gt;?" in result._repr_html_()


def test_what_was_kept_is_read_as_it_was_written(result):
    again = kring.StudyResult.read(result.folder)
    assert again.tables["runs"].equals(result.tables["runs"])
    assert set(again.tables) == set(result.tables) == {*tables_in(result.folder), "runs"}
    assert again.answer() == result.answer() and "More <hours>?" in again.text
    assert again.plan.source == result.plan.source and not again.failed
    with pytest.raises(KringError, match="no result of Kring"):
        kring.StudyResult.read(result.folder.parent)


def test_a_data_set_holds_every_run_by_its_coordinates(result):
    pytest.importorskip("xarray")
    found, runs = result.to_xarray(), result.tables["runs"]
    assert dict(found.sizes) == {"policy": 2, "point": 2, "town": 2}
    assert found["problems"].attrs["units"] == "problems"
    assert found["policy.caseload_limit"].values.tolist() == [10, 20]
    assert found["policy.caseload_limit"].attrs["units"] == "cases"
    for run in runs.itertuples():
        here = {"policy": run.policy, "point": run.point, "town": run.seed - 1}
        assert float(found["cost"].sel(here)) == run.cost
        assert int(found["seed"].sel(town=here["town"])) == run.seed
        assert int(found["set"].sel(here)) == run.set
    row = result.intervals.iloc[-1]
    there = found[f"{row['outcome']}_low"].sel(policy=row["policy"], point=row["point"])
    assert float(there) == row["low"]


def test_futures_and_a_country_have_coordinates_of_their_own(tmp_path):
    pytest.importorskip("xarray")
    futures = kring.Study(
        **SMALL, policies=["wijkteam", "eigen_kracht"],
        vary={"design": "latin hypercube", "points": 3, "parameters": {"willing": "likely"}},
    ).run(tmp_path / "futures", engine="here")  # fmt: skip
    found = futures.to_xarray()
    assert found["seed"].dims == ("point", "town") and found["problems_low"].dims == ("policy",)
    assert len(futures.intervals) == 3
    country = kring.Study(
        weeks=4, sets=1, seeds=1, policies=["wijkteam"],
        country={"municipalities": 3, "clients": 30},
    ).run(tmp_path / "country", engine="here")  # fmt: skip
    found = country.to_xarray()
    assert dict(found.sizes)["municipality"] == 3
    assert country.intervals.empty  # there is nothing that it is compared with


def test_a_result_of_which_every_run_failed_says_so(tmp_path):
    study = kring.Study(
        **SMALL, policies={"both": {"outcome_steering": 0.4}},
        vary={"policy": {"input_steering": [0.7]}},
    )  # fmt: skip
    done = study.run(tmp_path / "out", engine="here")
    assert done.failed == 2 and "2 failed" in repr(done)
    with pytest.raises(KringError, match="all runs failed"):
        _ = done.intervals
    assert "no run gave a number" in done._repr_html_()
