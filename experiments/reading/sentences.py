"""Sentences that readings share: a difference and how sure it is, in words."""

from math import isfinite

from kring.experiments.text.formats import NumberFormat, Written, is_clear
from kring.experiments.text.language import _
from kring.experiments.text.numbers import capital
from kring.simulation.spread import Spread


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


def between_brackets(spread: Spread, written: Written) -> str:
    """An interval, to be put behind its difference; nothing where there is none.

    Where it leaves zero on the other side than the sets do, with in how many it has its sign.
    """
    if not isfinite(spread.low):
        return ""
    belied = spread.is_over_sets and spread.is_clear != is_clear(spread.low, spread.high)
    return f" ({written.span}; {holds_in(spread)})" if belied else f" ({written.span})"


def how_sure(format_: NumberFormat, spread: Spread) -> str:
    """How sure a difference is; nothing where that is not known."""
    if not isfinite(spread.low):
        return ""
    span = format_.together(spread.middle, spread).span
    if spread.is_over_sets:
        parts = [_("95% of the sets: {span}").format(span=span), holds_in(spread)]
        if not spread.is_clear:
            parts.append(_("so we don't know whether it is lower or higher"))
        return "; ".join(parts)
    if spread.is_clear:
        return _("95% interval: {span}").format(span=span)
    return _("95% interval: {span}; could be none").format(span=span)


def in_brackets(format_: NumberFormat, spread: Spread) -> str:
    """How sure a difference is, to be put behind it."""
    text = how_sure(format_, spread)
    return f" ({text})" if text else ""


def change(format_: NumberFormat, spread: Spread) -> str:
    """A difference in words, with its interval: `0.23 lower (95% interval: ...)`."""
    middle = spread.middle
    text = format_.together(middle, spread).change
    return text + (in_brackets(format_, spread) if middle else "")
