"""Calibration: from what was observed back to the strengths that made it, and no further."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
import pytest

from kring.experiments.calibration import emulator, ensemble, ranks, region, trials
from kring.experiments.calibration.calibrate import Calibration, calibration
from kring.experiments.calibration.emulator import Emulator
from kring.experiments.calibration.implausibility import MEETS, NOBODY, implausibility
from kring.experiments.calibration.sequential import checked
from kring.experiments.calibration.unknowns import Unknown, placed, settings_of, unknowns, valued
from kring.experiments.calibration.waves import Size, Waves
from kring.experiments.execution.engines import Here, engine_of
from kring.experiments.observations import Row
from kring.simulation.ensemble import EFFECT, Ensemble
from kring.simulation.errors import KringError
from kring.simulation.parameters import Parameters
from kring.simulation.town import Town

pytest.importorskip("sklearn")
UNKNOWN = [Unknown("willing", -2, 2), Unknown("plan_bond", 0, 1), Unknown("overload", 0.1, 10)]
SMALL = Size(first=120, later=80, waves=3, sets=40)
CHANCE = 0.05


@pytest.fixture(scope="module", autouse=True)
def an_emulator_for_three_lines():
    """A model of three lines is learned by one small network, and walked through in fewer steps."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(emulator, "NETS", 1)
        patch.setattr(emulator, "LAYERS", (24, 12))
        patch.setattr(region, "LAST_STEPS", 20)
        patch.setattr(ensemble, "SPARE", 2.0)
        yield


@dataclass(frozen=True)
class StandIn:
    """A model of three lines in place of the real one."""

    observed: tuple[float, ...]
    ordering: bool = False
    sd: float = 0.15

    @property
    def rows(self) -> list[Row]:
        rows = [
            Row(f"row {i}", v, self.sd, 0.05, "made", "so") for i, v in enumerate(self.observed)
        ]
        return [*rows[:-1], rows[-1]._replace(ordering=self.ordering)]

    def measure(self, values: Mapping[str, float], seed: int) -> dict[str, float]:
        luck = np.random.Generator(np.random.Philox(key=[seed, 0]))
        a, b, c = (float(one.place(values[one.name])) for one in UNKNOWN)
        made = np.array([3 * a, a + 2 * b, 2 * b * c]) + CHANCE * luck.normal(size=3)
        return {row.id: float(value) for row, value in zip(self.rows, made, strict=True)}


@dataclass(frozen=True)
class Lowered:
    """What a conference for all would do."""

    town: Town = field(default_factory=Town)

    def measure(self, values: Mapping[str, float], seed: int) -> dict[str, float]:
        effect = 0.2 - values["plan_bond"]
        return {EFFECT: effect, "supporters_for_all": 1.0 + 0.1 * effect, "cost_for_all": effect**2}


def observed_at(place: list[float], seed: int = 7, error: float = 0.0) -> tuple[float, ...]:
    """What a study would have found in a world with these strengths."""
    luck = np.random.Generator(np.random.Philox(key=[seed, 1]))
    values = valued(UNKNOWN, np.array([place])).iloc[0].to_dict()
    made = StandIn((0, 0, 0)).measure(values, seed)
    return tuple(value + error * luck.normal() for value in made.values())


def waves_of(instrument: StandIn, folder, size: Size = SMALL, engine=None) -> Waves:
    waves = Waves(instrument, UNKNOWN, folder, engine or engine_of("here", None, 1))
    waves.run(size)
    return waves


def calibration_of(instrument: StandIn) -> Calibration:
    return Calibration("made", instrument, UNKNOWN, Lowered(), SMALL, "Made.", "Gemaakt.")


MADE = calibration_of(StandIn(observed_at([0.3, 0.6, 0.7])))


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The result of a calibration in one piece."""
    out = tmp_path_factory.mktemp("whole") / "out"
    MADE.run(out, "here")
    return out


def test_it_finds_the_strengths_that_made_the_data_and_leaves_open_what_they_leave_open(tmp_path):
    true = [0.3, 0.6, 0.7]
    waves = waves_of(StandIn(observed_at(true)), tmp_path)
    meets = waves.places[waves.worst <= MEETS]
    low, high = np.percentile(meets, [1, 99], axis=0)
    assert len(meets) > 50
    assert (low < true).all() and (true < high).all()
    assert high[0] - low[0] < 0.35  # the first row says it outright
    assert waves.log[-1]["share"] < 0.1
    assert waves.log[-1]["meet"] / waves.log[-1]["sets"] > waves.log[0]["meet"] / SMALL.first


@pytest.mark.slow
def test_an_interrupted_calibration_goes_on_and_ends_with_the_same(whole, tmp_path, monkeypatch):
    lived, real = [], trials.tried

    def counted(instrument, trial):
        if len(lived) == 150:
            raise KeyboardInterrupt
        lived.append(trial)
        return real(instrument, trial)

    monkeypatch.setattr(trials, "tried", counted)
    with pytest.raises(Exception, match="the same command goes on"):
        MADE.run(tmp_path / "out", "here")
    monkeypatch.setattr(trials, "tried", real)
    MADE.run(tmp_path / "out", "here")
    for name in ("made.csv", "answers.csv", "report.md", "narrowed.csv"):
        assert (tmp_path / "out" / name).read_bytes() == (whole / name).read_bytes()


def test_a_finished_calibration_simulates_nothing_again(whole, tmp_path, monkeypatch):
    shutil.copytree(whole, tmp_path / "out")
    monkeypatch.setattr(trials, "tried", lambda *_: pytest.fail("was simulated again"))
    assert f"{SMALL.sets} sets meet all rows" in MADE.run(tmp_path / "out", "here")


def test_the_result_is_an_ensemble_with_its_sceptical_and_hopeful_corners(whole):
    ensemble = Ensemble.load(whole / "made.csv")
    assert len(ensemble) == SMALL.sets and ensemble.about.startswith("Made. Each row within")
    assert set(ensemble.strengths) == {one.name for one in UNKNOWN}
    hopeful, sceptical = (ensemble.corner(name).sets for name in ("hopeful", "sceptical"))
    assert hopeful["plan_bond"].min() > sceptical["plan_bond"].max()


def test_the_report_names_what_holds_which_quantity_and_what_would_settle_an_answer(whole):
    narrowed = pd.read_csv(whole / "narrowed.csv").set_index("name")
    assert narrowed["by"]["willing"] == "row 0"
    assert narrowed["width"]["willing"] < narrowed["width"]["overload"]
    assert pd.read_csv(whole / "depends_on.csv").iloc[0]["name"] == "plan_bond"
    dutch = (whole / "report_nl.md").read_text(encoding="utf-8")
    assert "Wat de waarnemingen openlaten" in dutch


def test_rows_that_cannot_be_met_together_are_named(tmp_path):
    a_low_b_low_but_both_high = (0.2, 2.9, 0.1)
    with pytest.raises(KringError, match="meet the observations"):
        calibration_of(StandIn(a_low_b_low_but_both_high)).run(tmp_path / "out", "here")
    found = pd.read_csv(tmp_path / "out" / "not_together.csv")
    assert "row 0 row 1" in set(found["rows"])
    assert "proof of a wrong model" in (tmp_path / "out" / "report.md").read_text("utf-8")


def test_another_calibration_in_the_folder_is_left_alone(tmp_path):
    calibration_of(StandIn(observed_at([0.3, 0.6, 0.7]))).begin(tmp_path / "out")
    with pytest.raises(KringError, match="another calibration"):
        calibration_of(StandIn(observed_at([0.5, 0.5, 0.5]))).begin(tmp_path / "out")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear all")
    with pytest.raises(KringError, match="no calibration and not empty"):
        calibration_of(StandIn((0, 0, 0))).begin(tmp_path / "mine")


def test_a_set_that_fails_is_left_out_and_if_all_do_the_reason_is_said(tmp_path, monkeypatch):
    class Fails(StandIn):
        def measure(self, values, seed):
            raise ZeroDivisionError("no clients")

    waves = Waves(Fails((0, 0, 0)), UNKNOWN, tmp_path, engine_of("here", None, 1))
    with pytest.raises(KringError, match=r"none of the 5 sets.*no clients"):
        waves.simulate(np.full((5, 3), 0.5), {"share": 1.0})


def test_three_uncertainties_count_apart_and_of_an_ordering_only_what_falls_short():
    row = Row("r", 2.0, 0.3, 0.4, "made", "so")
    assert implausibility([row], np.array([[3.0]]))[0, 0] == pytest.approx(2)
    assert implausibility([row], np.array([[3.0]]), np.array([0.75]))[0, 0] == pytest.approx(1)
    above = row._replace(ordering=True)
    assert implausibility([above], np.array([[9.0], [1.0]]))[:, 0].tolist() == [0, 2]
    assert implausibility([row], np.array([[np.nan]]))[0, 0] == NOBODY


def test_a_region_is_as_large_as_it_is_and_drawn_evenly():
    luck = np.random.Generator(np.random.Philox([1]))
    found = region.region(
        lambda p: np.abs(p[:, :4] - 0.5).max(axis=1), luck.random((1000, 12)), 0.05, luck
    )
    assert np.log10(found.share) == pytest.approx(-4, abs=0.3)
    assert np.abs(found.places[:, :4] - 0.5).max() <= 0.05
    assert found.places[:, 4:].std(axis=0) == pytest.approx(np.sqrt(1 / 12), rel=0.15)


def test_a_region_that_is_empty_says_how_near_it_came():
    luck = np.random.Generator(np.random.Philox([1]))
    found = region.region(lambda p: 1 + p[:, 0], luck.random((500, 2)), 0.5, luck)
    assert 1 <= found.bound < 1.05


def test_the_emulator_knows_how_far_it_errs():
    stand_in, luck = StandIn((1.0, 1.5, 0.8)), np.random.Generator(np.random.Philox([3]))
    places = luck.random((600, 3))
    made = [
        list(stand_in.measure(row, i).values())
        for i, row in enumerate(valued(UNKNOWN, places).to_dict("records"))
    ]
    emulator = Emulator.taught(stand_in.rows, places[:400], np.array(made[:400]), 1)
    off = np.sqrt(((emulator.gives(places[400:]) - made[400:]) ** 2).mean(axis=0))
    assert (off < 0.25).all() and (emulator.rmse >= 0.5 * CHANCE).all()
    assert (off < 3 * emulator.rmse).all()


def test_what_is_calibrated_follows_from_the_declarations():
    every = unknowns()
    assert {"plan_bond", "network_effect", "problems_team"} <= {one.name for one in every}
    for one in every:
        kind = Parameters if one.name in Parameters.model_fields else Town
        assert (one.low, one.high) == kind.likely(one.name)
    assert "problems_team" not in {one.name for one in unknowns(known=["problems_team"])}
    with pytest.raises(KringError, match="did you mean 'plan_bond'"):
        unknowns(["plan_bnd"])


def test_a_prior_over_decades_is_even_in_its_logarithm():
    rate = Unknown("network_effect", 0.001, 0.1)
    assert rate.value(np.array([0.5]))[0] == pytest.approx(0.01)
    assert rate.place(rate.value(np.array([0.2])))[0] == pytest.approx(0.2)
    sets = valued(UNKNOWN, np.array([[0.1, 0.2, 0.3]]))
    assert placed(UNKNOWN, sets) == pytest.approx(np.array([[0.1, 0.2, 0.3]]))
    town, parameters = settings_of({"problems_team": 5.5, "plan_bond": 0.25}, Town())
    assert town.problems_team == 5.5 and parameters.plan_bond == 0.25


@pytest.fixture(scope="module")
def searched(tmp_path_factory):
    """The waves of a calibration."""
    return waves_of(MADE.instrument, tmp_path_factory.mktemp("searched"), Size(200, 50, 1, 40))


def test_ranks_of_known_strengths_are_even_by_the_very_waves_and_emulator(searched, monkeypatch):
    """Simulation-based calibration (Talts and others 2018)."""
    monkeypatch.setattr(ranks, "STEPS", 300)
    found = ranks.ranks(searched)
    assert found.shape == (ranks.TRUTHS, len(UNKNOWN))
    assert (ranks.histogram(found)["p"] > 0.001).all()


def test_ranks_show_an_error_that_is_thought_too_small(searched, monkeypatch):
    monkeypatch.setattr(ranks, "STEPS", 300)
    seen = ranks.tolerance(searched.rows)
    monkeypatch.setattr(ranks, "tolerance", lambda rows: seen * next(sizes))
    sizes = iter([0.1, *[1.0] * ranks.TRUTHS])  # what is thought, then what it is
    monkeypatch.setattr(searched, "chance", 0 * searched.chance)
    table = ranks.histogram(ranks.ranks(searched)).set_index("name")
    assert table["p"]["willing"] < 0.001
    assert table[["sixth_1", "sixth_6"]].loc["willing"].sum() > ranks.TRUTHS / 2


def test_sequential_abc_puts_the_quantities_where_the_kept_sets_are(searched, whole):
    pytest.importorskip("pyabc")
    sets = Ensemble.load(whole / "made.csv").sets
    kept = ensemble.Kept(sets, sets, sets, MEETS, np.zeros(1))
    table = checked(searched, kept).set_index("name")
    assert (table["abc_low"] < table["median"]).all()
    assert (table["median"] < table["abc_high"]).all()
    assert table["abc_high"]["willing"] - table["abc_low"]["willing"] < 0.6


@pytest.mark.slow
def test_workers_that_are_processes_find_the_same(tmp_path):
    instrument = StandIn(observed_at([0.3, 0.6, 0.7]))
    size = Size(first=40, later=20, waves=1, sets=10)
    engine = engine_of("processes", 2, 100)
    try:
        there = waves_of(instrument, tmp_path / "there", size, engine)
    finally:
        engine.close()
    here = waves_of(instrument, tmp_path / "here", size)
    pd.testing.assert_frame_equal(there.found, here.found)


def test_the_evidence_is_calibrated_on_its_own_rows():
    made = calibration(quick=True, clients=100)
    roles = {row.role for row in made.instrument.rows}
    assert roles == {"calibrate"} and made.name == "calibrated"
    assert isinstance(engine_of("here", None, 1).executor, Here)
