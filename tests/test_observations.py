"""The rows of evidence as something to measure."""

import numpy as np
import pytest

from kring.experiments.observations import ROWS, measure
from kring.experiments.observations.conferences import (
    a_year_after,
    hours_saved,
    meetings_per_offer,
    plans_out_of_use,
)
from kring.experiments.observations.courses import LONG, back_late, durations, returns
from kring.experiments.observations.interviews import STATISTICS
from kring.simulation import episodes
from kring.simulation.evidence import evidence, sources
from kring.simulation.field import YOUTH
from kring.simulation.parameters import Parameters
from kring.simulation.rows import CLIENT, EPISODE, NETWORK_PLAN, empty_rows
from kring.simulation.town import Town

ELSEWHERE = {"E33", "E34", "E35", "E40", "E41"}  # studies of their own measure these, or none can


def test_every_row_that_judges_the_model_is_measured():
    known = evidence()
    judges = set(known.index[known["role"].isin(["calibrate", "validate"])])
    assert judges - ELSEWHERE <= set(ROWS) <= set(known.index)
    assert set(STATISTICS) <= set(ROWS)


@pytest.mark.parametrize("row", ROWS.values(), ids=lambda row: row.id)
def test_a_row_says_how_sure_it_is(row):
    known = evidence().loc[row.id]
    assert row.ordering == (known["unit"] == "ordering")
    assert row.discrepancy > 0 and row.because
    if known["unit"] == "share (many)":
        assert np.isnan(row.value)
    else:
        assert 0 < row.sd < max(abs(row.value), 1.01)


def test_an_ordering_says_which_difference_a_study_would_call_significant():
    row = ROWS["E27"]
    assert row.value == pytest.approx(1.96 * row.sd)
    assert np.isnan(row.published) and not np.isnan(ROWS["E20"].published)


def test_every_source_says_what_it_is_worth():
    known = sources()
    assert set(known.index) == set(evidence()["source"])
    assert set(known["grade"]) == {"A", "B", "C"}
    assert not known.isna().any().any()
    for column in ("secondary", "interest"):
        assert set(known[column]) == {"yes", "no"}


def test_a_town_is_measured_alike_on_the_same_seed():
    town, parameters = Town.preset("rotterdam"), Parameters()
    one = measure(town, parameters, 1, clients=150)
    assert list(one) == list(ROWS)
    np.testing.assert_equal(one, measure(town, parameters, 1, clients=150))
    assert one != measure(town, parameters, 2, clients=150)
    assert not any(np.isnan(one[i]) for i in ("E12", "E20", "E42", "E62", "E68", "E72", "E75"))


def test_who_is_not_there_is_not_measured():
    """Without conferences nothing is said of them, and nothing fails."""
    nobody = measure(Town.preset("rotterdam"), Parameters(), 1, clients=0)
    assert all(np.isnan(value) for value in nobody.values())


def happened(*what: tuple[int, int, int]) -> np.ndarray:
    rows = empty_rows(EPISODE, len(what))
    for row, (week, client, kind) in zip(rows, what, strict=True):
        row.week, row.client, row.kind = week, client, kind
    return rows


def test_how_long_cases_of_families_last():
    rows = happened(
        (60, 0, episodes.ENTRY), (100, 0, episodes.CLOSING),  # within a year
        (60, 1, episodes.ENTRY), (180, 1, episodes.CLOSING),  # in between
        (60, 2, episodes.ENTRY),  # never
        (60, 3, episodes.ENTRY), (250, 3, episodes.CLOSING),  # more than three years
        (60, 4, episodes.ENTRY), (61, 4, episodes.CLOSING),  # no family
        (10, 5, episodes.ENTRY), (20, 5, episodes.CLOSING),  # before the team had filled up
    )  # fmt: skip
    families = np.array([True, True, True, True, False, True])
    assert durations(rows, families) == {"E68": 0.25, "E69": 0.5}


def test_who_comes_back_more_than_a_year_later():
    rows = happened(
        (0, 0, episodes.CLOSING), (20, 0, episodes.RETURN), (40, 0, episodes.CLOSING),
        (200, 0, episodes.RETURN),  # was back before: no late return
        (0, 1, episodes.CLOSING), (100, 1, episodes.RETURN),
        (0, 2, episodes.CLOSING),
        (0, 3, episodes.CLOSING), (300, 3, episodes.RETURN),  # after five years
        (5, 4, episodes.ENTRY),  # never closed
    )  # fmt: skip
    families = np.array([True, True, False, False, True])
    assert returns(rows, families, LONG) == pytest.approx({"E70": 0.5, "E71": 0.25})


def test_who_cannot_be_followed_for_long_counts_for_as_long_as_that():
    away = np.array([30, 60, 100, 100, 100, 270])
    came_back = np.array([False, False, True, False, False, False])
    assert back_late(away, came_back) == pytest.approx(1 / 4)
    assert np.isnan(back_late(away[:0], came_back[:0]))


def looks(**columns) -> dict[int, np.ndarray]:
    """Three clients at weeks 52, 56 and 60, who enter at weeks 0, 6 and 30."""
    found = {}
    for place, week in enumerate((52, 56, 60)):
        rows = empty_rows(CLIENT, 3)
        rows.entry_week = [0, 6, 30]
        rows.children = [1, 1, 1]
        for name, values in columns.items():
            rows[name] = values[place] if isinstance(values, list) else values
        found[week] = rows
    return found


def test_a_year_after_entry_is_looked_at():
    np.testing.assert_equal(a_year_after(looks(waited=[10, 20, 30]), "waited"), [10, 30, np.nan])


def test_meetings_count_of_the_offers():
    assert meetings_per_offer(looks(proposed=True, attended=[0, 0, 5])) == 0.5
    assert np.isnan(meetings_per_offer(looks(proposed=False)))


def test_hours_are_compared_of_the_same_families_who_met():
    at_start = empty_rows(CLIENT, 3)
    at_start.level[:, YOUTH] = [3, 3, 3]
    without = looks(hours_professional=10.0)
    met = looks(hours_professional=[4.0, 4.0, 8.0], attended=5)
    assert hours_saved(without, met, at_start) == pytest.approx((4 + 8) / 20 - 1)
    at_start.level[0, YOUTH] = 2  # no child protection
    assert hours_saved(without, met, at_start) == pytest.approx(8 / 10 - 1)
    assert np.isnan(hours_saved(without, looks(), at_start))


def test_plans_are_looked_at_a_quarter_after_they_were_made():
    """The first plan is seen at 15 weeks, when it is in use; the second and third at 13 and 14."""
    plans = looks(plan=NETWORK_PLAN, plan_week=[[41, 47, 42]] * 3, carried_out=[True, False, True])
    plans[56].carried_out = [True, False, False]
    plans[60].carried_out = [False, False, True]
    assert plans_out_of_use(plans) == pytest.approx(2 / 3)
    assert np.isnan(plans_out_of_use(looks()))
