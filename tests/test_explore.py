"""The page and its view-model: what Python makes of a choice, the page makes too."""

import html
import json
import re
import threading
import urllib.error
import urllib.request
from dataclasses import replace

import pandas as pd
import pytest

import kring
from kring.experiments.explore import page as the_page
from kring.experiments.explore import picture
from kring.experiments.explore.first_names import NAMES, name_of
from kring.experiments.explore.life import BY_ITSELF, Without, life_view, raw_life
from kring.experiments.explore.menu import RUNNING, Menu
from kring.experiments.explore.notebook import Explored
from kring.experiments.explore.page import PAGE, page, plain_menu
from kring.experiments.explore.picture import picture_of, thinned
from kring.experiments.explore.scenario import Scenario
from kring.experiments.explore.serving import server_of
from kring.experiments.explore.towns import live_towns, people
from kring.experiments.explore.words import words
from kring.experiments.pipeline.run import run_study
from kring.experiments.study.load import load
from kring.experiments.text.language import language
from kring.simulation.episodes import WHY
from kring.simulation.errors import KringError
from kring.simulation.rows import SUPPORTING
from kring.simulation.run import simulate
from tests.node import needs_node
from tests.page_in_node import CHOICE, SMALL, assert_alike, assert_lives_alike, in_node, js

LINKS = (
    "", CHOICE, "staffing=0.8&lang=en&client=3", "offer=2&mobilisation_hours=-5", "offer=0",
    "lang=<script>alert(1)</script>&offer=0.5", "__proto__=5&constructor=2&toString=1",
    "offer=NaN&staffing=1e9&town=constructor&strengths=__proto__&client=1e3", "offer=0x1&offer=",
    "client=-4&town=class&strengths=hopeful", "a=offer:1;staffing:9&b=&c=nonsense&d=offer:1",
    "offer=0.5&offer=0.25", "%6Fffer=0.5", "mobilisation_hours=7.5&offer=" + "9" * 400,
)  # fmt: skip


@pytest.fixture(scope="module")
def scenario():
    return Scenario.of_link(SMALL, CHOICE)


@pytest.fixture(scope="module")
def lived(scenario):
    return live_towns(SMALL, scenario, [{}, dict(scenario.levers)])


@pytest.fixture(scope="module")
def every(scenario, lived):
    """The towns that are chosen, those of one set, and those of a set each."""
    one = replace(scenario, strengths="central")
    return lived, live_towns(SMALL, one, [{}, dict(scenario.levers)]), lived


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
@pytest.mark.parametrize("over_sets", [False, True])
def test_python_and_the_page_make_the_same_picture(every, over_sets):
    code = f"pictureOf({js(plain_menu(SMALL))}, ...{js(every)}, {js(over_sets)})"
    ours = json.loads(json.dumps(picture_of(*every, over_sets=over_sets)))
    assert_alike(in_node(code, ("picture",)), ours)


@needs_node
def test_a_preview_moves_the_choice_from_a_today_that_stays(every):
    whole = json.loads(json.dumps(picture_of(*every, over_sets=True)))
    few = [towns[:2] for towns in every[0]]
    moved = in_node(f"previewOf({js(plain_menu(SMALL))}, {js(whole)}, {js(few)})", ("picture",))
    for name in ("cost", "supporters"):
        now, then = ([town["end"][name] for town in towns] for towns in few)
        end, line = moved["end"][name], moved["series"][name]
        assert end["now"] == whole["end"][name]["now"]
        assert end["then"] - end["now"] == pytest.approx((sum(then) - sum(now)) / 2)
        assert line["now"] == whole["series"][name]["now"]
        assert line["then"]["mean"][-1] == pytest.approx(end["then"])


@needs_node
def test_python_and_the_page_tell_the_same_life(stands, scenario):
    raw = raw_life(stands, scenario.policy(SMALL), 5, SMALL.weeks)
    told = in_node(f"lifeOf({js(plain_menu(SMALL))}, {js(raw)})", ("life",))
    assert told == json.loads(json.dumps(life_view(raw)))


@needs_node
@pytest.mark.parametrize("link", [CHOICE, "strengths=hopeful&staffing=0.5"])
def test_the_page_lives_the_towns_and_lives_of_python(link, tmp_path):
    assert_lives_alike(SMALL, link, tmp_path)


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
    result = run_study(plan, tmp_path / "out", engine="here", workers=1)
    found = the_page_numbers(tmp_path / "out")
    told = result.intervals.query("policy == 'this choice'").set_index("outcome")
    for name, end in picture_of(*every, over_sets=True)["end"].items():
        assert found["as now", name] == pytest.approx(end["now"], rel=1e-9)
        assert found["this choice", name] == pytest.approx(end["then"], rel=1e-9)
        assert tuple(told.loc[name, ["low", "high"]]) == pytest.approx((end["low"], end["high"]))


def test_over_sets_the_interval_is_where_they_lie_and_not_that_of_their_mean(every):
    lie, mean = (picture_of(*every, over_sets=one)["end"]["cost"] for one in (True, False))
    (now, then), *_ = every
    differences = [b["end"]["cost"] - a["end"]["cost"] for a, b in zip(now, then, strict=True)]
    assert min(differences) < lie["low"] < lie["high"] < max(differences)
    assert (lie["difference"], lie["then"]) == (mean["difference"], mean["then"])
    assert mean["low"] < lie["low"]  # of three towns


def the_page_numbers(folder) -> dict[tuple[str, str], float]:
    runs = pd.read_parquet(folder / "runs.parquet")
    means = runs.groupby("policy")[list(SMALL.outcomes)].mean()
    return {(policy, name): means.loc[policy, name] for policy in means.index for name in means}


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
    assert len(made.html.encode()) < 180_000  # the model comes on top, 300,000 at most together
    assert made.too_large == ""


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


def test_an_address_where_nothing_can_be_served_is_told_in_a_line():
    with server_of("page", "none") as server:
        port = server.server_port
        with pytest.raises(KringError, match=f"cannot serve on 127.0.0.1, port {port}: "):
            server_of("page", "none", port=port)


def test_where_nobody_waits_there_is_no_wait():
    alone = picture.end([1.0, None], [1.0, 2.0])
    assert set(alone.values()) == {None}


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
