"""Precision in words: how far differences are known, and what more would take."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from kring.experiments.analyses.precision.numbers import MOST
from kring.experiments.study.plan import Plan
from kring.experiments.text import names
from kring.experiments.text.language import _
from kring.experiments.text.numbers import DASH, counted, plain, three_digits
from kring.experiments.text.tables import PageTable, Section

FEW = 10  # seeds below which the spread itself is known badly
WIDE = 30  # times: an interval from so much to so many times as much says nothing


def least_known(table: pd.DataFrame) -> pd.DataFrame:
    """Of each outcome the policy of which it is known least."""
    return table.loc[table.groupby("outcome", sort=False)["half_width"].idxmax()]


def lines(plan: Plan, table: pd.DataFrame) -> Iterator[str]:
    """For each outcome whether the precision is reached, or what it takes."""
    for row in least_known(table).itertuples():
        of = len(table[table["outcome"] == row.outcome])
        whose = f"'{row.policy}'" if of == 1 else f"of {of} policies least for '{row.policy}'"
        yield f"- {names.outcome_name(row.outcome)}, {whose}: {sentence(row)}"
    yield from rough(table)


def rough(table: pd.DataFrame) -> list[str]:
    """What is said of a judgement from few."""
    if not len(table) or table["run"].min() >= FEW:
        return []
    text = _("Rough, judged from {ran}; what is said as 'at most' holds 95 times in 100.")
    return [text.format(ran=ran(table["counted"].iloc[0], int(table["run"].min())))]


def ran(what: str, number: int) -> str:
    """What it is judged from: `4 towns`."""
    text = _("{n} points") if what == "points" else _("{n} towns")
    return text.format(n=number)


def sentence(row: pd.Series) -> str:
    """How far one outcome is known, and what it would take to know it as well as is wanted."""
    half = f"{three_digits(row.half_width)} {row.unit}"
    known = f"known to {half} with {ran(row.counted, row.run)}"
    if np.isnan(row.wanted):
        more = three_digits(row.expected)
        more = f"; about {more} with {row.asked}" if row.asked != row.run else ""
        return f"{known}{more}.{saved(row)}"
    if row.half_width <= row.wanted:
        return f"{known}; {row.wanted:g} was wanted.{saved(row)}"
    return f"{known}; for {row.wanted:g} it takes {so_many(row)}.{saved(row)}"


def so_many(row: pd.Series) -> str:
    """How many are needed: `about 40 (at most 90)`."""
    most = _("perhaps far more") if row.at_most >= MOST else _("at most {n}")
    most = most.format(n=counted(row.at_most))
    return _("about {needed} ({most})").format(needed=counted(row.needed), most=most)


def saved(row: pd.Series) -> str:
    """What meeting the same people under both policies saves."""
    if np.isnan(row.times_fewer):
        return ""
    return f" On other people in each it would take: {otherwise(row)}."


def otherwise(row: pd.Series) -> str:
    """How many times as many other people would take."""
    times, low, high = row.times_fewer, row.times_fewer_low, row.times_fewer_high
    if times > MOST or high > WIDE * low:
        return _("not known")
    parts = {"times": times, "low": low, "high": high}
    shown = {name: three_digits(value) for name, value in parts.items()}
    if len(set(shown.values())) == 1 == round(times, 2):
        return _("as many")
    return _("{times} times as many ({low} to {high})").format(**shown)


def section(plan: Plan, table: pd.DataFrame, title: str) -> Section:
    """What the page shows: how far each outcome is known, and what more would take."""
    if table.empty:
        return Section(title, "", [], [])
    rows = least_known(table)
    columns = page_columns(plan, rows)
    note = _(
        "Half the width of the 95% interval of a difference, judged from {ran}: for each outcome "
        "that of the policy of which it is known least."
    ).format(ran=ran(table["counted"].iloc[0], int(table["run"].min())))
    if rows["times_fewer"].notna().any():
        note += " " + _(
            "Last column: what it would take if each policy were lived by other people, with its "
            "95% interval."
        )
    cells = [list(row) for row in zip(*columns.values(), strict=True)]
    return Section(title, note, [PageTable("", list(columns), cells)], rough(table))


def page_columns(plan: Plan, rows: pd.DataFrame) -> dict[str, list[str]]:
    """Columns by their heads; those that say something here."""
    every, called = [*rows.itertuples()], names.policy_names(plan)
    columns = {
        _("Outcome"): [names.with_unit(row.outcome) for row in every],
        _("Known to ±"): [three_digits(scaled(row, row.half_width)) for row in every],
    }
    if rows["wanted"].notna().any():
        is_points = rows["counted"].iloc[0] == "points"
        columns[_("Wanted ±")] = [as_given(scaled(row, row.wanted)) for row in every]
        columns[_("Points needed") if is_points else _("Towns needed")] = [*map(needs, every)]
    if len(plan.policies) > 2:
        columns[_("Known least for")] = [called[row.policy] for row in every]
    if rows["times_fewer"].notna().any():
        columns[_("On other people")] = [otherwise(row) for row in every]
    return columns


def scaled(row: pd.Series, value: float) -> float:
    """A half width as it is written: of a share in percentage points."""
    return 100 * value if row.unit == "share" else value


def as_given(value: float) -> str:
    """A half width as it was asked for; a dash if it was not."""
    return DASH if np.isnan(value) else plain(value)


def needs(row: pd.Series) -> str:
    """What a wanted half width takes."""
    if np.isnan(row.wanted):
        return DASH
    if row.half_width <= row.wanted:
        return _("{n} are enough").format(n=row.run)
    return so_many(row)
