"""The sensitivity of the model itself: over all that isn't known, then over what matters."""

import pandas as pd
import pytest

from kring.experiments.calibration.unknowns import unknowns
from kring.experiments.pipeline.sensitivity import (
    ANSWERS,
    sensitivity,
    study,
    that_matter,
    unknown,
)
from kring.experiments.study.load import plan_of
from kring.simulation.field_tables import FieldTables

pytestmark = pytest.mark.usefixtures("without_figures")


def test_all_that_is_not_known_varies_and_eight_answers_are_asked():
    plan = plan_of(study("morris", 2, unknown(), 50))
    names = {name.partition(".")[2] for name in plan.design.factors}
    assert names == {u.name for u in unknowns()} | set(FieldTables.quantities())
    assert len(ANSWERS) == 8 and {outcome for *_, outcome in ANSWERS} == set(plan.outcomes)


def test_what_matters_is_what_changes_an_answer_most_each_answer_counted_alike():
    table = pd.DataFrame(
        [("a", "parameters.x", "problems", 0.1), ("a", "parameters.y", "problems", 0.01),
         ("a", "parameters.z", "problems", 0.02), ("a", "parameters.x", "cost", 1.0),
         ("a", "parameters.y", "cost", 900.0), ("a", "parameters.z", "cost", 3.0)],
        columns=["policy", "factor", "outcome", "mu_star"],
    )  # fmt: skip
    assert set(that_matter(table, 2)) == {"parameters.x", "parameters.y"}


@pytest.mark.slow
def test_both_tables_are_written_for_every_answer(tmp_path, monkeypatch):
    monkeypatch.setattr("kring.experiments.pipeline.sensitivity.MATTER", 3)
    some = unknown()[::8]
    monkeypatch.setattr("kring.experiments.pipeline.sensitivity.unknown", lambda: some)
    morris, sobol = sensitivity(tmp_path / "out", paths=2, points=2, clients=20, engine="here")
    assert morris.groupby(["policy", "outcome"]).ngroups == 8
    assert set(sobol["factor"]) <= set(morris["factor"])
    assert (tmp_path / "out" / "sobol.csv").is_file()
