"""The general reading: tables, figure, lines and answer that every study gets from its runs."""

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from experiments.analysis.pairs import is_line, is_sampled, over_futures, paired_table, reference
from experiments.measures import measure
from experiments.reporting import figures
from experiments.reporting.charts import SHOWN, SHOWN_LINES, line_chart, lived, policy_chart
from experiments.reporting.crossed_charts import crossed_chart, layout
from experiments.reporting.quantity_words import point_words
from experiments.study.design import points
from experiments.study.file import Study

FEW = 9  # points of all policies that are each told of
Tables = dict[str, pd.DataFrame]


def tables(study: Study, raw: Tables) -> Tables:
    """Paired differences; over all futures where points were drawn."""
    if is_sampled(study):
        return {"differences": over_futures(study, raw["runs"])}
    return {"differences": paired_table(study, raw["runs"])}


def draw(study: Study, found: Tables, folder: Path) -> None:
    """Policies as dots; where one or two quantities vary, lines along them, or dots at words."""
    table = found["differences"]
    if is_line(study):
        (factor,) = study.vary.factors()
        figures.in_both_languages(
            lambda language: line_chart(study, table, factor, language), folder, study.name
        )
    elif is_plain(study):
        figures.in_both_languages(
            lambda language: policy_chart(study, table, language), folder, study.name
        )
    elif layout(study):
        figures.in_both_languages(
            lambda language: crossed_chart(study, table, language), folder, study.name
        )


def is_plain(study: Study) -> bool:
    """Whether policies stand beside each other and nothing else varies."""
    return not study.vary.factors() and study.vary.design != "shapley"


def number(value: float, sign: str = "") -> str:
    """A number with as many decimals as it deserves."""
    decimals = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2
    return f"{value:{sign}.{decimals}f}"


def between(low: float, high: float, sign: str = "+") -> str:
    """An interval in words."""
    if low != low:
        return "no interval from one seed"
    return f"{number(low, sign)} to {number(high, sign)}"


def lines(study: Study, found: Tables) -> Iterable[str]:
    """For each policy but the first, what it changes; what may as well be none is said."""
    table = found["differences"]
    first = study.policies[0].name
    if study.vary.factors():
        yield f"{lived(study, 'en').capitalize()}, on the same people:"
        along = lines_along if is_line(study) else lines_of_points
        yield from (lines_of_futures if is_sampled(study) else along)(study, table)
        return
    if not is_plain(study):
        return  # a split has lines of its own
    if len(study.policies) == 1:
        said = "; ".join(f"{measure(r.outcome).en} {number(r.value)}" for r in table.itertuples())
        yield f"'{first}', {lived(study, 'en')}: {said}."
        return
    yield f"Against '{first}', {lived(study, 'en')}, on the same people:"
    for policy in study.policies[1:]:
        part = table[
            (table["policy"] == policy.name) & table["outcome"].isin(study.outcomes[:SHOWN])
        ]
        yield f"- {policy.name}: " + "; ".join(change(row) for row in part.itertuples()) + "."


def change(row: pd.Series) -> str:
    """One change in words: from what to what, with its interval."""
    base = row.value - row.difference
    if row.value != row.value:
        return f"{measure(row.outcome).en}: no number, for nobody is counted"
    if row.difference == row.low == row.high == 0:
        return f"{measure(row.outcome).en} {number(row.value)}, the same"
    span = between(row.low, row.high)
    unclear = ", could be none" if row.low <= 0 <= row.high else ""
    return f"{measure(row.outcome).en} {number(base)} -> {number(row.value)} ({span}{unclear})"


def lines_along(study: Study, table: pd.DataFrame) -> Iterable[str]:
    """For each policy, its lowest and highest value against the one it is compared with."""
    ((factor, levels),) = study.vary.factors().items()
    quantity = factor.partition(".")[2]
    ends = sorted({levels.index(min(levels)), levels.index(max(levels))})
    for i, policy in enumerate(study.policies):
        for point in ends:
            other, base = reference(study, i, point)
            if (other, base) == (i, point):
                continue
            mine = table[(table["policy"] == policy.name) & (table["point"] == point)]
            rows = mine[mine["outcome"].isin(study.outcomes[:SHOWN_LINES])]
            against = f" instead of {levels[base]:g}"
            if other != i:
                against = f", against '{study.policies[other].name}'"
            said = "; ".join(change(row) for row in rows.itertuples())
            yield f"- {policy.name}, {quantity} {levels[point]:g}{against}: {said}."


def lines_of_points(study: Study, table: pd.DataFrame) -> Iterable[str]:
    """Each policy at each point against its reference; of many points that which differs most."""
    every = points(study)
    for i, policy in enumerate(study.policies):
        others = [at for at in range(len(every)) if reference(study, i, at) != (i, at)]
        mine = table[(table["policy"] == policy.name) & table["point"].isin(others)]
        main = mine[mine["outcome"] == study.outcomes[0]].set_index("point")["difference"]
        if main.notna().any() and len(study.policies) * len(every) > FEW:
            others = [main.abs().idxmax()]
        most = "most at " if len(others) == 1 < len(every) - 1 else ""
        for at in others:
            rows = mine[(mine["point"] == at) & mine["outcome"].isin(study.outcomes[:SHOWN_LINES])]
            said = "; ".join(change(row) for row in rows.itertuples())
            if said:
                yield f"- {policy.name} ({most}{point_words(every[at], 'en')}): {said}."


def lines_of_futures(study: Study, table: pd.DataFrame) -> Iterable[str]:
    """What the first policy gives over all futures, and what each of the others changes."""
    for policy in study.policies:
        rows = table[
            (table["policy"] == policy.name) & table["outcome"].isin(study.outcomes[:SHOWN])
        ]
        tell = over_all if policy is study.policies[0] else change
        said = "; ".join(tell(row) for row in rows.itertuples())
        yield f"- {policy.name}, over all futures: {said}."


def over_all(row: pd.Series) -> str:
    """One outcome over all futures: its mean, and where most of them lie."""
    span = f"{number(row.low_future)} to {number(row.high_future)} in 90% of them"
    return f"{measure(row.outcome).en} {number(row.value)} ({span})"
