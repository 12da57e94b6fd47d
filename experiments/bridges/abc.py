"""pyABC: a study as a model that it can ask, and what varies as its prior."""

from collections.abc import Mapping
from typing import Any

from kring.experiments.analyses.ema import PointModel, identifier
from kring.experiments.extras import extra
from kring.experiments.study.fingerprint import digest
from kring.experiments.study.load import check_plan
from kring.experiments.study.plan import Plan
from kring.experiments.study.quantities import whole_numbers
from kring.simulation.errors import KringError


class PyABCModel:
    """The function that pyABC asks: outcomes of one policy at a point, means over its towns.

    Each point is lived in towns of its own, by keyed luck: the same point gives the same outcomes.
    """

    def __init__(self, plan: Plan, policy: str) -> None:
        self.policy: str = policy
        self.outcomes: list[str] = plan.outcomes
        self.at_point: PointModel = PointModel(plan)

    def __call__(self, values: Mapping[str, float]) -> dict[str, float]:
        """Outcomes by name; all NaN where a run fails."""
        point = {name: float(value) for name, value in sorted(values.items())}
        town = {"first_seed": int(digest(point)[:8], 16)}
        given = {identifier(name): value for name, value in point.items()}
        found = self.at_point(**given, **town, policy_name=self.policy)
        return {name: found[identifier(name)] for name in self.outcomes}


def pyabc_model(plan: Plan, policy: str | None = None) -> tuple[PyABCModel, Any]:
    """A study as a model and a prior of pyABC, to infer what varies from what was observed.

    Parameters
    ----------
    plan : Plan
        A study of a town whose points are drawn between low and high.
    policy : str, optional
        Under which policy; the first if not given.

    Returns
    -------
    PyABCModel
        ``model(parameters)`` gives outcomes by name.
    pyabc.Distribution
        The prior: each quantity even between its low and its high.

    Raises
    ------
    KringError
        If nothing is drawn, or pyABC is not installed (extra ``calibration``).

    Examples
    --------
    >>> from kring.experiments.study.load import read_study
    >>> vary = {"design": "latin hypercube", "town": {"sick_leave": [0, 0.1]}}
    >>> plan = read_study({"policies": ["wijkteam"], "town": "class", "weeks": 4, "vary": vary})
    >>> model, prior = pyabc_model(plan)  # doctest: +SKIP
    """
    check_plan(plan)
    if not plan.design.is_sampled or plan.country:
        raise KringError("pyABC takes a study of a town with quantities [low, high]")
    pyabc = extra("pyabc", "a model of pyABC", "calibration")
    factors, counts = plan.design.factors, whole_numbers(plan.design.factors)
    prior = {}
    for name, span in factors.items():
        low, high = map(float, span)
        whole = ("randint", round(low), round(high) + 1)
        prior[name] = pyabc.RV(*(whole if name in counts else ("uniform", low, high - low)))
    return PyABCModel(plan, policy or plan.policies[0].name), pyabc.Distribution(**prior)
