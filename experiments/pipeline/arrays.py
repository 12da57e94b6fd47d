"""A study's result as one labelled data set (xarray): policies, points, towns, and units."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kring.experiments.analyses.base import Tables
from kring.experiments.extras import extra
from kring.experiments.measures import measure
from kring.experiments.study.plan import Plan
from kring.experiments.text.names import note, outcome_name

if TYPE_CHECKING:
    import xarray

OF_A_DIFFERENCE = ("difference", "low", "high", "share", "chance")
SHARE = "share"  # has this unit, whatever the outcome's


def dataset(plan: Plan, tables: Tables) -> "xarray.Dataset":
    """Outcomes of all runs, and their differences; see `StudyResult.to_xarray`.

    Raises
    ------
    KringError
        Without the extra `xarray`.
    """
    module = extra("xarray", "a data set of xarray", "xarray")
    runs = placed(plan, tables["runs"])
    axes = axes_of(plan)
    found: dict[str, Any] = {}
    for name in plan.outcomes:
        values = over(axes, runs, name)
        found[name] = (list(axes), values, about(name))
    if "differences" in tables:
        table = tables["differences"]
        along = {name: axes[name] for name in ("policy", "point") if name in table}
        for name in plan.outcomes:
            part = table[table["outcome"] == name]
            for column in OF_A_DIFFERENCE:
                told = about(name) | ({"units": SHARE} if column == SHARE else {})
                values = over(along, part, column)
                found[f"{name}_{column}"] = (list(along), values, told)
    described = {"name": plan.name, "question": plan.question.en, "model": "Kring"}
    made: xarray.Dataset = module.Dataset(found, coordinates(plan, axes, runs), described)
    return made


def about(outcome: str) -> dict[str, str]:
    """The unit of an outcome, and what it is called."""
    return {"units": measure(outcome).unit, "long_name": outcome_name(outcome)}


def axes_of(plan: Plan) -> dict[str, list[Any]]:
    """What runs lie along, in order: policies, points, towns and municipalities."""
    policies = [plan.policies[number].name for number in plan.design.policies]
    axes: dict[str, list[Any]] = {
        "policy": policies, "point": [*range(len(plan.points))], "town": [*range(len(plan.seeds))],
    }  # fmt: skip
    if plan.country:
        axes["municipality"] = [*range(plan.country.municipalities)]
    return axes


def placed(plan: Plan, runs: pd.DataFrame) -> pd.DataFrame:
    """Runs with their point, and with their town as a number from 0."""
    table = runs if "point" in runs else runs.assign(point=0)
    return table.assign(town=(table["seed"] - plan.seeds.start) % len(plan.seeds))


def over(axes: Mapping[str, list[Any]], table: pd.DataFrame, column: str) -> np.ndarray:
    """The values of a column along some axes; NaN where there is none."""
    every = pd.MultiIndex.from_product(axes.values(), names=list(axes))
    values = table.set_index(list(axes))[column].reindex(every)
    return np.asarray(values.to_numpy(float).reshape([len(axis) for axis in axes.values()]))


def coordinates(plan: Plan, axes: Mapping[str, list[Any]], runs: pd.DataFrame) -> dict[str, Any]:
    """Names along axes; what varies, along points; the seed of each town and the set it lived."""
    found: dict[str, Any] = dict(axes)
    for factor in plan.design.factors:
        kind, _, quantity = factor.partition(".")
        told = note(kind, quantity)
        units = {"units": told["unit"]} if "unit" in told else {}
        found[factor] = ("point", [point[factor] for point in plan.points], units)
    points = axes["point"]
    seeds = np.array([list(plan.seeds_at(point)) for point in points])
    found["seed"] = (("point", "town"), seeds) if plan.rotates else ("town", seeds[0])
    if "set" in runs:
        lived = [
            [[plan.set_of(policy, point, int(seed)) for seed in seeds[point]] for point in points]
            for policy in plan.design.policies
        ]
        found["set"] = (("policy", "point", "town"), np.array(lived))
    return found
