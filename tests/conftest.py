import os
import shutil
import sys

import pytest
from filelock import FileLock
from hypothesis import settings

from kring.experiments.text.language import LOCALE
from kring.simulation.model import SupportNetworkModel
from tests.helpers import POLICIES, SHORT_STAFFED, living

pytest.register_assert_rewrite("tests.unspoken")

# The same examples every time: a pass stays a pass.
settings.register_profile("kring", deadline=None, derandomize=True)
settings.load_profile("kring")


@pytest.fixture(autouse=True)
def what_is_dropped_is_heard(monkeypatch):
    """An interrupt silences it for the rest of a process, but not for the next test."""
    monkeypatch.setattr(sys, "unraisablehook", sys.unraisablehook)


@pytest.fixture(scope="session", autouse=True)
def unhurried_disk():
    """Nothing waits until the disk has it: a power cut is what `faulty_disk` plays."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda handle: None)
        yield


@pytest.fixture(scope="session")
def once(tmp_path_factory):
    """A place that is filled once, by whichever of the workers asks first; others wait for it."""
    base = tmp_path_factory.getbasetemp()
    shared = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "once"
    shared.mkdir(exist_ok=True)

    def place(name, fill):
        with FileLock(shared / f"{name}.lock"):
            if not (shared / name).exists():
                fill(shared / name)
        return shared / name

    return place


@pytest.fixture(scope="session")
def unspoken(tmp_path_factory):
    """A folder with the catalogue of the language that nobody speaks, and no other."""
    from tests.unspoken import write_catalogue

    folder = tmp_path_factory.mktemp("unspoken")
    write_catalogue(folder)
    return folder


@pytest.fixture(scope="session")
def casebook(once, unspoken, tmp_path_factory):
    """A study of the casebook, small: what its command left and said."""
    from tests.casebook import Found, run_small  # loads the whole command

    every = tmp_path_factory.mktemp("languages")
    for catalogue in (unspoken / "xx.po", LOCALE / "nl.po"):
        shutil.copy(catalogue, every)
    return lambda name: Found.of(once(name, lambda place: run_small(name, place, every)))


@pytest.fixture
def drawn(unspoken):
    """What figures say in the language that nobody speaks, beside English alone."""
    from tests.unspoken import also_unspoken

    with also_unspoken(unspoken) as texts:
        yield texts


@pytest.fixture(scope="module")
def without_figures():
    """Studies write no figures: files like others, and what costs most of a small study."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kring.experiments.pipeline.result.save_in_every_language", lambda *_: None)
        yield


@pytest.fixture
def model():
    """A class of clients, half a year on its way."""
    model = SupportNetworkModel("class", "eigen_kracht", weeks=40, seed=3)
    for _ in range(26):
        model.step()
    return model


@pytest.fixture
def client(model):
    """A client who is guided, with two supporters or more."""
    return next(c for c in model.clients if c.supporters > 1 and c.stage == "guided")


@pytest.fixture(params=POLICIES)
def weeks(request):
    """Two years of a town short of staff, week by week, from before the first."""

    def live():
        run = living(SHORT_STAFFED, POLICIES[request.param], seed=4)
        yield run
        for _ in range(104):
            run.live(1)
            yield run

    return live()
