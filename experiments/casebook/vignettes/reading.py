"""Reading of the study's three vignettes: the sum of events and prices that leads to each.

Of those to whom a vignette applies, and for whose household the network's support worked, what was
spent in a year with the team as it is and with a conference is laid side by side by component. The
published figures (E33 to E35, role 'validate') are least net savings of such a case.
"""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd

from kring.experiments.analyses.base import Tables
from kring.experiments.casebook.vignettes.chart import vignette_chart
from kring.experiments.casebook.vignettes.sums import (
    CASH,
    COMPONENTS,
    NET,
    TIME,
    VIGNETTES,
    Vignette,
    sums,
)
from kring.experiments.reading.base import Draw, Reading
from kring.experiments.reading.sentences import join
from kring.experiments.study.plan import Plan
from kring.experiments.text.formats import NumberFormat
from kring.experiments.text.language import _, in_context, said
from kring.experiments.text.numbers import listed

EUROS = NumberFormat("EUR", 0)


class VignettesReading(Reading):
    """Which published savings of a single case are reached, and what each is made of."""

    def tables(self, plan: Plan, tables: Tables) -> Tables:
        """The sum of each vignette."""
        return {"vignettes": sums(plan, tables["runs"], tables["cases"])}

    def figures(self, plan: Plan, tables: Tables) -> Mapping[str, Draw]:
        """The three sums beside each other."""
        return {plan.name: lambda: vignette_chart(tables["vignettes"])}

    def lines(self, plan: Plan, tables: Tables) -> Iterable[str]:
        """Each vignette as a sum, and how it compares with the published figure."""
        yield "The study's vignettes, from simulated events and prices (EUR in the first year):"
        for name, part in tables["vignettes"].groupby("vignette", sort=False):
            yield f"- {name}, {as_a_sum(part.set_index('component'))}."

    def answer(self, plan: Plan, tables: Tables) -> str:
        """Which published savings are reached and which are not."""
        reached: list[str] = []
        missed: list[str] = []
        for vignette, net in nets(tables):
            kind = reached if net["eur"] >= net["published"] else missed
            kind.append(case_in_words(vignette, net))
        first = _(
            "of the {n} published savings in a case in which the network's support worked, the "
            "simulation reaches {k} in the first year{names}."
        ).format(n=len(VIGNETTES), k=len(reached), names=f": {listed(reached)}" if reached else "")
        if not missed:
            return join(first, _("none falls short."))
        return join(first, _("not reached: {names}.").format(names=listed(missed)))

    def page_tables(self, plan: Plan, tables: Tables) -> Sequence[tuple[str, pd.DataFrame]]:
        """Each vignette as a sum, beside what was published."""
        words, table = (
            (*COMPONENTS.values(), NET, CASH, TIME),
            tables["vignettes"].set_index("vignette"),
        )
        columns = {
            in_context("of a sum", "Part"): [
                *map(said, words),
                _("95% of the sets, or of the towns of one set"),
                _("published, at least"),
                _("number of cases"),
            ]
        }
        for vignette, net in nets(tables):
            saved = table.loc[vignette.evidence].set_index("component")["eur"]
            columns[f"{said(vignette.about)} ({vignette.evidence})"] = [
                *(EUROS.signed(saved[word.en]) for word in words),
                EUROS.signed_span(net["low"], net["high"]),
                EUROS.value(net["published"]),
                f"{net['cases']:.0f}",
            ]
        title = _(
            "What a case saves in the first year (EUR, mean over the cases; + saves, − costs): "
            "money "
            "that nobody pays; hours of the team are paid all the same, and stand apart"
        )
        return [(title, pd.DataFrame(columns))]


def as_a_sum(part: pd.DataFrame) -> str:
    """What a vignette is about, its sum, and whether what was published is reached."""
    net = part.loc[NET.en]
    if not net.cases:
        return f"{net.about}: no such case in the towns drawn"
    saved = " ".join(f"{part.loc[word.en].eur:+,.0f} {word.en}" for word in COMPONENTS.values())
    published = float(net.published)
    verdict = "reached" if net.eur >= published else "NOT reached"
    span = f"{net.low:+,.0f} to {net.high:+,.0f}; " if np.isfinite(net.low) else ""
    cases = f"{span}{net.cases} case{'s' if net.cases > 1 else ''}"
    return (
        f"{net.about}: {saved} = {net.eur:+,.0f} ({cases}), of which cash of the municipality "
        f"{part.loc[CASH.en].eur:+,.0f}; published: at least {published:,.0f}, {verdict}; time of "
        f"the team freed could be worth {part.loc[TIME.en].eur:+,.0f}"
    )


def nets(tables: Tables) -> list[tuple[Vignette, pd.Series]]:
    """Each vignette with its net saving."""
    table = tables["vignettes"]
    net = table[table["component"] == NET.en].set_index("vignette")
    return [(vignette, net.loc[vignette.evidence]) for vignette in VIGNETTES]


def case_in_words(vignette: Vignette, net: pd.Series) -> str:
    """A vignette with what was saved and what was published."""
    text = _("‘{about}’ ({net} per case; published: {published} or more)")
    if not net["cases"]:
        text = _("‘{about}’ (no such case in the towns drawn; published: {published} or more)")
    return text.format(
        about=said(vignette.about),
        net=EUROS.signed(net["eur"]),
        published=EUROS.value(net["published"]),
    )
