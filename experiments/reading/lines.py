"""The usual lines of a study in a terminal: what each policy, value or future changes."""

from collections.abc import Callable, Iterable
from math import isnan
from typing import Any

import pandas as pd

from experiments.analyses.paired import spread_of
from experiments.charts.lines import SHOWN as SHOWN_ALONG
from experiments.charts.policies import SHOWN
from experiments.measures import measure
from experiments.reading.sentences import holds_in
from experiments.study.designs import Layout
from experiments.study.plan import Plan
from experiments.text.names import point_name
from experiments.text.numbers import capital
from experiments.text.periods import looked_at
from simulation.spread import Spread

FEW = 9  # points of all policies that have a line each


def number(value: float, sign: str = "") -> str:
    """A number with as many decimals as it deserves."""
    decimals = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2
    return f"{value:{sign}.{decimals}f}"


def between(low: float, high: float, sign: str = "+") -> str:
    """An interval in words."""
    if low != low:
        return "no interval from one seed"
    return f"{number(low, sign)} to {number(high, sign)}"


def lines(plan: Plan, tables: dict[str, pd.DataFrame]) -> Iterable[str]:
    """What each policy changes; what may as well be none is said. A split has lines of its own."""
    if write := LINES.get(plan.design.layout):
        yield from write(plan, tables["differences"])


def of_policies(plan: Plan, table: pd.DataFrame) -> Iterable[str]:
    """For each policy but the first, what it changes; of one alone, its values."""
    first = plan.policies[0].name
    if len(plan.policies) == 1:
        values = "; ".join(f"{measure(r.outcome).en} {number(r.value)}" for r in table.itertuples())
        yield f"'{first}', {looked_at(plan)}: {values}."
        return
    yield f"Against '{first}', {looked_at(plan)}, on the same people{and_sets(plan)}:"
    for policy in plan.policies[1:]:
        rows = table[(table["policy"] == policy.name) & shown(plan, table, SHOWN)]
        yield f"- {policy.name}: {changes(rows)}."


NOBODY = "no number, for nobody is counted"


def shown(plan: Plan, table: pd.DataFrame, most: int) -> pd.Series:
    """Which rows are about the first so many outcomes."""
    return table["outcome"].isin(plan.outcomes[:most])


def changes(rows: pd.DataFrame) -> str:
    """Changes one after another."""
    return "; ".join(change(row) for row in rows.itertuples())


def change(row: Any) -> str:
    """One change in words: from what to what, with its interval."""
    base, name = row.value - row.difference, measure(row.outcome).en
    if isnan(row.value):
        return f"{name}: {NOBODY}"
    if row.difference == row.low == row.high == 0:
        return f"{name} {number(row.value)}, the same"
    return f"{name} {number(base)} -> {number(row.value)} ({sure(spread_of(row))})"


def sure(spread: Spread, sign: str = "+") -> str:
    """An interval in words, in how many sets it has its sign, and whether that is known."""
    text = between(spread.low, spread.high, sign)
    if spread.is_over_sets:
        text += f", {holds_in(spread)}"
    return text if spread.is_clear or isnan(spread.low) else f"{text}: {unknown(spread)}"


def unknown(spread: Spread) -> str:
    """What is said of a difference whose sign isn't known."""
    return "we don't know which way" if spread.is_over_sets else "could be none"


def on_the_same_people(plan: Plan) -> str:
    """What stands above lines about values that vary."""
    return f"{capital(looked_at(plan))}, on the same people{and_sets(plan)}:"


def and_sets(plan: Plan) -> str:
    """Over how many sets of strengths; nothing where that is one."""
    return ", over the sets" if plan.is_ensemble and not plan.design.is_sampled else ""


def along_a_line(plan: Plan, table: pd.DataFrame) -> Iterable[str]:
    """For each policy, its lowest and highest value against the one it is compared with."""
    yield on_the_same_people(plan)
    ((factor, levels),) = plan.design.factors.items()
    quantity = factor.partition(".")[2]
    ends = sorted({levels.index(min(levels)), levels.index(max(levels))})
    for i, policy in enumerate(plan.policies):
        for point in ends:
            other, base = plan.design.compared_with(i, point)
            if (other, base) == (i, point):
                continue
            rows = table[(table["policy"] == policy.name) & (table["point"] == point)]
            rows = rows[shown(plan, rows, SHOWN_ALONG)]
            against = f" instead of {levels[base]:g}"
            if other != i:
                against = f", against '{plan.policies[other].name}'"
            yield f"- {policy.name}, {quantity} {levels[point]:g}{against}: {changes(rows)}."


def at_points(plan: Plan, table: pd.DataFrame) -> Iterable[str]:
    """Each policy at each point against its reference; of many points that which differs most."""
    yield on_the_same_people(plan)
    every = range(len(plan.points))
    for i, policy in enumerate(plan.policies):
        others = [at for at in every if plan.design.compared_with(i, at) != (i, at)]
        rows = table[(table["policy"] == policy.name) & table["point"].isin(others)]
        main = rows[rows["outcome"] == plan.outcomes[0]].set_index("point")["difference"]
        if main.notna().any() and len(plan.policies) * len(every) > FEW:
            others = [main.abs().idxmax()]
        most = "most at " if len(others) == 1 < len(every) - 1 else ""
        for at in others:
            here = rows[(rows["point"] == at) & shown(plan, rows, SHOWN_ALONG)]
            if len(here):
                where = point_name(plan.points[at])
                yield f"- {policy.name} ({most}{where}): {changes(here)}."


def over_futures(plan: Plan, table: pd.DataFrame) -> Iterable[str]:
    """What the first policy gives over all futures, and what each of the others changes."""
    yield on_the_same_people(plan)
    for i, policy in enumerate(plan.policies):
        rows = table[(table["policy"] == policy.name) & shown(plan, table, SHOWN)]
        write = change if i else over_all
        text = "; ".join(write(row) for row in rows.itertuples())
        yield f"- {policy.name}, over all futures: {text}."


def over_all(row: Any) -> str:
    """One outcome over all futures: its median, and where most of them lie."""
    if isnan(row.value):
        return f"{measure(row.outcome).en}: {NOBODY}"
    span = f"{number(row.low_future)} to {number(row.high_future)} in 90% of them"
    return f"{measure(row.outcome).en} {number(row.value)} ({span})"


LINES: dict[Layout, Callable[[Plan, pd.DataFrame], Iterable[str]]] = {
    Layout.POLICIES: of_policies,
    Layout.LINE: along_a_line,
    Layout.CROSSED: at_points,
    Layout.FUTURES: over_futures,
}
