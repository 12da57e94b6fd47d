"""The first answer of a study, while its runs come back."""

import math
from concurrent.futures import ThreadPoolExecutor

import pytest

from kring.experiments.execution import engines
from kring.experiments.execution.engines import Engine, Here, engine_of
from kring.experiments.execution.worker import Output
from kring.experiments.pipeline import run
from kring.experiments.pipeline.first_answer import FirstAnswer
from kring.experiments.study.load import plan_of

STUDY = plan_of(
    {
        "name": "first",
        "seeds": 4,
        "outcomes": ["problems"],
        "parameters": {"preset": "fitted"},
        "policies": [{"name": "now"}, {"name": "ten", "mobilisation_hours": 10}],
    }
)


def lived(run, problems, **more):
    return Output(run.number, {"problems": problems}, {}, **more)


def test_it_is_the_difference_on_the_towns_that_are_there_and_sharpens():
    now, ten = STUDY.runs[:4], STUDY.runs[4:]
    answer = FirstAnswer(STUDY)
    answer.take(now, [lived(run, 2.0) for run in now])
    assert str(answer) == ""
    answer.take(ten[:1], [lived(ten[0], 1.5)])
    assert str(answer) == ""  # one town says nothing of chance
    answer.take(ten[1:2], [lived(ten[1], 1.7)])
    assert str(answer).startswith("problems, ten: -0.40 (")
    answer.take(ten[2:], [lived(ten[2], 1.6), Output(ten[3].number, {}, {}, "failed")])
    assert str(answer).startswith("problems, ten: -0.40 (")


def test_nothing_is_told_where_nothing_is_compared_or_counted():
    alone = FirstAnswer(STUDY.changed(policies=[{"name": "now"}]))
    alone.take(STUDY.runs[:4], [lived(run, 2.0) for run in STUDY.runs[:4]])
    assert str(alone) == ""
    nobody = FirstAnswer(STUDY)
    nobody.take(STUDY.runs, [lived(run, math.nan) for run in STUDY.runs])
    assert str(nobody) == ""


def test_it_is_there_before_a_worker_has_been_given_anything(tmp_path, monkeypatch):
    happened = []

    class Watched(FirstAnswer):
        def take(self, runs, outputs):
            super().take(runs, outputs)
            happened.append(str(self))

    class Late(Here):
        def submit(self, job, /, *args, **more):
            happened.append("a worker has work")
            return super().submit(job, *args, **more)

    monkeypatch.setattr(run, "FirstAnswer", Watched)
    monkeypatch.setattr(run, "engine_of", lambda *_: Engine("late", Late(), 1, begins_here=True))
    plan = STUDY.changed(town={"clients": 20}, seeds=60)
    assert not run.run_study(plan, tmp_path / "out").failed
    first, second, *_ = happened
    assert first.startswith("problems, ten:")
    assert second == "a worker has work"


@pytest.mark.parametrize(("name", "begins_here"), [("auto", True), ("processes", False)])
def test_what_a_worker_might_die_of_stays_with_workers_where_they_are_asked_for(
    monkeypatch, name, begins_here
):
    monkeypatch.setattr(engines, "pool_of_processes", ThreadPoolExecutor)
    monkeypatch.setattr(engines, "cores", lambda: 2)
    assert engine_of(name, None, seconds=60).begins_here is begins_here
