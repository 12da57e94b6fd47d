"""An ensemble: sets that fit alike, read from and written to a file that people can open."""

import pandas as pd
import pytest

from kring.simulation import Parameters, Town
from kring.simulation.ensemble import Ensemble
from kring.simulation.errors import KringError

SETS = pd.DataFrame(
    {
        "willing": [0.2, 0.3, 0.4, 0.5, 0.9],
        "problems_team": [5.0, 6.0, 6.5, 7.0, 8.0],
        "conference_for_all": [0.1, -0.2, -0.3, 0.4, 0.0],
    },
    index=pd.RangeIndex(1, 6, name="set"),
)


def ensemble(sets=SETS, name="my_city"):
    return Ensemble(name, sets, about='Ours, as "measured".', about_nl="De onze.")


def test_the_one_that_comes_with_kring_can_be_lived_set_by_set():
    shipped = Ensemble.load("rotterdam")
    assert Ensemble.names()[:3] == ["ensemble", "sceptical", "hopeful"]
    assert len(shipped) >= 200 and shipped.about and shipped.about_nl
    for number in shipped.sets.index:
        strengths, town = shipped.at(number)
        assert isinstance(strengths, Parameters)
        assert Town.preset("rotterdam", **town)


def test_what_is_saved_is_read_back_the_same(tmp_path):
    ensemble().save(tmp_path / "my_city.csv")
    again = Ensemble.load(tmp_path / "my_city.csv")
    pd.testing.assert_frame_equal(again.sets, SETS, check_index_type=False)
    assert (again.name, again.about, again.about_nl) == (
        "my_city", 'Ours, as "measured".', "De onze.",
    )  # fmt: skip
    assert again.digest == ensemble().digest
    assert [path.name for path in tmp_path.iterdir()] == ["my_city.csv"]


def test_a_set_is_strengths_and_a_town_and_the_rest_is_fitted():
    strengths, town = ensemble().at(2)
    assert strengths == Parameters.preset("fitted", willing=0.3)
    assert town == {"problems_team": 6.0}


def test_it_knows_with_which_model_and_evidence_it_was_made():
    assert ensemble().belongs()
    old = Ensemble("old", SETS, model="another")
    assert old.changed_since() == ["model"]
    assert not old.belongs()


def test_the_central_set_lies_in_the_middle_of_every_quantity():
    assert ensemble().central() == 3


def test_few_sets_across_hold_the_least_and_the_most_that_a_conference_does():
    effects = SETS["conference_for_all"].sort_values(kind="stable")
    assert set(ensemble().across(2)) == {effects.index[0], effects.index[-1]}
    assert {*ensemble().across(1000)} == {*SETS.index}
    with pytest.raises(KringError, match="isn't known"):
        ensemble(SETS.drop(columns="conference_for_all")).across(2)


def test_between_the_ends_of_ten_sets_lies_what_lies_between_those_of_all():
    """The sets of a page: eight of ten of them span what eight of ten of all span."""
    every = Ensemble.load("rotterdam")
    effects = every.sets["conference_for_all"]
    low, high = effects.quantile([0.1, 0.9])
    few = effects[every.across(10)].quantile([0.1, 0.9])
    assert few.to_numpy() == pytest.approx([low, high], abs=0.1 * (high - low))
    assert {*every.across(10)} & {*every.corner("sceptical").sets.index}
    first, second, *others = abs(effects[every.across(10)] - effects.median())
    assert max(first, second) <= min(others)


def test_corners_are_the_tenths_in_which_a_conference_for_all_does_least_and_most():
    sets = pd.concat([SETS] * 4, ignore_index=True)
    sets.index = pd.RangeIndex(1, 21, name="set")
    assert list(ensemble(sets).corner("sceptical").sets["conference_for_all"]) == [0.4, 0.4]
    assert list(ensemble(sets).corner("hopeful").sets["conference_for_all"]) == [-0.3, -0.3]
    with pytest.raises(KringError, match="did you mean 'hopeful'"):
        ensemble().corner("hopefull")
    with pytest.raises(KringError, match="has no column 'conference_for_all'"):
        ensemble(SETS.drop(columns="conference_for_all")).corner("hopeful")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("set,wiling\n1,0.5\n", "no 'wiling'; did you mean 'willing'"),
        ("set,willing\n1,0.5,3\n", "cannot be read"),
        ("set,willing\n1,much\n", "cannot be read"),
        ("set,willing\n", "each set has a number in each column"),
        ("", "cannot be read"),
        ("# about = Ours\nset,willing\n1,0.5\n", "cannot be read"),
    ],
)
def test_a_file_that_is_none_is_refused_in_a_line(text, message, tmp_path):
    (tmp_path / "mine.csv").write_text(text)
    with pytest.raises(KringError, match=message) as error:
        Ensemble.load(tmp_path / "mine.csv")
    assert "\n" not in str(error.value)


def test_what_is_not_there_is_told():
    with pytest.raises(KringError, match="did you mean 'ensemble'"):
        Ensemble.load("ensembel")
    with pytest.raises(KringError, match=r"no file mine\.csv"):
        Ensemble.load("mine.csv")
    with pytest.raises(KringError, match="has no set 6"):
        ensemble().at(6)
