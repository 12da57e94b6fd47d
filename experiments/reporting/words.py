"""Words: numbers and names as sentences have them."""

from math import floor, isfinite, log10


def signs(text: str, language: str) -> str:
    """An English number with the signs of a language: `1,143.5` is `1.143,5` in Dutch."""
    return text.translate(str.maketrans(",.", ".,")) if language == "nl" else text


def told(value: float, sign: str = "", language: str = "en") -> str:
    """A number with three digits that count, and no powers of ten.

    Examples
    --------
    >>> told(1143.2), told(0.00984), told(2.5, "+"), told(0), told(0.5, language="nl")
    ('1,143', '0.00984', '+2.50', '0', '0,500')
    """
    if not value or not isfinite(value):
        return f"{abs(value):g}"
    decimals = min(9, max(0, 2 - floor(log10(abs(value)))))
    return signs(f"{value:{sign},.{decimals}f}", language)


def begun(text: str) -> str:
    """A sentence that begins with a capital."""
    return text[:1].upper() + text[1:]
