"""Bad input is refused in one line that names what is right."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.errors import KringError
from simulation.parameters import Parameters
from simulation.policy import Policy
from simulation.run import simulate
from simulation.town import Town
from tests.helpers import ROUTES, TEAM, TOWN


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


def test_an_unknown_preset_is_refused_with_the_nearest():
    with pytest.raises(KringError, match="did you mean 'wijkteam'"):
        Policy.preset("wijkteem")
    with pytest.raises(KringError, match="choose from: fitted, sceptical, hopeful"):
        Parameters.preset("zzzz")
    with pytest.raises(KringError, match="M5"):
        Parameters().without("M55")


@pytest.mark.parametrize("settings_of", [Policy(), Town(), Parameters()])
def test_settings_cannot_be_changed_after_they_are_made(settings_of):
    name = settings_of.quantities()[0]
    with pytest.raises(Exception, match="frozen"):
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
    ],
    ids=str,
)
def test_what_cannot_be_run_is_refused_in_one_line(bad, told):
    with pytest.raises(KringError, match=told) as refused:
        simulate(TOWN, **({"policy": ROUTES, "weeks": 5} | bad))
    assert "\n" not in str(refused.value)


def test_settings_state_unit_range_and_source():
    for kind in (Policy, Town, Parameters):
        for preset in kind.presets():
            table = kind.preset(preset).table().dropna(subset=["low"])
            assert (table["value"] >= table["low"]).all() and (
                table["value"] <= table["high"]
            ).all()
            for column in ("unit", "source", "does"):
                assert (table[column] != "").all(), (kind, column)
