"""Reading of swapped routes: how far problems fell in each group, and what that is made of."""

from collections.abc import Iterable
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from experiments.analysis.pairs import of_policy
from experiments.reporting import figures
from experiments.reporting.amounts import Amounts
from experiments.reporting.answers import join, listed, sure
from experiments.reporting.charts import after
from experiments.reporting.general import Tables, between
from experiments.study.file import Study
from simulation.comparison import interval
from simulation.rows import ENTRANCES

TEAM, CONFERENCE, NOBODY = "wijkteam", "conference, all accept", "natural recovery alone"
GROUPS = {
    "en": {"team": "clients of the team", "conference": "clients of the conference"},
    "nl": {"team": "cliënten van het wijkteam", "conference": "cliënten van de conferentie"},
}
TITLE = {
    "en": "fall in problems per client, from entry to the end of year 2",
    "nl": "afname van problemen per cliënt, van instroom tot eind jaar 2",
}
BARS = {
    "en": "bars: means over the towns drawn, with their 95% interval",
    "nl": "staven: gemiddelden over de getrokken steden, met hun 95%-interval",
}
PARTS = {
    "observed difference": {"en": "observed difference", "nl": "waargenomen verschil"},
    "route": {"en": "the route", "nl": "de route"},
    "who entered": {"en": "who entered", "nl": "wie er instroomde"},
    "natural recovery": {"en": "natural recovery", "nl": "natuurlijk herstel"},
}
ANSWER = {
    "observed": {
        "en": "{when}, the fall in problems since entry is {change} for clients of the conference "
        "than for clients of the team{sure}.",
        "nl": "{when} is de afname van problemen sinds instroom bij cliënten van de conferentie "
        "{change} dan bij cliënten van het wijkteam{sure}.",
    },
    "split": {"en": "of that, {parts}.", "nl": "daarvan hoort {parts}."},
    "part": {"en": "{change}{span} comes with {part}", "nl": "{change}{span} bij {part}"},
}
TABLES = {
    "falls": {
        "en": "Fall in problems per client since entry (between brackets: 95% interval)",
        "nl": "Afname van problemen per cliënt sinds instroom (tussen haakjes: 95%-interval)",
    },
    "split": {
        "en": "What the difference between both groups is made of (problems per client)",
        "nl": "Waaruit het verschil tussen beide groepen bestaat (problemen per cliënt)",
    },
    "head": {
        "en": ("Part", "Difference", "95% interval"),
        "nl": ("Deel", "Verschil", "95%-interval"),
    },
    "route": {"en": "Help by", "nl": "Hulp via"},
}


def tables(study: Study, raw: Tables) -> Tables:
    """Falls by route and group, and the split of the difference."""
    return {"falls": fall_table(study, raw["runs"]), "split": split_table(study, raw["runs"])}


def fall_table(study: Study, runs: pd.DataFrame) -> pd.DataFrame:
    """Falls by policy and group of clients, with intervals over seeds."""
    rows = []
    for policy in study.policies:
        found = of_policy(study, runs, policy.name)
        for group in ENTRANCES:
            rows.append((policy.name, group, *interval(found[f"fall_{group}"].dropna())))
    return pd.DataFrame(rows, columns=["route", "clients", "fall", "low", "high"])


def split_table(study: Study, runs: pd.DataFrame) -> pd.DataFrame:
    """The difference in fall between the groups as they were helped, and its three parts.

    The parts add up exactly: `natural recovery` is the groups' difference where no professional
    comes and nobody is asked; `route` is the mean over both groups of what the conference does
    beyond the team; `who entered` is what remains, the groups' difference under the same help
    beyond natural recovery.
    """
    team, conference, alone = (of_policy(study, runs, n) for n in (TEAM, CONFERENCE, NOBODY))
    observed = conference["fall_conference"] - team["fall_team"]
    natural = alone["fall_conference"] - alone["fall_team"]
    route = (conference - team)[["fall_team", "fall_conference"]].mean(axis=1, skipna=False)
    parts = {
        "observed difference": observed,
        "route": route,
        "who entered": observed - natural - route,
        "natural recovery": natural,
    }
    rows = [(name, *interval(values.dropna())) for name, values in parts.items()]
    return pd.DataFrame(rows, columns=["part", "problems", "low", "high"])


def chart(study: Study, table: pd.DataFrame, language: str) -> plt.Figure:
    """A pair of bars for each route: both groups of clients."""
    figure, ax = plt.subplots(figsize=(8, 4.8))
    labels = [name.replace(", ", ",\n") for name in study.called(language).values()]
    for j, (group, label) in enumerate(GROUPS[language].items()):
        part = table[table["clients"] == group]
        errors = np.nan_to_num([part["fall"] - part["low"], part["high"] - part["fall"]])
        ax.bar(
            np.arange(len(part)) + (j - 0.5) * 0.38, part["fall"], 0.36, yerr=errors, capsize=3,
            color=figures.COLOURS[j], hatch=("", "//")[j], edgecolor="white", label=label,
        )  # fmt: skip
    ax.set_axisbelow(True)
    ax.axhline(0, color="black", linewidth=0.8)
    ax.set_xticks(range(len(labels)), labels)
    ax.set_title(TITLE[language])
    figures.plain_numbers(ax.yaxis, language)
    figure.legend(loc="outside upper right", ncols=2)
    figure.supxlabel(BARS[language], fontsize=9, color=figures.GREY)
    return figure


def draw(study: Study, tables: Tables, folder: Path) -> None:
    """Falls of both groups by every route."""
    figures.in_both_languages(
        lambda language: chart(study, tables["falls"], language), folder, study.name
    )


def lines(study: Study, tables: Tables) -> Iterable[str]:
    """The split in words."""
    yield (
        "Problems that conference clients lose more than team clients, per client from entry to "
        "the end of year 2, and the parts of that difference:"
    )
    for row in tables["split"].itertuples():
        yield f"- {row.part}: {row.problems:+.2f} ({between(row.low, row.high)})"


def answer(study: Study, tables: Tables, language: str) -> str:
    """How much further problems fall in one group than in the other, and what that is made of."""
    amounts = Amounts("problems", 2, language)
    whole, *parts = tables["split"].itertuples()
    observed = ANSWER["observed"][language].format(
        when=after(study.weeks, language),
        change=amounts.change(whole.problems),
        sure=sure(amounts, whole.low, whole.high),
    )
    said = [
        ANSWER["part"][language].format(
            change=amounts.signed(row.problems),
            span=f" ({amounts.signed_span(row.low, row.high)})" if np.isfinite(row.low) else "",
            part=PARTS[row.part][language],
        )
        for row in parts
    ]
    return join(observed, ANSWER["split"][language].format(parts=listed(said, language)))


def page_tables(study: Study, tables: Tables, language: str) -> list[tuple[str, pd.DataFrame]]:
    """The falls by route and group, and the split."""
    amounts = Amounts("problems", 2, language)
    falls = tables["falls"].set_index(["route", "clients"])
    groups = GROUPS[language]
    rows = []
    for policy in study.policies:
        found = [falls.loc[(policy.name, group)] for group in groups]
        said = [f"{amounts.value(f.fall)} ({amounts.between(f.low, f.high)})" for f in found]
        rows.append((policy.called(language), *said))
    by_route = pd.DataFrame(rows, columns=[TABLES["route"][language], *groups.values()])
    rows = [
        (PARTS[r.part][language], amounts.signed(r.problems), amounts.signed_span(r.low, r.high))
        for r in tables["split"].itertuples()
    ]
    split = pd.DataFrame(rows, columns=TABLES["head"][language])
    return [(TABLES["split"][language], split), (TABLES["falls"][language], by_route)]
