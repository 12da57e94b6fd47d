"""The menu of a study: its town, its policies and the levers that move in it."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from kring.experiments.explore.menu import LEVERS, MOST_LEVERS, TITLE, Lever, Menu, Preset, Value
from kring.experiments.explore.shown import of_study
from kring.experiments.study.extensions import KEY
from kring.experiments.study.load import load
from kring.experiments.study.options import Options
from kring.experiments.study.plan import Plan
from kring.experiments.study.toml_file import toml_of
from kring.simulation.errors import KringError
from kring.simulation.policy import Policy

STEPS = 20  # of a slider, about


def menu_of(study: Path | None) -> Menu:
    """The menu of a study, or the usual one.

    Raises
    ------
    KringError
        For a study that cannot be shown in a page.
    """
    if study is None:
        return Menu()
    if toml_of(study)[1].get(KEY):
        raise KringError(
            f"{study.name}: a page holds Kring's own model and nothing beside it, and this study "
            "has extensions"
        )
    plan = load(study, Options(large=True))
    if reason := "; ".join(unfit(plan)):
        raise KringError(f"{study.name}: {reason}")
    menu = of_plan(plan)
    if not menu.levers:
        raise KringError(f"{study.name}: no lever moves in it")
    return menu


def unfit(plan: Plan) -> Iterable[str]:
    """Why a study cannot be shown in a page."""
    if plan.country:
        yield "a page shows a town, and this study is of a country"
    elif not isinstance(plan.levers(0), Policy):
        yield "a page shows one policy for all, not one for each route"
    if plan.changes["parameters"].given or plan.changes["parameters"].silent:
        yield "a page lives sets of strengths as they are, and this study changes them"
    if plan.changes["field"] or plan.policies[0].field:
        yield "a page lives the field's tables as they are, and this study changes them"
    if plan.source.get("extensions"):
        yield "a page lives by Kring's own rules, and this study has extensions"


def of_plan(plan: Plan) -> Menu:
    """What a study offers; policies that a page cannot show are left out."""
    today = plan.levers(0)
    assert isinstance(today, Policy)
    levels = dict(varied(plan))
    moved = [name for name in levels if name in Policy.declared()][:MOST_LEVERS]
    presets, left_out = [], []
    for number, policy in enumerate(plan.policies):
        levers = changed(plan, number, today)
        together = [*dict.fromkeys([*moved, *(levers or ())])]
        if levers is None or len(together) > MOST_LEVERS:
            left_out.append(policy.name)
            continue
        moved = together
        presets.append(Preset(policy.label, levers))
    values = {
        name: [getattr(today, name), *(p.levers[name] for p in presets if name in p.levers)]
        for name in moved
    }
    outcomes, not_shown = of_study(plan.outcomes)
    return replace(
        Menu(), title=plan.question if plan.question.en else TITLE,
        levers=tuple(lever_for(name, [*values[name], *levels.get(name, ())]) for name in moved),
        presets=tuple(presets), today=today, towns={plan.town.name or "town": plan.town},
        weeks=plan.weeks, left_out=tuple(left_out), outcomes=outcomes, not_shown=not_shown,
    )  # fmt: skip


def varied(plan: Plan) -> Iterator[tuple[str, list[str]]]:
    """The levers that vary in a study, or that its budget moves, with the words that it names."""
    for name, levels in plan.design.factors.items():
        kind, _, lever = name.partition(".")
        if kind == "policy":
            yield lever, [level for level in levels if isinstance(level, str)]
    for lever in plan.budget.policy if plan.budget else ():
        yield lever, []


def changed(plan: Plan, number: int, today: Policy) -> dict[str, Value] | None:
    """The levers in which a policy differs from the first; None where that is not all."""
    levers, policy = plan.levers(number), plan.policies[number]
    own = (policy.town, policy.parameters, policy.field)
    more = (policy.own_weeks, policy.from_week > 1, policy.phase_in, *own)
    if not isinstance(levers, Policy) or (number and any(more)):
        return None
    values = {name: (getattr(levers, name), getattr(today, name)) for name in Policy.declared()}
    return {
        name: value if isinstance(value, str) else float(value)
        for name, (value, base) in values.items()
        if value != base
    }


def lever_for(name: str, values: Iterable[Value]) -> Lever:
    """A lever with a range, or with words, that hold these values."""
    note = Policy.note(name)
    if "low" not in note:
        orders = (
            getattr(Policy(**{name: value}), name) for value in values
        )  # as Kring writes them
        options = note.get("options") or dict.fromkeys(orders)
        return Lever(name, 0, len(options) - 1, 1, tuple(options))
    usual = {lever.name: lever for lever in LEVERS}.get(name) or declared(name)
    numbers = [float(value) for value in values]
    return usual._replace(low=min(usual.low, *numbers), high=max(usual.high, *numbers))


def declared(name: str) -> Lever:
    """A lever over all its declared range, in round steps."""
    note = Policy.note(name)
    low, high = float(note["low"]), float(note["high"])
    size = 10.0 ** math.floor(math.log10((high - low) / STEPS))
    step = next(m * size for m in (1, 2, 5, 10) if (high - low) / (m * size) <= STEPS)
    return Lever(name, low, high, step)
