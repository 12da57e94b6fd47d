"""Reading of integral teams: what they cost against the old way, beside what was published.

What integral teams cost against the old way has been published (E41). It stands beside what is
simulated, and nothing is fitted to it.
"""

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from kring.experiments.analyses.base import Tables
from kring.experiments.analyses.paired import spread_of
from kring.experiments.casebook.integral_teams.costs import (
    EVERYBODY,
    FAMILIES,
    INTEGRAL,
    PUBLISHED,
    cost_chart,
    relative_costs,
)
from kring.experiments.reading.base import Draw, Reading
from kring.experiments.reading.differences import Differences
from kring.experiments.reading.sentences import change, in_brackets, join
from kring.experiments.study.plan import Plan
from kring.experiments.text.formats import NumberFormat
from kring.experiments.text.language import _, in_context, said
from kring.experiments.text.names import policy_names
from kring.experiments.text.periods import after

RELATIVE = NumberFormat("relative", 0)


class IntegralTeamsReading(Reading):
    """What forms of teams cost against agencies each with a plan of their own."""

    def tables(self, plan: Plan, tables: Tables) -> Tables:
        """Cost of each policy against the first."""
        return {"relative_costs": relative_costs(plan, tables["runs"])}

    def figures(self, plan: Plan, tables: Tables) -> Mapping[str, Draw]:
        """The policies, and their costs beside the published figure."""
        table = tables["relative_costs"]
        return {
            **super().figures(plan, tables),
            "relative_costs": lambda: cost_chart(plan, table),
        }

    def lines(self, plan: Plan, tables: Tables) -> Iterable[str]:
        """The policies in words, then the cost of integral teams beside what was published."""
        yield from super().lines(plan, tables)
        yield ""
        yield f"Cost against '{plan.policies[0].name}' (nothing is fitted to the published figure):"
        yield from misfit(tables["relative_costs"])

    def answer(self, plan: Plan, tables: Tables) -> str:
        """What integral teams cost families, beside what was published, and everybody; problems.

        Empty where the study has no such teams.
        """
        names = policy_names(plan)
        if INTEGRAL not in names:
            return ""
        table = tables["relative_costs"].set_index(["who", "policy"])
        everybody, found = table.loc[EVERYBODY, "value"], Differences(plan, tables)
        row, cheapest = found.row(INTEGRAL, "problems"), everybody.idxmin()
        return join(
            of_families(plan, table.loc[(FAMILIES, INTEGRAL)]),
            _(
                "for all clients together it is {change}, problems per client are {problems}, and "
                "of the forms compared ‘{cheapest}’ costs least: {least} for all clients."
            ).format(
                change=RELATIVE.change(everybody[INTEGRAL]),
                problems=change(found.format("problems"), row.spread),
                cheapest=names[cheapest],
                least=RELATIVE.change(everybody[cheapest]),
            ),
        )


def misfit(table: pd.DataFrame) -> Iterable[str]:
    """What the integral team costs against the old way, beside what was published."""
    for row in table[table["policy"] == INTEGRAL].itertuples():
        known = np.isfinite(row.low)  # one seed gives no interval
        span = f"{row.low:+.0%} to {row.high:+.0%}" if known else "no interval"
        text = f"- {row.who}: '{INTEGRAL}' costs {row.value:+.0%} ({span}) per client"
        if row.who == FAMILIES:
            points = round(100 * (row.value - PUBLISHED))
            text += f"; published {PUBLISHED:+.0%} (E41), a misfit of {points:+d} points"
            if known:
                place = "within" if row.low <= PUBLISHED <= row.high else "outside"
                text += f", the published figure {place} the interval"
        yield text + "."


def of_families(plan: Plan, row: pd.Series) -> str:
    """What integral teams cost families with problems, beside what was published."""
    parts = {
        "when": after(plan.weeks),
        "integral": policy_names(plan)[INTEGRAL],
        "first": said(plan.policies[0].label),
        "change": RELATIVE.change(row["value"]),
        "published": RELATIVE.change(PUBLISHED),
    }
    if not np.isfinite(row["low"]):
        return _(
            "{when}, ‘{integral}’ makes the cost of help {change} for families with problems than "
            "‘{first}’ does; published is {published}."
        ).format(**parts)
    is_inside = row["low"] <= PUBLISHED <= row["high"]
    inside, outside = in_context("an interval", "within"), in_context("an interval", "outside")
    return _(
        "{when}, ‘{integral}’ makes the cost of help {change} for families with problems than "
        "‘{first}’ does{sure}; published is {published}, {place} that interval."
    ).format(
        sure=in_brackets(RELATIVE, spread_of(row, "value")),
        place=inside if is_inside else outside,
        **parts,
    )
