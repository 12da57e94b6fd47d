"""Regret in words: which policy stays least behind the best one."""

from collections.abc import Iterator

import pandas as pd

from kring.experiments.analyses.regret.numbers import direction
from kring.experiments.study.plan import Plan
from kring.experiments.text import names
from kring.experiments.text.formats import NumberFormat
from kring.experiments.text.language import _
from kring.experiments.text.numbers import capital, percent
from kring.experiments.text.tables import PageTable, Section


def lines(plan: Plan, table: pd.DataFrame) -> Iterator[str]:
    """For each outcome the policy of least regret; and outcomes that are left out."""
    if not plan.design.is_sampled:
        yield _("Each set of the ensemble counts as a future.")
    unjudged = [names.outcome_name(name) for name in plan.outcomes if not direction(name)]
    if unjudged:
        text = _("No regret for {what}: whether more is better can be argued both ways.")
        yield text.format(what=", ".join(unjudged))
    for _outcome, part in table.groupby("outcome", sort=False):
        yield f"- {least(plan, part)}"


def format_of(part: pd.DataFrame) -> NumberFormat:
    """How regrets of one outcome are written."""
    behind = part["worst_regret"]
    return NumberFormat.of(part["outcome"].iloc[0], behind, behind)


def least(plan: Plan, part: pd.DataFrame) -> str:
    """The policy that has least to regret at worst, and which has less on average."""
    one = part.loc[part["worst_regret"].idxmin()]
    behind = ""
    if one["worst_regret"] > 0:
        text = _("at worst {worst} behind the best policy (on average {mean}), ")
        behind = text.format(**sizes(one, format_of(part)))
    text = _(
        "{outcome}: least to regret is ‘{policy}’, {behind}best in {best} of {n} futures{more}."
    )
    return text.format(
        outcome=capital(names.outcome_name(one["outcome"])),
        policy=names.policy_names(plan)[one["policy"]],
        behind=behind,
        best=percent(one["best"]),
        n=one["futures"],
        more="".join(besides(plan, part, one)),
    )


def besides(plan: Plan, part: pd.DataFrame, one: pd.Series) -> Iterator[str]:
    """What is to be said besides of the policy that has least to regret."""
    usual = part.loc[part["mean_regret"].idxmin()]
    if usual["policy"] != one["policy"]:
        text = _("; ‘{policy}’ has less regret on average ({mean}), but more at worst ({worst})")
        policy = names.policy_names(plan)[usual["policy"]]
        yield text.format(policy=policy, **sizes(usual, format_of(part)))
    if one["clearly_best"] < one["best"]:
        text = _("; clearly so, beyond the luck of the towns, in {share}")
        yield text.format(share=percent(one["clearly_best"]))
    if one["left_out"]:
        text = _("; {n} futures are left out, a policy has no result there")
        yield text.format(n=one["left_out"])


def sizes(row: pd.Series, written: NumberFormat) -> dict[str, str]:
    """How large the mean and the worst regret of a policy are."""
    return {key: written.size(row[f"{key}_regret"]) for key in ("mean", "worst")}


def section(plan: Plan, table: pd.DataFrame, title: str) -> Section:
    """What the page shows: for each outcome the regret of every policy."""
    tables = [page_table(plan, part) for _outcome, part in table.groupby("outcome", sort=False)]
    note = _(
        "Regret is how far a policy stays behind the one that does best in the same future, on "
        "the same people. Clearly best: beyond the luck of the towns drawn."
    )
    remarks = [line.removeprefix("- ") for line in lines(plan, table)]
    return Section(title, note if tables else "", tables, remarks)


def page_table(plan: Plan, part: pd.DataFrame) -> PageTable:
    """A row for each policy: its regret, and in how many futures it is best."""
    called, written = names.policy_names(plan), format_of(part)
    heads = {
        "mean_regret": _("Mean regret"),
        "regret_90": _("In 90% of futures at most"),
        "worst_regret": _("At worst"),
        "best": _("Best in"),
        "clearly_best": _("Clearly best in"),
    }
    shown = [name for name in heads if part[name].notna().any()]
    way = _("more is better") if part["better"].iloc[0] == "more" else _("less is better")
    rows = [
        [called[row["policy"]], *(cell(row, name, written) for name in shown)]
        for _i, row in part.iterrows()
    ]
    title = f"{capital(names.with_unit(part['outcome'].iloc[0]))}: {way}"
    return PageTable(title, [_("Policy"), *(heads[name] for name in shown)], rows)


def cell(row: pd.Series, name: str, written: NumberFormat) -> str:
    """A regret as an amount, or in how many futures as a share."""
    return percent(row[name]) if name.endswith("best") else written.value(row[name])
