"""The page: the model, its words and its drawings in one HTML file that asks nobody anything."""

import base64
import gzip
import hashlib
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from scipy.special import stdtrit

from kring.experiments.explore.books import BOOKED, nonzero, of_books
from kring.experiments.explore.facts import notice
from kring.experiments.explore.first_names import APART, NAMES, STEP
from kring.experiments.explore.groups import GROUPS
from kring.experiments.explore.levers import Lever, named
from kring.experiments.explore.life import TOLD
from kring.experiments.explore.menu import RUNNING, Menu
from kring.experiments.explore.picture import COLUMNS, FOLLOWED, PAYERS
from kring.experiments.explore.scenario import (
    FIRST,
    LANGUAGES,
    start_lines,
    town_lines,
    written,
)
from kring.experiments.explore.shown import followed
from kring.experiments.explore.words import words
from kring.experiments.measures.base import DAYS_A_WEEK, LAST, YEAR
from kring.experiments.measures.money import what_counts
from kring.experiments.text.language import DUTCH, language, spoken
from kring.simulation.behaviour.case import PLAN_NORM
from kring.simulation.field import TIE_KINDS
from kring.simulation.policy import Policy
from kring.simulation.settings import number

PAGE = Path(__file__).parent / "page"
MODULES = (  # in the order in which they can be laid behind each other
    "scenario", "picture", "life", "words", "charts", "ring", "share", "results", "controls",
    "crew", "lives", "kept", "app",
)  # fmt: skip
CARD = ("words", "charts", "ring", "share", "results", "card")
WORKER = ("memory", "run", "lived", "model", "towns", "engine")
OUTSIDE = re.compile(r"^(import .*?;\n|export )", re.MULTILINE)
ABOUT = re.compile(r"^\s*(//[^\n]*|/\*\*(?:(?!\*/).)*\*/)\n", re.MULTILINE | re.DOTALL)
INDENTED = re.compile(r"^[ \n]+", re.MULTILINE)

MOST_BYTES, MOST_PACKED = 300_000, 150_000

Plain = dict[str, Any]


class Page(NamedTuple):
    """A page, what a browser lets it do, and how many bytes of it each preset takes."""

    html: str
    policy: str
    a_preset: int

    @property
    def too_large(self) -> str:
        """By how much it is more than mail and phones take well, and what to leave out."""
        html = self.html.encode()
        sizes = (len(html), MOST_BYTES, ""), (len(gzip.compress(html)), MOST_PACKED, " packed")
        for size, most, how in sizes:
            if size > most:
                return (
                    f"{(size - most) / 1000:.0f} kB more than {most / 1000:.0f} kB{how}: "
                    f"leave out policies (each takes {self.a_preset / 1000:.0f} kB) or outcomes"
                )
        return ""


def page(menu: Menu, presets: list[Plain], facts: Plain, module: bytes, made: str) -> Page:
    """The page of a menu.

    Parameters
    ----------
    menu : Menu
        What one can choose.
    presets : list of dict
        The picture of each preset, for whom the model cannot run.
    facts : dict
        What the model needs beside its code.
    module : bytes
        The model, as WebAssembly.
    made : str
        What it was made with: a line at the bottom.
    """
    data = {
        "menu": plain_menu(menu),
        "words": dict(in_each_language(menu)),
        "presets": presets,
        "facts": packed(json.dumps(facts, separators=(",", ":")).encode()),
        "module": packed(module),
        "notice": notice(),
        "worker": joined(WORKER) + "\nserve(self);\n",
    }
    script, style = joined(MODULES), (PAGE / "style.css").read_text("utf-8")
    policy = security_policy(script, style)
    html = (
        templates()
        .get_template("page.html")
        .render(
            language=DUTCH,
            policy=policy,
            style=style,
            script=script,
            data=in_a_script(data),
            made=made,
        )
    )
    return Page(html, policy, len(in_a_script(presets)) // len(presets))


def card(menu: Menu, shown: Plain) -> str:
    """A small page for a notebook, in the language that is spoken.

    Parameters
    ----------
    menu : Menu
        What the words are about.
    shown : dict
        ``lives``: under today's policy and the other, as `life_view` gives them; or ``picture``,
        as `picture_of` gives it, and ``is_new``: whether its town begins empty.
    """
    said = words(menu)
    script, style = joined(CARD), (PAGE / "style.css").read_text("utf-8")
    return templates().get_template("card.html").render(
        language=spoken(), policy=security_policy(script, style), style=style, script=script,
        data=in_a_script({"words": said, "lang": spoken(), **shown}), lives="lives" in shown,
        said=said["said"],
    )  # fmt: skip


@cache
def templates() -> Environment:
    """Templates in which all that is filled in is escaped, but for what is marked as safe."""
    return Environment(loader=FileSystemLoader(PAGE), undefined=StrictUndefined, autoescape=True)


def security_policy(script: str, style: str) -> str:
    """What a browser lets the page do: its own script and style, its own workers; no other host."""
    return (
        f"default-src 'none'; script-src '{hash_of(script)}' 'wasm-unsafe-eval'; "
        f"style-src '{hash_of(style)}'; worker-src blob:; img-src blob:; base-uri 'none'; "
        "form-action 'none'"
    )


def hash_of(text: str) -> str:
    """The hash by which a policy of a page knows a script or a style."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def packed(content: bytes) -> str:
    """Bytes as they lie in a page: the same bytes give the same text."""
    return base64.b64encode(gzip.compress(content, 9, mtime=0)).decode()


def in_a_script(data: Plain | list[Plain]) -> str:
    """JSON that can stand within a script element, whatever it says."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def joined(names: tuple[str, ...]) -> str:
    """Modules behind each other as one script, without what only people and checkers read."""
    parts = [OUTSIDE.sub("", (PAGE / f"{name}.js").read_text("utf-8")) for name in names]
    return '"use strict";\n' + INDENTED.sub("", ABOUT.sub("", "\n".join(parts)))


def in_each_language(menu: Menu) -> Iterator[tuple[str, Plain]]:
    """What the page says, by language."""
    for code in LANGUAGES:
        with language(code):
            yield code, words(menu)


def plain_menu(menu: Menu) -> Plain:
    """The menu and what goes with it, as the page's own code reads it (`page/types.d.ts`)."""
    return {
        "title": {"en": menu.title.en, "nl": menu.title.nl or menu.title.en},
        "levers": [plain_lever(menu, lever) for lever in menu.levers],
        "idle": [one._asdict() for one in menu.idle()],
        "presets": [
            {
                "en": label.en, "nl": label.nl or label.en,
                "levers": {name: levers[name] for name in menu.lever if name in levers},
            }
            for label, levers in menu.presets
        ],
        "towns": [
            {
                "name": name, "clients": town.clients, "weeks_before": town.weeks_before,
                "entry_weeks": town.entry_weeks, "toml": town_lines(menu, name),
            }
            for name, town in menu.towns.items()
        ],
        "running": RUNNING,
        "together": [{name: menu.base(name) for name in shares} for shares in menu.together],
        "sets": [
            {"name": name, "numbers": numbers, "bands": menu.bands(name)}
            for name, numbers in menu.sets.items()
        ],
        "weeks": menu.weeks, "drawn": menu.drawn, "followed": FOLLOWED, "year": YEAR,
        "books": {
            name: of_books(price_of(menu))[name]._asdict()
            for name in menu.outcomes
            if name in BOOKED
        },
        "plan_norm": PLAN_NORM, "days": DAYS_A_WEEK, "looked_at": [YEAR, LAST],
        "shown": menu.outcomes, "followed_too": followed(menu.outcomes),
        "columns": COLUMNS, "payers": list(PAYERS),
        "groups": [
            {"key": g.key, "column": g.column, "low": g.low, "high": g.high} for g in GROUPS
        ],
        "counts": {
            payer: nonzero(what_counts(price_of(menu))[name]) for payer, name in PAYERS.items()
        },
        "names": NAMES, "name_step": STEP, "name_apart": APART, "kinds": TIE_KINDS,
        "told": TOLD,
        "student_t": [0.0, *(float(stdtrit(n, 0.975)) for n in range(1, menu.drawn))],
        "toml": [plain_policy(menu, route) for route in menu.routes], "first": FIRST,
        "starts": {word: start_lines(start) for word, start in menu.starts.items()},
    }  # fmt: skip


def plain_lever(menu: Menu, lever: Lever) -> Plain:
    """A lever as the page's own code reads it; its words stand with what the model takes."""
    note = Policy.note(lever.moves) if lever.is_of_policy else {"unit": ""}
    words = {
        word: number(word, note) if lever.is_of_policy else place
        for place, word in enumerate(lever.options)
    }
    return {
        **lever._asdict(), "options": words, "base": menu.base(lever.name),
        "running": menu.is_shown_running(lever.name),
        "share": str(note["unit"]).startswith("share"),
    }  # fmt: skip


def plain_policy(menu: Menu, route: str) -> Plain:
    """What a study file can say of today's policy, for who enters by a route."""
    today, usual = menu.policy({}, route), Policy()
    return {
        "route": route,
        "levers": [
            {
                "name": named(lever, route), "key": lever,
                "usual": written(usual, lever), "today": written(today, lever),
            }
            for lever in Policy.declared()
        ],
    }  # fmt: skip


def price_of(menu: Menu) -> float:
    """EUR, the price of an hour of guidance in the towns of a menu."""
    return float(next(iter(menu.towns.values())).price_regular)
