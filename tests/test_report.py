"""The report: one page that stands by itself, with an answer made from the tables."""

import re
from html.parser import HTMLParser
from types import SimpleNamespace

import pytest

from kring.experiments.measures import measure
from kring.experiments.pipeline.report import write_report
from kring.experiments.pipeline.run import run_study
from kring.experiments.reading.answer import answer
from kring.experiments.report.doubts import chance, how_many_unclear, other_sets
from kring.experiments.report.page import table_note
from kring.experiments.study.load import plan_of
from kring.experiments.study.plan import Plan
from kring.experiments.text.language import language
from kring.simulation.errors import KringError
from tests.helpers import tables_in

ODD = '<b>"x" & y'
TEAM = {"name": "team", "nl": "wijkteam"}
HOURS = {"name": ODD, "nl": ODD, "mobilisation_hours": 30, "offer": 1}
LANGUAGES = ("en", "nl")


def study(**changes):
    """The plan of a study of a few clients and weeks."""
    small = {"name": "a", "question": "What if?", "question_nl": "Wat als?", "weeks": 30}
    place = {} if "country" in changes else {"town": {"clients": 30}}
    alone = {"seeds": 2, "parameters": {"preset": "fitted"}}  # a single set
    given = {**small, **alone, **place, "policies": [TEAM, HOURS], **changes}
    return plan_of(given)


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
    "sets": study(sets=3, parameters={}, outcomes=["problems", "supporters", "cost"]),
    "sets along a line": study(
        sets=2, parameters={}, vary={"policy": {"mobilisation_hours": [0, 2.5, 5, 10, 20, 30, 40]}}
    ),
}


@pytest.fixture(scope="session")
def results(tmp_path_factory):
    """A finished result, with its pages, of each design."""
    found = {}

    def of(name):
        if name not in found:
            out = tmp_path_factory.mktemp("results") / "a"
            run_study(DESIGNS[name], out, engine="here")
            write_report(out)
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
        self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, text):
        if self.open and self.open[-1] != "style":
            self.texts.append(text)

    @property
    def text(self):
        return re.sub(r"\s+", " ", " ".join(self.texts))


def read(folder, code):
    name = {"en": "report.html", "nl": "report_nl.html"}[code]
    return (folder / name).read_text(encoding="utf-8")


def answer_in(code, plan, tables):
    """The usual answer in a language."""
    with language(code):
        return answer(plan, tables)


def spaced(text):
    """A text with one kind of space, as a page's."""
    return re.sub(r"\s+", " ", text)


def sentences(text):
    """Sentences, a full stop in a policy's name aside."""
    return re.split(r"(?<=[.!?])\s+(?=[A-Z‘])", text.strip())


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_page_loads_nothing_from_elsewhere(results, code):
    text = read(results("policies"), code)
    page = Page(text)
    assert page.loads  # the figure
    assert all(source.startswith("data:image/") for source in page.loads)
    assert not {"script", "link", "iframe", "object", "a"} & set(page.tags)
    assert "url(" not in text and "@import" not in text
    assert not page.open
    assert len(page.ids) == len(set(page.ids))


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_page_can_be_read_by_who_cannot_see_it(results, code):
    page = Page(read(results("policies"), code))
    found = dict(page.attributes)
    assert found["html"]["lang"] == code
    pictures = [given for tag, given in page.attributes if tag == "img"]
    assert pictures and all("problem" in given["alt"] for given in pictures)
    assert all("scope" in given for tag, given in page.attributes if tag == "th")


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("design", DESIGNS)
def test_every_design_gets_an_answer_with_numbers(results, design, code):
    folder = results(design)
    said = answer_in(code, DESIGNS[design], tables_in(folder))
    lead, *items = said.splitlines()
    assert items and re.search(r"\d", said)
    assert "nan" not in said
    page = Page(read(folder, code)).text
    assert all(spaced(line.removeprefix("- ")) in page for line in (lead, *items))


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("design", ["policies", "a lever", "futures", "country", "one seed"])
def test_numbers_in_the_answer_stand_in_the_table(results, design, code):
    folder = results(design)
    said = answer_in(code, DESIGNS[design], tables_in(folder))
    table = spaced(" ".join(re.findall("<table.*?</table>", read(folder, code), re.DOTALL)))
    numbers = re.findall(r"\d[\d.,]*\d", re.sub("‘.*?’|9[05]%|^.*:$", "", said, flags=re.M))
    assert len(numbers) > 4
    assert not [number for number in numbers if number not in table]


def test_the_table_holds_the_numbers_of_the_csv(results):
    """A difference to the last digit; a value so that they add up, which takes one off or on."""
    folder = results("policies")
    page = Page(read(folder, "nl")).text
    there = [float(number.replace(",", ".")) for number in re.findall(r"\d+,\d\d\b", page)]
    for row in tables_in(folder)["differences"].to_dict("records"):
        if row["outcome"] == "supporters" and row["difference"]:
            assert min(abs(number - row["value"]) for number in there) < 0.011
            assert round(abs(row["difference"]), 2) in there


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_name_with_signs_of_html_stays_text(results, code):
    text = read(results("policies"), code)
    assert "<b>" not in text
    assert ODD in Page(text).text


def test_the_same_result_gives_the_same_bytes(results):
    folder = results("policies")
    before = [read(folder, code) for code in LANGUAGES]
    (folder / "timing.json").write_text('{"wall_seconds": 12345}')
    write_report(folder)
    assert [read(folder, code) for code in LANGUAGES] == before


def test_no_page_but_its_figures_is_in_the_other_language(results):
    nl, en = (Page(read(results("policies"), code)).text for code in ("nl", "en"))
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
    table = tables_in(results("long line"))["differences"]
    first = table[(table["policy"] == "team") & (table["outcome"] == "problems")]
    for value in first["value"]:
        assert f"{value:.2f}".replace(".", ",") in row


@pytest.mark.parametrize("code", LANGUAGES)
def test_what_it_rests_on_is_told(results, code):
    page = Page(read(results("policies"), code)).text
    by_hand = {"en": "a set chosen by hand", "nl": "een met de hand gekozen set"}[code]
    for said in ("E16", by_hand, "--parameters sceptical", "--parameters hopeful", "kring repeat",
                 "differences.csv", "a_nl.svg"):  # fmt: skip
        assert said in page
    assert {"en": "30 clients, 30 weeks, 2 towns", "nl": "30 cliënten, 30 weken, 2 getrokken"}[
        code
    ] in page


def test_with_one_town_a_set_chance_is_not_told_apart():
    made = SimpleNamespace(points=1)
    one, two = (study(sets=3, seeds=n, parameters={}) for n in (1, 2))
    assert "chance is not told apart" in chance(one)
    assert "each lived in one town, " in table_note(one, made)
    assert "each set was lived in 2 towns" in chance(two)
    assert "each lived in 2 towns, " in table_note(two, made)
    drawn = {"design": "latin hypercube", "points": 4, "town": {"sick_leave": [0, 0.4]}}
    assert "each with one town, " in table_note(study(seeds=1, vary=drawn), made)
    assert "each with 2 towns, " in table_note(study(seeds=2, vary=drawn), made)
    with language("nl"):
        assert "Elke set is in één stad geleefd, dus toeval staat niet apart" in chance(one)


def test_a_single_difference_is_told_as_one():
    alone, over_sets = study(), study(sets=3, seeds=1, parameters={})
    assert how_many_unclear(alone, 1, 1) == "The one difference in the table could be none."
    assert how_many_unclear(alone, 3, 1) == "Of 3 differences in the table 1 could be none."
    assert how_many_unclear(over_sets, 1, 1).startswith("The one difference in the table may as")


def test_a_value_of_the_study_s_own_has_the_study_as_its_source(results):
    page = Page(read(results("policies"), "en")).text
    usual = "2.5 hours per case"
    assert f"30 hours per case {usual} choice of this study; {usual}: E16" in page
    along = Page(read(results("a lever"), "en")).text
    varied = along.partition("What varies")[2].partition("Annexes")[0]
    assert "choice of this study" in varied and "E16" not in varied


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
    found = other_sets(study(), made)
    assert found[0] == f"{other} --parameters ensemble --out results/a_ensemble"


def test_the_reading_of_one_policy_has_its_means(results):
    text = (results("one policy") / "reading.md").read_text()
    for row in tables_in(results("one policy"))["differences"].itertuples():
        assert re.search(rf"{measure(row.outcome).en} {row.value:.2f}|{row.value:.0f}", text)
    assert "Against" not in text


def test_runs_that_failed_are_shown(results, tmp_path, monkeypatch):
    real = Plan.setup

    def fails(plan, run):
        if run.policy and run.seed == 1:
            raise KringError("no room for <this> one")
        return real(plan, run)

    monkeypatch.setattr(Plan, "setup", fails)
    three = DESIGNS["policies"].changed(first_seed=1, seeds=3)
    done = run_study(three, tmp_path / "a", engine="here")
    assert done.failed == 1
    write_report(done.folder)
    assert "1 of 6 runs failed" in Page(read(done.folder, "en")).text
    assert "no room for <this> one" in Page(read(done.folder, "nl")).text
    assert "1 van de 6 berekeningen" in Page(read(done.folder, "nl")).text


def test_where_all_runs_failed_there_is_no_answer(tmp_path, monkeypatch):
    def fails(plan, run):
        raise KringError("nothing works")

    monkeypatch.setattr(Plan, "setup", fails)
    done = run_study(DESIGNS["policies"], tmp_path / "a", engine="here")
    write_report(done.folder)
    page = Page(read(done.folder, "en")).text
    assert "There is no answer" in page and "4 of 4 runs failed" in page
    assert "nothing works (4 times)" in page
    assert f"team, {ODD}" in page


def test_a_folder_without_a_study_is_refused_in_a_line(tmp_path):
    with pytest.raises(KringError, match="no result of Kring"):
        write_report(tmp_path)
    (tmp_path / "manifest.json").write_text("{}")
    with pytest.raises(KringError, match="is no manifest of Kring: 'command' is missing"):
        write_report(tmp_path)
