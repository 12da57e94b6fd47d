"""Where compiled code is kept, and that a changed source makes it anew."""

import ast
import os
import shutil

import numpy as np
import pytest

from kring.simulation import compiled, once
from kring.simulation.compiled import MACHINERY, NOT_COMPILED
from kring.simulation.machine_code import is_own
from tests.helpers import ROOT, python

DRAWS = """
from kring.simulation.compiled import cache_folder, compiled_and_kept, must_compile
from kring.simulation.draws import uniform

@compiled_and_kept
def draw(seed, week):
    return uniform(seed, 5, 7, week)

print(cache_folder(), must_compile(), draw(1, 3), draw(1, 3) == uniform(1, 5, 7, 3))
"""
RUN = "import runpy, sys; runpy.run_path(sys.argv[1])"
CLASS = """
from kring.simulation import Policy, Town, simulate
result = simulate(Town.preset("class"), Policy(), 30, seed=1)
print(repr(float(result.weekly["supporters"].iloc[-1])))
"""


def test_compiling_tells_how_far_it_is():
    """A bar, whoever asks for the first run: a step for each function, and then how long again."""

    def live():
        """A function to compile."""

    progress = once.Progress(live, 363)
    with progress:
        for _ in range(3):
            with once.event.trigger_event("numba:compile"):
                pass
        assert (progress.bar.n, progress.bar.total) == (3, 363)
        assert progress.bar.desc.startswith("compiling: live")
        with once.event.trigger_event(once.LINKED):
            assert "machine code, as long again" in progress.bar.desc


def script(folder) -> str:
    """The draws as a file: Numba keeps nothing of code without one."""
    path = folder / "draws.py"
    path.write_text(DRAWS)
    return str(path)


@pytest.fixture
def sources(monkeypatch, tmp_path):
    """A copy of the model's sources, from which the fingerprint is taken."""
    copy = tmp_path / "simulation"
    shutil.copytree(ROOT / "simulation", copy, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(compiled, "SOURCES", copy)
    return copy


def changed(path) -> None:
    path.write_bytes(path.read_bytes() + b"\n")


def test_the_same_sources_have_the_same_fingerprint(sources):
    assert compiled.fingerprint() == compiled.fingerprint()
    before = compiled.fingerprint(NOT_COMPILED)
    shutil.rmtree(sources)
    shutil.copytree(ROOT / "simulation", sources, ignore=shutil.ignore_patterns("__pycache__"))
    assert compiled.fingerprint(NOT_COMPILED) == before


@pytest.mark.parametrize(
    "name",
    ["behaviour/member.py", "week.py", "draws.py", "rows.py", "choices.py", "data/domains.csv"],
)
def test_a_change_in_what_is_compiled_asks_for_new_code(sources, name):
    before = compiled.fingerprint(NOT_COMPILED)
    changed(sources / name)
    assert compiled.fingerprint(NOT_COMPILED) != before


def test_a_change_in_what_is_not_compiled_keeps_the_code_but_is_another_version(sources):
    kept, version = compiled.fingerprint(NOT_COMPILED), compiled.fingerprint()
    changed(sources / "model.py")
    assert compiled.fingerprint(NOT_COMPILED) == kept
    assert compiled.fingerprint() != version


def test_what_is_left_out_of_the_fingerprint_compiles_nothing():
    """A file that decorates functions has to count."""
    for path in (ROOT / "simulation").rglob("*.py"):
        if path.stem in NOT_COMPILED:
            assert "@compiled" not in path.read_text(encoding="utf-8"), path


def test_what_compiled_code_reads_is_part_of_the_fingerprint():
    """A constant from a file that is left out could change under code that is kept."""
    not_read_by_it = {"DATA", "Parameters"}
    left_out = NOT_COMPILED - set(MACHINERY)
    for path in (ROOT / "simulation").rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        if "@compiled" not in source and path.name != "rows.py":
            continue
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.ImportFrom) and set(node.module.split(".")) & left_out:
                assert {name.name for name in node.names} <= not_read_by_it, (path, node.module)


def test_changed_parameters_are_another_version(sources):
    before = compiled.fingerprint()
    changed(sources / "data" / "parameters.toml")
    assert compiled.fingerprint() != before


def test_the_cache_goes_where_it_is_told(tmp_path):
    found = python(RUN, script(tmp_path), KRING_CACHE=str(tmp_path / "here"))
    assert found.returncode == 0, found.stderr
    assert found.stdout.startswith(str(tmp_path / "here"))
    assert list((tmp_path / "here").rglob("draw-*.code"))


def count_up(rows):
    for row in range(len(rows)):
        rows[row] += row
    return len(rows)


@pytest.fixture
def kept(monkeypatch, tmp_path):
    """A file with machine code, and a function that starts anew: was it made, what it returns."""
    made = []
    monkeypatch.setattr(compiled, "cache_folder", lambda: tmp_path)
    monkeypatch.setattr(once, "make", lambda *given, make=once.make: made.append(1) or make(*given))

    def start():
        made.clear()
        answer = compiled.compiled_and_kept(count_up)(np.zeros(5))
        return bool(made), answer

    assert start() == (True, 5)
    (file,) = tmp_path.glob("*.code")
    assert start() == (False, 5)
    return file, start


def flipped(content, at):
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: b"",
        lambda content: content[:20],
        lambda content: content[:-1],
        lambda content: content + b"0",
        lambda content: b"not of Kring",
        *(lambda content, part=part: flipped(content, int(part * len(content)))
          for part in (0, 0.2, 0.5, 0.9)),
    ],
)  # fmt: skip
def test_a_torn_file_of_machine_code_is_made_again_and_kept(kept, damage):
    file, start = kept
    file.write_bytes(damage(file.read_bytes()))
    assert start() == (True, 5)
    assert start() == (False, 5)


def test_machine_code_that_cannot_be_read_or_written_costs_only_time(kept):
    file, start = kept
    file.unlink()
    file.mkdir()
    assert start() == (True, 5)


def test_rows_of_another_type_get_code_of_their_own(kept):
    count = compiled.compiled_and_kept(count_up)
    fractions, numbers = np.zeros(3), np.zeros(3, np.int32)
    assert count(fractions) == count(numbers) == 3
    assert fractions.tolist() == numbers.tolist() == [0, 1, 2]


def test_a_temporary_folder_that_another_made_first_is_not_trusted(monkeypatch, tmp_path):
    if not hasattr(os, "getuid"):
        pytest.skip("temporary folders are each user's own here")
    monkeypatch.delenv("KRING_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", "/dev/null")
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path))
    cache_folder = compiled.cache_folder.__wrapped__
    own = tmp_path / f"kring-{os.getuid()}"
    assert own in cache_folder().parents
    own.chmod(0o777)
    assert cache_folder() is None
    own.chmod(0o700)
    mine = os.getuid()
    monkeypatch.setattr("os.getuid", lambda: mine + 1)
    own.rename(tmp_path / f"kring-{os.getuid()}")
    assert cache_folder() is None


def test_a_link_in_the_temporary_folder_is_not_followed(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    assert is_own(tmp_path / "elsewhere")
    assert not is_own(tmp_path / "link")


def test_a_copy_elsewhere_takes_up_the_same_code(tmp_path):
    for place in (tmp_path / "one", tmp_path / "other"):
        place.mkdir()
        python(RUN, script(place), KRING_CACHE=str(tmp_path / "here"))
    assert len(list((tmp_path / "here").rglob("draw-*.code"))) == 1


def test_with_a_release_of_numba_that_was_not_tried_the_numbers_are_the_same(tmp_path):
    path = script(tmp_path)
    unknown = f"from kring.simulation import compiled; compiled.TRIED.clear(); {RUN}"
    found = [
        python(code, path, KRING_CACHE=str(tmp_path / name))
        for name, code in (("tried", RUN), ("unknown", unknown))
    ]
    assert [one.returncode for one in found] == [0, 0], found[1].stderr
    assert found[0].stdout.split()[1:] == found[1].stdout.split()[1:]
    assert not list((tmp_path / "unknown").rglob("*.code"))
    assert list((tmp_path / "unknown").rglob("*.nbc"))


def test_a_behaviour_called_by_itself_is_what_it_is_within_compiled_code():
    from kring.simulation.draws import uniform
    from kring.simulation.people import draw_traits
    from kring.simulation.rows import PROFESSIONAL, empty_rows

    assert uniform(1, 5, 7, 3) == uniform.py_func(1, 5, 7, 3)
    within, by_hand = empty_rows(PROFESSIONAL, 3), empty_rows(PROFESSIONAL, 3)
    draw_traits(within, 4)
    draw_traits.py_func(by_hand, 4)
    assert within.tobytes() == by_hand.tobytes()


def test_without_a_place_to_write_it_compiles_and_works(tmp_path):
    (tmp_path / "file").write_text("mine")
    found = python(RUN, script(tmp_path), KRING_CACHE=str(tmp_path / "file"))
    assert found.returncode == 0, found.stderr
    where, must, _, same = found.stdout.split()
    assert (where, must, same) == ("None", "True", "True")
    assert (tmp_path / "file").read_text() == "mine"


def test_without_a_home_to_write_in_it_takes_the_temporary_folder(tmp_path):
    (tmp_path / "file").write_text("mine")
    (tmp_path / "tmp").mkdir()
    found = python(
        RUN,
        script(tmp_path),
        KRING_CACHE="",
        HOME=str(tmp_path / "file"),
        XDG_CACHE_HOME=str(tmp_path / "file"),
        TMPDIR=str(tmp_path / "tmp"),
    )
    assert found.returncode == 0, found.stderr
    assert found.stdout.startswith(str(tmp_path / "tmp"))


def test_plain_python_keeps_nothing(tmp_path):
    found = python(CLASS, KRING_CACHE=str(tmp_path / "here"), NUMBA_DISABLE_JIT="1")
    assert found.returncode == 0, found.stderr
    assert not (tmp_path / "here").exists()


def test_code_that_a_wheel_brings_is_taken_before_any_is_made(kept, monkeypatch, tmp_path):
    file, start = kept
    shipped = tmp_path / "shipped"
    shipped.mkdir()
    file.rename(shipped / file.name)
    monkeypatch.setattr(compiled, "shipped_folder", lambda: shipped)
    assert start() == (False, 5)
    (shipped / file.name).write_bytes(b"of something else")
    assert start() == (True, 5)


def test_code_that_a_wheel_brought_for_other_sources_is_not_found(sources):
    folder = compiled.shipped_folder.__wrapped__
    before = folder()
    assert before.parent == sources / "shipped"
    changed(sources / "week.py")
    assert folder() != before
