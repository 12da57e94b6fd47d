"""Comparison by `kring compare`: what is printed, the weeks as a figure, who is better off.

Every outcome of every week is kept, of all clients and by route of entry.
"""

from collections.abc import Iterable
from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd

from experiments import figures
from experiments.general import Tables
from experiments.study_file import Study
from simulation.comparison import EVERYBODY

SHOWN = {
    "problems": {"en": "problems per client", "nl": "problemen per cliënt"},
    "supporters": {"en": "supporters per client", "nl": "steungevers per cliënt"},
    "cost": {"en": "cost per client (EUR)", "nl": "kosten per cliënt (euro)"},
}
WEEK = {"en": "week", "nl": "week"}
BAND = {
    "en": "lines: means over the towns drawn; bands: 80% of the towns; from the week in which a "
    "tenth of the clients has entered",
    "nl": "lijnen: gemiddelden over de getrokken steden; banden: 80% van de steden; vanaf de week "
    "waarin een tiende van de cliënten is ingestroomd",
}


def tables(study: Study, found: Tables) -> Tables:
    """Shares of clients who end better and worse off than under the first policy, by seed."""
    runs = found["runs"].set_index("run")
    run = found["ends"]["run"]
    ends = found["ends"].assign(policy=run.map(runs["policy"]), seed=run.map(runs["seed"]))
    wide = ends.pivot(index=["seed", "client"], columns="policy", values="problems")
    parts = []
    for policy in study.policies:
        change = wide[policy.name] - wide[study.policies[0].name]
        better, worse = (side.groupby("seed").mean() for side in (change < 0, change > 0))
        parts.append(pd.DataFrame({"policy": policy.name, "better": better, "worse": worse}))
    fates = pd.concat(parts).reset_index()
    fates["same"] = 1 - fates["better"] - fates["worse"]
    return {"fates": fates[["policy", "seed", "better", "worse", "same"]]}


def printed(study: Study, found: Tables) -> str:
    """Differences in words: baseline, value, difference and its interval."""
    table = found["differences"]
    first, *others = (policy.name for policy in study.policies)
    base = table[table["policy"] == first].set_index("outcome")["value"]
    table = table[(table["policy"] != first) & (table["outcome"] != "entered")]
    baseline = table["outcome"].map(base)
    nothing = (baseline == 0) & (table["value"] == 0)  # such as refusals where no agency is
    keep = ~nothing.groupby(table["outcome"]).transform("all")
    table, baseline = table[keep], baseline[keep]
    span = "(" + table["low"].map("{:+.2f}".format) + " to " + table["high"].map("{:+.2f})".format)
    columns = {"outcome": table["outcome"] + " (" + table["unit"] + ")"}
    if len(others) > 1:
        columns["policy"] = table["policy"]
    columns |= {
        first: baseline.map("{:.2f}".format),
        "value" if len(others) > 1 else others[0]: table["value"].map("{:.2f}".format),
        "difference": table["difference"].map("{:+.2f}".format) + " " + span,
    }
    place = table["outcome"].map(study.outcomes.index).sort_values(kind="stable")
    return pd.DataFrame(columns).loc[place.index].to_string(index=False)


def lines(study: Study, found: Tables) -> Iterable[str]:
    """How many clients are better and worse off, and what the table is about."""
    shares = found["fates"].groupby("policy", sort=False)[["better", "worse"]].mean()
    for name, row in shares.iloc[1:].iterrows():
        better, worse = f"{row.better:.0%}", f"{row.worse:.0%}"
        yield f"{name}: {better} of clients end with fewer problems, {worse} with more."
    clients = study.town_of(study.policies[0]).clients
    yield (
        f"Week {study.weeks}; {clients} clients, {study.seeds} towns drawn; means over clients; "
        f"differences from {study.policies[0].name!r} on the same people, with 95% intervals."
    )


def chart(study: Study, found: Tables, language: str) -> plt.Figure:
    """Three outcomes over the weeks, a line a policy, bands of 80% of the towns drawn."""
    weekly = found["weekly"]
    table = weekly[weekly["entrance"] == EVERYBODY]
    table = table[table["entered"] >= 0.1 * table["entered"].max()]
    table = table.assign(policy=table["run"].map(found["runs"].set_index("run")["policy"]))
    figure, axes = plt.subplots(1, 3, figsize=(12, 4.4))
    for ax, (outcome, words) in zip(axes, SHOWN.items(), strict=True):
        grouped = table.groupby(["policy", "week"], sort=False)[outcome]
        part = grouped.agg(
            mean="mean", low=lambda v: v.quantile(0.1), high=lambda v: v.quantile(0.9)
        ).reset_index()
        figures.lines_with_bands(ax, part, "week", "mean", "policy", study.called(language))
        ax.set_title(words[language])
        ax.set_xlabel(WEEK[language])
        ax.set_ylim(bottom=0)
        figures.number_format(ax, language)
    figure.supxlabel(BAND[language], fontsize=9, color=figures.GREY)
    handles, labels = axes[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside upper center", ncols=min(len(study.policies), 3))
    return figure


def draw(study: Study, found: Tables, folder: Path) -> None:
    """The weeks, in both languages."""
    figures.in_both_languages(lambda language: chart(study, found, language), folder, "weekly")
