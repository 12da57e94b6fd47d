"""Figures are the same bytes whatever Matplotlib is told by whoever runs it, and leave it alone."""

import matplotlib
import matplotlib.pyplot as plt
import pandas as pd
import pytest

from kring.experiments.charts import style
from tests.helpers import digests, python

DRAW = """
import sys
from pathlib import Path
import matplotlib.pyplot as plt
import pandas as pd
from kring.experiments.charts.style import save_in_every_language, under

def draw():
    figure, ax = plt.subplots()
    ax.plot([1, 2.5, 2], label="supporters of ‘now’ ▲")
    ax.legend()
    under(figure, "what is seen, €5")
    return figure

save_in_every_language(draw, Path(sys.argv[1]), "drawn")
"""
LOUD = "font.size: 30\nfont.family: serif\nsavefig.dpi: 20\nsvg.fonttype: none\n"
SURROUNDINGS = {
    "nothing": {},
    "settings of one's own": {"MATPLOTLIBRC": "matplotlibrc"},
    "another place": {"LC_ALL": "nl_NL.UTF-8", "TZ": "Asia/Tokyo"},
    "another backend": {"MPLBACKEND": "svg"},
    "a backend that there is not": {"MPLBACKEND": "module://nowhere"},
}


@pytest.fixture(scope="module")
def as_usual(tmp_path_factory):
    return drawn(tmp_path_factory.mktemp("usual"), {})


def drawn(folder, surroundings):
    (folder.parent / "matplotlibrc").write_text(LOUD)
    more = {name: str(folder.parent / value) if value == "matplotlibrc" else value
            for name, value in surroundings.items()}  # fmt: skip
    found = python(DRAW, str(folder), **more)
    assert found.returncode == 0, found.stderr
    return digests(folder)


@pytest.mark.parametrize("told", SURROUNDINGS.values(), ids=SURROUNDINGS)
def test_the_same_bytes_whatever_matplotlib_is_told(told, as_usual, tmp_path):
    folder = tmp_path / "here"
    folder.mkdir()
    assert len(as_usual) == 4
    assert drawn(folder, told) == as_usual


def test_settings_and_backend_stay_those_of_whoever_runs_it(tmp_path):
    plt.switch_backend("pdf")
    with matplotlib.rc_context({"font.size": 31}):
        before = dict(matplotlib.rcParams)
        with style.style():
            assert matplotlib.get_backend() == "agg"
            assert matplotlib.rcParams["font.size"] == style.STYLE["font.size"]
        assert dict(matplotlib.rcParams) == before
    assert matplotlib.get_backend() == "pdf"
    plt.switch_backend("agg")


def test_no_figure_of_krings_stays_open():
    open_before = plt.get_fignums()
    with style.style():
        table = pd.DataFrame({"a": ["1"]})
        plt.close(style.table_picture(table, "t", [True], [0.5]))
    assert plt.get_fignums() == open_before
