"""Split told: what each part of a policy brings of a difference, in lines and a table."""

from collections.abc import Iterator

import pandas as pd

from experiments.analysis.shapley import WHOLE
from experiments.measures import measure
from experiments.reporting.amounts import Amounts
from experiments.reporting.charts import SHOWN_LINES, after
from experiments.reporting.quantity_words import player_name
from experiments.reporting.report_table import OwnTable, Section, unit_of
from experiments.reporting.report_words import say
from experiments.reporting.words import begun, told
from experiments.study.file import Study


def lines(study: Study, table: pd.DataFrame) -> Iterator[str]:
    """For each outcome the whole difference, and what each lever brings of it."""
    one, other = (policy.name for policy in study.policies)
    yield f"From '{one}' to '{other}', {after(study.weeks, 'en')}, what each part brings:"
    for outcome, part in table.groupby("outcome", sort=False):
        total = part[part["player"] == WHOLE].iloc[0]
        if not total["seeds"]:
            continue
        each = part[part["player"] != WHOLE]
        each = each.iloc[each["value"].abs().argsort()[::-1]]
        said = "; ".join(
            f"{player_name(study, row.player, 'en')} {with_span(row)}" for row in each.itertuples()
        )
        yield f"- {measure(outcome).en} {with_span(total)} {total['unit']}: {said}."
    yield from (f"- {text}" for text in holes(table, "en"))


def with_span(row: pd.Series) -> str:
    """A change with its interval; what may as well be none is said."""
    if row.low != row.low:
        return told(row.value, "+")
    none = "" if row.low > 0 or row.high < 0 or row.low == row.high else ", could be none"
    return f"{told(row.value, '+')} ({told(row.low, '+')} to {told(row.high, '+')}{none})"


def holes(table: pd.DataFrame, language: str) -> Iterator[str]:
    """Outcomes of which the split rests on fewer towns, or on none."""
    for row in table[table["player"] == WHOLE].itertuples():
        outcome = begun(measure(row.outcome).words(language))
        if not row.seeds:
            yield say("split_unknown", language, outcome=outcome)
        elif row.left_out:
            yield say("towns_left_out", language, outcome=outcome, n=row.left_out)


def section(study: Study, table: pd.DataFrame, language: str) -> Section:
    """What the page shows: a row for each part of the policy, a column for each outcome."""
    known = table[table["value"].notna()]
    outcomes = list(known["outcome"].unique())
    few = [outcomes[i : i + SHOWN_LINES] for i in range(0, len(outcomes), SHOWN_LINES)]
    tables = [page_table(study, known, some, language) for some in few]
    one, other = study.called(language).values()
    note = say("shapley_note", language, one=one, other=other, when=after(study.weeks, language))
    note = note if tables else ""
    return Section(say("shapley_about", language), note, tables, [*holes(table, language)])


def page_table(study: Study, table: pd.DataFrame, outcomes: list[str], language: str) -> OwnTable:
    """What each part brings of a few outcomes, and below it the whole."""
    names = [player_name(study, name, language) for name in table["player"].unique()]
    heads, columns = [say("part_of_policy", language)], []
    for outcome in outcomes:
        part = table[table["outcome"] == outcome]
        amounts = Amounts.of(outcome, part["value"], part["value"], language)
        columns.append([with_interval(row, amounts) for row in part.itertuples()])
        heads.append(f"{measure(outcome).words(language)} ({unit_of(outcome, language)})")
    return OwnTable("", heads, [list(row) for row in zip(names, *columns, strict=True)])


def with_interval(row: pd.Series, amounts: Amounts) -> str:
    """A change, a mark where it could be none, and its interval."""
    text = amounts.marked(row.value, row.low, row.high)
    return text if row.low != row.low else f"{text} ({amounts.signed_span(row.low, row.high)})"
