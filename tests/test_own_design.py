"""Points of one's own choice: another seed of the draw, or a table of points beside the study."""

import pytest

import kring
from kring.experiments.study.load import load
from kring.simulation.errors import KringError

TABLE = "mobilisation_hours,town.sick_leave,queue_order\n2.5,0.05,first come\n10,0.1,youth first\n"
STUDY = 'weeks = 4\n[vary]\nfile = "points.csv"\n[[policies]]\nname = "now"\n'


def design(method, **more):
    vary = {"design": method, "points": 4, "town": {"sick_leave": [0, 0.2]}, **more}
    return [*kring.read_study({"weeks": 4, "policies": [{"name": "now"}], "vary": vary}).points]


@pytest.mark.parametrize("method", ["latin hypercube", "sobol", "morris"])
def test_another_seed_draws_other_points_and_the_same_seed_the_same(method):
    if method != "latin hypercube":
        pytest.importorskip("SALib")
    usual = design(method)
    assert usual == design(method) == design(method, sample_seed=1)
    assert usual != design(method, sample_seed=2) == design(method, sample_seed=2)


def test_a_grid_draws_nothing():
    with pytest.raises(KringError, match="sample_seed: it goes with latin hypercube"):
        kring.read_study(
            {"policies": [{"name": "now"}], "vary": {"sample_seed": 2, "town": {"leave": [0, 0.1]}}}
        )


def read(tmp_path, table=TABLE, study=STUDY):
    (tmp_path / "mine.toml").write_text(study)
    (tmp_path / "points.csv").write_text(table, "utf-8")
    return load(tmp_path / "mine.toml")


def test_a_table_of_points_is_a_list_of_them(tmp_path):
    plan = read(tmp_path)
    assert [*plan.points] == [
        {
            "policy.mobilisation_hours": 2.5, "policy.queue_order": "first come",
            "town.sick_leave": 0.05,
        },
        {
            "policy.mobilisation_hours": 10, "policy.queue_order": "youth first",
            "town.sick_leave": 0.1,
        },
    ]  # fmt: skip
    (tmp_path / "points.csv").unlink()
    assert [*plan.changed(seeds=3).points] == [*plan.points]  # the study holds it


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ("", "needs a line of quantities"),
        ("sick_leave\n", "needs a line of quantities"),
        ("sick_leav\n0.1\n", "did you mean"),
        ("sick_leave\n0.1,2\n", "line 2: 2 values for 1 columns"),
        ("sick_leave,town.sick_leave\n0.1,0.1\n", "has 'town.sick_leave' twice"),
        ("sick_leave\n7\n", "sick_leave = 7"),
        ("sick_leave\n0.1\n0.1\n", "twice"),
    ],
)
def test_a_table_that_is_no_design_is_refused_in_one_line(table, told, tmp_path):
    with pytest.raises(KringError, match=told) as refused:
        read(tmp_path, table)
    assert "\n" not in str(refused.value)


def test_a_table_stands_beside_the_study_and_alone(tmp_path):
    with pytest.raises(KringError, match="leave the rest of"):
        read(tmp_path, study=STUDY.replace("[[policies]]", "town.leave = [0, 0.1]\n[[policies]]"))
    with pytest.raises(KringError, match="no file"):
        read(tmp_path, study=STUDY.replace("points.csv", "other.csv"))
    with pytest.raises(KringError, match="file"):
        read(tmp_path, study=STUDY.replace("points.csv", "../points.csv"))
