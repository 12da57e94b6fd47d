"""The store against a model of it: whatever order a person and a bad disk do things in.

The model is a list of contents that are promised to be somewhere: the user's own, and the runs of
every result that was finished. After each step all of them are there; whenever nothing goes wrong
the result is as if nothing ever had.
"""

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from kring.experiments.execution.manifest import MANIFEST
from kring.experiments.execution.placing import folder_of
from tests import test_faults
from tests.faulty_disk import tree
from tests.test_faults import FAULTS, OTHER, STUDY, attempt, by_kring, run

runs_of_nothing, finished = test_faults.runs_of_nothing, test_faults.finished
STUDIES = {"the same": STUDY, "other runs": OTHER}
STEPS = 150  # of the disk, about, in one run
RUNS = "runs.parquet"
MANY = 100 if os.environ.get("KRING_EVERY_FAULT") else 12


class Store(RuleBasedStateMachine):
    """A person with one folder of results."""

    expected: dict[str, Path]

    def __init__(self):
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.out = self.folder / "out"
        self.promised = set()
        self.count = 0

    def teardown(self):
        shutil.rmtree(self.folder)

    @rule(study=st.sampled_from(sorted(STUDIES)))
    def run_a_study(self, study):
        run(self.out, STUDIES[study])
        made, wanted = by_kring(self.out), by_kring(self.expected[study])
        assert {name: made[name] for name in wanted} == wanted
        rest = folder_of(self.out)  # holds only what the study has no use for
        assert not rest.exists() or any(rest.rglob("*.parquet"))
        self.promised.add(wanted[RUNS])

    @rule(
        study=st.sampled_from(sorted(STUDIES)),
        fault=st.sampled_from(FAULTS),
        at=st.integers(1, STEPS),
    )
    def run_on_a_bad_disk(self, study, fault, at):
        attempt(self.out, fault, at, seed=at, plan=STUDIES[study])

    def written(self):
        """What a user makes of a file: like nothing else."""
        self.count += 1
        content = b"mine, number %d" % self.count
        self.promised.add(content)
        return content

    def files(self):
        """Files of the result that the user may touch; a manifest that is touched is refused."""
        return [name for name in sorted(tree(self.out)) if name != MANIFEST]

    def no_longer_promised(self, contents):
        still_there = set(tree(self.folder).values())
        self.promised -= {one for one in contents if one not in still_there}

    @precondition(lambda self: (self.out / MANIFEST).is_file())
    @rule(name=st.sampled_from(["notes.txt", "report.html", "runs.yours.parquet", "new.csv"]))
    def add(self, name):
        was = tree(self.out).get(name)
        (self.out / name).write_bytes(self.written())
        self.no_longer_promised([was])

    @precondition(lambda self: self.out.is_dir() and self.files())
    @rule(data=st.data(), is_removed=st.booleans())
    def edit_or_delete(self, data, is_removed):
        path = self.out / data.draw(st.sampled_from(self.files()))
        was = path.read_bytes()
        if is_removed:
            path.unlink()
        else:
            path.write_bytes(self.written())
        self.no_longer_promised([was])

    @precondition(lambda self: self.out.is_dir())
    @rule()
    def delete_the_result(self):
        was = tree(self.out).values()
        shutil.rmtree(self.out)
        self.no_longer_promised(was)

    @invariant()
    def all_that_is_promised_is_there(self):
        assert self.promised <= set(tree(self.folder).values())


@pytest.mark.parametrize(
    ("examples", "steps"),
    [(4, 6), pytest.param(MANY, 20, marks=pytest.mark.slow)],
    ids=["few", "many"],
)
def test_nothing_that_is_promised_goes_whatever_the_order(
    finished, runs_of_nothing, examples, steps
):
    machine = type("Here", (Store,), {"expected": finished})
    run_state_machine_as_test(
        machine, settings=settings(max_examples=examples, stateful_step_count=steps, deadline=None)
    )
