"""A large design is counted before it is laid out, and refused in a line unless it is meant."""

import resource
import subprocess
import sys
from tomllib import loads

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.experiments.pipeline.preview import preview
from kring.experiments.study import toml_lines
from kring.experiments.study.lazily import Lazily, combinations
from kring.experiments.study.load import MOST_RUNS, load, read_study
from kring.experiments.study.quantities import KINDS
from kring.experiments.study.sampling import rows, sample
from kring.experiments.study.toml_lines import line_of
from kring.simulation.errors import KringError
from kring.simulation.field_tables import FieldTables

NOW = {"town": {"clients": 30}, "policies": [{"name": "now"}]}
SPAN = {"sick_leave": [0, 0.2], "spare_hours": [1, 2]}
HUGE = {
    "seeds": {"seeds": 100_000},
    "points and seeds": {
        "seeds": 100_000, "vary": {"policy": {"offer": [i / 1e6 for i in range(10_000)]}},
    },
    "a grid": {
        "vary": {"policy": {n: [i / 100 for i in range(100)] for n in ("offer", "uptake")}},
        "seeds": 1, "sets": 200,
    },
    **{
        method: {"seeds": 1, "vary": {"design": method, "points": 1_000_000, "town": SPAN}}
        for method in ("latin hypercube", "sobol", "morris")
    },
    "a country": {"town": None, "country": {}, "seeds": 20},
}  # fmt: skip


def asked(more: dict) -> dict:
    return {key: value for key, value in {**NOW, **more}.items() if value is not None}


@pytest.mark.parametrize("more", HUGE.values(), ids=HUGE)
def test_more_runs_than_one_asks_by_mistake_are_counted_and_refused(more):
    told = r"^[\d,]+ runs .* are more than 200,000: .* --large \(large=True in Python\)$"
    with pytest.raises(KringError, match=told):
        read_study(asked(more))


@pytest.mark.parametrize("more", HUGE.values(), ids=HUGE)
def test_if_they_are_meant_they_are_checked_without_being_laid_out(more):
    plan = read_study(asked(more), large=True)
    assert len(plan.runs) > MOST_RUNS
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    lines = list(preview(plan))
    assert f"{len(plan.runs)} runs" in lines[1]
    taken = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert taken < 400_000  # kB; laid out it is gigabytes
    assert "_drawn" not in vars(plan.design)


def test_the_command_line_says_so_too(tmp_path):
    file = tmp_path / "many.toml"
    file.write_text('seeds = 100000\n[town]\nclients = 30\n[[policies]]\nname = "now"\n')
    for more, status in (([], 2), (["--large"], 0)):
        found = subprocess.run(
            [sys.executable, "-m", "kring", "check", str(file), *more],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert found.returncode == status, found.stderr
        assert "20,000,000 runs" in found.stderr or "20000000 runs" in found.stdout


@pytest.mark.parametrize("slip", ["1.5", "0.75"])
def test_a_slip_in_a_long_list_is_found_on_its_line_without_reading_it_over_and_over(
    slip, tmp_path, monkeypatch
):
    values = [f"{i / 40_000}" for i in range(20_000)]
    file = tmp_path / "long.toml"
    levels = ",\n".join([*values, slip, slip])
    file.write_text(f'[[policies]]\nname = "now"\n[vary.policy]\noffer = [\n{levels}\n]\n')
    read = []
    monkeypatch.setattr(
        toml_lines.tomllib, "loads", lambda text, **how: (read.append(text), loads(text, **how))[1]
    )
    with pytest.raises(KringError, match=f"line 20005: .*{slip}"):
        load(file)
    assert len(read) < 20


def test_what_a_text_says_is_no_entry():
    text = 'nl = """\n[town]\na = 1\n"""\nofer = 1\n'
    assert line_of(text, ("ofer",), "") == 5
    assert line_of("a = [\n  [1, 2],\n  [3],\n]\n[town]\nb = 1\n", ("town", "b"), "") == 6


@given(st.dictionaries(st.text(), st.lists(st.integers(), max_size=3), max_size=4))
def test_combinations_are_those_of_nested_loops(levels):
    found = [()]
    for values in levels.values():
        found = [(*one, value) for one in found for value in values]
    every = combinations(levels)
    assert [tuple(one.values()) for one in list(every)] == found
    assert len(every) == len(found)


@given(st.integers(0, 20), st.slices(20))
def test_what_is_made_when_asked_for_is_as_a_list(size, part):
    assert list(Lazily(size, str)[part]) == [str(i) for i in range(size)][part]
    with pytest.raises(IndexError):
        Lazily(size, str)[size]


@pytest.mark.parametrize("method", ["latin hypercube", "sobol", "morris"])
def test_so_many_points_are_drawn_as_were_counted(method):
    factors = {f"town.{name}": span for name, span in SPAN.items()}
    assert len(sample(method, factors, 8)) == rows(method, factors, 8)


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_levels_are_taken_and_refused_as_settings_do(kind):
    name = next(k for k, one in KINDS.items() if one is kind)
    alike = 9 if kind is FieldTables else 1  # numbers of a column take the same
    for quantity in kind.quantities()[::alike]:
        note = kind.note(quantity)
        for value in (*np.linspace(note["low"], note["high"], 3), note["high"] * 2 + 1, -1, "x"):
            study = {**NOW, "sets": 1, "seeds": 1, "vary": {name: {quantity: [value]}}}
            assert (
                is_taken(lambda s=study: read_study(s))
                == is_taken(lambda q=quantity, v=value: v != 0 and kind(**{q: v}))
                or value == 0
            ), (quantity, value)


def is_taken(make) -> bool:
    try:
        make()
    except KringError:
        return False
    return True
