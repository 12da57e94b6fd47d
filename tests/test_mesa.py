import gc
import inspect
import subprocess
import sys
import weakref

import mesa
import numpy as np
import pandas as pd
import pytest

from simulation.agents import Client, NetworkMember, Person, Professional
from simulation.behaviour import client as a_client
from simulation.behaviour import member as a_member
from simulation.behaviour import professional as a_professional
from simulation.errors import KringError
from simulation.model import SupportNetworkModel
from simulation.outcomes import NAMES
from simulation.parameters import Parameters
from simulation.policy import Policy
from simulation.rows import CLIENT, CLOSED, GUIDED, MEMBER, PROFESSIONAL, TIE
from simulation.run import simulate
from simulation.town import Town

CLASS = Town.preset("class")
WEEKS = 40


@pytest.fixture
def model():
    """A class of clients, half a year on its way."""
    model = SupportNetworkModel("class", "eigen_kracht", weeks=WEEKS, seed=3)
    for _ in range(26):
        model.step()
    return model


@pytest.fixture
def client(model):
    """A client with two supporters or more."""
    return next(client for client in model.clients if client.supporters > 1)


def same(one, other):
    """Bitwise, column by column: the bytes between the columns of a row mean nothing."""
    return all(one[name].tobytes() == other[name].tobytes() for name in one.dtype.names)


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
    assert same(result.client_rows, expected.client_rows)
    assert same(result.episode_rows, expected.episode_rows)
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
    assert same(model.result().client_rows, expected.client_rows)


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
    assert same(early.client_rows, before)


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
    assert same(twin.world.clients, model.world.clients)


@pytest.mark.parametrize("seed", [5, np.int64(5)])
def test_seed_and_rng_are_the_same(seed):
    one, other = SupportNetworkModel(seed=seed), SupportNetworkModel(rng=seed)
    assert one.seed == other.seed == 5
    assert same(one.world.clients, other.world.clients)


def test_without_a_seed_the_new_one_can_be_used_again():
    one = SupportNetworkModel()
    assert SupportNetworkModel().seed != one.seed
    again = SupportNetworkModel(seed=one.seed)
    assert same(again.world.clients, one.world.clients)


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


# Handles


def test_a_run_that_nobody_looks_into_makes_no_handles(monkeypatch):
    def refuse(*_):
        raise AssertionError("a handle was made")

    monkeypatch.setattr(mesa.Agent, "__init__", refuse)
    model = SupportNetworkModel("class", weeks=4, seed=1)
    model.run_model()
    model.result()
    with pytest.raises(AssertionError):
        _ = model.agents


def test_handles_are_made_once_and_registered(model):
    n = {
        Client: len(model.world.clients),
        NetworkMember: len(model.world.members),
        Professional: len(model.world.professionals),
    }
    assert set(model.agent_types) == set(n)
    assert {kind: len(agents) for kind, agents in model.agents_by_type.items()} == n
    assert len(model.agents) == sum(n.values())
    assert len({agent.unique_id for agent in model.agents}) == sum(n.values())
    assert model.clients[7] is model.clients[7]
    assert [client.id for client in model.clients] == list(model.world.clients.id)


def test_looking_changes_nothing(model):
    before = model.world.clients.copy()
    for agent in model.agents:
        agent.describe()
        repr(agent)
    assert same(model.world.clients, before)


@pytest.mark.parametrize(
    ("handles", "columns"),
    [("clients", CLIENT), ("members", MEMBER), ("professionals", PROFESSIONAL)],
)
def test_every_column_can_be_read_and_described(model, handles, columns):
    handle = getattr(model, handles)[0]
    described = handle.describe()
    assert list(described.index) == [name for name, *_ in columns]
    for name, _, unit, about in columns:
        assert described.unit[name] == unit
        assert described.about[name] == about
        getattr(handle, name)


def test_a_handle_reads_and_writes_the_row(client, model):
    row = model.world.clients[client.number]
    assert client.age == row.age
    assert isinstance(client.age, int)
    client.age = 44
    assert model.world.clients.age[client.number] == 44
    row.cost = 12.5
    assert client.cost == 12.5
    client.low_education = True
    assert row.low_education
    member = client.members[0]
    member.spare_hours = 9
    assert model.world.members.spare_hours[member.number] == 9
    tie = client.tie_with(member)
    tie.closeness = 0.5
    assert model.world.ties.closeness[tie.number] == 0.5


def test_what_is_written_counts_in_the_weeks_that_follow(model):
    worker = model.professionals[0]
    worker.hours = 0.0
    model.step()
    assert worker.given == 0.0
    twin = SupportNetworkModel("class", "eigen_kracht", weeks=WEEKS, seed=3)
    for _ in range(27):
        twin.step()
    assert not same(twin.world.clients, model.world.clients)


def test_codes_are_words(client):
    assert client.stage == "guided"
    assert client.plan in ("worker", "network")
    client.stage = "closed"
    assert client.row.stage == CLOSED
    with pytest.raises(KringError, match="guided"):
        client.stage = "guidd"
    assert client.caseworker.role == "team worker"
    client.coordinator = client.caseworker
    assert client.row.coordinator == client.caseworker.number
    client.coordinator = None
    assert client.row.coordinator == -1
    assert client.coordinator is None
    for discipline, helper in client.helpers.items():
        assert helper.discipline == discipline


def test_levels_by_domain_keep_the_counts(client):
    assert sum(client.level.values()) == client.severity
    free = next(domain for domain, level in client.level.items() if level == 0)
    problems, severity = client.problems, client.severity
    client.level[free] = 3
    assert client.level[free] == 3
    assert (client.problems, client.severity) == (problems + 1, severity + 3)
    assert client.had[free] == 1
    client.level[free] = 0
    assert (client.problems, client.severity) == (problems, severity)
    with pytest.raises(KringError, match="finances"):
        client.level["finance"] = 1
    with pytest.raises(KringError, match=r"takes 0 \(none\) to 4"):
        client.level["finances"] = 5


def test_an_unknown_column_names_the_nearest(client):
    with pytest.raises(AttributeError, match="did you mean 'supporters'"):
        _ = client.suporters
    with pytest.raises(AttributeError, match="did you mean 'supporters'"):
        client.suporters = 3
    with pytest.raises(AttributeError, match="did you mean 'spare_hours'"):
        _ = client.members[0].spare_hour


def test_no_column_is_hidden():
    for columns in (CLIENT, TIE, MEMBER, PROFESSIONAL):
        assert not {name for name, *_ in columns} & set(dir(Person))


# Verbs


def test_verbs_are_the_behaviour_itself(client, model):
    world = model.world
    given = world.given[0]
    p, kinds, seed, week = given.parameters, given.kinds, given.seed, model.week
    c = client.row
    policy = world.policies[c.policy]
    for member in client.members:
        tie, m = client.tie_with(member).row, member.row
        expected = a_member.chance_to_say_yes(tie, m, c, kinds, p)
        assert member.chance_to_say_yes(client) == expected
        assert member.says_yes(client) == a_member.says_yes(tie, m, c, kinds, p, seed)
        assert member.comes(client, True) == a_member.comes(tie, True, p, seed)
        expected = a_member.chance_to_stop(tie, m, c, c.supporting, kinds, p)
        assert member.chance_to_stop(client) == expected
        expected = a_member.stops(tie, m, c, c.supporting, kinds, p, seed, week)
        assert member.stops(client=client) == expected
        assert client.asks(member) == a_client.asks(c, tie, kinds, p, seed)
        assert client.finds(member, 30.0) == a_client.finds(tie, 30.0, p, seed)
    worker = client.caseworker
    expected = a_professional.proposes_network(worker.row, c, policy, p, seed)
    assert worker.proposes_network(client) == expected
    assert client.accepts() == a_client.accepts(c, policy, seed)


def test_verbs_tell_what_the_coming_week_brings():
    model = SupportNetworkModel(Town.preset("class", client_hours=6), "wijkteam", seed=3)
    asked = 0
    for _ in range(30):
        told = {
            tie: client.asks(tie.member) and tie.member.says_yes(client)
            for client in model.clients
            if client.stage == "waiting"
            for tie in client.ties
        }
        model.step()
        for tie, yes in told.items():
            client = tie.client
            if client.plan_week == model.week - 1 and tie.state in ("mapped", "asked"):
                asked += 1
                assert not yes
            if client.plan_week == model.week - 1 and tie.state == "supporting":
                asked += 1
                assert yes
    assert asked > 20


def test_a_professional_shares_out_hours(model):
    worker = model.professionals[0]
    worker.wanted_talk = worker.hours / 2
    worker.wanted_guidance = worker.hours
    worker.shares_out_hours()
    assert (worker.share_talk, worker.share_guidance) == (1.0, 0.5)
    assert worker.given == worker.hours


def test_a_verb_says_what_it_takes(client, model):
    assert "chance" in NetworkMember.chance_to_say_yes.__doc__.lower()
    assert list(inspect.signature(client.finds).parameters) == ["member", "hours"]
    with pytest.raises(TypeError, match="client"):
        client.members[0].says_yes()
    with pytest.raises(TypeError, match="takes a handle of a client"):
        client.members[0].says_yes(model.professionals[0])
    with pytest.raises(KringError, match="finances"):
        client.rate_of_coming("finance")
    stranger = next(m for m in model.members if m.ties[0].client is not client)
    with pytest.raises(KringError, match="does not belong"):
        stranger.says_yes(client)


def test_ties_lead_to_both_ends(model):
    for client in model.clients:
        for tie in client.ties:
            assert tie.client is client
            assert tie.number in [t.number for t in tie.member.ties]


def test_one_client_is_followed_in_a_lesson():
    model = SupportNetworkModel(
        CLASS.replace(clients=1, network=3, network_spread=0, shared_members=0),
        "wijkteam",
        Parameters().replace(need_repels=0),
        seed=1,
    )
    (client,) = model.clients
    assert len(client.ties) == 3
    assert client.members == []
    assert client.stage == "not yet entered"
    found = []
    for hours in (0.0, 2.5, 30.0, 1000.0):
        client.names_network(hours)
        found.append(client.mapped)
        assert len(client.members) == client.mapped
    assert found == sorted(found)
    answers = {member: client.puts_question_to(member) for member in client.members}
    assert client.supporters == sum(answers.values())
    for member, yes in answers.items():
        assert yes == member.says_yes(client)
        with pytest.raises(KringError, match="only a mapped member"):
            client.puts_question_to(member)
    client.is_helped()
    assert client.hours_network == pytest.approx(sum(tie.hours for tie in client.ties))
    while client.stage == "not yet entered":
        model.step()
    model.step()
    assert "entry" in set(client.episodes.kind)


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
    code = "import sys, simulation.run; sys.exit('mesa' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
