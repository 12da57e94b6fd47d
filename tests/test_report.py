"""The report: one page that stands by itself, with an answer made from the tables."""

import re
from html.parser import HTMLParser

import pandas as pd
import pytest

from experiments.measures import measure
from experiments.reporting.amounts import Amounts
from experiments.reporting.answers import answer
from experiments.reporting.report import other_sets, read_tables, write_reports
from experiments.running.performing import perform
from experiments.study.file import Study
from simulation.errors import KringError

ODD = '<b>"x" & y'
TEAM = {"name": "team", "nl": "wijkteam"}
HOURS = {"name": ODD, "nl": ODD, "mobilisation_hours": 30, "offer": 1}
LANGUAGES = ("en", "nl")


def study(**changes):
    """A study of a few clients and weeks."""
    small = {"name": "a", "question": "What if?", "question_nl": "Wat als?", "weeks": 30}
    place = {} if "country" in changes else {"town": {"clients": 30}}
    given = {**small, "seeds": 2, **place, "policies": [TEAM, HOURS], **changes}
    return Study.model_validate(given)


DESIGNS = {
    "policies": study(outcomes=["problems", "supporters", "alone", "cost"]),
    "one policy": study(policies=[TEAM]),
    "one outcome": study(policies=[TEAM], outcomes=["problems@20"]),
    "one seed": study(seeds=1),
    "a lever": study(policies=[TEAM], vary={"policy": {"mobilisation_hours": [0, 2.5, 30]}}),
    "many points": study(
        outcomes=["cost"], vary={"policy": {"offer": [i / 30 for i in range(31)]}}
    ),
    "many outcomes": study(
        outcomes=[
            "problems",
            "supporters",
            "alone",
            "cost",
            "network",
            "severity",
            "closed",
            "returns",
        ]
    ),
    "long line": study(vary={"policy": {"mobilisation_hours": [0, 2.5, 5, 10, 20, 30, 40]}}),
    "words": study(vary={"parameters": {"without": ["nothing", "M5"]}, "town": {"clients": [20]}}),
    "futures": study(
        vary={"design": "latin hypercube", "points": 4, "town": {"sick_leave": [0, 0.4]}}
    ),
    "futures of one": study(
        policies=[TEAM],
        vary={"design": "latin hypercube", "points": 4, "town": {"sick_leave": [0, 0.4]}},
    ),
    "split": study(vary={"design": "shapley"}),
    "country": study(country={"municipalities": 2, "clients": 60}),
}


@pytest.fixture(scope="session")
def results(tmp_path_factory):
    """A finished result, with its pages, of each design."""
    found = {}

    def of(name):
        if name not in found:
            out = tmp_path_factory.mktemp("results") / "a"
            perform(DESIGNS[name], out, engine="here")
            write_reports(out)
            found[name] = out
        return found[name]

    return of


class Page(HTMLParser):
    """What a browser would load of a page, its text, and the ids and tags in it."""

    def __init__(self, text):
        super().__init__()
        self.loads, self.tags, self.texts, self.ids, self.attributes = [], [], [], [], []
        self.open = []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.tags.append(tag)
        self.attributes.append((tag, given))
        self.loads += [given[k] for k in ("src", "href", "srcset", "data", "action") if k in given]
        self.ids += [given["id"]] if "id" in given else []
        if tag not in ("meta", "img", "br", "link"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, text):
        if self.open and self.open[-1] != "style":
            self.texts.append(text)

    @property
    def text(self):
        return re.sub(r"\s+", " ", " ".join(self.texts))


def read(folder, language):
    name = {"en": "report.html", "nl": "report_nl.html"}[language]
    return (folder / name).read_text(encoding="utf-8")


def spaced(text):
    """A text with one kind of space, as a page's."""
    return re.sub(r"\s+", " ", text)


def sentences(text):
    """Sentences, a full stop in a policy's name aside."""
    return re.split(r"(?<=[.!?])\s+(?=[A-Z‘])", text.strip())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_loads_nothing_from_elsewhere(results, language):
    text = read(results("policies"), language)
    page = Page(text)
    assert page.loads  # the figure
    assert all(source.startswith("data:image/") for source in page.loads)
    assert not {"script", "link", "iframe", "object", "a"} & set(page.tags)
    assert "url(" not in text and "@import" not in text
    assert not page.open
    assert len(page.ids) == len(set(page.ids))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_can_be_read_by_who_cannot_see_it(results, language):
    page = Page(read(results("policies"), language))
    found = dict(page.attributes)
    assert found["html"]["lang"] == language
    pictures = [given for tag, given in page.attributes if tag == "img"]
    assert pictures and all("problem" in given["alt"] for given in pictures)
    assert all("scope" in given for tag, given in page.attributes if tag == "th")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("design", DESIGNS)
def test_every_design_gets_two_sentences_with_numbers(results, design, language):
    folder = results(design)
    said = answer(DESIGNS[design], read_tables(folder), language)
    assert len(sentences(said)) == 2, said
    assert re.search(r"\d", said)
    assert "nan" not in said
    assert spaced(said) in Page(read(folder, language)).text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("design", ["policies", "a lever", "futures", "country", "one seed"])
def test_numbers_in_the_answer_stand_in_the_table(results, design, language):
    folder = results(design)
    said = answer(DESIGNS[design], read_tables(folder), language)
    table = spaced(" ".join(re.findall("<table.*?</table>", read(folder, language), re.DOTALL)))
    numbers = re.findall(r"\d[\d.,]*\d", re.sub("‘.*?’|95%|after.*?,", "", said))
    assert len(numbers) > 4
    assert not [number for number in numbers if number not in table]


def test_the_table_holds_the_numbers_of_the_csv(results):
    folder = results("policies")
    page = Page(read(folder, "nl")).text
    for row in read_tables(folder)["differences"].to_dict("records"):
        if row["outcome"] == "supporters" and row["difference"]:
            assert f"{row['value']:.2f}".replace(".", ",") in page
            assert f"{abs(row['difference']):.2f}".replace(".", ",") in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_name_with_signs_of_html_stays_text(results, language):
    text = read(results("policies"), language)
    assert "<b>" not in text
    assert ODD in Page(text).text


def test_the_same_result_gives_the_same_bytes(results):
    folder = results("policies")
    before = [read(folder, language) for language in LANGUAGES]
    (folder / "timing.json").write_text('{"wall_seconds": 12345}')
    write_reports(folder)
    assert [read(folder, language) for language in LANGUAGES] == before


def test_no_page_but_its_figures_is_in_the_other_language(results):
    nl, en = (Page(read(results("policies"), language)).text for language in ("nl", "en"))
    assert "Antwoord" in nl and "Answer" not in nl
    assert "steungevers per cliënt" in nl and "supporters per client" not in nl
    assert "supporters per client" in en and "steungevers" not in en
    assert "uren voor het netwerk" in nl and "30 uur per zaak" in nl


def test_the_dutch_page_needs_no_english(results):
    for design in ("policies", "a lever", "country", "split", "futures", "futures of one"):
        text = re.sub(r"<code>.*?</", "", read(results(design), "nl"), flags=re.S)
        english = re.findall(r"\b(?:the|of|and|with|clients|hours|policy)\b", Page(text).text)
        assert set(english) <= {"of"}, (design, english)  # a word in both


def test_more_outcomes_than_figures_show_are_folded(results):
    page = read(results("many outcomes"), "en")
    before, _, folded = page.partition("<details>")
    assert before.count('class="outcome"') == 6
    assert folded.count('class="outcome"') == 2
    assert "2 more outcomes" in folded.partition("</summary>")[0]
    assert "differences.csv" in folded and "differences.csv" not in before


def test_a_line_of_many_policies_is_a_table_of_values(results):
    page = read(results("long line"), "nl")
    row = page.partition('<th scope="row">wijkteam</th>')[2].partition("</tr>")[0]
    assert row.count("<td") == 7
    table = read_tables(results("long line"))["differences"]
    first = table[(table["policy"] == "team") & (table["outcome"] == "problems")]
    for value in first["value"]:
        assert f"{value:.2f}".replace(".", ",") in row


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_it_rests_on_is_told(results, language):
    page = Page(read(results("policies"), language)).text
    for said in ("E16", "fitted", "--parameters sceptical", "--parameters hopeful", "kring repeat",
                 "differences.csv", "a_nl.svg"):  # fmt: skip
        assert said in page
    assert {"en": "30 clients, 30 weeks, 2 towns", "nl": "30 cliënten, 30 weken, 2 getrokken"}[
        language
    ] in page


@pytest.mark.parametrize(
    ("made", "other"),
    [
        ("kring run town.toml --quick --out x", "kring run town.toml --quick"),
        ("kring compare wijkteam --set offer=1", "kring compare wijkteam --set offer=1"),
        ("kring a --seeds 3 --parameters hopeful", "kring a --seeds 3"),
        ("kring notebook.py", "kring run a.toml"),
    ],
)
def test_the_other_sets_are_run_as_the_result_was_made(made, other):
    found = other_sets(study(), {"command": made})
    assert found[0] == f"{other} --parameters sceptical --out results/a_sceptical"


def test_the_reading_of_one_policy_has_its_means(results):
    text = (results("one policy") / "reading.md").read_text()
    for row in read_tables(results("one policy"))["differences"].itertuples():
        assert re.search(rf"{measure(row.outcome).en} {row.value:.2f}|{row.value:.0f}", text)
    assert "Against" not in text


def test_runs_that_failed_are_shown(results, tmp_path, monkeypatch):
    from experiments.running import work

    real = work.scene

    def fails(study, run):
        if run.policy and run.seed == 1:
            raise KringError("no room for <this> one")
        return real(study, run)

    monkeypatch.setattr(work, "scene", fails)
    done = perform(DESIGNS["policies"].sized(first_seed=1, seeds=3), tmp_path / "a", engine="here")
    assert done.failed == 1
    write_reports(done.folder)
    assert "1 of 6 runs failed" in Page(read(done.folder, "en")).text
    assert "no room for <this> one" in Page(read(done.folder, "nl")).text
    assert "1 van de 6 berekeningen" in Page(read(done.folder, "nl")).text


def test_where_all_runs_failed_there_is_no_answer(tmp_path, monkeypatch):
    from experiments.running import work

    def fails(study, run):
        raise KringError("nothing works")

    monkeypatch.setattr(work, "scene", fails)
    done = perform(DESIGNS["policies"], tmp_path / "a", engine="here")
    write_reports(done.folder)
    page = Page(read(done.folder, "en")).text
    assert "There is no answer" in page and "4 of 4 runs failed" in page
    assert "nothing works (4 times)" in page
    assert f"team, {ODD}" in page


def test_a_folder_without_a_study_is_refused_in_a_line(tmp_path):
    with pytest.raises(KringError, match="no result of Kring"):
        write_reports(tmp_path)
    (tmp_path / "manifest.json").write_text("{}")
    with pytest.raises(KringError, match="not made from a study"):
        write_reports(tmp_path)


# Answers, from tables made by hand.


def found(*rows):
    names = ("policy", "outcome", "value", "difference", "low", "high")
    return {"differences": pd.DataFrame([dict(zip(names, row, strict=True)) for row in rows])}


BASE = ("team", "problems", 2.7, 0, 0, 0)
THREE = study(policies=[TEAM, {"name": "b"}, {"name": "c"}], outcomes=["problems", "cost"])


def test_a_clear_difference_goes_before_a_larger_one_that_could_be_none():
    rows = (("b", "problems", 2.5, -0.2, -0.3, -0.1), ("c", "problems", 3.4, 0.7, -0.1, 1.5))
    said = answer(THREE, found(BASE, *rows), "en")
    assert "‘b’ makes the largest clear difference" in said
    assert "2.50 instead of 2.70, so 0.20 lower (95% interval: 0.10 to 0.30 lower)" in said
    assert "for 1 of the 2 the difference could be none" in said


def test_what_rounding_would_belie_is_left_out():
    """4.658 and 4.662 are 0.004 apart as they are written, but the difference is 0.003."""
    rows = (("team", "problems", 4.6584, 0, 0, 0), ("b", "problems", 4.6618, 0.0034, 0.001, 0.005))
    said = answer(study(policies=[TEAM, {"name": "b"}]), found(*rows), "en")
    assert "4.662, compared with ‘team’: 0.003 higher (95%" in said and "4.658" not in said


def test_what_could_be_none_is_said():
    said = answer(
        study(policies=[TEAM, {"name": "b"}]),
        found(BASE, ("b", "problems", 2.5, -0.2, -0.5, 0.1)), "en",
    )  # fmt: skip
    assert "could be none (95% interval: from 0.50 lower to 0.10 higher)" in said


def test_a_difference_too_small_for_its_decimals_is_not_called_zero():
    amounts = Amounts("problems", 2, "nl")
    assert amounts.change(-0.001) == "minder dan 0,01 lager"
    assert amounts.change(0) == "geen verschil"
    assert amounts.span(-0.3, -0.1) == "0,10 tot 0,30 lager"


@pytest.mark.parametrize(
    ("outcome", "value", "en", "nl"),
    [
        ("cost", 3930.76, "€3,931", "€\xa03.931"),
        ("alone", 0.672, "67.2%", "67,2%"),
        ("problems", 2.664, "2.66", "2,66"),
    ],
)
def test_numbers_are_written_as_in_their_language(outcome, value, en, nl):
    assert Amounts.of(outcome, [value], [], "en").value(value) == en
    assert Amounts.of(outcome, [value], [], "nl").value(value) == nl


def test_a_split_names_what_brings_most():
    split = study(policies=[TEAM, {"name": "b", "offer": 1, "training": 8}],
                  outcomes=["problems"], vary={"design": "shapley"})  # fmt: skip
    table = pd.DataFrame(
        [("team", i, "problems", 3 - 0.1 * i, -0.1 * i, -0.1 * i - 0.1, -0.1 * i + 0.1)
         for i in range(4)],
        columns=["policy", "point", "outcome", "value", "difference", "low", "high"],
    )  # fmt: skip
    parts = pd.DataFrame(
        [("training", "problems", -0.2), ("offer", "problems", -0.1),
         ("all together", "problems", -0.3)],
        columns=["player", "outcome", "value"],
    ).assign(low=-0.4, high=0.0)  # fmt: skip
    said = answer(split, {"differences": table, "shapley": parts}, "en")
    assert "‘b’ gives, in problems per client, 2.70 instead of 3.00 (‘team’): 0.30 lower" in said
    assert "0.20 lower comes with ‘training’; 0.10 lower comes with ‘offer’." in said
