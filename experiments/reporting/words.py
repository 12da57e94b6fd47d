"""Words: numbers and names as sentences have them."""

from math import floor, isfinite, log10


def told(value: float, sign: str = "") -> str:
    """A number with three digits that count, and no powers of ten.

    Examples
    --------
    >>> told(1143.2), told(0.00984), told(2.5, "+"), told(0)
    ('1,143', '0.00984', '+2.50', '0')
    """
    if not value or not isfinite(value):
        return f"{abs(value):g}"
    return f"{value:{sign},.{min(9, max(0, 2 - floor(log10(abs(value)))))}f}"


def begun(text: str) -> str:
    """A sentence that begins with a capital."""
    return text[:1].upper() + text[1:]
