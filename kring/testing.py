"""A contract for extensions: what each promises to everybody else, as tests to inherit.

In a test file of one's own::

    from kring.testing import ExtensionContract
    from visitors import visitors

    class TestVisitors(ExtensionContract):
        extension = visitors
        at_work = {"visitors_reach": 0.1}
"""

import hashlib
import inspect
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, ClassVar

from kring.simulation.beside import LOADED
from kring.simulation.draws import uniform
from kring.simulation.extensions import Extension
from kring.simulation.extensions.loading import find
from kring.simulation.parameters import Parameters
from kring.simulation.policy import Policy
from kring.simulation.result import Result
from kring.simulation.run import run_in, simulate
from kring.simulation.town import Town

POLICIES = ("wijkteam", "eigen_kracht")
WEEKS, HALF = 52, 26
TOWN = Town.preset("class", clients=60)


class ExtensionContract:
    """Checks that an extension does what it says, and nothing else.

    Attributes
    ----------
    extension : Extension
        The extension.
    at_work : mapping of str to float
        Its levers and strengths at which it does something; empty if it only observes.
    """

    extension: ClassVar[Extension]
    at_work: ClassVar[Mapping[str, float]] = {}

    def test_loaded_and_neutral_it_changes_nothing(self) -> None:
        """Whoever loads it and leaves its levers alone gets Kring's results, to the last bit."""
        for policy in POLICIES:
            with only():
                without = krings(simulate(TOWN, policy, WEEKS))
            with only(self.extension):
                assert krings(simulate(TOWN, policy, WEEKS)) == without, (
                    f"{policy} gives something else, though no lever of {self.extension.name} is "
                    "set: by default nothing may happen"
                )

    def test_at_work_it_does_something(self) -> None:
        """Its levers and strengths at work move what is recorded."""
        with only(self.extension):
            idle = digest(simulate(TOWN, POLICIES[0], WEEKS))
            assert not self.at_work or digest(self.lived()) != idle, (
                f"at {dict(self.at_work)} all that is recorded of {TOWN.clients} clients in "
                f"{WEEKS} weeks stays the same: set levers at which more happens"
            )

    def test_levers_that_it_says_do_nothing_do_nothing(self) -> None:
        """Where it says that a lever is idle, moving it changes nothing."""
        with only(self.extension):
            policy = Policy.preset(POLICIES[0])
            neutral = digest(simulate(TOWN, policy, WEEKS))
            for lever in idle_in(self.extension, policy):
                moved = policy.replace(**{lever: other_value(policy, lever)})
                if lever in idle_in(self.extension, moved):
                    assert digest(simulate(TOWN, moved, WEEKS)) == neutral, (
                        f"{lever} is said to be idle, and at {getattr(moved, lever):g} it isn't"
                    )

    def test_luck_is_its_own(self) -> None:
        """Another extension that draws every week shifts nothing in what this one does."""
        with only(self.extension):
            alone = digest(self.lived())
        with only(self.extension, COMPANY):
            assert digest(self.lived()) == alone, (
                "beside an extension that draws it does something else: draw by "
                "uniform(world.seed, DECISION, client.id, week) alone"
            )

    def test_threads_and_a_stop_on_the_way_change_nothing(self) -> None:
        """One thread or two, in one go or saved half-way: the same to the last bit."""
        with only(self.extension):
            whole = digest(self.lived(threads=1))
            assert digest(self.lived(threads=2)) == whole, (
                "two threads give something else than one: teams are lived beside each other, so "
                "a behaviour writes only to what is of its own team"
            )
            strengths = self.parameters()
            run = run_in(TOWN, self.policy(), WEEKS, parameters=strengths, episodes=True)
            assert digest(simulate(run.at(HALF), self.policy(), WEEKS)) == whole, (
                "a run that was saved half-way gives something else: what lasts is a column"
            )

    def test_in_plain_python_it_is_the_same(self) -> None:
        """Not compiled, where a wrong row stops with an error, it gives the same."""
        module = inspect.getmodule(self.extension.behaviours[0].function)
        assert module is not None and module.__file__, "put the extension in a file"
        given = [module.__file__, json.dumps(dict(self.at_work))]
        found = subprocess.run(
            [sys.executable, "-c", "from kring.testing import tell; tell()", *given],
            capture_output=True, text=True, check=False,
            env=os.environ | {"NUMBA_DISABLE_JIT": "1", "PYTHONPATH": os.pathsep.join(sys.path)},
        )  # fmt: skip
        assert found.returncode == 0, found.stderr.splitlines()[-1]
        with only(self.extension):
            assert found.stdout.strip() == digest(in_short(self.extension, self.at_work)), (
                "plain Python gives something else than compiled code: look for a row or a place "
                "in a table that isn't there, such as -1"
            )

    def policy(self) -> Policy:
        """The policy at which it is at work."""
        return policy_of(self.extension, self.at_work)

    def parameters(self) -> Parameters:
        """The strengths at which it is at work."""
        return strengths_of(self.extension, self.at_work)

    def lived(self, **how: Any) -> Result:
        """A town at that policy and those strengths."""
        return simulate(TOWN, self.policy(), WEEKS, parameters=self.parameters(), **how)


def policy_of(extension: Extension, at_work: Mapping[str, float]) -> Policy:
    """The policy at which an extension is at work: all that is no strength has to be a lever."""
    levers = {name: at_work[name] for name in at_work if name not in extension.strengths}
    return Policy.preset(POLICIES[0], **levers)


def strengths_of(extension: Extension, at_work: Mapping[str, float]) -> Parameters:
    """The fitted strengths, with those at which an extension is at work."""
    own = {name: at_work[name] for name in at_work if name in extension.strengths}
    return Parameters.preset("fitted", **own)


@contextmanager
def only(*extensions: Extension) -> Iterator[None]:
    """Just these extensions take part, and after it those of before."""
    before = list(LOADED.values())
    for one in before:
        one.unload()
    try:
        for one in extensions:
            one.load()
        yield
    finally:
        for one in (*extensions, *before):
            one.unload()
        for one in before:
            one.load()


def idle_in(extension: Extension, policy: Policy) -> list[str]:
    """Levers that an extension says do nothing under a policy."""
    rules = [one for one in extension.idle_rules if one.holds(policy, TOWN, Parameters())]
    return [lever for rule in rules for lever in rule.levers]


def other_value(policy: Policy, lever: str) -> float:
    """Another value of a lever: the bound of its range that lies farther."""
    now, note = getattr(policy, lever), Policy.note(lever)
    return float(max(note["low"], note["high"], key=lambda bound: abs(bound - now)))


def krings(result: Result) -> str:
    """Hash of all that Kring itself records of a run."""
    arrays = (result.sums, result.spread, result.municipal_sums, result.episode_rows)
    return hashlib.sha256(b"".join(array.tobytes() for array in arrays)).hexdigest()


def digest(result: Result) -> str:
    """Hash of all that is recorded of a run, own outcomes too."""
    own = b"".join(sums.tobytes() for _, sums in sorted(result.own_sums.items()))
    return hashlib.sha256(krings(result).encode() + own).hexdigest()


def in_short(extension: Extension, at_work: Mapping[str, float]) -> Result:
    """A few clients, who need no compiler."""
    policy, parameters = policy_of(extension, at_work), strengths_of(extension, at_work)
    town = Town.preset("class", clients=20)
    return simulate(town, policy, HALF, parameters=parameters, threads=1)


def tell() -> None:
    """Print the hash of a short run with the extension in a file; called in plain Python."""
    file, at_work = sys.argv[1:]
    with only(extension := find(file)):
        print(digest(in_short(extension, json.loads(at_work))))


# It draws for everybody every week, and does nothing with it.
COMPANY = Extension("company", version="1", about="Draws, and leaves it at that.")
COMPANY.column("client", "drawn", "number", about="its last draw")
DRAWS = COMPANY.decision("draws")


@COMPANY.behaviour(before="supporters reconsider")
def draws(world, client, own, week):  # type: ignore[no-untyped-def]
    """Draw for a client."""
    own.drawn = uniform(world.seed, DRAWS, client.id, week)
