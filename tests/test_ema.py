"""Kring and the EMA Workbench: the same numbers both ways, and boxes that are there."""

import sys
import tomllib
import warnings

import numpy as np
import pandas as pd
import pytest

from kring.experiments.analyses.discovery import bound, box, discover
from kring.experiments.analyses.ema import as_ema_results, ema_model, identifier
from kring.experiments.execution.files import write_parquet
from kring.experiments.execution.kept import RUNS
from kring.experiments.execution.manifest import Manifest
from kring.experiments.execution.worker import StandingTown, execute
from kring.experiments.study.load import plan_of
from kring.simulation.errors import KringError

STUDY = """
name = "with EMA"
outcomes = ["problems", "supporters:team@10"]
weeks = 15
seeds = 3
parameters = { preset = "fitted" }
[town]
clients = 150
[[policies]]
name = "now"
[[policies]]
name = "network first"
offer = 1
[vary]
design = "latin hypercube"
points = 24
[vary.policy]
mobilisation_hours = [0, 20]
[vary.parameters]
willing = [-2, 2]
[vary.town]
entry_weeks = [5, 12]
"""


@pytest.fixture(scope="module", autouse=True)
def ema_workbench():
    """The workbench, which takes seconds to load: only where it is asked for."""
    with warnings.catch_warnings():  # it asks for ipyparallel and altair, which nobody needs here
        warnings.simplefilter("ignore")
        return pytest.importorskip("ema_workbench")


@pytest.fixture(scope="module")
def feature_scoring(ema_workbench):
    """What it makes of results."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return pytest.importorskip("ema_workbench.analysis.feature_scoring")


@pytest.fixture(scope="module")
def plan():
    return plan_of(tomllib.loads(STUDY))


@pytest.fixture(scope="module")
def folder(plan, tmp_path_factory):
    """A finished result."""
    place = tmp_path_factory.mktemp("results") / "ema"
    place.mkdir()
    standing = StandingTown()
    every = sorted(plan.runs, key=lambda run: (run.seed, run.number))
    rows = [
        plan.identity(run) | {"key": str(run.number)} | execute(plan, run, standing).outcomes
        for run in every
    ]
    write_parquet(pd.DataFrame(rows).sort_values("run"), place / RUNS)
    Manifest.of(plan, 0).with_files(place, [RUNS]).write(place)
    return place


def test_uncertainties_levers_and_outcomes_are_those_of_the_study(plan, ema_workbench):
    model = ema_model(plan)
    assert {u.name for u in model.uncertainties} == {"parameters__willing", "town__entry_weeks"}
    assert {lever.name for lever in model.levers} == {"policy__mobilisation_hours", "policy_name"}
    whole = next(u for u in model.uncertainties if u.name == "town__entry_weeks")
    assert isinstance(whole, ema_workbench.IntegerParameter)
    assert (whole.lower_bound, whole.upper_bound) == (5, 12)
    kinds = {outcome.name: outcome.kind for outcome in model.outcomes}
    assert kinds["problems"] == ema_workbench.ScalarOutcome.MINIMIZE
    assert kinds["supporters__team__10"] == ema_workbench.ScalarOutcome.MAXIMIZE
    assert {constant.name for constant in model.constants} == {"weeks", "seeds", "first_seed"}


def test_the_workbench_gets_the_numbers_of_kring_run_to_the_last_bit(plan, folder, ema_workbench):
    """Some points of a finished result, executed again by the workbench."""
    experiments, outcomes = as_ema_results(folder)
    sample = getattr(ema_workbench, "Scenario", None) or ema_workbench.Sample
    lever = getattr(ema_workbench, "Policy", None) or ema_workbench.Sample
    model = ema_model(plan)
    for row in (0, 7, 24, 40):
        known = experiments.iloc[row]
        towns = plan.seeds_at(int(known["scenario"]))  # each future has towns of its own
        model.constants = [*model.constants, ema_workbench.Constant("first_seed", towns.start)]
        future = sample("future", **{u.name: known[u.name] for u in model.uncertainties})
        levers = {"policy__mobilisation_hours": known["policy__mobilisation_hours"]}
        policy = lever(f"levers {row}", policy_name=known["policy"], **levers)
        with ema_workbench.SequentialEvaluator(model) as evaluator:
            _, again = evaluator.perform_experiments([future], [policy])
        for name, values in outcomes.items():
            assert again[name][0] == values[row]


def test_the_workbench_draws_points_of_its_own(plan, ema_workbench):
    with ema_workbench.SequentialEvaluator(ema_model(plan)) as evaluator:
        experiments, outcomes = evaluator.perform_experiments(3, 2)
    assert len(experiments) == 6 and set(experiments["policy_name"]) <= {"now", "network first"}
    assert np.isfinite(outcomes["problems"]).all()


def test_a_point_that_cannot_be_gives_no_number(plan):
    at_point = ema_model(plan).function
    with pytest.warns(UserWarning, match="no result at"):
        found = at_point(parameters__willing=99, town__entry_weeks=5, policy__mobilisation_hours=1)
    assert all(np.isnan(value) for value in found.values())


def test_only_drawn_points_make_a_model(plan):
    with pytest.raises(KringError, match=r"quantities \[low, high\]"):
        ema_model(plan.changed(vary={"town": {"entry_weeks": [5, 6]}}))


def test_a_finished_result_is_as_the_workbench_has_its_own(plan, folder, feature_scoring):
    experiments, outcomes = as_ema_results(folder)
    assert len(experiments) == 48
    assert {"scenario", "policy", "model", identifier("town.entry_weeks")} <= {*experiments}
    x = experiments.drop(columns=["scenario", "model"])
    scores = feature_scoring.get_feature_scores_all(x, {"y": outcomes["problems"]})
    assert set(scores.index) == set(x.columns)


def planted(n=300):
    random = np.random.default_rng(1)
    futures = pd.DataFrame({"town.sick_leave": random.random(n) / 2,
                            "town.entry_weeks": random.integers(1, 50, n),
                            "town.severity": 1 + random.random(n)})  # fmt: skip
    inside = (futures["town.sick_leave"] > 0.3) & (futures["town.entry_weeks"] <= 20)
    return futures, inside.to_numpy()


def test_a_box_that_is_there_is_found():
    futures, passes = planted()
    table, inside = box(futures, passes)
    found = table.set_index("factor")
    assert set(found.index) == {"town.sick_leave", "town.entry_weeks"}
    assert found.loc["town.sick_leave", "low"] == pytest.approx(0.3, abs=0.03)
    assert found.loc["town.entry_weeks", "high"] == pytest.approx(20, abs=1)
    assert (passes & inside).sum() / passes.sum() > 0.85
    assert (passes & inside).sum() / inside.sum() > 0.85


def test_where_nothing_matters_hardly_a_box_is_found():
    """What passes by lot has limits that chance sets, and those are left out."""
    futures, _ = planted()
    random = np.random.default_rng(2)
    sizes = [len(box(futures, random.random(len(futures)) < 0.4)[0]) for _ in range(10)]
    assert np.mean(sizes) < 0.5


def test_discovery_says_how_much_of_what_passes_lies_in_the_box(folder):
    experiments, outcomes = as_ema_results(folder)
    own = outcomes["supporters__team__10"][experiments["policy"] == "network first"]
    table, said = discover(
        folder, f"supporters:team@10 > {np.quantile(own, 0.7):.3f}", "network first"
    )
    assert "parameters.willing" in set(table["factor"])
    assert said[0].startswith("Supporters per client, team clients, week 10 > ")
    assert any("coverage" in line for line in said) and any("density" in line for line in said)
    nothing, said = discover(folder, "difference problems > 99")
    assert nothing.empty and "0 of 24 futures: there is no box" in said[0]


@pytest.mark.parametrize(
    ("where", "policy", "error"),
    [
        ("problems 3", "now", "is not understood: write 'problems > 3'"),
        ("problems > 3; import os", "now", "is not understood"),
        ("problem > 3", "now", "did you mean 'problems'?"),
        ("problems > 3", None, "which policy? choose from: now, network first"),
        ("problems > 3", "nou", "did you mean 'now'?"),
        ("difference problems > 0", "now", "--policy: no 'now'"),
    ],
)
def test_what_is_no_bound_is_refused_in_one_line(folder, where, policy, error):
    with pytest.raises(KringError) as caught:
        discover(folder, where, policy)
    assert error in str(caught.value) and "\n" not in str(caught.value)


def test_too_few_futures_are_refused(plan, folder, tmp_path):
    few = plan.changed(vary={**plan.source["vary"], "points": 6})
    runs = pd.read_parquet(folder / RUNS)
    runs = runs[runs["point"] < 6]
    write_parquet(runs.assign(run=np.arange(len(runs))), tmp_path / RUNS)
    Manifest.of(few, 0).with_files(tmp_path, [RUNS]).write(tmp_path)
    with pytest.raises(KringError, match="6 futures are too few"):
        discover(tmp_path, "problems > 3", "now")


def test_without_the_workbench_one_line_says_what_to_install(plan, monkeypatch):
    monkeypatch.setitem(sys.modules, "ema_workbench", None)
    with pytest.raises(KringError, match=r"needs: pip install 'kring\[ema\]'"):
        ema_model(plan)
    assert bound("problems >= -1.5e2", plan).at == -150
