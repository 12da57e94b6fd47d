"""Within a budget in words: what the best pay and consist of, and whether they differ."""

from collections.abc import Iterator

import pandas as pd

from kring.experiments.analyses.paired import spread_of
from kring.experiments.study.budget import CASH
from kring.experiments.study.plan import Plan
from kring.experiments.text import names
from kring.experiments.text.formats import NumberFormat
from kring.experiments.text.language import _
from kring.experiments.text.names import quantity_name, value_of
from kring.experiments.text.numbers import percentage
from kring.experiments.text.phrases import point_name


def paid(plan: Plan, table: pd.DataFrame) -> Iterator[str]:
    """What each combination pays beside the ceiling, and how many were left out."""
    assert plan.budget is not None
    called = names.policy_names(plan)
    kept, left_out = (table[table["left_out"] == yes] for yes in (False, True))
    for row in kept.itertuples():
        written = NumberFormat.of(CASH, [row.cash], [])
        text = _(
            "‘{one}’ stays within the budget, which is: not above it in the middle of the sets: "
            "{cash} {value}, {change} than may be paid; above it in {share} of the sets."
        )
        if not row.within:
            text = _(
                "‘{one}’ is ABOVE THE BUDGET: {cash} {value}, {change} than may be paid; above it "
                "in {share} of the sets."
            )
        yield "- " + text.format(
            one=called[row.policy],
            cash=names.outcome_name(CASH),
            value=written.value(row.cash),
            change=written.change(row.above),
            share=whole(row.share_above),
        )
    if len(left_out):
        written = NumberFormat.of(CASH, table["cash"], [])
        yield "- " + _(
            "{n} that seemed within the budget in a few sets turned out above it over all, and are "
            "left out: {change} than may be paid at most, above it in {low} to {high} of the sets."
        ).format(
            n=len(left_out), change=written.change(left_out["above"].max()),
            low=whole(left_out["share_above"].min()), high=whole(left_out["share_above"].max()),
        )  # fmt: skip
    if len(kept) < plan.budget.best:
        yield "- " + _("No more than {n} were found that stay within the budget.").format(
            n=len(kept)
        )


def whole(share: float) -> str:
    """A share of the sets as a whole percentage."""
    return percentage(f"{100 * share:.0f}")


def lines(plan: Plan, table: pd.DataFrame) -> Iterator[str]:
    """Each combination against the next best, and whether they differ."""
    called = names.policy_names(plan)
    for row in table.itertuples():
        found = spread_of(row)
        written = NumberFormat.of(row.outcome, [], [found.middle, found.low, found.high])
        text = _("‘{one}’ does better than the next best, ‘{other}’: {outcome} {span}.")
        if not found.is_clear:
            text = _("whether ‘{one}’ does better than ‘{other}’ we don't know: {outcome} {span}.")
        yield "- " + text.format(
            one=called[row.policy],
            other=called[row.next],
            outcome=names.outcome_name(row.outcome),
            span=written.span(found.low, found.high),
        )


def consist(plan: Plan) -> Iterator[str]:
    """What each combination consists of, as it is said."""
    assert plan.budget is not None
    called = list(names.policy_names(plan).values())[1:]
    for one, found in zip(called, plan.budget.found, strict=True):
        yield f"- {one}: " + point_name({f"policy.{name}": at for name, at in found.items()}) + "."


def levers(plan: Plan) -> tuple[str, list[str], list[list[str]]]:
    """A table of what the combinations consist of: a row a lever."""
    assert plan.budget is not None
    called = list(names.policy_names(plan).values())[1:]
    rows = [
        [
            quantity_name("policy", name),
            *(value_of("policy", name, p[name]) for p in plan.budget.found),
        ]
        for name in plan.budget.policy
    ]
    return _("What the combinations consist of"), [_("Lever"), *called], rows


def tried(table: pd.DataFrame) -> str:
    """How many were tried, within the budget, and on the frontier."""
    return _(
        "{n} combinations were tried in a few sets, {within} of them within the budget; {best} are "
        "beaten by no other that costs as little."
    ).format(n=len(table), within=int(table["within"].sum()), best=int(table["on_frontier"].sum()))
