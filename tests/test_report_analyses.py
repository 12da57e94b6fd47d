"""What pages show of analyses: tables and sentences in the page's own language."""

import re

import pandas as pd
import pytest

from kring.experiments.analyses import registry
from kring.experiments.analyses.precision import Precision
from kring.experiments.pipeline.report import write_report
from kring.experiments.pipeline.run import run_study
from kring.experiments.reading.base import Reading, heading
from kring.experiments.report.page import sections
from kring.experiments.study.load import plan_of
from kring.experiments.study.plan import Plan
from kring.experiments.text.language import language
from kring.experiments.text.names import factor_name
from kring.simulation.errors import KringError
from tests.helpers import tables_in
from tests.test_report import (
    HOURS,
    LANGUAGES,
    TEAM,
    Page,
    answer_in,
    read,
    sentences,
    spaced,
    study,
)

TOWN = {"sick_leave": [0, 0.4], "entry_weeks": [5, 15]}
GROUPS = {"the offer": ["offer", "uptake"]}
OFFERED = {"name": "offered", "nl": "aangeboden", "offer": 1, "uptake": 0.9, "training": 20}
ALL = ["problems", "supporters", "cost", "alone", "network"]
STUDIES = {
    "sobol": study(outcomes=ALL, precision={"problems": 0.1},
                   vary={"design": "sobol", "points": 4, "town": TOWN}),
    "morris": study(policies=[TEAM], vary={"design": "morris", "points": 4, "town": TOWN}),
    "futures": study(policies=[TEAM, HOURS, OFFERED],
                     vary={"design": "latin hypercube", "points": 12, "town": TOWN}),
    "split": study(policies=[TEAM, OFFERED], vary={
        "design": "shapley", "groups": GROUPS, "groups_nl": {"the offer": "het aanbod"}}),
    "precision": study(seeds=3, policies=[TEAM, HOURS, OFFERED], precision={"problems": 0.001}),
}  # fmt: skip
SENSITIVE = ("sobol", "morris", "futures")


@pytest.fixture(scope="session")
def results(tmp_path_factory):
    """The folder of each study's result, with its pages."""
    found = {}

    def of(name):
        if name not in found:
            out = tmp_path_factory.mktemp("analyses") / "a"
            run_study(STUDIES[name], out, engine="here")
            found[name] = out
        return found[name]

    return of


def rows_of(page):
    """The rows of the analyses' tables of a page, by what they are about."""
    rows = re.findall(r'<th scope="row">([^<]*)</th>(.*?)</tr>', page, flags=re.S)
    return [(name, re.findall(r"<td[^>]*>([^<]*)</td>", cells)) for name, cells in rows]


def name_in(code, factor):
    """What varies, in a language."""
    with language(code):
        return factor_name(factor)


def lines_of(plan, tables):
    """What all analyses of a study say in a terminal."""
    for one in registry.asked(plan):
        yield heading(one)
        yield from one.lines(plan, tables[one.name])


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("name", SENSITIVE)
def test_each_quantity_has_a_row_in_the_pages_language(results, name, code):
    rows = rows_of(read(results(name), code))
    other = LANGUAGES[code == "en"]
    tables = len(STUDIES[name].policies)  # of the first policy, and of each difference
    for factor in STUDIES[name].design.factors:
        mine = [cells for label, cells in rows if label == name_in(code, factor)]
        assert len([cells for cells in mine if all(cells)]) >= tables, mine
        assert name_in(other, factor) not in dict(rows)


def test_the_table_holds_the_numbers_of_the_csv(results):
    table = tables_in(results("sobol"))["sensitivity"]
    asked = "policy == 'team' and of == 'value' and outcome == 'problems' and index == 'total'"
    for row in table.query(asked).itertuples():
        share = f"{min(max(row.value, 0), 1):.0%} ("
        name = name_in("nl", row.factor)
        mine = [cells for label, cells in rows_of(read(results("sobol"), "nl")) if label == name]
        assert any(cells[0].startswith(share) for cells in mine)


@pytest.mark.parametrize("name", STUDIES)
def test_no_english_line_of_an_analysis_stands_on_the_dutch_page(results, name):
    folder, asked = results(name), STUDIES[name]
    page = Page(read(folder, "nl")).text
    said = [line.removeprefix("- ") for line in lines_of(asked, tables_in(folder)) if line]
    assert said
    assert not [line for line in said if spaced(line) in page]
    text = re.sub(r"<code>.*?</code>", "", read(folder, "nl"), flags=re.S)
    english = re.findall(r"\b(?:the|and|with|under|share|towns|outcomes|lower)\b", Page(text).text)
    assert not english


@pytest.mark.parametrize("name", SENSITIVE)
def test_both_pages_say_what_the_lines_say(results, name):
    folder, asked = results(name), STUDIES[name]
    tables = tables_in(folder)
    for code in LANGUAGES:
        page = Page(read(folder, code)).text
        for section in sections_in(code, asked, tables):
            assert section.title in page
            assert all(spaced(text) in page for text in section.remarks)
    english = Page(read(folder, "en")).text
    for line in lines_of(asked, tables):
        if line.startswith("- ") and "known to" not in line:  # precision is a table
            assert spaced(line.removeprefix("- ")) in english


def sections_in(code, plan, tables):
    """What a page in this language shows of analyses."""
    with language(code):
        return sections(plan, Reading(), tables)


def clear(table):
    """Sensitivity in which the weeks of entry count most, and sick leave next."""
    weeks = table["factor"].eq("town.entry_weeks")
    value = weeks.map({True: 0.8, False: 0.2})
    return table.assign(value=value, low=value - 0.1, high=value + 0.1, by_luck=0.01, luck=0.01,
                        spread=1.0, missing=0)  # fmt: skip


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("name", SENSITIVE)
def test_the_answer_names_what_matters_most(results, name, code):
    asked, tables = STUDIES[name], tables_in(results(name))
    said = answer_in(code, asked, {**tables, "sensitivity": clear(tables["sensitivity"])})
    most, next_ = (name_in(code, f"town.{factor}") for factor in reversed(TOWN))
    assert said.index(most) < said.index(next_)
    assert said.count("95%") in (1, 2)  # what an interval and what futures hold, each said once
    of_policy = name != "morris"  # where there are others, it is about the difference
    assert (("difference in" if code == "en" else "verschil in") in said) == of_policy


@pytest.mark.parametrize("code", LANGUAGES)
def test_where_luck_drowns_all_the_answer_says_so(results, code):
    tables = tables_in(results("sobol"))
    tables["sensitivity"] = clear(tables["sensitivity"]).assign(by_luck=1.0, luck=0.9)
    said = answer_in(code, STUDIES["sobol"], tables)
    assert {"en": "told from luck of the towns", "nl": "het toeval van de getrokken steden"}[
        code
    ] in said
    assert len(sentences(said)) == 2


@pytest.mark.parametrize("code", LANGUAGES)
def test_precision_is_a_row_an_outcome(results, code):
    page = read(results("precision"), code)
    labels = [label for label, cells in rows_of(page) if len(cells) == 5]
    assert len(labels) == len(STUDIES["precision"].outcomes)
    table = tables_in(results("precision"))["precision"]
    lines = [*Precision().lines(STUDIES["precision"], table)]
    assert len([line for line in lines if line.startswith("- ")]) == len(labels)
    assert all("of 2 policies least for" in line for line in lines[:3])


def precise(low, times, high):
    """Lines of a precision that is judged with this much saved by pairing."""
    row = {"policy": "b", "outcome": "problems", "unit": "problems", "counted": "seeds", "run": 12,
           "half_width": 0.1, "wanted": float("nan"), "needed": 0, "at_most": 0, "asked": 12,
           "expected": 0.1, "times_fewer": times, "times_fewer_low": low,
           "times_fewer_high": high}  # fmt: skip
    asked = study(policies=[TEAM, {"name": "b"}], outcomes=["problems"])
    return " ".join(Precision().lines(asked, pd.DataFrame([row])))


def test_what_other_people_would_take_is_said_as_far_as_it_is_known():
    assert "would take: as many." in precise(1.0, 1.0, 1.0)
    assert "would take: not known." in precise(37.8, 1188, 37796)
    assert "would take: 12.0 times as many (4.00 to 40.0)." in precise(4, 12, 40)


@pytest.mark.parametrize(("code", "name"), [("en", "the offer"), ("nl", "het aanbod")])
def test_a_group_of_levers_is_called_by_its_name_in_the_language(results, code, name):
    page = read(results("split"), code)
    assert name in dict(rows_of(page))
    assert f"‘{name}’" in answer_in(code, STUDIES["split"], tables_in(results("split")))


def test_a_dutch_name_is_of_a_group_that_there_is():
    vary = {"design": "shapley", "groups": GROUPS, "groups_nl": {"the ofer": "het aanbod"}}
    with pytest.raises(KringError, match="no group 'the ofer'; did you mean 'the offer'"):
        plan_of({"policies": [TEAM, OFFERED], "vary": vary})


def test_a_page_is_written_where_nothing_can_be_told_of_sensitivity(tmp_path, monkeypatch):
    real = Plan.setup

    def fails(plan, run):
        if run.point == 2:
            raise KringError("no room")
        return real(plan, run)

    monkeypatch.setattr(Plan, "setup", fails)
    done = run_study(STUDIES["sobol"], tmp_path / "a", engine="here")
    write_report(done.folder)
    page = Page(read(done.folder, "nl")).text
    assert "geen indices, want 1 van de 16 punten" in page


def test_an_outcome_of_which_luck_is_unknown_has_its_column(results):
    """Nobody is counted in one town, at every point: luck of that outcome cannot be told."""
    tables = tables_in(results("sobol"))
    table = clear(tables["sensitivity"])
    table.loc[table["outcome"] == "supporters", ["by_luck", "luck"]] = float("nan")
    (section, *_) = sections_in("en", STUDIES["sobol"], {"sensitivity": table})
    for shown in section.tables:
        assert shown.rows[-1][0] == "luck of the towns drawn, at most"
        assert "—" in shown.rows[-1] and "1%" in shown.rows[-1]
