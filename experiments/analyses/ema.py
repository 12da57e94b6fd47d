"""Kring for the EMA Workbench: a study as its Model, and a finished result as its results.

Names there must be those of variables, so `town.clients` is `town__clients`. A point is lived as in
`kring run`, by the same code, so the same point gives the same numbers.
"""

import re
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from pydantic import ValidationError

from experiments.analysis.futures import direction
from experiments.analysis.pairs import whole
from experiments.extras import extra
from experiments.running.keeping import read_runs
from experiments.running.provenance import study_of
from experiments.running.work import People, live_run
from experiments.study import design
from experiments.study.design import whole_numbers
from experiments.study.errors import first_error
from experiments.study.file import SAMPLED, Study
from simulation.errors import KringError

POLICY = "policy_name"
CONSTANTS = ("weeks", "seeds", "first_seed")


def identifier(name: str) -> str:
    """A name as the EMA Workbench takes it.

    Examples
    --------
    >>> identifier("problems:team@52")
    'problems__team__52'
    """
    return re.sub(r"\W", "__", name)


def at_point(study: Study, policy: str, point: dict[str, Any], **constants: int) -> Study:
    """The same study with one policy at one point."""
    vary: dict[str, Any] = {"design": "list"}
    for name, value in point.items():
        kind, _, quantity = name.partition(".")
        vary.setdefault(kind, {})[quantity] = [value]
    policies = [p.model_dump(exclude_unset=True) for p in study.policies if p.name == policy]
    return study.sized(vary=vary, policies=policies, **constants)


class Lives:
    """The function of the model: lives all seeds at a point, and takes the means of outcomes."""

    def __init__(self, study: Study) -> None:
        self.study = study
        self.factors = {identifier(name): name for name in study.vary.factors()}
        self.whole = whole_numbers(study.vary.factors())

    def __call__(self, **experiment: Any) -> dict[str, float]:
        """Outcomes at a point; all NaN, with a warning, where a run fails."""
        policy = experiment.pop(POLICY, self.study.policies[0].name)
        constants = {name: int(experiment.pop(name)) for name in CONSTANTS if name in experiment}
        point = {self.factors[name]: self.value(name, v) for name, v in experiment.items()}
        people, lived = People(), []
        try:
            here = at_point(self.study, policy, point, **constants)
            lived = [live_run(here, run, people) for run in design.runs(here)]
            error = next((one.error for one in lived if one.error), "")
        except ValidationError as wrong:  # a value that its quantity cannot take
            error = first_error(wrong, Study)[1]
        if error:
            warnings.warn(f"no result at {point} under {policy!r}: {error}", stacklevel=2)
        if error:
            return {identifier(name): np.nan for name in self.study.outcomes}
        # Grouped, as the runs of a finished result are, so that sums end with the same bits.
        mean = pd.DataFrame([one.outcomes for one in lived]).assign(point=0).groupby("point").mean()
        return {identifier(name): float(mean[name].iloc[0]) for name in self.study.outcomes}

    def value(self, name: str, value: Any) -> Any:
        """A value as Kring takes it: whole where the quantity is."""
        return round(value) if self.factors[name] in self.whole else float(value)


def ema_model(study: Study) -> Any:
    """A study as a Model of the EMA Workbench.

    Parameters
    ----------
    study : Study
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
    """
    if study.vary.design not in SAMPLED or study.country:
        raise KringError("the EMA Workbench takes a study of a town with quantities [low, high]")
    ema = extra("ema_workbench", "a model of the EMA Workbench", "ema")
    model = ema.Model(re.sub(r"[\W_]", "", study.name) or "kring", function=Lives(study))
    factors, counts = study.vary.factors(), whole_numbers(study.vary.factors())

    def quantity(name: str) -> Any:
        low, high = factors[name]
        if name in counts:
            return ema.IntegerParameter(identifier(name), round(low), round(high))
        return ema.RealParameter(identifier(name), low, high)

    levers = [quantity(name) for name in factors if name.startswith("policy.")]
    if len(study.policies) > 1:
        names = [policy.name for policy in study.policies]
        levers.append(ema.CategoricalParameter(POLICY, names))
    model.uncertainties = [quantity(name) for name in factors if not name.startswith("policy.")]
    model.levers = levers
    model.constants = [ema.Constant(name, getattr(study, name)) for name in CONSTANTS]
    kinds = (ema.ScalarOutcome.INFO, ema.ScalarOutcome.MAXIMIZE, ema.ScalarOutcome.MINIMIZE)
    model.outcomes = [
        ema.ScalarOutcome(identifier(name), kinds[direction(name)]) for name in study.outcomes
    ]
    return model


def as_ema_results(folder: Path) -> tuple[pd.DataFrame, dict[str, np.ndarray]]:
    """A finished result as the EMA Workbench has its own: experiments, and outcomes by name.

    Parameters
    ----------
    folder : Path
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
    """
    study = study_of(folder)
    if not study.vary.factors():
        raise KringError(f"nothing varies in {folder}, so it holds no experiments")
    runs, by = read_runs(folder), ["policy", "point"]
    experiments = runs.groupby(by, sort=False)[list(study.vary.factors())].first().reset_index()
    experiments.columns = [identifier(name) for name in experiments.columns]
    experiments = experiments.rename(columns={"point": "scenario"}).assign(model=study.name)
    labels = ["scenario", "policy", "model"]
    experiments[labels] = experiments[labels].astype("category")
    order = [*(c for c in experiments if c not in labels), *labels]
    lived = whole(runs, study, study.outcomes)
    outcomes = lived.groupby(by, sort=False)[study.outcomes].mean()
    return experiments[order], {identifier(n): outcomes[n].to_numpy() for n in study.outcomes}
