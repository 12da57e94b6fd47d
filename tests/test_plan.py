"""A plan travels light: a worker gets the study's text, and resolves it to the same plan."""

import pickle
import subprocess
import sys

import pytest

from kring.experiments.study.files import shipped
from kring.experiments.study.load import load, plan_of
from kring.experiments.study.plan import resolved
from tests.helpers import ROOT

KEYS = """
import pickle, sys
plan = pickle.load(sys.stdin.buffer)
print(*[plan.keys[run.number] for run in plan.runs[:20]])
"""


def arrived(plan):
    """The plan as another process has it; the text is resolved anew, not remembered."""
    sent = pickle.dumps(plan)
    resolved.cache_clear()
    return pickle.loads(sent)


@pytest.mark.parametrize("name", shipped())
def test_a_plan_is_the_same_where_it_arrives(name):
    plan = load(shipped()[name])
    there = arrived(plan)
    assert there is not plan
    assert there.source == plan.source
    assert there.points == plan.points
    assert there.runs == plan.runs
    assert there.keys == plan.keys
    assert [there.setup(run) for run in there.runs[:3]] == [
        plan.setup(run) for run in plan.runs[:3]
    ]


def test_a_plan_of_many_runs_is_no_larger_than_one_of_few():
    few = plan_of({"policies": [{"name": "now"}], "sets": 1, "seeds": 1})
    many = few.changed(seeds=50_000)
    assert len(many.runs) == 50_000
    assert len(pickle.dumps(many)) < len(pickle.dumps(few)) + 20 < 1000


def test_a_process_of_its_own_has_the_same_keys():
    plan = plan_of(
        {"policies": [{"name": "now"}, {"name": "ten", "mobilisation_hours": 10}],
         "vary": {"town": {"sick_leave": [0, 0.1]}}, "sets": 1, "seeds": 3}
    )  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", KEYS], input=pickle.dumps(plan), capture_output=True, cwd=ROOT
    )
    assert done.stdout.decode().split() == [plan.keys[run.number] for run in plan.runs[:20]]


def test_a_worker_that_gets_the_same_plan_twice_resolves_it_once():
    plan = plan_of({"policies": [{"name": "now"}]})
    sent = pickle.dumps(plan)
    assert pickle.loads(sent) is pickle.loads(sent)
