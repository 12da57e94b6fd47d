"""A folder that Kring shares with its user: what is not as Kring wrote it is kept."""

import pytest

from kring.experiments.execution import disk
from kring.experiments.execution.shared import LIST, written_into
from tests.faulty_disk import Killed, tree


def write(folder, **content):
    with written_into(folder) as ready:
        for name, text in content.items():
            (ready / f"{name}.csv").write_text(text)


def without_list(folder):
    return {name: text.decode() for name, text in tree(folder).items() if name != LIST}


@pytest.mark.parametrize("who", ["before the first", "edited", "edited to what Kring will write"])
def test_only_what_kring_wrote_is_written_over(who, tmp_path, capsys):
    if who != "before the first":
        write(tmp_path, a="one", b="one")
    texts = {"edited to what Kring will write": "two"}
    (tmp_path / "a.csv").write_text(texts.get(who, "mine"))
    (tmp_path / "notes.txt").write_text("mine")
    write(tmp_path, a="two", b="two")
    yours = {} if who in texts else {"a.yours.csv": "mine"}
    assert without_list(tmp_path) == {"a.csv": "two", "b.csv": "two", "notes.txt": "mine", **yours}
    assert ("kept as" in capsys.readouterr().err) == bool(yours)


@pytest.mark.parametrize("at", range(1, 8))
def test_a_kill_at_any_step_leaves_kring_s_files_known_for_its_own(at, tmp_path, monkeypatch):
    write(tmp_path, a="one", b="one")
    steps = []
    for name in ("write", "sync", "rename", "remove", "make"):
        real = getattr(disk, name)

        def counted(*given, real=real):
            steps.append(real)
            if len(steps) >= at:
                raise Killed
            real(*given)

        monkeypatch.setattr(disk, name, counted)
    with pytest.raises(Killed):
        write(tmp_path, a="two", b="two")
    monkeypatch.undo()
    write(tmp_path, a="three", b="three")
    assert without_list(tmp_path) == {"a.csv": "three", "b.csv": "three"}


def test_a_list_that_is_torn_makes_everything_the_user_s(tmp_path):
    write(tmp_path, a="one")
    (tmp_path / LIST).write_text("[")
    write(tmp_path, a="two")
    assert without_list(tmp_path) == {"a.csv": "two", "a.yours.csv": "one"}
