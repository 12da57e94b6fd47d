"""The command line: bad input is one line and exit code 2; results are whole or not there."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from kring.experiments.cli import commands, show
from kring.experiments.execution.manifest import MANIFEST, read_manifest
from kring.experiments.study.files import shipped
from kring.experiments.study.fingerprint import code
from tests.casebook import CASEBOOK, READ, well
from tests.helpers import ROOT, digests, python

SMALL = ("--clients", "30", "--weeks", "4", "--sets", "2")
BOTH = ("compare", "wijkteam", "eigen_kracht")
OFFERED = "neighbourhood team, offered to 100% of clients"


@pytest.fixture
def kring(monkeypatch, capsys):
    """Run the command here; gives (exit code, stdout, stderr)."""

    def run(*words):
        monkeypatch.setattr(sys, "argv", ["kring", *(str(word) for word in words)])
        with pytest.raises(SystemExit) as ended:
            commands.main()
        printed = capsys.readouterr()
        return ended.value.code, printed.out, printed.err

    return run


def test_the_version_names_the_code_as_manifests_do(kring):
    status, printed, _ = kring("--version")
    assert (status, printed.split()[-1]) == (0, code())


ASKS_AND_TELLS = """
import sys
from kring.experiments.cli import entry
sys.argv[1:] = ["--version"]
try:
    entry.main()
except SystemExit:
    print("\\N{MINUS SIGN}\\N{EURO SIGN}5 \\u2018now\\u2019")
"""


def test_a_terminal_that_cannot_show_a_sign_gets_a_plainer_one():
    found = python(ASKS_AND_TELLS, PYTHONIOENCODING="ascii")
    assert found.stdout.splitlines()[1:] == ["-EUR 5 'now'"], found.stderr


COMMANDS = commands.commands()
BAD = [
    # what is typed, what the line has to name
    (("compare", "wijkteam", "--set", "mobilization_hours=10"), "mobilisation_hours"),
    (("compare", "wijkteam", "--set", "mobilisation_hours=1000"), "from 0 to 100 hours"),
    (("compare", "wijkteam", "--set", "mobilisation_hours=-1"), "from 0 to 100 hours"),
    (("compare", "wijkteam", "--set", "mobilisation_hours=nan"), "from 0 to 100 hours"),
    (("compare", "wijkteam", "--set", "mobilisation_hours=ten"), "from 0 to 100 hours"),
    (("compare", "wijkteam", "--set", "mobilisation_hours"), "write lever=value"),
    (("compare", "wijkteam", "--set", "=1"), "write lever=value"),
    (("compare", "wijkteam", "--set", "zzzz=1"), "kring show wijkteam tells what there is"),
    (("compare", "wijkteam", "--set", "queue_order=youth frist"), "'youth first'"),
    (("compare", "wijkteam", "--set", "reciprocity=volunteer"), "'voluntary'"),
    (("compare", "wijkteam", "--set", "work_order=guidance > intake"), "intake > plans > guidance"),
    (("compare", "wijkteam:ofer=1", "eigen_kracht"), "'offer'"),
    (("compare", "wijkteam:offer=2", "eigen_kracht"), "from 0 to 1"),
    (("compare", "wijkteem", "eigen_kracht"), "'wijkteam'"),
    (("compare", "wijkteam"), "two different policies"),
    (("compare", "wijktem"), "'wijkteam'"),
    (("compare", "wijkteam", "--set", "hours=10"), "'mobilisation_hours' or "),
    (("compare", "wijkteam", "--set", "offer=50"), "50% is written 0.5"),
    ((*BOTH, "--town", "roterdam"), "'rotterdam'"),
    ((*BOTH, "--parameters", "fited"), "'fitted'"),
    ((*BOTH, "--without", "M55"), "M5"),
    ((*BOTH, "--clients", "99000000"), "from 0 to 20000000 clients"),
    ((*BOTH, "--weeks", "0"), "--weeks"),
    ((*BOTH, "--weeks", "many"), "--weeks"),
    (("compare",), "policies"),
    (("rotterdam", "--parameters", "hopefull"), "'hopeful'"),
    (("rotterdam", "--sedes", "3"), "--seeds"),
    (("rotterdam", "--seeds", "three"), "--seeds"),
    (("rotterdam", "--seeds", "0"), "--seeds"),
    (("rotterdam", "--seed", "-1"), "--seed"),
    (("rotterdam", "--out"), "--out"),
    (("roterdam",), "'rotterdam'"),
    (("zzzz",), "kring --help tells what there is"),
    (("run", "zzzz"), "kring show studies tells what there is"),
    (("explore", "--out", "page.pdf"), "a page is HTML; name it page.html"),
    (("show", "wijkteem"), "'wijkteam'"),
    (("show", "zzzz"), "choose from"),
    (("show", "mobilisation_hour"), "did you mean 'mobilisation_hours'?"),
    (("show", "wijkteam", "--language", "du"), "no language 'du'"),
    (("run", "casload"), "'caseload'"),
    (("run", "nowhere.toml"), "no file nowhere.toml"),
    (("check", "casload"), "'caseload'"),
    (("run", "caseload", "--engine", "proceses"), "processes"),
    (("report", "nowhere"), "no result of Kring"),
    (("repeat", "nowhere"), "no result of Kring"),
    (("rn", "caseload"), "'run'"),
    (("mine.toml",), "kring run mine.toml"),
]


@pytest.mark.parametrize(("words", "named"), BAD, ids=[" ".join(words) for words, _ in BAD])
def test_bad_input_is_one_line_that_names_what_is_right(kring, words, named, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, out, err = kring(*words)
    assert code == 2
    assert out == ""
    assert err.startswith("kring: ")
    assert err.count("\n") == 1, err
    assert named.lower() in err.lower()
    assert list(tmp_path.iterdir()) == []  # nothing was begun


OWN = [
    # what is typed beside a study of one's own, mine.toml, what the line has to name
    (("mine.toml",), "kring run mine.toml"),
    (("mine",), "kring run mine.toml"),
    (("run", "mine"), "'mine.toml'"),
    (("check", "mine"), "'mine.toml'"),
    (("run", "."), ". is a folder; give a study file"),
    (("run", "mine.csv"), "mine.csv is no study: that is a text file whose name ends in .toml"),
    (
        ("explore", "mine.toml", "--out", "."),
        ". is a folder; name a file there, such as kring.html",
    ),
    (("run", "mine.toml", "--out", "mine.toml"), "is a file, so it is left alone"),
    (("report", "mine.toml"), "is a file; give the folder of a result"),
    (("repeat", "mine.toml"), "is a file; give the folder of a result"),
    (("discover", "mine.toml", "--where", "cost > 1"), "is a file; give the folder of a result"),
]


@pytest.mark.parametrize(("words", "named"), OWN, ids=[" ".join(words) for words, _ in OWN])
def test_a_study_of_ones_own_is_run_by_its_file(kring, words, named, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.toml").write_text('[[policies]]\nname = "as now"\n')
    (tmp_path / "mine.csv").write_text("a\n1\n")
    code, out, err = kring(*words)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert named in err


def below_a_file(folder: Path) -> Path:
    (folder / "file").write_text("mine")
    return folder / "file" / "out"


def a_file(folder: Path) -> Path:
    (folder / "file").write_text("mine")
    return folder / "file"


def a_foreign_folder(folder: Path) -> Path:
    (folder / "photos").mkdir()
    (folder / "photos" / "holiday.jpg").write_text("mine")
    return folder / "photos"


@pytest.mark.parametrize("place", [below_a_file, a_file, a_foreign_folder])
@pytest.mark.parametrize("command", [(*BOTH, *SMALL), ("rotterdam", "--quick")], ids=" ".join)
def test_what_is_not_ours_to_write_is_left_alone(kring, tmp_path, place, command):
    out = place(tmp_path)
    before = {path: path.is_file() and path.read_text() for path in tmp_path.rglob("*")}
    code, _, err = kring(*command, "--out", out)
    assert code == 2
    assert err.count("\n") == 1 and err.startswith("kring: "), err
    assert {path: path.is_file() and path.read_text() for path in tmp_path.rglob("*")} == before


def test_bad_input_shows_no_traceback_in_a_shell(tmp_path):
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "kring.experiments.cli.entry",
            *BOTH,
            "--out",
            below_a_file(tmp_path),
        ],
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1


# What is shown


@pytest.mark.parametrize("thing", show.things())
def test_everything_can_be_shown(kring, thing):
    code, out, err = kring("show", thing)
    assert (code, err) == (0, "")
    assert len(out.splitlines()) > 3


def test_levers_towns_and_outcomes_are_shown_in_dutch(kring):
    _, levers, _ = kring("show", "wijkteam", "--language", "nl")
    assert "mobilisation_hours = 2,5 uur per zaak [M2 M3]\n    uren voor het netwerk" in levers
    assert "bereik 0 tot 100; bron: E16, E17" in levers and "source" not in levers
    _, town, _ = kring("show", "going_concern", "--language", "nl")
    assert town.startswith("stad going_concern: Een deel van Rotterdam zoals het nu draait")
    _, outcomes, _ = kring("show", "outcomes", "--language", "nl")
    assert "cost (euro): kosten per cliënt sinds binnenkomst" in outcomes
    _, every, _ = kring("show", "--language", "nl")
    assert "wie welk deel van wat betaalt" in every and "the " not in every


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("mobilisation_hours", "policy wijkteam:\nmobilisation_hours = 2.5 hours per case"),
        ("willing", "set of strengths fitted:\nwilling = "),
        ("sick_leave", "town rotterdam:\nsick_leave = "),
        ("problems", "problems (problems): problems per client"),
    ],
)
def test_a_single_quantity_or_outcome_is_shown(kring, name, told):
    code, out, _ = kring("show", name)
    assert code == 0
    assert told in out


def test_without_a_name_the_list_is_shown(kring):
    code, out, _ = kring("show")
    assert code == 0
    assert [line.split()[0] for line in out.splitlines()] == list(show.things())


def test_a_preset_is_shown_with_units_ranges_and_sources(kring):
    _, out, _ = kring("show", "wijkteam")
    assert "mobilisation_hours = 2.5 hours per case [M2 M3]" in out
    assert "range 0 to 100; source: E16 E17" in out


def test_the_help_says_of_each_command_a_whole_sentence_and_no_type_of_python(kring):
    _, out, _ = kring("--help")
    about = [line for line in out.splitlines() if line.split()[:1] and line.split()[0] in COMMANDS]
    assert len(about) == len(COMMANDS)
    assert [line for line in about if not line.endswith(".") or line.endswith("...")] == []
    _, out, _ = kring("compare", "--help")
    assert "--extension TEXT" in out and "--weeks NUMBER" in out


@pytest.mark.parametrize("words", [("--help",), ("compare", "--help"), ("rotterdam", "--help")])
def test_help_is_help(kring, words):
    code, out, err = kring(*words)
    assert (code, err) == (0, "")
    assert "Usage:" in out


# Results


@pytest.fixture(scope="module")
def compared(tmp_path_factory):
    """What a small comparison leaves."""
    out = tmp_path_factory.mktemp("compared") / "out"
    well(*BOTH, *SMALL, "--out", out)
    return out


@pytest.fixture
def result(compared, tmp_path):
    """The same, to do with as one likes."""
    return shutil.copytree(compared, tmp_path / "out")


def test_compare_writes_tables_figures_and_manifest(kring, tmp_path):
    out = tmp_path / "deep" / "result"
    words = ("compare", "wijkteam", "eigen_kracht", "--set", "offer=1", *SMALL)
    code, printed, _ = kring(*words, "--without", "M5", "--out", out)
    assert code == 0
    assert OFFERED in printed
    found = {path.name for path in out.iterdir()}
    assert {"differences.csv", "fates.csv", "weekly.parquet", MANIFEST} <= found
    assert {"weekly.png", "weekly.svg", "weekly_nl.png", "weekly_nl.svg"} <= found
    weekly = pd.read_parquet(out / "weekly.parquet")
    runs = pd.read_parquet(out / "runs.parquet")
    assert set(weekly["run"]) == set(runs["run"]) == set(range(12))
    assert set(runs["policy"]) == {
        "neighbourhood team",
        "family group conference",
        OFFERED,
    }
    assert [*zip(runs["seed"], runs["set"], strict=True)][:4] == [
        (1, 1),
        (2, 1),
        (3, 200),
        (4, 200),
    ]
    table = pd.read_csv(out / "differences.csv")
    assert (table["low"] <= table["difference"]).all()
    assert (table["difference"] <= table["high"]).all()
    manifest = json.loads((out / MANIFEST).read_text())
    assert manifest["settings"]["town"]["clients"] == 30
    assert manifest["seeds"] == [1, 2, 3, 4]
    assert manifest["settings"]["central set"]["plan_bond"] == 0
    assert manifest["settings"]["ensembles"]["ensemble"]["sets"] == [1, 200]
    assert manifest["settings"]["policies"][OFFERED]["offer"] == 1
    assert {"numpy", "numba", "mesa", "pandas"} <= manifest["packages"].keys()
    assert manifest["command"].startswith("kring compare wijkteam")
    assert {"code", "python", "study", "runs", "failed"} <= manifest.keys()
    assert json.loads((out / "timing.json").read_text())["wall_seconds"] > 0


def test_the_same_command_twice_replaces_the_result_by_the_same_figures(kring, result, tmp_path):
    def drawn_and_counted():
        made = digests(result)
        return {n: made[n] for n in made if n.endswith((".csv", ".parquet", ".png", ".svg"))}

    before, when = drawn_and_counted(), (result / "timing.json").stat().st_mtime_ns
    assert kring(*BOTH, *SMALL, "--out", result)[0] == 0
    assert drawn_and_counted() == before
    assert (result / "timing.json").stat().st_mtime_ns > when
    assert [path.name for path in tmp_path.iterdir()] == ["out"]  # nothing is left beside it


def test_an_interrupted_run_says_so(kring, monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(commands, "run_and_print", interrupted)
    code, _, err = kring("rotterdam")
    assert code == 130
    assert err.splitlines()[-1] == "kring: interrupted; no results were written"


@pytest.mark.slow
@pytest.mark.parametrize("name", CASEBOOK)
def test_every_study_writes_tables_figures_in_each_language_and_a_manifest(casebook, name):
    out, printed, _ = casebook(name)
    assert str(out) in printed
    tables = list(out.glob("*.csv"))
    assert tables
    for table in tables:
        assert len(pd.read_csv(table)) > 0
    figures = {path.stem for path in out.glob("*.png")}
    english = {name for name in figures if not name.endswith(("_nl", "_xx"))}
    assert english
    others = ("nl", "xx") if name in READ else ("nl",)
    assert figures == english | {f"{n}_{code}" for n in english for code in others}
    assert all((out / f"{name}.svg").is_file() for name in figures)
    manifest = json.loads((out / MANIFEST).read_text())
    assert manifest["seeds"][:2] == [1, 2]
    assert {"command", "code", "packages", "study"} <= manifest.keys()
    assert {"report.html", "report_nl.html"} <= {path.name for path in out.iterdir()}
    text = (out / "reading.md").read_text()
    assert text.startswith(f"# {name}")
    assert text.strip().splitlines()[-1] in printed


def test_the_manifest_of_a_study_tells_town_policies_and_strengths(casebook):
    settings = json.loads((casebook("rotterdam").folder / MANIFEST).read_text())["settings"]
    assert settings["town"]["clients"] == 600
    assert settings["policies"]
    (lived,) = settings["ensembles"].values()
    assert lived["name"] == "rotterdam" and len(lived["sets"]) == 1


# Repeating


def test_a_result_is_repeated_from_its_manifest(kring, result):
    code, printed, _ = kring("repeat", result)
    assert code == 0
    assert printed.startswith("Equal: 8 runs")
    code, printed, _ = kring("repeat", result, "--run", "7")
    assert code == 0
    assert "family group conference" in printed and "(equal)" in printed


def test_a_repeat_says_where_a_result_differs_and_what_has_changed(kring, result):
    runs = pd.read_parquet(result / "runs.parquet")
    runs.loc[2, "problems"] += 1e-12
    runs.to_parquet(result / "runs.parquet")
    made = read_manifest(result).model_copy(update={"code": "another"})
    made.with_files(result, ["runs.parquet"]).write(result)
    code, printed, _ = kring("repeat", result)
    assert code == 1
    assert "run 2, problems:" in printed
    assert "Changed since: code: another then" in printed


def test_more_than_the_runs_there_are_cannot_be_repeated(kring, result):
    code, _, err = kring("repeat", result, "--run", "99")
    assert (code, err) == (2, "kring: no run 99; runs are 0 to 7\n")


def test_no_study_has_the_name_of_a_command():
    assert set(shipped()) & set(commands.commands()) == set()
