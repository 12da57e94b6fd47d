"""The study's table in words: what was published, what is simulated, and whether it fits."""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from kring.experiments.observations.rows import ROWS
from kring.experiments.text import evidence as figures
from kring.experiments.text.formats import NumberFormat
from kring.experiments.text.language import _, in_context
from kring.experiments.text.numbers import locale
from kring.simulation.evidence import evidence

COLUMNS = ["statistic", "group", "moment", "published", "simulated", "low", "high", "inside"]


def readable(fit: pd.DataFrame) -> pd.DataFrame:
    """The table with words and two decimals, as it is printed and drawn."""
    marks = {"input": " " + _("(input)"), "calibrate": " " + _("(fitted)"), "validate": ""}
    ordering = fit["id"].map(is_ordering)
    in_words = fit["published"].isna()
    published = fit["published"].map(two_decimals).mask(in_words, _("many"))
    published = published.mask(ordering, _("yes"))
    simulated = fit["simulated"].map(two_decimals)
    simulated = simulated.mask(ordering, fit["simulated"].map(signed))
    span = pd.Series(
        [
            _("{low} to {high}").format(low=two_decimals(row.low), high=two_decimals(row.high))
            for row in fit.itertuples()
        ],
        index=fit.index,
    )
    return pd.DataFrame(
        {
            _("statistic"): fit["id"].map(figures.statistic) + fit["role"].map(marks),
            _("group"): fit["id"].map(figures.group),
            _("moment"): fit["id"].map(figures.moment),
            _("published"): published,
            _("simulated"): simulated,
            _("95% of studies"): span,
            _("inside"): fit["inside"].map({True: _("yes"), False: _("NO")}).fillna(""),
        }
    )


def comparable(fit: pd.DataFrame) -> pd.DataFrame:
    """Rows of the table to which an answer is possible: published as a number or an order."""
    return fit[fit["inside"].notna()].astype({"inside": bool, "fits": bool})


def is_ordering(identity: str) -> bool:
    """Whether an order was published, not a number."""
    return ROWS[identity].ordering


def two_decimals(value: float, sign: str = "") -> str:
    """A number with two decimals."""
    return f"{value:{sign}.2f}".replace(".", locale().number_symbols["latn"]["decimal"])


def signed(value: float) -> str:
    """A difference with two decimals and its sign."""
    return two_decimals(value, "+")


def to_the_left(table: pd.DataFrame) -> dict[str, Callable[[Any], str]]:
    """Formatters that keep words to the left."""
    widths = {c: max(table[c].astype(str).str.len().max(), len(c)) for c in table.columns}
    return {column: partial(padded, width=width) for column, width in widths.items()}


def padded(text: Any, width: int) -> str:
    """A text with blanks behind it."""
    return str(text).ljust(width)


def titles() -> dict[str, str]:
    """What stands above the tables of a page, by the role of their figures."""
    return {
        "validate": _(
            "Published figures that had no say in choosing the strengths (between brackets: where "
            "95 of 100 such small studies come out; of an ordering, the difference, which is "
            "inside on the published side)"
        ),
        "calibrate": _(
            "Figures by which the strengths were chosen (beside ‘yes’: how far the mean is off, "
            "where that is more than 10%)"
        ),
        "input": _("Figures that were put in"),
    }


def on_page(fit: pd.DataFrame) -> pd.DataFrame:
    """Rows of the table as a page shows them."""
    head = [
        in_context("published", "Figure"), _("Of whom, when"), _("Published"), _("Simulated"),
        _("Inside"),
    ]  # fmt: skip
    return pd.DataFrame([row_on_page(row) for row in fit.itertuples()], columns=head)


def row_on_page(row: Any) -> tuple[str, ...]:
    """A row of the table as a page shows it."""
    is_share = evidence().loc[row.id, "unit"].startswith(("share", "relative"))
    written = NumberFormat("share", 0) if is_share else NumberFormat("", 2)
    ordering = is_ordering(row.id)
    value = written.signed if ordering else written.value
    span = written.signed_span if ordering else written.between
    published = _("many") if np.isnan(row.published) else value(row.published)
    return (
        figures.statistic(row.id),
        f"{figures.group(row.id)}, {figures.moment(row.id)}",
        _("yes") if ordering else published,
        f"{value(row.simulated)} ({span(row.low, row.high)})",
        inside(row),
    )


def inside(row: Any) -> str:
    """Whether a figure lies inside; of what was used to choose, how far the mean is off."""
    if pd.isna(row.inside):
        return ""
    text = _("yes") if row.inside else _("NO")
    if row.role == "calibrate" and row.inside and not row.fits and not is_ordering(row.id):
        text += f" ({NumberFormat('relative', 0).signed(row.deviation)})"
    return text


def in_a_sentence(row: Any) -> str:
    """A row of the table: what, of whom, when, and whether it was used to choose."""
    chosen = _(", used to choose") if row.role == "calibrate" else ""
    who = f"{figures.group(row.id)}, {figures.moment(row.id)}"
    return f"{figures.statistic(row.id)} ({who}{chosen})"
