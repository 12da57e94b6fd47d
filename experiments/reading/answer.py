"""The usual answer: what a study found, outcome by outcome and policy by policy, from tables."""

from collections.abc import Callable, Iterable
from itertools import groupby
from math import isfinite, isnan

import pandas as pd

from kring.experiments.analyses.base import Tables
from kring.experiments.analyses.sensitivity.words import finding, main_part, why_unknown
from kring.experiments.measures import measure, part_of
from kring.experiments.reading.differences import Differences, Row
from kring.experiments.reading.sentences import between_brackets
from kring.experiments.study.designs import Layout
from kring.experiments.study.plan import Plan
from kring.experiments.text.formats import Written
from kring.experiments.text.language import _
from kring.experiments.text.names import factor_name, outcome_name, quoted
from kring.experiments.text.numbers import capital, listed
from kring.experiments.text.periods import after

FEW = 6  # points of policies that are told one by one
FEW_POLICIES = 12  # the same of policies beside each other
NAMED = 3  # parts of a split that are named; the others are taken together
ITEM = "- "  # begins a line that is one of a list


def answer(plan: Plan, tables: Tables) -> str:
    """What a study found, in the language that is spoken: a line above, then a line an outcome.

    All policies and points are in it, the first moment and the last, and where it is not known
    which way an outcome goes, that.

    Parameters
    ----------
    plan : Plan
        The plan of the study.
    tables : dict of str to DataFrame
        Its tables; `differences` is read, and those of the analyses that the answer quotes.
    """
    found = Differences(plan, tables)
    if not found.outcomes():
        return _("There is no answer: no run gave a number. What went wrong stands below.")
    lines = told(found, answered(found.outcomes()))
    if more := MORE.get(plan.design.layout):
        lines += more(found, tables, found.compared(found.outcomes()[0]))
    return "\n".join(capital(line) for line in lines)


def told(found: Differences, outcomes: list[str]) -> list[str]:
    """A line that says what is compared, and one for each outcome."""
    rows = found.compared(outcomes[0])
    tell = changes if rows else values
    return [lead(found, outcomes, rows), *(ITEM + tell(found, name) for name in outcomes)]


def answered(outcomes: list[str]) -> list[str]:
    """The outcomes of an answer: what is asked first, what is second, and one in euros.

    Of what is asked at several moments the first and the last; of the first outcome also since
    people's own entry.
    """
    kinds: dict[tuple[str, str], list[str]] = {}
    for name in outcomes:
        asked = part_of(name)
        kinds.setdefault((asked.base, asked.route), []).append(name)
    first, *others = kinds.values()
    money = [names for names in others[1:] if measure(names[0]).unit == "EUR"]
    found = [name for names in by_clock(first).values() for name in ends(names)]
    for names in [*others[:1], *money[:1]]:
        found += ends(next(iter(by_clock(names).values())))
    return found


def by_clock(names: list[str]) -> dict[bool, list[str]]:
    """Moments of an outcome in time of the calendar, and in time since entry."""
    found: dict[bool, list[str]] = {}
    for name in names:
        found.setdefault(bool(part_of(name).after), []).append(name)
    return found


def ends(names: list[str]) -> list[str]:
    """The first and the last moment."""
    return list(dict.fromkeys([names[0], names[-1]]))


def lead(found: Differences, outcomes: list[str], rows: list[Row]) -> str:
    """After how long, against what, and what stands between brackets."""
    parts = [when(found.plan, outcomes)]
    if not rows:
        alone = {row.label for name in outcomes for row in found.rows(name)}
        if len(alone) == 1:
            parts.append(_("with {label}").format(label=alone.pop()))
        note = _("compared with nothing, so this does not say whether other policy would do better")
        return ", ".join(filter(None, parts)) + f" ({note}):"
    others = {row.other for row in rows}
    if len(others) == 1:
        parts.append(_("compared with {other}").format(other=others.pop()))
    spread = rows[0].spread
    if spread.is_over_sets:
        sets = _("sets") if isnan(rows[0].low_future) else _("futures")
        note = _("between brackets 95% of the {sets}").format(sets=sets)
    elif isfinite(spread.low):
        note = _("between brackets the 95% interval")
    else:
        note = _("one town was drawn, so how much of it is chance is not known")
    return ", ".join(filter(None, parts)) + f" ({note}):"


def when(plan: Plan, outcomes: list[str]) -> str:
    """After how long, and over what: as far as it is the same for all."""
    if plan.design.is_sampled:
        return _("over all futures drawn")
    own_weeks = any(policy.own_weeks for policy in plan.policies)
    alike = not own_weeks and not any("@" in name for name in outcomes)
    parts = [after(plan.weeks)] if alike else []
    if plan.country:
        parts.append(_("over all municipalities together"))
    return ", ".join(parts)


def changes(found: Differences, outcome: str) -> str:
    """What all that is compared changes in an outcome; of many what they have in common."""
    rows = found.compared(outcome)
    few = FEW if found.design.factors and not found.design.is_sampled else FEW_POLICIES
    tell = one_by_one if len(rows) <= few else together
    return f"{outcome_name(outcome)}{base(found, outcome, rows)}: {tell(found, outcome, rows)}."


def base(found: Differences, outcome: str, rows: list[Row]) -> str:
    """The value that all are compared with, where that is one."""
    compared = {found.design.compared_with(row.policy, row.point) for row in rows}
    if len(compared) != 1:
        return ""
    return _(" ({value} there)").format(value=found.written(outcome, rows[0]).base)


def one_by_one(found: Differences, outcome: str, rows: list[Row]) -> str:
    """Each difference, or that it isn't known; those of a policy together."""
    is_one = len({row.other for row in rows}) == 1
    texts = []
    for policy, own in groupby(rows, key=lambda row: row.policy):
        several, parts = list(own), []
        for row in several:
            label = row.label if len(several) == 1 else found.point_name(row.point)
            change = one(row, found.written(outcome, row))
            text = _("with {label} {change}").format(label=label, change=change)
            against = "" if is_one else " " + _("against {other}").format(other=row.other)
            parts.append(text + against)
        is_named = len(several) > 1 and len(found.names) > 1
        texts.append((f"{found.policy_name(policy)}: " if is_named else "") + ", ".join(parts))
    return "; ".join(texts)


def one(row: Row, written: Written) -> str:
    """A difference with its interval, or that it isn't known: of one set, that it could be none."""
    if row.is_none:
        return _("no difference")
    if row.could_be_none and row.spread.is_over_sets:
        text = _("we don't know{brackets}")
    elif row.could_be_none:
        text = _("it could be none{brackets}")
    else:
        text = "{change}{brackets}"
    return text.format(change=written.change, brackets=between_brackets(row.spread, written))


def together(found: Differences, outcome: str, rows: list[Row]) -> str:
    """How many of the rows are lower, higher, or not known, and the largest of each."""
    kinds = {
        _("lower in {k} of {n}, most with {label}: {change}"): [
            row for row in rows if known(row) and row.difference < 0
        ],
        _("higher in {k} of {n}, most with {label}: {change}"): [
            row for row in rows if known(row) and row.difference > 0
        ],
    }
    parts = []
    for text, some in kinds.items():
        if some:
            most = max(some, key=lambda row: abs(row.difference))
            change = one(most, found.written(outcome, most))
            parts.append(text.format(k=len(some), n=len(rows), label=most.label, change=change))
    if n := sum(row.could_be_none for row in rows):
        text = _("in {k} of {n} it could be none")
        if rows[0].spread.is_over_sets:
            text = _("in {k} of {n} we don't know")
        parts.append(text.format(k=n, n=len(rows)))
    if n := sum(row.is_none for row in rows):
        parts.append(_("in {k} of {n} no difference").format(k=n, n=len(rows)))
    return "; ".join(parts)


def known(row: Row) -> bool:
    """Whether a difference is told as such."""
    return not row.is_none and not row.could_be_none


def values(found: Differences, outcome: str) -> str:
    """An outcome where there is nothing to compare it with."""
    rows = found.rows(outcome)
    texts = [value(found, outcome, row) for row in rows[:FEW]]
    if len(rows) > 1:
        told = zip(rows, texts, strict=False)
        texts = [_("{value} with {label}").format(value=t, label=row.label) for row, t in told]
    return f"{outcome_name(outcome)}: {'; '.join(texts)}."


def value(found: Differences, outcome: str, row: Row) -> str:
    """A value by itself; over futures, with where most of them lie."""
    written = found.format(outcome)
    if not isfinite(row.low_future):
        return written.value(row.value)
    return _("{value} in the middle of the futures, in 90% of them {span}").format(
        value=written.value(row.value), span=written.between(row.low_future, row.high_future)
    )


def of_split(found: Differences, tables: Tables, rows: list[Row]) -> list[str]:
    """What brings the difference."""
    return [parts(found, found.outcomes()[0])] if rows else []


def of_futures(found: Differences, tables: Tables, rows: list[Row]) -> list[str]:
    """What an outcome, or the difference that differs most, depends on."""
    table = tables.get("sensitivity")
    if table is None:
        return []
    plan, (main, *others) = found.plan, found.outcomes()
    row = max(rows or found.rows(main)[:1], key=lambda r: (known(r), abs(r.difference)))
    of, policy = ("difference" if rows else "value"), plan.policies[row.policy].name
    part = main_part(plan, table, policy, of, main)
    if plan.design.method == "latin hypercube" and why_unknown(plan, part):
        return []
    also = "" if rows else counts_for_others(found, table, others)
    return list(filter(None, [finding(plan, part), also]))


More = Callable[[Differences, Tables, list[Row]], list[str]]
MORE: dict[Layout, More] = {Layout.FUTURES: of_futures, Layout.SPLIT: of_split}


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
        "Of the difference in {outcome}, averaged over all orders in which the policy can be "
        "changed, {parts}."
    ).format(outcome=quoted(outcome), parts="; ".join(texts))


def blocks(lines: Iterable[str]) -> list[tuple[bool, list[str]]]:
    """Lines as lists and paragraphs: whether it is a list, and its lines."""
    found = groupby((one for one in lines if one.strip()), key=lambda one: one.startswith(ITEM))
    return [(is_list, [one.removeprefix(ITEM) for one in part]) for is_list, part in found]
