"""The usual answer: what a study found, in two sentences made from its tables."""

from collections.abc import Callable
from math import isfinite, isnan

import pandas as pd

from experiments.analyses.base import Tables
from experiments.analyses.sensitivity.words import finding, main_part, why_unknown
from experiments.reading.differences import Differences, Row
from experiments.reading.sentences import by_chance, holds_in, join
from experiments.study.designs import Layout
from experiments.study.plan import Plan
from experiments.text.formats import NumberFormat
from experiments.text.language import _
from experiments.text.names import factor_name, quoted
from experiments.text.numbers import listed
from experiments.text.periods import after

NAMED = 3  # parts of a split that are named; the others are taken together


def answer(plan: Plan, tables: Tables) -> str:
    """What a study found, in two sentences, in the language that is spoken.

    Parameters
    ----------
    plan : Plan
        The plan of the study.
    tables : dict of str to DataFrame
        Its tables; `differences` is read, and those of the analyses that the answer quotes.
    """
    found = Differences(plan, tables)
    outcomes = found.outcomes()
    if not outcomes:
        return _("There is no answer: no run gave a number. What went wrong stands below.")
    main, others = outcomes[0], outcomes[1:2]
    if "cost" in outcomes[2:]:
        others.append("cost")
    rows = found.compared(main)
    if not rows:
        row, first, rest = (
            found.rows(main)[0],
            first_value(found, main),
            other_values(found, others),
        )
    else:
        row = differs_most(rows)
        first, rest = first_change(found, main, row, rows), other_changes(found, others, row)
    compose = ANSWERS.get(plan.design.layout)
    return compose(found, tables, row, first, rest) if compose else join(first, rest)


def of_split(found: Differences, tables: Tables, row: Row, first: str, rest: str) -> str:
    """The whole difference, and what brings it."""
    return join(first, parts(found, found.outcomes()[0]) if row.is_compared else rest)


def of_futures(found: Differences, tables: Tables, row: Row, first: str, rest: str) -> str:
    """What an outcome, or a difference in it, depends on, beside what it is over all futures.

    What it depends on goes first where the design is made to find that out.
    """
    table = tables.get("sensitivity")
    if table is None:
        return join(first, rest)
    plan, (main, *others) = found.plan, found.outcomes()
    of, policy = ("difference" if row.is_compared else "value"), plan.policies[row.policy].name
    part = main_part(plan, table, policy, of, main)
    depends = finding(plan, part)
    if plan.design.method == "latin hypercube":
        return join(first, rest if why_unknown(plan, part) else depends)
    also = "" if row.is_compared else counts_for_others(found, table, others)
    return join(depends, also or first)


ANSWERS: dict[Layout, Callable[[Differences, Tables, Row, str, str], str]] = {
    Layout.FUTURES: of_futures,
    Layout.SPLIT: of_split,
}


def counts_for_others(found: Differences, table: pd.DataFrame, outcomes: list[str]) -> str:
    """Which quantity counts most for each of the other outcomes; empty if for none."""
    plan, most = found.plan, []
    for outcome in outcomes:
        part = main_part(plan, table, plan.policies[0].name, "value", outcome)
        if not why_unknown(plan, part):
            name = factor_name(part.loc[part["value"].abs().idxmax(), "factor"])
            most.append(_("{name} for {outcome}").format(name=name, outcome=quoted(outcome)))
    if not most:
        return ""
    return _("For the other outcomes, what counts most is {parts}.").format(parts=listed(most))


def differs_most(rows: list[Row]) -> Row:
    """The row that differs most, among those of which it is clear if there are any."""
    clear = [row for row in rows if row.is_clear]
    return max(clear or rows, key=lambda row: abs(row.difference))


def when(plan: Plan, outcome: str) -> str:
    """After how long, and over what: as far as it is the same for all."""
    if plan.design.is_sampled:
        return _("over all futures drawn")
    own_weeks = any(policy.own_weeks for policy in plan.policies)
    alike = not own_weeks and "@" not in outcome
    parts = [after(plan.weeks) if alike else _("in the simulation")]
    if plan.country:
        parts.append(_("over all municipalities together"))
    return ", ".join(parts)


def first_change(found: Differences, outcome: str, most: Row, rows: list[Row]) -> str:
    """What differs most in the first outcome, and how many others may make no difference."""
    if len(rows) == 1:
        text = _("{when}, {label} gives, in {outcome}, {value}{instead}: {change}.")
    elif most.other == found.first():
        text = _(
            "{when}, {label} makes {largest} in {outcome}, of {n} policies compared with {other}: "
            "{value}{instead}, so {change}{unclear}."
        )
    else:
        text = _(
            "{when}, {label} makes {largest} in {outcome}, of {n} comparisons: {value}{instead}, "
            "so {change}{unclear}."
        )
    written, is_named = found.format(outcome), len(rows) > 1 and most.other == found.first()
    clear, any_ = _("the largest clear difference"), _("the largest difference")
    return text.format(
        when=when(found.plan, outcome),
        largest=clear if most.is_clear else any_,
        n=len(rows),
        label=most.label,
        other=most.other,
        outcome=quoted(outcome),
        value=written.value(most.value),
        instead=instead_of(most, written, is_named),
        change=change(most, written),
        unclear=unclear(rows),
    )


def instead_of(row: Row, written: NumberFormat, is_named: bool) -> str:
    """What a value stands in the place of; only whose where rounding would belie the difference."""
    base = written.value(row.base)
    if not written.adds_up(row.base, row.difference):
        return "" if is_named else _(", compared with {other}").format(other=row.other)
    if is_named:
        return _(" instead of {base}").format(base=base)
    return _(" instead of {base} ({other})").format(base=base, other=row.other)


def change(row: Row, written: NumberFormat) -> str:
    """A difference with its interval, or with why there is none."""
    if row.is_none:
        return written.change(0)
    if row.spread.is_over_sets:
        return over_sets(row, written)
    if row.could_be_none:
        text = _("{change}, but the difference could be none (95% interval: {span})")
    elif row.has_interval:
        text = _("{change} (95% interval: {span})")
    else:
        text = _("{change} (one town was drawn, so how much of it is chance is not known)")
    span = written.span(row.low, row.high)
    return text.format(change=written.change(row.difference), span=span)


def over_sets(row: Row, written: NumberFormat) -> str:
    """A difference over sets or futures, with what is known of its sign, and chance apart."""
    if row.is_clear:
        text = _("{change} (95% of the {sets}: {span}; {sign}{chance})")
    else:
        text = _(
            "{change} in the middle of the {sets}, but we don't know whether it is lower or higher "
            "(95% of the {sets}: {span}; {sign}{chance})"
        )
    chance = by_chance(written, row.spread)
    return text.format(
        change=written.change(row.difference),
        sets=_("sets") if isnan(row.low_future) else _("futures"),
        span=written.span(row.low, row.high),
        sign=holds_in(row.spread),
        chance=f"; {chance}" if chance else "",
    )


def unclear(rows: list[Row]) -> str:
    """How many of the rows may make no difference."""
    n = sum(row.could_be_none for row in rows)
    if not n or len(rows) == 1:
        return ""
    if n == len(rows):
        return _("; that goes for all {n}").format(n=n)
    if rows[0].spread.is_over_sets:
        return _("; for {k} of the {n} we don't know whether it is lower or higher").format(
            k=n, n=len(rows)
        )
    return _("; for {k} of the {n} the difference could be none").format(k=n, n=len(rows))


def other_changes(found: Differences, outcomes: list[str], most: Row) -> str:
    """What else changes, in the same comparison."""
    changes = [
        other_change(row, outcome, found.format(outcome))
        for outcome in outcomes
        for row in found.compared(outcome)
        if (row.policy, row.point) == (most.policy, most.point)
    ]
    if not changes:
        return nothing_else()
    if len(changes) == 1:
        return _("In the same comparison {part}.").format(part=changes[0])
    one, other = changes
    text = _("In the same comparison {one} and {other}.")
    return text.format(one=one, other=other)


def nothing_else() -> str:
    """What is said where one outcome was measured."""
    return _("Nothing else was measured, so this says nothing of other outcomes.")


def other_change(row: Row, outcome: str, written: NumberFormat) -> str:
    """One of the other changes, in short."""
    if row.spread.is_over_sets:
        text = _("{outcome} goes from {base} to {value} ({span}; {sign})")
        if row.could_be_none:
            text = _("{outcome} goes from {base} to {value} ({span}; {sign}: not known which way)")
    elif row.could_be_none and not row.is_none:
        text = _("{outcome} goes from {base} to {value} ({span}: could be none)")
    else:
        text = _("{outcome} goes from {base} to {value} ({span})")
    has_span = row.has_interval
    return text.format(
        outcome=quoted(outcome),
        value=written.value(row.value),
        base=written.value(row.base),
        span=written.span(row.low, row.high) if has_span else written.change(row.difference),
        sign=holds_in(row.spread) if row.spread.is_over_sets else "",
    )


def first_value(found: Differences, outcome: str) -> str:
    """The first outcome, where there is nothing to compare it with."""
    row, written = found.rows(outcome)[0], found.format(outcome)
    if isfinite(row.low_future):
        text = _(
            "{when}, {label} gives, in {outcome}, {value} in the middle of the futures, and in 90% "
            "of the futures between {low} and {high}."
        )
    else:
        text = _(
            "{when}, {label} gives, in {outcome}, {value}; it is compared with nothing, so this "
            "does not say whether other policy would do better."
        )
    return text.format(
        when=when(found.plan, outcome),
        label=row.label,
        outcome=quoted(outcome),
        value=written.value(row.value),
        low=written.value(row.low_future),
        high=written.value(row.high_future),
    )


def other_values(found: Differences, outcomes: list[str]) -> str:
    """The other outcomes, where there is nothing to compare them with."""
    values = [
        _("{value} in {outcome}").format(
            outcome=quoted(outcome), value=found.format(outcome).value(found.rows(outcome)[0].value)
        )
        for outcome in outcomes
    ]
    if not values:
        return nothing_else()
    return _("It goes with {values}.").format(values=listed(values))


def parts(found: Differences, outcome: str) -> str:
    """What brings the difference between two policies, lever by lever."""
    written, every = found.format(outcome), found.parts(outcome)
    if not every:
        return _("What each part of the policy brings is not known, for some mixes have no result.")
    ranked = sorted(every, key=lambda part: -abs(part.difference))
    named = NAMED if len(ranked) > NAMED + 1 else len(ranked)
    texts = [
        _("{change} comes with ‘{name}’").format(
            name=part.label, change=written.change(part.difference)
        )
        for part in ranked[:named]
    ]
    if rest := ranked[named:]:
        together = written.change(sum(part.difference for part in rest))
        text = _("{change} with the other {n} together")
        texts.append(text.format(n=len(rest), change=together))
    return _(
        "Of that difference, averaged over all orders in which the policy can be changed, {parts}."
    ).format(parts="; ".join(texts))
