"""What a user may write with every public name, and the types that an editor then tells.

Type checkers read it: CI runs mypy over it, strictly. `test_typed.py` runs it.
"""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, assert_type

import numpy as np
import pandas as pd

import kring


def the_model() -> None:
    """Towns, policies, strengths; runs, comparisons, and people week by week."""
    town = assert_type(kring.Town.preset("class", clients=30), kring.Town)
    policy = assert_type(kring.Policy.preset("wijkteam").replace(offer=0.5), kring.Policy)
    strengths = assert_type(kring.Parameters().without("M5"), kring.Parameters)
    assert_type(kring.Country.preset("netherlands").municipalities, int)
    ensemble = assert_type(kring.Ensemble.load("ensemble"), kring.Ensemble)
    assert_type(ensemble.at(1)[0], kring.Parameters)
    assert kring.evidence().loc["E50", "role"] == "input"

    tables = assert_type(kring.FieldTables(finances_weight=0.5), kring.FieldTables)
    assert_type(town.replace(field=tables), kring.Town)
    clients, ties = kring.people_from(lambda key, luck: {"age": 20 + int(luck.uniform("age"))}, 3)
    assert ties is None and len(clients) == 3
    assert_type(kring.Town.from_table(clients), kring.Town)
    assert_type(kring.Luck(1, 7).normal("height"), float)

    people = kring.settle(town, strengths, seed=1)
    result = kring.simulate(people, policy, weeks=4, parameters=strengths)
    assert_type(result, kring.Result)
    assert_type(result.at("problems", week=4), float)
    assert_type(result.units, dict[str, str])
    stands = assert_type(kring.run_in(town, "wijkteam", weeks=4), kring.Run)
    assert_type(kring.simulate(stands.at(2), policy, 4).weeks, int)
    compared = kring.compare(town, {"as now": "wijkteam", "half": policy}, 4, range(1, 3))
    assert_type(compared, kring.Comparison)
    assert_type(compared.policies, list[str])

    model = kring.SupportNetworkModel(town, policy, weeks=4, seed=1)
    client = assert_type(model.clients[0], kring.Client)
    client.names_network(hours=10)
    assert_type(model.members[0], kring.NetworkMember)
    assert_type(model.professionals[0], kring.Professional)
    assert_type(client.members, list[kring.NetworkMember])
    assert_type(model.result(), kring.Result)


class Dearest(kring.Analysis):
    """An analysis of one's own."""

    name = "dearest"

    def title(self) -> str:
        """What it is about."""
        return "The dearest run"

    def applies(self, plan: kring.Plan) -> bool:
        """Whether a study asks for it."""
        return "cost" in plan.outcomes

    def table(self, plan: kring.Plan, tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
        """Its numbers."""
        return tables["runs"].nlargest(1, "cost")

    def lines(self, plan: kring.Plan, table: pd.DataFrame) -> Iterable[str]:
        """What it says."""
        yield f"{len(table)} run"

    def section(self, plan: kring.Plan, table: pd.DataFrame) -> kring.Section:
        """What a page shows."""
        return kring.Section(self.title(), "", [kring.PageTable.of("", table)], [])


class WithDearest(kring.Reading):
    """A reading of one's own."""

    needs = kring.Needs(outcomes=("cost",))

    def analyses(self, plan: kring.Plan) -> list[kring.Analysis]:
        """The usual ones, and that."""
        return [*super().analyses(plan), Dearest()]


def a_study(out: Path) -> Path:
    """A study from Python, its result, and what reads it."""
    study = kring.Study(
        name="futures",
        weeks=4,
        sets=1,
        seeds=1,
        outcomes=["problems", "cost"],
        town={"preset": kring.Town.preset("class"), "entry_weeks": 2},
        policies={"as now": "wijkteam", "offered": kring.Policy.preset("wijkteam", offer=1)},
        vary={
            "design": "latin hypercube",
            "points": 20,
            "town": {"sick_leave": np.array([0, 0.1])},
            "parameters": {"willing": "likely"},
        },
    )
    assert_type(study.plan, kring.Plan)
    assert_type(study.replace(seeds=2), kring.Study)
    own = study.with_clients(pd.DataFrame({"age": [34, 81]}))
    assert_type(own.write(out.with_name("own.toml"), with_clients=True), Path)
    assert_type(kring.Study.read(study.write(out.with_suffix(".toml"))), kring.Study)
    assert_type(kring.read_study("ten_hours").outcomes, list[str])
    assert kring.MEASURES["cost"].unit == "EUR" and study.check()

    with ThreadPoolExecutor(1) as threads:
        result = kring.run_study(study.plan, out, executor=threads, reading=WithDearest())
    assert_type(result, kring.StudyResult)
    assert_type(result.answer("nl"), str)
    assert_type(kring.StudyResult.read(out).failed, int)
    return result.folder


def what_reads_it(folder: Path) -> None:
    """Reports, other tools, and a result that is lived again."""
    with kring.language("nl"):
        assert_type(kring.write_report(folder), list[Path])
    assert assert_type(kring.repeat_study(folder, engine="here"), tuple[bool, list[str]])[0]
    assert len(kring.discover(folder, "problems > 0", policy="as now")) == 2
    assert len(kring.as_behaviorspace(folder)) == 40
    kring.write_behaviorspace(folder, folder.with_suffix(".csv"))
    assert_type(kring.write_ro_crate(folder), Path)
    plan = kring.StudyResult.read(folder).plan
    assert_type(kring.salib_problem(plan), dict[str, Any])
    _, points, outcomes = kring.as_salib_results(folder)
    assert_type(outcomes, dict[str, np.ndarray])
    assert len(points) == 20 and len(kring.as_ema_results(folder)[0]) == 40
    assert kring.explore(town="class", offer=1).scenario.town == "class"
    assert_type(kring.citation("bibtex"), str)
    assert kring.calibration(quick=True, only=["willing"]).name == "calibrated"


def not_run_here(study: kring.Study) -> None:
    """What takes longer, or an extra: other tests run it."""
    assert_type(study.run(), kring.StudyResult)
    assert kring.ema_model(study.plan)
    model, _prior = kring.pyabc_model(study.plan)
    assert_type(model({"town.sick_leave": 0.05, "parameters.willing": 0.0}), dict[str, float])


def a_slip() -> str:
    """What is wrong is told in one line."""
    try:
        kring.Study(policies=["wijkteem"])
    except kring.KringError as error:
        return str(error)
    return ""
