"""Errors that say in one line what was wrong and what the nearest right thing is."""

import difflib
from collections.abc import Iterable


class KringError(ValueError):
    """Bad input, told in one line."""


def nearest(name: str, known: Iterable[str]) -> str:
    """Close the message about an unknown name: the nearest known one, or all of them."""
    known = [str(k) for k in known]
    close = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    return f"did you mean {close[0]!r}?" if close else "choose from: " + ", ".join(known)
