"""When outcomes are measured: in a week, in a year, since entry; and when policies begin."""

import numpy as np
import pytest

from kring.experiments.execution.worker import StandingTown, execute
from kring.experiments.measures import measure, part_of
from kring.experiments.study.load import plan_of
from kring.experiments.text.language import language
from kring.experiments.text.names import outcome_name
from kring.simulation.errors import KringError
from kring.simulation.run import simulate
from kring.simulation.town import Town
from tests.helpers import TEAM

STUDY = {
    "sets": 1,
    "seeds": 2,
    "parameters": {"preset": "fitted"},
    "outcomes": ["problems", "wait"],
    "years": [1, 2],
    "after_entry": [26, 52],
    "town": {"preset": "going_concern", "clients": 20, "weeks_before": 30},
    "policies": [{"name": "now"}, {"name": "later", "staffing": 0, "from_week": 60, "phase_in": 8}],
}


def study(**changes):
    return plan_of(STUDY | changes)


def test_years_and_time_since_entry_are_keys_of_a_study():
    plan = study()
    assert plan.weeks == 104
    assert plan.outcomes == [
        *("problems@year1", "problems@year2", "problems@year1+26", "problems@year1+52"),
        *("wait@year1", "wait@year2"),
    ]
    assert study(cohorts=[2], years=[]).weeks == 156
    assert study(weeks=200).weeks == 200
    assert study(years=[], after_entry=[], outcomes=["problems@52"]).outcomes == ["problems@52"]


def test_each_run_is_measured_at_its_moments():
    plan = study()
    standing = StandingTown()
    rows = [execute(plan, run, standing) for run in plan.runs]
    assert [row.error for row in rows] == [""] * 4
    now, later = rows[0].outcomes, rows[2].outcomes
    assert now.keys() == set(plan.outcomes)
    assert now["problems@year1"] == later["problems@year1"]  # it begins in week 60
    assert now["problems@year2"] != later["problems@year2"]
    assert now["problems@year1+26"] != now["problems@year1+52"]


def test_today_is_part_of_what_a_run_is_known_by():
    one, other = study(), study(policies=[{"name": "now", "staffing": 2}, STUDY["policies"][1]])
    runs = zip(one.runs[2:], other.runs[2:], strict=True)
    assert all(one.keys[a.number] != other.keys[b.number] for a, b in runs)
    empty = {"town": {"clients": 20}, "policies": [{"name": "now"}, {"name": "b", "offer": 1}]}
    one = study(**empty)
    other = study(**empty | {"policies": [{"name": "c", "staffing": 2}, empty["policies"][1]]})
    assert [one.keys[r.number] for r in one.runs[2:]] == [
        other.keys[r.number] for r in other.runs[2:]
    ]


@pytest.fixture(scope="module")
def result():
    town = Town.preset("going_concern", clients=60, weeks_before=40, leave=0.1)
    weeks = range(1, 105)
    return simulate(town, TEAM, 104, 2, keep=weeks, cohorts=[(1, 20), (1, 52)], threads=1)


@pytest.mark.parametrize("after", [20, 52])
def test_a_cohort_is_looked_at_so_many_weeks_after_each_ones_entry(result, after):
    every = {week: result.kept.get(week, result.client_rows) for week in range(1, 105)}
    entry = result.client_rows["entry_week"].astype(int) - result.start
    here = [i for i in np.flatnonzero((entry >= 0) & (entry < 52))
            if every[entry[i] + after]["left_week"][i] < 0]  # fmt: skip
    found = [every[entry[i] + after]["problems"][i] for i in here]
    assert len(found) > 40
    assert result.of_cohort("problems", 1, after) == pytest.approx(np.mean(found))
    assert measure(f"problems@year1+{after}").of(result) == pytest.approx(np.mean(found))
    assert result.of_cohort("entered", 1, after) == len(found)


def test_any_outcome_of_a_year_is_that_of_a_run_that_ended_then(result):
    short = simulate(
        Town.preset("going_concern", clients=60, weeks_before=40, leave=0.1).replace(), TEAM, 104, 2
    ).until(104)
    for name in ("wait", "spent", "cases", "given_guidance", "lonely", "supporters"):
        assert measure(f"{name}@year1").of(result) == measure(name).of(result.until(52))
        assert measure(f"{name}@year2").of(result) == measure(name).of(short)
    assert np.isnan(measure("wait@year5").of(result))
    with pytest.raises(KringError, match="was not kept"):
        short.until(52)
    with pytest.raises(KringError, match=r"cohorts=\[\(2, 20\)\]"):
        result.of_cohort("problems", 2, 20)


def test_moments_are_named():
    assert part_of("problems:team@year2").week == 104
    with language("en"):
        assert outcome_name("problems@year1+52").endswith(
            "52 weeks after entry, who came in year 1"
        )
        assert outcome_name("wait@year5") == "mean wait, year 5"
    with language("nl"):
        assert outcome_name("problems@year1+52").endswith(
            "52 weken na binnenkomst, wie in jaar 1 kwam"
        )


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"outcomes": ["problems@year"]}, "a moment is written"),
        ({"outcomes": ["problems@year0"]}, "a moment is written"),
        ({"outcomes": ["wait@year1+52"]}, "go with outcomes of every week"),
        ({"outcomes": ["problems@year1+52"], "weeks": 60}, "it takes 104"),
        ({"years": [1, 1]}, "years: 1 stands there twice"),
        ({"years": [1.5]}, "a whole number"),
        ({"policies": [{"name": "a", "from_week": 9}]}, "the first policy is today's"),
        ({"policies": [{"name": "a"}, {"name": "b", "offer": 1, "from_week": 999}]}, "in week 999"),
        ({"policies": [{"name": "a"}, {"name": "b", "from_date": "soon"}]}, "from_date"),
    ],
)  # fmt: skip
def test_what_is_no_moment_is_refused_in_a_line(changes, message):
    with pytest.raises(KringError, match=message) as error:
        study(**changes)
    assert "\n" not in str(error.value)


def test_a_policy_begins_on_a_date(tmp_path):
    from datetime import date

    second = {"name": "b", "offer": 1, "from_date": date(2026, 7, 2)}
    plan = study(begins=date(2026, 1, 1), policies=[{"name": "a"}, second])
    assert plan.policies[1].from_week == 27
    for begins, more in ((None, {}), (date(2027, 1, 1), {}), (date(2026, 1, 1), {"from_week": 3})):
        with pytest.raises(KringError, match=r"from_date|begins"):
            study(begins=begins, policies=[{"name": "a"}, second | more])


def test_a_study_in_pieces_runs_in_too():
    whole = study(town=STUDY["town"] | {"clients": 40, "clients_per_team": 10}, seeds=1)
    parts = study(town=STUDY["town"] | {"clients": 40, "clients_per_team": 10}, seeds=1, pieces=2)
    from kring.experiments.execution.worker import measured
    from kring.simulation.records import Records
    from kring.simulation.result import Result

    run = whole.runs[1]
    one = execute(whole, run, StandingTown())
    pieces = [execute(parts, run._replace(piece=i), StandingTown()) for i in range(2)]
    assert [piece.error for piece in pieces] == ["", ""]
    setup = parts.setup(run)
    records = Records.join([piece.records for piece in pieces])
    joined = Result.of(records, setup.policy, setup.parameters, setup.seed, 0.0)
    assert measured(parts, run.number, setup, joined).outcomes == one.outcomes
    assert joined.cohorts.keys() == {(1, 26), (1, 52)}
