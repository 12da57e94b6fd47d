"""Shapley values in words: what each part of a policy brings of a difference."""

from collections.abc import Iterator

import pandas as pd

from kring.experiments.analyses.paired import spread_of
from kring.experiments.analyses.shapley.numbers import WHOLE
from kring.experiments.charts.lines import SHOWN
from kring.experiments.study.plan import Plan
from kring.experiments.text import names
from kring.experiments.text.formats import NumberFormat
from kring.experiments.text.language import _
from kring.experiments.text.numbers import capital
from kring.experiments.text.periods import after
from kring.experiments.text.tables import PageTable, Section


def lines(plan: Plan, table: pd.DataFrame) -> Iterator[str]:
    """For each outcome the whole difference, and what each lever brings of it."""
    one, other = (policy.name for policy in plan.policies)
    yield f"From '{one}' to '{other}', {after(plan.weeks)}, what each part brings:"
    for outcome, part in table.groupby("outcome", sort=False):
        total = part[part["player"] == WHOLE].iloc[0]
        if not total["seeds"]:
            continue
        each = part[part["player"] != WHOLE]
        each = each.iloc[each["value"].abs().argsort()[::-1]]
        written = NumberFormat.of(str(outcome), part["value"], part["value"])
        parts = "; ".join(
            f"{names.player_name(plan, row.player)} {with_span(row, written)}"
            for row in each.itertuples()
        )
        yield f"- {names.outcome_name(outcome)} {with_span(total, written)}: {parts}."
    yield from (f"- {text}" for text in holes(table))


def with_span(row: pd.Series, written: NumberFormat) -> str:
    """A change with its interval, in English; what may as well be none is said."""
    spread = spread_of(row, "value")
    found = written.together(row.value, spread)
    if row.low != row.low:
        return found.signed
    more = f", of 100 sets {100 * spread.share:.0f}" if spread.is_over_sets else ""
    if not spread.is_clear and row.low != row.high:
        more += ": we don't know which way" if spread.is_over_sets else ", could be none"
    return f"{found.signed} ({found.signed_span}{more})"


def holes(table: pd.DataFrame) -> Iterator[str]:
    """Outcomes of which the split rests on fewer towns, or on none."""
    for row in table[table["player"] == WHOLE].itertuples():
        outcome = capital(names.outcome_name(row.outcome))
        if not row.seeds:
            text = _("{outcome}: not known, in every town some mix has no result.")
            yield text.format(outcome=outcome)
        elif row.left_out:
            text = _("{outcome}: {n} towns left out, a mix has no result there.")
            yield text.format(outcome=outcome, n=row.left_out)


def section(plan: Plan, table: pd.DataFrame, title: str) -> Section:
    """What the page shows: a row for each part of the policy, a column for each outcome."""
    known = table[table["value"].notna()]
    outcomes = list(known["outcome"].unique())
    few = [outcomes[i : i + SHOWN] for i in range(0, len(outcomes), SHOWN)]
    tables = [page_table(plan, known, some) for some in few]
    one, other = names.policy_names(plan).values()
    note = _(
        "From ‘{one}’ to ‘{other}’, {when}: what each part of the policy adds, averaged over all "
        "orders in which the parts can be changed one after the other (Shapley values)."
    ).format(one=one, other=other, when=after(plan.weeks))
    return Section(title, note if tables else "", tables, [*holes(table)])


def page_table(plan: Plan, table: pd.DataFrame, outcomes: list[str]) -> PageTable:
    """What each part brings of a few outcomes, and below it the whole."""
    parts = [names.player_name(plan, name) for name in table["player"].unique()]
    heads, columns = [_("Part of the policy")], []
    for outcome in outcomes:
        part = table[table["outcome"] == outcome]
        written = NumberFormat.of(outcome, part["value"], part["value"])
        columns.append([with_interval(row, written) for row in part.itertuples()])
        heads.append(names.with_unit(outcome))
    return PageTable("", heads, [list(row) for row in zip(parts, *columns, strict=True)])


def with_interval(row: pd.Series, written: NumberFormat) -> str:
    """A change, a mark where it could be none, and its interval."""
    text = written.marked(spread_of(row, "value"))
    span = written.together(row.value, spread_of(row, "value")).signed_span
    return text if row.low != row.low else f"{text} ({span})"
