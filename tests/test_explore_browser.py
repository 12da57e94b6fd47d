"""The page in a real browser, opened from a file: what a user does with it.

Needs Playwright (``pip install playwright``) and a Chromium of the system; skipped without.
"""

import importlib.util
import os
import shutil
import subprocess
import sys
import tomllib

import pytest

from kring.experiments.explore.levers import LEVERS, Lever
from kring.experiments.explore.making import page_of
from kring.experiments.explore.menu import RUNNING, Menu
from kring.simulation.choices import QUEUE_ORDERS
from kring.simulation.town import Town
from tests.helpers import ROOT

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif("CI" in os.environ, reason="no browser is started in CI"),
    pytest.mark.skipif(
        importlib.util.find_spec("playwright") is None or CHROMIUM is None,
        reason="needs Playwright (pip install playwright) and a Chromium of the system",
    ),
]

MENU = Menu(
    towns={
        "rotterdam": Town.preset("rotterdam", clients=60),
        "class": Town.preset("class", clients=40),
        RUNNING: Town.preset(RUNNING, clients=20, weeks_before=156),
    },
    levers=(*LEVERS, Lever("queue_order", 0, 2, 1, QUEUE_ORDERS)), drawn=3,
)  # fmt: skip
CHOICE = "offer=1&mobilisation_hours=10"
NO_MODEL = {
    "no WebAssembly": "delete globalThis.WebAssembly; Worker = class { constructor() { throw 1 } }",
    "no workers": "delete globalThis.Worker",
}
PHONE = {"width": 390, "height": 844}
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
ASKED = "['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']"


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    file = tmp_path_factory.mktemp("page") / "kring.html"
    file.write_text(page_of(MENU).html, encoding="utf-8")
    return file.as_uri()


@pytest.fixture(scope="module")
def playing():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="module")
def browser(playing):
    chromium = playing.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
    yield chromium
    chromium.close()


@pytest.fixture
def opened(browser, address):
    """Open the page with a link; what goes wrong in it fails the test."""
    faults, contexts = [], []

    def opening(link="", script="", **how):
        context = browser.new_context(**how)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("dialog", lambda dialog: (faults.append(dialog.message), dialog.dismiss()))
        page.on("request", lambda asked: outside(asked.url))
        if script:
            page.add_init_script(script)
        page.goto(f"{address}#{link}")
        page.wait_for_selector("body[data-ready]", timeout=60_000)
        return page

    def outside(url):
        if not url.startswith(("file:", "blob:", "data:")):
            faults.append(url)

    yield opening
    for context in contexts:
        context.close()
    assert faults == []


def settled(page):
    """Wait until all that was asked is shown."""
    page.wait_for_function(
        "() => document.body.dataset.shown && !document.querySelector('#answer.early')"
    )
    page.wait_for_timeout(300)


def wait_for_other(page, where, text):
    """Wait until something else stands there."""
    page.wait_for_function(
        "([where, text]) => document.querySelector(where).innerText !== text", arg=[where, text]
    )


def answer(page):
    return page.inner_text("#answer")


def test_it_opens_from_a_file_with_its_charts_dots_and_ring(opened):
    page = opened(CHOICE)
    assert page.evaluate("document.body.dataset.ready") == "model"
    assert "Na twee jaar" in answer(page)
    assert page.locator("#charts svg").count() == 3
    assert page.locator("#fates svg").count() == 1
    assert page.locator("#lives svg.ring:not(.key)").count() == 2
    assert page.locator("#levers input, #levers select").count() == len(MENU.levers)


def test_it_opens_with_a_question_that_is_answered(opened):
    page = opened()
    settled(page)
    assert "offer=1" in page.url and "→" in answer(page)


def test_a_lever_that_moves_changes_the_sentence_and_the_link(opened):
    page = opened("town=rotterdam")  # as now
    before = answer(page)
    slider = page.locator("#lever-offer")
    box = slider.bounding_box()
    page.mouse.move(box["x"] + 8, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 4, box["y"] + box["height"] / 2, steps=6)
    page.mouse.up()
    page.wait_for_function(
        "before => document.querySelector('#answer').innerText !== before", arg=before
    )
    settled(page)
    assert "offer=1" in page.url and "100%" in page.inner_text("[for='lever-offer'] + output")


def test_while_a_lever_moves_today_stays_as_it_is(opened):
    page = opened(f"{CHOICE}&lang=en")
    settled(page)
    today = page.evaluate("document.querySelector('#charts .line.now').getAttribute('d').length")
    before, then = answer(page), page.inner_text("#answer strong >> nth=1")
    moved = "one => { one.value = 40; one.dispatchEvent(new Event('input', {bubbles: true})) }"
    page.locator("#lever-mobilisation_hours").evaluate(moved)
    wait_for_other(page, "#answer strong:nth-of-type(2)", then)
    assert page.locator("#answer.early").count() == 1
    assert answer(page).partition("→")[0] == before.partition("→")[0]
    assert (
        page.evaluate("document.querySelector('#charts .line.now').getAttribute('d').length")
        == today
    )


def test_all_works_by_keyboard(opened):
    page = opened()
    page.focus("#lever-offer")
    page.keyboard.press("End")
    page.wait_for_function("() => location.hash.includes('offer=1')")
    page.focus("#another")
    page.keyboard.press("Enter")
    page.wait_for_selector("#guess button")
    page.focus("#guess button")
    page.keyboard.press("Enter")
    page.wait_for_selector("#lives svg.ring:not(.key)")
    page.focus(".play")
    page.keyboard.press("Space")
    week = page.inner_text(".player output")
    page.wait_for_function(
        "week => document.querySelector('.player output').innerText !== week", arg=week
    )


def test_it_speaks_english_and_says_so(opened):
    page = opened(CHOICE)
    page.click("#language")
    page.wait_for_function("() => document.documentElement.lang === 'en'")
    settled(page)
    assert "After two years" in answer(page) and "lang=en" in page.url
    assert "Netwerk" not in page.inner_text("main")


def test_a_link_holds_all_that_is_chosen_and_back_goes_back(opened):
    page = opened("lang=en")
    page.click("#presets button:nth-child(4)")
    settled(page)
    chosen = answer(page)
    link = page.url.partition("#")[2]
    page.go_back()
    page.wait_for_function("() => !location.hash.includes('offer')")
    assert answer(opened(link)) == chosen


def test_a_lever_that_takes_a_running_town_says_so(opened):
    page = opened("outreach=0.5&lang=en")
    assert page.locator("#switched").is_visible()
    assert "running town" in page.inner_text("[data-lever=outreach] small")


def test_the_study_file_passes_kring_check(opened, tmp_path):
    page = opened(CHOICE)
    with page.expect_download() as download:
        page.click("#toml")
    download.value.save_as(tmp_path / "kring.toml")
    assert tomllib.loads((tmp_path / "kring.toml").read_text())["policies"][1]["offer"] == 1
    command = [sys.executable, "-m", "kring", "check", tmp_path / "kring.toml"]
    assert subprocess.run(command, capture_output=True).returncode == 0


@pytest.mark.parametrize("what", ["report", "csv"])
def test_a_report_and_a_table_can_be_taken_along(opened, what, tmp_path):
    page = opened(CHOICE)
    with page.expect_download() as download:
        page.click("#" + what)
    download.value.save_as(tmp_path / "file")
    text = (tmp_path / "file").read_text()
    assert "problem" in text and "<script" not in text


@pytest.mark.parametrize("kind", ["PNG", "SVG"])
def test_a_chart_becomes_a_picture_for_a_slide(opened, kind, tmp_path):
    page = opened(CHOICE)
    page.click("#charts summary >> nth=0")
    with page.expect_download() as download:
        page.click(f"#charts button:text-is('{kind}') >> nth=0")
    download.value.save_as(tmp_path / "picture")
    content = (tmp_path / "picture").read_bytes()
    assert content.startswith(b"\x89PNG" if kind == "PNG" else b"<svg") and len(content) > 2000


def test_scenarios_stand_beside_each_other(opened):
    page = opened(CHOICE + "&lang=en")
    page.click("#keep button >> nth=0")
    settled(page)
    page.click("#presets button:nth-child(4)")
    settled(page)
    page.click("#keep button:text-is('Keep as B')")
    page.wait_for_selector("#kept th:text-is('B')")
    assert "a=offer:1" in page.url and page.locator("#kept thead th").count() == 3


def test_each_chart_has_two_bands_and_its_table_tells_both(opened):
    page = opened(CHOICE + "&lang=en")
    for kind in ("narrow", "wide"):
        assert page.locator(f"#charts .band.{kind}").count() == 2 * 3
        assert page.locator(f".key .{kind}").is_visible()
    page.click("#charts summary >> nth=0")
    assert page.locator("#charts figure:first-child thead th").all_inner_texts() == [
        "week", "as now", "8 of 10: chance", "8 of 10: unknown strengths as well",
        "this choice", "8 of 10: chance", "8 of 10: unknown strengths as well",
    ]  # fmt: skip
    page.click("#more summary >> nth=0")
    assert page.locator("#more-charts svg").count() == len(MENU.outcomes) - 3


def test_a_lever_in_words_is_chosen_from_a_list(opened):
    page = opened("town=class")
    assert page.locator("#lever-queue_order option").all_inner_texts()[2] == "jeugd eerst"
    page.select_option("#lever-queue_order", "youth first")
    page.wait_for_function("() => location.hash.includes('queue_order=youth%20first')")
    settled(page)
    assert page.input_value("#lever-queue_order") == "youth first"
    page.click("#presets button:nth-child(1)")
    assert page.input_value("#lever-queue_order") == "first come"


def test_one_asks_why_a_supporter_stopped(opened):
    page = opened(CHOICE + "&lang=en")
    for client in range(40):
        page.evaluate("client => { location.hash = '#offer=1&lang=en&client=' + client }", client)
        page.wait_for_function(
            "who => document.querySelector('#who').innerText.includes(who)",
            arg=f"Client {client + 1}:",
        )
        page.locator(".player input").fill("104")
        if page.locator(".why").count():
            break
    page.click(".why >> nth=0")
    page.wait_for_selector(".because")
    assert len(page.inner_text(".because")) > 20


def test_a_life_is_played_again_without_what_made_a_supporter_stop(opened):
    page = opened(CHOICE + "&lang=en&town=rotterdam")
    asks = "[...document.querySelectorAll('.why')].forEach(one => one.click())"
    for client in range(60):
        page.evaluate("client => { location.hash = '#offer=1&lang=en&client=' + client }", client)
        page.wait_for_function(
            "who => document.querySelector('#who').innerText.includes(who)",
            arg=f"Client {client + 1}:",
        )
        if page.locator("#guess button").count():
            page.click("#guess button >> nth=3")
        page.locator(".player input").fill("104")
        page.evaluate(asks)
        if page.locator(".because button").count():
            break
    told = page.inner_text(".because >> nth=0")
    page.click(".because button >> nth=0")
    page.wait_for_function(
        "() => document.querySelectorAll('.life h3')[1].innerText.includes('stop')"
    )
    name = told.partition(" had gone on")[0]
    again = page.locator(".life >> nth=1").locator(".ring[aria-label]")
    assert name in page.locator(".life >> nth=0").inner_text() and again.count() == 1
    page.click("text=Back to both lives")
    assert page.locator(".life h3").all_inner_texts() == ["as now", "this choice"]


def test_who_opens_a_link_to_a_client_guesses_first(opened):
    page = opened(CHOICE + "&lang=en&client=3")
    page.wait_for_selector("#guess button")
    assert page.locator(".player").count() == 0
    page.click("#language")  # which does not give the answer away
    page.wait_for_function("() => document.documentElement.lang === 'nl'")
    settled(page)
    assert page.locator(".player").count() == 0
    assert "Raad eerst" in page.inner_text("#guess")
    page.click("#guess button >> nth=0")
    page.wait_for_selector(".player")


@pytest.mark.parametrize("link", ["", CHOICE])
def test_on_a_phone_nothing_runs_out_of_the_screen(opened, link):
    page = opened(link, viewport=PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    small = page.evaluate(
        "[...document.querySelectorAll('button, select, input[type=range], summary')]"
        ".filter(one => one.offsetParent && one.getBoundingClientRect().height < 43.5)"
        ".map(one => one.outerHTML)"
    )
    assert small == []


@pytest.mark.parametrize("device", ["iPhone 13", "Pixel 7"])
def test_a_phone_is_tapped_and_both_lives_are_in_one_look(opened, playing, device):
    how = {k: v for k, v in playing.devices[device].items() if k != "default_browser_type"}
    page = opened(CHOICE, **how)
    settled(page)
    before = answer(page)
    box = page.locator("#lever-offer").bounding_box()
    page.touchscreen.tap(box["x"] + 12, box["y"] + box["height"] / 2)
    wait_for_other(page, "#answer", before)
    settled(page)
    page.locator("#another").tap()
    page.locator("#guess button").last.tap()  # refused where something lies over it
    page.locator(".player .play").tap()
    page.wait_for_function("() => document.querySelector('.player .play').innerText.includes('‖')")
    one, other = page.locator(".life .ring").all()
    assert one.bounding_box()["y"] == other.bounding_box()["y"]
    assert page.evaluate("document.documentElement.scrollWidth") <= how["viewport"]["width"]


def test_on_paper_it_says_what_is_chosen(opened):
    page = opened(f"{CHOICE}&lang=en")
    settled(page)
    assert not page.is_visible("#chosen")
    page.emulate_media(media="print")
    assert "Time for the network: 10 hours" in page.inner_text("#chosen")
    assert page.evaluate("getComputedStyle(document.querySelector('#answer')).position") == "static"
    assert not page.is_visible("#levers")


@pytest.mark.parametrize(
    "link",
    [
        "lang=<img src=x onerror=alert(1)>&offer=1", "toString=1&__proto__=5&constructor=2",
        "offer=NaN&client=1e9&town=constructor&strengths=__proto__", "offer=99999&client=999999",
        "a=<script>alert(1)</script>&b=offer:1;__proto__:2",
    ],
)  # fmt: skip
def test_a_hostile_link_does_nothing(opened, link):
    page = opened(link)
    assert page.locator("#charts svg").count() == 3
    assert page.locator("img").count() == 0


@pytest.mark.parametrize("lacking", NO_MODEL)
def test_without_a_model_the_examples_are_there_and_it_says_why_sliders_are_off(opened, lacking):
    page = opened("lang=en", script=NO_MODEL[lacking])
    assert page.evaluate("document.body.dataset.ready") == "presets"
    assert "sliders are off" in page.inner_text("#off")
    assert page.locator("#lever-offer").is_disabled()
    page.click("#presets button:nth-child(4)")
    assert "After two years" in answer(page)
    page.click("#presets button:nth-child(1)")
    assert "Take an example" in answer(page) and "lever" not in answer(page)
    page.click("#presets button:nth-child(2)")
    assert page.locator("#charts svg").count() == 3


@pytest.mark.skipif(not AXE.is_file(), reason="needs axe-core (npm install --no-save axe-core)")
@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("size", [PHONE, {"width": 1200, "height": 900}], ids=["phone", "desk"])
def test_axe_finds_nothing_at_rest_and_with_all_open(opened, lang, size):
    page = opened(f"{CHOICE}&lang={lang}&a=offer:1", viewport=size, bypass_csp=True)
    page.evaluate(AXE.read_text())
    run = f"axe.run(document, {{runOnly: {ASKED}}}).then(found => found.violations.map(v => v.id))"
    assert page.evaluate(run) == []
    for one in ("#charts summary >> nth=0", "#groups summary", "#link", "#another"):
        page.click(one)
    page.wait_for_selector("#guess button")
    assert page.evaluate(run) == []
