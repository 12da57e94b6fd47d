"""The page's own code in node, beside what Python makes of the same."""

import json
import shutil
import subprocess
from dataclasses import replace

import pytest

from kring.experiments.explore import page as the_page
from kring.experiments.explore.facts import MODULE, facts
from kring.experiments.explore.life import Without, raw_life
from kring.experiments.explore.menu import RUNNING, Menu
from kring.experiments.explore.page import plain_menu
from kring.experiments.explore.scenario import Scenario
from kring.experiments.explore.shown import followed
from kring.experiments.explore.towns import live_towns, people
from kring.simulation.town import Town

NODE = shutil.which("node")
SMALL = Menu(
    towns={"class": Town.preset("class", clients=40), RUNNING: Town.preset("class", clients=30)},
    sets={**Menu().sets, "ensemble": (1, 101, 200)}, weeks=60, drawn=3,
)  # fmt: skip
CHOICE = "offer=1&mobilisation_hours=10&independent_convener=1&network_makes_plan=1"


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


def assert_lives_alike(menu, link, tmp_path):
    """What towns come to, and a life in the first, are the same in node and in Python."""
    chosen = Scenario.of_link(menu, link)
    town = chosen.town_lived(menu)
    sets = {str(number): strengths for number, strengths in menu.strengths().items()}
    since = followed(menu.outcomes)
    (tmp_path / "facts.json").write_text(
        js(facts(menu.towns, sets, menu.weeks, menu.today, [*menu.starts.values()], since))
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
    for one, other in zip(towns, live_towns(small, chosen, [dict(chosen.levers)])[0], strict=True):
        assert_alike(one, json.loads(json.dumps(other)))
    stands, policy = people(menu, chosen, 1), chosen.policy(menu)
    for life, one in zip(lives, (None, without), strict=True):
        raw = raw_life(stands, policy, 5, menu.weeks, one, menu.start(dict(chosen.levers)))
        assert_alike(life, json.loads(json.dumps(raw)))
