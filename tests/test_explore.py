"""The page and its view-model: what Python makes of a choice, the page makes too."""

import html
import json
import re
import shutil
import subprocess
import threading
import urllib.error
import urllib.request
import webbrowser
from dataclasses import replace
from http.server import ThreadingHTTPServer

import numpy as np
import pandas as pd
import pytest

import kring
from kring.experiments.cli.exploring import explore, serve
from kring.experiments.explore import page as the_page
from kring.experiments.explore import picture
from kring.experiments.explore.books import BOOKED
from kring.experiments.explore.facts import MODULE, facts, module
from kring.experiments.explore.first_names import NAMES, name_of
from kring.experiments.explore.life import BY_ITSELF, Without, life_view, raw_life
from kring.experiments.explore.menu import LEVERS, RUNNING, Menu
from kring.experiments.explore.notebook import Explored
from kring.experiments.explore.of_study import menu_of
from kring.experiments.explore.page import PAGE, page, plain_menu
from kring.experiments.explore.picture import picture_of, thinned, town_numbers
from kring.experiments.explore.scenario import Scenario
from kring.experiments.explore.serving import server_of
from kring.experiments.explore.shown import followed, of_each, of_study
from kring.experiments.explore.towns import live_towns, people, presets_for
from kring.experiments.explore.words import words
from kring.experiments.pipeline.run import run_study
from kring.experiments.study.files import find
from kring.experiments.study.load import load
from kring.experiments.text.language import language
from kring.simulation.choices import QUEUE_ORDERS
from kring.simulation.episodes import WHY
from kring.simulation.errors import KringError
from kring.simulation.outcomes import NAMES as OUTCOMES
from kring.simulation.rows import SUPPORTING
from kring.simulation.run import simulate
from kring.simulation.town import Town

NODE = shutil.which("node")
needs_node = pytest.mark.skipif(NODE is None, reason="no node here to run the page's own code")

SMALL = Menu(
    towns={"class": Town.preset("class", clients=40), RUNNING: Town.preset("class", clients=30)},
    sets={**Menu().sets, "ensemble": (1, 101, 200)}, weeks=60, drawn=3,
)  # fmt: skip
CHOICE = "offer=1&mobilisation_hours=10&independent_convener=1&network_makes_plan=1"
LINKS = (
    "", CHOICE, "staffing=0.8&lang=en&client=3", "offer=2&mobilisation_hours=-5", "offer=0",
    "lang=<script>alert(1)</script>&offer=0.5", "__proto__=5&constructor=2&toString=1",
    "offer=NaN&staffing=1e9&town=constructor&strengths=__proto__&client=1e3", "offer=0x1&offer=",
    "client=-4&town=class&strengths=hopeful", "a=offer:1;staffing:9&b=&c=nonsense&d=offer:1",
    "offer=0.5&offer=0.25", "%6Fffer=0.5", "mobilisation_hours=7.5&offer=" + "9" * 400,
)  # fmt: skip


def in_node(code: str, modules: tuple[str, ...]) -> object:
    """What a line of JavaScript gives, behind these modules of the page."""
    return answered(f"{the_page.joined(modules)}\nprocess.stdout.write(JSON.stringify({code}));")


def answered(script: str) -> object:
    """What a script writes, in node."""
    done = subprocess.run([NODE, "-"], input=script, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def js(value: object) -> str:
    return json.dumps(value)


@pytest.fixture(scope="module")
def scenario():
    return Scenario.of_link(SMALL, CHOICE)


@pytest.fixture(scope="module")
def lived(scenario):
    return live_towns(SMALL, scenario, [SMALL.today, scenario.policy(SMALL)])


@pytest.fixture(scope="module")
def every(scenario, lived):
    """The towns that are chosen, those of one set, and those of a set each."""
    one = replace(scenario, strengths="central")
    return lived, live_towns(SMALL, one, [SMALL.today, scenario.policy(SMALL)]), lived


@pytest.fixture(scope="module")
def stands(scenario):
    return people(SMALL, scenario, 1)


@pytest.fixture(scope="module")
def made(every):
    return page(SMALL, [thinned(picture_of(*every))] * 4, {}, b"", "made <here>")


@pytest.mark.parametrize("link", LINKS)
def test_a_link_takes_up_what_is_known_and_clamps_the_rest(link):
    scenario = Scenario.of_link(SMALL, link)
    for name, value in scenario.levers:
        assert SMALL.lever[name].low <= value <= SMALL.lever[name].high
    assert scenario.town in SMALL.towns and scenario.strengths in SMALL.sets
    assert Scenario.of_link(SMALL, scenario.link(SMALL)) == scenario


@needs_node
def test_the_page_reads_and_writes_links_and_study_files_as_python_does():
    every = [Scenario.of_link(SMALL, link) for link in LINKS]
    code = (
        f"{js(LINKS)}.map(link => {{const menu = {js(plain_menu(SMALL))};"
        "const found = scenarioOf(menu, link);"
        "return [linkOf(menu, found), tomlOf(menu, found), townLived(menu, found)]})"
    )
    assert in_node(code, ("scenario",)) == [
        [one.link(SMALL), one.toml(SMALL), one.town_lived(SMALL)] for one in every
    ]


@needs_node
def test_python_and_the_page_make_the_same_picture(every):
    code = f"pictureOf({js(plain_menu(SMALL))}, ...{js(every)})"
    assert_alike(in_node(code, ("picture",)), json.loads(json.dumps(picture_of(*every))))


def assert_alike(one, other):
    if isinstance(one, dict):
        assert one.keys() == other.keys()
        for key in one:
            assert_alike(one[key], other[key])
    elif isinstance(one, list):
        assert len(one) == len(other)
        for a, b in zip(one, other, strict=True):
            assert_alike(a, b)
    else:
        is_number = isinstance(other, float | int)
        assert one == (pytest.approx(other, rel=1e-9, abs=1e-12) if is_number else other)


@needs_node
def test_python_and_the_page_tell_the_same_life(stands, scenario):
    raw = raw_life(stands, scenario.policy(SMALL), 5, SMALL.weeks)
    told = in_node(f"lifeOf({js(plain_menu(SMALL))}, {js(raw)})", ("life",))
    assert told == json.loads(json.dumps(life_view(raw)))


@needs_node
@pytest.mark.parametrize("link", [CHOICE, "strengths=hopeful&staffing=0.5"])
def test_the_page_lives_the_towns_and_lives_of_python(link, tmp_path):
    assert_lives_alike(SMALL, link, tmp_path)


@needs_node
def test_the_page_lives_levers_in_words_and_a_study_s_own_outcomes(in_words, tmp_path):
    order = in_words.lever["work_order"].options[1]
    assert_lives_alike(in_words, f"queue_order=youth first&work_order={order}", tmp_path)


def assert_lives_alike(menu, link, tmp_path):
    """What towns come to, and a life in the first, are the same in node and in Python."""
    chosen = Scenario.of_link(menu, link)
    town = chosen.town_lived(menu)
    sets = {str(number): strengths for number, strengths in menu.strengths().items()}
    since = followed(menu.outcomes)
    (tmp_path / "facts.json").write_text(
        js(facts(menu.towns, sets, menu.weeks, menu.today, since=since))
    )
    asked = {"town": town, "set": chosen.strengths, "levers": dict(chosen.levers)}
    without = Without(20, ("overload", "distress"))
    script = f"""{the_page.joined(the_page.WORKER)}
        const {{readFileSync}} = require("fs");
        (async () => {{
            const facts = JSON.parse(readFileSync({js(str(tmp_path / "facts.json"))}));
            const model = await Model.load(readFileSync({js(str(MODULE / "kring.wasm"))}), facts);
            const engine = new Engine(model, {js(plain_menu(menu))}), asked = {js(asked)};
            const towns = engine.towns({{...asked, seeds: [1, 2]}});
            const plain = (_, value) => ArrayBuffer.isView(value) ? Array.from(value) : value;
            const without = {js(without._asdict())};
            const lives = [undefined, without]
                .map(one => engine.life({{...asked, client: 5, without: one}}));
            const found = [towns, lives];
            process.stdout.write(JSON.stringify(found, plain));
        }})();"""
    towns, lives = answered(script)
    small = replace(menu, drawn=2)
    for one, other in zip(towns, live_towns(small, chosen, [chosen.policy(SMALL)])[0], strict=True):
        assert_alike(one, json.loads(json.dumps(other)))
    stands, policy = people(menu, chosen, 1), chosen.policy(menu)
    for life, one in zip(lives, (None, without), strict=True):
        raw = raw_life(stands, policy, 5, menu.weeks, one)
        assert_alike(life, json.loads(json.dumps(raw)))


def test_a_picture_says_what_the_towns_say(every):
    (_, then), *_ = every
    made = picture_of(*every)
    assert made["end"]["problems"]["then"] == pytest.approx(
        sum(town["end"]["problems"] for town in then) / SMALL.drawn
    )
    assert made["fates"]["better"] + made["fates"]["same"] + made["fates"][
        "worse"
    ] == pytest.approx(1)
    assert made["series"]["cost"]["then"]["mean"][-1] == pytest.approx(made["end"]["cost"]["then"])
    of_ages = [one for one in made["groups"] if one["group"].startswith("age")]
    assert sum(one["clients"] for one in of_ages) == pytest.approx(made["fates"]["clients"])
    assert {(one["year"], one["payer"]) for one in made["money"]} >= {
        (1, "municipality"),
        (2, "state"),
    }
    thin = thinned(made)
    assert thin["series"]["cost"]["now"]["mean"][-1] == pytest.approx(
        made["series"]["cost"]["now"]["mean"][-1], rel=1e-3
    )


def test_since_entry_begins_with_everybody_at_entry(lived):
    (town, *_), _ = lived
    assert town["since"]["cost"][0] < town["since"]["cost"][-1]
    assert len(town["since"]["cost"]) == 53


def test_the_narrow_band_is_chance_and_the_wide_one_what_is_not_known_as_well(every):
    _chosen, narrow, wide = every
    made = picture_of(*every)["series"]["cost"]["then"]
    mean, last = made["mean"][-1], [town["series"]["cost"][-1] for town in narrow[1]]
    assert made["low"][-1] < mean < made["high"][-1]
    far = made["high"][-1] - mean
    assert far == pytest.approx(sorted(last)[1] * 0.2 + sorted(last)[2] * 0.8 - sum(last) / 3)
    assert made["wide_low"][-1] < made["low"][-1] and made["high"][-1] < made["wide_high"][-1]
    alone = picture_of(narrow, narrow, wide)["series"]["cost"]["then"]
    assert alone["mean"] != made["mean"] and alone["wide_high"] == made["wide_high"]


def test_kring_run_on_the_study_file_gives_the_numbers_of_the_page(
    tmp_path, lived, every, scenario
):
    (tmp_path / "kring.toml").write_text(scenario.toml(SMALL))
    plan = load(tmp_path / "kring.toml")
    run_study(plan, tmp_path / "out", engine="here", workers=1)
    found = the_page_numbers(tmp_path / "out")
    for name, end in picture_of(*every)["end"].items():
        assert found["as now", name] == pytest.approx(end["now"], rel=1e-9)
        assert found["this choice", name] == pytest.approx(end["then"], rel=1e-9)


def the_page_numbers(folder) -> dict[tuple[str, str], float]:
    runs = pd.read_parquet(folder / "runs.parquet")
    means = runs.groupby("policy")[list(SMALL.outcomes)].mean()
    return {(policy, name): means.loc[policy, name] for policy in means.index for name in means}


@pytest.mark.parametrize("strengths", SMALL.sets)
def test_a_town_lives_the_same_strengths_in_page_and_study(tmp_path, strengths):
    chosen = Scenario.of_link(SMALL, f"strengths={strengths}&offer=1")
    plan = load_text(tmp_path, chosen.toml(SMALL))
    assert list(plan.seeds) == list(range(1, SMALL.drawn + 1))
    setup, stands = plan.setup(plan.runs[1]), people(SMALL, chosen, plan.runs[1].seed)
    assert setup.parameters == stands.parameters
    assert setup.town.record().tobytes() == stands.world.town.tobytes()


def load_text(folder, text):
    (folder / "study.toml").write_text(text)
    return load(folder / "study.toml")


def test_a_lever_that_works_through_the_queue_is_shown_in_a_town_that_runs():
    assert Scenario.of_link(SMALL, "staffing=0.5").town_lived(SMALL) == RUNNING
    assert Scenario.of_link(SMALL, "offer=1").town_lived(SMALL) == "class"


def test_a_lever_that_can_do_nothing_is_known_from_the_rules_of_studies():
    idle = {(one.lever, one.while_lever, one.at) for one in Menu().idle()}
    assert ("multi_problem_threshold", "offer", 1) in idle
    assert all(lever != "offer" for lever, _, _ in idle)


def test_a_life_has_its_people_in_every_week_under_one_name(stands, scenario):
    life = life_view(raw_life(stands, scenario.policy(SMALL), 5, SMALL.weeks))
    assert len(life["weeks"]) == SMALL.weeks
    for week in life["weeks"]:
        assert len(week["states"]) == len(week["hours"]) == len(life["ties"])
        assert week["supporters"] == week["states"].count(3)
    assert [tie["name"] for tie in life["ties"]] == [
        name_of(5, i) for i in range(len(life["ties"]))
    ]
    assert [event["week"] for event in life["events"]] == sorted(e["week"] for e in life["events"])


def test_nobody_in_a_network_shares_a_name():
    for client in range(100):
        assert len({name_of(client, place) for place in range(24)}) == 24
    assert len(set(NAMES)) == len(NAMES)


def test_who_stopped_has_a_reason_in_words_or_none(stands, scenario):
    policy, reasons = scenario.policy(SMALL), words(SMALL)["why"]
    lives = [life_view(raw_life(stands, policy, client, SMALL.weeks)) for client in range(20)]
    stops = [event for life in lives for event in life["events"] if event["key"] == "stops helping"]
    assert len(stops) > 3 and all(len(event["ties"]) == 1 for event in stops)
    found = {reason for event in stops for reason in event["why"]}
    assert found and found <= {*reasons, "parted"}
    assert {*reasons, "parted"} == set(WHY)


def test_without_its_reasons_a_supporter_goes_on_that_week(stands, scenario):
    """The reasons that episodes give are what a rerun with the same luck shows, week by week."""
    policy, asked = scenario.policy(SMALL), {}
    result = simulate(stands, policy, SMALL.weeks)
    stops = result.episodes.query("kind == 'stops helping'")
    for stop in stops.itertuples():
        why = tuple(word for word in WHY if word in stop.why)
        if why and "parted" not in why:
            asked.setdefault(why, []).append(stop)
    assert {word for why in asked for word in why} >= {"overload", "distress", "only supporter"}
    for why, every in asked.items():
        for stop in every[:2]:
            without = Without(stop.week - stands.start + 1, why)
            lived, again = (
                raw_life(stands, policy, stop.client, SMALL.weeks, one) for one in (None, without)
            )
            states = [one["weeks"][without.week - 1]["states"][stop.tie] for one in (lived, again)]
            assert states[0] != SUPPORTING and states[1] == SUPPORTING, (why, stop)
            assert lived["weeks"][: without.week - 1] == again["weeks"][: without.week - 1]


def test_what_happens_to_several_in_a_week_is_told_once(stands, scenario):
    policy, most = scenario.policy(SMALL), 0
    for client in range(10):
        events = life_view(raw_life(stands, policy, client, SMALL.weeks))["events"]
        told = [(e["week"], e["key"]) for e in events if e["ties"] and e["key"] != BY_ITSELF]
        assert len(set(told)) == len(told)
        most = max(most, *(len(event["ties"]) for event in events))
    assert most > 1


def test_all_that_the_page_says_is_in_both_languages():
    said = {}
    for code in ("en", "nl"):
        with language(code):
            said[code] = words(SMALL)
    keys = {code: leaves(one) for code, one in said.items()}
    assert keys["en"].keys() == keys["nl"].keys()
    asked = set(re.findall(r'data-say="([^"]+)"', (PAGE / "page.html").read_text()))
    for script in PAGE.glob("*.js"):
        asked |= set(re.findall(r'\.say\("([^"]+)"[),]', script.read_text()))
    assert asked <= set(said["nl"]["said"]), asked - set(said["nl"]["said"])


def leaves(value, path=()):
    if not isinstance(value, dict):
        return {path: value}
    return {k: v for key, inner in value.items() for k, v in leaves(inner, (*path, key)).items()}


def test_the_page_asks_no_other_host_and_runs_only_its_own_script(made):
    assert made.policy.startswith("default-src 'none'")
    for kind in ("script", "style"):
        found = re.search(rf"<{kind}>(.*?)</{kind}>", made.html, re.DOTALL)
        assert found and the_page.hash_of(found[1]) in made.policy
    outside = re.findall(r"https?://[^\s\"'`]+", made.html)
    assert set(outside) == {"http://www.w3.org/2000/svg"}  # a name, that nobody fetches
    assert "made &lt;here&gt;" in made.html


def test_the_page_is_small(made):
    assert len(made.html.encode()) < 170_000  # the model comes on top, 300,000 at most together
    assert made.too_large == ""


def test_the_largest_study_of_the_casebook_fits_in_a_page():
    menu = menu_of(find("closing"))
    small = replace(menu, towns={"town": SMALL.towns["class"]}, drawn=2, presets=menu.presets[:2])
    sets = {str(number): strengths for number, strengths in menu.strengths().items()}
    since = followed(menu.outcomes)
    given = facts(menu.towns, sets, menu.weeks, menu.today, since=since)
    shown = [presets_for(small)[1]] * len(menu.presets)
    whole = page(menu, shown, given, module(), "made here")
    assert len(menu.presets) > 8 and whole.too_large == ""


def test_a_page_that_is_too_large_says_by_how_much_and_what_to_leave_out(made, monkeypatch):
    monkeypatch.setattr(the_page, "MOST_BYTES", len(made.html.encode()) - 12_000)
    assert re.match(r"12 kB more than .* leave out policies \(each takes \d+ kB\)", made.too_large)


def test_what_a_study_says_cannot_end_the_script(lived):
    evil = the_page.in_a_script({"title": "</script><script>alert(1)//\u2028"})
    assert "<" not in evil and json.loads(evil)["title"].startswith("</script>")


def test_the_server_gives_the_page_with_strict_headers_and_nothing_else(made):
    with server_of(made.html, made.policy) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            where = f"http://127.0.0.1:{server.server_port}"
            with urllib.request.urlopen(where) as answer:
                assert answer.read() == made.html.encode()
                assert answer.headers["X-Content-Type-Options"] == "nosniff"
                assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
            for path in ("/etc/passwd", "/../kring.toml"):
                with pytest.raises(urllib.error.HTTPError, match="404"):
                    urllib.request.urlopen(where + path)
            post = urllib.request.Request(where, data=b"x", method="POST")
            with pytest.raises(urllib.error.HTTPError, match="501"):
                urllib.request.urlopen(post)
        finally:
            server.shutdown()
            thread.join()


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


def test_a_study_offers_its_town_its_policies_and_the_levers_that_move(tmp_path):
    (tmp_path / "s.toml").write_text(STUDY)
    menu = menu_of(tmp_path / "s.toml")
    assert [lever.name for lever in menu.levers] == ["training"]
    assert [preset.label.en for preset in menu.presets] == ["today", "training"]
    assert menu.presets[1].levers == {"training": 20} and menu.weeks == 30
    assert menu.title.en == "More places?" and list(menu.towns) == ["class"]
    assert menu_of(None).levers == LEVERS


def test_a_policy_that_levers_cannot_show_is_left_out_and_named(tmp_path, capsys):
    more = STUDY + '[[policies]]\nname = "later"\nfrom_week = 9\ntraining = 5\n'
    (tmp_path / "s.toml").write_text(more)
    explore(str(tmp_path / "s.toml"), tmp_path / "kring.html", opened=False)
    assert "policies left out" in (said := capsys.readouterr().err) and ": later" in said
    assert len(menu_of(tmp_path / "s.toml").presets) == 2


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


def test_a_lever_in_words_offers_its_words_and_an_order_those_of_the_study(in_words):
    assert in_words.lever["queue_order"].options == QUEUE_ORDERS
    orders = in_words.lever["work_order"].options
    assert len(orders) == 2 and orders[0] == in_words.today.work_order
    assert in_words.presets[2].levers["work_order"] == orders[1]
    with language("nl"):
        said = words(in_words)["levers"]["queue_order"]["options"]
    assert said["youth first"] == "jeugd eerst"


WORDS_LINKS = (
    "queue_order=youth%20first", "queue_order=nonsense&work_order=1", "queue_order=1",
    "input_steering=0.7&outcome_steering=0.6", "outcome_steering=2&a=queue_order:heaviest%20first",
    "work_order=collective > administration > intake > plans > guidance > network > outreach",
)  # fmt: skip


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
    shown = ("severity", "wait", "supporters", "cash", "given_plans", "doubt")
    assert in_words.outcomes == shown and in_words.not_shown == ("without_plan",)
    assert of_study(["wait"])[0] == ("wait", *menu_of(None).outcomes)


def test_the_line_of_an_outcome_ends_where_the_study_s_measure_does(in_words):
    stands = people(in_words, Scenario.of_link(in_words, ""), 1)
    town = town_numbers(simulate(stands, in_words.today, 60, keep=range(1, 60)), BOOKED)
    for name, line in town["series"].items():
        if name.startswith("given_"):
            continue  # of the weeks in which anything is wanted
        assert np.mean(line) == pytest.approx(town["end"][name]), name


def test_where_nobody_waits_there_is_no_wait():
    alone = picture.end([1.0, None], [1.0, 2.0])
    assert set(alone.values()) == {None}


def test_what_is_followed_since_entry_is_what_a_client_has_by_herself(stands):
    result = simulate(stands, SMALL.today, 20)
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
        ("training = 20", "", "no lever moves"),
        ('[town]\npreset = "class"', '[country]\npreset = "netherlands"', "is of a country"),
        ("weeks = 30", "parameters.willing = -1\nweeks = 30", "this study changes them"),
        ('name = "today"', 'name = "today"\nconference = {offer = 1}', "one policy for all"),
    ],
)
def test_what_a_page_cannot_show_is_said_in_one_line(tmp_path, old, new, message):
    (tmp_path / "s.toml").write_text(STUDY.replace(old, new))
    with pytest.raises(KringError, match=message):
        menu_of(tmp_path / "s.toml")


def test_a_notebook_shows_a_choice_and_a_life_of_it_without_reaching_outside():
    chosen = kring.explore(offer=1, town="class", lang="nl")
    small = Explored(SMALL, chosen.scenario)
    for shown in (small._repr_html_(), small.life(3)._repr_html_()):
        assert 'sandbox="allow-scripts' in shown and "<script" not in shown
        assert "default-src &#x27;none&#x27;" in html.unescape(shown).replace("&#39;", "&#x27;")
        assert "zoals nu" in shown
    assert small.life(3).then["weeks"] != small.life(3).now["weeks"]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"ofer": 1}, "did you mean 'offer'"),
        ({"offer": 2}, "from 0 to 1"),
        ({"town": "rotterdm"}, "did you mean 'rotterdam'"),
    ],
)
def test_what_a_notebook_asks_wrongly_is_said_in_one_line(given, message):
    with pytest.raises(KringError, match=message):
        kring.explore(**given)


def test_there_are_as_many_lives_as_clients():
    with pytest.raises(KringError, match="they are 0 to 39"):
        Explored(SMALL, Scenario.of_link(SMALL, "")).life(40)
