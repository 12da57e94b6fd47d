"""The usual answer and the numbers in it, from tables made by hand."""

import pandas as pd
import pytest

from kring.experiments.reading.answer import answer, answered
from kring.experiments.text.formats import NumberFormat
from kring.experiments.text.language import language
from kring.simulation.spread import Spread
from tests.test_report import TEAM, answer_in, study


def found(*rows):
    names = ("policy", "outcome", "value", "difference", "low", "high")
    return {"differences": pd.DataFrame([dict(zip(names, row, strict=True)) for row in rows])}


BASE = ("team", "problems", 2.7, 0, 0, 0)
THREE = study(policies=[TEAM, {"name": "b"}, {"name": "c"}], outcomes=["problems", "cost"])


def test_all_policies_are_in_the_answer_and_what_could_be_none_is_said():
    rows = (("b", "problems", 2.5, -0.2, -0.3, -0.1), ("c", "problems", 3.4, 0.7, -0.1, 1.5))
    said = answer(THREE, found(BASE, *rows))
    assert "compared with ‘team’" in said and "problems per client (2.70 there)" in said
    assert "with ‘b’ 0.20 lower (0.10 to 0.30 lower)" in said
    assert "with ‘c’ it could be none (from 0.10 lower to 1.50 higher)" in said


def test_where_the_signs_of_sets_differ_it_is_said_that_we_do_not_know():
    plan = study(policies=[TEAM, {"name": "b"}], outcomes=["problems"], sets=3, parameters={})
    rows = found(BASE, ("b", "problems", 2.5, -0.2, -0.5, 0.1))["differences"]
    table = {"differences": rows.assign(share=[float("nan"), 0.8], chance=0.01)}
    assert "with ‘b’ we don't know (from 0.50 lower to 0.10 higher)" in answer(plan, table)
    assert "bij ‘b’ weten we het niet (van 0,50 lager" in answer_in("nl", plan, table)


def test_the_first_and_the_last_moment_are_in_the_answer_and_since_entry_too():
    asked = ["problems@year1", "problems@year2", "problems@year5", "problems@year1+52",
             "problems@year1+104", "supporters@year1", "supporters@year5", "alone@year5",
             "cash@year1", "cash@year5"]  # fmt: skip
    assert answered(asked) == [
        "problems@year1", "problems@year5", "problems@year1+52", "problems@year1+104",
        "supporters@year1", "supporters@year5", "cash@year1", "cash@year5",
    ]  # fmt: skip


def test_of_many_comparisons_the_answer_counts_them_all():
    changes = [-0.5, -0.2, 0.05, -0.05, 0.3, 0.02, -0.3, 0.0]
    rows = [(f"p{i}", "problems", 2.7 + change, change, change - 0.1, change + 0.1)
            for i, change in enumerate(changes * 2)]  # fmt: skip
    many = [{"name": name} for name, *_ in rows]
    said = answer(study(policies=[TEAM, *many], outcomes=["problems"]), found(BASE, *rows))
    assert "lower in 6 of 16, most with ‘p0’: 0.50 lower (0.40 to 0.60 lower)" in said
    assert "higher in 2 of 16, most with ‘p4’" in said and "in 8 of 16 it could be none" in said


@pytest.mark.parametrize(
    ("value", "difference", "said"),
    [(2.656, -0.038, ("2.69", "2.65", "0.04 lower")), (4.662, 0.0034, ("4.659", "4.662", "0.003"))],
)
def test_values_and_their_difference_add_up_as_they_are_written(value, difference, said):
    written = NumberFormat.of("problems", [value, value - difference], [difference])
    told = written.together(value, Spread(difference, difference - 0.01, difference + 0.01))
    base, own, change = said
    assert (told.base, told.value) == (base, own) and change in told.change
    assert float(told.base) + float(told.signed.replace("−", "-")) == pytest.approx(
        float(told.value)
    )


def test_the_ends_of_an_interval_are_told_apart():
    written = NumberFormat.of("cost", [3000, 3400], [400])
    told = written.together(3003.2, Spread(3.2, 3.1, 3.4))
    assert (told.change, told.span) == ("€3.2 higher", "€3.1 to €3.4 higher")
    assert written.marked(Spread(3.2, 3.1, 3.4)) == "+\N{WORD JOINER}€3.2"


def test_a_difference_too_small_for_its_decimals_is_not_called_zero():
    written = NumberFormat("problems", 2)
    with language("nl"):
        assert written.change(-0.001) == "minder dan 0,01 lager"
        assert written.change(0) == "geen verschil"
        assert written.span(-0.3, -0.1) == "0,10 tot 0,30 lager"


@pytest.mark.parametrize(
    ("outcome", "value", "en", "nl"),
    [
        ("cost", 3930.76, "€3,931", "€\xa03.931"),
        ("alone", 0.672, "67.2%", "67,2%"),
        ("problems", 2.664, "2.66", "2,66"),
    ],
)
def test_numbers_are_written_as_in_their_language(outcome, value, en, nl):
    written = NumberFormat.of(outcome, [value], [])
    assert written.value(value) == en
    with language("nl"):
        assert written.value(value) == nl


def test_a_split_names_what_brings_most():
    split = study(policies=[TEAM, {"name": "b", "offer": 1, "training": 8}],
                  outcomes=["problems"], vary={"design": "shapley"})  # fmt: skip
    table = pd.DataFrame(
        [("team", i, "problems", 3 - 0.1 * i, -0.1 * i, -0.1 * i - 0.1, -0.1 * i + 0.1)
         for i in range(4)],
        columns=["policy", "point", "outcome", "value", "difference", "low", "high"],
    )  # fmt: skip
    parts = pd.DataFrame(
        [("training", "problems", -0.2), ("offer", "problems", -0.1),
         ("all together", "problems", -0.3)],
        columns=["player", "outcome", "value"],
    ).assign(low=-0.4, high=0.0)  # fmt: skip
    said = answer(split, {"differences": table, "shapley": parts})
    assert "problems per client (3.00 there): with ‘b’ 0.30 lower (0.20 to 0.40 lower)" in said
    assert "0.20 lower comes with ‘training’; 0.10 lower comes with ‘offer’." in said
