"""Extensions with all else there is: calibration, sensitivity, other tools, a cluster, checks."""

import pickle
import shutil
import tomllib
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import kring as public
from kring.experiments.analyses.levers import Levers
from kring.experiments.calibration import emulator, ensemble, findings, region, waves
from kring.experiments.calibration.calibrate import calibration
from kring.experiments.calibration.instruments import Accompanied
from kring.experiments.calibration.own_survey import OwnSurvey, read
from kring.experiments.calibration.trials import Trial, try_out
from kring.experiments.calibration.waves import Size
from kring.experiments.execution.worker import StandingTown, execute
from kring.experiments.pipeline.preview import preview
from kring.experiments.pipeline.run import run_study
from kring.experiments.pipeline.sensitivity import of_answers, study, unknown
from kring.experiments.reading.rests import rests_on
from kring.experiments.study import extensions
from kring.experiments.study.fingerprint import code
from kring.experiments.study.load import plan_of, read_study
from kring.experiments.study.plan import resolved
from kring.experiments.text.language import language
from kring.extend import Extension
from kring.simulation import beside
from kring.simulation.beside import LOADED
from kring.simulation.ensemble import EFFECT, Ensemble
from kring.simulation.errors import KringError
from kring.simulation.town import Town
from kring.testing import ExtensionContract
from tests import test_cli

kring = test_cli.kring  # the command, run here
FILE = Path(__file__).parent / "extensions" / "visitors.py"
SHIPPED = Path(__file__).parents[1] / "docs" / "howto" / "extensions"
SURVEY = """
clients = 80
months = [0, 6]
[levers]
visitors_reach = 0.2
[means]
visitors_warm = [0.6, 0.7]
"""
STUDY = tomllib.loads("""
name = "visited"
extensions = ["visitors"]
outcomes = ["supporters", "visitors_warm"]
weeks = 12
seeds = 2
parameters = { preset = "fitted" }
[town]
clients = 40
[[policies]]
name = "now"
[vary]
design = "latin hypercube"
points = 3
[vary.policy]
visitors_reach = [0, 0.5]
[vary.parameters]
visitors_warmth = [0.1, 0.5]
""")
FACTORS = ["policy.visitors_reach", "parameters.visitors_warmth"]


@pytest.fixture(autouse=True)
def nothing_stays(monkeypatch):
    """Nothing is allowed or loaded before a test, nor after it."""
    monkeypatch.setattr(extensions, "_allowed", {})
    yield
    extensions.arrange([])


@pytest.fixture
def loaded():
    """The extension takes part."""
    (one,) = extensions.allow([FILE])
    one.load()
    return one


@pytest.fixture
def survey(tmp_path):
    """A survey that asked how warm it is."""
    file = tmp_path / "city.toml"
    file.write_text(SURVEY)
    return file


def elsewhere(thing):
    """A thing as another process gets it, that has no extension yet."""
    sent = pickle.dumps(thing)
    extensions.arrange([])
    extensions._allowed.clear()
    resolved.cache_clear()
    return pickle.loads(sent)


# Calibration


def test_its_strengths_are_fitted_to_what_was_observed_of_its_outcomes(survey):
    made = calibration(survey, clients=60, extensions=[FILE])
    assert "visitors_warmth" in {one.name for one in made.unknown}
    assert [one.name for one in made.extensions] == ["visitors"]
    cold, warm = (made.instrument.measure({"visitors_warmth": w}, 3) for w in (0.1, 0.5))
    assert list(cold) == ["visitors warm, month 0", "visitors warm, month 6"]
    assert all(0 < cold[figure] < warm[figure] < 1 for figure in cold)


def test_how_the_teams_use_it_counts_in_what_is_measured(survey, loaded):
    without = SURVEY.replace("visitors_reach = 0.2", "visitors_reach = 0")
    found = OwnSurvey.of(read(survey), 60).measure({}, 3)
    survey.write_text(without)
    assert OwnSurvey.of(read(survey), 60).measure({}, 3) != found


def test_a_survey_of_what_it_measures_says_whose_that_is(survey):
    shutil.copy(FILE, survey.parent / "visitors.py")
    said = r"'visitors_\w+'; it is of the extension 'visitors': allow it with --extension .*\.py"
    for text in (SURVEY, SURVEY.replace("visitors_reach = 0.2", "")):
        survey.write_text(text)
        with pytest.raises(KringError, match=said):
            read(survey)


def test_a_worker_of_a_calibration_finds_it(survey):
    made = calibration(survey, clients=60, extensions=[FILE])
    values = {"visitors_warmth": 0.2}
    here = made.instrument.measure(values, 5)
    there = elsewhere(Accompanied(made.instrument, made.extensions))
    assert not LOADED
    (found,) = try_out(there, [Trial(0, values, 5)], code())
    assert found.found == here and not found.error
    (unknown_there,) = try_out(made.instrument, [Trial(0, {"visitors_warmth": 9}, 5)], code())
    assert "visitors_warmth = 9 is not possible" in unknown_there.error


def test_neutral_it_changes_nothing_in_what_the_evidence_is_compared_with(loaded):
    (figures,) = (calibration(quick=True, clients=60, extensions=[FILE]).instrument,)
    beside = figures.measure({"willing": 0.5}, 1)
    loaded.unload()
    np.testing.assert_equal(figures.measure({"willing": 0.5}, 1), beside)


@pytest.mark.slow
def test_a_strength_is_found_back_and_its_ensemble_is_lived(survey, tmp_path, monkeypatch):
    pytest.importorskip("sklearn")
    monkeypatch.setattr(emulator, "NETS", 1)
    for steps in (region, findings):
        monkeypatch.setattr(steps, "LAST_STEPS", 20)
    monkeypatch.setattr(ensemble, "SPARE", 1.5)
    monkeypatch.setattr(waves, "REPEATED", 4)
    monkeypatch.setattr("kring.experiments.calibration.calibrate.QUICK", Size(30, 15, 1, 10))
    made = calibration(survey, quick=True, clients=60, extensions=[FILE])
    true = made.instrument.measure({"visitors_warmth": 0.15}, 11)
    means = ", ".join(f"{value:.4f}" for value in true.values())
    survey.write_text(SURVEY.replace("0.6, 0.7", means))
    made = calibration(survey, quick=True, clients=60, only=["visitors_warmth"])
    made.run(tmp_path / "city", "here")
    found = Ensemble.load(tmp_path / "city" / "city.csv")
    assert found.strengths == ["visitors_warmth"] and found.extensions == "visitors"
    warmth = found.sets["visitors_warmth"]
    assert warmth.min() < 0.15 < warmth.max() and warmth.max() - warmth.min() < 0.3  # of 0.4
    again = {**STUDY, "parameters": {"preset": str(tmp_path / "city" / "city.csv")}, "sets": 3}
    result = run_study(plan_of({**again, "vary": {}}), tmp_path / "out", engine="here")
    assert not result.failed


@pytest.fixture
def fitted(tmp_path, loaded):
    """An ensemble with strengths of the extension, in a file."""
    sets = pd.DataFrame({"willing": [0.0, 0.5], "visitors_warmth": [0.2, 0.4], EFFECT: [-1, -2]},
                        index=pd.Index([1, 2], name="set"))  # fmt: skip
    file = tmp_path / "own.csv"
    Ensemble("own", sets.astype(float), "Fits.", "Past.", extensions="visitors").save(file)
    return file


def test_an_ensemble_with_its_strengths_is_lived(fitted, loaded):
    again = Ensemble.load(fitted)
    assert again.extensions == "visitors" and again.text() == fitted.read_text()
    plan = plan_of({**STUDY, "parameters": {"preset": str(fitted)}, "vary": {}})
    lived = [plan.setup(run).parameters.visitors_warmth for run in plan.runs]
    assert lived == [0.2, 0.2, 0.4, 0.4]
    visited = {
        **STUDY,
        "vary": {},
        "policies": [{"name": "now"}, {"name": "v", "visitors_reach": 1}],
    }
    (assumed,) = rests_on(plan_of(visited))
    assert "visitors warmth" in assumed
    assert rests_on(plan_of({**visited, "parameters": {"preset": str(fitted)}})) == []


def test_an_ensemble_without_its_extension_says_which_it_takes(fitted, loaded):
    held = Ensemble.load(fitted)
    loaded.unload()
    said = "'own': no 'visitors_warmth'; it was calibrated with the extension 'visitors'"
    for lives in (lambda: Ensemble.load(fitted), lambda: held.at(1)):
        with pytest.raises(KringError, match=said):
            lives()
    plain = {key: STUDY[key] for key in ("weeks", "town", "policies")}
    with pytest.raises(KringError, match=r'write extensions = \["visitors"\]'):
        plan_of({**plain, "parameters": {"preset": str(fitted)}})


def test_an_ensemble_of_kring_s_own_strengths_is_written_as_before():
    assert "extensions" not in Ensemble.load("ensemble").text()


# Sensitivity


def test_the_model_s_sensitivity_is_over_its_levers_strengths_and_outcomes_too():
    for one in extensions.allow(SHIPPED / f"{n}.py" for n in ("visitors", "budget", "unhelped")):
        one.load()
    factors = unknown()
    own = {"policy.visitors_reach", "policy.budget_share", "parameters.budget_binds"}
    assert own < set(factors) and "field.finances_weight" in factors
    plan = plan_of(study("morris", 2, [*own, "field.finances_weight"], 20))
    assert {one.name for one in plan.extensions} == {"visitors", "budget", "unhelped"}
    assert "unhelped_weeks" in plan.outcomes
    reaches = [point["policy.visitors_reach"] for point in plan.points]
    assert min(reaches) == 0.01 and max(reaches) == 0.1
    indices = pd.DataFrame({"policy": ["neighbourhood team"], "of": ["value"], "value": [1.0],
                            "outcome": ["unhelped_weeks"], "factor": ["policy.visitors_reach"],
                            "index": ["mu_star"]})  # fmt: skip
    assert "unhelped_weeks" in set(of_answers(indices)["outcome"])


# Other tools


def test_the_ema_workbench_moves_its_levers():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        ema = pytest.importorskip("ema_workbench")
    plan = read_study(STUDY, extensions=[FILE])
    model = public.ema_model(plan)
    assert [lever.name for lever in model.levers] == ["policy__visitors_reach"]
    assert [one.name for one in model.uncertainties] == ["parameters__visitors_warmth"]
    with ema.SequentialEvaluator(model) as evaluator:
        experiments, outcomes = evaluator.perform_experiments(2, 2)
    row = experiments.iloc[3]
    point = {"policy.visitors_reach": row["policy__visitors_reach"],
             "parameters.visitors_warmth": row["parameters__visitors_warmth"]}  # fmt: skip
    at = plan.at("now", point)
    ours = [execute(at, run, StandingTown()).outcomes["visitors_warm"] for run in at.runs]
    assert outcomes["visitors_warm"][3] == np.mean(ours)
    assert len(set(outcomes["visitors_warm"])) >= 2  # as it is warmer or not
    values = {name: row[name] for name in ("policy__visitors_reach", "parameters__visitors_warmth")}
    there = elsewhere(model.function)(**values)  # in a process of its evaluator
    assert there["visitors_warm"] == outcomes["visitors_warm"][3]


def test_what_ema_asks_is_lived_with_what_the_study_names_and_nothing_else():
    pytest.importorskip("ema_workbench")
    at_point = public.ema_model(read_study(STUDY, extensions=[FILE])).function
    extensions.allow([SHIPPED / "unhelped.py"])[0].load()
    at_point(policy__visitors_reach=0.1, parameters__visitors_warmth=0.2)
    assert list(LOADED) == ["visitors"]


def test_salib_analyses_its_levers():
    analyze = pytest.importorskip("SALib.analyze.morris")
    vary = {**STUDY["vary"], "design": "morris", "points": 2}
    plan = read_study({**STUDY, "vary": vary}, extensions=[FILE])
    problem = public.salib_problem(plan)
    assert problem["names"] == FACTORS and problem["bounds"] == [[0, 0.5], [0.1, 0.5]]
    points = np.array([[point[name] for name in FACTORS] for point in plan.points])
    standing, lived = StandingTown(), [run for run in plan.runs if run.seed == plan.seeds[0]]
    warm = np.array([execute(plan, run, standing).outcomes["visitors_warm"] for run in lived])
    found = analyze.analyze(problem, points, warm, num_levels=4)
    assert dict(zip(FACTORS, found["mu_star"], strict=True))[FACTORS[1]] > 0


def test_pyabc_draws_and_asks_its_levers():
    pytest.importorskip("pyabc")
    model, prior = public.pyabc_model(read_study(STUDY, extensions=[FILE]))
    drawn = prior.rvs()
    assert set(drawn) == set(FACTORS) and 0 <= drawn[FACTORS[0]] <= 0.5
    low, high = (model({FACTORS[0]: 0.1, FACTORS[1]: warmth}) for warmth in (0.1, 0.5))
    assert low["visitors_warm"] < high["visitors_warm"]
    assert elsewhere(model)({FACTORS[0]: 0.1, FACTORS[1]: 0.1}) == low


# A cluster


@pytest.mark.parametrize("processes", [False, pytest.param(True, marks=pytest.mark.slow)])
def test_a_scheduler_of_dask_hands_out_a_study_with_it(tmp_path, processes):
    distributed = pytest.importorskip("distributed")
    plan = read_study({**STUDY, "vary": {}}, extensions=[FILE])
    here = run_study(plan, tmp_path / "here", engine="here")
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=2, processes=processes, protocol="tcp://",
        host="127.0.0.1", dashboard_address="127.0.0.1:0",
    ) as cluster:  # fmt: skip
        address = cluster.scheduler_address.replace("tcp", "dask")
        there = run_study(plan, tmp_path / "there", engine=address)
    assert there.tables["runs"].equals(here.tables["runs"])


# Levers that do nothing


def idle_study(**levers):
    policies = [{"name": "now"}, {"name": "later", **levers}]
    plain = {key: value for key, value in STUDY.items() if key not in ("vary", "outcomes")}
    return read_study({**plain, "policies": policies}, extensions=[SHIPPED / "visitors.py"])


def test_a_lever_of_it_that_does_nothing_is_named_in_check_and_in_the_report():
    said = "visitors after does nothing in ‘later’: nobody is visited"
    plan = idle_study(visitors_after=4)
    assert any(said in line for line in preview(plan))
    table = Levers().table(plan, {})
    assert list(table.query("what == 'does nothing'")["lever"]) == ["visitors_after"]
    assert said in "".join(Levers().section(plan, table).remarks)
    with language("nl"):
        assert "niemand wordt bezocht" in "".join(Levers().lines(plan, table))
    assert not any(said in line for line in preview(idle_study(visitors_after=4, visitors_reach=1)))


def test_a_lever_that_nothing_reads_does_nothing():
    extensions.allow([SHIPPED / "visitors.py"])
    one = Extension("visitors", version="9")
    one.lever("reach", 0.0, does="x", nl="x", unit="x", low=0, high=1, source="x")
    plain = {key: value for key, value in STUDY.items() if key not in ("vary", "outcomes")}
    policies = [{"name": "now"}, {"name": "more", "visitors_reach": 1}]
    lines = list(preview(read_study({**plain, "policies": policies}, extensions=[one])))
    said = "visitors reach does nothing in ‘more’: no mechanism of its extension reads it"
    assert any(said in line for line in lines)


def test_when_levers_do_nothing_is_declared_as_all_is(loaded):
    loaded.unload()
    why = {"why": "so", "why_nl": "zo"}
    with pytest.raises(
        KringError, match="no lever 'visitors_reech'; did you mean 'visitors_reach'"
    ):
        loaded.idle("reech", **why)
    with pytest.raises(KringError, match=r"visitors\.f asks for 'city'; choose from: policy, town"):

        @loaded.idle("reach", **why)
        def f(city):
            return True


def test_a_slip_in_when_levers_do_nothing_is_a_line():
    one = Extension("slips", version="1")
    one.lever("x", 0.0, does="x", nl="x", unit="x", low=0, high=1, source="x")

    @one.idle("x", why="so", why_nl="zo")
    def no_town(town):
        return town.no_such_thing

    with pytest.raises(KringError, match=r"^slips\.no_town: AttributeError: .*no_such_thing"):
        one.idle_rules[0].holds(None, Town(), None)


def test_the_contract_finds_a_lever_that_is_said_to_do_nothing_and_does(tmp_path):
    text = (SHIPPED / "visitors.py").read_text("utf-8")
    wrong = text.replace('idle("after"', 'idle("reach"').replace(
        "return policy.visitors_reach == 0", "return True"
    )
    (tmp_path / "visitors.py").write_text(wrong)
    contract = ExtensionContract()
    contract.extension = public.extend.find(tmp_path / "visitors.py")
    with pytest.raises(AssertionError, match="visitors_reach is said to be idle, and at 1 it"):
        contract.test_levers_that_it_says_do_nothing_do_nothing()


# Who asks for it without it


def test_its_settings_without_it_say_how_it_takes_part(kring, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for module in (beside, extensions):
        monkeypatch.setattr(module, "DECLARED", {})  # where it never took part
    shutil.copy(FILE, tmp_path / "visitors.py")
    (tmp_path / "mine.toml").write_text('[[policies]]\nname = "now"\nvisitors_reach = 0.1\n')
    said = "has no 'visitors_reach'; it is of the extension 'visitors': write extensions"
    for words in (("check", "mine.toml"), ("compare", "wijkteam", "wijkteam:visitors_reach=0.1")):
        status, _, err = kring(*words)
        assert status == 2 and said in err and err.count("\n") == 1
        assert "allow it with --extension visitors.py" in err
    (tmp_path / "visitors.py").write_text("print('no such thing')")
    assert "extension" not in kring("check", "mine.toml")[2]
