"""Indices of sensitivity: right where the answer is known, silent where there is only luck."""

import sys
import tomllib
from functools import partial

import numpy as np
import pandas as pd
import pytest

from kring.experiments.analyses import registry
from kring.experiments.analyses.sensitivity.numbers import indices
from kring.experiments.analyses.sensitivity.words import lines
from kring.experiments.charts.style import save_in_every_language
from kring.experiments.execution.worker import StandingTown, execute
from kring.experiments.study.load import plan_of
from kring.experiments.study.sampling import sample
from kring.simulation.errors import KringError

FACTORS = ("parameters.willing", "parameters.only_supporter", "parameters.asking_barrier")
STUDY = """
name = "known"
outcomes = ["problems"]
seeds = 2
parameters = {{ preset = "fitted" }}
[[policies]]
name = "now"
[vary]
design = "{design}"
points = {points}
[vary.parameters]
willing = [-2, 2]
only_supporter = [0, 8]
asking_barrier = [0.5, 1.5]
"""
EXECUTED = """
name = "executed"
outcomes = ["problems", "supporters"]
weeks = 20
seeds = 2
parameters = { preset = "fitted" }
[town]
clients = 60
[[policies]]
name = "now"
nl = "nu"
[[policies]]
name = "ten hours"
nl = "tien uur"
mobilisation_hours = 10
[vary]
design = "sobol"
points = 4
[vary.parameters]
willing = [-2, 2]
[vary.town]
entry_weeks = [5, 15]
[precision]
problems = 0.5
"""


def known(kind, points):
    return plan_of(tomllib.loads(STUDY.format(design=kind, points=points)))


def runs_of(plan, outcome):
    """Runs whose outcome is a function of the place of each factor in its range, and the seed."""
    spans = np.array(list(plan.design.factors.values()), float)
    rows = []
    for i, point in enumerate(plan.points):
        place = (np.array(list(point.values())) - spans[:, 0]) / np.ptp(spans, axis=1)
        for seed in plan.seeds:
            rows.append(
                {"policy": "now", "point": i, "seed": seed, "problems": outcome(place, seed)}
            )
    return pd.DataFrame(rows)


def by_index(table, index):
    return table[table["index"] == index].set_index("factor").loc[list(FACTORS)]


def ishigami(place, seed):
    x = np.pi * (2 * place - 1)
    return np.sin(x[0]) + 7 * np.sin(x[1]) ** 2 + 0.1 * x[2] ** 4 * np.sin(x[0])


def luck(place, seed):
    return np.random.default_rng([seed, *(place * 1e9).astype(int)]).normal()


def test_sobol_finds_the_indices_of_ishigamis_function():
    """The function's own indices, worked out by hand: the third factor only works by the first."""
    plan = known("sobol", 1024)
    table = indices(plan, runs_of(plan, ishigami))
    for index, shares in (("first order", (0.314, 0.442, 0)), ("total", (0.558, 0.442, 0.244))):
        found = by_index(table, index)
        np.testing.assert_allclose(found["value"], shares, atol=0.03)
        assert found["low"].le(np.array(shares)).all() and found["high"].ge(np.array(shares)).all()
    assert table["luck"].max() < 1e-12


def test_morris_finds_the_slopes_of_a_straight_line():
    plan = known("morris", 10)
    table = indices(plan, runs_of(plan, lambda place, seed: 3 * place[0] - 2 * place[1] + seed))
    np.testing.assert_allclose(by_index(table, "mu")["value"], (3, -2, 0), atol=1e-9)
    np.testing.assert_allclose(by_index(table, "mu_star")["value"], (3, 2, 0), atol=1e-9)
    np.testing.assert_allclose(by_index(table, "sigma")["value"], 0, atol=1e-9)


def test_rank_correlations_see_any_rising_curve_and_only_that():
    plan = known("latin hypercube", 100)
    table = indices(plan, runs_of(plan, lambda place, seed: np.exp(9 * place[0]) - place[1]))
    found = table.set_index("factor").loc[list(FACTORS)]
    assert found["value"].iloc[0] > 0.95
    assert found["value"].iloc[1] < 0
    assert found["low"].iloc[2] < 0 < found["high"].iloc[2]


@pytest.mark.parametrize("kind", ["latin hypercube", "sobol", "morris"])
def test_points_lie_between_low_and_high_and_are_the_same_every_time(kind):
    factors = {"a": [0.0, 1.0], "b": [10.0, 30.0]}
    drawn = sample(kind, factors, 8)
    assert drawn[:, 0].min() >= 0 and drawn[:, 0].max() <= 1
    assert drawn[:, 1].min() >= 10 and drawn[:, 1].max() <= 30
    np.testing.assert_array_equal(drawn, sample(kind, factors, 8))


def test_a_latin_hypercube_has_one_point_in_each_slice():
    drawn = sample("latin hypercube", {"a": [0.0, 1.0], "b": [10.0, 30.0]}, 20)
    for column, low, width in ((0, 0, 1), (1, 10, 20)):
        slices = np.floor((drawn[:, column] - low) / width * 20)
        assert sorted(slices) == list(range(20))


@pytest.mark.parametrize("kind", ["sobol", "morris"])
def test_where_all_is_luck_no_quantity_is_named(kind):
    plan = known(kind, 64)
    table = indices(plan, runs_of(plan, luck))
    assert table["luck"].iloc[0] > 0.8
    main = by_index(table, "total" if kind == "sobol" else "mu_star")
    # What luck is said to give at most is about what it gives to a factor that does nothing.
    np.testing.assert_allclose(main["value"], main["by_luck"], rtol=0.35)
    assert "nothing to be told from luck" in " ".join(lines(plan, table))


def test_luck_that_is_the_same_in_all_futures_is_no_spread_between_them():
    plan = known("sobol", 16)
    table = indices(plan, runs_of(plan, lambda place, seed: place[0] + 100 * luck(place * 0, seed)))
    assert table["luck"].max() < 1e-12


def test_with_one_seed_luck_is_not_known_and_that_is_said():
    plan = known("sobol", 16).changed(seeds=1)
    table = indices(plan, runs_of(plan, ishigami))
    assert table["luck"].isna().all()
    assert "is not known" in " ".join(lines(plan, table))


@pytest.mark.parametrize("kind", ["sobol", "morris"])
def test_a_design_with_holes_gives_no_indices_and_says_how_many(kind):
    plan = known(kind, 8)
    runs = runs_of(plan, ishigami).query("point not in (3, 5)")
    table = indices(plan, runs)
    assert table["value"].isna().all() and (table["missing"] == 2).all()
    assert f"2 of {len(plan.points)} points" in " ".join(lines(plan, table))


def test_a_latin_hypercube_goes_on_without_the_points_that_failed():
    plan = known("latin hypercube", 40)
    table = indices(plan, runs_of(plan, ishigami).query("point > 2"))
    assert table["value"].notna().all() and (table["missing"] == 3).all()


def test_numbers_that_do_not_fill_space_evenly_are_named():
    plan = known("sobol", 12)
    said = next(lines(plan, indices(plan, runs_of(plan, ishigami))))
    assert "8 or 16" in said
    even = known("sobol", 16)
    assert "even" not in next(lines(even, indices(even, runs_of(even, ishigami))))


def test_without_salib_one_line_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "SALib.sample.sobol", None)
    with pytest.raises(KringError, match=r"a Sobol design needs: pip install 'kring\[analysis\]'"):
        sample("sobol", {"a": [0.0, 1.0]}, 8)


def test_a_study_gets_its_tables_lines_and_figures(tmp_path):
    plan, people = plan_of(tomllib.loads(EXECUTED)), StandingTown()
    runs = pd.DataFrame(
        [plan.identity(run) | execute(plan, run, people).outcomes for run in plan.runs]
    )
    asked = {one.name: one for one in registry.asked(plan)}
    found = {name: one.table(plan, {"runs": runs}) for name, one in asked.items()}
    assert set(found) == {"sensitivity", "regret", "precision"}
    pd.testing.assert_frame_equal(found["sensitivity"], indices(plan, runs), check_exact=True)
    pairs = found["sensitivity"].groupby(["policy", "of"]).size()
    assert set(pairs.index) == {
        ("now", "value"),
        ("ten hours", "value"),
        ("ten hours", "difference"),
    }
    text = "\n".join(line for name in asked for line in asked[name].lines(plan, found[name]))
    assert "most of the spread" in text.lower() and "known to" in text
    titles = {one.title() for one in asked.values()}
    assert {"What it depends on", "How precise the differences are"} <= titles
    for name, one in asked.items():  # precision has no figure
        save_in_every_language(partial(one.chart, plan, found[name]), tmp_path, name)
    assert {path.name for path in tmp_path.glob("*.png")} == {
        "sensitivity.png", "sensitivity_nl.png", "regret.png", "regret_nl.png",
    }  # fmt: skip
