"""Kring for the EMA Workbench: a study as its Model, and a finished result as its results.

Names there must be those of variables, so `town.clients` is `town__clients`. A point is executed as
in `kring run`, by the same code, so the same point gives the same numbers.
"""

import re
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from kring.experiments.analyses.paired import by_town
from kring.experiments.analyses.regret.numbers import direction
from kring.experiments.execution.kept import folder_of, planned, read_runs
from kring.experiments.execution.worker import StandingTown, execute
from kring.experiments.extras import extra
from kring.experiments.study.extensions import lived_with
from kring.experiments.study.load import check_plan
from kring.experiments.study.plan import Plan
from kring.experiments.study.quantities import whole_numbers
from kring.simulation.errors import KringError

POLICY = "policy_name"


def identifier(name: str) -> str:
    """A name as the EMA Workbench takes it.

    Examples
    --------
    >>> identifier("problems:team@52")
    'problems__team__52'
    """
    return re.sub(r"\W", "__", name)


def constants(plan: Plan) -> dict[str, int]:
    """What is the same in all experiments, unless the workbench says otherwise."""
    return {"weeks": plan.weeks, "seeds": len(plan.seeds), "first_seed": plan.seeds.start}


class PointModel:
    """The function of the model: executes all seeds at a point, and takes the means of outcomes."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.factors: dict[str, str] = {identifier(name): name for name in plan.design.factors}
        self.counts: set[str] = whole_numbers(plan.design.factors)

    def __call__(self, **experiment: Any) -> dict[str, float]:
        """Outcomes at a point; all NaN, with a warning, where a run fails."""
        policy = experiment.pop(POLICY, self.plan.policies[0].name)
        fixed = {n: int(experiment.pop(n)) for n in constants(self.plan) if n in experiment}
        point = {self.factors[name]: self.value(name, v) for name, v in experiment.items()}
        try:
            return self._means(self.plan.at(policy, point, **fixed), policy)
        except KringError as error:
            warnings.warn(f"no result at {point} under {policy!r}: {error}", stacklevel=2)
            return {identifier(name): np.nan for name in self.plan.outcomes}

    def _means(self, plan: Plan, policy: str) -> dict[str, float]:
        standing = StandingTown()
        runs = [run for run in plan.runs if plan.policies[run.policy].name == policy]
        with lived_with(plan.extensions):
            outputs = [execute(plan, run, standing) for run in runs]
        for output in outputs:
            if output.error:
                raise KringError(output.error)
        # Grouped, as the runs of a finished result are, so that sums end with the same bits.
        rows = pd.DataFrame([one.outcomes for one in outputs]).assign(point=0)
        means = rows.groupby("point").mean()
        return {identifier(name): float(means[name].iloc[0]) for name in plan.outcomes}

    def value(self, name: str, value: Any) -> int | float:
        """A value as Kring takes it: whole where the quantity is."""
        return round(value) if self.factors[name] in self.counts else float(value)


def ema_model(plan: Plan) -> Any:
    """A study as a Model of the EMA Workbench.

    Parameters
    ----------
    plan : Plan
        A study whose points are drawn: quantities of the town and strengths of mechanisms become
        uncertainties, levers become levers; with more than one policy, which one is a lever too.

    Returns
    -------
    ema_workbench.Model
        With a scalar outcome for each of the study's, its mean over the seeds.

    Raises
    ------
    KringError
        If nothing is drawn between low and high, or the EMA Workbench is not installed.

    Examples
    --------
    >>> from kring.experiments.study.load import read_study
    >>> vary = {"design": "latin hypercube", "town": {"sick_leave": [0, 0.1]}}
    >>> plan = read_study({"policies": ["wijkteam"], "town": "class", "weeks": 4, "vary": vary})
    >>> ema_model(plan).uncertainties.keys()  # doctest: +SKIP
    """
    check_plan(plan)
    if not plan.design.is_sampled or plan.country:
        raise KringError("the EMA Workbench takes a study of a town with quantities [low, high]")
    ema = extra("ema_workbench", "a model of the EMA Workbench", "ema")
    model = ema.Model(re.sub(r"[\W_]", "", plan.name) or "kring", function=PointModel(plan))
    factors, counts = plan.design.factors, whole_numbers(plan.design.factors)

    def quantity(name: str) -> Any:
        low, high = map(float, factors[name])
        if name in counts:
            return ema.IntegerParameter(identifier(name), round(low), round(high))
        return ema.RealParameter(identifier(name), low, high)

    levers = [quantity(name) for name in factors if name.startswith("policy.")]
    if len(plan.policies) > 1:
        names = [policy.name for policy in plan.policies]
        levers.append(ema.CategoricalParameter(POLICY, names))
    model.uncertainties = [quantity(name) for name in factors if not name.startswith("policy.")]
    model.levers = levers
    model.constants = [ema.Constant(*item) for item in constants(plan).items()]
    kinds = (ema.ScalarOutcome.INFO, ema.ScalarOutcome.MAXIMIZE, ema.ScalarOutcome.MINIMIZE)
    model.outcomes = [
        ema.ScalarOutcome(identifier(name), kinds[direction(name)]) for name in plan.outcomes
    ]
    return model


def as_ema_results(folder: Path | str) -> tuple[pd.DataFrame, dict[str, np.ndarray]]:
    """A finished result as the EMA Workbench has its own: experiments, and outcomes by name.

    Parameters
    ----------
    folder : Path or str
        A result of `kring run`.

    Returns
    -------
    DataFrame
        A row for each policy at each point: what varies, ``scenario``, ``policy``, ``model``.
    dict of str to ndarray
        Means over seeds, in the same order.

    Raises
    ------
    KringError
        If the folder is no result of a study in which something varies.

    Examples
    --------
    >>> experiments, outcomes = as_ema_results("results/futures")
    >>> len(experiments), [*outcomes]
    (40, ['problems', 'supporters'])
    """
    plan = planned(folder := folder_of(folder))
    if not plan.design.factors:
        raise KringError(f"nothing varies in {folder}, so it holds no experiments")
    runs, by = read_runs(folder), ["policy", "point"]
    experiments = runs.groupby(by, sort=False)[list(plan.design.factors)].first().reset_index()
    experiments.columns = [identifier(name) for name in experiments.columns]
    experiments = experiments.rename(columns={"point": "scenario"}).assign(model=plan.name)
    labels = ["scenario", "policy", "model"]
    experiments[labels] = experiments[labels].astype("category")
    order = [*(c for c in experiments if c not in labels), *labels]
    outcomes = by_town(runs, plan, plan.outcomes).groupby(by, sort=False)[plan.outcomes].mean()
    return experiments[order], {identifier(n): outcomes[n].to_numpy() for n in plan.outcomes}
