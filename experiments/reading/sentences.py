"""Sentences that readings share: a difference and how sure it is, in words."""

from math import isfinite

from experiments.reading.differences import Differences
from experiments.text.formats import NumberFormat
from experiments.text.language import _
from experiments.text.names import outcome_name
from experiments.text.numbers import capital
from simulation.spread import Spread


def labels() -> tuple[str, str]:
    """What stands before an interval: of a single set, and over sets."""
    return _("95% interval: {span}").format(span=""), _("95% of the sets: {span}").format(span="")


def join(*sentences: str) -> str:
    """Sentences after each other, each with a capital; what intervals are is said once."""
    text = " ".join(capital(sentence) for sentence in sentences)
    for label in labels():
        before, found, rest = text.partition(label)
        text = before + found + rest.replace(label, "")
    return text


def holds_in(spread: Spread) -> str:
    """In how many of the sets a difference has its sign: `lower in 93 of 100`."""
    text = _("lower in {n} of 100") if spread.middle < 0 else _("higher in {n} of 100")
    return text.format(n=round(100 * spread.share))


def by_chance(written: NumberFormat, spread: Spread) -> str:
    """What chance alone does to a difference over sets; nothing where that is not known."""
    if not (spread.is_over_sets and isfinite(spread.chance)):
        return ""
    return _("chance alone: ±{size}").format(size=written.size(spread.chance))


def how_sure(written: NumberFormat, spread: Spread) -> str:
    """How sure a difference is; nothing where that is not known."""
    if not isfinite(spread.low):
        return ""
    span = written.span(spread.low, spread.high)
    if spread.is_over_sets:
        parts = [_("95% of the sets: {span}").format(span=span), holds_in(spread)]
        if not spread.is_clear:
            parts.append(_("so we don't know whether it is lower or higher"))
        return "; ".join(parts)
    if spread.is_clear:
        return _("95% interval: {span}").format(span=span)
    return _("95% interval: {span}; could be none").format(span=span)


def in_brackets(written: NumberFormat, spread: Spread) -> str:
    """How sure a difference is, to be put behind it."""
    text = how_sure(written, spread)
    return f" ({text})" if text else ""


def change(written: NumberFormat, spread: Spread) -> str:
    """A difference in words, with its interval: `0.23 lower (95% interval: ...)`."""
    middle = spread.middle
    return written.change(middle) + (in_brackets(written, spread) if middle else "")


def value_and_change(found: Differences, policy: str, outcome: str) -> str:
    """An outcome of a policy and its change: `2.45 problems per client (0.27 lower, ...)`."""
    row, written = found.row(policy, outcome), found.format(outcome)
    text = _("{amount} {outcome}") if written.unit == "EUR" else _("{value} {outcome}")
    value = written.value(row.value)
    text = text.format(amount=value, value=value, outcome=outcome_name(outcome))
    parts = [written.change(row.difference), how_sure(written, row.spread)]
    return f"{text} ({', '.join(filter(None, parts))})"
