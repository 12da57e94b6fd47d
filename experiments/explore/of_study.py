"""The menu of a study: its town, its policies and the levers that move in it."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from kring.experiments.explore.levers import (
    BEGINS,
    LEVERS,
    Lever,
    Value,
    begins,
    named,
    word_of,
)
from kring.experiments.explore.menu import MOST_LEVERS, TITLE, Menu, Preset
from kring.experiments.explore.shown import of_study
from kring.experiments.study.extensions import KEY
from kring.experiments.study.load import load
from kring.experiments.study.options import Options
from kring.experiments.study.plan import Plan
from kring.experiments.study.toml_file import toml_of
from kring.simulation.errors import KringError
from kring.simulation.phase_in import Start
from kring.simulation.policy import Policy
from kring.simulation.rows import ENTRANCES
from kring.simulation.world import by_route

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
            "has extensions: make the page of a copy without them and their levers, or see what "
            f"they do with kring run {study.name}"
        )
    plan = load(study, Options(large=True))
    if reason := "; ".join(unfit(plan)):
        raise KringError(f"{study.name}: {reason}")
    return of_plan(plan)


def unfit(plan: Plan) -> Iterable[str]:
    """Why a study cannot be shown in a page."""
    if plan.country:
        yield "a page shows a town, and this study is of a country"
    if plan.changes["parameters"].given or plan.changes["parameters"].silent:
        yield "a page lives sets of strengths as they are, and this study changes them"
    if plan.changes["field"] or plan.policies[0].field:
        yield "a page lives the field's tables as they are, and this study changes them"


def of_plan(plan: Plan) -> Menu:
    """What a study offers; policies that a page cannot show are left out."""
    every = range(len(plan.policies))
    routes = ("",) if all(isinstance(plan.levers(i), Policy) for i in every) else ENTRANCES
    start = replace(Menu(), today=plan.levers(0) if routes == ("",) else by_route(plan.levers(0)))
    levels = {named(lever, route): words for lever, words in varied(plan) for route in routes}
    moved = [name for name in levels if name.rpartition(".")[2] in Policy.declared()][:MOST_LEVERS]
    presets, left_out = [], []
    for number, policy in enumerate(plan.policies):
        levers = changed(plan, number, start)
        together = [*dict.fromkeys([*moved, *(one for one in levers or () if one != BEGINS)])]
        if levers is None or len(together) > MOST_LEVERS:
            left_out.append(policy.label)
            continue
        moved = together
        presets.append(Preset(policy.label, levers))
    levers_of_study = bool(moved)
    moved = moved or [named(lever.name, routes[0]) for lever in LEVERS]
    values = {
        name: [start.base(name), *(p.levers[name] for p in presets if name in p.levers)]
        for name in moved
    }
    outcomes, not_shown = of_study(plan.outcomes)
    return replace(
        start, title=plan.question if plan.question.en else TITLE,
        levers=(
            *(lever_for(name, [*values[name], *levels.get(name, ())]) for name in moved),
            *when(presets),
        ),
        levers_of_study=levers_of_study, presets=tuple(presets),
        towns={plan.town.name or "town": plan.town}, sets=sets_of(plan), weeks=plan.weeks,
        left_out=tuple(left_out), outcomes=outcomes, not_shown=not_shown,
        not_moved=tuple(name for name in plan.design.factors if not name.startswith("policy.")),
    )  # fmt: skip


def sets_of(plan: Plan) -> dict[str, tuple[int, ...]]:
    """The sets of strengths of a page, those that the study takes first."""
    sets, taken = Menu().sets, next(iter(plan.ensembles))
    return {**({taken: sets[taken]} if taken in sets else {}), **sets}


def varied(plan: Plan) -> Iterator[tuple[str, list[str]]]:
    """The levers that vary in a study, or that its budget moves, with the words that it names."""
    for name, levels in plan.design.factors.items():
        kind, _, lever = name.partition(".")
        if kind == "policy":
            yield lever, [level for level in levels if isinstance(level, str)]
    for lever in plan.budget.policy if plan.budget else ():
        yield lever, []


def changed(plan: Plan, number: int, start: Menu) -> dict[str, Value] | None:
    """The levers in which a policy differs from the first, and when it begins; None where that is
    not all."""
    policy = plan.policies[number]
    if number and any((policy.own_weeks, policy.town, policy.parameters, policy.field)):
        return None
    levers = plan.levers(number)
    found = {
        named(lever, route): getattr(by_route(levers)[route or ENTRANCES[0]], lever)
        for route in start.routes
        for lever in Policy.declared()
    }
    other = {
        name: value if isinstance(value, str) else float(value)
        for name, value in found.items()
        if value != start.base(name)
    }
    begin = Start(policy.from_week, policy.phase_in)
    return other if begin == Start() else {**other, BEGINS: word_of(begin)}


def when(presets: Iterable[Preset]) -> Iterator[Lever]:
    """When policies can begin, where some don't at once."""
    words = dict.fromkeys([word_of(Start()), *(str(p.levers.get(BEGINS, "")) for p in presets)])
    words.pop("", None)
    if len(words) > 1:
        yield begins(words)


def lever_for(name: str, values: Iterable[Value]) -> Lever:
    """A lever with a range, or with words, that hold these values."""
    lever = name.rpartition(".")[2]
    note = Policy.note(lever)
    if "low" not in note:
        orders = (getattr(Policy(**{lever: one}), lever) for one in values)  # as Kring writes them
        options = note.get("options") or dict.fromkeys(orders)
        return Lever(name, 0, len(options) - 1, 1, tuple(options))
    usual = {one.name: one for one in LEVERS}.get(lever) or declared(lever)
    numbers = [float(value) for value in values]
    return usual._replace(name=name, low=min(usual.low, *numbers), high=max(usual.high, *numbers))


def declared(name: str) -> Lever:
    """A lever over all its declared range, in round steps."""
    note = Policy.note(name)
    low, high = float(note["low"]), float(note["high"])
    size = 10.0 ** math.floor(math.log10((high - low) / STEPS))
    step = next(m * size for m in (1, 2, 5, 10) if (high - low) / (m * size) <= STEPS)
    return Lever(name, low, high, step)
