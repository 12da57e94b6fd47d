"""The general reading: tables, figure, lines and answer that every study gets from its runs."""

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from experiments import figures
from experiments.charts import SHOWN, after, line_chart, policy_chart
from experiments.measures import measure
from experiments.pairs import is_sampled, over_futures, paired_table
from experiments.study_file import Study

Tables = dict[str, pd.DataFrame]


def tables(study: Study, raw: Tables) -> Tables:
    """Paired differences; over all futures where points were drawn."""
    if is_sampled(study):
        return {"differences": over_futures(study, raw["runs"])}
    return {"differences": paired_table(study, raw["runs"])}


def draw(study: Study, found: Tables, folder: Path) -> None:
    """Policies as dots; where one quantity varies in numbers, lines along it."""
    table = found["differences"]
    factors = list(study.vary.factors())
    if not factors:
        figures.in_both_languages(
            lambda language: policy_chart(study, table, language), folder, study.name
        )
    elif len(factors) == 1 and not is_sampled(study) and table[factors[0]].dtype != object:
        figures.in_both_languages(
            lambda language: line_chart(study, table, factors[0], language), folder, study.name
        )


def number(value: float, sign: str = "") -> str:
    """A number with as many decimals as it deserves."""
    decimals = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2
    return f"{value:{sign}.{decimals}f}"


def lines(study: Study, found: Tables) -> Iterable[str]:
    """For each policy but the first, what it changes; what may as well be none is said."""
    table = found["differences"]
    first = study.policies[0].name
    if study.vary.factors():
        yield from lines_of_points(study, table)
        return
    yield f"Against '{first}', {after(study.weeks, 'en')}, on the same people:"
    for policy in study.policies[1:]:
        part = table[
            (table["policy"] == policy.name) & table["outcome"].isin(study.outcomes[:SHOWN])
        ]
        yield f"- {policy.name}: " + "; ".join(change(row) for row in part.itertuples()) + "."


def change(row: pd.Series) -> str:
    """One change in words: from what to what, with its interval."""
    base = row.value - row.difference
    span = f"{number(row.low, '+')} to {number(row.high, '+')}"
    unclear = ", could be none" if not (row.low > 0 or row.high < 0) else ""
    return f"{measure(row.outcome).en} {number(base)} -> {number(row.value)} ({span}{unclear})"


def lines_of_points(study: Study, table: pd.DataFrame) -> Iterable[str]:
    """For each policy, the point at which the first outcome differs most from its reference."""
    yield f"{after(study.weeks, 'en').capitalize()}, on the same people:"
    for policy in study.policies:
        mine = table[table["policy"] == policy.name]
        if "point" not in mine:
            said = "; ".join(change(row) for row in mine.itertuples())
            yield f"- {policy.name}, over all futures: {said}."
            continue
        main = mine[mine["outcome"] == study.outcomes[0]]
        point = main.loc[main["difference"].abs().fillna(0).idxmax(), "point"]
        rows = mine[(mine["point"] == point) & mine["outcome"].isin(study.outcomes[:SHOWN])]
        at = ", ".join(f"{name} {rows.iloc[0][name]}" for name in study.vary.factors())
        yield f"- {policy.name}, at {at}: " + "; ".join(change(r) for r in rows.itertuples()) + "."
