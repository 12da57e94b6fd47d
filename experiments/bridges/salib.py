"""SALib: what a study varies as its problem, and a finished result as what it analyses."""

from pathlib import Path
from typing import Any

import numpy as np

from kring.experiments.analyses.paired import by_point, by_town
from kring.experiments.execution.kept import folder_of, planned, read_runs
from kring.experiments.study.load import check_plan
from kring.experiments.study.plan import Plan
from kring.experiments.study.sampling import problem
from kring.simulation.errors import KringError, nearest


def salib_problem(plan: Plan) -> dict[str, Any]:
    """What a study varies, as SALib's problem: `num_vars`, `names`, `bounds`.

    Parameters
    ----------
    plan : Plan
        A study whose points are drawn between low and high.

    Returns
    -------
    dict
        ``num_vars``, ``names``, and ``bounds`` as pairs.

    Raises
    ------
    KringError
        If none are drawn.

    Examples
    --------
    >>> from kring.experiments.study.load import plan_of
    >>> vary = {"design": "latin hypercube", "town": {"sick_leave": [0, 0.1]}}
    >>> salib_problem(plan_of({"policies": [{"name": "now"}], "vary": vary}))
    {'num_vars': 1, 'names': ['town.sick_leave'], 'bounds': [[0.0, 0.1]]}
    """
    check_plan(plan)
    if not plan.design.is_sampled:
        raise KringError("SALib takes a study whose points are drawn between [low, high]")
    return problem(plan.design.factors)


def as_salib_results(
    folder: Path | str, policy: str | None = None
) -> tuple[dict[str, Any], np.ndarray, dict[str, np.ndarray]]:
    """A finished result as SALib analyses it: the problem, the points, and what came of them.

    Parameters
    ----------
    folder : Path or str
        A result of a study whose points were drawn.
    policy : str, optional
        Under which policy; the first if not given.

    Returns
    -------
    dict
        SALib's problem.
    ndarray, shape (points, quantities)
        The points.
    dict of str to ndarray
        Each outcome at each point, a mean over towns; NaN without a result.

    Raises
    ------
    KringError
        For what is no such result, or a policy that it has not.

    Examples
    --------
    >>> problem, points, outcomes = as_salib_results("results/futures")
    >>> points.shape, outcomes["problems"].shape
    ((20, 1), (20,))
    """
    plan = planned(folder := folder_of(folder))
    told = salib_problem(plan)
    names = [one.name for one in plan.policies]
    policy = names[0] if policy is None else policy
    if policy not in names:
        raise KringError(f"no policy {policy!r}; {nearest(policy, names)}")
    runs = by_town(read_runs(folder), plan, plan.outcomes)
    points = np.array([list(point.values()) for point in plan.points], float)
    means = {
        outcome: by_point(plan, runs, policy, outcome).mean(axis=1).to_numpy()
        for outcome in plan.outcomes
    }
    return told, points, means
