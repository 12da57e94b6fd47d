"""The survey as an instrument, and what the simulation makes of it."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from kring.experiments.casebook.rotterdam.reading import COLUMNS
from kring.experiments.observations import ROWS
from kring.experiments.observations.interviews import repeat_survey
from kring.experiments.observations.table import against_evidence
from kring.experiments.pipeline.run import run_study
from kring.experiments.study.load import read_study
from kring.simulation.interview import OWED, WHY_NOT, let_down, owed_to, satisfaction, why_not
from kring.simulation.outcomes import NAMES
from kring.simulation.parameters import Parameters
from kring.simulation.rows import CLIENT, GUIDED, NETWORK_PLAN, NO_PLAN, WORKER_PLAN, empty_rows
from kring.simulation.run import simulate
from kring.simulation.survey import WAVES, eligible, survey_group
from kring.simulation.town import Town
from tests.helpers import ROUTES

REPEATS = 40


@pytest.fixture(scope="module")
def result():
    town = Town(clients=1200, conference_share=0.2)
    return simulate(town, ROUTES, WAVES[1], seed=3, keep=[WAVES[0]], episodes=False)


def numbered(result):
    """The same result, with the number of the row where the cost stood."""
    rows = [table.copy() for table in (result.kept[WAVES[0]], result.client_rows)]
    for table in rows:
        table["cost"] = np.arange(len(table))
    return replace(result, kept={WAVES[0]: rows[0]}, client_rows=rows[1])


@pytest.mark.parametrize(("group", "drawn"), [("WT", 60), ("EKC", 55)])
def test_so_many_are_drawn_and_45_of_them_asked_again(result, group, drawn):
    answers = survey_group(numbered(result), group, REPEATS)
    first, again, second = (part["cost"].astype(int) for part in answers)
    assert first.shape == (REPEATS, drawn)
    assert again.shape == (REPEATS, 45)
    np.testing.assert_array_equal(again, second)  # the same people
    allowed = set(eligible(result, group))
    for everybody, some in zip(first, again, strict=True):
        assert len(set(everybody)) == drawn
        assert len(set(some)) == 45
        assert set(some) < set(everybody) <= allowed
    assert len({tuple(sorted(row)) for row in first}) == REPEATS  # a new draw every time


def test_only_clients_who_were_helped_are_asked(result):
    rows = result.kept[WAVES[0]]
    for group, entrance in (("WT", 0), ("EKC", 1)):
        asked = rows[eligible(result, group)]
        assert (asked["entrance"] == entrance).all()
        assert (asked["plan_week"] >= 0).all()
    assert (rows[eligible(result, "EKC")]["attended"] > 0).all()


def test_the_same_run_gives_the_same_respondents(result):
    pd.testing.assert_frame_equal(
        repeat_survey(result, REPEATS), repeat_survey(result, REPEATS), check_exact=True
    )
    other = replace(result, seed=result.seed + 1)
    assert not repeat_survey(other, REPEATS).equals(repeat_survey(result, REPEATS))


def test_heavier_cases_drop_out_less(result):
    def gap(stay: float) -> float:
        parameters = Parameters().replace(heavier_stay=stay)
        answers = survey_group(replace(result, parameters=parameters), "WT", 400)
        return answers.first["problems"].mean() - answers.all_first["problems"].mean()

    assert abs(gap(0)) < 0.05
    assert 0.05 < gap(0.3) < gap(1)


def test_joint_solutions_satisfy_more(result):
    """M27 changes what is answered, by as much as it says, for joint solutions only."""
    rows = result.client_rows.copy()
    rows["solved"] = 0
    on, off = Parameters(), Parameters().without("M27")
    difference = satisfaction(rows, on) - satisfaction(rows, off)
    together = (rows["plan"] == NETWORK_PLAN) & rows["carried_out"] | rows["cooperation"]
    assert 0 < together.sum() < len(rows)
    np.testing.assert_allclose(difference, on.joint_satisfaction * together)
    one, other = (survey_group(replace(result, parameters=p), "EKC", REPEATS) for p in (on, off))
    assert one.second["satisfaction"].mean() > other.second["satisfaction"].mean()


@pytest.mark.parametrize(
    ("network", "professional", "answer"),
    [(0, 0, "nobody"), (6, 1, "network"), (3, 1, "both"), (1, 3, "both"), (1, 6, "professional")],
)
def test_a_good_result_is_owed_to_all_who_brought_a_fair_part(network, professional, answer):
    row = empty_rows(CLIENT, 1)
    row.credit_network, row.credit_professional = network, professional
    row.plan = WORKER_PLAN if professional else NO_PLAN
    assert OWED[owed_to(row, Parameters())[0]] == answer


@pytest.mark.parametrize(
    ("second", "answer"),
    [
        ({"problems": 3, "let down": True}, "improved"),
        ({"let down": True, "heavy": True}, "agencies"),
        ({"heavy": True}, "nature of the problems"),
        ({"solved": 2}, "nature of the problems"),  # one solved, and a new one
        ({"supporters": 1}, "nature of the problems"),  # helped, and no better
        ({}, "nobody to help"),
    ],
)
def test_why_there_was_no_improvement(second, answer):
    first = {"problems": 5, "solved": 1}
    same = {"let down": False, "heavy": False, "supporters": 0, "professionals": 0}
    waves = [{q: np.array([a]) for q, a in w.items()} for w in (first, first | same | second)]
    assert WHY_NOT[why_not(*waves)[0]] == answer


@pytest.mark.parametrize(
    ("what", "failed"),
    [
        ({}, False),
        ({"waited": 3}, False),
        ({"waited": 30}, True),
        ({"refused": 1}, True),
        ({"referred": 1}, True),
        ({"stage": GUIDED, "professionals": 1, "professional_help": 0.1}, True),
        ({"stage": GUIDED, "professionals": 1, "professional_help": 0.9}, False),
    ],
)
def test_agencies_fail_who_waits_long_is_refused_or_gets_too_few_hours(what, failed):
    row = empty_rows(CLIENT, 1)
    for name, value in what.items():
        row[name] = value
    assert let_down(row, Parameters())[0] == failed


def test_inside_means_that_the_interval_holds_the_published_number():
    rng = np.random.default_rng(1)
    surveys = pd.DataFrame(
        {
            "E20": 3.3 + rng.normal(0, 0.3, 400),  # published: 3.3
            "E21": 3.3 + rng.normal(0, 0.3, 400),  # published: 2.2
            "E27": 0.2 + rng.normal(0, 0.1, 400),  # above zero in 98 of 100
            "E30": 0.1 + rng.normal(0, 0.1, 400),  # above zero in 84 of 100
            "E31": -0.1 + rng.normal(0, 0.1, 400),  # below zero, on average
            "E73": 0.3 + rng.normal(0, 0.1, 400),  # published in words only
        }
    )
    table = against_evidence(surveys).set_index("id")
    assert list(table["inside"].astype(object)) == [True, False, True, True, False, pd.NA]
    assert list(table["fits"].astype(object)) == [True, False, True, False, False, pd.NA]
    assert table.loc["E21", "deviation"] == pytest.approx(0.5, abs=0.02)
    assert (table["low"] < table["simulated"]).all() and (table["simulated"] < table["high"]).all()
    exactly = ["statistic", "group", "moment", "published", "simulated", "low", "high", "inside"]
    assert exactly == COLUMNS
    assert list(table.reset_index()[COLUMNS].columns) == exactly


@pytest.fixture(scope="module")
def rotterdam(tmp_path_factory):
    """The command's result: the whole of Rotterdam, on seeds 1 to 10."""
    return run_study(read_study("rotterdam"), tmp_path_factory.mktemp("results") / "rotterdam")


@pytest.mark.slow
def test_the_table_of_rotterdam_has_these_columns_and_no_gaps(rotterdam):
    table = rotterdam.tables["table"]
    assert list(table.columns) == COLUMNS
    fit = rotterdam.tables["fit"].set_index("id")
    assert list(fit.index) == list(ROWS)
    assert len(table) == len(ROWS)
    assert not table.drop(columns=["published", "inside"]).isna().any().any()
    assert list(fit.index[fit["inside"].isna()]) == ["E73"]
    assert "fitted rows" in rotterdam.text


@pytest.mark.slow
@pytest.mark.xfail(strict=True, reason="sets are kept within 2.4 deviations, not within 10%")
def test_all_rows_to_calibrate_on_are_inside_and_within_ten_percent(rotterdam):
    fit = rotterdam.tables["fit"]
    fitted = fit[(fit["role"] == "calibrate") & fit["published"].notna()]
    off = fitted[~fitted["inside"] | (fitted["deviation"].abs() > 0.10)]
    assert len(fitted) >= 12
    assert off.empty, f"\n{off}"


@pytest.mark.slow
def test_orderings_are_on_the_right_side(rotterdam):
    """In 95% of surveys where they went in or were fitted, on average where they were not."""
    fit = rotterdam.tables["fit"].set_index("id")
    orderings = fit[fit["published"].isna()]
    assert "E27" in orderings.index
    assert orderings.loc[orderings["role"] != "validate", "inside"].all(), f"\n{orderings}"
    assert (orderings["simulated"] > 0).all(), f"\n{orderings}"


def test_one_outcome_of_one_week_is_that_of_the_tables():
    result = simulate(Town.preset("rotterdam", clients=200, conference_share=0.2), ROUTES, 30)
    for outcome in NAMES:
        assert result.at(outcome) == result.weekly[outcome].iloc[-1]
        team = result.weekly_by_entrance.query("entrance == 'team' and week == 12")
        assert result.at(outcome, 12, "team") == team[outcome].item()
