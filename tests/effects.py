"""Pairs of runs on the same people with the same luck: what a lever does, or does not do at all."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from hypothesis import strategies as st

from kring.simulation.parameters import Parameters
from kring.simulation.policy import Policy
from kring.simulation.result import Result
from kring.simulation.run import simulate
from kring.simulation.town import Town
from tests.helpers import TEAM, differences, values_of

PLACE = Town(clients=1400, entry_weeks=260, conference_share=0, hesitant=0.2)  # two teams
WEEKS = 130
SCARCE = {"staffing": 0.5}


class Effect(NamedTuple):
    """What a lever does: from its neutral value to this one, an outcome goes up (+1) or down.

    Attributes
    ----------
    lever, value : str, float or str
        The lever, and the value it is set to.
    outcome : callable
        ``outcome(result)`` gives the number.
    sign : int
        +1 or -1.
    given : mapping
        Other levers, the same in both runs.
    strengths, town : mapping
        Strengths and properties of the town, the same in both runs.
    """

    lever: str
    value: Any
    outcome: Callable[[Result], float]
    sign: int
    given: Mapping[str, Any] = {}
    strengths: Mapping[str, float] = {}
    town: Mapping[str, float] = {}


@cache
def _lived(town: Town, policy: Policy, parameters: Parameters, weeks: int, seed: int) -> Result:
    return simulate(town, policy, weeks, seed, parameters=parameters, threads=1)


def lived(
    levers: Mapping[str, Any] | None = None,
    strengths: Mapping[str, float] | None = None,
    town: Mapping[str, float] | None = None,
    *,
    weeks: int = WEEKS,
    seed: int = 1,
) -> Result:
    """The neighbourhood team's town with some levers, strengths and properties changed."""
    return _lived(
        PLACE.replace(**(town or {})),
        TEAM.replace(**(levers or {})),
        Parameters().replace(**(strengths or {})),
        weeks,
        seed,
    )


def shift(effect: Effect, seed: int = 1) -> float:
    """Change of the outcome from the lever's neutral value to the effect's."""
    without, with_it = (
        effect.outcome(
            lived({**effect.given, effect.lever: value}, effect.strengths, effect.town, seed=seed)
        )
        for value in (Policy.neutral(effect.lever), effect.value)
    )
    return with_it - without


def named(effects: Iterable[Effect]) -> dict[str, Any]:
    """Effects as the arguments of `pytest.mark.parametrize`, with readable names."""
    effects = list(effects)
    ids = [f"{e.lever}={e.value}-{'+' if e.sign > 0 else '-'}-{i}" for i, e in enumerate(effects)]
    return {"argnames": "effect", "argvalues": effects, "ids": ids}


def changed_by(
    neutral: Iterable[str],
    given: Mapping[str, Any],
    levers: Mapping[str, Any],
    strengths: Mapping[str, float],
    town: Mapping[str, float] | None = None,
) -> list[str]:
    """What differs, to the last bit, once these are changed while some levers are neutral."""
    base = {**given, **{lever: Policy.neutral(lever) for lever in neutral}}
    return differences(lived(base), lived({**base, **levers}, strengths, town))


def first(task: str) -> str:
    """The usual order of work, but with this task first."""
    return f"{task} > " + TEAM.work_order.replace(f" > {task}", "")


def happened(kind: int, *details: int) -> Callable[[Result], float]:
    """How often something happened, with one of these details where some are named."""

    def of(result: Result) -> float:
        rows = result.episode_rows[result.episode_rows["kind"] == kind]
        return float(sum((rows["detail"] == d).sum() for d in details) if details else len(rows))

    return of


def strengths(*names: str) -> st.SearchStrategy[np.record]:
    """Any values of these strengths, as the compiled week reads them; the others as fitted."""
    values = {name: values_of(Parameters, name) for name in names}
    return st.fixed_dictionaries(values).map(lambda some: Parameters().replace(**some).record())
