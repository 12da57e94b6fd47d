"""Reading of Rotterdam: the study's table, published against simulated, and trajectories."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from experiments.reporting import evidence_words, figures
from experiments.reporting.amounts import Amounts
from experiments.reporting.answers import join, listed
from experiments.reporting.general import Tables
from experiments.study.file import Study
from simulation.evidence import evidence, figure
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
ANSWER = {
    "counts": {
        "en": "of {n} published figures that had no say in choosing the strengths of the "
        "mechanisms, {k} lie where 95 of 100 such small studies come out, and of {m} by which "
        "they were chosen {j} do.",
        "nl": "van {n} gepubliceerde cijfers die niet zijn gebruikt om de sterkte van de "
        "mechanismen te kiezen, liggen er {k} waar 95 van de 100 zulke kleine onderzoeken "
        "uitkomen, en van {m} waarmee wel is gekozen {j}.",
    },
    "outside": {"en": "outside lie {names}.", "nl": "daarbuiten liggen {names}."},
    "none": {"en": "none lies outside.", "nl": "daarbuiten ligt er geen."},
    "calibrate": {"en": ", used to choose", "nl": ", waarmee is gekozen"},
    "validate": {"en": "", "nl": ""},
}
FIT = {
    "validate": {
        "en": "Published figures that had no say in choosing the strengths (between brackets: "
        "where 95 of 100 such small studies come out; of an ordering, the difference)",
        "nl": "Gepubliceerde cijfers die niet zijn gebruikt om de sterktes te kiezen (tussen "
        "haakjes: waar 95 van de 100 zulke kleine onderzoeken uitkomen; van een volgorde het "
        "verschil)",
    },
    "calibrate": {
        "en": "Figures by which the strengths were chosen (beside ‘yes’: how far the mean is off, "
        "where that is more than 10%)",
        "nl": "Cijfers waarmee de sterktes zijn gekozen (naast ‘ja’: hoever het gemiddelde ernaast "
        "zit, waar dat meer dan 10% is)",
    },
    "input": {"en": "Figures that were put in", "nl": "Cijfers die zijn ingevoerd"},
    "head": {
        "en": ("Figure", "Of whom, when", "Published", "Simulated", "Inside"),
        "nl": ("Cijfer", "Van wie, wanneer", "Gepubliceerd", "Gesimuleerd", "Erin"),
    },
    "yes": {"en": "yes", "nl": "ja"},
    "no": {"en": "NO", "nl": "NEE"},
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


def called(row: Any, language: str) -> str:
    """A row of the study's table: what, of whom, when, and whether it was used to choose."""
    what, who, when = (
        words(row.id, language)
        for words in (evidence_words.statistic, evidence_words.group, evidence_words.moment)
    )
    return f"{what} ({who}, {when}{ANSWER[row.role][language]})"


def answer(study: Study, tables: Tables, language: str) -> str:
    """How many published figures lie inside, those that had no say first, and which do not."""
    fit = tables["fit"]
    free, used = (fit[fit["role"] == role] for role in ("validate", "calibrate"))
    counts = ANSWER["counts"][language].format(
        n=len(free), k=free["inside"].sum(), m=len(used), j=used["inside"].sum()
    )
    both = pd.concat([free, used])
    names = [called(row, language) for row in both[~both["inside"]].itertuples()]
    outside = ANSWER["outside" if names else "none"][language]
    return join(counts, outside.format(names=listed(names, language) if names else ""))


def fit_row(row: Any, language: str) -> tuple[str, ...]:
    """A row of the study's table in words."""
    is_share = evidence().loc[row.id, "unit"].startswith("share")
    amounts = Amounts("share", 0, language) if is_share else Amounts("", 2, language)
    is_ordering = np.isnan(row.published)
    value = amounts.signed if is_ordering else amounts.value
    span = amounts.signed_span if is_ordering else amounts.between
    inside = FIT["yes" if row.inside else "no"][language]
    if row.role == "calibrate" and row.inside and not row.fits:
        inside += f" ({Amounts('relative', 0, language).signed(row.deviation)})"
    who, when = evidence_words.group(row.id, language), evidence_words.moment(row.id, language)
    return (
        evidence_words.statistic(row.id, language),
        f"{who}, {when}",
        FIT["yes"][language] if is_ordering else value(row.published),
        f"{value(row.simulated)} ({span(row.low, row.high)})",
        inside,
    )


def page_tables(study: Study, tables: Tables, language: str) -> list[tuple[str, pd.DataFrame]]:
    """The study's table in words: what had no say, what was used to choose, what was put in."""
    found = []
    for role in ("validate", "calibrate", "input"):
        part = tables["fit"][tables["fit"]["role"] == role]
        rows = [fit_row(row, language) for row in part.itertuples()]
        found.append((FIT[role][language], pd.DataFrame(rows, columns=FIT["head"][language])))
    return found
