"""Reading of the study's three vignettes: the sum of events and prices that leads to each.

Of those to whom a vignette applies, and for whose household the network's support worked, what was
spent in a year with the team as it is and with a conference is laid side by side by component. The
published figures (E33 to E35, role 'validate') are least net savings of such a case.
"""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from experiments.analysis.pairs import runs_of
from experiments.reporting import figures
from experiments.reporting.amounts import Amounts
from experiments.reporting.answers import join, listed
from experiments.reporting.general import Tables
from experiments.study.file import Study
from simulation.comparison import interval
from simulation.evidence import figure

WORKED = 0.5  # of the need is met by the network: its support worked
COMPONENTS = {  # column -> English, Dutch
    "foster_care": ("foster care", "pleegzorg"),
    "inquiry": ("inquiry", "raadsonderzoek"),
    "conference": ("conference", "conferentie"),
    "guidance_and_team": ("guidance and team", "begeleiding en team"),
}
NET = ("net saving", "netto besparing")
AXIS = {
    "en": "EUR per case in the first year; right: saved; bars of the net saving: 95% interval "
    "over towns; diamonds: published, at least",
    "nl": "euro per zaak in het eerste jaar; rechts: bespaard; balken bij de netto besparing: "
    "95%-interval over steden; ruiten: gepubliceerd, ten minste",
}
ANSWER = {
    "reached": {
        "en": "of the {n} published savings in a case in which the network's support worked, the "
        "simulation reaches {k} in the first year{names}.",
        "nl": "van de {n} gepubliceerde besparingen in een zaak waarin de steun van het netwerk "
        "werkte, haalt de simulatie er in het eerste jaar {k}{names}.",
    },
    "all": {"en": "none falls short.", "nl": "geen enkele blijft achter."},
    "missed": {"en": "not reached: {names}.", "nl": "niet gehaald: {names}."},
    "case": {
        "en": "‘{about}’ ({net} per case; published: {published} or more)",
        "nl": "‘{about}’ ({net} per zaak; gepubliceerd: {published} of meer)",
    },
    "no_case": {
        "en": "‘{about}’ (no such case in the towns drawn; published: {published} or more)",
        "nl": "‘{about}’ (geen zo’n zaak in de getrokken steden; gepubliceerd: {published} of "
        "meer)",
    },
}
TABLE = {
    "title": {
        "en": "What a case saves in the first year (EUR, mean over the cases; + saves, − costs)",
        "nl": "Wat een zaak in het eerste jaar bespaart (euro, gemiddeld over de zaken; + "
        "bespaart, − kost)",
    },
    "component": {"en": "Part", "nl": "Onderdeel"},
    "interval": {"en": "95% interval over towns", "nl": "95%-interval over steden"},
    "published": {"en": "published, at least", "nl": "gepubliceerd, ten minste"},
    "cases": {"en": "number of cases", "nl": "aantal zaken"},
}


class Vignette(NamedTuple):
    """One vignette: evidence, what it is about in two languages, and to whom it applies.

    `applies` takes the cases of both policies, client by client, with columns ending in `_before`
    (the team as it is) and `_after` (the conference), and tells which are meant.
    """

    evidence: str
    en: str
    nl: str
    applies: Callable[[pd.DataFrame], pd.Series]

    def about(self, language: str) -> str:
        """What it is about, in a language."""
        return self.nl if language == "nl" else self.en


def foster_care_avoided(cases: pd.DataFrame) -> pd.Series:
    """Children placed under the team as it is who are not with the conference."""
    return (cases["weeks_of_care_before"] > 0) & (cases["weeks_of_care_after"] == 0)


def adult_with_household(cases: pd.DataFrame) -> pd.Series:
    """Adults without children with mental-health complaints whose household or papers suffer."""
    burden = cases["had_daily_living_before"] | cases["had_finances_before"]
    return ~cases["children_before"] & cases["had_mental_health_before"] & burden


def conflict_divorce(cases: pd.DataFrame) -> pd.Series:
    """Those with a conflict at home that reaches the children; no foster care either way."""
    children = cases["had_parenting_before"] | cases["had_youth_before"]
    placed = (cases["weeks_of_care_before"] > 0) | (cases["weeks_of_care_after"] > 0)
    return cases["had_domestic_relations_before"] & children & ~placed


VIGNETTES = (
    Vignette("E33", "network support avoids foster care", "steun voorkomt pleegzorg",
             foster_care_avoided),
    Vignette("E34", "network runs household and paperwork", "netwerk doet huishouden en papieren",
             adult_with_household),
    Vignette("E35", "network supervises after a conflict divorce",
             "netwerk houdt toezicht na een vechtscheiding", conflict_divorce),
)  # fmt: skip


def tables(study: Study, raw: Tables) -> Tables:
    """The sum of each vignette: saved by component, net, its interval, and the published figure."""
    team, conference = study.policies[:2]
    before, after = (
        raw["cases"].merge(runs_of(raw["runs"], policy.name)[["run", "seed"]]).drop(columns="run")
        for policy in (team, conference)
    )
    both = before.merge(after, on=["seed", "client"], suffixes=("_before", "_after"))
    worked = both[both["network_help_after"] >= WORKED]
    return {"vignettes": pd.concat([sums(v, worked[v.applies(worked)]) for v in VIGNETTES])}


def sums(vignette: Vignette, cases: pd.DataFrame) -> pd.DataFrame:
    """What a vignette's cases save, by component and net."""
    saved = pd.DataFrame(
        {en: cases[f"{c}_before"] - cases[f"{c}_after"] for c, (en, _) in COMPONENTS.items()}
    )
    saved[NET[0]] = saved.sum(axis=1)
    nobody = (np.nan,) * 3
    rows = [(c, *(interval(saved[c], cases["seed"]) if len(saved) else nobody)) for c in saved]
    table = pd.DataFrame(rows, columns=["component", "eur", "low", "high"])
    table.insert(0, "vignette", vignette.evidence)
    table.insert(1, "about", vignette.en)
    table["cases"] = len(cases)
    table["published"] = np.where(table["component"] == NET[0], figure(vignette.evidence), np.nan)
    return table


def panel(ax: plt.Axes, vignette: Vignette, table: pd.DataFrame, language: str) -> None:
    """One vignette as a sum: a bar a component, and the net saving beside what was published."""
    part = table[table["vignette"] == vignette.evidence].set_index("component")
    words = [*COMPONENTS.values(), NET]
    part = part.loc[[en for en, _ in words]]
    y = np.arange(len(part))
    colours = [figures.VERMILION if v < 0 else figures.BLUE for v in part["eur"]]
    ax.barh(y, part["eur"].fillna(0), color=colours, height=0.6)
    net = part.loc[NET[0]]
    if np.isfinite(net["low"]):
        ax.errorbar(
            net["eur"], y[-1], xerr=[[net["eur"] - net["low"]], [net["high"] - net["eur"]]],
            color="black", capsize=3,
        )  # fmt: skip
    ax.plot(net["published"], y[-1], "D", color="black", markerfacecolor="white", zorder=5)
    ax.axvline(0, color="black", linewidth=0.8)
    ax.set_axisbelow(True)
    cases = {"en": "cases", "nl": "zaken"}[language]
    ax.set_title(
        f"{vignette.evidence}: {vignette.about(language)}\n({net['cases']:.0f} {cases})",
        fontsize=9.5,
    )
    ax.set_yticks(y, [word[language == "nl"] for word in words])
    ax.set_ylim(len(part) - 0.5, -0.5)
    ax.grid(axis="y", visible=False)
    ax.grid(axis="x", color="#E5E5E5")
    ax.locator_params(axis="x", nbins=4)
    figures.plain_numbers(ax.xaxis, language)


def draw(study: Study, tables: Tables, folder: Path) -> None:
    """The three sums beside each other."""

    def chart(language: str) -> plt.Figure:
        chart, axes = plt.subplots(1, len(VIGNETTES), figsize=(12.5, 3.8), sharey=True)
        for ax, vignette in zip(axes, VIGNETTES, strict=True):
            panel(ax, vignette, tables["vignettes"], language)
        chart.supxlabel(AXIS[language], fontsize=9, color=figures.GREY)
        return chart

    figures.in_both_languages(chart, folder, study.name)


def lines(study: Study, tables: Tables) -> Iterable[str]:
    """Each vignette as a sum, and how it compares with the published figure."""
    yield "The study's vignettes, from simulated events and prices (EUR in the first year):"
    for name, part in tables["vignettes"].groupby("vignette", sort=False):
        by = part.set_index("component")
        net = by.loc[NET[0]]
        if not net.cases:
            yield f"- {name}, {net.about}: no such case in the towns drawn."
            continue
        said = " ".join(f"{by.loc[en].eur:+,.0f} {en}" for en, _ in COMPONENTS.values())
        published = float(net.published)
        verdict = "reached" if net.eur >= published else "NOT reached"
        span = f"{net.low:+,.0f} to {net.high:+,.0f}; " if np.isfinite(net.low) else ""
        cases = f"{span}{net.cases} case{'s' if net.cases > 1 else ''}"
        yield (
            f"- {name}, {net.about}: {said} = {net.eur:+,.0f} "
            f"({cases}); published: at least {published:,.0f}, "
            f"{verdict}."
        )


def nets(tables: Tables) -> list[tuple[Vignette, pd.Series]]:
    """Each vignette with its net saving."""
    table = tables["vignettes"]
    net = table[table["component"] == NET[0]].set_index("vignette")
    return [(vignette, net.loc[vignette.evidence]) for vignette in VIGNETTES]


def case_words(vignette: Vignette, net: pd.Series, language: str) -> str:
    """A vignette with what was saved and what was published."""
    amounts = Amounts("EUR", 0, language)
    return ANSWER["case" if net["cases"] else "no_case"][language].format(
        about=vignette.about(language),
        net=amounts.signed(net["eur"]),
        published=amounts.value(net["published"]),
    )


def answer(study: Study, tables: Tables, language: str) -> str:
    """Which published savings are reached and which are not."""
    reached, missed = [], []
    for vignette, net in nets(tables):
        kind = reached if net["eur"] >= net["published"] else missed
        kind.append(case_words(vignette, net, language))
    names = f": {listed(reached, language)}" if reached else ""
    first = ANSWER["reached"][language].format(n=len(VIGNETTES), k=len(reached), names=names)
    if not missed:
        return join(first, ANSWER["all"][language])
    return join(first, ANSWER["missed"][language].format(names=listed(missed, language)))


def page_tables(study: Study, tables: Tables, language: str) -> list[tuple[str, pd.DataFrame]]:
    """Each vignette as a sum, beside what was published."""
    amounts, table = Amounts("EUR", 0, language), tables["vignettes"].set_index("vignette")
    words = [word[language == "nl"] for word in (*COMPONENTS.values(), NET)]
    words += [TABLE[key][language] for key in ("interval", "published", "cases")]
    columns = {TABLE["component"][language]: words}
    for vignette, net in nets(tables):
        saved = table.loc[vignette.evidence].set_index("component")["eur"]
        columns[f"{vignette.about(language)} ({vignette.evidence})"] = [
            *(amounts.signed(saved[en]) for en, _ in (*COMPONENTS.values(), NET)),
            amounts.signed_span(net["low"], net["high"]),
            amounts.value(net["published"]),
            f"{net['cases']:.0f}",
        ]
    return [(TABLE["title"][language], pd.DataFrame(columns))]
