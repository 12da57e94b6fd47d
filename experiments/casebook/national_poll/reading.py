"""Reading of the national poll: what a country's teams say they contribute, and at what cost."""

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from kring.experiments.analyses.base import Tables
from kring.experiments.analyses.paired import runs_of, spread_of
from kring.experiments.casebook.national_poll.chart import poll_chart
from kring.experiments.casebook.national_poll.goals import (
    BOUNDS,
    CONTRIBUTES,
    KEYS,
    goal_table,
    staffed,
)
from kring.experiments.casebook.national_poll.page import (
    forms_on_page,
    goals_on_page,
    national_on_page,
)
from kring.experiments.casebook.national_poll.sums import forms, municipalities, national
from kring.experiments.reading.base import Draw, Reading
from kring.experiments.reading.sentences import join
from kring.experiments.study.plan import Plan
from kring.experiments.text.formats import NumberFormat
from kring.experiments.text.language import _, in_context, said
from kring.experiments.text.names import policy_names
from kring.experiments.text.numbers import percent
from kring.simulation.evidence import figure

INTEGRAL, OLD_WAY, NO_TEAM = "all integral teams", "the old way", "entrance by referral only"


class NationalPollReading(Reading):
    """What teams contribute beside the poll, outreach under pressure, and cost."""

    def tables(self, plan: Plan, tables: Tables) -> Tables:
        """The country, the goals by policy and bounds, the forms of teams, each municipality."""
        for policy in (INTEGRAL, OLD_WAY, NO_TEAM):
            runs_of(tables["runs"], policy)  # the questions are about these
        asked = municipalities(plan, tables["runs"])
        return {
            "national": national(plan, asked),
            "goals": goal_table(plan, asked),
            "forms": forms(plan, asked),
            "municipalities": asked,
        }

    def figures(self, plan: Plan, tables: Tables) -> Mapping[str, Draw]:
        """Goals beside the poll, and outreach against pressure."""
        return {plan.name: lambda: poll_chart(plan, tables)}

    def lines(self, plan: Plan, tables: Tables) -> Iterable[str]:
        """The national questions, one by one, with what was published."""
        yield from lines_of_goals(plan, tables["goals"])
        yield from lines_of_the_country(plan, tables["national"])
        for row in tables["forms"].itertuples():
            yield (
                f"    - {row.form}: cash a year per new client {row.cash:,.0f} EUR, problems "
                f"{row.problems:.2f}, without a plan at six weeks {row.without_plan:.2f}."
            )

    def answer(self, plan: Plan, tables: Tables) -> str:
        """How many municipalities contribute beside the poll; outreach under pressure; cost."""
        return join(
            contribution(plan, tables["goals"]), outreach_and_cost(plan, tables["national"])
        )

    def page_tables(self, plan: Plan, tables: Tables) -> Sequence[tuple[str, pd.DataFrame]]:
        """The goals beside the poll, the country by policy, and the forms of teams."""
        first = said(plan.policies[0].label)
        return [
            (
                _(
                    "Municipalities whose teams contribute, by goal (between brackets: from strict "
                    "to lenient bounds, which are assumptions)"
                ),
                goals_on_page(plan, tables["goals"]),
            ),
            (
                _(
                    "The country, means over clients (between brackets: difference from ‘{first}’; "
                    "○: could be none)"
                ).format(first=first),
                national_on_page(plan, tables["national"]),
            ),
            (
                _("Forms of teams under ‘{first}’").format(first=first),
                forms_on_page(tables["forms"]),
            ),
        ]


def lines_of_goals(plan: Plan, table: pd.DataFrame) -> Iterable[str]:
    """What teams contribute, as things are and with less staff."""
    share = table.set_index(["policy", "bounds", "goal"])["share"]
    usual, strict, lenient = (
        share[plan.policies[0].name, how, CONTRIBUTES] for how in ("usual", "strict", "lenient")
    )
    yield (
        f"- Teams contribute (at least two of three goals): {usual:.2f} of municipalities, "
        f"{strict:.2f} by strict and {lenient:.2f} by lenient bounds. The poll of 2019 found "
        f"{figure('E40'):.2f} (E40, not fitted). The bounds are assumptions, and the answer hangs "
        "on them."
    )
    for goal in KEYS:
        parts = "; ".join(
            f"{one.name} {share[one.name, 'usual', goal]:.2f}" for one in staffed(plan)
        )
        yield f"    - {goal}: {parts}."


def lines_of_the_country(plan: Plan, table: pd.DataFrame) -> Iterable[str]:
    """Outreach, cost and referrals, with what was published."""
    mean = table.set_index(["policy", "measure"])
    reached = "; ".join(
        f"{one.name} {mean.loc[(one.name, 'outreach_given'), 'value']:.2f}" for one in staffed(plan)
    )
    yield (
        f"- Share of people approached before they asked: {reached}. Published: "
        f"{figure('E38'):.2f} in 2017 and {figure('E39'):.2f} in 2019 (E38, E39)."
    )
    yield (
        f"- Cash with all integral teams against the old way: {integral_cost(mean['value']):+.0%}; "
        f"published for families with problems: {figure('E41'):+.0%} (E41, not fitted)."
    )
    closed = mean.loc[(NO_TEAM, "referrals")]
    written = NumberFormat("", 2).together(closed.value, spread_of(closed))
    yield (
        f"- Referrals to agencies per person in need: {written.base} with open teams, "
        f"{written.value} with entrance by referral only (difference "
        f"{written.signed_span}); agencies take "
        f"{mean.loc[(NO_TEAM, 'cash_agencies'), 'relative']:+.0%} without open teams."
    )


def integral_cost(mean: pd.Series) -> float:
    """What integral teams cost in cash relative to the old way."""
    return float(mean[INTEGRAL, "cash"] / mean[OLD_WAY, "cash"] - 1)


def contribution(plan: Plan, table: pd.DataFrame) -> str:
    """How many municipalities contribute, beside the poll."""
    share = table.set_index(["policy", "goal", "bounds"])["share"]
    found = {how: share[plan.policies[0].name, CONTRIBUTES, how] for how in BOUNDS}
    poll = figure("E40")
    place = in_context("of bounds", "outside")
    if found["strict"] <= poll <= found["lenient"]:
        place = in_context("of bounds", "between")
    return _(
        "by the usual bounds the teams of {usual} of the municipalities contribute to the goals of "
        "the reform ({strict} by strict and {lenient} by lenient bounds), and the poll of 2019, "
        "{poll}, lies {place} these."
    ).format(
        **{how: percent(value) for how, value in found.items()},
        poll=percent(poll),
        place=place,
    )


def outreach_and_cost(plan: Plan, table: pd.DataFrame) -> str:
    """What less staff does to outreach, and what integral teams cost."""
    names, mean = policy_names(plan), table.set_index(["policy", "measure"])["value"]
    first, staff = plan.policies[0].name, staffed(plan)[-1].name
    relative = NumberFormat("relative", 0)
    return _(
        "with ‘{staff}’ the share of people approached before they ask goes from {now} to {then}, "
        "and with ‘{integral}’ what the municipality pays is {change} than with ‘{old}’ "
        "(published for the "
        "cost of help to families with problems: {published})."
    ).format(
        staff=names[staff],
        now=percent(mean[first, "outreach_given"]),
        then=percent(mean[staff, "outreach_given"]),
        integral=names[INTEGRAL],
        old=names[OLD_WAY],
        change=relative.change(integral_cost(mean)),
        published=relative.change(figure("E41")),
    )
