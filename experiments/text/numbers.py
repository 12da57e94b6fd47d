"""Numbers, money, shares and lists as a language writes them (by Babel, from CLDR)."""

import re
from collections.abc import Iterable
from decimal import Decimal, localcontext
from functools import cache
from math import floor, isfinite, log10

from babel import Locale, UnknownLocaleError
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal

from kring.experiments.text.language import ENGLISH, spoken

LOCALES = {ENGLISH: "en_GB"}  # lists without a comma before "and"
MINUS, NO_BREAK, NO_LINE_END = "\N{MINUS SIGN}", "\N{NO-BREAK SPACE}", "\N{WORD JOINER}"
MOST_DIGITS = 400  # the largest float has 309 before its point
DASH = "—"  # in place of a number that is not known


@cache
def _locale(language: str) -> Locale:
    try:
        return Locale.parse(LOCALES.get(language, language))
    except (UnknownLocaleError, ValueError):
        return Locale.parse(LOCALES[ENGLISH])


def locale() -> Locale:
    """How the language that is spoken writes numbers and lists."""
    return _locale(spoken())


def decimal(value: float, decimals: int, sign: str = "") -> str:
    """A number with so many decimals and thousands apart; ``sign="+"`` shows that of a gain.

    Examples
    --------
    >>> decimal(1143.25, 1), decimal(0.5, 2, "+")
    ('1,143.2', '+0.50')
    """
    if not isfinite(value):
        return DASH
    exact = Decimal(f"{abs(value):.{decimals}f}")  # rounded once, by Python
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    with localcontext() as context:
        context.prec = MOST_DIGITS
        text = format_decimal(exact, format=pattern, locale=locale(), decimal_quantization=False)
    if not exact:
        return text
    return ("-" if value < 0 else sign) + text


def money(value: float, decimals: int = 0) -> str:
    """An amount of euros without its sign: `€1,143`."""
    if not isfinite(value):
        return DASH
    exact = Decimal(f"{abs(value):.{decimals}f}")
    pattern = locale().currency_formats["standard"].pattern.partition(";")[0]
    pattern = pattern.replace("0.00", "0" + ("." + "0" * decimals if decimals else ""))
    return format_currency(
        exact, "EUR", format=pattern, locale=locale(), currency_digits=False,
        decimal_quantization=False,
    )  # fmt: skip


def plain(value: float) -> str:
    """A number as it was given: `2.5`, `5600`, without powers of ten up to a million."""
    if not isfinite(value):
        return DASH
    text = f"{value:.6g}" if abs(value) < 1e6 else f"{value:.0f}"
    return text.replace(".", locale().number_symbols["latn"]["decimal"])


def percentage(number: str) -> str:
    """A number, as it is written, with the sign for percents where the language puts it: `62%`."""
    pattern = locale().percent_formats[None].pattern
    return re.sub(r"[#0.,]+", lambda _digits: number, pattern)


def percent(share: float) -> str:
    """A share in whole percents; a dash where it is not known."""
    return percentage(decimal(100 * share, 0)) if isfinite(share) else DASH


def shares_of_100(shares: Iterable[float]) -> list[str]:
    """Shares of a whole in whole percents that add up to 100, by largest remainder.

    Examples
    --------
    >>> shares_of_100([1 / 3, 1 / 3, 1 / 3])
    ['34%', '33%', '33%']
    """
    exact = [100 * share for share in shares]
    if not all(map(isfinite, exact)):
        return [DASH for _share in exact]
    whole = [floor(value) for value in exact]
    by_remainder = sorted(range(len(exact)), key=lambda i: (whole[i] - exact[i], i))
    for i in by_remainder[: round(sum(exact)) - sum(whole)]:
        whole[i] += 1
    return [percentage(decimal(value, 0)) for value in whole]


def counted(number: float) -> str:
    """A count, with thousands apart."""
    return decimal(number, 0)


def three_digits(value: float, sign: str = "") -> str:
    """A number with three digits that count, and no powers of ten.

    Examples
    --------
    >>> three_digits(1143.2), three_digits(0.00984), three_digits(2.5, "+"), three_digits(0)
    ('1,143', '0.00984', '+2.50', '0')
    """
    if not value or not isfinite(value):
        return DASH if value else "0"
    decimals = min(9, max(0, 2 - floor(log10(abs(value)))))
    return decimal(value, decimals, sign)


def listed(parts: Iterable[str]) -> str:
    """Things one after another: `a, b and c`."""
    return format_list(list(parts), style="standard", locale=locale())


def capital(text: str) -> str:
    """A sentence that begins with a capital."""
    return text[:1].upper() + text[1:]
