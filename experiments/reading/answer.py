"""Answers: what a study found, in two sentences made from its tables.

These are the general ones; a reading script may have its own (`experiments/readings`), made with
the same words.
"""

from collections.abc import Iterable
from math import isfinite

import pandas as pd

from experiments.analysis.pairs import is_sampled
from experiments.measures import measure
from experiments.reporting.amounts import Amounts, is_clear
from experiments.reporting.charts import after
from experiments.reporting.findings import Findings, Row, Tables
from experiments.reporting.quantity_words import factor_name
from experiments.reporting.report_words import say
from experiments.reporting.sensitivity_told import finding, main_part, why_unknown
from experiments.reporting.words import begun
from experiments.study.file import Study

NAMED = 3  # parts of a split that are named; the others are taken together


def answer(study: Study, tables: Tables, language: str) -> str:
    """What a study found, in two sentences.

    Parameters
    ----------
    study : Study
        The study.
    tables : dict of str to DataFrame
        Its tables; `differences` is read.
    language : str
        ``en`` or ``nl``.
    """
    found = Findings(study, tables, language)
    outcomes = found.outcomes()
    if not outcomes:
        return say("no_answer", language)
    main, others = outcomes[0], outcomes[1:2]
    if "cost" in outcomes[2:]:
        others.append("cost")
    rows = found.compared(main)
    row = differs_most(rows) if rows else found.rows(main)[0]
    first = first_change(found, main, row, rows) if rows else first_value(found, main)
    rest = other_changes(found, others, row) if rows else other_values(found, others)
    if rows and study.vary.design == "shapley":
        rest = split(found, main)
    if is_sampled(study) and "sensitivity" in tables:
        return of_futures(found, tables["sensitivity"], row, first, rest)
    return join(first, rest)


def of_futures(found: Findings, table: pd.DataFrame, row: Row, first: str, rest: str) -> str:
    """What an outcome, or a difference in it, depends on, beside what it is over all futures.

    What it depends on goes first where the design is made to find that out.
    """
    study, language, (main, *others) = found.study, found.language, found.outcomes()
    of, policy = ("difference" if row.is_compared else "value"), study.policies[row.policy].name
    part = main_part(study, table, policy, of, main)
    depends = finding(study, part, language)
    if study.vary.design == "latin hypercube":
        return join(first, rest if why_unknown(study, part) else depends)
    also = "" if row.is_compared else counts_for_others(found, table, others)
    return join(depends, also or first)


def counts_for_others(found: Findings, table: pd.DataFrame, outcomes: list[str]) -> str:
    """Which quantity counts most for each of the other outcomes; empty if for none."""
    study, language, parts = found.study, found.language, []
    for outcome in outcomes:
        part = main_part(study, table, study.policies[0].name, "value", outcome)
        if not why_unknown(study, part):
            top = part.loc[part["value"].abs().idxmax(), "factor"]
            name = factor_name(top, language)
            parts.append(say("other_most", language, name=name, words=words(outcome, language)))
    return say("others_most", language, parts=listed(parts, language)) if parts else ""


def join(*sentences: str) -> str:
    """Sentences after each other, each with a capital; what intervals are is said once."""
    text = " ".join(begun(sentence) for sentence in sentences)
    for label in (say("interval_is", language) for language in ("en", "nl")):
        before, first, rest = text.partition(label)
        text = before + first + rest.replace(label, "")
    return text


def listed(parts: Iterable[str], language: str) -> str:
    """Things one after another: `a, b and c`."""
    *most, last = parts
    return say("and_value", language).join([", ".join(most), last]) if most else last


def how_sure(amounts: Amounts, low: float, high: float) -> str:
    """How sure a difference is; nothing where that is not known."""
    if not isfinite(low):
        return ""
    key = "sure" if is_clear(low, high) else "not_sure"
    return say(key, amounts.language, span=amounts.span(low, high))


def sure(amounts: Amounts, low: float, high: float) -> str:
    """The same between brackets, to be put behind a difference."""
    text = how_sure(amounts, low, high)
    return f" ({text})" if text else ""


def told(amounts: Amounts, difference: float, low: float, high: float) -> str:
    """A difference in words, with its interval: `0.23 lower (95% interval: ...)`."""
    return amounts.change(difference) + (sure(amounts, low, high) if difference else "")


def amount(found: Findings, policy: str, outcome: str) -> str:
    """An outcome of a policy and its change: `2.45 problems per client (0.27 lower, ...)`."""
    row, amounts, language = found.row(policy, outcome), found.amounts(outcome), found.language
    key = "euros_of" if amounts.unit == "EUR" else "amount_of"
    words = measure(outcome).words(language)
    text = say(key, language, value=amounts.value(row.value), words=words)
    said = [amounts.change(row.difference), how_sure(amounts, row.low, row.high)]
    return f"{text} ({', '.join(filter(None, said))})"


def differs_most(rows: list[Row]) -> Row:
    """The row that differs most, among those of which it is clear if there are any."""
    clear = [row for row in rows if row.is_clear]
    return max(clear or rows, key=lambda row: abs(row.difference))


def when(study: Study, outcome: str, language: str) -> str:
    """After how long, and over what: as far as it is the same for all."""
    if is_sampled(study):
        return say("over_futures", language)
    own_weeks = any(policy.weeks for policy in study.policies)
    parts = [say("simulated", language)]
    if not own_weeks and "@" not in outcome:
        parts = [after(study.weeks, language)]
    if study.country:
        parts.append(say("over_municipalities", language))
    return ", ".join(parts)


def words(outcome: str, language: str) -> str:
    """What an outcome is; within quotes where it would break up the sentence."""
    text = measure(outcome).words(language)
    return f"“{text}”" if set(text) & set(":,") else text


def first_change(found: Findings, outcome: str, most: Row, rows: list[Row]) -> str:
    """What differs most in the first outcome, and how many others may make no difference."""
    amounts, language = found.amounts(outcome), found.language
    key = "one" if len(rows) == 1 else "many" if most.other == found.first() else "most"
    return say(
        key,
        language,
        when=when(found.study, outcome, language),
        largest=say("largest_clear" if most.is_clear else "largest", language),
        n=len(rows),
        label=most.label,
        other=most.other,
        words=words(outcome, language),
        value=amounts.value(most.value),
        instead=instead_of(key, most, amounts),
        change=change(most, amounts),
        futures=futures(most, language),
        unclear=unclear(rows, language),
    )


def instead_of(key: str, row: Row, amounts: Amounts) -> str:
    """What a value stands in the place of; only whose where rounding would belie the difference."""
    if amounts.adds_up(row.base, row.difference):
        base = amounts.value(row.base)
        return say(f"{key}_instead", amounts.language, base=base, other=row.other)
    return "" if key == "many" else say("compared_with", amounts.language, other=row.other)


def change(row: Row, amounts: Amounts) -> str:
    """A difference with its interval, or with why there is none."""
    language = amounts.language
    if row.is_none:
        return amounts.change(0)
    key = "could_be_none" if row.could_be_none else "clear" if row.has_interval else "one_town"
    span = amounts.span(row.low, row.high)
    return say(key, language, change=amounts.change(row.difference), span=span)


def futures(row: Row, language: str) -> str:
    """In what part of the futures an outcome is lower, where futures were drawn."""
    if row.lower_share != row.lower_share:
        return ""
    return say("lower_in", language, share=f"{row.lower_share:.0%}")


def unclear(rows: list[Row], language: str) -> str:
    """How many of the rows may make no difference."""
    n = sum(row.could_be_none for row in rows)
    if not n or len(rows) == 1:
        return ""
    return say("all_unclear" if n == len(rows) else "unclear", language, k=n, n=len(rows))


def other_changes(found: Findings, outcomes: list[str], most: Row) -> str:
    """What else changes, in the same comparison."""
    language, parts = found.language, []
    for outcome in outcomes:
        rows = found.compared(outcome)
        same = [row for row in rows if (row.policy, row.point) == (most.policy, most.point)]
        for row in same:
            parts.append(other_change(row, outcome, found.amounts(outcome)))
    if not parts:
        return say("nothing_else", language)
    return say("same", language, parts=say("and", language).join(parts))


def other_change(row: Row, outcome: str, amounts: Amounts) -> str:
    """One of the other changes, in short."""
    language = amounts.language
    span = amounts.span(row.low, row.high) if row.has_interval else amounts.change(row.difference)
    return say(
        "part_unclear" if row.could_be_none and not row.is_none else "part",
        language,
        words=words(outcome, language),
        value=amounts.value(row.value),
        base=amounts.value(row.base),
        span=span,
    )


def first_value(found: Findings, outcome: str) -> str:
    """The first outcome, where there is nothing to compare it with."""
    row, amounts, language = found.rows(outcome)[0], found.amounts(outcome), found.language
    key = "alone"
    if is_sampled(found.study):
        key = "alone_futures"
    return say(
        key,
        language,
        when=when(found.study, outcome, language),
        label=row.label,
        words=words(outcome, language),
        value=amounts.value(row.value),
        low=amounts.value(row.low_future),
        high=amounts.value(row.high_future),
    )


def other_values(found: Findings, outcomes: list[str]) -> str:
    """The other outcomes, where there is nothing to compare them with."""
    language, parts = found.language, []
    for outcome in outcomes:
        value = found.amounts(outcome).value(found.rows(outcome)[0].value)
        parts.append(say("value_of", language, words=words(outcome, language), value=value))
    if not parts:
        return say("nothing_else", language)
    return say("other_values", language, parts=say("and_value", language).join(parts))


def split(found: Findings, outcome: str) -> str:
    """What brings the difference between two policies, lever by lever."""
    amounts, language = found.amounts(outcome), found.language
    parts = found.split(outcome)
    if not parts:
        return say("no_split", language)
    ranked = sorted(parts, key=lambda part: -abs(part.difference))
    shown = NAMED if len(ranked) > NAMED + 1 else len(ranked)
    texts = [
        say("brings", language, name=part.label, change=amounts.change(part.difference))
        for part in ranked[:shown]
    ]
    if rest := ranked[shown:]:
        together = amounts.change(sum(part.difference for part in rest))
        texts.append(say("rest_brings", language, n=len(rest), change=together))
    return say("split", language, parts="; ".join(texts))
