"""Comparison by `kring compare`: what is printed, the weeks as a figure, who is better off.

Every outcome of every week is kept, of all clients and by route of entry.
"""

from collections.abc import Iterable, Mapping, Sequence
from math import isfinite

import numpy as np
import pandas as pd

from kring.experiments.analyses.base import Analysis, Tables
from kring.experiments.analyses.winners.numbers import counted, is_kept
from kring.experiments.casebook.compare.chart import titles, weekly_chart
from kring.experiments.measures import measure
from kring.experiments.measures.groups import EVERYBODY
from kring.experiments.reading.answer import told
from kring.experiments.reading.base import Draw, Reading
from kring.experiments.reading.differences import Differences
from kring.experiments.study.plan import Plan
from kring.experiments.text import names
from kring.experiments.text.language import _, said
from kring.experiments.text.numbers import capital, decimal, percent
from kring.experiments.text.periods import after
from kring.simulation.spread import spread

MAIN = ("problems", "supporters", "network", "alone", "professionals", "cost")
FATES = ("better", "same", "worse")
SIDES = FATES[::2]


class ComparisonReading(Reading):
    """What differs between policies on the same people, and how many end better or worse off."""

    def tables(self, plan: Plan, tables: Tables) -> Tables:
        """Shares of clients who end better and worse off than under the first policy, by seed."""
        if not is_kept(plan):
            return {}
        found = fates(plan, counted(plan, tables))
        return {"fates": found} if len(found) else {}  # nobody is told of a handful

    def analyses(self, plan: Plan) -> Sequence[Analysis]:
        """Those of any study, but for regret: of so many outcomes it says little."""
        return [one for one in super().analyses(plan) if one.name != "regret"]

    def figures(self, plan: Plan, tables: Tables) -> Mapping[str, Draw]:
        """The weeks; none of a handful of own clients, of whom they aren't told."""
        if tables["weekly"].empty:
            return {}
        return {"weekly": lambda: weekly_chart(plan, tables)}

    def printed(self, plan: Plan, tables: Tables) -> str:
        """Differences in words: baseline, value, difference and its interval."""
        return str(printed_table(plan, tables).to_string(index=False))

    def lines(self, plan: Plan, tables: Tables) -> Iterable[str]:
        """How many clients are better and worse off, and what the table is about."""
        for policy in plan.policies[1:] if "fates" in tables else ():
            better, worse = (share(plan, tables["fates"], policy.name, c) for c in SIDES)
            yield f"{policy.name}: {better} of clients end with fewer problems, {worse} with more."
        yield about_the_table(plan)

    def answer(self, plan: Plan, tables: Tables) -> str:
        """What each policy changes in problems, supporters and cost, and who is better off."""
        lines = told(Differences(plan, tables), list(titles()))
        if "fates" in tables:
            lines = [*lines, "; ".join(fates_in_sentences(plan, tables["fates"])) + "."]
        return "\n".join(capital(line) for line in lines)

    def page_tables(self, plan: Plan, tables: Tables) -> Sequence[tuple[str, pd.DataFrame]]:
        """The main outcomes by policy, and who is better and worse off."""
        title = _(
            "The main outcomes, {when} (between brackets: difference on the same people; ○: "
            "could be none)"
        )
        of_all = (title.format(when=after(plan.weeks)), main_outcomes(plan, tables))
        return [of_all, fates_in_words(plan, tables["fates"])] if "fates" in tables else [of_all]


def about_the_table(plan: Plan) -> str:
    """Of what the table tells, and how its intervals are to be read."""
    drawn = f"{len(plan.seeds)} towns drawn, one set of strengths alone ({one_set(plan)})"
    how = "with 95% intervals that hold chance only"
    if plan.is_ensemble:
        towns = "town" if plan.towns_a_set == 1 else "towns"
        sets = len(plan.seeds) // plan.towns_a_set
        drawn = f"{sets} sets, each in {plan.towns_a_set} {towns}"
        how = "between brackets where 95% of the sets lie; 'holds in': sets with that sign, of 100"
    return (
        f"Week {plan.weeks}; {plan.town.clients} clients, {drawn}; means over clients; differences "
        f"from {plan.policies[0].name!r} on the same people, {how}."
    )


def one_set(plan: Plan) -> str:
    """Which set of strengths it is, where it is one alone."""
    preset, lived = next(iter(plan.sets.items()))
    return f"set {lived[0]} of {preset!r}" if lived else repr(preset)


def fates(plan: Plan, counts: pd.DataFrame) -> pd.DataFrame:
    """Shares of clients who end better and worse off: `policy, seed, better, worse, same`."""
    table = counts[(counts["by"] == EVERYBODY.en) & counts["clients"].notna()]
    shares = table[[*SIDES]].div(table["clients"], axis=0)
    shares["same"] = 1 - shares["better"] - shares["worse"]
    return table[["policy", "seed"]].join(shares).reset_index(drop=True)


def share(plan: Plan, table: pd.DataFrame, policy: str, fate: str) -> str:
    """Share of clients with such a fate; over an ensemble, with the range of 95% of the sets."""
    own = table[table["policy"] == policy]
    mean = percent(own[fate].mean())
    over = spread(own[fate].to_numpy(), np.array([plan.set_of(0, 0, int(s)) for s in own["seed"]]))
    if not over.is_over_sets:
        return mean
    over = over.within(0, 1)
    low, high = (decimal(100 * end, 0) for end in (over.low, over.high))
    return f"{mean} ({_('{low} to {high}').format(low=low, high=high)})"


def printed_table(plan: Plan, tables: Tables) -> pd.DataFrame:
    """Differences as they are printed; without what does not happen under any policy."""
    found = Differences(plan, tables)
    first, *others = (policy.name for policy in plan.policies)
    several = len(others) > 1
    rows = []
    for outcome in found.outcomes():
        every = found.rows(outcome)
        if outcome == "entered" or not any(row.value for row in every):
            continue  # such as refusals where no agency is
        for row in found.compared(outcome):
            written = found.written(outcome, row)
            told = {"outcome": f"{measure(outcome).en} ({measure(outcome).unit})"}
            if several:
                told["policy"] = found.names[row.policy]
            told |= {first: written.base, "value" if several else others[0]: written.value}
            told["difference"] = f"{written.signed} ({written.signed_span})"
            if plan.is_ensemble:
                told["holds in"] = f"{100 * row.share:.0f}" if isfinite(row.share) else "-"
                told["chance"] = written.chance
            rows.append(told)
    return pd.DataFrame(rows)


def fates_in_sentences(plan: Plan, table: pd.DataFrame) -> Iterable[str]:
    """How many clients end better and worse off under each policy."""
    text = _(
        "with ‘{policy}’ {better} of clients end with fewer problems than with ‘{first}’ and "
        "{worse} with more"
    )
    for policy in plan.policies[1:]:
        better, worse = (share(plan, table, policy.name, side) for side in SIDES)
        yield text.format(
            policy=said(policy.label),
            first=said(plan.policies[0].label),
            better=better,
            worse=worse,
        )
        text = _("with ‘{policy}’ {better} and {worse}")


def main_outcomes(plan: Plan, tables: Tables) -> pd.DataFrame:
    """A row an outcome, a column a policy: its value, and its difference between brackets."""
    found = Differences(plan, tables)
    outcomes = [name for name in MAIN if name in found.outcomes()]
    columns = {_("Outcome"): [name_and_unit(name) for name in outcomes]}
    for policy in plan.policies:
        cells = []
        for name in outcomes:
            row, written = found.row(policy.name, name), found.format(name)
            compared = written.compared(row.value, row.spread)
            cells.append(compared if row.is_compared else written.value(row.value))
        columns[said(policy.label)] = cells
    return pd.DataFrame(columns)


def name_and_unit(outcome: str) -> str:
    """An outcome and its unit, where its values do not carry it."""
    carried = measure(outcome).unit in ("share", "EUR")
    return names.outcome_name(outcome) + ("" if carried else f" ({names.unit(outcome)})")


def fates_in_words(plan: Plan, table: pd.DataFrame) -> tuple[str, pd.DataFrame]:
    """Shares of clients who end better and worse off, by policy, adding up to 100."""
    first, *others = plan.policies
    rows = [
        (said(policy.label), *(share(plan, table, policy.name, c) for c in FATES))
        for policy in others
    ]
    title = _("Clients who end with fewer and with more problems than under ‘{first}’")
    head = [_("Policy"), _("Fewer"), _("As many"), _("More")]
    return title.format(first=said(first.label)), pd.DataFrame(rows, columns=head)
