"""What is called wrongly from Python is one line that says what is wanted."""

from pathlib import Path

import networkx as nx
import pandas as pd
import pytest

import kring
from kring.experiments.execution import arithmetic as here
from kring.experiments.execution.manifest import machine
from tests.helpers import python

TOWN = kring.Town.preset("class", clients=20)
SILENT = kring.Parameters().without("M5")
BOTH = {"a": "wijkteam", "b": "eigen_kracht"}
STUDY = {"sets": 1, "seeds": 2, "weeks": 4, "town": {"clients": 10}, "policies": [{"name": "now"}]}

CLASS = kring.SupportNetworkModel(TOWN, seed=1)
RUN = kring.run_in(TOWN, "wijkteam", 8)
PEOPLE = kring.settle(TOWN, "fitted", 1)
WATCHED = kring.simulate(TOWN, "wijkteam", 2, panel=["problems"])
RESULT = kring.simulate(TOWN, "wijkteam", 4)
COMPARED = kring.compare(TOWN, BOTH, 4, [1, 2], parameters="fitted")


NO_RESULT = kring.StudyResult(Path("x"), kring.read_study(STUDY), {}, "", 0, None)


def lived(**how):
    return lambda: kring.simulate(**({"town": TOWN, "policy": "wijkteam", "weeks": 4} | how))


def first(name, *given):
    return lambda: getattr(CLASS.clients[0], name)(*given)


def write(name, value):
    return lambda: setattr(CLASS.clients[0], name, value)


CALLS = {
    "week 0": (lambda: RESULT.at("problems", week=0), "no week 0; weeks are 1 to 4"),
    "the week before": (lambda: RESULT.at("problems", week=-1), "no week -1"),
    "a week too late": (lambda: RESULT.at("problems", 5), "no week 5; weeks are 1 to 4"),
    "half a week": (lambda: RESULT.at("problems", 2.5), "no week 2.5"),
    "a slip in an outcome": (lambda: RESULT.at("problem"), "did you mean 'problems'"),
    "a slip in a route": (lambda: RESULT.at("problems", 2, "teem"), "did you mean 'team'"),
    "a booking that is none": (lambda: RESULT.booked("wages"), "no booking 'wages'"),
    "clients of a week not kept": (lambda: RESULT.clients_at(2), r"keep=\[2\]"),
    "clients of no week": (lambda: RESULT.clients_at(9), "no week 9; weeks are 0 to 4"),
    "no panel": (lambda: RESULT.panel, r"panel=\[\"problems\"\]"),
    "no panel of ties": (lambda: RESULT.panel_of_ties, r"panel_of_ties=\[\"state\"\]"),
    "a panel of nobody": (lambda: RESULT.write_panel("x", "client"), "did you mean 'clients'"),
    "weeks to keep that are a number": (lived(keep=5), "give weeks in a list"),
    "a week to keep that is not lived": (lived(keep=[9]), "weeks to keep are 0 .* to 4"),
    "a column that is a text": (lived(panel="problems"), "names of columns in a list"),
    "a slip in a column": (lived(panel=["problms"]), "did you mean 'problems'"),
    "a column with no meaning": (lived(panel_of_ties=["first_tie"]), "panel_of_ties: no column"),
    "a cohort that is a number": (lived(cohorts=[3]), r"such as \(1, 52\)"),
    "a cohort in words": (lived(cohorts=[("a", 5)]), "whole numbers"),
    "a policy from a word on": (lived(today="wijkteam", from_week="a"), "from_week = 'a'"),
    "a policy in half a week": (lived(today="wijkteam", phase_in=0.5), "phase_in = 0.5"),
    "teams in a list": (lived(teams=["wijkteam"]), "give policies by team"),
    "a team that is a word": (lived(teams={"a": "wijkteam"}), "no team 'a'; teams are 0 to 0"),
    "threads in words": (lived(threads="two"), "threads = 'two'"),
    "progress that is a number": (lived(progress=3), "give a function"),
    "episodes in words": (lived(episodes="no"), "True or False"),
    "weeks in words": (lived(weeks="10"), "weeks = '10'"),
    "people for a town in compare": (
        lambda: kring.compare(PEOPLE, BOTH), "^a World is no town: give a name or a Town$",
    ),
    "people for a town in run_in": (lambda: kring.run_in(PEOPLE, "wijkteam"), "a World is no town"),
    "another seed for people": (lambda: kring.simulate(PEOPLE, "wijkteam", 4, 7), "with seed 1"),
    "other strengths for people": (
        lambda: kring.simulate(PEOPLE, "wijkteam", 4, parameters=SILENT), "with other strengths",
    ),
    "a seed in words for people": (lambda: kring.settle(TOWN, "fitted", "a"), "seed = 'a'"),
    "a town in place": (lambda: kring.Town("class"), r"Town.preset\('class'\)"),
    "a policy in place": (lambda: kring.Policy("wijkteam"), r"Policy.preset\('wijkteam'\)"),
    "a preset that is a list": (lambda: kring.Policy.preset(["a"]), "choose from: wijkteam"),
    "a week that is over": (lambda: RUN.at(-1), "the run stands at week 0"),
    "a week in words": (lambda: RUN.at("x"), "week = 'x'"),
    "a week of a comparison": (lambda: COMPARED.at(9), "weeks are 1 to 4"),
    "strengths of a model": (
        lambda: setattr(CLASS, "parameters", SILENT), "make another model for another",
    ),
    "a town of a model": (lambda: setattr(CLASS, "town", TOWN), "settled with it"),
    "a seed of a model": (lambda: setattr(CLASS, "seed", 2), "seed: people were settled with it"),
    "a policy of a model": (lambda: setattr(CLASS, "policy", "team"), "choose from: wijkteam"),
    "an age in words": (write("age", "old"), "age = 'old': it takes a number"),
    "an age too large": (write("age", 1000), "age = 1000: it takes a smaller number"),
    "a stage that is none": (write("stage", "helped"), "choose from: no need yet"),
    "all levels at once": (write("level", 3), "set it by domain"),
    "a worker who is none": (write("caseworker", "Ann"), "one of model.professionals, or None"),
    "hours of all tasks": (
        lambda: setattr(CLASS.professionals[0], "wanted", 3), "set one number by name",
    ),
    "a verb without a person": (first("finds"), "it takes member, hours"),
    "a verb to a client": (first("asks", CLASS.clients[0]), "member takes a handle of a member"),
    "a question to nobody": (first("puts_question_to", None), "takes a handle of a member"),
    "no result, a number": (lambda: kring.discover(3, "cost > 3"), "3 is no folder"),
    "nothing to repeat": (lambda: kring.repeat_study(None), "None is no folder"),
    "a seed twice": (lambda: kring.compare(TOWN, BOTH, 4, [1] * 5), "1 stands there twice"),
    "a number of seeds": (lambda: kring.compare(TOWN, BOTH, 4, 3), r"such as range\(1, 41\)"),
    "seeds that are a text": (lambda: kring.compare(TOWN, BOTH, 4, "12"), "one by one"),
    "half a seed": (lambda: kring.SupportNetworkModel("class", seed=1.5), "whole number"),
    "a seed that is a fraction": (lambda: kring.SupportNetworkModel(seed=1.0), "whole number"),
    "a seed that is a text": (lambda: kring.SupportNetworkModel(seed="a"), "whole number"),
    "no workers": (lambda: run(workers=0), "workers = 0"),
    "fewer workers than none": (lambda: run(workers=-1), "workers = -1"),
    "half a worker": (lambda: run(workers=1.5), "workers = 1.5"),
    "keys in place of a plan": (lambda: kring.run_study(STUDY, "out"), "kring.read_study"),
    "a name in place of a plan": (lambda: kring.run_study("ten_hours", "out"), "kring.read_study"),
    "no folder": (lambda: kring.run_study(kring.read_study(STUDY), None), "no folder"),
    "no result to repeat": (lambda: kring.repeat_study("nowhere"), "no result of Kring"),
    "no result to look in": (lambda: kring.discover("nowhere", "cost > 3"), "no result of Kring"),
    "no study": (lambda: kring.read_study(None), "no study"),
    "a slip in a key": (lambda: study(polices=["wijkteam"]), "did you mean 'policies'"),
    "keys in a dictionary": (lambda: kring.Study(STUDY), "a study is said in keys"),
    "a file for a study": (lambda: kring.Study("mine.toml"), "Study.read"),
    "no policies": (lambda: kring.Study(town="class"), "'policies' is missing"),
    "a policy that is a text": (lambda: study(policies="wijkteam"), "give them by name"),
    "a policy without a name": (lambda: study(policies=[kring.Policy()]), "no name by itself"),
    "a slip in a set": (lambda: study(policies=["wijkteem"]), "did you mean 'wijkteam'"),
    "a slip in a lever": (
        lambda: study(policies={"a": {"ofer": 1}}), r"policies\[0\] .* did you mean 'offer'",
    ),
    "a lever out of range": (lambda: study(policies={"a": {"offer": 2}}), "offer = 2"),
    "a policy that is a number": (lambda: study(policies={"a": 3}), "3 is no policy"),
    "a policy by no route": (
        lambda: study(policies={"a": {"team": "wijkteam", "teem": "wijkteam"}}),
        "did you mean 'team'",
    ),
    "the policy of another kind": (lambda: study(policies={"a": TOWN}), "a Town is no policy"),
    "a town that is a policy": (lambda: study(town=kring.Policy()), "a Policy is no town"),
    "a town of no name": (lambda: study(town="rotterdm"), "town: .* did you mean 'rotterdam'"),
    "strengths of another kind": (lambda: study(parameters=TOWN), "a Town is no parameter set"),
    "a slip in an outcome of a study": (
        lambda: study(outcomes=["problms"]), "did you mean 'problems'",
    ),
    "one outcome for a list": (lambda: study(outcomes="problems"), "a list is wanted"),
    "weeks of a study in words": (lambda: study(weeks="ten"), "weeks = 'ten': a whole number"),
    "half a set": (lambda: study(sets=2.5), "sets = 2.5"),
    "a lever that varies above its table": (
        lambda: study(vary={"offer": [0, 1]}), r"it stands under \[vary.policy\]",
    ),
    "one value that varies": (lambda: study(vary={"policy": {"offer": 1}}), "a list is wanted"),
    "a design that is none": (lambda: study(vary={"design": "sobel"}), "did you mean 'sobol'"),
    "nothing likely": (
        lambda: study(vary={"town": {"sick_leave": "likly"}}), "a list is wanted",
    ),
    "a table with no quantity": (
        lambda: study(vary=pd.DataFrame({"ofer": [1, 2]})), "no quantity 'ofer'",
    ),
    "a study for a plan": (lambda: kring.run_study(study(), "out"), "give a plan"),
    "a study in another file": (lambda: study().write("mine.txt"), "it ends in .toml"),
    "no file of a study": (lambda: kring.Study.read("nowhere.toml"), "no file nowhere.toml"),
    "a study of nothing": (lambda: kring.Study.read(None), "None is no study file"),
    "other keys of a study": (lambda: study().replace(week=3), "did you mean 'weeks'"),
    "no engine of a study": (lambda: study().run("out", engine="dusk"), "no engine 'dusk'"),
    "no result to read": (lambda: kring.StudyResult.read("nowhere"), "no result of Kring"),
    "no language": (lambda: first_said("dutch"), "no language 'dutch'"),
    "no result for the workbench": (lambda: kring.as_ema_results("nowhere"), "no result of Kring"),
    "a file of clients for a town": (
        lambda: kring.simulate("mine.csv", "wijkteam", 4), r"is read by Town.from_table\(",
    ),
    "an ensemble for one set": (
        lived(parameters="hopeful"), r"Ensemble.load\('hopeful'\).at\(1\)\[0\]",
    ),
    "an ensemble that was loaded for one set": (
        lived(parameters=kring.Ensemble.load("hopeful")), r"lives one: ensemble.at\(1\)\[0\]",
    ),
    "episodes that were not kept": (
        lambda: lived(episodes=False)().episodes, "no episodes were kept",
    ),
    "progress of a comparison": (
        lambda: kring.compare(TOWN, BOTH, 4, [1], progress=3), "give a function",
    ),
    "an ensemble in no folder": (
        lambda: kring.Ensemble.load("ensemble").save("no/e.csv"), "cannot write no/e.csv",
    ),
    "together in words": (lambda: study(together="yes"), "true or false is wanted"),
    "an executor that is a word": (lambda: run(executor="threads"), "concurrent.futures"),
    "a reading that is a word": (lambda: run(reading="compare"), "reading = 'compare': give one"),
    "a class for a reading": (lambda: run(reading=kring.Reading), "give one that is made"),
    "a reading of a result": (
        lambda: kring.StudyResult.read("out", reading="compare"), "give one that is made",
    ),
    "a plan to read": (lambda: kring.read_study(study().plan), "study.plan"),
    "a result to report": (
        lambda: kring.write_report(NO_RESULT), "result.folder",
    ),
    "a file of a result": (lambda: kring.StudyResult.read(__file__), "is a file, and no folder"),
    "weeks with a point": (lambda: study(weeks=3.0), "weeks = 3.0: a whole number is wanted"),
    "a date in words": (lambda: study(begins="5 jan 2026"), "a date is wanted, such as 2026-01-31"),
    "nothing that varies": (lambda: study(vary=pd.DataFrame()), "vary: the table is empty"),
    "clients for a town": (
        lambda: study(town=pd.DataFrame({"age": [30]})), r"is read by Town.from_table",
    ),
    "a column for clients": (
        lambda: kring.Town.from_table(pd.Series([30], name="age")), "is no table of clients",
    ),
    "a graph for clients": (
        lambda: kring.Town.from_table(nx.path_graph(2)), "it stands under ties=",
    ),
    "half a person": (lambda: kring.people_from(dict, 1.5), "clients = 1.5: it takes a whole"),
    "a seed of people in words": (
        lambda: kring.Town.from_generator(dict, 2, people_seed="a"), "people's seed = 'a'",
    ),
    "a panel as CSV": (lambda: WATCHED.write_panel("x.csv"), "it ends in .parquet"),
    "a panel in no folder": (lambda: WATCHED.write_panel("no/x.parquet"), "cannot write no/x.par"),
    "a lever that is set": (
        lambda: setattr(kring.Policy(), "offer", 1), r"replace\(offer=...\) gives another",
    ),
    "a slip that is set": (lambda: setattr(TOWN, "sickleave", 1), "did you mean 'sick_leave'"),
    "a slip in what is likely": (
        lambda: kring.Parameters.likely("willin"), "did you mean 'willing'",
    ),
    "mechanisms in a list": (
        lambda: kring.Parameters().without(["M5"]), r"no mechanism \['M5'\] to switch off",
    ),
    "sets in a dictionary": (lambda: kring.Ensemble("x", {"willing": [1]}), "is no table of sets"),
    "a town to explore": (lambda: kring.explore(town=TOWN), "town: no a Town|town: no Town"),
    "a table for a survey": (lambda: kring.calibration(pd.DataFrame()), "is no survey: give a"),
    "a slip in a survey": (
        lambda: kring.calibration({"clients": 80, "months": [0], "means": {"problms": [5]}}),
        "the survey: means: no key 'problms'; did you mean 'problems'",
    ),
    "clients of a calibration in words": (
        lambda: calibration(clients="many"), "clients = 'many': it takes a whole number from 50",
    ),
    "one quantity to calibrate": (lambda: calibration(only="willing"), r"such as \['willing'\]"),
    "a folder for an ensemble's name": (lambda: calibration(name="a/b"), "name = 'a/b': letters"),
    "no folder for a calibration": (lambda: calibration().run(None), "None is no folder"),
}  # fmt: skip


def calibration(**how):
    return kring.calibration(**({"quick": True, "only": ["willing"], "clients": 50} | how))


def run(**how):
    return kring.run_study(kring.read_study(STUDY), "out", **how)


def study(**keys):
    return kring.Study(**({"policies": ["wijkteam"], "town": TOWN} | keys))


def first_said(code):
    with kring.language(code):
        return code


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
from kring.experiments.execution.arithmetic import arithmetic
print(arithmetic(), [math.exp(-i / 577) for i in range(5000)])
"""


def test_the_word_for_arithmetic_changes_as_soon_as_the_math_library_rounds_otherwise():
    usual, again, other = (python(LOOK, **more).stdout for more in ({}, {}, OTHERWISE))
    assert usual and usual == again
    word, _, numbers = usual.partition(" ")
    assert (word == other.partition(" ")[0]) == (numbers == other.partition(" ")[2])


def test_a_result_knows_the_arithmetic_it_was_made_with():
    assert f"arithmetic {here.arithmetic()}" in machine()["platform"]
