"""Sensitivity in words: what outcomes depend on, in sentences and tables."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pandas as pd

from kring.experiments.analyses.sensitivity.methods import method_of
from kring.experiments.analyses.sensitivity.numbers import by_size
from kring.experiments.analyses.sensitivity.rank_correlation import SPARE
from kring.experiments.charts.lines import SHOWN
from kring.experiments.study.plan import Plan
from kring.experiments.text import names
from kring.experiments.text.formats import UNCLEAR
from kring.experiments.text.language import _
from kring.experiments.text.numbers import NO_BREAK, capital, listed, percent
from kring.experiments.text.tables import PageTable, Section

MUCH_LUCK = 0.1  # share of the spread from which on the reader is warned
NAMED = 3  # quantities that a sentence names


def lines(plan: Plan, table: pd.DataFrame) -> Iterator[str]:
    """For each outcome, where most of its spread between futures comes from, and how sure that is.

    All outcomes' under the first policy, and the first one's differences from it.
    """
    yield from method_of(plan).advice(plan)
    keys = table[["policy", "of", "outcome"]].drop_duplicates()
    for policy, of, outcome in keys.itertuples(index=False):
        if policy == plan.policies[0].name or (of, outcome) == ("difference", plan.outcomes[0]):
            part = main_part(plan, table, policy, of, outcome)
            yield "- " + " ".join([capital(finding(plan, part)), *caveats(plan, part)])


def main_part(plan: Plan, table: pd.DataFrame, policy: str, of: str, outcome: str) -> pd.DataFrame:
    """The main index of every quantity, of one outcome under one policy or of its difference."""
    asked = {"policy": policy, "of": of, "outcome": outcome, "index": method_of(plan).main}
    return table[np.all([table[key] == value for key, value in asked.items()], axis=0)]


def finding(plan: Plan, part: pd.DataFrame) -> str:
    """What one outcome depends on most, in a sentence; or why that is not known."""
    some = part.iloc[0]
    why, what = why_unknown(plan, part), subject(plan, some)
    if not why:
        return most(plan, part, what)
    return why.format(
        what=what,
        missing=some["missing"],
        n=len(plan.points),
        design=plan.design.method.capitalize(),
        least=len(part) + SPARE,
    )


def subject(plan: Plan, row: pd.Series) -> str:
    """What a sentence is about: an outcome under a policy, or the difference that one makes."""
    text = _("{outcome} under ‘{policy}’")
    if row["of"] == "difference":
        text = _("the difference in {outcome} that ‘{policy}’ makes")
    return text.format(
        outcome=names.outcome_name(row["outcome"]), policy=names.policy_names(plan)[row["policy"]]
    )


def heading(plan: Plan, policy: str, of: str) -> str:
    """What a table or panel is about: under which policy, or of which difference."""
    text = _("difference that ‘{policy}’ makes") if of == "difference" else _("under ‘{policy}’")
    return text.format(policy=names.policy_names(plan)[policy])


def why_unknown(plan: Plan, part: pd.DataFrame) -> str:
    """Why it can't be said what an outcome depends on, before its parts are filled in.

    Empty if it can be said.
    """
    some, method = part.iloc[0], method_of(plan)
    if some["missing"] == len(plan.points):
        return _("{what}: no number, for nobody is counted.")
    if some["missing"] and method.needs_all:
        return _(
            "{what}: no indices, for {missing} of {n} points have no result (a run failed, or "
            "nobody is counted), and a {design} design needs all."
        )
    if not some["spread"] > 0:
        return _("{what} is the same in all futures.")
    if part["value"].isna().all():
        return _("{what}: too few points for all that varies; take {least} or more.")
    if any(method.stands_out(row) for _i, row in part.iterrows()):
        return ""
    if some["luck"] > MUCH_LUCK:
        return _("{what}: nothing to be told from luck of the towns drawn; take more seeds.")
    return method.none()


def most(plan: Plan, part: pd.DataFrame, what: str) -> str:
    """Which quantities count most, and whether the next ones can be told apart from the first."""
    method = method_of(plan)
    written = method.format(part)
    ranked = [row for _i, row in part.iloc[part["value"].abs().argsort()[::-1]].iterrows()]
    top, *others = ranked[:NAMED]
    others = [row for row in others if method.stands_out(row) or not lies_apart(top, row)]
    after = ""
    for text, is_apart in ((_("; not to be told apart from {names}"), False),
                           (_("; then {names}"), True)):  # fmt: skip
        named = [
            f"{names.factor_name(row['factor'])}, {method.format_main(row, written)}"
            for row in others if lies_apart(top, row) == is_apart
        ]  # fmt: skip
        after += text.format(names=listed(named)) if named else ""
    label = _("95% interval: {span}").format(span="")
    shown = method.format_main(top, written).replace("(", f"({label}")
    name = names.factor_name(top["factor"])
    return method.most().format(what=what, name=name, index=shown, next=after)


def lies_apart(one: pd.Series, other: pd.Series) -> bool:
    """Whether the intervals of two indices lie apart, in size."""
    sizes = [sorted((abs(row["low"]), abs(row["high"]))) for row in (one, other)]
    return bool(sizes[0][0] > sizes[1][1] and one["low"] * one["high"] > 0)


def caveats(plan: Plan, part: pd.DataFrame) -> Iterator[str]:
    """How far a finding is to be trusted; nothing where there is none."""
    some = part.iloc[0]
    if why_unknown(plan, part):
        return
    if some["missing"]:
        yield _("Without {n} points that have no result.").format(n=some["missing"])
    if np.isnan(some["luck"]):
        yield _("One seed: what is luck of the towns drawn is not known.")
    elif some["luck"] > MUCH_LUCK:
        text = _("Of that spread {share} is luck of the towns drawn: take more seeds.")
        yield text.format(share=percent(some["luck"]))
    if method_of(plan).is_wide(part):
        yield _("The intervals are wide: take more points.")


def section(plan: Plan, table: pd.DataFrame, title: str) -> Section:
    """What the page shows: for the first policy what outcomes depend on, then for differences."""
    first, *others = (policy.name for policy in plan.policies)
    asked = [(first, "value"), *((policy, "difference") for policy in others)]
    order = by_size(plan, table)
    tables = [
        page_table(plan, table[(table["policy"] == policy) & (table["of"] == of)], order)
        for policy, of in asked
    ]
    shown = [one for one in tables if one.rows]
    note = method_of(plan).note() if shown else ""
    if shown and (others or len(plan.outcomes) > SHOWN):
        note += " " + _("All outcomes and policies stand in sensitivity.csv.")
    return Section(title, note, shown, [line.removeprefix("- ") for line in lines(plan, table)])


def page_table(plan: Plan, part: pd.DataFrame, order: list[str]) -> PageTable:
    """A row for each quantity, the largest for the first outcome on top; no rows if not known."""
    policy, of = part[["policy", "of"]].iloc[0]
    head, columns = [_("Quantity")], []
    for outcome in plan.outcomes[:SHOWN]:
        one = part[part["outcome"] == outcome]
        if one["value"].isna().all():
            continue
        for above, cells in outcome_columns(plan, one, order):
            head.append(above)
            columns.append(cells)
    first = [*map(names.factor_name, order), _("luck of the towns drawn, at most")]
    rows = [list(row) for row in zip(first, *columns, strict=True)] if columns else []
    has_luck = part["by_luck"].notna().any()
    return PageTable(capital(heading(plan, policy, of)), head, rows if has_luck else rows[:-1])


def outcome_columns(
    plan: Plan, part: pd.DataFrame, order: list[str]
) -> Iterator[tuple[str, list[str]]]:
    """The columns of one outcome: its main index with that of luck below, and what is beside it."""
    method = method_of(plan)
    by_index = {name: rows.set_index("factor") for name, rows in part.groupby("index")}
    main = by_index[method.main]
    written = replace(method.format(main), is_short=True)
    cells = []
    for _i, row in main.loc[order].iterrows():
        mark = "" if method.stands_out(row) else f"{NO_BREAK}{UNCLEAR}"
        cells.append(method.format_main(row, written) + mark)
    head = method.outcome_head(part["outcome"].iloc[0])
    yield head, [*cells, written.value(main["by_luck"].max())]
    if method.beside:
        values = by_index[method.beside].loc[order, "value"]
        cells = [method.format_beside(value, written) for value in values]
        yield method.index_name(method.beside), [*cells, ""]
