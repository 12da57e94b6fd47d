"""Precision told: how far differences are known and what it takes, in lines and a table."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from experiments.analysis.seeds_needed import MOST
from experiments.measures import measure
from experiments.reporting.report_table import OwnTable, Section, unit_of
from experiments.reporting.report_words import say
from experiments.reporting.words import signs, told
from experiments.study.file import Study

FEW = 10  # seeds below which the spread itself is known badly
WIDE = 30  # times: an interval from so much to so many times as much says nothing


def least_known(table: pd.DataFrame) -> pd.DataFrame:
    """Of each outcome the policy of which it is known least."""
    return table.loc[table.groupby("outcome", sort=False)["half_width"].idxmax()]


def lines(study: Study, table: pd.DataFrame) -> Iterator[str]:
    """For each outcome whether the precision is reached, or what it takes."""
    for row in least_known(table).itertuples():
        of = len(table[table["outcome"] == row.outcome])
        whose = f"'{row.policy}'" if of == 1 else f"of {of} policies least for '{row.policy}'"
        yield f"- {measure(row.outcome).en}, {whose}: {sentence(row)}"
    yield from rough(table, "en")


def rough(table: pd.DataFrame, language: str) -> list[str]:
    """What is said of a judgement from few."""
    if not len(table) or table["run"].min() >= FEW:
        return []
    return [say("rough", language, ran=ran(table, language))]


def ran(table: pd.DataFrame, language: str) -> str:
    """What it is judged from: `4 towns`."""
    return say(f"{table['counted'].iloc[0]}_ran", language, n=int(table["run"].min()))


def sentence(row: pd.Series) -> str:
    """How far one outcome is known, and what it would take to know it as well as is wanted."""
    ran = say(f"{row.counted}_ran", "en", n=row.run)
    known = f"known to {told(row.half_width)} {row.unit} with {ran}"
    if np.isnan(row.wanted):
        more = f"; about {told(row.expected)} with {row.asked}" if row.asked != row.run else ""
        return f"{known}{more}.{saved(row)}"
    if row.half_width <= row.wanted:
        return f"{known}; {row.wanted:g} was wanted.{saved(row)}"
    return f"{known}; for {row.wanted:g} it takes {so_many(row, 'en')}.{saved(row)}"


def so_many(row: pd.Series, language: str) -> str:
    """How many are needed: `about 40 (at most 90)`."""
    needed, most = (signs(f"{n:,.0f}", language) for n in (row.needed, row.at_most))
    most = say("far_more" if row.at_most >= MOST else "at_most", language, n=most)
    return say("about_so_many", language, needed=needed, most=most)


def saved(row: pd.Series) -> str:
    """What living the same people under both policies saves."""
    if np.isnan(row.times_fewer):
        return ""
    return f" On other people in each it would take: {otherwise(row, 'en')}."


def otherwise(row: pd.Series, language: str) -> str:
    """How many times as many other people would take."""
    times, low, high = row.times_fewer, row.times_fewer_low, row.times_fewer_high
    if not np.isfinite(times) or high > WIDE * low:
        return say("not_known", language)
    parts = {"times": times, "low": low, "high": high}
    said = {name: told(value, language=language) for name, value in parts.items()}
    if len(set(said.values())) == 1 == round(times, 2):
        return say("as_many", language)
    return say("times_as_many", language, **said)


def section(study: Study, table: pd.DataFrame, language: str) -> Section:
    """What the page shows: how far each outcome is known, and what more would take."""
    title = say("precision_about", language)
    if table.empty:
        return Section(title, "", [], [])
    rows = least_known(table)
    columns = page_columns(study, rows, language)
    note = say("precision_note", language, ran=ran(table, language))
    if rows["times_fewer"].notna().any():
        note += " " + say("others_note", language)
    cells = [list(row) for row in zip(*columns.values(), strict=True)]
    return Section(title, note, [OwnTable("", list(columns), cells)], rough(table, language))


def page_columns(study: Study, rows: pd.DataFrame, language: str) -> dict[str, list[str]]:
    """Columns by their heads; those that say something here."""
    every, names = [*rows.itertuples()], study.called(language)
    columns = {
        "outcome": [
            f"{measure(row.outcome).words(language)} ({unit_of(row.outcome, language)})"
            for row in every
        ],
        "known_head": [told(scaled(row, row.half_width), language=language) for row in every],
    }
    if rows["wanted"].notna().any():
        columns["wanted"] = [as_given(scaled(row, row.wanted), language) for row in every]
        columns[f"{rows['counted'].iloc[0]}_needed"] = [needs(row, language) for row in every]
    if len(study.policies) > 2:
        columns["least_known"] = [names[row.policy] for row in every]
    if rows["times_fewer"].notna().any():
        columns["others_head"] = [otherwise(row, language) for row in every]
    return {say(key, language): cells for key, cells in columns.items()}


def scaled(row: pd.Series, value: float) -> float:
    """A half width as it is written: of a share in percentage points."""
    return 100 * value if row.unit == "share" else value


def as_given(value: float, language: str) -> str:
    """A half width as it was asked for; a dash if it was not."""
    return "–" if np.isnan(value) else signs(f"{value:g}", language)


def needs(row: pd.Series, language: str) -> str:
    """What a wanted half width takes."""
    if np.isnan(row.wanted):
        return "–"
    if row.half_width <= row.wanted:
        return say("enough", language, n=row.run)
    return so_many(row, language)
