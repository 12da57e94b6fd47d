"""Handing out: whenever workers die, every job is done once, and blamed for nothing."""

from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.experiments.execution.engines import Engine, Here
from kring.experiments.execution.handing_out import ATTEMPTS, HandOut
from kring.simulation.errors import KringError


class Doubling(HandOut):
    """Jobs are numbers; what is made of one is its double."""

    def __init__(self, jobs, engine):
        super().__init__([[job] for job in jobs], engine, lambda done: None)
        self.kept = {}

    def submit(self, jobs):
        return self.engine.submit(lambda jobs, threads: [2 * job for job in jobs], jobs)

    def keep(self, jobs, made):
        self.kept |= dict(zip(jobs, made, strict=True))

    def given_up(self, job, message):
        return message


class Pool(Here):
    """A pool that breaks: when a job is handed out, or when it is done; then it takes no more."""

    def __init__(self, fates):
        self.fates = fates
        self.is_broken = False

    def submit(self, *job):
        fate = next(self.fates, "done")
        if self.is_broken or fate == "breaks before":
            self.is_broken = True
            raise BrokenProcessPool("a worker is gone")
        if fate == "breaks within":
            self.is_broken = True
            future = Future()
            future.set_exception(BrokenProcessPool("a worker is gone"))
            return future
        return super().submit(*job)


@pytest.fixture(autouse=True)
def compiled(monkeypatch):
    monkeypatch.setattr("kring.experiments.execution.handing_out.compile_first", lambda: None)


def handed_out(fates, at_once=3):
    every = iter(fates)
    engine = Engine("pool", Pool(every), at_once, remake=lambda: Pool(every))
    work = Doubling(range(6), engine)
    work.run()
    return work.kept


@given(st.lists(st.sampled_from(["done", "breaks before", "breaks within"]), max_size=12))
def test_a_pool_that_breaks_at_any_moment_costs_no_job(fates):
    hopeless = any(fates[i : i + 2].count("breaks before") == 2 for i in range(len(fates)))
    died = fates.count("breaks within")
    if hopeless or died >= ATTEMPTS - 1:
        return
    assert handed_out(fates) == {job: 2 * job for job in range(6)}


def test_a_pool_that_never_takes_anything_is_said_in_a_line():
    with pytest.raises(KringError, match=r"the workers end before they are given work.*same comm"):
        handed_out(["breaks before"] * 99)


def test_a_break_is_mended_once_though_all_that_was_out_tells_of_it():
    made = []
    every = iter(["breaks within"])
    engine = Engine("pool", Pool(every), 4, remake=lambda: made.append(1) or Pool(every))
    old = engine.executor
    for _ in range(4):
        engine.mend(BrokenProcessPool("gone"), old)
    assert len(made) == 1
