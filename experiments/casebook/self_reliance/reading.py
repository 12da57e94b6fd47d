"""Reading of self-reliance: what each answer does to who could and to who can't, in short."""

from collections.abc import Iterable

import pandas as pd

from kring.experiments.analyses.base import Tables
from kring.experiments.analyses.paired import spread_of
from kring.experiments.measures.municipal import GROUPS
from kring.experiments.reading.base import Reading
from kring.experiments.reading.differences import Differences
from kring.experiments.reading.sentences import change, join
from kring.experiments.study.plan import Plan
from kring.experiments.text.language import _, said
from kring.experiments.text.names import policy_names
from kring.experiments.text.numbers import percent
from kring.experiments.text.periods import after

ALL, APART = "asked of all", "asked of who can, told apart"


class SelfRelianceReading(Reading):
    """What asking people to do it themselves does to who could and to who can't."""

    def lines(self, plan: Plan, tables: Tables) -> Iterable[str]:
        """The policies in words, then what each does to the problems of each group."""
        yield from super().lines(plan, tables)
        yield ""
        yield f"In short, problems against '{plan.policies[0].name}':"
        found = tables["differences"].set_index(["policy", "outcome"])
        for policy in plan.policies[1:]:
            yield in_short(policy.name, found.loc[policy.name])

    def answer(self, plan: Plan, tables: Tables) -> str:
        """What asking everybody, and only who can, does to who could and to who can't.

        Empty where these policies are not compared.
        """
        names, found = policy_names(plan), Differences(plan, tables)
        if not {ALL, APART} <= set(names):
            return ""
        of_all = _(
            "{when}, with ‘{policy}’ problems per client are, against ‘{first}’, {could} for those "
            "who could and didn't and {cannot} for those who can't; {began} of the former began "
            "to, {vain} of the latter were asked all the same."
        )
        told_apart = _(
            "with ‘{policy}’ that is {could} and {cannot}; {began} began to, {vain} were asked in "
            "vain."
        )
        return join(
            of_all.format(
                when=after(plan.weeks),
                policy=names[ALL],
                first=said(plan.policies[0].label),
                **in_numbers(found, ALL),
            ),
            told_apart.format(policy=names[APART], **in_numbers(found, APART)),
        )


def in_short(policy: str, row: pd.DataFrame) -> str:
    """What a policy does to the problems of each group, and who began or was asked in vain."""
    parts = [
        f"{verdict(row.loc[f'problems_{group}'])} for who {english}"
        for group, (english, _dutch) in GROUPS.items()
    ]
    began, vain = row.loc["taken_up", "value"], row.loc["asked_in_vain", "value"]
    return (
        f"- {policy}: " + "; ".join(parts) + f". Of those who could and didn't {began:.0%} began "
        f"to; of those who can't {vain:.0%} were asked all the same."
    )


def verdict(row: pd.Series) -> str:
    """More, fewer, or perhaps as many; over sets, what isn't known is said."""
    spread = spread_of(row)
    if not spread.is_clear:
        return "we don't know whether more or fewer" if spread.is_over_sets else "perhaps as many"
    return "more" if spread.middle > 0 else "fewer"


def in_numbers(found: Differences, policy: str) -> dict[str, str]:
    """What a policy does to who could and to who can't, as parts of a sentence."""
    parts = {}
    for group in ("could", "cannot"):
        outcome = f"problems_{group}"
        row = found.row(policy, outcome)
        parts[group] = change(found.format(outcome), row.spread)
    parts["began"] = percent(found.row(policy, "taken_up").value)
    parts["vain"] = percent(found.row(policy, "asked_in_vain").value)
    return parts
