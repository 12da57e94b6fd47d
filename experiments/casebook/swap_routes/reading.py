"""Reading of swapped routes: how far problems fell in each group, and what that is made of."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd

from kring.experiments.analyses.base import Tables
from kring.experiments.analyses.paired import spread_of
from kring.experiments.casebook.swap_routes.falls import GROUPS, fall_chart, fall_table, split_table
from kring.experiments.reading.base import Draw, Reading
from kring.experiments.reading.lines import sure
from kring.experiments.reading.sentences import holds_in, in_brackets, join
from kring.experiments.study.plan import Plan
from kring.experiments.text.formats import NumberFormat
from kring.experiments.text.language import Word, _, in_context, said
from kring.experiments.text.numbers import listed
from kring.experiments.text.periods import after
from kring.simulation.spread import Spread

PROBLEMS = NumberFormat("problems", 2)
PARTS = {
    "observed difference": Word("observed difference", "waargenomen verschil"),
    "route": Word("the route", "de route"),
    "who entered": Word("who entered", "wie er instroomde"),
    "natural recovery": Word("natural recovery", "natuurlijk herstel"),
}


class SwapRoutesReading(Reading):
    """How much further problems fall in one group than in the other, and why."""

    def tables(self, plan: Plan, tables: Tables) -> Tables:
        """Falls by route and group, and the split of the difference."""
        runs = tables["runs"]
        return {"falls": fall_table(plan, runs), "split": split_table(plan, runs)}

    def figures(self, plan: Plan, tables: Tables) -> Mapping[str, Draw]:
        """Falls of both groups by every route."""
        return {plan.name: lambda: fall_chart(plan, tables["falls"])}

    def lines(self, plan: Plan, tables: Tables) -> Iterable[str]:
        """The split in words."""
        yield (
            "Problems that conference clients lose more than team clients, per client from entry "
            "to the end of year 2, and the parts of that difference:"
        )
        for row in tables["split"].itertuples():
            how = sure(spread_of(row, "problems"), PROBLEMS)
            yield f"- {row.part}: {PROBLEMS.signed(row.problems)} ({how})"

    def answer(self, plan: Plan, tables: Tables) -> str:
        """How much further problems fall in one group than in the other, and what makes that."""
        observed, *parts = tables["split"].itertuples()
        return join(
            _(
                "{when}, the fall in problems since entry is {change} for clients of the "
                "conference than for clients of the team{sure}."
            ).format(
                when=after(plan.weeks),
                change=PROBLEMS.change(observed.problems),
                sure=in_brackets(PROBLEMS, spread_of(observed, "problems")),
            ),
            _("of that, {parts}.").format(
                parts=listed(
                    _("{change}{span} comes with {part}").format(
                        change=PROBLEMS.signed(row.problems),
                        span=span(spread_of(row, "problems")),
                        part=said(PARTS[row.part]),
                    )
                    for row in parts
                )
            ),
        )

    def page_tables(self, plan: Plan, tables: Tables) -> Sequence[tuple[str, pd.DataFrame]]:
        """The falls by route and group, and the split."""
        return [
            (
                _("What the difference between both groups is made of (problems per client)"),
                split_in_words(tables["split"]),
            ),
            (
                _("Fall in problems per client since entry (between brackets: 95% interval)"),
                falls_in_words(plan, tables["falls"]),
            ),
        ]


def span(spread: Spread) -> str:
    """An interval between brackets; nothing where it is not known."""
    if not np.isfinite(spread.low):
        return ""
    text = PROBLEMS.signed_span(spread.low, spread.high)
    return f" ({text}; {holds_in(spread)})" if spread.is_over_sets else f" ({text})"


def split_in_words(table: pd.DataFrame) -> pd.DataFrame:
    """A row a part of the difference."""
    rows = [
        (
            said(PARTS[row.part]),
            PROBLEMS.signed(row.problems),
            PROBLEMS.signed_span(row.low, row.high),
        )
        for row in table.itertuples()
    ]
    head = [in_context("of a difference", "Part"), _("Difference"), _("95% interval")]
    return pd.DataFrame(rows, columns=head)


def falls_in_words(plan: Plan, table: pd.DataFrame) -> pd.DataFrame:
    """A row a route, a column a group of clients."""
    falls, rows = table.set_index(["route", "clients"]), []
    for policy in plan.policies:
        found = [falls.loc[(policy.name, group)] for group in GROUPS]
        cells = [f"{PROBLEMS.value(f.fall)} ({PROBLEMS.between(f.low, f.high)})" for f in found]
        rows.append((said(policy.label), *cells))
    return pd.DataFrame(rows, columns=[_("Help by"), *map(said, GROUPS.values())])
