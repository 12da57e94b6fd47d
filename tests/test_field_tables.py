"""The numbers of the field's tables can be set and varied; as they are, nothing is otherwise."""

import pickle

import numpy as np
import pytest

from kring import FieldTables
from kring.experiments.cli.show import things
from kring.experiments.execution.manifest import read_manifest
from kring.experiments.explore.of_study import menu_of
from kring.experiments.pipeline.report import write_report
from kring.experiments.pipeline.run import run_study
from kring.experiments.study.load import load, plan_of
from kring.experiments.text.language import language
from kring.simulation.errors import KringError
from kring.simulation.field import DOMAINS, TIE_KINDS, field_table
from kring.simulation.parameters import Parameters
from kring.simulation.run import simulate
from kring.simulation.town import Town
from kring.simulation.world import goes_by, settle
from tests.helpers import differences

STUDY = """\
weeks = 4
seeds = 2
outcomes = ["problems", "supporters"]
[town]
preset = "class"
clients = 20
[parameters]
preset = "fitted"
[field]
finances_weight = 3
[[policies]]
name = "as now"
[[policies]]
name = "friends are far"
[policies.field]
friend_closeness = 0.3
[vary.field]
mental_health_lasting = [0.2, 0.8]
"""


def of_town(**field):
    return goes_by(Town.preset("class", field=field), Parameters())


def test_as_they_are_the_tables_change_nothing():
    usual = Town.preset("class", clients=30)
    told = usual.replace(field=FieldTables())
    lives = [simulate(town, "wijkteam", weeks=8, seed=2, threads=1) for town in (usual, told)]
    assert differences(*lives) == []


def test_every_number_of_the_tables_can_be_set():
    tables = [field_table(name) for name in ("domains", "bundles", "ties", "provisions")]
    assert len(FieldTables.quantities()) == sum(map(len, tables))
    usual = goes_by(Town(), Parameters())
    for name in FieldTables.quantities():
        low, high = FieldTables.likely(name)
        value = getattr(FieldTables(), name)
        assert low <= value <= high
        other = high if value < high else low
        now = of_town(**{name: other})
        changed = [one for one in ("domains", "kinds", "provisions")
                   if getattr(now, one).tobytes() != getattr(usual, one).tobytes()]  # fmt: skip
        assert len(changed) == 1, name


def test_what_is_set_comes_into_the_week():
    now = of_town(finances_weight=0.3, finances_feeds_housing=2, household_help_tariff=40)
    assert now.domains.weight[DOMAINS.index("finances")] == 0.3
    assert now.domains.feeds[DOMAINS.index("finances"), DOMAINS.index("housing")] == 2
    assert now.provisions.tariff[0] == 40
    few = settle(Town.preset("class", field={"finances_weight": 0.01}), Parameters(), 1).clients
    usual = settle(Town.preset("class"), Parameters(), 1).clients
    assert (few.level[:, 0] > 0).mean() < (usual.level[:, 0] > 0).mean() - 0.1
    friends = settle(Town.preset("class", field={"friend_share": 1}), Parameters(), 1).ties
    assert np.bincount(friends.kind).argmax() == TIE_KINDS.index("friend")


def test_a_town_with_its_own_tables_travels():
    town = Town.preset("class", field={"friend_closeness": 0.3})
    assert pickle.loads(pickle.dumps(town)) == town == town.replace(weeks_before=0)
    assert town != Town.preset("class") and hash(town) == hash(town.replace())


@pytest.fixture
def study(tmp_path):
    (tmp_path / "study.toml").write_text(STUDY, "utf-8")
    return tmp_path / "study.toml"


def test_a_study_sets_and_varies_them(study):
    plan = load(study)
    found = [plan.setup(run).town.field for run in plan.runs]
    assert {one.finances_weight for one in found} == {3}
    assert {(one.friend_closeness, one.mental_health_lasting) for one in found} == {
        (0.6, 0.2), (0.6, 0.8), (0.3, 0.2), (0.3, 0.8)
    }  # fmt: skip
    other = plan_of({**plan.source, "field": {"finances_weight": 1}})
    assert not set(other.keys.values()) & set(plan.keys.values())
    assert plan_of(plan.source).keys == plan.keys


def test_what_is_set_stands_in_the_report_and_the_manifest(study, tmp_path):
    out = tmp_path / "out"
    assert run_study(load(study), out, engine="here").failed == 0
    english, dutch = (path.read_text("utf-8") for path in write_report(out))
    assert "How common it is, beside the others" in english and "vriend: nabijheid" in dutch
    made = read_manifest(out)
    assert made.settings.model_dump()["town"]["field"]["finances_weight"] == 3
    assert made.study["field"] == {"finances_weight": 3}


def test_a_country_has_them_too():
    plan = plan_of(
        {
            "weeks": 2, "seeds": 1, "parameters": {"preset": "fitted"},
            "country": {"clients": 100, "municipalities": 3},
            "field": {"finances_weight": 2}, "policies": [{"name": "as now"}],
        }
    )  # fmt: skip
    assert {plan.setup(run).town.field.finances_weight for run in plan.runs} == {2}


WRONG = {
    "slip": ("finances_weight = 3", "finance_weight = 3", "field: field has no "
             "'finance_weight'; did you mean 'finances_weight'?"),
    "range": ("finances_weight = 3", "finances_weight = 30", "from 0.01 to 10 relative"),
    "text": ("finances_weight = 3", 'finances_weight = "3"', "write 3 without quotes"),
    "policy": ("friend_closeness = 0.3", "friend_closeness = 3", "from 0 to 1 0 to 1"),
    "vary": ("mental_health_lasting", "mental_health_lastin", "vary.field: no 'mental_health_last"),
    "level": ("[0.2, 0.8]", "[0.2, 8]", "mental_health_lasting = 8 is not possible"),
    "stray": ("preset = \"class\"", "friend_share = 0.4", "it stands under [field]"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_what_cannot_be_is_one_line(study, name):
    old, new, wanted = WRONG[name]
    study.write_text(STUDY.replace(old, new, 1), "utf-8")
    with pytest.raises(KringError) as error:
        load(study)
    assert wanted in str(error.value) and "\n" not in str(error.value)
    assert str(error.value).startswith(f"{study}, line ")


def test_a_page_does_not_leave_them_out(study):
    with pytest.raises(KringError, match="a page lives the field's tables as they are"):
        menu_of(study)


def test_they_are_shown():
    assert "finances_weight = 1 relative" in (shown := things()["field"].text())
    assert "How common it is" in shown and "source: E56" in shown
    with language("nl"):
        assert "financiën: hoe vaak" in things()["field"].text()
