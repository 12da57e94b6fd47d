"""Reading of mechanisms: what changes, by route of entry, when each is silent."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from kring.experiments.analyses.base import Tables
from kring.experiments.analyses.paired import SPREAD, spread_of
from kring.experiments.charts import style
from kring.experiments.charts.panels import half_intervals, labelled, wrapped
from kring.experiments.measures import ROUTES as CLIENTS
from kring.experiments.measures import part_of
from kring.experiments.reading.base import Draw, Reading
from kring.experiments.reading.sentences import join
from kring.experiments.study.plan import Plan
from kring.experiments.text import names
from kring.experiments.text.formats import NumberFormat, decimals_for
from kring.experiments.text.language import Word, _, said
from kring.experiments.text.mechanisms import mechanism
from kring.experiments.text.numbers import listed
from kring.experiments.text.periods import after
from kring.simulation.rows import ENTRANCES

OUTCOMES = ("problems", "supporters")  # in the figure and on the page
SILENT = "parameters.without"
ROUTES = {"team": Word("team", "wijkteam"), "conference": Word("conference", "conferentie")}
NAMED = 2  # mechanisms in the answer, of each outcome and route


class MechanismsReading(Reading):
    """What problems and supporters change when each mechanism is silent."""

    def tables(self, plan: Plan, tables: Tables) -> Tables:
        """Difference that silencing each mechanism makes, with intervals over seeds."""
        found = tables["differences"]
        found = found[found[SILENT] != plan.design.factors[SILENT][0]]
        parts = found["outcome"].map(part_of)
        return {
            "contributions": pd.DataFrame(
                {
                    "without": found[SILENT],
                    "entrance": parts.str[1],
                    "outcome": parts.str[0],
                    "change": found["difference"],
                    **found[SPREAD],
                }
            )
        }

    def figures(self, plan: Plan, tables: Tables) -> Mapping[str, Draw]:
        """Changes in problems and supporters when each mechanism is silent."""
        return {plan.name: lambda: chart(plan, tables["contributions"])}

    def lines(self, plan: Plan, tables: Tables) -> Iterable[str]:
        """The mechanisms without which supporters change most, by route."""
        table = tables["contributions"]
        for entrance in ENTRANCES:
            part = table[(table["outcome"] == "supporters") & (table["entrance"] == entrance)]
            top = part.reindex(part["change"].abs().sort_values(ascending=False).index).head(4)
            parts = ", ".join(f"{r.without} {r.change:+.2f}" for r in top.itertuples())
            yield f"- {entrance}: supporters change most without {parts}."

    def answer(self, plan: Plan, tables: Tables) -> str:
        """Without which mechanisms supporters and problems change most, by route of entry."""
        table = tables["contributions"]
        return join(
            _("{when}, {outcome} change most, {routes}.").format(
                when=after(plan.weeks), **change_most(table, "supporters")
            ),
            _("{outcome} change most, {routes}.").format(**change_most(table, "problems")),
        )

    def page_tables(self, plan: Plan, tables: Tables) -> Sequence[tuple[str, pd.DataFrame]]:
        """What changes without each mechanism, by outcome and route of entry."""
        table = tables["contributions"].set_index(["without", "outcome", "entrance"])
        codes = dict.fromkeys(tables["contributions"]["without"])
        columns = {_("Without"): [with_code(code) for code in codes]}
        written = NumberFormat("", 2)
        for outcome in OUTCOMES:
            for entrance in ENTRANCES:
                part = table.xs((outcome, entrance), level=("outcome", "entrance"))
                columns[names.outcome_name(f"{outcome}:{entrance}")] = [
                    written.marked(spread_of(row, "change")) for row in part.itertuples()
                ]
        title = _("Change without the mechanism, {when}, on the same people (○: could be none)")
        return [(title.format(when=after(plan.weeks)), pd.DataFrame(columns))]


def with_code(code: str) -> str:
    """A mechanism and its code."""
    return f"{mechanism(code)} ({code})"


def chart(plan: Plan, table: pd.DataFrame) -> Figure:
    """A panel an outcome, a row a mechanism."""
    labels = wrapped(with_code(code) for code in dict.fromkeys(table["without"]))
    figure, axes = labelled([names.outcome_name(outcome) for outcome in OUTCOMES], labels)
    for ax, outcome in zip(axes, OUTCOMES, strict=True):
        panel(ax, table, outcome)
    figure.legend(*axes[0].get_legend_handles_labels(), loc="outside upper left")
    note = _("change without the mechanism, {when}, on the same people; bars: 95% interval")
    style.under(figure, note.format(when=after(plan.weeks)))
    return figure


def panel(ax: Axes, table: pd.DataFrame, outcome: str) -> None:
    """One outcome: a row a mechanism, a dot a route of entry."""
    codes = list(dict.fromkeys(table["without"]))
    for j, entrance in enumerate(ENTRANCES):
        part = table[(table["outcome"] == outcome) & (table["entrance"] == entrance)]
        part = part.set_index("without").reindex(codes)
        errors = half_intervals(part, "change")
        ax.errorbar(
            part["change"], np.arange(len(codes)) + (j - 0.5) * 0.35, xerr=errors, fmt="os"[j],
            color=style.COLOURS[j], label=said(ROUTES[entrance]),
        )  # fmt: skip
    ax.axvline(0, color="black", linewidth=0.8)


def change_most(table: pd.DataFrame, outcome: str) -> dict[str, str]:
    """An outcome and what it changes most without, as parts of a sentence."""
    routes = [without(table, outcome, entrance) for entrance in ENTRANCES]
    return {"outcome": names.outcome_name(outcome), "routes": "; ".join(routes)}


def without(table: pd.DataFrame, outcome: str, entrance: str) -> str:
    """Without which mechanisms an outcome changes most by a route, and how."""
    parts = []
    for row in most(table, outcome, entrance).itertuples():
        change = NumberFormat("", decimals_for([], [row.change])).change(row.change)
        spread = spread_of(row, "change")
        if not spread.is_clear:
            text = _("{change}: could be none")
            if spread.is_over_sets:
                text = _("{change}: we don't know whether it is lower or higher")
            change = text.format(change=change)
        parts.append(f"‘{mechanism(row.without)}’ ({row.without}, {change})")
    clients = said(Word(*CLIENTS[entrance]))
    return _("for {clients}, without {names}").format(clients=clients, names=listed(parts))


def most(table: pd.DataFrame, outcome: str, entrance: str) -> pd.DataFrame:
    """What changes an outcome most by a route of entry, among what is clear if anything is."""
    part = table[(table["outcome"] == outcome) & (table["entrance"] == entrance)]
    clear = part[[spread_of(row, "change").is_clear for row in part.itertuples()]]
    ranked = (clear if len(clear) else part).sort_values(
        "change", key=lambda change: -change.abs(), kind="stable"
    )
    return ranked.head(NAMED)
