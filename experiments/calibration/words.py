"""The words of a calibration's report, in the language that is spoken."""

from collections.abc import Callable, Iterable

import pandas as pd

from kring.experiments.calibration.ensemble import FRESH, Kept
from kring.experiments.calibration.implausibility import MEETS
from kring.experiments.text import evidence as published
from kring.experiments.text.language import _
from kring.experiments.text.names import quantity_name
from kring.experiments.text.numbers import counted, decimal, listed, percent, three_digits
from kring.simulation.ensemble import EFFECT
from kring.simulation.evidence import evidence
from kring.simulation.parameters import Parameters

Tables = dict[str, pd.DataFrame]
MOST = 8  # of a list


def answer_name(answer: str) -> str:
    """What an answer is called."""
    names = {
        EFFECT: _("problems, by a conference for all"),
        "supporters_for_all": _("supporters, by a conference for all"),
        "cost_for_all": _("cost, by a conference for all"),
    }
    return names[answer]


def row_name(identity: str) -> str:
    """What a row is about, of whom and when, behind its code."""
    if identity not in evidence().index:
        return identity
    parts = published.statistic(identity), published.group(identity), published.moment(identity)
    return f"{identity}: {', '.join(parts)}"


def quantity(name: str) -> str:
    """What a calibrated quantity is called."""
    return quantity_name("parameters" if name in Parameters.model_fields else "town", name)


def heading(text: str, level: int = 2) -> str:
    """A heading."""
    return f"{'#' * level} {text}"


def page(tables: Tables, kept: Kept | None) -> str:
    """The whole page, in Markdown."""
    parts = [heading(_("What the observations leave open"), 1), *summary(tables, kept)]
    parts += [heading(_("What was ruled out")), of_waves(tables["waves"])]
    parts += [heading(_("What the sets give beside what was observed"))]
    parts += ["![](rows.png)", of_rows(tables["rows"])]
    parts += [heading(_("What cannot be met together")), *of_conflicts(tables["not_together"])]
    if kept:
        parts += [heading(_("What is narrowed down, and by which row")), "![](narrowed.png)"]
        parts += [of_narrowed(tables["narrowed"])]
        parts += [heading(_("What a conference for all does in these sets")), "![](answers.png)"]
        parts += [of_answers(kept.answers)]
        parts += [
            heading(_("What would settle it")),
            of_information(tables["value_of_information"]),
        ]
        parts += [heading(_("What the answers depend on")), of_dependence(tables["depends_on"])]
    return "\n\n".join(parts) + "\n"


def summary(tables: Tables, kept: Kept | None) -> Iterable[str]:
    """The result in a few sentences."""
    log = tables["waves"]
    yield _("{n} sets of values were simulated.").format(n=counted(log["sets"].sum()))
    if not kept:
        yield _(
            "None of them meets all that was observed; the best is off by {off} standard "
            "deviations in its worst row. Either a mechanism is wrong, or a row is."
        ).format(off=decimal(log["best"].min(), 1))
        return
    yield _(
        "{n} sets meet all rows within {bound} standard deviations in {towns} fresh towns each; of "
        "the {tried} that were tried, {near} did so within {meets}."
    ).format(
        n=counted(len(kept.sets)), bound=decimal(kept.bound, 1), towns=FRESH,
        tried=counted(len(kept.tried)), near=counted((kept.tried <= MEETS).sum()),
        meets=decimal(MEETS, 0),
    )  # fmt: skip
    falls = (kept.answers[EFFECT] < 0).mean()
    yield _("In {share} of them a conference for all lowers problems.").format(share=percent(falls))


def markdown(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table."""
    head = list(head)
    lines = [head, ["---"] * len(head), *map(list, rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def of_waves(table: pd.DataFrame) -> str:
    """Wave by wave: what was left of the prior, and how many sets were met."""
    head = [
        _("wave"), _("share of the prior left"), _("sets"), _("not ruled out"), _("meet all rows"),
        _("best"),
    ]  # fmt: skip
    rows = (
        [
            str(row.wave), f"{row.share:.1e}" if row.wave else percent(1), counted(row.sets),
            counted(row.not_ruled_out), counted(row.meet), decimal(row.best, 1),
        ]
        for row in table.itertuples()
    )  # fmt: skip
    return markdown(head, rows)


def of_rows(table: pd.DataFrame) -> str:
    """Each row: published, simulated, and the three things that are not known, apart."""
    head = [
        _("row"), _("published"), _("median set"), _("95% of sets"), _("sampling error"),
        _("discrepancy of the model"), _("chance of a town"), _("sets that meet it"),
    ]  # fmt: skip
    rows = (
        [
            row_name(row.id) + ("" if row.had_say else " " + _("(had no say)")),
            _("above 0") if row.ordering else three_digits(row.published),
            decimal(row.median, 2), f"{decimal(row.low, 2)} – {decimal(row.high, 2)}",
            decimal(row.sampling, 2), decimal(row.discrepancy, 2),
            decimal(row.chance, 2) if row.chance == row.chance else "–", percent(row.met),
        ]
        for row in table.itertuples()
    )  # fmt: skip
    return markdown(head, rows)


def of_conflicts(table: pd.DataFrame) -> Iterable[str]:
    """Rows that no set meets."""
    if table.empty:
        yield _("Nothing: there are sets that meet each row, each two of them, and all.")
        return
    yield _(
        "No set that was simulated comes within {n} standard deviations here. That is proof of a "
        "wrong model, or of a wrong figure."
    ).format(n=decimal(MEETS, 0))
    how = {
        "alone": _("by itself"),
        "together": _("both together"),
        "with all others": _("with all others met as well as can be"),
    }
    rows = (
        [listed(map(row_name, row.rows.split())) if row.how == "together" else row_name(row.rows),
         how[row.how], decimal(row.off, 1)]
        for row in table.head(3 * MOST).itertuples()
    )  # fmt: skip
    yield markdown([_("row"), "", _("off by")], rows)


def of_narrowed(table: pd.DataFrame) -> str:
    """Each quantity: where it may lie, and which row says so."""
    head = [_("quantity"), _("thought before"), _("95% of sets"), _("width"), _("narrowed by")]
    rows = (
        [
            quantity(row.name), f"{three_digits(row.low)} – {three_digits(row.high)}",
            f"{three_digits(row.least)} – {three_digits(row.most)}", percent(row.width),
            row_name(row.by) if row.by else "–",
        ]
        for row in table.itertuples()
    )  # fmt: skip
    return markdown(head, rows)


def of_answers(answers: pd.DataFrame) -> str:
    """Median and range of each answer over the sets, and how many have its sign."""
    head = [_("answer"), _("median set"), _("95% of sets"), _("sets with that sign")]
    rows = []
    for name in answers:
        low, median, high = answers[name].quantile([0.025, 0.5, 0.975])
        sign = ((answers[name] > 0) == (median > 0)).mean()
        span = f"{three_digits(low, '+')} – {three_digits(high, '+')}"
        rows.append([answer_name(name), three_digits(median, "+"), span, percent(sign)])
    return markdown(head, rows)


def first_of_each(table: pd.DataFrame, line: Callable[..., list[str]]) -> Iterable[list[str]]:
    """The first rows of each answer."""
    for answer, part in table.groupby("answer", sort=False):
        for row in part.head(MOST).itertuples():
            yield [answer_name(str(answer)), *line(row)]


def of_information(table: pd.DataFrame) -> str:
    """Which observation would narrow which answer most."""
    head = [_("answer"), _("to be observed once more"), _("the range would be narrower by")]
    return markdown(
        head, first_of_each(table, lambda row: [row_name(row.row), percent(row.narrower)])
    )


def of_dependence(table: pd.DataFrame) -> str:
    """Which quantity each answer goes with."""
    head = [_("answer"), _("quantity"), _("partial rank correlation")]
    return markdown(
        head,
        first_of_each(table, lambda row: [quantity(row.name), decimal(row.correlation, 2, "+")]),
    )
