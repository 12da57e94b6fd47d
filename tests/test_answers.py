"""Answers of the casebook's readings: their numbers are those of the tables."""

import re
from functools import cache

import pandas as pd
import pytest

from kring.experiments.casebook import reading_of
from kring.experiments.casebook.savings.reading import verdict
from kring.experiments.casebook.savings.sums import first_good_year
from kring.experiments.pipeline.run import run_study
from kring.experiments.reading.answer import answer as usual_answer
from kring.experiments.reading.base import best_answer
from kring.experiments.reading.differences import Differences
from kring.experiments.text.formats import NumberFormat
from kring.experiments.text.language import language
from kring.experiments.text.tables import PageTable
from kring.simulation.evidence import figure
from kring.simulation.spread import SURE
from tests.casebook import READ, small
from tests.helpers import tables_in
from tests.test_report import LANGUAGES, Page, sentences, spaced
from tests.test_report import read as read_page

WITH_TABLES = (
    "rotterdam", "swap_routes", "mechanisms", "savings", "vignettes", "national_poll", "compare",
)  # fmt: skip


@pytest.fixture(scope="session")
def results(casebook):
    """Of each study what came out: its plan, its tables and its folder."""

    @cache
    def of(name):
        folder = casebook(name).folder
        return small(name), tables_in(folder), folder

    return of


def answer_of(plan, tables, code="en"):
    """The answer of a study's own reading, in a language."""
    with language(code):
        return reading_of(plan).answer(plan, tables)


def said_of(results, name, code="en"):
    plan, tables, _ = results(name)
    return answer_of(plan, tables, code)


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("name", READ)
def test_a_reading_answers_on_top_of_the_page(results, name, code):
    plan, tables, folder = results(name)
    said = said_of(results, name, code)
    assert len(sentences(said)) == 2 or len(said.splitlines()) > 2, said
    assert re.search(r"\d", said) and "nan" not in said
    page = Page(read_page(folder, code)).text
    assert all(spaced(line.removeprefix("- ")) in page for line in said.splitlines())
    with language(code):
        is_complete = Differences(plan, tables).are_complete()
        assert said == best_answer(reading_of(plan), plan, tables, is_complete)
        assert spaced(usual_answer(plan, tables)) not in page


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("name", WITH_TABLES)
def test_tables_of_a_reading_stand_on_the_page(results, name, code):
    plan, tables, folder = results(name)
    page = Page(read_page(folder, code)).text
    with language(code):
        given = reading_of(plan).page_tables(plan, tables)
        shown = [PageTable.of(title, table) for title, table in given]
    assert shown
    for table in shown:
        assert spaced(table.title) in page
        for row in table.rows:
            assert len(row) == len(table.head)
            assert all(spaced(cell) in page for cell in row)
            assert not [cell for cell in row if "nan" in cell.split()]


@pytest.mark.parametrize("name", READ)
def test_the_dutch_page_has_no_english_but_names_of_files(results, name):
    _, _, folder = results(name)
    text = re.sub(r"<code>.*?</code>", "", read_page(folder, "nl"))
    english = re.findall(r"\b(?:the|and|with|clients|hours|policy|lower|higher)\b", Page(text).text)
    assert not english, english
    assert not set(sentences(said_of(results, name, "en"))) & set(
        sentences(said_of(results, name, "nl"))
    )


def test_rotterdam_tells_how_many_figures_lie_inside_and_which_do_not(results):
    plan, tables, _ = results("rotterdam")
    fit, said = tables["fit"], said_of(results, "rotterdam")
    fit = fit[fit["inside"].notna()]  # published in a word: not judged
    free, used = (fit[fit["role"] == role] for role in ("validate", "calibrate"))
    assert f"Of {len(free)} published figures that had no say" in said
    assert f"strengths of the mechanisms, {free['inside'].sum()} lie" in said
    assert f"of {len(used)} by which they were chosen {used['inside'].sum()} do" in said
    for row in fit[fit["role"] != "input"].itertuples():
        called = f"{row.statistic} ({row.group}, {row.moment}"
        assert (called in said) == (not row.inside)
    everything_fits = {**tables, "fit": fit.assign(inside=True)}
    assert "None lies outside." in answer_of(plan, everything_fits)


def test_swap_routes_splits_the_difference(results):
    _, tables, _ = results("swap_routes")
    said = said_of(results, "swap_routes")
    split = tables["split"].set_index("part")["problems"]
    whole = split.pop("observed difference")
    assert f"{abs(whole):.2f} {'higher' if whole > 0 else 'lower'}" in said.partition(". Of")[0]
    for value in split:
        assert f"{value:+.2f}".replace("-", "−") in said.partition(". Of")[2]
    assert split.sum() == pytest.approx(whole, abs=1e-4)


def test_mechanisms_names_what_changes_most_by_route(results):
    _, tables, _ = results("mechanisms")
    parts = sentences(said_of(results, "mechanisms"))
    table = tables["contributions"]
    for part, outcome in zip(parts, ("supporters", "problems"), strict=True):
        for route, said in zip(("team", "conference"), part.split(";"), strict=True):
            found = table[(table["outcome"] == outcome) & (table["entrance"] == route)]
            clear = found[(found["low"] > 0) | (found["high"] < 0)]
            most = (clear if len(clear) else found).set_index("without")["change"]
            code = most.abs().idxmax()
            told = float(re.search(rf"\({code}, (\d+\.\d+)", said)[1])
            assert told == pytest.approx(abs(most[code]), abs=0.005)


def test_savings_puts_each_policy_where_its_interval_does(results):
    plan, tables, _ = results("savings")
    said = said_of(results, "savings").partition(". Across")[0]
    table = tables["returns"].set_index(["policy", "year"])
    wholes = table.xs(0, level="year")
    words = {"more": "saves more than", "less": "costs more than", "unclear": "it is uncertain"}
    parts = {key for key in words if words[key] in said}
    assert parts == {verdict(row) for _, row in wholes.iterrows()}
    euros = NumberFormat("EUR", 0)
    for policy in plan.policies[1:]:
        row = wholes.loc[policy.name]
        mine = said.partition(f"‘{policy.name}’ ")[2].partition(")")[0]
        span = euros.signed_span(row["net_low"], row["net_high"])
        assert mine.startswith(f"{euros.signed(row['net'])} ({span}")
        year = first_good_year(table.loc[policy.name]["net"].drop(0))
        assert f"from year {year} on" in mine if year else "from year" not in mine


def test_a_good_year_is_one_after_which_none_is_bad():
    years = [1, 2, 3, 4]
    assert first_good_year(pd.Series([-1, 2, -3, 4], years)) == 4
    assert first_good_year(pd.Series([1, 2, 3, 4], years)) == 1
    assert first_good_year(pd.Series([1, 2, 3, -4], years)) is None
    assert first_good_year(pd.Series([-1, 0, 3, 4], years)) == 3


def test_savings_tells_who_pays(results):
    _, tables, _ = results("savings")
    said = said_of(results, "savings").partition("\nAcross")[2]
    paid, euros = tables["payers"], NumberFormat("EUR", 0)
    theirs = paid[(paid["payer"] == "insurer") & (paid["policy"] != "wijkteam")]["difference"]
    assert f"{euros.signed_span(theirs.min(), theirs.max())} for insurers" in said
    hours = tables["time"].query("measure == 'free_hours'")["difference"]
    span = NumberFormat("hours", 1).signed_span(hours.min(), hours.max())
    assert f"no saving, by {span} hours" in said


def test_vignettes_tells_what_is_reached_and_what_is_not(results):
    plan, tables, _ = results("vignettes")
    table = tables["vignettes"]
    reached, missed = sentences(said_of(results, "vignettes"))
    nets = table[table["component"] == "net saving"]
    for row in nets.itertuples():
        part = reached if row.eur >= row.published else missed
        assert f"‘{row.about}’" in part
        assert f"€{row.published:,.0f} or more" in part
        assert f"€{abs(row.eur):,.0f} per case" in part
    assert f"reaches {(nets['eur'] >= nets['published']).sum()} " in reached
    rich = {"vignettes": table.assign(eur=table["eur"] + 50_000)}
    assert "None falls short." in answer_of(plan, rich)


def test_the_poll_stands_beside_what_is_simulated(results):
    _, tables, _ = results("national_poll")
    said = said_of(results, "national_poll")
    goals = tables["goals"].set_index(["policy", "bounds", "goal"])["share"]["as in 2017"]
    strict, usual, lenient = (goals[how, "contributes"] for how in ("strict", "usual", "lenient"))
    assert f"{usual:.0%} of the municipalities" in said
    assert f"({strict:.0%} by strict and {lenient:.0%} by lenient bounds)" in said
    assert f"{figure('E40'):.0%}, lies " in said
    assert ("between these" in said) == (strict <= figure("E40") <= lenient)
    mean = tables["national"].set_index(["policy", "measure"])["value"]
    given = [mean[p, "outreach_given"] for p in ("as in 2017", "three fifths less staff")]
    assert "from {:.0%} to {:.0%}".format(*given) in said
    cost = mean["all integral teams", "cash"] / mean["the old way", "cash"] - 1
    assert f"{abs(cost):.0%} {'lower' if cost < 0 else 'higher'} than" in said


def test_integral_teams_stand_beside_what_was_published(results):
    _, tables, _ = results("integral_teams")
    said = said_of(results, "integral_teams")
    costs = tables["relative_costs"].set_index(["who", "policy"])["value"]
    mine = costs["families with problems", "broad team, one plan"]
    assert f"{abs(mine):.0%} {'lower' if mine < 0 else 'higher'} for families" in said
    assert f"published is {abs(figure('E41')):.0%} lower" in said
    assert f"‘{costs['all clients'].idxmin()}’ costs least" in said


def test_self_reliance_tells_of_who_could_and_of_who_cannot(results):
    _, tables, _ = results("self_reliance")
    table = tables["differences"].set_index(["policy", "outcome"])
    for policy, part in zip(
        ("asked of all", "asked of who can, told apart"),
        sentences(said_of(results, "self_reliance")),
        strict=True,
    ):
        for group in ("could", "cannot"):
            row = table.loc[(policy, f"problems_{group}")]
            size = (
                f"{abs(row.difference):.2f}" if abs(row.difference) >= 0.005 else "less than 0.01"
            )
            which = "lower" if row.difference < 0 else "higher"
            assert f"{size} {which}" in part or (row.share < SURE and "lower or higher" in part)
        assert f"{table.loc[(policy, 'asked_in_vain'), 'value']:.0%} " in part


def test_outside_guidance_is_about_problems_supporters_and_spending(results):
    _, tables, _ = results("outside_guidance")
    _lead, problems, supporters, cash, waits = said_of(results, "outside_guidance").splitlines()
    table = tables["differences"].set_index(["policy", "outcome"])
    assert problems.startswith("- problems per client") and "‘offered to all’" in problems
    assert supporters.startswith("- supporters per client") and "cash paid" in cash
    scarce = "from 5, scarce: 5 hours per 100 clients"
    share = table.loc[(scarce, "awaits_coordinator"), "value"]
    assert f"‘{scarce}’ {share:.0%} wanted it, but no coordinator was available" in waits


def test_compare_tells_of_each_policy_and_who_is_better_off(results):
    _, tables, _ = results("compare")
    _lead, problems, _supporters, cost, better = said_of(results, "compare").splitlines()
    fates = tables["fates"].groupby("policy")[["better", "worse"]].mean()
    for policy in ("eigen_kracht", "wijkteam, offer=1"):
        assert f"with ‘{policy}’" in problems and f"with ‘{policy}’" in cost
        assert f"‘{policy}’ {fates.loc[policy, 'better']:.0%}" in better


def test_a_reading_leaves_the_answer_to_the_usual_one_where_its_policies_are_not(tmp_path):
    plan = small("outside_guidance")
    plan = plan.changed(weeks=60, policies=plan.source["policies"][:2])
    out = tmp_path / "a"
    run_study(plan, out, engine="here")
    tables, reading = tables_in(out), reading_of(plan)
    assert not reading.answer(plan, tables)
    is_complete = Differences(plan, tables).are_complete()
    assert best_answer(reading, plan, tables, is_complete) == usual_answer(plan, tables)


@pytest.mark.parametrize("name", ["swap_routes", "savings", "compare"])
def test_one_town_gives_an_answer_without_intervals(tmp_path, name):
    plan = small(name).changed(seeds=1, sets=1)
    run_study(plan, tmp_path / "a", engine="here")
    for code in LANGUAGES:
        said = answer_of(plan, tables_in(tmp_path / "a"), code)
        assert len(sentences(said)) == 2 or len(said.splitlines()) > 2
        assert "95%" not in said and "—" not in said and "nan" not in said
