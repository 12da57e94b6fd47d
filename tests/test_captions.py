"""Figures say what they leave out, and nothing in them stands over something else."""

from itertools import combinations, pairwise

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.colors import rgb_to_hsv, to_rgb

from kring.experiments.analyses.sensitivity import Sensitivity
from kring.experiments.analyses.sensitivity.figure import DOWN
from kring.experiments.charts.crossed import crossed_chart
from kring.experiments.charts.lines import line_chart
from kring.experiments.charts.policies import policy_chart
from kring.experiments.charts.style import COLOURS, WIDTH, number_format, style
from kring.experiments.study.load import plan_of
from kring.experiments.text.language import language

FIVE = ["problems", "supporters", "cost", "alone", "network"]
SEVEN = [*FIVE, "severity", "waiting"]
LONG = "tien uur, aan allen aangeboden en dan nog wat"
STRENGTHS = {"network_effect": [0.026, 0.06], "merged_role": [0, 1], "feeding": [0.0002, 0.001],
             "professional_effect": [0.006, 0.012], "plan_bond": [0.4, 0.95]}  # fmt: skip


def study(outcomes, policies=2, **vary):
    names = [{"name": f"p{i}", "nl": f"{LONG} {i}", "training": i} for i in range(policies)]
    return plan_of({"outcomes": outcomes, "policies": names, "sets": 1, "seeds": 2, "vary": vary})


def differences(asked):
    """Some differences of a study, for what is drawn of them."""
    return pd.DataFrame(
        [
            {"policy": policy.name, "point": i, **point, "outcome": outcome, "value": 2.0 + i,
             "difference": 1.0, "low": 0.5, "high": 1.5, "share": 1.0, "chance": 0.1}
            for policy in asked.policies for i, point in enumerate(asked.points)
            for outcome in asked.outcomes
        ]
    )  # fmt: skip


def indices(asked, index):
    """Some indices of a study."""
    subjects = [("p0", "value"), *((p.name, "difference") for p in asked.policies[1:])]
    return pd.DataFrame(
        [
            {"policy": policy, "of": of, "outcome": outcome, "factor": factor, "index": index,
             "value": 0.5, "low": 0.4, "high": 0.6, "by_luck": 0.1}
            for policy, of in subjects for outcome in asked.outcomes
            for factor in asked.design.factors
        ]
    )  # fmt: skip


def caption(chart):
    """The caption of a chart, on one line; it is no wider than the chart."""
    chart.canvas.draw()
    place = chart._supxlabel.get_window_extent()
    assert place.x0 >= 0 and place.x1 <= chart.get_window_extent().x1
    return chart.get_supxlabel().replace("\n", " ")


@pytest.fixture(autouse=True)
def closed():
    with style():
        yield
    plt.close("all")


HOURS = {"mobilisation_hours": [2.5, 10, 30]}
CHARTS = {
    "policies": (SEVEN, "6", lambda plan: policy_chart(plan, differences(plan)), {}),
    "line": (FIVE, "3", lambda plan: line_chart(plan, differences(plan)), {"policy": HOURS}),
    "crossed": (FIVE, "3", lambda plan: crossed_chart(plan, differences(plan)),
                {"policy": {**HOURS, "offer": [0, 1]}}),
    "sensitivity": (FIVE, "3", lambda plan: Sensitivity().chart(plan, indices(plan, "mu_star")),
                    {"design": "morris", "parameters": STRENGTHS}),
}  # fmt: skip


@pytest.mark.parametrize("kind", CHARTS)
def test_a_figure_of_some_outcomes_says_so(kind):
    outcomes, shown, draw, vary = CHARTS[kind]
    csv = "sensitivity.csv" if kind == "sensitivity" else "differences.csv"
    asked, few = study(outcomes, **vary), study(outcomes[:2], **vary)
    n = len(outcomes)
    assert caption(draw(asked)).endswith(f"; {shown} of {n} outcomes; all in {csv}")
    assert "outcomes;" not in caption(draw(few))
    with language("nl"):
        assert f"{shown} van {n} uitkomsten; alle in {csv}" in caption(draw(asked))
        caption(draw(study(outcomes[:1], **vary)))  # one narrow panel


def sensitivity(policies, code="nl"):
    asked = study(FIVE[:3], policies, design="morris", parameters=STRENGTHS)
    with language(code):
        return Sensitivity().chart(asked, indices(asked, "mu_star"))


def test_every_policy_has_its_panels_of_what_its_difference_depends_on():
    chart = sensitivity(4, "en")
    titles = [ax.get_title(loc="left") for ax in chart.axes]
    assert len(titles) == 12 and all(any(f"‘p{i}’" in text for text in titles) for i in range(4))
    assert "policies" not in caption(chart)


def test_a_figure_of_some_policies_says_so():
    assert f"{DOWN} of 8 policies; all in sensitivity.csv" in caption(sensitivity(8, "en"))


def test_titles_and_labels_do_not_overlap():
    chart = sensitivity(4)
    chart.canvas.draw()
    titles = [ax._left_title.get_window_extent() for ax in chart.axes]
    assert not [1 for one, other in combinations(titles, 2) if one.overlaps(other)]
    for ax in chart.axes:
        labels = [label.get_window_extent() for label in ax.get_yticklabels()]
        assert all(upper.y0 >= lower.y1 for upper, lower in pairwise(labels))
    width = chart.get_window_extent().x1
    assert all(title.x0 >= 0 and title.x1 <= width for title in titles)


@pytest.mark.parametrize("code", ["en", "nl"])
def test_words_on_an_axis_stay_words_in_every_language(code):
    figure, ax = plt.subplots()
    ax.plot([0, 0.5], [0, 1])
    ax.set_yticks([0, 1], ["team", "conference"])
    with language(code):
        number_format(ax)
        words, numbers = (
            [label.get_text() for label in labels()]
            for labels in (ax.get_yticklabels, ax.get_xticklabels)
        )
    assert words == ["team", "conference"]
    assert ("0,2" in numbers) == (code == "nl")
    plt.close(figure)


@pytest.mark.parametrize("kind", ["policies", "line", "crossed"])
def test_an_interval_of_a_difference_is_drawn_around_that_and_not_around_a_value(kind):
    """Values made up here are 2 and more, differences 1, their intervals 0.5 to 1.5."""
    _, _, draw, vary = CHARTS[kind]
    for ax in draw(study(FIVE[:2], **vary)).axes:
        across = kind == "policies"
        low, high = (ax.dataLim.x0, ax.dataLim.x1) if across else (ax.dataLim.y0, ax.dataLim.y1)
        assert low == pytest.approx(0) and high == pytest.approx(1.5)


@pytest.mark.parametrize("kind", CHARTS)
def test_figures_are_as_wide_as_a_phone_can_show(kind):
    outcomes, _, draw, vary = CHARTS[kind]
    assert draw(study(outcomes, 4, **vary)).get_size_inches()[0] == WIDTH


def test_no_colour_says_good_or_bad():
    for colour in COLOURS:
        hue, saturation, _ = rgb_to_hsv(to_rgb(colour))
        assert saturation < 0.1 or not (hue < 0.08 or hue > 0.95 or 0.2 < hue < 0.45), colour
