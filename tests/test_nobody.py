"""A count of nobody is said as such: no `nan` reaches a person, in lines, answers or tables."""

import re

import numpy as np
import pandas as pd
import pytest

from kring.experiments.reading.answer import answer
from kring.experiments.reading.base import Reading, all_lines, all_tables
from kring.experiments.study.load import plan_of
from kring.experiments.text.language import language, languages
from kring.experiments.text.numbers import DASH, decimal, money, percent, plain, three_digits

SPAN = {"town": {"sick_leave": [0.0, 0.2], "spare_hours": [1, 2]}}
DESIGNS = {
    "policies": {},
    "a line": {"vary": {"policy": {"offer": [0.1, 0.2, 0.3]}}},
    "crossed": {"vary": {"policy": {"offer": [0.1, 0.2], "uptake": [0.5, 1]}}},
    "latin hypercube": {"vary": {"design": "latin hypercube", "points": 24, **SPAN}},
    "sobol": {"vary": {"design": "sobol", "points": 48, **SPAN}, "sets": 1},
    "morris": {"vary": {"design": "morris", "points": 8, **SPAN}, "sets": 1},
}
FILLS = {
    "nobody": lambda noise: noise * np.nan,
    "rounding": lambda noise: 2818.48 * (1 + noise * 2e-16),
    "half nobody": lambda noise: np.where(noise < 0.5, np.nan, noise),
}


def said(more: dict, fill) -> tuple[str, str]:
    plan = plan_of(
        {
            "seeds": 2, "town": {"clients": 30}, "outcomes": ["problems", "supporters:conference"],
            "policies": [{"name": "now"}, {"name": "more", "staffing": 1.1}], **more,
        }
    )  # fmt: skip
    runs = pd.DataFrame([plan.identity(run) for run in plan.runs]).assign(key="")
    noise = np.random.default_rng(1).random(len(runs))
    runs["problems"], runs["supporters:conference"] = noise, fill(noise)
    tables = all_tables(Reading(), plan, {"runs": runs})
    return "\n".join(all_lines(Reading(), plan, tables)), answer(plan, tables)


@pytest.mark.parametrize("fill", FILLS.values(), ids=FILLS)
@pytest.mark.parametrize("more", DESIGNS.values(), ids=DESIGNS)
def test_no_nan_reaches_a_person(more, fill):
    for code in languages():
        with language(code):
            text = " ".join(said(more, fill))
            assert not re.search(r"\bnan\b", text, re.IGNORECASE), text
            assert "failures.csv" not in text  # there is none
            assert "too few points" not in text and "te weinig punten" not in text


@pytest.mark.parametrize("more", DESIGNS.values(), ids=DESIGNS)
def test_why_there_is_no_number_is_said(more):
    lines, _ = said(more, FILLS["nobody"])
    assert "no number, for nobody is counted" in lines


@pytest.mark.parametrize("design", ["latin hypercube", "sobol", "morris"])
def test_what_differs_by_rounding_alone_is_the_same(design):
    lines, _ = said(DESIGNS[design], FILLS["rounding"])
    assert "is the same in all futures" in lines


@pytest.mark.parametrize("write", [lambda x: decimal(x, 1), money, plain, percent, three_digits])
@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_what_is_no_number_is_written_as_a_dash(write, number):
    assert write(number) == DASH
