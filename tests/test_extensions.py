"""Extensions: what is declared, where it stands, what it says when something is wrong."""

import pickle
from pathlib import Path

import pytest

from kring.extend import Extension, find, load, unload
from kring.simulation.beside import LOADED
from kring.simulation.ensemble import Ensemble
from kring.simulation.errors import KringError
from kring.simulation.extensions import own_rows
from kring.simulation.extensions.loading import installed
from kring.simulation.model import SupportNetworkModel
from kring.simulation.parameters import Parameters
from kring.simulation.policy import Policy
from kring.simulation.run import run_in, simulate
from kring.simulation.town import Town
from kring.testing import only

SHIPPED = Path(__file__).parents[1] / "docs" / "howto" / "extensions"
TOWN = Town.preset("class", clients=60)


def shipped(name: str) -> Extension:
    return find(str(SHIPPED / f"{name}.py"))


@pytest.fixture(scope="module", autouse=True)
def with_all_three():
    with only(*map(shipped, ("visitors", "budget", "unhelped"))):
        yield


def of_levers(**levers) -> Policy:
    return Policy.preset("wijkteam", **levers)


# What it does


def test_a_lever_of_an_extension_is_a_lever():
    assert of_levers(visitors_reach=0.3).visitors_reach == 0.3
    assert Policy().visitors_after == 8
    assert "visitors_reach" in Policy.quantities()
    assert Policy.likely("visitors_reach") == (0.01, 0.1)
    assert "budget_binds" in Parameters.quantities()
    with pytest.raises(KringError, match=r"visitors_reach = 3 .* from 0 to 1 share a week"):
        of_levers(visitors_reach=3)
    with pytest.raises(KringError, match="did you mean 'visitors_reach"):
        of_levers(visitors_reech=0.3)


def test_more_reach_leaves_fewer_alone():
    alone = [simulate(TOWN, of_levers(visitors_reach=r), 80).at("alone") for r in (0, 0.05, 0.5)]
    assert alone[0] > alone[1] > alone[2]


def test_who_is_paid_stays_the_longer_the_more_it_binds():
    def supporters(binds):
        strengths = Parameters().replace(budget_binds=binds)
        policy = of_levers(budget_share=1, budget_rate=0)
        return simulate(TOWN, policy, 104, parameters=strengths).at("supporters")

    nothing = simulate(TOWN, of_levers(), 104).at("supporters")
    assert supporters(0) == nothing < supporters(0.5) < supporters(1)


def test_what_is_paid_is_the_hours_of_the_paid_at_the_rate():
    cost = [simulate(TOWN, of_levers(budget_share=1, budget_rate=r), 60).at("cost")
            for r in (0, 10, 20)]  # fmt: skip
    assert cost[2] - cost[0] == pytest.approx(2 * (cost[1] - cost[0]))
    assert cost[1] > cost[0]


def test_what_clients_share_is_a_column_of_their_team():
    with only(shipped("buddies")):
        policy = of_levers(buddies_of_a_team=2)
        panel = simulate(TOWN, policy, 30, panel=["buddies_calls"]).panel
    calls = panel.groupby("week")["buddies_calls"].sum().diff()
    assert calls.max() == 2  # a week in which more wait has no more


def test_own_columns_outcomes_and_episodes_stand_in_the_tables():
    policy = of_levers(visitors_reach=0.3)
    result = simulate(TOWN, policy, 60, panel=["visitors_alone", "supporters"], keep=[10])
    last = result.panel.query("week == 60")
    assert (last["visitors_alone"].to_numpy() == result.clients["visitors_alone"]).all()
    assert ((last["supporters"] > 0) <= (last["visitors_alone"] == 0)).all()
    assert result.clients_at(10)["visitors_alone"].max() <= 10
    told = result.episodes.query("kind == 'visitors: visitor comes'")
    assert len(told) > 0
    assert (told["amount"] > policy.visitors_after).all()
    weeks = result.clients["unhelped_weeks"]
    counted = result.client_rows["stage"] > 0
    assert result.at("unhelped_weeks") == pytest.approx(weeks[counted].mean())
    assert result.weekly["unhelped_weeks"].iloc[-1] == result.at("unhelped_weeks")
    by_route = result.weekly_by_entrance.query("week == 60").set_index("entrance")
    assert by_route["unhelped_weeks"]["team"] == result.at("unhelped_weeks", entrance="team")
    assert result.units["unhelped_weeks"] == "weeks"
    assert "unhelped_weeks" in set(result.columns["column"])


def test_an_outcome_of_a_cohort_is_that_of_its_members():
    result = simulate(Town.preset("class"), of_levers(), 104, cohorts=[(1, 52)])
    rows = result.cohorts[1, 52]
    there = rows[rows["left_week"] < 0]
    expected = there["unhelped_weeks"].mean()
    assert result.of_cohort("unhelped_weeks", 1, 52) == pytest.approx(expected)


def test_a_policy_that_begins_later_takes_its_own_levers_along():
    late = simulate(TOWN, of_levers(visitors_reach=1), 60, today="wijkteam", from_week=31)
    came = late.episodes.query("kind == 'visitors: visitor comes'")["week"]
    assert len(came) > 0
    assert came.min() >= 30
    slow = of_levers().toward(of_levers(visitors_reach=1), share=0.25)
    assert slow.visitors_reach == pytest.approx(0.25)


def test_a_run_with_extensions_is_saved_and_goes_on():
    policy = of_levers(visitors_reach=0.3)
    state = pickle.loads(pickle.dumps(run_in(TOWN, policy, 60).at(30)))
    on, whole = simulate(state, policy, 60), simulate(TOWN, policy, 60)
    assert on.sums.tobytes() == whole.sums.tobytes()
    assert (on.client_rows["visitors_alone"] == whole.client_rows["visitors_alone"]).all()
    saved = pickle.dumps(state)
    unload("budget")
    with pytest.raises(KringError, match="saved with the extension 'budget': load that first"):
        pickle.loads(saved)
    load(shipped("budget"))


def test_a_handle_has_the_columns_of_extensions():
    model = SupportNetworkModel(TOWN, of_levers(visitors_reach=0.3), seed=1)
    for _ in range(12):
        model.step()
    alone = model.result().clients["visitors_alone"]
    assert [client.visitors_alone for client in model.clients] == alone.tolist()
    client = model.clients[0]
    client.visitors_alone = 5
    assert client.visitors_alone == 5
    assert client.describe().loc["visitors_alone", ["value", "unit"]].tolist() == [5, "weeks"]
    with pytest.raises(AttributeError, match="visitors_alones"):
        client.visitors_alones = 5


def test_the_order_of_loading_decides_nothing():
    policy = {"visitors_reach": 0.3, "budget_share": 0.5}
    one = simulate(TOWN, of_levers(**policy), 60)
    with only(*map(shipped, ("unhelped", "budget", "visitors"))):
        other = simulate(TOWN, of_levers(**policy), 60)
    assert one.sums.tobytes() == other.sums.tobytes()
    assert one.episode_rows.tobytes() == other.episode_rows.tobytes()


def test_sets_of_an_ensemble_take_a_strength_from_where_it_is_likely():
    ensemble = Ensemble.load("ensemble")
    found = [ensemble.at(number)[0].budget_binds for number in ensemble.some(20)]
    low, high = Parameters.likely("budget_binds")
    assert low <= min(found) < low + 0.2 * (high - low)
    assert high >= max(found) > high - 0.2 * (high - low)
    assert found == [ensemble.at(number)[0].budget_binds for number in ensemble.some(20)]


def test_what_is_unloaded_is_gone():
    unload("visitors")
    with pytest.raises(KringError, match="visitors_reach"):
        of_levers(visitors_reach=0.3)
    result = simulate(TOWN, "wijkteam", 20)
    assert "visitors_alone" not in result.clients
    load(shipped("visitors"))
    assert of_levers(visitors_reach=0.3).visitors_reach == 0.3


def test_a_result_is_read_by_what_took_part_in_it():
    result = simulate(TOWN, of_levers(visitors_reach=0.3), 60, cohorts=[(1, 4)])
    kept = pickle.dumps(result)
    at = result.of_cohort("unhelped_weeks", 1, 4)
    told = result.episodes, result.clients, result.columns, result.weekly.attrs, at
    another = Extension("another")  # by name before the others
    another.episode("speaks", amount="x")
    another.column("client", "x", "whole", about="x")
    another.outcome("x", column="x", unit="x", en="x", nl="x")
    for at_the_time in ((), (another, shipped("visitors"))):
        with only(*at_the_time):
            read = pickle.loads(kept)
            assert read.episodes.equals(told[0])
            assert read.clients.equals(told[1])
            assert read.columns.equals(told[2])
            assert read.weekly.attrs == told[3]
            assert read.of_cohort("unhelped_weeks", 1, 4) == at


def test_a_lever_to_which_nothing_listens_is_refused():
    policy = of_levers(visitors_reach=0.3)  # as another process gets it
    strengths = Parameters().replace(budget_binds=0.9)
    with only(shipped("visitors")):
        with pytest.raises(KringError, match="policy has 'budget_rate', of the extension 'budget'"):
            simulate(TOWN, policy, 4)
        with pytest.raises(KringError, match="set has 'budget_binds', of the extension 'budget'"):
            simulate(TOWN, "wijkteam", 4, parameters=strengths)
        with pytest.raises(KringError, match="of the extension 'budget', which isn't loaded"):
            of_levers(budget_share=0.1)


def test_of_which_extension_it_is_tells_its_name_where_it_was_never_loaded(monkeypatch):
    policy = of_levers(visitors_reach=0.3)
    monkeypatch.setattr(own_rows, "DECLARED", {})  # as another process, that gets it, has them
    with only(shipped("budget")), pytest.raises(KringError, match="of the extension 'visitors'"):
        simulate(TOWN, policy, 4)


def test_a_behaviour_calls_a_helper_of_ones_own(tmp_path):
    file = tmp_path / "coffee.py"
    file.write_text(
        "from kring.extend import *\n\ncoffee = Extension('coffee')\n"
        "coffee.column('client', 'cups', 'whole', unit='cups', about='cups so far')\n\n\n"
        "@helper\ndef is_morning(client, week):\n    return is_turn_of(client.id, week, 4)\n\n\n"
        "@coffee.behaviour(after='the neighbourhood meets')\n"
        "def drinks(client, own, week):\n"
        "    if is_morning(client, week):\n        own.cups += 1\n"
    )
    with only(find(str(file))):
        assert (simulate(TOWN, "wijkteam", 40).clients["coffee_cups"] == 10).all()


# Where it is found


def test_an_extension_is_found_by_file_and_once(tmp_path):
    assert shipped("visitors") is shipped("visitors")
    with pytest.raises(KringError, match=r"no file nowhere\.py"):
        find("nowhere.py")
    with pytest.raises(KringError, match="no extension 'visiters' is installed"):
        find("visiters")
    assert installed() == []
    bad = tmp_path / "bad.py"
    bad.write_text("x = 1\n\ny = x.z\n")
    with pytest.raises(KringError, match=r"bad\.py, line 3: AttributeError"):
        find(str(bad))
    bad = tmp_path / "none.py"
    bad.write_text("x = 1\n")
    with pytest.raises(KringError, match=r"none\.py makes no extensions"):
        find(str(bad))


def test_an_installed_package_names_its_extension(tmp_path, monkeypatch):
    (tmp_path / "with_visitors.py").write_text(
        "from kring.extend import Extension\nwelcome = Extension('welcome', version='2')\n"
    )
    about = tmp_path / "with_visitors-1.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: with-visitors\nVersion: 1\n")
    (about / "entry_points.txt").write_text("[kring.extensions]\nwelcome = with_visitors:welcome\n")
    monkeypatch.syspath_prepend(tmp_path)
    assert installed() == ["welcome"]
    assert find("welcome").version == "2"


# What it says when something is wrong


def wrong(source: str, tmp_path: Path, **declared) -> str:
    """What is said of an extension with this behaviour, in one line."""
    file = tmp_path / f"wrong{abs(hash(source))}.py"
    head = "from kring.extend import Extension, uniform\n\nwrong = Extension('wrong')\n"
    file.write_text(head + source)
    with pytest.raises(KringError) as error:
        extension = find(str(file))
        with only(extension):
            simulate(TOWN, "wijkteam", 4)
    assert "\n" not in str(error.value)
    return str(error.value)


BEHAVIOUR = "@wrong.behaviour(after='supporters reconsider')\ndef f({}):\n    {}\n"


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (BEHAVIOUR.format("clinet", "pass"), "wrong.f asks for 'clinet'; did you mean 'client"),
        (BEHAVIOUR.format("client", "client.suporters += 1"), "client has no 'suporters'; did you"),
        (BEHAVIOUR.format("own", "own.weeks += 1"), "wrong.f asks for own, and wrong has none"),
        (BEHAVIOUR.format("levers", "pass"), "wrong.f asks for levers, and wrong has none"),
        (BEHAVIOUR.format("chance", "pass"), "wrong.f asks for 'chance'"),
        (BEHAVIOUR.format("client", "client.supporters = nothing"), "nothing is not defined"),
        ("def g(x):\n    return x\n\n" + BEHAVIOUR.format("client", "g(client.id)"),
         "g is plain Python: decorate it with @helper"),
        (BEHAVIOUR.format("client", "client.supporters = 'many'"), "'many' is a text"),
        (BEHAVIOUR.replace("supporters reconsider", "suporters help").format("client", "pass"),
         "no phase 'suporters help' in the week; did you mean 'supporters help"),
        ("@wrong.modifies('chance_to_stay')\ndef f(chance):\n    return chance\n",
         "no chance 'chance_to_stay'; did you mean 'chance_to_stop'"),
        ("wrong.lever('x', 0.0, does='x', nl='x', unit='x', low=0, high=1)\n",
         "wrong: x is declared without source="),
        ("wrong.lever('x', 2.0, does='x', nl='x', unit='x', low=0, high=1, source='x')\n",
         "wrong: x = 2.0 by default lies outside 0 to 1"),
        ("wrong.column('clients', 'x', 'whole', about='x')\n", "did you mean 'client"),
        ("wrong.column('client', 'x', 'integer', about='x')\n", "kind 'integer'"),
        ("wrong.outcome('x', column='y', unit='x', en='x', nl='x')\n",
         "a client has no column 'y' of its own"),
        ("wrong.episode('two words', amount='x')\n", "'two words' is no name"),
        ("Extension('two words')\n", "an extension's name is one word"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_in_a_line(source, said, tmp_path):
    assert said in wrong(source, tmp_path)


def test_more_episodes_than_there_is_room_for_are_refused(tmp_path):
    file = tmp_path / "chatty.py"
    file.write_text(
        "from kring.extend import Extension, happened\n\nchatty = Extension('chatty')\n"
        "chatty.episode('talks', amount='number')\n\n\n"
        "@chatty.behaviour(after='supporters reconsider')\n"
        "def f(world, week, client_row, codes):\n"
        "    for number in range(3000):\n"
        "        happened(world, week, client_row, codes.talks, number)\n"
    )
    chatty = find(str(file))
    with only(chatty), pytest.raises(KringError, match="chatty tells more than 24 episodes"):
        simulate(TOWN, "wijkteam", 8)


def test_a_quantity_that_there_is_already_cannot_be_declared_again():
    other = Extension("multi")  # multi_problem_threshold is Kring's
    other.lever("problem_threshold", 4.0, does="x", nl="x", unit="x", low=0, high=9, source="x")
    with pytest.raises(KringError, match="multi_problem_threshold' of a policy already"):
        other.load()
    assert "multi" not in LOADED
