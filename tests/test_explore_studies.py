"""What a study brings to a page: its town, policies, levers, outcomes and strengths."""

import webbrowser
from dataclasses import replace
from http.server import ThreadingHTTPServer

import numpy as np
import pytest

from kring.experiments.cli.exploring import explore, serve
from kring.experiments.explore.absent import absent
from kring.experiments.explore.books import BOOKED
from kring.experiments.explore.facts import facts, module
from kring.experiments.explore.levers import LEVERS
from kring.experiments.explore.menu import RUNNING, Menu
from kring.experiments.explore.of_study import menu_of, unfit
from kring.experiments.explore.page import page, plain_menu
from kring.experiments.explore.picture import town_numbers
from kring.experiments.explore.scenario import Scenario
from kring.experiments.explore.shown import followed, of_each, of_study
from kring.experiments.explore.towns import people, presets_for
from kring.experiments.explore.words import words
from kring.experiments.study.files import find
from kring.experiments.study.load import load
from kring.experiments.text.language import language
from kring.simulation.choices import QUEUE_ORDERS
from kring.simulation.errors import KringError
from kring.simulation.outcomes import NAMES as OUTCOMES
from kring.simulation.run import simulate
from kring.simulation.town import Town
from tests.node import needs_node
from tests.page_in_node import SMALL, assert_lives_alike, in_node, js


def load_text(folder, text):
    (folder / "study.toml").write_text(text)
    return load(folder / "study.toml")


STUDY = """
question = "More places?"
weeks = 30
[town]
preset = "class"
[[policies]]
name = "today"
[[policies]]
name = "training"
nl = "scholing"
training = 20
"""


IN_WORDS = """
weeks = 60
outcomes = [
    "severity", "wait", "supporters:team@26", "cash", "given_plans", "doubt", "without_plan",
]
[town]
preset = "class"
clients = 40
[[policies]]
name = "today"
[[policies]]
name = "youth"
queue_order = "youth first"
input_steering = 0.4
[[policies]]
name = "groups"
outcome_steering = 0.4
work_order = "collective>administration>intake>plans>guidance>network>outreach"
"""


@pytest.fixture(scope="module")
def in_words(tmp_path_factory):
    """A menu with levers in words, shares of one whole, and outcomes of its own."""
    file = tmp_path_factory.mktemp("words") / "s.toml"
    file.write_text(IN_WORDS)
    return replace(menu_of(file), drawn=2)


BY_ROUTE = """
weeks = 60
outcomes = ["problems:team", "cost"]
[town]
preset = "class"
clients = 40
conference_share = 0.4
[parameters]
preset = "sceptical"
[[policies]]
name = "today"
conference = { preset = "eigen_kracht" }
[[policies]]
name = "more time, later"
from_week = 9
phase_in = 16
mobilisation_hours = 10
conference = { preset = "eigen_kracht", mobilisation_hours = 5, input_steering = 0.4 }
"""


@pytest.fixture(scope="module")
def by_route(tmp_path_factory):
    """A menu with a policy for each route of entry, one of which begins later."""
    file = tmp_path_factory.mktemp("routes") / "s.toml"
    file.write_text(BY_ROUTE)
    return replace(menu_of(file), drawn=2)


@pytest.fixture(scope="module")
def later(by_route):
    """What its second policy asks for."""
    levers = tuple(by_route.presets[1].levers.items())
    return Scenario(levers, by_route.first_town, by_route.first_sets)


def test_a_study_with_a_policy_for_each_route_moves_the_levers_of_each(by_route):
    assert [lever.name for lever in by_route.levers] == [
        "team.mobilisation_hours", "conference.mobilisation_hours", "conference.input_steering",
        "begins",
    ]  # fmt: skip
    assert by_route.base("conference.mobilisation_hours") == 30
    assert by_route.first_sets == "sceptical"
    labels = {name: one["label"] for name, one in words(by_route)["levers"].items()}
    assert "team clients" in labels["team.mobilisation_hours"]


def test_an_outcome_of_a_route_is_told_of_who_came_by_it(by_route):
    assert by_route.outcomes == ("problems:team", "cost")
    assert words(by_route)["outcomes"]["problems:team"] == "Problems per client, team clients"
    result = simulate(
        people(by_route, Scenario.of_link(by_route, ""), 1), by_route.today, 60, keep=range(1, 60)
    )
    town = town_numbers(result, by_route.outcomes)
    assert town["series"]["problems:team"][-1] == town["end"]["problems:team"]
    assert town["end"]["problems:team"] == result.at("problems", 60, "team")
    assert list(town["since"]) == ["cost"]


def test_what_a_policy_for_each_route_asks_is_what_its_study_asks(by_route, later, tmp_path):
    (tmp_path / "s.toml").write_text(BY_ROUTE)
    of_study, of_page = load(tmp_path / "s.toml"), load_text(tmp_path, later.toml(by_route))
    assert of_page.levers(1) == of_study.levers(1) == later.policy(by_route)
    for plan in (of_study, of_page):
        assert plan.levers(0) == by_route.today
        assert (plan.policies[1].from_week, plan.policies[1].phase_in) == (9, 16)
    assert Scenario.of_link(by_route, f"lang=nl&{later.link(by_route)}") == later
    assert Scenario.of_link(by_route, "begins=12").levers == ()


@needs_node
def test_the_page_lives_a_policy_for_each_route_that_comes_later(by_route, later, tmp_path):
    assert_lives_alike(by_route, later.link(by_route), tmp_path)
    link = replace(later, kept=(("a", later.levers),)).link(by_route)
    code = (
        f"(menu => {{const found = scenarioOf(menu, {js(link)});"
        f"return [linkOf(menu, found), tomlOf(menu, found)]}})({js(plain_menu(by_route))})"
    )
    assert in_node(code, ("scenario",)) == [link, later.toml(by_route)]


def test_a_study_in_which_no_lever_varies_has_those_that_matter_most(tmp_path):
    alone = STUDY.partition('[[policies]]\nname = "training"')[0]
    (tmp_path / "s.toml").write_text(alone + "[vary.town]\nnetwork = [8, 16]\n")
    menu = menu_of(tmp_path / "s.toml")
    assert menu.levers == LEVERS and len(menu.presets) == 1
    lines = absent(menu)
    assert any("stands still here: network" in line for line in lines)
    assert any("No lever varies" in line for line in lines)


@pytest.mark.parametrize("study", ["screening", "ten_hours_by_year", "our_town", "mechanisms"])
def test_every_study_of_a_town_in_the_casebook_gets_a_page(study):
    menu = menu_of(find(study))
    assert menu.levers and menu.left_out == () and plain_menu(menu)["levers"]


WORDS_LINKS = (
    "queue_order=youth%20first", "queue_order=nonsense&work_order=1", "queue_order=1",
    "input_steering=0.7&outcome_steering=0.6", "outcome_steering=2&a=queue_order:heaviest%20first",
    "work_order=collective > administration > intake > plans > guidance > network > outreach",
)  # fmt: skip


@needs_node
def test_the_page_lives_levers_in_words_and_a_study_s_own_outcomes(in_words, tmp_path):
    order = in_words.lever["work_order"].options[1]
    assert_lives_alike(in_words, f"queue_order=youth first&work_order={order}", tmp_path)


@pytest.mark.parametrize("strengths", SMALL.sets)
def test_a_town_lives_the_same_strengths_in_page_and_study(tmp_path, strengths):
    chosen = Scenario.of_link(SMALL, f"strengths={strengths}&offer=1")
    plan = load_text(tmp_path, chosen.toml(SMALL))
    assert list(plan.seeds) == list(range(1, SMALL.drawn + 1))
    setup, stands = plan.setup(plan.runs[1]), people(SMALL, chosen, plan.runs[1].seed)
    assert setup.parameters == stands.parameters
    assert setup.town.record().tobytes() == stands.world.town.tobytes()


def test_the_largest_study_of_the_casebook_fits_in_a_page():
    menu = menu_of(find("closing"))
    small = replace(menu, towns={"town": SMALL.towns["class"]}, drawn=2, presets=menu.presets[:2])
    sets = {str(number): strengths for number, strengths in menu.strengths().items()}
    since = followed(menu.outcomes)
    given = facts(menu.towns, sets, menu.weeks, menu.today, since=since)
    shown = [presets_for(small)[1]] * len(menu.presets)
    whole = page(menu, shown, given, module(), "made here")
    assert len(menu.presets) > 8 and whole.too_large == ""


def test_a_study_offers_its_town_its_policies_and_the_levers_that_move(tmp_path):
    (tmp_path / "s.toml").write_text(STUDY)
    menu = menu_of(tmp_path / "s.toml")
    assert [lever.name for lever in menu.levers] == ["training"]
    assert [preset.label.en for preset in menu.presets] == ["today", "training"]
    assert menu.presets[1].levers == {"training": 20} and menu.weeks == 30
    assert menu.title.en == "More places?" and list(menu.towns) == ["class"]
    assert menu_of(None).levers == LEVERS


def test_a_policy_that_levers_cannot_show_is_left_out_and_named(tmp_path, capsys):
    more = STUDY + '[[policies]]\nname = "longer"\nweeks = 39\ntraining = 5\n'
    (tmp_path / "s.toml").write_text(more)
    explore(str(tmp_path / "s.toml"), tmp_path / "kring.html", opened=False)
    assert "Policies left out" in (said := capsys.readouterr().err) and ": longer" in said
    assert len(menu_of(tmp_path / "s.toml").presets) == 2


def test_a_lever_in_words_offers_its_words_and_an_order_those_of_the_study(in_words):
    assert in_words.lever["queue_order"].options == QUEUE_ORDERS
    orders = in_words.lever["work_order"].options
    assert len(orders) == 2 and orders[0] == in_words.today.work_order
    assert in_words.presets[2].levers["work_order"] == orders[1]
    with language("nl"):
        said = words(in_words)["levers"]["queue_order"]["options"]
    assert said["youth first"] == "jeugd eerst"


@needs_node
def test_the_page_takes_words_and_shares_of_one_whole_as_python_does(in_words):
    every = [Scenario.of_link(in_words, link) for link in WORDS_LINKS]
    code = (
        f"{js(WORDS_LINKS)}.map(link => {{const menu = {js(plain_menu(in_words))};"
        "const found = scenarioOf(menu, link); return [linkOf(menu, found), tomlOf(menu, found)]})"
    )
    told = [[one.link(in_words), one.toml(in_words)] for one in every]
    assert in_node(code, ("scenario",)) == told
    assert dict(every[0].levers) == {"queue_order": "youth first"}
    assert every[1].levers == every[2].levers == ()
    assert dict(every[3].levers) == {"input_steering": 0.7, "outcome_steering": 0.3}
    assert "heaviest first" in dict(every[4].kept)["a"][0]
    for one in every:
        one.policy(in_words)


@needs_node
def test_the_share_that_is_moved_stays_and_the_other_gives_way(in_words):
    levers = {"input_steering": 0.5, "outcome_steering": 0.8}
    for stays in levers:
        there = in_node(
            f"fitting({js(plain_menu(in_words))}, {js(levers)}, {js(stays)})", ("scenario",)
        )
        assert there == pytest.approx(in_words.fitting(levers, stays))
        assert there[stays] == levers[stays] and sum(there.values()) == pytest.approx(1)


def test_a_study_s_own_outcomes_are_shown_and_those_that_cannot_be_are_named(in_words):
    shown = ("severity", "wait", "supporters:team", "cash", "given_plans", "doubt")
    assert in_words.outcomes == shown and in_words.not_shown == ("without_plan",)
    assert of_study(["wait"])[0] == ("wait", *menu_of(None).outcomes)


def test_the_line_of_an_outcome_ends_where_the_study_s_measure_does(in_words):
    stands = people(in_words, Scenario.of_link(in_words, ""), 1)
    town = town_numbers(simulate(stands, in_words.today, 60, keep=range(1, 60)), BOOKED)
    for name, line in town["series"].items():
        if name.startswith("given_"):
            continue  # of the weeks in which anything is wanted
        assert np.mean(line) == pytest.approx(town["end"][name]), name


def test_what_is_followed_since_entry_is_what_a_client_has_by_herself():
    result = simulate(people(SMALL, Scenario.of_link(SMALL, ""), 1), SMALL.today, 20)
    for name in followed(OUTCOMES):
        assert of_each(result.counted, name).sum() == pytest.approx(
            result.at(name) * result.at("entered"), rel=1e-9
        ), name


def test_a_range_holds_what_the_study_asks(tmp_path):
    (tmp_path / "s.toml").write_text(STUDY.replace("training = 20", "mobilisation_hours = 60"))
    menu = menu_of(tmp_path / "s.toml")
    assert menu.lever["mobilisation_hours"].high == 60
    assert Scenario.of_link(menu, "mobilisation_hours=60").levers == (("mobilisation_hours", 60),)


def test_a_municipality_of_one_s_own_is_in_the_study_file(tmp_path):
    town = Town.preset(RUNNING, clients=900, queue_kept_by="cases")
    menu = Menu(towns={"own": town})
    plan = load_text(tmp_path, Scenario.of_link(menu, "offer=1").toml(menu))
    told = ("clients", "entry_weeks", "weeks_before", "queue_kept_by")
    assert [getattr(plan.town, one) for one in told] == [getattr(town, one) for one in told]


def test_the_command_writes_a_page_of_a_study(tmp_path, capsys):
    (tmp_path / "s.toml").write_text(STUDY)
    explore(str(tmp_path / "s.toml"), tmp_path / "kring.html", opened=False)
    text = (tmp_path / "kring.html").read_text()
    assert "More places?" in text and "scholing" in text
    assert "kring.html (" in capsys.readouterr().out


def test_the_command_serves_until_it_is_interrupted(tmp_path, capsys, monkeypatch):
    def interrupted(_server):
        raise KeyboardInterrupt

    monkeypatch.setattr(ThreadingHTTPServer, "serve_forever", interrupted)
    monkeypatch.setattr(webbrowser, "open", print)
    (tmp_path / "s.toml").write_text(STUDY)
    serve(str(tmp_path / "s.toml"), "127.0.0.1", 0, opened=True)
    said = capsys.readouterr()
    assert said.out.count("http://127.0.0.1:") == 2 and "ended" in said.err


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('[town]\npreset = "class"', '[country]\npreset = "netherlands"', "is of a country"),
        ("weeks = 30", "parameters.willing = -1\nweeks = 30", "this study changes them"),
    ],
)
def test_what_a_page_cannot_show_is_said_in_one_line(tmp_path, old, new, message):
    (tmp_path / "s.toml").write_text(STUDY.replace(old, new))
    with pytest.raises(KringError, match=message):
        menu_of(tmp_path / "s.toml")


def test_a_study_with_tables_of_its_own_is_refused(tmp_path):
    plan = load_text(tmp_path, STUDY + "[field]\nfinances_weight = 2\n")
    (tables,) = unfit(plan)
    assert "the field's tables" in tables
