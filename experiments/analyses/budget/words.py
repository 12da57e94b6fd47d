"""Within a budget in words: what the best consist of, and whether they differ."""

from collections.abc import Iterator

import pandas as pd

from experiments.analyses.paired import spread_of
from experiments.study.plan import Plan
from experiments.text import names
from experiments.text.formats import NumberFormat
from experiments.text.language import _
from experiments.text.names import quantity_name, value_of


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
