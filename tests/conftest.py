import sys

import pytest
from hypothesis import settings

from kring.simulation.model import SupportNetworkModel
from tests.helpers import POLICIES, SHORT_STAFFED, living

# The same examples every time: a pass stays a pass.
settings.register_profile("kring", deadline=None, derandomize=True)
settings.load_profile("kring")


@pytest.fixture(autouse=True)
def what_is_dropped_is_heard(monkeypatch):
    """An interrupt silences it for the rest of a process, but not for the next test."""
    monkeypatch.setattr(sys, "unraisablehook", sys.unraisablehook)


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
