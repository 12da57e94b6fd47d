"""Extensions in studies: named by the study, allowed by the user, and like Kring's own in it."""

import json
import pickle
import shutil
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import EntryPoint, EntryPoints
from pathlib import Path

import pytest

import kring as public
from kring.experiments.calibration.unknowns import unknowns
from kring.experiments.casebook.compare.study import comparison
from kring.experiments.execution.kept import changed_since, read_runs
from kring.experiments.execution.manifest import MANIFEST, Manifest, read_manifest
from kring.experiments.execution.pieces import as_arrays, records_of
from kring.experiments.execution.worker import execute_batch
from kring.experiments.explore.of_study import menu_of
from kring.experiments.measures import MEASURES, measure
from kring.experiments.measures.totals import over
from kring.experiments.pipeline.run import run_study
from kring.experiments.study import extensions
from kring.experiments.study.load import plan_of, read_study
from kring.experiments.study.plan import resolved
from kring.experiments.study.schema import SCHEMA, schema
from kring.experiments.study.sent import Sent
from kring.simulation.beside import LOADED
from kring.simulation.errors import KringError
from kring.simulation.extensions import Extension, loading
from kring.simulation.parameters import Parameters
from kring.simulation.pieces import live_piece
from kring.simulation.records import Records
from kring.simulation.result import Result
from kring.simulation.run import simulate
from kring.simulation.town import Town
from tests import test_cli
from tests.helpers import TEAM, differences

kring = test_cli.kring  # the command, run here
FILE = Path(__file__).parent / "extensions" / "visitors.py"
TEXT = """
extensions = ["visitors"]
weeks = 60
seeds = 2
parameters = { preset = "fitted" }
outcomes = ["supporters", "visitors_weeks_alone", "visitors_warm:team@30"]
[town]
clients = 30
[[policies]]
name = "now"
[[policies]]
name = "visited"
visitors_reach = 0.5
"""
PLAIN = {"weeks": 4, "seeds": 1, "parameters": {"preset": "fitted"}, "town": {"clients": 20},
         "policies": [{"name": "now"}]}  # fmt: skip
OWN = {**PLAIN, "extensions": ["visitors"]}


@pytest.fixture(autouse=True)
def nothing_stays(monkeypatch):
    """Nothing is allowed or loaded before a test, nor after it."""
    monkeypatch.setattr(extensions, "_allowed", {})
    yield
    extensions.arrange([])


def forget_all():
    """Stand where a new process does, that knows of no extension."""
    extensions.arrange([])
    extensions._allowed.clear()
    resolved.cache_clear()


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with a study and its extension, in which one is."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.toml").write_text(TEXT)
    shutil.copy(FILE, tmp_path / "visitors.py")
    return tmp_path


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A result of the study."""
    out = tmp_path_factory.mktemp("results") / "mine"
    (out.parent / "mine.toml").write_text(TEXT)
    plan = read_study(out.parent / "mine.toml", extensions=[FILE])
    run_study(plan, out, engine="here")
    return out


def test_a_study_says_what_it_needs_and_runs_nothing_that_was_not_allowed(kring, folder):
    (folder / "visitors.py").write_text("raise SystemExit('was run')")
    for command in ("run", "check"):
        assert kring(command, "mine.toml") == (
            2,
            "",
            "kring: this study needs the extension 'visitors': allow it with --extension "
            "visitors.py\n",
        )
    with pytest.raises(KringError, match=r"allow it with --extension visitors\.py$"):
        read_study("mine.toml")


def test_allowed_it_takes_part(kring, folder):
    status, printed, err = kring("check", "mine.toml", "--extension", "visitors.py")
    assert (status, err) == (0, "") and printed.startswith("mine:")
    status, printed, err = kring("run", "mine.toml", "--extension", "visitors.py", "--out", "out")
    assert status == 0, err
    assert "weeks alone" in printed
    forget_all()
    said = "kring: this study needs the extension 'visitors': allow it with --extension "
    for command in ("repeat", "report"):
        assert kring(command, "out") == (2, "", f"{said}out/visitors.py\n")
    assert kring("repeat", "out", "--run", "1", "--extension", "out/visitors.py")[0] == 0


def test_an_installed_one_is_allowed_by_its_name_and_imported_only_then(tmp_path, monkeypatch):
    (tmp_path / "of_a_package.py").write_text(FILE.read_text("utf-8"))
    monkeypatch.syspath_prepend(tmp_path)
    one = EntryPoint("visitors", "of_a_package:visitors", loading.GROUP)
    for module in (loading, extensions):
        monkeypatch.setattr(module, "entry_points", lambda group: EntryPoints([one]))
    with pytest.raises(KringError, match=r"allow it with --extension visitors$"):
        plan_of(OWN)
    assert "of_a_package" not in sys.modules
    plan = read_study(OWN, extensions=["visitors"])
    assert plan.extensions[0].where == "visitors"
    forget_all()
    own = sys.modules["of_a_package"].visitors
    own.where = ""  # as who imports and loads it by himself has it
    own.load()
    assert plan_of(OWN).extensions == plan.extensions
    del sys.modules["of_a_package"]


def test_what_is_allowed_and_not_needed_is_not_loaded(kring, folder):
    (folder / "plain.toml").write_text(TEXT.replace('extensions = ["visitors"]', ""))
    status, _, err = kring("check", "plain.toml", "--extension", "visitors.py")
    assert status == 2 and not LOADED
    assert "it is of the extension 'visitors'" in err
    assert 'write extensions = ["visitors"] above the first [table]' in err


def test_a_slip_in_a_name_of_what_takes_part_is_told_by_the_nearest(kring, folder):
    slip = ("compare", "wijkteam", "wijkteam:visitors_rech=1", "--extension", "visitors.py")
    code, _, err = kring(*slip)
    assert code == 2
    assert "policy has no 'visitors_rech'; did you mean 'visitors_reach'?" in err


def test_another_file_than_the_study_needs_is_said(folder):
    (folder / "other.py").write_text(FILE.read_text("utf-8").replace('"visitors"', '"other"'))
    with pytest.raises(KringError, match=r"'visitors': .*\(allowed now: 'other'\)"):
        read_study("mine.toml", extensions=["other.py"])
    with pytest.raises(KringError, match="no extension 'visiters' is installed"):
        read_study("mine.toml", extensions=["visiters"])


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("visitors", "a list is wanted"),
        (["visitors", "visitors"], "'visitors' stands there twice"),
        (["../visitors.py"], "this study needs the extension"),
    ],
)
def test_names_of_extensions_are_checked_as_all_is(given, said):
    extensions.allow([FILE])
    with pytest.raises(KringError, match=said):
        plan_of({**PLAIN, "extensions": given})


def test_a_study_meets_nothing_that_it_does_not_name():
    (one,) = extensions.allow([FILE])
    one.load()
    visited = {**PLAIN, "policies": [{"name": "now", "visitors_reach": 0.5}]}
    with pytest.raises(KringError, match="has no 'visitors_reach'"):
        plan_of(visited)
    plan = plan_of(PLAIN)
    assert {"visitors": one} == LOADED  # as it was before
    assert plan_of(OWN).keys != plan.keys
    one.unload()
    assert plan_of(PLAIN).keys == plan.keys


def test_its_numbers_are_lived_again_when_it_has_changed(folder):
    before = read_study("mine.toml", extensions=["visitors.py"])
    assert read_study("mine.toml").keys == before.keys
    text = FILE.read_text("utf-8")
    (folder / "visitors.py").write_text(text.replace("own.alone > 0", "own.alone > 4"))
    after = read_study("mine.toml", extensions=["visitors.py"])
    assert not set(after.keys.values()) & set(before.keys.values())
    (folder / "visitors.py").write_text(text.replace('version="1.0"', 'version="1.1"'))
    assert read_study("mine.toml", extensions=["visitors.py"]).keys != before.keys


def test_a_result_tells_which_took_part_and_is_repeated_to_the_last_bit(whole, folder):
    made = read_manifest(whole)
    (one,) = extensions.allow([FILE])
    assert made.extensions["visitors"].version == "1.0"
    assert made.extensions["visitors"].fingerprint == one.fingerprint()
    assert (whole / "visitors.py").read_bytes() == FILE.read_bytes()
    equal, lines = public.repeat_study(whole, "here", extensions=[whole / "visitors.py"])
    assert equal and len(lines) == 1
    text = FILE.read_text("utf-8").replace('version="1.0"', 'version="1.1"')
    (folder / "visitors.py").write_text(text)
    extensions.arrange(extensions.allow(["visitors.py"]))
    assert changed_since(whole)[0].startswith("extension visitors: 1.0 (")


def test_a_result_without_any_is_written_as_before(tmp_path):
    Manifest.of(plan_of(PLAIN), 0).write(tmp_path)
    assert "extensions" not in json.loads((tmp_path / MANIFEST).read_text())
    assert read_manifest(tmp_path).extensions == {}


def test_the_report_tells_of_it_in_both_languages(whole):
    for page, words in (
        ("report.html", ("visitors 1.0: Volunteers visit who is alone.", "weeks alone",
                         "visitors reach", "no figure bears out: visitors warmth 0.3",
                         "are not Kring&#39;s own, of extensions: visitors")),
        ("report_nl.html", ("visitors 1.0: Vrijwilligers bezoeken wie alleen is.", "weken alleen",
                            "bereik van bezoekers", "uit uitbreidingen: visitors")),
    ):  # fmt: skip
        text = (whole / page).read_text("utf-8")
        assert [one for one in words if one not in text] == []
    before = (whole / "report.html").read_bytes()
    public.write_report(whole, extensions=[FILE])
    assert (whole / "report.html").read_bytes() == before


def test_its_outcomes_are_measures_as_long_as_it_is_loaded():
    assert "visitors_warm" not in MEASURES
    plan = read_study({**OWN, "outcomes": ["visitors_weeks_alone:team@2"]}, extensions=[FILE])
    found = measure(plan.outcomes[0])
    assert (found.unit, found.nl) == (
        "weeks", "weken alleen, cliënten van het wijkteam, week 2",
    )  # fmt: skip
    assert over("visitors_weeks_alone") == "people in need"
    after_entry = {**OWN, "outcomes": ["visitors_warm"], "after_entry": [2], "weeks": 60}
    assert plan_of(after_entry).outcomes == ["visitors_warm@year1+2"]
    extensions.arrange([])
    with pytest.raises(KringError, match="outcomes: no 'visitors_warm'"):
        measure("visitors_warm")


def test_its_levers_and_strengths_vary_and_are_drawn():
    extensions.allow([FILE])
    vary = {"design": "latin hypercube", "points": 4, "policy": {"visitors_reach": [0, 0.5]},
            "parameters": {"visitors_warmth": [0.1, 0.5]}}  # fmt: skip
    plan = plan_of({**OWN, "vary": vary})
    setup = plan.setup(plan.runs[1])
    assert 0 < setup.policy.visitors_reach < 0.5
    assert 0.1 < setup.parameters.visitors_warmth < 0.5
    assert "visitors_warmth" in [one.name for one in unknowns()]
    with pytest.raises(KringError, match="visitors_reach = 3 is not possible"):
        plan_of({**OWN, "policies": [{"name": "now", "visitors_reach": 3}]})


def test_what_it_declares_is_shown_and_in_the_schema(kring, folder):
    shipped = schema()
    assert shipped == SCHEMA.read_text("utf-8")
    assert "visitors" in kring("show", "visitors", "--extension", "visitors.py")[1]
    for thing, words in (
        ("wijkteam", "visitors_reach = 0 per week"), ("week", "after 'supporters reconsider'"),
        ("outcomes", "visitors_warm (0 to 1): warmth"), ("measures", "visitors_weeks_alone"),
        ("visitors", "source: assumption"), ("schema", '"visitors_reach"'),
    ):  # fmt: skip
        assert words in kring("show", thing)[1], thing
    dutch = kring("show", "visitors", "--language", "nl")[1]
    assert "bereik van bezoekers" in dutch and "visitors_warm (0 tot 1): warmte" in dutch


def test_all_that_is_allowed_is_compared():
    (one,) = extensions.allow([FILE])
    one.load()
    policies = [{"name": "now"}, {"name": "visited", "visitors_reach": 1}]
    plan = comparison(policies, {"clients": 20}, {"preset": "fitted"})
    assert "visitors_weeks_alone" in plan.outcomes and plan.extensions[0].name == "visitors"


def test_in_python_a_study_takes_what_they_are(folder):
    (own,) = extensions.allow(["visitors.py"])
    extensions._allowed.clear()
    policies = {"now": "wijkteam", "visited": {"visitors_reach": 0.5}}
    study = public.Study(**{**PLAIN, "policies": policies, "extensions": [own]})
    assert study.keys["extensions"] == ["visitors"]
    study.write("again.toml")
    assert read_study("again.toml").policies[1].changes.given == {"visitors_reach": 0.5}


def test_a_page_cannot_hold_it(folder):
    with pytest.raises(
        KringError, match=r"a page holds Kring's own model.* make the page of a copy without them"
    ):
        menu_of(folder / "mine.toml")


def arrived(plan):
    """What a worker gets of a plan, which has nothing loaded."""
    sent = pickle.loads(pickle.dumps(Sent.of(plan)))
    forget_all()
    return sent


def test_a_worker_finds_it_and_lives_with_nothing_else(folder):
    plan = read_study("mine.toml", extensions=["visitors.py"])
    here = execute_batch(Sent.of(plan), plan.runs[:1])
    sent = arrived(plan)
    stray = FILE.read_text("utf-8").replace('"visitors"', '"stray"')
    (folder / "stray.py").write_text(stray)
    extensions.allow(["stray.py"])[0].load()
    (there,) = execute_batch(sent, plan.runs[:1])
    assert there.outcomes == here[0].outcomes and not there.error
    assert list(LOADED) == ["visitors"]


def test_a_worker_with_another_one_says_so(folder):
    sent = arrived(read_study("mine.toml", extensions=["visitors.py"]))
    text = FILE.read_text("utf-8").replace('version="1.0"', 'version="1.1"')
    (folder / "visitors.py").write_text(text)
    with pytest.raises(KringError, match=r"the extension 'visitors' is another here \(1\.1"):
        execute_batch(sent, [])
    (folder / "visitors.py").unlink()
    with pytest.raises(KringError, match="the extension 'visitors' isn't here: no file"):
        execute_batch(sent, [])


def test_one_of_a_notebook_runs_in_its_own_process_only(tmp_path):
    notes = Extension("notes", version="1", about="Made in a session.")
    notes.lever("more", 0.0, does="more", nl="meer", unit="share", low=0, high=1, source="none")
    plan = read_study({**PLAIN, "extensions": ["notes"]}, extensions=[notes])
    assert not execute_batch(Sent.of(plan), plan.runs)[0].error
    with pytest.raises(KringError, match=r"'notes' was made in this session.*put it in a file"):
        run_study(plan, tmp_path / "out", engine="processes")
    with pytest.raises(KringError, match=r"'notes' was made in a session.*put it in a file"):
        execute_batch(arrived(plan), [])


def test_studies_with_other_extensions_wait_for_each_other(folder):
    own = read_study("mine.toml", extensions=["visitors.py"])
    plain, met = plan_of(PLAIN), []

    def live():
        with Sent.of(plain).arrived():
            met.append(list(LOADED))

    other = threading.Thread(target=live)
    with Sent.of(own).arrived(), Sent.of(own).arrived():  # who needs the same goes along
        other.start()
        met.append(list(LOADED))
    other.join()
    assert met == [["visitors"], []]


def test_a_town_in_pieces_is_the_town_in_one_piece_to_the_last_bit():
    extensions.allow([FILE])[0].load()
    town = Town.preset("rotterdam", clients=120, clients_per_team=20)
    how = (TEAM.replace(visitors_reach=0.5), 30, 1)
    whole = simulate(town, *how, threads=2)
    pieces = [as_arrays(live_piece(town, *how, piece, 3)) for piece in range(3)]
    records = Records.join([records_of(piece) for piece in pieces])
    joined = Result.of(records, how[0], Parameters(), 1, 0.0)
    assert differences(joined, whole) == []
    for name in ("visitors_warm", "visitors_weeks_alone"):
        assert joined.own_sums[name].tobytes() == whole.own_sums[name].tobytes()
        assert whole.at(name) > 0


def test_threads_of_ones_own_are_workers_too(whole, folder):
    plan = read_study("mine.toml", extensions=["visitors.py"])
    with ThreadPoolExecutor(2) as pool:
        out = [pool.submit(execute_batch, Sent.of(plan), plan.runs[i : i + 2]) for i in (0, 2)]
    found = [one.outcomes for batch in out for one in batch.result()]
    assert found == read_runs(whole)[plan.outcomes].to_dict("records")


@pytest.mark.slow
def test_processes_of_their_own_give_the_same_bytes(whole, folder):
    plan = read_study("mine.toml", extensions=["visitors.py"])
    run_study(plan, "out", engine="processes", workers=2)
    for name in ("runs.parquet", "differences.csv"):
        assert (folder / "out" / name).read_bytes() == (whole / name).read_bytes()
