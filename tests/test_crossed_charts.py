"""Figures of quantities that are crossed, side by side or in words show every value."""

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from kring.experiments.charts.crossed import arrangement, crossed_chart
from kring.experiments.execution.worker import StandingTown, execute
from kring.experiments.reading.base import differences
from kring.experiments.study.load import plan_of
from kring.experiments.study.plan import Plan
from kring.experiments.text.language import language

BASE = {
    "weeks": 8,
    "seeds": 2,
    "parameters": {"preset": "fitted"},
    "outcomes": ["problems", "cost"],
    "town": {"clients": 30, "conference_share": 0},
}
NOW = {"name": "now", "nl": "nu"}
HOURS = {"mobilisation_hours": [2.5, 10, 30]}
STRENGTHS = ["ensemble", "fitted"]


def table(plan: Plan):
    """The differences of a study, lived here."""
    standing = StandingTown()
    rows = [{**plan.identity(run), **execute(plan, run, standing).outcomes} for run in plan.runs]
    return differences(plan, pd.DataFrame(rows))


def drawn(vary: dict, policies: list[dict], code: str = "en"):
    """The chart of a small study."""
    plan = plan_of({**BASE, "policies": policies, "vary": vary})
    with language(code):
        assert arrangement(plan)
        return crossed_chart(plan, table(plan))


def words(chart) -> str:
    """All that is written in a chart."""
    chart.canvas.draw()
    return " ".join(text.get_text().replace("\n", " ") for text in chart.findobj(plt.Text))


@pytest.fixture(autouse=True)
def closed():
    yield
    plt.close("all")


def test_two_levers_crossed_are_lines_along_one_for_each_value_of_the_other():
    chart = drawn({"policy": {**HOURS, "offer": [0, 1]}}, [NOW])
    assert len(chart.axes) == 2  # outcomes
    labels = chart.axes[0].get_legend_handles_labels()[1]
    assert labels == ["0% of clients", "100% of clients"]
    lines = [line for line in chart.axes[0].lines if len(line.get_xdata()) == 3]
    assert [list(line.get_xdata()) for line in lines] == [[2.5, 10, 30]] * 2
    circles = [line for line in chart.axes[0].lines if line.get_markerfacecolor() == "white"]
    assert sum(len(circle.get_xdata()) for circle in circles) == 1  # 2.5 hours and no offer
    assert "open circle" in words(chart)


def test_each_policy_has_a_row_where_two_levers_are_crossed():
    other = {"name": "trained", "nl": "geschoold", "training": 8}
    chart = drawn({"policy": {**HOURS, "offer": [0, 1]}}, [NOW, other], "nl")
    assert len(chart.axes) == 4
    said = words(chart)
    assert "nu" in said and "geschoold" in said and "open rondje" in said


def test_what_is_in_words_has_its_words_along_the_axis_and_is_held_against_the_first_policy():
    other = {"name": "offered", "offer": 1}
    chart = drawn({"parameters": {"preset": STRENGTHS}}, [NOW, other])
    assert [tick.get_text() for tick in chart.axes[0].get_xticklabels()] == [
        "ensemble",
        "a set chosen by hand",
    ]
    assert "from ‘now’ at the same values" in words(chart)


def test_values_of_a_list_stand_side_by_side():
    levers = {"closing_adult": [13, 26], "closing_youth": [26, 52]}
    chart = drawn({"design": "list", "policy": levers}, [NOW])
    assert [tick.get_text() for tick in chart.axes[0].get_xticklabels()] == ["13 / 26", "26 / 52"]
    assert "(weeks)" in words(chart)


THREE = {**HOURS, "offer": [0, 1], "training": [0, 8]}


def test_a_third_lever_gives_a_row_of_panels_for_each_of_its_values():
    chart = drawn({"policy": THREE}, [NOW])
    assert len(chart.axes) == 4
    titles = [ax.get_title().splitlines()[-1] for ax in chart.axes]
    assert titles[0] == titles[2] == "0 hours of training a year"
    assert titles[1] == titles[3] == "8 hours of training a year"
    lines = [line for ax in chart.axes for line in ax.lines if len(line.get_xdata()) == 3]
    assert len(lines) == 8  # two offers in each of four panels: every run is in the figure


def test_more_rows_than_can_be_taken_in_are_no_figure():
    many = {**THREE, "staffing": [0.5, 0.8, 1, 1.2, 1.5]}
    assert arrangement(plan_of({**BASE, "policies": [NOW], "vary": {"policy": many}})) is None
