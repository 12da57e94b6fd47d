"""What a reading is: how a study's runs become tables, figures, lines and an answer."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

import pandas as pd
from matplotlib.figure import Figure

from kring.experiments.analyses import registry
from kring.experiments.analyses.base import Analysis, Tables
from kring.experiments.analyses.paired import over_futures, paired_table
from kring.experiments.charts.crossed import arrangement, crossed_chart
from kring.experiments.charts.lines import line_chart
from kring.experiments.charts.policies import policy_chart
from kring.experiments.reading.answer import answer
from kring.experiments.reading.lines import lines
from kring.experiments.reading.money import about_money
from kring.experiments.reading.rests import rests_on
from kring.experiments.study.designs import Layout
from kring.experiments.study.needs import Needs
from kring.experiments.study.plan import Plan

Draw = Callable[[], Figure | None]


class Reading:
    """How the runs of a study are read; a study of one's own can have a reading that inherits it.

    Each method says what every study gets, and can be replaced by itself. Methods that make
    sentences, tables of words or figures do so in the language that is spoken; `lines` and
    `printed` are for the terminal, in English. Numbers come only from tables.

    Attributes
    ----------
    needs : Needs
        What it needs of a study, checked before the first run.

    Examples
    --------
    >>> class Short(Reading):
    ...     def answer(self, plan, tables):
    ...         return f"{len(tables['runs'])} runs were lived."
    >>> from kring import StudyResult
    >>> StudyResult.read("results/futures", reading=Short()).answer()
    '40 runs were lived.'
    """

    needs: Needs | None = None

    def tables(self, plan: Plan, tables: Tables) -> Tables:
        """More tables of its own, from the runs, the long tables and `differences`."""
        return {}

    def figures(self, plan: Plan, tables: Tables) -> Mapping[str, Draw]:
        """The figures by name of their files, each a function that draws it, or None."""
        return usual_figures(plan, tables)

    def lines(self, plan: Plan, tables: Tables) -> Iterable[str]:
        """What the tables say, line by line."""
        return lines(plan, tables)

    def printed(self, plan: Plan, tables: Tables) -> str:
        """What the command prints before those lines."""
        return ""

    def answer(self, plan: Plan, tables: Tables) -> str:
        """What the study found: sentences, and lines that begin with "- " as a list.

        Asked only where every policy has numbers; where it is empty, the usual one stands.
        """
        return ""

    def page_tables(self, plan: Plan, tables: Tables) -> Sequence[tuple[str, pd.DataFrame]]:
        """Tables of its own for the page: a title, and words of which the first says what a row is.

        Asked only where every policy has numbers; the usual tables are then folded.
        """
        return ()

    def analyses(self, plan: Plan) -> Sequence[Analysis]:
        """The analyses of the runs."""
        return registry.asked(plan)


def all_tables(reading: Reading, plan: Plan, raw: Tables) -> Tables:
    """All tables of a result: the runs and long tables, differences, of analyses, and its own."""
    runs = raw["runs"]
    tables = {**raw, "differences": differences(plan, runs)}
    tables |= {one.name: one.table(plan, tables) for one in reading.analyses(plan)}
    return {**tables, **reading.tables(plan, tables)}


def all_figures(reading: Reading, plan: Plan, tables: Tables) -> dict[str, Draw]:
    """All figures, those of analyses included."""
    figures = dict(reading.figures(plan, tables))
    for one in reading.analyses(plan):
        if len(table := tables[one.name]):
            figures[f"{plan.name}_{one.name}"] = partial(one.chart, plan, table)
    return figures


def all_lines(reading: Reading, plan: Plan, tables: Tables) -> Iterable[str]:
    """All lines, those of analyses included."""
    yield from reading.lines(plan, tables)
    yield from (f"- {sentence}" for sentence in rests_on(plan))
    for one in reading.analyses(plan):
        if said := list(one.lines(plan, tables[one.name])):
            yield from ("", heading(one), *said)
    if money := about_money(plan.outcomes):
        yield from ("", " ".join(money))


def best_answer(reading: Reading, plan: Plan, tables: Tables, complete: bool) -> str:
    """Its answer, or the usual one where it has none or not every policy has numbers."""
    own = reading.answer(plan, tables) if complete else ""
    return own or answer(plan, tables)


def heading(analysis: Analysis) -> str:
    """What stands above the lines of an analysis."""
    return f"{analysis.title()}:"


def differences(plan: Plan, runs: pd.DataFrame) -> pd.DataFrame:
    """Paired differences; over all futures where points were drawn."""
    make = over_futures if plan.design.is_sampled else paired_table
    return make(plan, runs)


def usual_figures(plan: Plan, tables: Tables) -> dict[str, Draw]:
    """Policies as dots; where one or two quantities vary, lines along them, or dots at words."""
    table, charts = tables["differences"], {Layout.POLICIES: policy_chart, Layout.LINE: line_chart}
    if plan.design.layout is Layout.CROSSED and arrangement(plan):
        charts[Layout.CROSSED] = crossed_chart
    chart = charts.get(plan.design.layout)
    return {plan.name: lambda: chart(plan, table)} if chart else {}
