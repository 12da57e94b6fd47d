"""The lesson without Python: its answers are those of the page."""

import re

import pytest

from docs import lesson
from kring.experiments.explore.menu import Menu
from kring.experiments.explore.scenario import Scenario
from kring.experiments.text.language import DUTCH, ENGLISH, language

LINK = re.compile(r"`#([^`]+)`")
every_page = pytest.mark.parametrize(
    ("code", "page"), [(code, page) for code, pages in lesson.PAGES.items() for page in pages]
)


def text_of(page: str) -> str:
    return (lesson.DOCS / page).read_text(encoding="utf-8")


# ------------------------------------------------------------------------ without Python


@every_page
def test_links_and_lives_of_the_lesson_are_those_of_the_model(code, page):
    assert lesson.renewed(code, page, ("links", "lives")) == text_of(page)


@every_page
def test_a_link_of_the_lesson_holds_all_that_is_chosen(code, page):
    menu = Menu()
    for link in LINK.findall(text_of(page)):
        asked = Scenario.of_link(menu, link)
        assert asked.link(menu) == link
        assert (asked.lang, asked.town) == (code, lesson.TOWN)


def test_both_languages_have_the_same_lesson():
    def without_language(page: str) -> list[str]:
        return [link.replace("&lang=en", "") for link in LINK.findall(text_of(page))]

    for english, dutch in zip(lesson.PAGES[ENGLISH], lesson.PAGES[DUTCH], strict=True):
        assert without_language(english) == without_language(dutch)


def ends(name: str) -> list[tuple[int, int]]:
    """Problems and supporters at the end, as now and under the choice."""
    both = lesson.lives(lesson.LIVES[name].client)
    return [(life["weeks"][-1]["problems"], life["weeks"][-1]["supporters"]) for life in both]


def events(name: str) -> list[str]:
    then = lesson.lives(lesson.LIVES[name].client)[1]
    return [f"{one['key']} {one['detail']}".strip() for one in then["events"]]


@pytest.mark.parametrize("name", ["first", "carried"])
def test_who_is_carried_ends_with_fewer_problems_by_a_plan_of_the_network(name):
    (problems, helped), (fewer, carried) = ends(name)
    assert fewer < problems and carried > helped
    assert "plan network" in events(name)


def test_whose_network_wears_out_ends_alone_with_as_many_problems():
    (problems, _helped), (as_many, nobody) = ends("worn")
    assert as_many == problems and nobody == 0
    assert "plan network" in events("worn") and events("worn").count("stops helping") > 1
    now, then = lesson.lives(lesson.LIVES["worn"].client)
    assert then["cost"] > 2 * now["cost"]


def test_who_declines_lives_the_same_life():
    now, then = ends("declines")
    assert "offer no" in events("declines")
    assert now == then


def test_who_ends_worse_off_accepts_a_meeting_that_never_comes():
    (problems, helped), (more, nobody) = ends("worse")
    then = lesson.lives(lesson.LIVES["worse"].client)[1]
    closing = next(one for one in then["events"] if one["key"] == "closing")
    assert more > problems and helped == 2 and nobody == 0
    assert "offer yes" in events("worse") and "plan worker" in events("worse")
    assert not any(event.startswith("meeting") for event in events("worse"))
    assert closing["amount"] == then["problems_at_entry"]


def what_sceptics_leave(name: str) -> float:
    """The part of a bet's difference in problems that is left with the sceptics' strengths."""
    usual, left = (lesson.picture(name, s)["end"]["problems"] for s in ("central", "sceptical"))
    return float(left["difference"] / usual["difference"])


@pytest.mark.slow
def test_the_bets_come_to_what_the_sheet_says():
    for code, pages in lesson.PAGES.items():
        for page in pages:
            assert lesson.renewed(code, page, ("routes", "bets")) == text_of(page)
    within = [name for name in lesson.BETS if lesson.is_within_budget(lesson.picture(name))]
    fewest = min(within, key=lambda name: lesson.picture(name)["end"]["problems"]["difference"])
    assert "conference" not in within and fewest == "guidance"
    assert lesson.survives("conference", "sceptical") and lesson.survives("guidance", "sceptical")
    assert not lesson.survives("hours", "sceptical")
    conference, guidance = (what_sceptics_leave(name) for name in ("conference", "guidance"))
    assert 0.55 < conference < 0.78 and 0.22 < guidance < 0.45  # two thirds, and a third
    assert lesson.is_within_budget(lesson.picture("conference", "sceptical"))
    fates = lesson.picture("conference")["fates"]
    assert fates["same"] > 0.5 > fates["better"] > fates["worse"]


def test_the_words_of_answers_are_in_the_language_of_the_page():
    with language(DUTCH):
        assert "beter af" in next(lesson.routes())
