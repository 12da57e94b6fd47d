"""Examples of study files: each can be read, run and understood; mistakes are told by line."""

import json
import re
import tomllib

import jsonschema
import pandas as pd
import pytest

from kring.experiments.pipeline.run import run_study
from kring.experiments.study.files import CASEBOOK, find, shipped
from kring.experiments.study.load import load
from kring.experiments.study.options import Options
from kring.experiments.study.schema import SCHEMA, schema
from kring.experiments.study.spec import Study
from kring.experiments.study.toml_lines import places
from kring.simulation.errors import KringError
from tests.helpers import ROOT

EXAMPLES = {name: path for name, path in shipped().items() if path.parent.name == "examples"}
PAGE = ROOT / "docs" / "casebook" / "examples.md"
examples = pytest.mark.parametrize("name", EXAMPLES)


# The examples


def test_the_page_of_examples_is_made_from_them():
    assert len(EXAMPLES) >= 13 and "_generated/examples.md" in PAGE.read_text("utf-8")


@examples
def test_an_example_teaches(name):
    lines = EXAMPLES[name].read_text("utf-8").splitlines()
    assert lines[0] == "#:schema ../study.schema.json"
    assert re.fullmatch(r"# [A-Z].+[.?]", lines[1])  # the whole question on a line
    head = " ".join(line[2:] for line in lines[1 : lines.index("")])
    for said in ("Shows: ", "Takes: ", "For your own town: "):
        assert said in head
    comments = sum("#" in line for line in lines)
    assert comments > len(lines) / 4
    assert max(map(len, lines)) <= 160


@examples
def test_an_example_is_a_study_in_two_languages(name):
    plan = load(find(name))
    assert plan.name == name
    assert plan.question.en.endswith("?") and plan.question.nl.endswith("?")
    assert all(policy.label.nl for policy in plan.policies)


def test_the_examples_show_every_design_and_nearly_every_key():
    found = {"design": set(), "keys": set()}
    for path in EXAMPLES.values():
        content = tomllib.loads(path.read_text("utf-8"))
        found["design"].add(content.get("vary", {}).get("design", "grid"))
        found["keys"] |= {*content, *(f"vary.{key}" for key in content.get("vary", {}))}
        found["keys"] |= {f"policies.{key}" for policy in content["policies"] for key in policy}
    definitions = json.loads(schema())["$defs"]
    assert found["design"] == set(definitions["Vary"]["properties"]["design"]["enum"])
    wanted = set(Study.model_fields) | {f"vary.{key}" for key in definitions["Vary"]["properties"]}
    wanted |= {f"policies.{key}" for key in ("name", "nl", "preset", "conference", "town")}
    # What needs a script or sources of one's own is for studies that have them.
    assert wanted - found["keys"] == {
        *("reading", "literature", "literature_nl", "ensembles", "vary.file"),
        *("extensions", "field", "vary.field"),
    }


FEW = {  # where the small version is not small enough
    "every_municipality": {"country": {"municipalities": 8, "clients": 480}},
    "within_budget": {"budget": {"combinations": 8, "rounds": 1}},
}


def small(name):
    """An example as small as shows that all of it works."""
    plan = load(find(name), Options(quick=True))
    source, few = plan.source, dict(FEW.get(name, {}))
    if "town" in source and "clients_from" not in source["town"]:
        few["town"] = {"clients": min(150, source["town"]["clients"])}
    sets = {"sets": 2} if "sets" in source else {}
    return plan.changed(**sets, **{table: {**source[table], **keys} for table, keys in few.items()})


@pytest.mark.slow
@examples
def test_an_example_runs_small_and_its_report_names_its_question(name, tmp_path):
    plan = small(name)
    done = run_study(plan, tmp_path / name, engine="here")
    assert done.failed == 0
    assert len(pd.read_csv(done.folder / "differences.csv"))
    pages = {"report.html": plan.question.en, "report_nl.html": plan.question.nl}
    for page, question in pages.items():
        text = (done.folder / page).read_text("utf-8").replace("&#39;", "'")
        assert question in text
    assert list(done.folder.glob("*.png"))  # every design has a figure


# The schema


def test_the_schema_that_is_kept_is_that_of_the_code():
    assert SCHEMA.read_text("utf-8") == schema(), "python -m kring.experiments.study.schema"


@pytest.mark.parametrize("name", shipped())
def test_a_study_names_the_schema_and_keeps_to_it(name):
    path = shipped()[name]
    text = path.read_text("utf-8")
    named = text.splitlines()[0].removeprefix("#:schema ")
    assert (path.parent / named).resolve() == SCHEMA.resolve()
    rules = json.loads(SCHEMA.read_text("utf-8"))
    content = json.loads(json.dumps(tomllib.loads(text), default=str))  # a date is a text there
    jsonschema.Draft202012Validator(rules).validate(content)


# Mistakes

GOOD = """\
# A study without mistakes.
question = "What do ten hours do?"
weeks = 52
seeds = 2
outcomes = [
  "problems",
  "cost",
]

[town]
preset = "rotterdam"
clients = 100

[vary]
design = "grid"

[vary.policy]
mobilisation_hours = [2.5, 10]

[[policies]]
name = "as now"
preset = "wijkteam"

[[policies]]
name = "offered"
preset = "wijkteam"
offer = 1
"""
VARIED = GOOD[GOOD.index("[vary]") : GOOD.index("[[policies]]")]
PLAIN = GOOD.replace(VARIED, "")
POLICIES = GOOD[GOOD.index("[[policies]]") :]


def drawn(design: str, span: str) -> str:
    """A design that draws its points."""
    return f'[vary]\ndesign = "{design}"\n[vary.policy]\nmobilisation_hours = {span}\n'


TWICE = (
    '"list"\n\n[vary.town]\nsick_leave = [0.1, 0.1]\n[vary.policy]\nmobilisation_hours = [2, 2]\n'
)

MISTAKES = [
    # instead of what, stands what; the line that is told, and what it must name
    ("question =", "questoin =", 2, "did you mean 'question'"),
    ("weeks = 52", 'weeks = "two years"', 3, "a whole number is wanted"),
    ("weeks = 52", "weeks = 0", 3, "at least 1"),
    ("seeds = 2", "seeds = 2.5", 4, "a whole number is wanted"),
    ("seeds = 2", 'seeds = "3"', 4, "seeds = '3': a whole number is wanted"),
    ("seeds = 2", "seeds = true", 4, "seeds = true: a whole number is wanted"),
    (
        "seeds = 2",
        'seeds = 2\nname = "../evil"',
        5,
        "letters, numbers, spaces and the signs _ . + -",
    ),
    ("seeds = 2", "seeds = 2\noffer = 1", 5, "it stands under [[policies]]"),
    ("seeds = 2", "seeds = 2\npieces = 99", 5, "at most 16"),
    ("seeds = 2", 'seeds = 2\ntables = ["weekley"]', 5, "did you mean 'weekly'"),
    ("seeds = 2", 'seeds = 2\nreading = "rotterdm"', 5, "did you mean 'rotterdam'"),
    ('"cost"', '"costs"', 7, "did you mean 'cost'"),
    ('"cost"', '"cost:teem"', 7, "did you mean 'team'"),
    ('"cost"', '"cost@year"', 7, "'problems@52'"),
    ('"cost"', '"wait@year1+52"', 7, "outcomes of every week"),
    ('"problems",\n  "cost",\n', "", 5, "at least one"),
    ('[\n  "problems",\n  "cost",\n]', '"problems"', 5, 'a list is wanted, such as ["problems"]'),
    ('"rotterdam"', '"roterdam"', 11, "did you mean 'rotterdam'"),
    ("clients = 100", "client = 100", 12, "did you mean 'clients'"),
    ("clients = 100", "clients = -1", 12, "from 0 to"),
    ("clients = 100", "clients = 0", 12, "a study needs clients"),
    ("clients = 100", "clients = true", 12, "clients = true is not possible"),
    ("clients = 100", 'clients = "100"', 12, "clients = '100' is not possible"),
    ("clients = 100", "inhabitants = 100", 12, "it stands under [municipality]"),
    ("clients = 100", "zzzz = 100", 12, "kring show rotterdam tells what there is"),
    ("clients = 100", "hours = 1", 12, "'spare_hours' or 'case_hours' or "),
    ("[town]", "[[town]]", 10, "write [town], single brackets"),
    (
        '[town]\npreset = "rotterdam"\nclients = 100\n',
        'town = "class"\n',
        10,
        'write [town] and below it preset = "class"',
    ),
    ("[vary]", "[parameters]\nnetwork_efect = 1\n[vary]", 15, "did you mean 'network_effect'"),
    ("[vary]", "[parameters]\nnetwork_effect = true\n[vary]", 15, "it takes a number"),
    ("[vary]", '[parameters]\nwithout = ["M55"]\n[vary]', 15, "choose from: M1"),
    ("[vary]", "[precision]\nsupporters = 0.1\n[vary]", 15, "choose from: problems, cost"),
    ("[vary]", "[precision]\ncost = -1\n[vary]", 15, "more than 0"),
    ("[vary]", "[precision]\ncost = [1]\n[vary]", 15, "a number is wanted"),
    ("[vary]", "[country]\nclients = 100\n[vary]", 10, "leave [town] out"),
    ('"grid"', '"gird"', 15, "did you mean 'grid'"),
    ('"grid"', '"lhs"', 15, "did you mean 'latin hypercube'"),
    ('"grid"', '"random"', 15, "choose from: grid, list"),
    ('"grid"', '"grid"\npoints = 4', 16, "with latin hypercube, sobol, morris, not with grid"),
    ('"grid"\n', '"grid"\noffer = [0, 1]\n', 16, "it stands under [vary.policy]"),
    ("[vary.policy]", "[vary.town]", 18, "it stands under [vary.policy]"),
    ("[vary.policy]", "[vary.polcy]", 17, "did you mean 'policy'"),
    ("mobilisation_hours", "mobilization_hours", 18, "did you mean 'mobilisation_hours'"),
    ("[2.5, 10]", "[]", 18, "no values"),
    ("[2.5, 10]", "2.5", 18, "a list is wanted"),
    ("[2.5, 10]", "[2.5, 1000]", 18, "from 0 to 100"),
    ("[2.5, 10]", '[2.5, "ten"]', 18, "from 0 to 100"),
    ("[2.5, 10]", "[2.5, true]", 18, "true: a number is wanted"),
    ("[2.5, 10]", '[2.5, "10"]', 18, "'10' is not possible"),
    ("[2.5, 10]", "[10, 10]", 18, "10 stands there twice"),
    (
        '"grid"\n\n[vary.policy]\nmobilisation_hours = [2.5, 10]\n',
        TWICE,
        14,
        "'2 beside 0.1' stands",
    ),
    (VARIED, drawn("latin hypercube", "[10, 2.5]"), 17, "low below high"),
    (VARIED, drawn("latin hypercube", "[2.5, 1000]"), 17, "0 to 100 hours"),
    (VARIED, '[vary]\ndesign = "sobol"\n', 14, "at least one quantity"),
    ('"grid"', '"shapley"', 14, "two policies"),
    (VARIED, '[vary]\ndesign = "shapley"\n[vary.groups]\nx = ["training"]\n', 17, "'training'"),
    ('"grid"\n', '"list"\n\n[vary.town]\nsick_leave = [0, 0.1, 0.2]\n', 14, "side by side"),
    (
        '"grid"\n',
        '"list"\n\n[vary.town]\nsick_leave = [0, 0.1, 0.2]\n',
        14,
        "mobilisation_hours 2, sick_leave 3",
    ),
    ('"offered"', '"as now"', 25, "a name of its own"),
    ('name = "offered"\n', "", 24, "'name' is missing"),
    ('name = "offered"', 'nam = "offered"', 25, "did you mean 'name'"),
    ('"offered"', '""', 25, "empty"),
    ('"wijkteam"\noffer', '"wijkteem"\noffer', 26, "did you mean 'wijkteam'"),
    ("offer = 1", "mobilization_hours = 10", 27, "did you mean 'mobilisation_hours'"),
    ("offer = 1", "offer = 2", 27, "from 0 to 1"),
    ("offer = 1", 'offer = "all"', 27, "from 0 to 1"),
    ("offer = 1", "offer = true", 27, "from 0 to 1"),
    ("offer = 1", "offer = 50", 27, "50% is written 0.5"),
    ("offer = 1", 'offer = "50%"', 27, "50% is written 0.5"),
    ("offer = 1", "offer = 50%", 27, "50% is written 0.5"),
    ("offer = 1", "offer = 0,5", 27, "a number has a decimal point: 0.5"),
    ("offer = 1", "mobilisation_hours = 5", 27, "mobilisation_hours = 5 is never lived"),
    ("offer = 1", "mobilisation_hours = 10", 24, "from 'as now' only in what varies"),
    ("offer = 1", "clients = 10", 27, "it stands under [town]"),
    ("offer = 1", "town = { clients = 0 }", 27, "a study needs clients"),
    ("offer = 1", "town = { sick_leave = true }", 27, "true: a number is wanted"),
    ("offer = 1", 'queue_order = "oldest first"', 27, "choose from: first come, heaviest first"),
    ("offer = 1", 'queue_order = "youth frist"', 27, "did you mean 'youth first'"),
    ("offer = 1", "town = { sick_leef = 0.1 }", 27, "did you mean 'sick_leave'"),
    ("offer = 1", "\n[policies.town]\nsick_leef = 0.1", 29, "did you mean 'sick_leave'"),
    ("offer = 1", 'conference = { preset = "eigen_krach" }', 27, "did you mean 'eigen_kracht'"),
    ("offer = 1", "weeks = 0", 27, "at least 1"),
    ("offer = 1", "input_steering = 0.7\noutcome_steering = 0.7", 27, "together at most 1"),
    ("offer = 1", "offer = 1\nseeds = 3", 28, "above the first [table]"),
    (
        '[[policies]]\nname = "offered',
        '[[polices]]\nname = "offered',
        24,
        "did you mean 'policies'",
    ),
    ("offer = 1", "offer = ", 27, "not TOML"),
    ("offer = 1", "offer = yes", 27, "not TOML: yes or no is written true"),
    ('"rotterdam"', "rotterdam  # ours", 11, 'not TOML: a text stands in quotes: "rotterdam"'),
    ("seeds = 2", 'seeds = 2\ntogether = "yes"', 5, "together = 'yes': true or false is wanted"),
    ("weeks = 52", "weeks = 52\nweeks = 104", 4, "not TOML: 'weeks' stands there twice"),
    ("[vary.policy]", "[town]\n[vary.policy]", 17, "[town] stands there twice"),
    (POLICIES, POLICIES.replace("[[policies]]", "[[policy]]"), 20, "did you mean 'policies'"),
    (POLICIES, '[policies]\nname = "as now"\n', 20, "write [[policies]], double brackets"),
    (POLICIES, POLICIES.replace("[[", "[").replace("]]", "]"), 24, "write [[policies]], double"),
    ('[[policies]]\nname = "offered"', '[policies]\nname = "offered"', 24, "write [[policies]]"),
    ('"rotterdam"', '"rotterdam', 11, "not TOML"),
]


@pytest.mark.parametrize(("right", "wrong", "line", "named"), MISTAKES)
def test_a_mistake_is_told_in_one_line_with_its_line_and_the_right_thing(
    right, wrong, line, named, tmp_path
):
    assert right in GOOD
    path = tmp_path / "mine.toml"
    # The last place, for both policies have the same lines.
    path.write_text(wrong.join(GOOD.rsplit(right, 1)), encoding="utf-8")
    with pytest.raises(KringError) as told:
        load(path)
    said = str(told.value)
    assert said.startswith(f"{path}, line {line}: ")
    assert named in said
    assert "\n" not in said


def test_without_a_mistake_nothing_is_said(tmp_path):
    path = tmp_path / "mine.toml"
    for text in (GOOD, PLAIN):
        path.write_text(text, encoding="utf-8")
        assert load(path).name == "mine"


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (b"", "'policies' is missing"),
        (GOOD.replace(POLICIES, "").encode(), "'policies' is missing"),
        (b"\xff\xfe\x00", "no text in UTF-8"),
        (None, "cannot read"),
    ],
    ids=["empty", "no policies", "no text", "a folder"],
)
def test_a_file_that_is_no_study_is_told_in_one_line(content, named, tmp_path):
    path = tmp_path / "mine.toml"
    if content is None:
        path.mkdir()
    else:
        path.write_bytes(content)
    with pytest.raises(KringError, match=named) as told:
        load(path)
    assert str(path) in str(told.value) and "\n" not in str(told.value)


def test_a_study_that_is_not_there_is_told_with_the_nearest_one(tmp_path):
    (tmp_path / "mine.toml").write_text(GOOD)
    with pytest.raises(KringError, match=r"mine\.toml"):
        find(str(tmp_path / "mien.toml"))
    with pytest.raises(KringError, match="did you mean 'ten_hours'"):
        find("ten_hour")
    with pytest.raises(KringError, match=r"did you mean '.*mine\.toml'"):
        find(str(tmp_path / "mine"))


def test_a_policy_may_set_what_varies_to_the_value_it_is_compared_at(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(GOOD.replace("offer = 1", "offer = 1\nmobilisation_hours = 10"))
    assert load(path).policies[1].changes.given["mobilisation_hours"] == 10


def test_every_key_of_every_study_is_found_on_its_line():
    """Not by the scanner's own reading: the last key stands in the text of its line."""
    for path in CASEBOOK.rglob("*.toml"):
        text = path.read_text("utf-8")
        lines, found = text.splitlines(), places(text)
        content = tomllib.loads(text)
        for place in found:
            inner = content
            for key in place.keys:
                inner = inner[int(key) if isinstance(inner, list) else key]
            name = next(key for key in reversed(place.keys) if not key.isdigit())
            assert name in "\n".join(lines[place.first : place.last + 1])
        assert sum(len(place.keys) == 1 for place in found) >= len(
            [key for key, value in content.items() if not isinstance(value, dict | list)]
        )
