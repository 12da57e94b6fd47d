"""Answers are read over the sets of an ensemble: who lives what, and what is told of it."""

import json

import numpy as np
import pandas as pd
import pytest

from kring.experiments.analyses.paired import paired_table
from kring.experiments.execution.manifest import MANIFEST
from kring.experiments.pipeline.repeat import repeat_study
from kring.experiments.pipeline.run import run_study
from kring.experiments.reading.lines import lines
from kring.experiments.reading.sentences import how_sure
from kring.experiments.study.load import load, plan_of
from kring.experiments.study.options import Options
from kring.experiments.text.formats import NumberFormat
from kring.experiments.text.language import language
from kring.simulation.comparison import compare
from kring.simulation.ensemble import Ensemble
from kring.simulation.errors import KringError
from kring.simulation.spread import Spread, spread
from kring.simulation.town import Town

NOW, TEN = {"name": "now"}, {"name": "ten", "mobilisation_hours": 10}
SMALL = {"weeks": 8, "town": {"clients": 30}, "outcomes": ["problems", "cost"], "name": "a"}
MINE = """\
# about = "Our own."
set,willing,problems_team,conference_for_all
1,0.2,5,0.1
2,0.4,6,-0.1
3,0.6,7,-0.3
"""


def study(**changes):
    return plan_of({**SMALL, "policies": [NOW, TEN], **changes})


def sets_of(plan):
    """Set by policy, point and seed."""
    return {(run.policy, run.point, run.seed): run.set for run in plan.runs}


def test_an_answer_takes_200_sets_unless_it_says_otherwise():
    assert {n: len(study(**more).sets["ensemble"]) for n, more in {
        200: {}, 50: {"sets": 50}, 1: {"parameters": {"set": 17}}}.items()
    } == {200: 200, 50: 50, 1: 1}  # fmt: skip
    assert not study(parameters={"set": 17}).is_ensemble
    assert not study(parameters={"preset": "fitted"}).is_ensemble


def test_each_set_lives_two_towns_of_its_own_and_all_policies_meet_in_them():
    plan = study(sets=3)
    found = sets_of(plan)
    lived = [found[0, 0, seed] for seed in plan.seeds]
    assert lived[::2] == lived[1::2] and len(set(lived)) == 3
    for seed in plan.seeds:
        assert found[0, 0, seed] == found[1, 0, seed]
    setups = [plan.setup(run) for run in plan.runs]
    half = len(setups) // 2
    for one, other in zip(setups[:half], setups[half:], strict=True):
        assert (one.town, one.parameters, one.seed) == (other.town, other.parameters, other.seed)
    assert len({setup.parameters for setup in setups}) == 3


def test_what_a_study_says_of_its_town_or_strengths_goes_before_the_set():
    plan = study(sets=2, town={"clients": 30, "problems_team": 4}, parameters={"willing": 0.33})
    for run in plan.runs:
        setup = plan.setup(run)
        assert setup.town.problems_team == 4
        assert setup.parameters.willing == 0.33


def test_a_town_keeps_what_it_has_of_its_own():
    sets = pd.DataFrame({"hesitant": [0.5], "sick_leave": [0.1]}, pd.Index([1], name="set"))
    town = Town.preset("going_concern", clients=20, weeks_before=2)
    found = compare(town, {"now": "wijkteam"}, 1, [1], parameters=Ensemble("x", sets))
    assert len(found.weekly)
    assert town.hesitant != Town().hesitant and town.sick_leave == Town().sick_leave


def test_each_future_of_a_latin_hypercube_has_a_set_of_its_own():
    vary = {"design": "latin hypercube", "points": 4, "town": {"sick_leave": [0, 0.2]}}
    plan = study(vary=vary)
    found = sets_of(plan)
    for point in range(4):
        assert len({found[p, point, seed] for p in (0, 1) for seed in plan.seeds_at(point)}) == 1
    assert len(set(found.values())) == 4


def test_points_that_are_laid_beside_each_other_live_the_central_set():
    pytest.importorskip("SALib")
    plan = study(vary={"design": "morris", "points": 3, "town": {"sick_leave": [0, 0.2]}})
    assert set(sets_of(plan).values()) == {Ensemble.load("ensemble").central()}


def test_the_command_line_names_an_ensemble_a_corner_or_a_set(tmp_path):
    (tmp_path / "a.toml").write_text('[[policies]]\nname = "now"\n')

    def asked(text):
        return load(tmp_path / "a.toml", Options(parameters=text)).sets

    assert len(asked("ensemble")["ensemble"]) == 200
    assert asked("17") == {"ensemble": [17]}
    assert asked("fitted") == {"fitted": []}
    assert len(asked("sceptical")["sceptical"]) == 20
    assert len(load(tmp_path / "a.toml", Options(quick=True)).sets["ensemble"]) == 20


def test_an_ensemble_of_ones_own_lies_beside_the_study_and_is_repeated_without_it(tmp_path):
    (tmp_path / "my_city.csv").write_text(MINE)
    (tmp_path / "a.toml").write_text(
        'weeks = 4\nparameters = { preset = "my_city.csv" }\noutcomes = ["problems"]\n'
        '[town]\nclients = 20\n[[policies]]\nname = "now"\n[[policies]]\nname = "ten"\noffer = 1\n'
    )
    plan = load(tmp_path / "a.toml")
    assert plan.setup(plan.runs[0]).town.problems_team == 5
    out = tmp_path / "out"
    run_study(plan, out, engine="here")
    (tmp_path / "my_city.csv").unlink()
    assert repeat_study(out) == (True, ["Equal: 12 runs, 12 outcomes, to the last bit."])
    told = json.loads((out / MANIFEST).read_text())["settings"]["ensembles"]["my_city.csv"]
    assert told["name"] == "my_city" and told["sets"] == [1, 2, 3] and told["digest"]


def test_what_is_no_ensemble_is_refused_in_a_line(tmp_path):
    for bad, told in (
        ({"preset": "ensembel"}, "did you mean 'ensemble'"),
        ({"preset": "fitted", "set": 3}, "'fitted' is a single set already"),
        ({"set": 9999}, "has no set 9999"),
        ({"preset": "nowhere.csv"}, "no file nowhere.csv"),
    ):
        with pytest.raises(KringError, match=told):
            study(parameters=bad)


# What is read


def drawn(strengths: float, chance: float, middle: float, seed: int = 1):
    """Differences of 200 sets in two towns each, and the true ones."""
    luck = np.random.default_rng(seed)
    true = middle + strengths * luck.standard_normal(200)
    sets = np.repeat(np.arange(200), 2)
    return true[sets] + chance * luck.standard_normal(400), sets, true


@pytest.mark.parametrize(
    ("strengths", "chance", "middle"), [(0.2, 0.1, -0.1), (0.05, 0.1, -0.1), (0.02, 0.06, -0.05)]
)
def test_strengths_and_chance_are_told_apart(strengths, chance, middle):
    values, sets, true = drawn(strengths, chance, middle)
    found = spread(values, sets)
    low, high = np.quantile(true, [0.025, 0.975])
    tolerance = 0.3 * (high - low) + found.chance
    assert found.middle == pytest.approx(middle, abs=3 * found.chance + strengths / 5)
    assert (found.low, found.high) == pytest.approx((low, high), abs=tolerance)
    again = [spread(drawn(0, chance, 0, seed)[0] + true[sets], sets).middle for seed in range(200)]
    assert found.chance == pytest.approx(1.97 * np.std(again), rel=0.2)  # of towns drawn anew
    assert found.share == pytest.approx((true < 0).mean(), abs=0.05)
    raw = np.quantile(values, [0.025, 0.975])
    assert found.high - found.low < raw[1] - raw[0]


def test_mere_chance_gives_no_sign():
    clear = sum(spread(*drawn(0, 0.1, 0, seed)[:2]).is_clear for seed in range(100))
    assert clear < 20


def test_one_town_a_set_leaves_chance_within_the_spread():
    values, sets, _ = drawn(0.2, 0.1, -0.1)
    found = spread(values[::2], sets[::2])
    assert np.isnan(found.chance)
    assert (found.low, found.high) == pytest.approx(tuple(np.quantile(values[::2], [0.025, 0.975])))


def test_a_sign_that_sets_do_not_share_is_not_known():
    written = NumberFormat("problems", 2)
    known, unknown = Spread(-0.2, -0.4, -0.1, 0.99, 0.01), Spread(-0.2, -0.5, 0.2, 0.72, 0.01)
    assert known.is_clear and not unknown.is_clear
    assert "lower in 99 of 100" in how_sure(written, known)
    assert "we don't know whether it is lower or higher" in how_sure(written, unknown)
    with language("nl"):
        assert "we weten niet of het lager of hoger is" in how_sure(written, unknown)


def test_the_table_and_the_lines_tell_in_how_many_sets_a_sign_holds():
    plan = study(sets=20)
    rows = [
        {**plan.identity(run), "cost": 0.0,
         "problems": 3.0 - run.policy * (0.1 if run.set <= 150 else -0.1) + run.seed % 2 * 0.01}
        for run in plan.runs
    ]  # fmt: skip
    table = paired_table(plan, pd.DataFrame(rows))
    row = table[(table["policy"] == "ten") & (table["outcome"] == "problems")].iloc[0]
    lower = np.mean([number <= 150 for number in plan.sets["ensemble"]])
    assert row["share"] == pytest.approx(lower) and row["chance"] == pytest.approx(0)
    assert f"lower in {100 * lower:.0f} of 100: we don't know which way" in " ".join(
        lines(plan, {"differences": table})
    )
