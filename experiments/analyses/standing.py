"""Standing: how still a town that runs already stands in the year before week 1."""

from collections.abc import Iterable, Iterator

import pandas as pd

from kring.experiments.analyses.base import Analysis, Tables
from kring.experiments.measures.year_before import GROWS, YEAR_BEFORE
from kring.experiments.study.plan import Plan
from kring.experiments.text.language import Word, _, said
from kring.experiments.text.numbers import plain
from kring.experiments.text.tables import Section

STILL = 0.03  # of a half year's mean: what moves more than this in half a year is named
NAMES = {
    "waiting_list": Word("waiting list", "wachtlijst"),
    "cases": Word("open cases", "lopende zaken"),
    "spent": Word("spending a week", "uitgaven per week"),
    "provisions": Word("spending on provisions a week", "uitgaven aan voorzieningen per week"),
}


class Standing(Analysis):
    """What moves in the year before week 1, under today's policy, before anything is tried."""

    name = "standing"

    def title(self) -> str:
        """What it is about."""
        return _("How still the town stands before week 1")

    def applies(self, plan: Plan) -> bool:
        """Whether the town runs already when week 1 begins."""
        return YEAR_BEFORE in plan.tables

    def table(self, plan: Plan, tables: Tables) -> pd.DataFrame:
        """What the first policy's towns had in each half of that year; see `halves`."""
        return halves(plan, tables["runs"], tables.get(YEAR_BEFORE, pd.DataFrame()))

    def lines(self, plan: Plan, table: pd.DataFrame) -> Iterable[str]:
        """What each goes from and to."""
        return (f"- {sentence}" for sentence in sentences(table))

    def section(self, plan: Plan, table: pd.DataFrame) -> Section:
        """The same sentences."""
        return Section(self.title(), "", [], list(sentences(table)))


def halves(plan: Plan, runs: pd.DataFrame, kept: pd.DataFrame) -> pd.DataFrame:
    """Means over the towns of the first policy; see `over_towns`."""
    if not len(kept):
        return pd.DataFrame(columns=["what", "first", "last", "luck", "towns"])
    own = runs[runs["policy"] == plan.policies[0].name]
    return over_towns(kept[kept["run"].isin(own["run"])])


def over_towns(kept: pd.DataFrame) -> pd.DataFrame:
    """Means over towns in the two halves of the year before week 1.

    Returns
    -------
    DataFrame
        ``what, first, last, luck, towns``; a row for each of what is looked at. `luck` is the
        standard error of the change.
    """
    by_what = kept.assign(change=kept["last"] - kept["first"]).groupby("what", sort=False)
    table = by_what[["first", "last"]].mean()
    luck = by_what["change"].sem().fillna(0.0)
    return table.assign(luck=luck, towns=by_what.size()).reset_index()


def sentences(table: pd.DataFrame) -> Iterator[str]:
    """How still it stands, and what keeps growing."""
    rows = [row for row in table.itertuples() if row.first > 0]
    if not rows:
        return
    changes = [
        _("{what} {first} to {last} ({change}%)").format(
            what=said(NAMES[row.what]), first=brief(row.first), last=brief(row.last),
            change=f"{100 * (row.last / row.first - 1):+.1f}",
        )
        for row in rows
    ]  # fmt: skip
    yield _(
        "From the first to the second half of the year before week 1, under today's policy, in the "
        "mean of {n} towns: {changes}."
    ).format(n=rows[0].towns, changes="; ".join(changes))
    grows = [said(NAMES[row.what]) for row in rows if moves(row)]
    if grows:
        yield _(
            "Not still: {what}. Years after the start hold some of that movement; it is under "
            "every policy, so differences between policies hold less of it than levels do."
        ).format(what=", ".join(grows))
    if any(row.what == GROWS and row.last > row.first for row in rows):
        yield _(
            "An open matter: in some sets provisions seldom end, so that what is spent on them "
            "keeps growing by some per cent a year. How long they last in all no figure tells."
        )


def moves(row: pd.Series) -> bool:
    """Whether it moves by more than a little, and by more than the luck of the towns."""
    change = abs(row.last - row.first)
    return bool(change > STILL * row.first and change > 2 * row.luck)


def brief(value: float) -> str:
    """A number with three digits that count."""
    return plain(round(value)) if abs(value) >= 100 else plain(float(f"{value:.3g}"))
