"""Winners and losers in words: in which groups more are better off than worse."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from kring.experiments.measures.groups import FEWEST, GROUP_WORDS
from kring.experiments.study.plan import Plan
from kring.experiments.text import names
from kring.experiments.text.formats import UNCLEAR, NumberFormat
from kring.experiments.text.language import Word, _, said
from kring.experiments.text.numbers import NO_BREAK, decimal, listed, shares_of_100
from kring.experiments.text.tables import PageTable, Section

POINTS, PROBLEMS = NumberFormat("share", 0, is_short=True), NumberFormat("problems", 2)
WORDS = {name: Word(*both) for name, both in GROUP_WORDS.items()}


def lines(plan: Plan, table: pd.DataFrame) -> Iterator[str]:
    """For each policy who is better and worse off on balance."""
    for policy, part in table.groupby("policy", sort=False):
        yield f"- {names.policy_names(plan)[policy]}: {verdict(part)}"


def verdict(part: pd.DataFrame) -> str:
    """Which groups win and lose on balance, and of which that is not known."""
    groups = part.iloc[1:]  # the first is everybody
    better, worse = groups[groups["balance_low"] > 0], groups[groups["balance_high"] < 0]
    texts = []
    if len(better):
        text = _("more are better off than worse among {groups}")
        texts.append(text.format(groups=called(better)))
    if len(worse):
        text = _("more are worse off than better among {groups}")
        texts.append(text.format(groups=called(worse)))
    n = len(groups) - len(better) - len(worse)
    if n == len(groups):
        texts.append(_("for no group do we know whether more are better or worse off"))
    elif n:
        texts.append(_("for the other {n} groups we don't know").format(n=n))
    return "; ".join(texts) + "."


def called(groups: pd.DataFrame) -> str:
    """Groups by name, one after another."""
    return listed(_("‘{name}’").format(name=said(WORDS[name])) for name in groups["group"])


def section(plan: Plan, table: pd.DataFrame, title: str) -> Section:
    """What the page shows: for each policy a row a group."""
    called_so = names.policy_names(plan)
    tables = [
        page_table(called_so[policy], called_so[plan.policies[0].name], part)
        for policy, part in table.groupby("policy", sort=False)
    ]
    note = _(
        "Of 100 clients of a group so many end with fewer, as many and more problems than under "
        "the "
        "first policy; each is compared with him- or herself, with the same luck. Balance: better "
        "less worse, in points, with an interval that holds for all {n} groups together. ○: we "
        "don't "
        "know which way. Who accepts an offer is no cross-section of who gets one."
    ).format(n=int(table["groups"].max()) if len(table) else 0)
    if plan.has_own_clients:
        note += " " + _("Of people of your own no group of fewer than {n} is told.").format(
            n=FEWEST
        )
    remarks = [line.removeprefix("- ") for line in lines(plan, table)]
    return Section(title, note, tables, remarks)


def page_table(policy: str, first: str, part: pd.DataFrame) -> PageTable:
    """The groups of a policy."""
    title = _("‘{policy}’ against ‘{first}’").format(policy=policy, first=first)
    head = [
        _("Group"), _("Clients a town"), _("Fewer"), _("As many"), _("More"), _("Balance"),
        _("Interval"), _("Problems"),
    ]  # fmt: skip
    return PageTable(title, head, [row_in_words(row) for _i, row in part.iterrows()])


def row_in_words(row: pd.Series) -> list[str]:
    """A group: how many, of 100 better, the same and worse, the balance, and its size."""
    low, high = row["balance_low"], row["balance_high"]
    is_open = np.isfinite(low) and low <= 0 <= high and row["balance"] != 0
    mark = f"{NO_BREAK}{UNCLEAR}" if is_open else ""
    return [
        said(WORDS[row["group"]]),
        decimal(row["clients"], 0),
        *shares_of_100([row["better"], row["same"], row["worse"]]),
        POINTS.signed(row["balance"]) + mark,
        POINTS.signed_span(low, high),
        PROBLEMS.signed(row["change"]),
    ]
