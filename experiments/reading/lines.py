"""The usual lines of a study in a terminal: what each policy, value or future changes."""

from collections.abc import Callable, Iterable, Sequence

import pandas as pd

from kring.experiments.analyses.paired import family
from kring.experiments.charts.lines import SHOWN as SHOWN_ALONG
from kring.experiments.charts.panels import SHOWN
from kring.experiments.measures import measure
from kring.experiments.reading.differences import Differences
from kring.experiments.reading.sentences import holds_in
from kring.experiments.study.designs import Layout
from kring.experiments.study.plan import Plan
from kring.experiments.text.formats import NumberFormat
from kring.experiments.text.numbers import capital
from kring.experiments.text.periods import looked_at
from kring.experiments.text.phrases import point_name
from kring.simulation.spread import Spread

FEW = 9  # points of all policies that have a line each
NOBODY = "no number, for nobody is counted"


def lines(plan: Plan, tables: dict[str, pd.DataFrame]) -> Iterable[str]:
    """What each policy changes; what may as well be none is said. A split has lines of its own."""
    if write := LINES.get(plan.design.layout):
        yield from write(Differences(plan, tables))


def of_policies(found: Differences) -> Iterable[str]:
    """For each policy but the first, what it changes; of one alone, its values."""
    plan, shown = found.plan, found.plan.outcomes[:SHOWN]
    first, *others = range(len(plan.policies))
    if not others:
        values = "; ".join(told(found, name, first) for name in plan.outcomes)
        yield f"'{plan.policies[first].name}', {looked_at(plan)}: {values}."
        return
    against = plan.policies[first].name
    yield f"Against '{against}', {looked_at(plan)}, on the same people{and_sets(plan)}:"
    for policy in others:
        yield f"- {plan.policies[policy].name}: {all_told(found, shown, policy)}."


def all_told(found: Differences, outcomes: Sequence[str], policy: int, point: int = 0) -> str:
    """Outcomes one after another."""
    return "; ".join(told(found, name, policy, point) for name in outcomes)


def told(found: Differences, outcome: str, policy: int, point: int = 0) -> str:
    """An outcome: from what to what, with its interval; its value where it is not compared."""
    name = measure(outcome).en
    row = found.at(outcome, policy, point)
    if row is None:
        return f"{name}: {NOBODY}"
    written = found.written(outcome, row)
    if not row.is_compared:
        return f"{name} {written.value}"
    if row.is_none:
        return f"{name} {written.value}, the same"
    how = sure(row.spread, found.format(outcome))
    return f"{name} {written.base} -> {written.value} ({how})"


def sure(spread: Spread, format_: NumberFormat) -> str:
    """An interval in words, in how many sets it has its sign, and whether that is known."""
    if spread.low != spread.low:
        return "no interval from one seed"
    text = format_.together(spread.middle, spread).signed_span
    if spread.is_over_sets:
        text += f", {holds_in(spread)}"
    return text if spread.is_clear else f"{text}: {unknown(spread)}"


def unknown(spread: Spread) -> str:
    """What is said of a difference whose sign isn't known."""
    return "we don't know which way" if spread.is_over_sets else "could be none"


def on_the_same_people(plan: Plan) -> str:
    """What stands above lines about values that vary."""
    return f"{capital(looked_at(plan))}, on the same people{and_sets(plan)}:"


def and_sets(plan: Plan) -> str:
    """Over how many sets, and for how much intervals hold; nothing where that is one."""
    over = ", over the sets" if plan.is_ensemble and not plan.design.is_sampled else ""
    return f"{over}, intervals for all {family(plan)} together" if plan.together else over


def along_a_line(found: Differences) -> Iterable[str]:
    """For each policy, its lowest and highest value against the one it is compared with."""
    plan = found.plan
    yield on_the_same_people(plan)
    (levels,) = plan.design.factors.values()
    ends = sorted({levels.index(min(levels)), levels.index(max(levels))})
    for i, policy in enumerate(plan.policies):
        for point in ends:
            other, base = plan.design.compared_with(i, point)
            if (other, base) == (i, point):
                continue
            against = f"'{plan.policies[other].name}'"
            if other == i:
                against = point_name(plan.points[base])
            changes = all_told(found, plan.outcomes[:SHOWN_ALONG], i, point)
            where = point_name(plan.points[point])
            yield f"- {policy.name}, {where}, against {against}: {changes}."


def at_points(found: Differences) -> Iterable[str]:
    """Each policy at each point against its reference; of many points that which differs most."""
    plan = found.plan
    yield on_the_same_people(plan)
    every = range(len(plan.points))
    is_long = len(plan.policies) * len(every) > FEW
    for i, policy in enumerate(plan.policies):
        rows = [row for row in found.compared(plan.outcomes[0]) if row.policy == i]
        others = [at for at in every if plan.design.compared_with(i, at) != (i, at)]
        if rows and is_long:
            others = [max(rows, key=lambda row: abs(row.difference)).point]
        most = "most with " if len(others) == 1 < len(every) - 1 else ""
        for at in others:
            changes = all_told(found, plan.outcomes[:SHOWN_ALONG], i, at)
            yield f"- {policy.name} ({most}{point_name(plan.points[at])}): {changes}."


def over_futures(found: Differences) -> Iterable[str]:
    """What the first policy gives over all futures, and what each of the others changes."""
    plan, shown = found.plan, found.plan.outcomes[:SHOWN]
    yield on_the_same_people(plan)
    for i, policy in enumerate(plan.policies):
        tell = told if i else over_all
        text = "; ".join(tell(found, name, i) for name in shown)
        yield f"- {policy.name}, over all futures: {text}."


def over_all(found: Differences, outcome: str, policy: int) -> str:
    """One outcome over all futures: its median, and where most of them lie."""
    name, row = measure(outcome).en, found.at(outcome, policy)
    if row is None:
        return f"{name}: {NOBODY}"
    written = found.format(outcome)
    span = written.between(row.low_future, row.high_future)
    return f"{name} {written.value(row.value)} ({span} in 90% of them)"


LINES: dict[Layout, Callable[[Differences], Iterable[str]]] = {
    Layout.POLICIES: of_policies,
    Layout.LINE: along_a_line,
    Layout.CROSSED: at_points,
    Layout.FUTURES: over_futures,
}
