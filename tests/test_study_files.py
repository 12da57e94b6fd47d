"""Any file a person has is a study, or is refused in one line that says where and what to write."""

import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.experiments.study.files import folder_name
from kring.experiments.study.load import load, read_study
from kring.experiments.study.numbers import two_readings
from kring.experiments.study.spec import Study
from kring.simulation.country import Country
from kring.simulation.errors import KringError
from kring.simulation.parameters import Parameters
from kring.simulation.policy import Policy
from kring.simulation.town import Town

STUDY = 'question = "x"\nseeds = 2\n[town]\nclients = 30\n[[policies]]\nname = "now"\n'
LAST = STUDY.count("\n") + 1  # the line of what is put under it

NAMES = (
    "more_hours (1)", "a,b", "a&b", "100%", "a\u2013b", "'q'", '"q"', "[b]", "-lead", "x" * 120,
    "\U0001f600", "\u00e9" * 90, " ", "..", "con", "LPT1.x", "a\nb", "a\tb", "\x1b[31mred",
    "x.unfinished", "x.before", "a:b", "$HOME", "`ls`", "~", "=cmd|x", "e\u0301", "\u202etxt",
    os.fsdecode(b"\xff\xfe"),
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_a_file_of_any_name_is_a_study(name, tmp_path):
    file = tmp_path / f"{name}.toml"
    file.write_text(STUDY)
    assert load(file).name == folder_name(name)


@given(st.text(min_size=1))
def test_a_folder_gets_a_name_that_any_machine_takes(name):
    folder = folder_name(name)
    assert re.fullmatch(Study.model_fields["name"].metadata[0].pattern, folder)
    assert folder == folder_name(folder)
    assert len(folder.encode()) <= 130 and folder[-1] not in " ." and folder.isprintable()
    assert not folder.endswith((".unfinished", ".before"))
    assert folder.split(".")[0].lower() not in ("con", "prn", "aux", "nul", "com1", "lpt9")


def test_a_shipped_study_keeps_its_name():
    assert folder_name("hours_and_offer") == "hours_and_offer"


DEEP, LONG = 500, 5000
SLIPS = {  # what stands under a whole study, and what the line has to name
    "nested lists": ("offer = " + "[" * DEEP + "]" * DEEP, "within each other"),
    "nested tables": ("offer = " + "{a=" * DEEP + "1" + "}" * DEEP, "within each other"),
    "nested keys": ("town." + ".".join("a" * DEEP) + " = 1", "within each other"),
    "nested headings": ("[town." + ".".join("a" * DEEP) + "]", "within each other"),
    "a few too deep": ("offer = " + "[" * 15 + "]" * 15, "within each other"),
    "thousands of digits": ("offer = " + "1" * LONG, "more digits than a computer counts"),
    "hundreds of digits": ("offer = " + "1" * 400, "more digits than a computer counts"),
    "a long text": (f'nl = "{"x" * 20_000}"', "a text of 20,000 letters"),
    "a long key": (f"{'x' * LONG} = 1", "a key of 5,000 letters"),
    "a long number in quotes": (f'offer = "{"x" * LONG}"', "xxx..."),
    "a byte order mark": ("\ufeffoffer = 1", "not seen"),
    "curly quotes": ("nl = \u201cnu\u201d", "straight"),
    "low quotes": ("nl = \u201enu\u201d", "straight"),
    "a space that does not break": ("offer\u00a0= 1", "does not break"),
    "a long minus": ("offer = \u22121", "minus is written -"),
    "a date": ("weeks = 2020-01-01", "weeks = 2020-01-01: a whole number"),
    "a preset that is a number": ("preset = 1", "text in quotes"),
    "a town's preset that is a number": ("town = {preset = 1}", "preset = 1: a name in quotes"),
    "mechanisms that are a number": ("parameters = {without = 1}", "a list of mechanisms"),
    "a number in quotes": ('offer = "1"', "write 1 without quotes"),
    "a thousand": ("weeks = 1.000", "write 1000 or 1"),
    "thousands with a fraction": ("town = {clients_per_team = 1.500}", "write 1500 or 1.5"),
    "thousands that could be a fraction": ("town = {clients_per_team = 1.255}", "1255 or 1.2550"),
    "a decimal comma": ("mobilisation_hours = 2,5", "decimal point: 2.5"),
    "a comma between thousands": ("weeks = 1,000", "write 1000 or 1"),
    "a million": ("weeks = 1.000.000", "write 1000000"),
    "a space between thousands": ("weeks = 1 000", "write 1000"),
    "an apostrophe between thousands": ("weeks = 1'000", "write 1000"),
    "a percentage": ("offer = 50%", "50% is written 0.5"),
    "a sum of money": ("offer = \u20ac5", "without its unit"),
    "a number of hours": ("mobilisation_hours = 10 hours", "without its unit"),
    "half a client": ("town = {clients = 40.5}", "whole number from 0"),
}


@pytest.mark.parametrize(("put", "named"), SLIPS.values(), ids=SLIPS)
def test_a_slip_is_one_short_line_that_names_its_place(put, named, tmp_path):
    file = tmp_path / "study.toml"
    file.write_text(STUDY + put + "\n", "utf-8")
    with pytest.raises(KringError) as refused:
        load(file)
    told = str(refused.value)
    assert named in told and f"line {LAST}:" in told
    assert "\n" not in told and len(told) < len(str(file)) + 2600  # all levers may be named


@pytest.mark.parametrize("content", [STUDY.encode("utf-16"), b"\xff", b"x" * 6_000_000])
def test_what_is_no_text_of_a_person_is_refused(content, tmp_path):
    file = tmp_path / "study.toml"
    file.write_bytes(content)
    with pytest.raises(KringError, match=r"UTF-8|larger than"):
        load(file)


@pytest.mark.parametrize("start", [b"\xef\xbb\xbf", b""])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_editors_may_begin_and_end_as_they_do(start, end, tmp_path):
    file = tmp_path / "study.toml"
    file.write_bytes(start + STUDY.encode().replace(b"\n", end))
    assert load(file).question.en == "x"


@pytest.mark.parametrize("key", ["self", "cls", "name", "kind", "model_fields", "__class__", "/"])
@pytest.mark.parametrize("table", ["town", "country", "parameters"])
def test_no_key_is_taken_for_something_of_pythons(table, key):
    study = {"policies": [{"name": "now"}], table: {key: "x"}}
    if (table, key) == ("town", "name"):
        assert read_study(study).town.name == "x"
        return
    with pytest.raises(KringError, match=f"no '{key}'"):
        read_study(study)


@pytest.mark.parametrize("kind", [Town, Country, Parameters, Policy])
@pytest.mark.parametrize("key", ["self", "cls"])
def test_nor_from_python(kind, key):
    for made in (kind, kind().replace, lambda **more: kind.preset(kind.presets()[0], **more)):
        with pytest.raises(KringError, match=f"no '{key}'"):
            made(**{key: 1})


@given(st.integers(1, 999_999_999))
def test_a_whole_number_with_dots_between_its_thousands_never_goes_for_another(number):
    dotted = f"{number:,}".replace(",", ".")
    if number >= 1000:
        assert str(number) in two_readings("clients", dotted)
    else:
        assert two_readings("clients", dotted) == ""


def test_a_file_lies_where_its_name_says(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("more (1).toml").write_text(STUDY)
    assert read_study("more (1).toml").name == "more_1"
