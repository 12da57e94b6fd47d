"""Bad input is refused in one line that names what is right."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.simulation.comparison import compare
from kring.simulation.errors import KringError, nearest
from kring.simulation.parameters import Parameters
from kring.simulation.policy import Policy
from kring.simulation.rows import CLOSED, GUIDED
from kring.simulation.run import simulate
from kring.simulation.town import Town
from tests.helpers import ROUTES, TEAM, TOWN, differences


@given(st.sampled_from(sorted(Policy.quantities())), st.data())
def test_a_lever_out_of_its_range_is_refused_with_the_range(lever, data):
    note = Policy.note(lever)
    outside = st.one_of(
        st.floats(max_value=note["low"], exclude_max=True),
        st.floats(min_value=note["high"], exclude_min=True),
        st.just(float("nan")),
    )
    with pytest.raises(KringError, match=f"^{lever} = .* takes a number from [^\n]*$"):
        TEAM.replace(**{lever: data.draw(outside)})


@pytest.mark.parametrize("kind", [Policy, Town, Parameters])
def test_a_name_with_a_slip_is_refused_with_the_nearest(kind):
    for name in kind.quantities():
        slip = name[:-1] + "x"
        with pytest.raises(KringError, match=f"did you mean '{name}'"):
            kind(**{slip: kind.note(name)["low"]})


@pytest.mark.parametrize(
    ("kind", "name", "told"),
    [
        (Policy, "asking_barrier", "it is of a parameter set"),
        (Parameters, "offer", "it is of a policy"),
        (Policy, "clients", "it is of a town"),
        (Policy, "zzzz", "kring show wijkteam tells what there is"),
    ],
)
def test_a_name_of_another_kind_is_told_where_it_stands(kind, name, told):
    with pytest.raises(KringError, match=told):
        kind(**{name: 1})


@pytest.mark.parametrize(
    ("name", "known", "told"),
    [
        ("policy", ["pieces", "policies"], "did you mean 'policies'?"),
        ("nou", ["now", "network first"], "did you mean 'now'?"),
        ("lhs", ["grid", "list"], "choose from: grid, list"),
        ("inhabitants", ["clients", "hesitant"], "choose from: clients, hesitant"),
        ("oldest first", ["first come", "youth first"], "choose from: first come, youth first"),
        ("hours", ["offer", "talk_hours"], "did you mean 'talk_hours'?"),
        ("hours", ["spare_hours", "talk_hours"], "did you mean 'spare_hours' or 'talk_hours'?"),
        ("Hypercube", ["grid", "latin hypercube"], "did you mean 'latin hypercube'?"),
        ("", ["now", "ten hours (all)"], "choose from: now, ten hours (all)"),
        ("per_team", ["offer", "buddies_per_team"], "did you mean 'buddies_per_team'?"),
    ],
)
def test_only_what_is_near_is_named_else_all_there_is(name, known, told):
    assert nearest(name, known) == told


def test_of_very_many_names_those_are_told_that_are_least_unlike():
    told = nearest("worker", [f"{n} days" for n in range(40)] + ["wonder"])
    assert told.startswith("choose from 41, such as: wonder, ")
    assert told.count(",") == 8


CHOICES = [name for name in Policy.declared() if "options" in Policy.note(name)]
ORDERS = [name for name in Policy.declared() if "of" in Policy.note(name)]


def test_there_are_choices_and_orders():
    assert set(CHOICES) == {"queue_order", "reciprocity"}
    assert ORDERS == ["work_order"]


@pytest.mark.parametrize("lever", CHOICES)
def test_a_choice_takes_its_options_and_refuses_a_slip_with_the_nearest(lever):
    for word in Policy.note(lever)["options"]:
        assert getattr(TEAM.replace(**{lever: word}), lever) == word
        with pytest.raises(KringError) as refused:
            TEAM.replace(**{lever: word[:-1]})
        told = f"{lever}: no {word[:-1]!r}; did you mean {word!r}"
        assert str(refused.value).startswith(told)
        assert "\n" not in str(refused.value)


@pytest.mark.parametrize("lever", CHOICES + ORDERS)
@pytest.mark.parametrize("wrong", [1, None, True, ("none",), "", "zzzz"], ids=repr)
def test_what_is_no_word_of_a_choice_or_an_order_is_refused_in_one_line(lever, wrong):
    with pytest.raises(KringError, match=lever) as refused:
        TEAM.replace(**{lever: wrong})
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("lever", ORDERS)
@given(data=st.data())
def test_an_order_takes_each_word_once(lever, data):
    words = Policy.note(lever)["of"]
    order = data.draw(st.permutations(words))
    told = getattr(TEAM.replace(**{lever: ">".join(order)}), lever)  # with or without spaces
    assert told == " > ".join(order)
    place = data.draw(st.integers(0, len(order) - 1))
    without = order[:place] + order[place + 1 :]
    slip = [*without, order[place][:-1]]
    for wrong in (without, [*order, order[place]], slip):
        with pytest.raises(KringError, match=f"^{lever} .*once: {' > '.join(words)}$"):
            TEAM.replace(**{lever: " > ".join(wrong)})


@pytest.mark.parametrize("lever", Policy.declared())
def test_the_neutral_value_of_a_lever_is_one_it_can_have(lever):
    neutral = Policy.neutral(lever)
    assert getattr(TEAM.replace(**{lever: neutral}), lever) == neutral


def test_a_policy_with_all_levers_neutral_can_be_run():
    neutral = Policy(**{lever: Policy.neutral(lever) for lever in Policy.declared()})
    rows = simulate(TOWN.replace(conference_share=0), neutral, 60).client_rows
    assert (rows["stage"] == GUIDED).any()
    for nothing in ("hours_mapped", "at_agency", "in_group", "found_early", "self_reliance_asked"):
        assert not rows[nothing].any(), nothing
    closed = rows[rows["stage"] == CLOSED]  # the norm is ten years: only what ends of itself
    assert len(closed) < len(rows) / 2


def test_a_policy_that_contradicts_itself_is_refused_in_one_line():
    TEAM.replace(input_steering=0.6, outcome_steering=0.4)
    with pytest.raises(KringError, match="input_steering and outcome_steering") as refused:
        TEAM.replace(input_steering=0.6, outcome_steering=0.5)
    assert "\n" not in str(refused.value)


def test_an_unknown_preset_is_refused_with_the_nearest():
    with pytest.raises(KringError, match="did you mean 'wijkteam'"):
        Policy.preset("wijkteem")
    with pytest.raises(KringError, match="choose from: fitted"):
        Parameters.preset("zzzz")
    with pytest.raises(KringError, match="M5"):
        Parameters().without("M55")


@pytest.mark.parametrize("settings_of", [Policy(), Town(), Parameters()])
def test_settings_cannot_be_changed_after_they_are_made(settings_of):
    name = settings_of.quantities()[0]
    with pytest.raises(KringError, match=rf"stays as it is: replace\({name}="):
        setattr(settings_of, name, 1)


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        ({"weeks": 0}, "weeks = 0"),
        ({"weeks": 5201}, "from 1 to 5200"),
        ({"weeks": 2.5}, "whole number"),
        ({"weeks": True}, "weeks = True"),
        ({"seed": -1}, "seed = -1"),
        ({"seed": 1.5}, "whole number"),
        ({"threads": 0}, "threads = 0"),
        ({"teams": {99: TEAM}}, "teams are 0 to 2"),
        ({"policy": {"team": TEAM}}, "nothing of clients who enter by 'conference'"),
        ({"policy": ROUTES | {"conferense": TEAM}}, "did you mean 'conference'"),
        ({"policy": "wijkteem"}, "did you mean 'wijkteam'"),
        ({"policy": None}, "None is no policy: give a name or a Policy"),
        ({"policy": {"team": TEAM, "conference": 3}}, "3 is no policy"),
        ({"teams": {1: "wijkteem"}}, "did you mean 'wijkteam'"),
        ({"parameters": "fited"}, "did you mean 'fitted'"),
        ({"parameters": 3}, "3 is no "),
    ],
    ids=str,
)
def test_what_cannot_be_run_is_refused_in_one_line(bad, told):
    with pytest.raises(KringError, match=told) as refused:
        simulate(TOWN, **({"policy": ROUTES, "weeks": 5} | bad))
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        ({"town": "roterdam"}, "did you mean 'rotterdam'"),
        ({"town": 100}, "100 is no town: give a name or a Town"),
        ({"policies": {"as now": "wijkteem"}}, "did you mean 'wijkteam'"),
        ({"policies": ["wijkteam"]}, "by what they are called"),
        ({"policies": {}}, "at least one policy"),
        ({"parameters": "fited"}, "did you mean 'fitted'"),
    ],
    ids=str,
)
def test_what_cannot_be_compared_is_refused_in_one_line(bad, told):
    with pytest.raises(KringError, match=told) as refused:
        compare(**({"town": TOWN, "policies": ROUTES, "weeks": 5, "seeds": [1]} | bad))
    assert "\n" not in str(refused.value)


def test_a_town_no_town_is_refused_in_one_line():
    for bad, told in (("roterdam", "did you mean 'rotterdam'"), (None, "None is no town")):
        with pytest.raises(KringError, match=told):
            simulate(bad, TEAM)


def test_names_stand_for_presets_wherever_settings_are_taken():
    town = Town.preset("class")
    strengths = Parameters.preset("fitted")
    routes = dict.fromkeys(ROUTES, "wijkteam")
    named = simulate("class", routes, 5, parameters="fitted", teams={0: "eigen_kracht"})
    given = simulate(town, TEAM, 5, parameters=strengths, teams={0: Policy.preset("eigen_kracht")})
    assert differences(named, given) == []
    policies = {"team": TEAM, "own": Policy.preset("eigen_kracht")}
    by_name = compare("class", {"team": "wijkteam", "own": "eigen_kracht"}, 5, [1, 2])
    assert by_name.weekly.equals(compare(town, policies, 5, [1, 2]).weekly)


def test_settings_state_unit_range_and_source():
    for kind in (Policy, Town, Parameters):
        for preset in kind.presets():
            table = kind.preset(preset).table().dropna(subset=["low"])
            assert (table["value"] >= table["low"]).all() and (
                table["value"] <= table["high"]
            ).all()
            for column in ("unit", "source", "does"):
                assert (table[column] != "").all(), (kind, column)
