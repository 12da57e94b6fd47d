"""Extensions as people write them: slips are told in a line, and nobody gets another's code."""

import math
import sys
from pathlib import Path

import pytest

import kring
from kring.extend import Extension, find, load
from kring.simulation.behaviour import places
from kring.simulation.errors import KringError
from kring.simulation.extensions.behaviours import stand_in
from kring.simulation.machine_code import Code
from kring.simulation.policy import Policy
from kring.simulation.run import simulate
from kring.simulation.town import Town
from kring.testing import only

TOWN = Town.preset("class", clients=20)
HEAD = """
import random, numpy as np
from kring.extend import *

mine = Extension("mine")
mine.column("client", "x", "number", about="x")
"""
BEHAVIOUR = "@mine.behaviour(after='supporters help')\n"
CHANCE = "@mine.modifies('chance_to_stop')\n"
DECLARED = {"does": "x", "nl": "x", "unit": "x", "low": 0, "high": 1, "source": "x"}


def written(folder: Path, text: str) -> Extension:
    file = folder / "mine.py"
    file.write_text(HEAD + text)
    return find(file)


def of_clients(extension: Extension) -> set[float]:
    """What clients have in the column after three weeks."""
    with only(extension):
        return set(simulate(TOWN, "wijkteam", 3).clients["mine_x"])


# Whose code it is


def test_behaviours_of_one_name_at_one_place_each_do_their_own(tmp_path):
    text = (
        "def make(step):\n"
        "    @mine.behaviour(after='supporters help')\n"
        "    def grows(own):\n"
        "        own.x += step\n\n\n"
        "make(1.0)\nmake(100.0)\n" + BEHAVIOUR + "def grows(own):\n    own.x += 10000.0\n"
    )
    assert of_clients(written(tmp_path, text)) == {30303.0}


def test_what_a_behaviour_takes_from_another_file_is_as_that_is_now(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    text = "from shared_step import STEP, twice\n" + BEHAVIOUR + (
        "def grows(own):\n    own.x = twice(STEP)\n"
    )  # fmt: skip
    told = []
    for step, times in ((1.0, 2.0), (5.0, 3.0)):
        (tmp_path / "shared_step.py").write_text(
            f"from kring.extend import helper\n\nSTEP = {step}\n\n\n"
            f"@helper\ndef twice(x):\n    return x * {times}\n"
        )
        sys.modules.pop("shared_step", None)
        told.append(written(tmp_path, f"# {step}\n" + text))
    assert told[0].fingerprint() != told[1].fingerprint()
    assert [of_clients(one) for one in told] == [{2.0}, {15.0}]


def test_a_table_of_numbers_stands_beside_a_behaviour(tmp_path):
    text = "W = np.array([2.0, 5.0])\n" + BEHAVIOUR + "def f(own, client):\n    own.x = W[1]\n"
    assert of_clients(written(tmp_path, text)) == {5.0}


def test_two_outcomes_can_be_of_one_column(tmp_path):
    outcome = "mine.outcome({!r}, column='x', unit='x', en='x', nl='x')\n"
    text = outcome.format("a") + outcome.format("b")
    with only(written(tmp_path, text)):
        result = simulate(TOWN, "wijkteam", 3)
    assert result.at("mine_a") == result.at("mine_b") == 0


# What is told


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (BEHAVIOUR + "def f(own):\n    print(own.x)\n", "mine.f, line 9: print can't be compiled"),
        (BEHAVIOUR + "def f(own, week):\n    own.x = len(f'{week}')\n", "line 9: a text can't be"),
        (BEHAVIOUR + "def f(own):\n    own.x += 1\n    yield\n", "line 10: yield can't be"),
        (BEHAVIOUR + "def f(own):\n    raise ValueError\n", "line 9: raise can't be compiled"),
        (BEHAVIOUR + "def f(own):\n    import math\n", "line 9: import can't be compiled"),
        ("@helper\ndef g(x):\n    print(x)\n" + BEHAVIOUR + "def f(own):\n    g(own.x)\n",
         "mine.f, line 9: print can't be compiled"),
        (BEHAVIOUR + "def f(own):\n    def g():\n        pass\n", "a function within a function"),
        (CHANCE + "def f(chance):\n    pass\n", "mine.f has to return the changed chance, which"),
        (CHANCE + "def f(chance):\n    if chance > 1:\n        return chance\n", "has to return"),
        (
            CHANCE + "def f(chance):\n    if chance > 1:\n        return\n    return chance\n",
            "has to return",
        ),
        (
            CHANCE + "def f(chance):\n    if chance > 2:\n        return\n    if chance > 1:\n"
            "        return chance\n    else:\n        return 0.5\n",
            "has to return",
        ),
        (BEHAVIOUR + "def f(own):\n    while own.x < 1:\n        pass\n",
         "mine.f, line 9: while may never end, and nothing could stop it: go over a range"),
        ("@helper\ndef g(x):\n    return g(x + 1.0) if x else 0.0\n" + BEHAVIOUR +
         "def f(own):\n    own.x = g(own.x)\n", "mine.f: g calls itself, which may never end"),
        ("@helper\ndef g(x):\n    return h(x)\n@helper\ndef h(x):\n    return g(x)\n" +
         BEHAVIOUR + "def f(own):\n    own.x = g(own.x)\n", "calls itself, which may never"),
        (BEHAVIOUR + "def f(client, own):\n    own.x = client.stage == 'waiting'\n",
         "mine.f, line 9: 'waiting' is a text, and a behaviour has numbers: a state is GUIDED or"),
        (BEHAVIOUR + "def f(client, own):\n    own.x = client.level['finances']\n",
         "line 9: 'finances' is a text, and a behaviour has numbers"),
        (BEHAVIOUR + "def f(client):\n    set_level(client, 1, 0)\n",
         "mine.f, line 9: set_level(client, domain, level, domains, parameters): missing a "
         "required argument: 'domains'"),
        ("@helper\ndef g(x):\n    return x\n" + BEHAVIOUR + "def f(own):\n    own.x = g(1, 2)\n",
         "mine.f, line 12: g(x): too many positional arguments"),
        ("STEPS = [1.0, 2.0]\n" + BEHAVIOUR + "def f(own):\n    own.x = STEPS[1]\n",
         "mine.f: STEPS is a list: write numbers, or a tuple of numbers"),
        (BEHAVIOUR + "def f(own):\n    own.x = random.random()\n", "mine.f: random isn't keyed"),
        (BEHAVIOUR + "def f(own):\n    own.x = np.random.random()\n", "mine.f: random isn't keyed"),
        ("@helper\ndef g():\n    return np.random.normal()\n" + BEHAVIOUR +
         "def f(own):\n    own.x = g()\n", "draw by uniform(seed, DECISION, client.id, week)"),
        (BEHAVIOUR + "def f(policy):\n    policy.offer = 1\n", "mine.f changes policy.offer: that"),
        (BEHAVIOUR + "def f(client):\n    client.first_tie += 1\n", "find each other"),
        (BEHAVIOUR + "def f(client):\n    client.stage = 99\n",
         "mine: stage of a client became 99, for which there is no word"),
        (BEHAVIOUR + "def f(own):\n    own.x = np.zeros(3).sum()\n",
         "zeros can't be compiled with what it is given (line 9)"),
        (BEHAVIOUR + "def f(own, world):\n    own.x = len(world.clients.copy())\n",
         "mine.f: that can't be compiled (line 9)"),
        ("mine.behaviour(after='supporters help')(lambda own: None)\n", "a function with a name"),
        ("mine.column('client', 'x', 'whole', about='x')\n", "mine: x is declared twice"),
        ("mine.column('client', 'size', 'whole', about='x')\n", "'size' is no name here"),
        ("mine.column('client', 'Één', 'whole', about='x')\n", "'Één' is no name here"),
        ("mine.column('client', 'y', 'whole', about='x', begins='a')\n", "y begins with a number"),
        ("mine.decision('comes')\nmine.decision('comes')\n", "decision 'comes' is named twice"),
    ],
)  # fmt: skip
def test_a_slip_is_told_in_a_line(text, said, tmp_path):
    with pytest.raises(KringError) as error:
        of_clients(written(tmp_path, text))
    assert said in str(error.value)
    assert "\n" not in str(error.value)


def test_a_chance_that_becomes_no_number_is_told_in_plain_python():
    number = stand_in(lambda *_: math.nan, "mine.f")
    with pytest.raises(KringError, match="makes the chance no number"):
        places.call.plain.pop(number)(None, 0, 0, 0, 1, 0.5)


def test_code_that_the_next_start_could_not_load_is_refused(tmp_path):
    behaviour = written(tmp_path, BEHAVIOUR + "def f(own):\n    own.x = 1.0\n").behaviours[0]
    needs = Code("f", "d", b"\x7fELF\0f\0numba_get_np_random_state\0")
    with pytest.raises(KringError, match="needs numba_get_np_random_state, which is Numba"):
        behaviour.check_alone(needs)


@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.parametrize(
    "text",
    [
        BEHAVIOUR + "def f(world, own):\n    own.x = world.clients.problems[10_000_000]\n",
        "@helper\ndef far(world, n):\n    return world.clients[n].problems\n\n\n"
        + BEHAVIOUR
        + "def f(world, own):\n    own.x = far(world, 10_000_000)\n",
        CHANCE + "def f(world, chance):\n    world.ties[10_000_000].hours = 1\n    return chance\n",
    ],
)
def test_a_row_that_is_not_there_stops_compiled_code_too(text, threads, tmp_path):
    said = "mine asks for a row that isn't there"
    with only(written(tmp_path, text)), pytest.raises(KringError, match=said):
        simulate(Town.preset("class", clients=60), "wijkteam", 30, threads=threads)
    assert simulate(TOWN, "wijkteam", 3).weeks == 3  # what comes after it is as ever


def test_while_it_is_compiled_its_behaviour_is_named(tmp_path, capsys):
    once = pytest.importorskip("kring.simulation.once")
    text = BEHAVIOUR + "def supporters_rest(own):\n    own.x = 1\n"
    behaviour = written(tmp_path, text).behaviours[0]
    shown = once.Progress(behaviour.compiled_around(behaviour.symbol), None)
    assert shown.name == "compiling: mine.supporters rest"
    with shown:  # how many functions it takes is not known
        for _ in range(3):
            with once.event.trigger_event("numba:compile"):
                pass
        assert (shown.bar.n, shown.bar.total) == (3, None)


def test_what_a_behaviour_does_is_told_in_texts_within_it(tmp_path):
    text = BEHAVIOUR + "def f(own):\n    'Count.'\n    own.x += 1.0\n    'That is all.'\n"
    assert of_clients(written(tmp_path, text)) == {3.0}


def test_an_outcome_that_is_no_number_is_told(tmp_path):
    text = "mine.outcome('x', column='x', unit='x', en='x', nl='x')\n" + BEHAVIOUR + (
        "def f(own, week):\n    own.x = 1.0 / (week - 1)\n"
    )  # fmt: skip
    with pytest.raises(KringError, match=r"mine: the column 'x' of a client, .* no number"):
        of_clients(written(tmp_path, text))


@pytest.mark.parametrize(
    ("default", "declared", "said"),
    [
        ("often", {}, "its default = 'often' is no number"),
        (0.0, {"low": None}, "low = None is no number"),
        (0.0, {"unit": 3}, "unit = 3 is no text"),
        (0.0, {"likely": (0.5, 3)}, r"likely = \(0.5, 3\) is no low and high within 0 to 1"),
        (0.0, {"likely": 0.5}, "likely = 0.5 is no low and high within 0 to 1"),
        (0.0, {"likley": (0, 1)}, "declared with likley=; did you mean 'likely'"),
    ],
)
def test_a_quantity_is_declared_as_it_should(default, declared, said):
    with pytest.raises(KringError, match=said):
        Extension("mine").lever("x", default, **DECLARED | declared)


def test_a_lever_and_a_strength_have_names_of_their_own():
    mine = Extension("mine")
    mine.lever("x", 0.0, **DECLARED)
    with pytest.raises(KringError, match="mine: x is declared twice"):
        mine.strength("x", 0.0, **DECLARED)


def test_who_takes_part_declares_no_more():
    mine = Extension("mine")
    with only(mine):
        with pytest.raises(KringError, match="takes part already: declare x before"):
            mine.lever("x", 0.0, **DECLARED)
        with pytest.raises(KringError, match="takes part already: unload it"):
            mine.behaviour(after="supporters help")(test_who_takes_part_declares_no_more)
    mine.lever("x", 0.0, **DECLARED)
    with only(mine):
        assert Policy().mine_x == 0


def test_names_that_two_would_share_are_refused():
    """``first`` with a column ``tie`` would be Kring's own ``first_tie``."""
    first = Extension("first")
    first.column("client", "tie", "whole", about="x")
    with pytest.raises(KringError, match="a client has a column 'first_tie' already"):
        first.load()
    a, a_b = Extension("a"), Extension("a_b")
    for one, name in ((a, "b_c"), (a_b, "c")):
        one.column("client", "x", "whole", about="x")
        one.outcome(name, column="x", unit="x", en="x", nl="x")
    with only(a), pytest.raises(KringError, match="an outcome 'a_b_c' already"):
        a_b.load()


@pytest.mark.parametrize("given", [None, 3, ["visitors.py"]])
def test_what_is_no_extension_is_said_so(given):
    with pytest.raises(KringError, match="extension"):
        find(given)
    with pytest.raises(KringError, match="is no extension"):
        load(given)


def test_what_is_allowed_is_a_list():
    with pytest.raises(KringError, match="a list is wanted"):
        kring.read_study({"policies": ["wijkteam"]}, extensions="visitors.py")
