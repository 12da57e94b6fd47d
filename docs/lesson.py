"""Make what the lesson without Python gives as answers, from the very links that a class opens.

A passage stands between ``<!-- lesson: NAME -->`` and ``<!-- end of lesson -->`` and is in the
language of its page. The page of `kring explore` draws by key, so these are the answers on every
screen. ``python docs/refresh.py lesson`` renews them.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from kring.experiments.explore.life import life_view, raw_life
from kring.experiments.explore.menu import CENTRAL, CONFERENCE, Menu
from kring.experiments.explore.picture import end, fates
from kring.experiments.explore.scenario import Levers, Scenario
from kring.experiments.explore.towns import people
from kring.experiments.explore.words import words
from kring.experiments.text.language import DUTCH, ENGLISH, Word, language, said, spoken
from kring.experiments.text.numbers import capital, decimal, listed, money
from kring.simulation.result import Result
from kring.simulation.run import simulate

DOCS = Path(__file__).parent
PASSAGE = re.compile(r"(<!-- lesson: (?P<name>\w+) -->\n).*?(<!-- end of lesson -->)", re.DOTALL)
PAGES = {
    ENGLISH: ("tutorials/class.md", "tutorials/class_answers.md"),
    DUTCH: ("nederlands/les.md", "nederlands/les_antwoorden.md"),
}
TOWN = "class"
BUDGET = 500.0  # EUR a client in two years, more than as now
SETS = (CENTRAL, "sceptical", "hopeful")
TOLD = ("offer", "meeting", "plan", "is overburdened", "stops helping", "closing", "return")

Plain = dict[str, Any]


class Life(NamedTuple):
    """A client whose two lives are looked at, and what they are a case of."""

    client: int
    case: Word


LIVES = {
    "first": Life(94, Word("Together", "Samen")),
    "carried": Life(8, Word("Group 1", "Groep 1")),
    "worn": Life(81, Word("Group 2", "Groep 2")),
    "declines": Life(64, Word("Group 3", "Groep 3")),
    "worse": Life(6, Word("Group 4", "Groep 4")),
}


class Bet(NamedTuple):
    """Levers that a group may bet on."""

    word: Word
    levers: Plain


BETS = {
    "hours": Bet(Word("Ten hours for the network", "Tien uur voor het netwerk"),
                 {"mobilisation_hours": 10.0}),
    "hours_for_all": Bet(Word("Ten hours, offered to all", "Tien uur, aangeboden aan allen"),
                         {"offer": 1.0, "mobilisation_hours": 10.0}),
    "guidance": Bet(Word("Guidance from outside for all", "Begeleiding van buiten voor allen"),
                    {"outside_guidance": 1.0}),
    "conference": Bet(Word("Conference for all", "Eigen Kracht voor allen"), CONFERENCE),
    "outreach": Bet(Word("Half is sought out", "De helft wordt opgezocht"), {"outreach": 0.5}),
    "fewer_staff": Bet(Word("A fifth fewer staff", "Een vijfde minder bezetting"),
                       {"staffing": 0.8}),
}  # fmt: skip
ROUTES = ("hours_for_all", "conference")

menu = cache(Menu)


def levers(chosen: Plain) -> Levers:
    """Levers in the order of the menu, as a link has them."""
    return tuple((name, chosen[name]) for name in menu().lever if name in chosen)


def scenario_of_life(name: str) -> Scenario:
    """What the link of a life asks for: a conference for all, in the class."""
    return Scenario(levers(CONFERENCE), TOWN, CENTRAL, LIVES[name].client, lang=spoken())


def scenario_of_bet(name: str, strengths: str = CENTRAL) -> Scenario:
    """What the link of a bet asks for, under a set of strengths."""
    return Scenario(levers(BETS[name].levers), TOWN, strengths=strengths, lang=spoken())


@cache
def lives(client: int) -> tuple[Plain, Plain]:
    """Both lives of a client of the class: as now, and under a conference for all."""
    chosen = Scenario(levers(CONFERENCE), TOWN, CENTRAL, client)
    stands = people(menu(), chosen, 1)
    now, then = (
        life_view(raw_life(stands, policy, client, menu().weeks))
        for policy in (menu().today, chosen.policy(menu()))
    )
    return now, then


@cache
def lived(strengths: str, town: str) -> dict[str, Plain]:
    """What each bet that is lived in a town comes to: the page's `end` and `fates`."""
    asked = {name: scenario_of_bet(name, strengths) for name in BETS}
    asked = {name: one for name, one in asked.items() if one.town_lived(menu()) == town}
    towns: dict[str, list[Plain]] = {name: [] for name in ("as now", *asked)}
    for seed in range(1, menu().drawn + 1):
        stands = people(menu(), next(iter(asked.values())), seed)
        for name in towns:
            policy = asked[name].policy(menu()) if name in asked else menu().today
            towns[name].append(numbers(simulate(stands, policy, menu().weeks, episodes=False)))
    now = towns.pop("as now")
    return {name: compared(now, then) for name, then in towns.items()}


def numbers(result: Result) -> Plain:
    """What is read of a town: its last week, and each client's problems."""
    clients = {"problems": result.client_rows["problems"].astype(int), "here": result.here}
    return {"end": {name: result.at(name) for name in ("problems", "cost")}, "clients": clients}


def compared(now: list[Plain], then: list[Plain]) -> Plain:
    """The same towns under two policies."""
    ends = {
        name: end(*([town["end"][name] for town in towns] for towns in (now, then)))
        for name in ("problems", "cost")
    }
    return {"end": ends, "fates": fates(now, then, lambda all_: np.ones(len(all_["here"]), bool))}


def picture(name: str, strengths: str = CENTRAL) -> Plain:
    """What a bet comes to."""
    return lived(strengths, scenario_of_bet(name).town_lived(menu()))[name]


def is_within_budget(shown: Plain) -> bool:
    """Whether a bet costs no more than may be spent."""
    return bool(shown["end"]["cost"]["difference"] <= BUDGET)


def survives(name: str, strengths: str) -> bool:
    """Whether a bet has fewer problems as well, beyond luck, under other strengths."""
    return bool(picture(name, strengths)["end"]["problems"]["high"] < 0)


# ------------------------------------------------------------------------------ in words


def links() -> Iterator[str]:
    """The links of the lesson, to put behind the address of the page."""
    yield row(said(Word("For", "Voor")), said(Word("Behind the address", "Achter het adres")))
    yield row("---", "---")
    for name, life in LIVES.items():
        yield row(said(life.case), as_link(scenario_of_life(name)))
    start = Scenario(town=TOWN, strengths=CENTRAL, lang=spoken())
    yield row(
        said(Word("The bets: begin as now", "De weddenschap: begin zoals nu")), as_link(start)
    )


def as_link(scenario: Scenario) -> str:
    """A link as a page shows it."""
    return f"`#{scenario.link(menu())}`"


def row(*cells: str) -> str:
    """A row of a table."""
    return f"| {' | '.join(cells)} |"


def answers() -> Iterator[str]:
    """Who ends how, life by life, and what happens on the way."""
    page = words(menu())
    sentences = page["said"]
    for name, life in LIVES.items():
        both = lives(life.client)
        now = both[0]
        who = sentences["who"].format(
            client=life.client + 1, age=now["age"],
            children=count(sentences, "children", now["children"]),
            problems=count(sentences, "problems", now["problems_at_entry"]),
            people=count(sentences, "people", len(now["ties"])),
        )  # fmt: skip
        yield f"**{said(life.case)}.** {who}\n\n{as_link(scenario_of_life(name))}\n"
        for title, life_of in zip(("as now", "this choice"), both, strict=True):
            last = life_of["weeks"][-1]
            ends = [count(sentences, of, last[of]) for of in ("problems", "supporters")]
            told = capital("; ".join(happens(page, life_of)))
            yield (
                f"- *{capital(sentences[title])}:* {', '.join(ends)}, "
                f"{money(life_of['cost'])}. {told}."
            )
        yield ""


def count(sentences: Plain, name: str, number: int) -> str:
    """So many of something, in the page's words."""
    return str(sentences[f"{name}.one" if number == 1 else name].format(n=number))


def happens(page: Plain, life_of: Plain) -> Iterator[str]:
    """What is told of a life, in the page's words; why somebody stops, between brackets."""
    for event in life_of["events"]:
        if event["key"] not in TOLD:
            continue
        key = f"{event['key']}:{event['detail']}"
        text = page["events"].get(key) or page["events"][event["key"]]
        names = listed(life_of["ties"][tie]["name"] for tie in event["ties"])
        text = text.format(n=round(event["amount"]), who=names)
        reasons = [page["why"][why] for why in event["why"] if why in page["why"]]
        more = f" ({listed(reasons)})" if reasons else ""
        yield f"{page['said']['week'].format(week=event['week'])} {text}{more}"


def routes() -> Iterator[str]:
    """Two routes in the class: how many of a hundred are better off, and for what."""
    heads = (
        Word("Choice", "Keuze"), Word("better off", "beter af"),
        Word("as many problems", "evenveel problemen"),
        Word("worse off", "slechter af"), Word("problems", "problemen"), Word("cost", "kosten"),
    )  # fmt: skip
    yield row(*map(said, heads))
    yield row(*["---"] * len(heads))
    for name in ROUTES:
        shown = picture(name)
        problems, cost = shown["end"]["problems"], shown["end"]["cost"]
        yield row(
            said(BETS[name].word),
            *(decimal(100 * shown["fates"][fate], 0) for fate in ("better", "same", "worse")),
            f"{decimal(problems['now'], 2)} → {decimal(problems['then'], 2)}",
            f"{money(cost['now'])} → {money(cost['then'])}",
        )


def bets() -> Iterator[str]:
    """What each bet comes to, and what is left of it for sceptics and advocates."""
    yes, no = Word("yes", "ja"), Word("no", "nee")
    heads = (
        Word("Bet", "Inzet"), Word("Cost", "Kosten"), Word("Within budget", "Binnen het budget"),
        Word("Problems", "Problemen"), Word("Problems, sceptics", "Problemen, twijfelaars"),
        Word("Survives", "Blijft over"), Word("Problems, advocates", "Problemen, voorstanders"),
    )  # fmt: skip
    yield row(*map(said, heads))
    yield row(*["---"] * len(heads))
    for name, bet in BETS.items():
        each = {strengths: picture(name, strengths) for strengths in SETS}
        usual = each[CENTRAL]
        yield row(
            f"{said(bet.word)}<br>{as_link(scenario_of_bet(name))}",
            euros(usual["end"]["cost"]["difference"]),
            said(yes if is_within_budget(usual) else no),
            change(usual), change(each["sceptical"]),
            said(yes if survives(name, "sceptical") else no),
            change(each["hopeful"]),
        )  # fmt: skip


def euros(difference: float) -> str:
    """Euros more or less."""
    return f"{'+' if difference >= 0 else '−'}{money(difference)}"


def change(shown: Plain) -> str:
    """The difference in problems with its interval."""
    at = shown["end"]["problems"]
    low, high = (decimal(at[side], 2, "+") for side in ("low", "high"))
    return f"{decimal(at['difference'], 2, '+')} ({low} {said(Word('to', 'tot'))} {high})"


PARTS: dict[str, Callable[[], Iterator[str]]] = {
    "links": links, "lives": answers, "routes": routes, "bets": bets,
}  # fmt: skip


def renewed(code: str, page: str, names: tuple[str, ...] = tuple(PARTS)) -> str:
    """A page with these passages as the model gives them now."""

    def renew(passage: re.Match[str]) -> str:
        if passage["name"] not in names:
            return passage[0]
        lines = "\n".join(PARTS[passage["name"]]()).strip("\n")
        return f"{passage[1]}\n{lines}\n\n{passage[3]}"

    with language(code):
        return PASSAGE.sub(renew, (DOCS / page).read_text(encoding="utf-8"))


def renew(check: bool) -> list[str]:
    """Renew the answers of all pages; list what changed."""
    changed = []
    for code, pages in PAGES.items():
        for page in pages:
            new = renewed(code, page)
            if new != (DOCS / page).read_text(encoding="utf-8"):
                changed.append(f"docs/{page}")
                if not check:
                    (DOCS / page).write_text(new, encoding="utf-8")
    return changed
