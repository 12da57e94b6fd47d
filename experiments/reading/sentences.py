"""Sentences that readings share: a difference and how sure it is, in words."""

from math import isfinite

from experiments.reading.differences import Differences
from experiments.text.formats import NumberFormat, is_clear
from experiments.text.language import _
from experiments.text.names import outcome_name
from experiments.text.numbers import capital


def interval_label() -> str:
    """What stands before an interval."""
    return _("95% interval: {span}").format(span="")


def join(*sentences: str) -> str:
    """Sentences after each other, each with a capital; what intervals are is said once."""
    text = " ".join(capital(sentence) for sentence in sentences)
    before, label, rest = text.partition(interval_label())
    return before + label + rest.replace(label, "") if label else text


def how_sure(written: NumberFormat, low: float, high: float) -> str:
    """How sure a difference is; nothing where that is not known."""
    if not isfinite(low):
        return ""
    span = written.span(low, high)
    if is_clear(low, high):
        return _("95% interval: {span}").format(span=span)
    return _("95% interval: {span}; could be none").format(span=span)


def in_brackets(written: NumberFormat, low: float, high: float) -> str:
    """How sure a difference is, to be put behind it."""
    text = how_sure(written, low, high)
    return f" ({text})" if text else ""


def change(written: NumberFormat, difference: float, low: float, high: float) -> str:
    """A difference in words, with its interval: `0.23 lower (95% interval: ...)`."""
    return written.change(difference) + (in_brackets(written, low, high) if difference else "")


def value_and_change(found: Differences, policy: str, outcome: str) -> str:
    """An outcome of a policy and its change: `2.45 problems per client (0.27 lower, ...)`."""
    row, written = found.row(policy, outcome), found.format(outcome)
    text = _("{amount} {outcome}") if written.unit == "EUR" else _("{value} {outcome}")
    value = written.value(row.value)
    text = text.format(amount=value, value=value, outcome=outcome_name(outcome))
    parts = [written.change(row.difference), how_sure(written, row.low, row.high)]
    return f"{text} ({', '.join(filter(None, parts))})"
