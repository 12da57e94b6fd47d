"""Reading of Rotterdam: the study's table, published against simulated, and trajectories."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from experiments import figures
from experiments.general import Tables
from experiments.study_file import Study
from simulation.evidence import figure
from simulation.rows import ENTRANCES
from simulation.study import WAVES, against_evidence

COLUMNS = ["statistic", "group", "moment", "published", "simulated", "low", "high", "inside"]
ASKED = 45
FROM_WEEK = 8  # before it too few have entered for a mean

ROUTE_NAMES = {
    "en": {"team": "neighbourhood team (WT)", "conference": "family group conference (EKC)"},
    "nl": {"team": "wijkteam (WT)", "conference": "Eigen Kracht-conferentie (EKC)"},
}
PUBLISHED = {  # outcome -> route of entry -> evidence at either wave
    "problems": {"team": ("E13", "E15"), "conference": ("E12", "E14")},
    "supporters": {"team": ("E21", "E23"), "conference": ("E20", "E22")},
}
TEXT = {
    "problems": {"en": "problems per client", "nl": "problemen per cliënt"},
    "supporters": {"en": "supporters per client", "nl": "steungevers per cliënt"},
    "week": {"en": "week of the study", "nl": "week van het onderzoek"},
    "published": {"en": "published (interviews)", "nl": "gepubliceerd (interviews)"},
    "band": {
        "en": "band: 95% of means of 45 clients",
        "nl": "band: 95% van gemiddelden van 45 cliënten",
    },
    "lines": {
        "en": "line: mean of all simulated clients, who enter in weeks 1 to 52",
        "nl": "lijn: gemiddelde van alle gesimuleerde cliënten, instroom in week 1 tot 52",
    },
}


def tables(study: Study, raw: Tables) -> Tables:
    """The study against what was published, week by week, and who entered."""
    full = against_evidence(raw["studies"].drop(columns="run"))
    weekly = raw["weekly"][raw["weekly"]["entrance"].isin(ENTRANCES)].drop(columns="run")
    mean = weekly.groupby(["entrance", "week"], as_index=False).mean()
    return {
        "table": full[COLUMNS],
        "fit": full[["id", *COLUMNS, "role", "deviation", "fits"]],
        "trajectories": trajectories(mean, raw["spread"]),
        "weekly_means": mean,
        "who_entered": who_entered(raw["entrants"], len(raw["runs"])),
    }


def band_of_means(counts: np.ndarray, luck: np.random.Generator) -> tuple[float, float]:
    """Where 95% of the means of 45 clients lie, from numbers of clients by count."""
    if not counts.sum():
        return float("nan"), float("nan")
    share = counts / counts.sum()
    means = luck.multinomial(ASKED, share, 1000) @ np.arange(len(share)) / ASKED
    low, high = np.quantile(means, [0.025, 0.975])
    return float(low), float(high)


def trajectories(weekly: pd.DataFrame, spread: pd.DataFrame) -> pd.DataFrame:
    """Mean problems and supporters by week and route; for problems, the band of 45 people."""
    luck = np.random.Generator(np.random.Philox(key=[45, 0]))
    counts = spread.drop(columns="run").groupby(["entrance", "week"]).sum()
    rows = []
    for entrance in ENTRANCES:
        part = weekly[weekly["entrance"] == entrance].set_index("week")
        for week in part.index[part.index >= FROM_WEEK]:
            low, high = band_of_means(counts.loc[(entrance, week)].to_numpy(), luck)
            problems, supporters = part.loc[week, ["problems", "supporters"]]
            rows.append((entrance, week, "problems", problems, low, high))
            rows.append((entrance, week, "supporters", supporters, np.nan, np.nan))
    return pd.DataFrame(rows, columns=["entrance", "week", "outcome", "mean", "low", "high"])


def who_entered(entrants: pd.DataFrame, towns: int) -> pd.DataFrame:
    """Clients by route of entry: how they differ before anything is done."""
    rows = []
    for entrance, part in entrants.groupby("entrance", sort=False):
        clients = part["clients"].to_numpy()
        means = {
            name: np.average(part[name], weights=clients)
            for name in part.columns.drop(["run", "entrance", "clients"])
        }
        rows.append({"entrance": entrance, "clients_a_year": clients.sum() / towns, **means})
    return pd.DataFrame(rows)


def readable(table: pd.DataFrame) -> pd.DataFrame:
    """The table with words and two decimals, as printed."""
    marks = {"input": " (input)", "calibrate": " (fitted)", "validate": ""}
    ordering = table["published"].isna()
    published = table["published"].map("{:.2f}".format).mask(ordering, "yes")
    simulated = table["simulated"].map("{:.2f}".format)
    simulated = simulated.mask(ordering, table["simulated"].map("{:+.2f}".format))
    span = table["low"].map("{:.2f}".format) + " to " + table["high"].map("{:.2f}".format)
    return pd.DataFrame(
        {
            "statistic": table["statistic"] + table["role"].map(marks),
            "group": table["group"],
            "moment": table["moment"],
            "published": published,
            "simulated": simulated,
            "95% of studies": span,
            "inside": table["inside"].map({True: "yes", False: "NO"}),
        }
    )


def left(table: pd.DataFrame) -> dict[str, Callable[[Any], str]]:
    """Formatters that keep words to the left."""
    widths = {c: max(table[c].astype(str).str.len().max(), len(c)) for c in table.columns}
    return {c: (lambda text, w=w: str(text).ljust(w)) for c, w in widths.items()}


def printed(study: Study, tables: Tables) -> str:
    """The study's table, to print before the reading."""
    table = readable(tables["fit"])
    return table.to_string(index=False, justify="left", formatters=left(table)) + "\n"


def trajectory_figure(table: pd.DataFrame, outcome: str, language: str) -> plt.Figure:
    """One outcome over the weeks, with what the interviews found."""
    chart, ax = plt.subplots(figsize=(8, 4.6))
    names = ROUTE_NAMES[language]
    part = table[table["outcome"] == outcome]
    figures.lines_with_bands(ax, part, "week", "mean", "entrance", names)
    for i, entrance in enumerate(names):
        ax.plot(
            WAVES,
            [figure(e) for e in PUBLISHED[outcome][entrance]],
            "os"[i],
            color=figures.COLOURS[i],
            markeredgecolor="black",
            markersize=(11, 7)[i],  # both show where they meet
            label=f"{TEXT['published'][language]}, {('WT', 'EKC')[i]}",
            zorder=5,
            clip_on=False,
        )
    ax.set_ylim(bottom=0)
    ax.set_xticks(range(0, 105, 26))
    ax.set_xlabel(TEXT["week"][language])
    ax.set_title(TEXT[outcome][language])
    note = TEXT["lines"][language]
    if outcome == "problems":
        note += "; " + TEXT["band"][language]
    chart.supxlabel(note, fontsize=8.5, color=figures.GREY, x=0.01, ha="left")
    figures.number_format(ax, language)
    ax.legend(loc="best")
    return chart


def draw(study: Study, tables: Tables, folder: Path) -> None:
    """Trajectories of both routes, supporters, and the table as a picture."""
    for outcome in PUBLISHED:
        figures.in_both_languages(
            lambda language, outcome=outcome: trajectory_figure(
                tables["trajectories"], outcome, language
            ),
            folder,
            outcome,
        )
    with figures.style():
        picture = figures.table_picture(
            readable(tables["fit"]),
            "The Rotterdam study: published and simulated",
            list(tables["fit"]["inside"]),
            [0.47, 0.17, 0.13, 0.08, 0.08, 0.12, 0.06],
        )
        figures.save(picture, folder, "table", "en")


def lines(study: Study, tables: Tables) -> Iterable[str]:
    """What fits and what does not, by role."""
    fit = tables["fit"]
    for role, name in (("calibrate", "fitted rows"), ("validate", "rows never fitted")):
        part = fit[fit["role"] == role]
        yield f"Of {len(part)} {name}, {int(part['inside'].sum())} lie inside the interval."
        for row in part[~part["inside"]].itertuples():
            yield f"- Outside: {row.statistic} ({row.group}, {row.moment})."
    off = fit[(fit["role"] == "calibrate") & ~fit["fits"] & fit["inside"]]
    for row in off.itertuples():
        what = f"{row.statistic} ({row.group}, {row.moment})"
        yield f"- More than 10% from the published mean: {what}: {row.deviation:+.0%}."
