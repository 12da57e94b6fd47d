"""The first answer of a study, while its runs come back."""

import math

from experiments.execution.worker import Output
from experiments.pipeline.first_answer import FirstAnswer
from experiments.study.load import plan_of

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
