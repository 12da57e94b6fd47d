"""What is called wrongly from Python is one line that says what is wanted."""

import pickle

import pytest

import kring
from experiments.execution import arithmetic as here
from experiments.execution.manifest import machine
from tests.helpers import python

TOWN = kring.Town.preset("class", clients=20)
BOTH = {"a": "wijkteam", "b": "eigen_kracht"}
STUDY = {"sets": 1, "seeds": 2, "weeks": 4, "town": {"clients": 10}, "policies": [{"name": "now"}]}

CALLS = {
    "a seed twice": (lambda: kring.compare(TOWN, BOTH, 4, [1] * 5), "1 stands there twice"),
    "a number of seeds": (lambda: kring.compare(TOWN, BOTH, 4, 3), r"such as range\(1, 41\)"),
    "seeds that are a text": (lambda: kring.compare(TOWN, BOTH, 4, "12"), "one by one"),
    "half a seed": (lambda: kring.SupportNetworkModel("class", seed=1.5), "whole number"),
    "a seed that is a fraction": (lambda: kring.SupportNetworkModel(seed=1.0), "whole number"),
    "a seed that is a text": (lambda: kring.SupportNetworkModel(seed="a"), "whole number"),
    "a model that is kept": (
        lambda: pickle.dumps(kring.SupportNetworkModel("class", seed=1)), "make it anew",
    ),
    "no workers": (lambda: run(workers=0), "workers = 0"),
    "fewer workers than none": (lambda: run(workers=-1), "workers = -1"),
    "half a worker": (lambda: run(workers=1.5), "workers = 1.5"),
    "keys in place of a plan": (lambda: kring.run_study(STUDY, "out"), "kring.read_study"),
    "a name in place of a plan": (lambda: kring.run_study("ten_hours", "out"), "kring.read_study"),
    "no folder": (lambda: kring.run_study(kring.read_study(STUDY), None), "no folder"),
    "no result to repeat": (lambda: kring.repeat_study("nowhere"), "no result of Kring"),
    "no result to look in": (lambda: kring.discover("nowhere", "cost > 3"), "no result of Kring"),
    "no study": (lambda: kring.read_study(None), "no study"),
}  # fmt: skip


def run(**how):
    return kring.run_study(kring.read_study(STUDY), "out", **how)


@pytest.mark.parametrize(("call", "told"), CALLS.values(), ids=CALLS)
def test_what_is_called_wrongly_is_one_line(call, told, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(kring.KringError, match=told) as refused:
        call()
    assert "\n" not in str(refused.value)


def test_a_comparison_of_one_policy_has_its_weeks_and_no_differences():
    found = kring.compare(TOWN, {"a": "wijkteam"}, 4, [1, 2], parameters="fitted")
    assert found.differences.empty and "difference" in found.differences
    assert set(found.weekly["policy"]) == {"a"}


OTHERWISE = {"GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX2,-FMA,-AVX2_Usable,-FMA_Usable"}
LOOK = """
import math
from experiments.execution.arithmetic import arithmetic
print(arithmetic(), [math.exp(-i / 577) for i in range(5000)])
"""


def test_the_word_for_arithmetic_changes_as_soon_as_the_math_library_rounds_otherwise():
    usual, again, other = (python(LOOK, **more).stdout for more in ({}, {}, OTHERWISE))
    assert usual and usual == again
    word, _, numbers = usual.partition(" ")
    assert (word == other.partition(" ")[0]) == (numbers == other.partition(" ")[2])


def test_a_result_knows_the_arithmetic_it_was_made_with():
    assert f"arithmetic {here.arithmetic()}" in machine()["platform"]
