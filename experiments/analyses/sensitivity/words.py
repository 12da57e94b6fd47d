"""Sensitivity told: what outcomes depend on, in sentences and tables, in English and Dutch."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pandas as pd

from experiments.analysis.sensitivity import MAIN, SPARE, by_size
from experiments.measures import measure
from experiments.reporting.amounts import UNCLEAR, Amounts
from experiments.reporting.charts import SHOWN_LINES
from experiments.reporting.quantity_words import factor_name
from experiments.reporting.report_table import OwnTable, Section, unit_of
from experiments.reporting.report_words import say
from experiments.reporting.words import begun
from experiments.study.design import points
from experiments.study.file import Study

WIDE = 0.4  # interval of a share from which on the reader is warned
MUCH_LUCK = 0.1  # share of the spread from which on the reader is warned
NAMED = 3  # quantities that a sentence names
BESIDE = {"sobol": "first order", "morris": "mu"}  # what stands beside the main index
HEADINGS = {"value": "under_policy", "difference": "difference_made"}


def lines(study: Study, table: pd.DataFrame, language: str = "en") -> Iterator[str]:
    """For each outcome, where most of its spread between futures comes from, and how sure that is.

    All outcomes' under the first policy, and the first one's differences from it.
    """
    yield from advice(study, language)
    keys = table[["policy", "of", "outcome"]].drop_duplicates()
    for policy, of, outcome in keys.itertuples(index=False):
        if policy == study.policies[0].name or (of, outcome) == ("difference", study.outcomes[0]):
            part = main_part(study, table, policy, of, outcome)
            yield f"- {begun(finding(study, part, language))}{caveats(study, part, language)}"


def advice(study: Study, language: str) -> list[str]:
    """What is better known of a design before it is run."""
    n = study.vary.points
    if study.vary.design == "sobol" and n & (n - 1):
        low = 2 ** int(np.log2(n))
        return [say("powers", language, low=low, high=2 * low, n=n)]
    return []


def main_part(
    study: Study, table: pd.DataFrame, policy: str, of: str, outcome: str
) -> pd.DataFrame:
    """The main index of every quantity, of one outcome under one policy or of its difference."""
    asked = {"policy": policy, "of": of, "outcome": outcome, "index": MAIN[study.vary.design]}
    return table[np.all([table[key] == value for key, value in asked.items()], axis=0)]


def finding(study: Study, part: pd.DataFrame, language: str) -> str:
    """What one outcome depends on most, in a sentence; or why that is not known."""
    some = part.iloc[0]
    called = study.called(language)[some["policy"]]
    words = measure(some["outcome"]).words(language)
    what = say(f"{some['of']}_what", language, words=words, policy=called)
    why = why_unknown(study, part)
    if not why:
        return most(study, part, what, language)
    return say(
        why,
        language,
        what=what,
        missing=some["missing"],
        n=len(points(study)),
        design=study.vary.design.capitalize(),
        least=len(part) + SPARE,
    )


def why_unknown(study: Study, part: pd.DataFrame) -> str:
    """Why it can't be said what an outcome depends on; empty if it can."""
    some, is_ranked = part.iloc[0], study.vary.design == "latin hypercube"
    if some["missing"] and not is_ranked:
        return "holes"
    if not some["spread"] > 0:
        return "no_spread"
    if part["value"].isna().all():
        return "too_few"
    if not any(stands_out(row) for _, row in part.iterrows()):
        return "drowned" if some["luck"] > MUCH_LUCK else "none_goes" if is_ranked else ""
    return ""


def stands_out(row: pd.Series) -> bool:
    """Whether an index is more than luck alone would make of it."""
    if row["index"] == "rank correlation":
        return bool(row["low"] * row["high"] > 0)
    return bool(row["low"] > np.nan_to_num(row["by_luck"]))


def most(study: Study, part: pd.DataFrame, what: str, language: str) -> str:
    """Which quantities count most, and whether the next ones can be told apart from the first."""
    ranked = [row for _, row in part.iloc[part["value"].abs().argsort()[::-1]].iterrows()]
    top, *others = ranked[:NAMED]
    others = [row for row in others if stands_out(row) or not lies_apart(top, row)]
    amounts = amounts_of(study, part, language)
    after = ""
    for key, is_apart in (("not_apart", False), ("then", True)):
        named = [
            f"{factor_name(row['factor'], language)}, {index(row, amounts)}"
            for row in others if lies_apart(top, row) == is_apart
        ]  # fmt: skip
        after += say(key, language, names=say("and_value", language).join(named)) if named else ""
    name = factor_name(top["factor"], language)
    shown = index(top, amounts).replace("(", "(" + say("interval_is", language))
    return say(f"{study.vary.design}_most", language, what=what, name=name, index=shown, next=after)


def lies_apart(one: pd.Series, other: pd.Series) -> bool:
    """Whether the intervals of two indices lie apart, in size."""
    sizes = [sorted((abs(row["low"]), abs(row["high"]))) for row in (one, other)]
    return bool(sizes[0][0] > sizes[1][1] and one["low"] * one["high"] > 0)


def caveats(study: Study, part: pd.DataFrame, language: str) -> str:
    """How far a finding is to be trusted; nothing where there is none."""
    some, text = part.iloc[0], ""
    if why_unknown(study, part):
        return text
    if some["missing"]:
        text += say("without_points", language, n=some["missing"])
    if np.isnan(some["luck"]):
        text += say("luck_unknown", language)
    elif some["luck"] > MUCH_LUCK:
        text += say("luck_is", language, share=f"{some['luck']:.0%}")
    if study.vary.design == "sobol" and (part["high"] - part["low"]).max() > WIDE:
        text += say("wide", language)
    return text


def amounts_of(study: Study, part: pd.DataFrame, language: str) -> Amounts:
    """How indices of one outcome are written: shares, changes in the outcome, or correlations."""
    if study.vary.design == "morris":
        return Amounts.of(part["outcome"].iloc[0], part["value"], part["value"], language)
    unit, decimals = ("share", 0) if study.vary.design == "sobol" else ("", 2)
    return Amounts(unit, decimals, language)


def index(row: pd.Series, amounts: Amounts) -> str:
    """An index with its interval: `62% (48% to 76%)`, `+0.35 (+0.11 to +0.56)`."""
    value, low, high = row[["value", "low", "high"]]
    if row["index"] == "rank correlation":
        text, span = amounts.signed(value), amounts.signed_span(low, high)
    elif row["index"] == "total":
        value, low, high = np.clip([value, low, high], 0, 1)
        text, span = amounts.value(value), amounts.between(low, high)
    else:
        text, span = amounts.size(value), amounts.between(max(low, 0), high)
    return f"{text} ({span})" if np.isfinite(low) else text


def section(study: Study, table: pd.DataFrame, language: str) -> Section:
    """What the page shows: for the first policy what outcomes depend on, then for differences."""
    first, *others = (policy.name for policy in study.policies)
    asked = [(first, "value"), *((policy, "difference") for policy in others)]
    order = by_size(study, table)
    tables = [
        page_table(study, table[(table["policy"] == policy) & (table["of"] == of)], order, language)
        for policy, of in asked
    ]
    note = say(f"{study.vary.design}_note", language)
    if others or len(study.outcomes) > SHOWN_LINES:
        note += " " + say("sensitivity_rest", language)
    said = [line.removeprefix("- ") for line in lines(study, table, language)]
    shown = [one for one in tables if one.rows]
    return Section(say("sensitivity_about", language), note if shown else "", shown, said)


def page_table(study: Study, part: pd.DataFrame, order: list[str], language: str) -> OwnTable:
    """A row for each quantity, the largest for the first outcome on top; no rows if not known."""
    policy, of = part[["policy", "of"]].iloc[0]
    title = begun(say(HEADINGS[of], language, policy=study.called(language)[policy]))
    head, columns = [say("quantity", language)], []
    for outcome in study.outcomes[:SHOWN_LINES]:
        mine = part[part["outcome"] == outcome]
        if mine["value"].isna().all():
            continue
        for heading, cells in outcome_columns(study, mine, order, language):
            head.append(heading)
            columns.append(cells)
    names = [*(factor_name(factor, language) for factor in order), say("luck_row", language)]
    rows = [list(row) for row in zip(names, *columns, strict=True)] if columns else []
    has_luck = part["by_luck"].notna().any()
    return OwnTable(title, head, rows if has_luck else rows[:-1])


def outcome_columns(
    study: Study, part: pd.DataFrame, order: list[str], language: str
) -> Iterator[tuple[str, list[str]]]:
    """The columns of one outcome: its main index with that of luck below, and what is beside it."""
    design, words = study.vary.design, measure(part["outcome"].iloc[0]).words(language)
    by_index = {name: rows.set_index("factor") for name, rows in part.groupby("index")}
    main = by_index[MAIN[design]]
    amounts = replace(amounts_of(study, main, language), is_short=True)
    if design == "morris":
        words += f" ({unit_of(part['outcome'].iloc[0], language)})"
    cells = [marked(row, amounts) for _, row in main.loc[order].iterrows()]
    yield words, [*cells, amounts.value(main["by_luck"].max())]
    if beside := BESIDE.get(design):
        tell = amounts.signed if design == "morris" else amounts.value
        cells = [tell(value) for value in by_index[beside].loc[order, "value"]]
        yield say(beside, language), [*cells, ""]


def marked(row: pd.Series, amounts: Amounts) -> str:
    """An index with its interval, and a mark where it may be luck alone."""
    return index(row, amounts) + ("" if stands_out(row) else f"\N{NO-BREAK SPACE}{UNCLEAR}")
