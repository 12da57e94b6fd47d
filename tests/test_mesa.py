import gc
import inspect
import subprocess
import sys
import weakref

import mesa
import numpy as np
import pandas as pd
import pytest

from kring.simulation.agents import Client, Professional
from kring.simulation.errors import KringError
from kring.simulation.model import SupportNetworkModel
from kring.simulation.outcomes import NAMES
from kring.simulation.policy import Policy
from kring.simulation.rows import GUIDED
from kring.simulation.run import simulate
from kring.simulation.town import Town
from tests.helpers import differing

CLASS = Town.preset("class")
WEEKS = 40


def batch_run(parameters, **more):
    with pytest.MonkeyPatch.context() as patch:
        # Mesa sets how processes start for the whole of Python; that is not for a test to change.
        patch.setattr("multiprocessing.set_start_method", lambda *_, **__: None)
        rows = mesa.batch_run(SupportNetworkModel, parameters, display_progress=False, **more)
    return pd.DataFrame(rows)


# The model


def test_weeks_one_by_one_are_the_weeks_of_simulate():
    model = SupportNetworkModel("class", "eigen_kracht", weeks=WEEKS, seed=3)
    model.run_model()
    expected = simulate(CLASS, Policy.preset("eigen_kracht"), weeks=WEEKS, seed=3)
    result = model.result()
    assert model.week == WEEKS
    assert differing(result.client_rows, expected.client_rows) == []
    assert differing(result.episode_rows, expected.episode_rows) == []
    pd.testing.assert_frame_equal(result.weekly, expected.weekly, check_exact=True)
    np.testing.assert_array_equal(result.spread, expected.spread)
    collected = model.datacollector.get_model_vars_dataframe()
    pd.testing.assert_frame_equal(
        collected[["week", *NAMES]], expected.weekly, check_exact=True, check_dtype=False
    )


def test_a_policy_for_each_entrance_and_levers():
    by_entrance = {"team": "wijkteam", "conference": Policy.preset("eigen_kracht")}
    model = SupportNetworkModel(
        "class", by_entrance, weeks=10, clients=60, seed=2, closing_adult=13
    )
    model.run_model()
    policies = {
        "team": Policy.preset("wijkteam", closing_adult=13),
        "conference": Policy.preset("eigen_kracht", closing_adult=13),
    }
    expected = simulate(CLASS.replace(clients=60), policies, weeks=10, seed=2)
    assert differing(model.result().client_rows, expected.client_rows) == []


def test_it_stops_itself_and_can_go_on():
    model = SupportNetworkModel("class", weeks=3, seed=1)
    model.run_model()
    assert (model.week, model.running) == (3, False)
    model.step()
    model.step()
    assert (model.week, model.running) == (5, False)
    expected = simulate(CLASS, Policy(), weeks=5, seed=1)
    pd.testing.assert_frame_equal(model.result().weekly, expected.weekly, check_exact=True)


def test_a_result_stays_what_it_was():
    model = SupportNetworkModel("class", weeks=20, seed=1)
    model.step()
    early = model.result()
    before = early.client_rows.copy()
    model.run_model()
    assert early.weeks == 1
    assert differing(early.client_rows, before) == []


def test_every_keyword_has_a_default():
    for parameter in inspect.signature(SupportNetworkModel).parameters.values():
        assert parameter.default is not parameter.empty or parameter.kind is parameter.VAR_KEYWORD


def test_outcomes_before_anybody_entered():
    model = SupportNetworkModel("class", seed=1)
    assert model.outcomes["entered"] == 0
    assert np.isnan(model.outcomes["problems"])
    empty = SupportNetworkModel("class", clients=0, weeks=2, seed=1)
    empty.run_model()
    assert empty.outcomes["entered"] == 0
    assert len(empty.agents) == 0


def test_decisions_do_not_draw_from_the_random_numbers_of_mesa(model):
    twin = SupportNetworkModel("class", "eigen_kracht", weeks=WEEKS, seed=3)
    twin.random.seed(99)
    twin.rng = np.random.default_rng(99)
    before = twin.random.getstate(), twin.rng.bit_generator.state
    for _ in range(26):
        twin.step()
    assert (twin.random.getstate(), twin.rng.bit_generator.state) == before
    assert differing(twin.world.clients, model.world.clients) == []


@pytest.mark.parametrize("seed", [5, np.int64(5)])
def test_seed_and_rng_are_the_same(seed):
    one, other = SupportNetworkModel(seed=seed), SupportNetworkModel(rng=seed)
    assert one.seed == other.seed == 5
    assert differing(one.world.clients, other.world.clients) == []


def test_without_a_seed_the_new_one_can_be_used_again():
    one = SupportNetworkModel()
    assert SupportNetworkModel().seed != one.seed
    again = SupportNetworkModel(seed=one.seed)
    assert differing(again.world.clients, one.world.clients) == []


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"town": "roterdam"}, "rotterdam"),
        ({"policy": "wijktem"}, "wijkteam"),
        ({"parameters": "fited"}, "fitted"),
        ({"mobilization_hours": 3}, "mobilisation_hours"),
        ({"policy": ("mobilisation_hours", 2.5)}, "in a list"),
        ({"policy": {"team": "wijkteam"}}, "conference"),
        ({"weeks": 0}, "weeks"),
        ({"seed": -1}, "seed"),
        ({"seed": 1, "rng": 1}, "not both"),
    ],
)
def test_what_cannot_be_run_is_told_in_one_line(wrong, message):
    with pytest.raises(KringError, match=message) as caught:
        SupportNetworkModel(**wrong)
    assert "\n" not in str(caught.value)


# batch_run, whose steps differ between releases of Mesa


def test_batch_run_gives_the_results_of_simulate():
    rows = batch_run(
        {"town": "class", "policy": ["wijkteam", "eigen_kracht"], "weeks": 12, "rng": [1, 2]}
    )
    assert len(rows) == 4
    for _, row in rows.iterrows():
        expected = simulate(CLASS, Policy.preset(row.policy), weeks=12, seed=row.seed)
        assert row.week == 12
        assert row[list(NAMES)].tolist() == expected.weekly.iloc[-1][list(NAMES)].tolist()
    assert sorted(rows.seed) == [1, 1, 2, 2]


def test_batch_run_in_every_week():
    rows = batch_run({"weeks": 12, "rng": 4}, data_collection_period=1)
    expected = simulate(CLASS, Policy(), weeks=12, seed=4).weekly
    pd.testing.assert_frame_equal(
        rows[["week", *NAMES]], expected, check_exact=True, check_dtype=False
    )


def test_batch_run_cut_short_tells_which_week_it_reached():
    (row,) = batch_run({"weeks": 50, "rng": 4}, max_steps=8).to_dict("records")
    expected = simulate(CLASS, Policy(), weeks=row["week"], seed=4).weekly.iloc[-1]
    assert row["week"] in (8, 9)  # Mesa 3.3 takes one step more
    assert row["severity"] == expected.severity


def test_batch_run_without_seeds_meets_different_people():
    more = {"rng": [None] * 2} if "rng" in inspect.signature(mesa.batch_run).parameters else None
    rows = batch_run({"weeks": 2}, **(more or {"iterations": 2}))
    assert rows.seed.nunique() == 2


# Mesa's sets of agents


def test_select_agg_groupby_get_set_and_do(model):
    clients = model.agents_by_type[Client]
    rows = model.world.clients
    assert clients.agg("severity", sum) == rows.severity.sum()
    assert clients.agg("cost", np.mean) == pytest.approx(rows.cost.mean())
    heavy = clients.select(lambda client: client.problems > 4)
    assert len(heavy) == (rows.problems > 4).sum()
    by_stage = clients.groupby("stage").count()
    assert by_stage["guided"] == (rows.stage == GUIDED).sum()
    assert clients.get("age") == rows.age.tolist()
    assert len(model.agents.select(agent_type=Professional)) == len(model.world.professionals)
    model.agents_by_type[Professional].set("hours", 10.0)
    assert (model.world.professionals.hours == 10).all()
    model.agents_by_type[Professional].do("shares_out_hours")
    chances = heavy.map(lambda c: [m.chance_to_say_yes(c) for m in c.members])
    assert all(0 < chance < 1 for some in chances for chance in some)


def test_data_by_agent_type():
    model = SupportNetworkModel("class", clients=20, weeks=3, seed=1)
    model.datacollector = mesa.DataCollector(
        model_reporters={"week": "week"}, agenttype_reporters={Client: {"severity": "severity"}}
    )
    model.run_model()
    table = model.datacollector.get_agenttype_vars_dataframe(Client)
    assert len(table) == 60
    assert table.loc[3].severity.sum() == model.world.clients.severity.sum()


def test_a_removed_handle_leaves_the_person_in_town(model):
    client = model.clients[0]
    client.remove()
    assert client not in model.agents
    assert len(model.agents_by_type[Client]) == len(model.world.clients) - 1


def test_a_model_that_nobody_holds_is_forgotten():
    model = SupportNetworkModel("class", clients=10, weeks=2, seed=1)
    model.run_model()
    assert len(model.agents) > 0
    gone = weakref.ref(model)
    del model
    gc.collect()
    assert gone() is None


def test_a_sweep_does_not_import_mesa():
    code = "import sys, kring.simulation.run; sys.exit('mesa' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
