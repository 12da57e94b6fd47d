"""Compare policies: the table of paired differences, its figure and its folder."""

from collections.abc import Mapping
from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd

from experiments import figures
from experiments.experiment import bar, say_if_compiling
from experiments.storage import result_folder
from experiments.sweep import SHOWN
from simulation.comparison import EVERYBODY, Comparison, compare
from simulation.parameters import Parameters
from simulation.policy import Policy
from simulation.town import Town

WEEK = {"en": "week", "nl": "week"}
BAND = {
    "en": "lines: means over the towns drawn; bands: 80% of the towns; from the week in which a "
    "tenth of the clients has entered",
    "nl": "lijnen: gemiddelden over de getrokken steden; banden: 80% van de steden; vanaf de week "
    "waarin een tiende van de cliënten is ingestroomd",
}


def compare_and_store(
    town: Town,
    policies: Mapping[str, Policy],
    weeks: int,
    seeds: range,
    parameters: Parameters,
    out: Path,
) -> Comparison:
    """Compare, write tables, figure and manifest, and print the differences."""
    say_if_compiling()
    with result_folder(out) as folder:
        with bar(len(policies) * len(seeds), "compare") as progress:
            found = compare(
                town,
                policies,
                weeks,
                seeds,
                parameters=parameters,
                progress=progress.update,
            )
        folder.table("differences", found.at())
        folder.table("fates", found.fates)
        folder.parquet("weekly", found.weekly)
        folder.note(
            town=town,
            policies=policies,
            parameters=parameters,
            weeks=weeks,
            seeds=seeds,
        )
        table = found.weekly
        figures.in_both_languages(lambda language: chart(table, language), folder.path, "weekly")
    print(readable(found).to_string(index=False))
    print(fates(found))
    print(
        f"Week {weeks}; {town.clients} clients, {len(seeds)} towns drawn; means over clients; "
        f"differences from {found.policies[0]!r} on the same people, with 95% intervals."
    )
    print(f"Tables, figures and manifest: {out}")
    return found


def readable(found: Comparison) -> pd.DataFrame:
    """Differences in words: baseline, value, difference and its interval."""
    table = found.differences
    table = table[table["outcome"] != "entered"]
    nothing = (table[["baseline", "value"]] == 0).all(axis=1)
    table = table[~nothing.groupby(table["outcome"]).transform("all")]  # such as refusals
    span = "(" + table["low"].map("{:+.2f}".format) + " to " + table["high"].map("{:+.2f})".format)
    many = len(found.policies) > 2
    columns = {"outcome": table["outcome"] + " (" + table["unit"] + ")"}
    if many:
        columns["policy"] = table["policy"]
    columns |= {
        found.policies[0]: table["baseline"].map("{:.2f}".format),
        "value" if many else found.policies[1]: table["value"].map("{:.2f}".format),
        "difference": table["difference"].map("{:+.2f}".format) + " " + span,
    }
    return pd.DataFrame(columns)


def fates(found: Comparison) -> str:
    """How many clients are better and worse off."""
    shares = found.fates.groupby("policy", sort=False)[["better", "worse"]].mean()
    lines = [
        f"{name}: {row.better:.0%} of clients end with fewer problems, {row.worse:.0%} with more."
        for name, row in shares.iloc[1:].iterrows()
    ]
    return "\n".join(lines)


def chart(weekly: pd.DataFrame, language: str) -> plt.Figure:
    """Three outcomes over the weeks, a line a policy, bands of 80% of the towns drawn."""
    table = weekly[weekly["entrance"] == EVERYBODY]
    table = table[table["entered"] >= 0.1 * table["entered"].max()]
    names = {name: name for name in table["policy"].unique()}
    figure, axes = plt.subplots(1, 3, figsize=(12, 4.4))
    for ax, (outcome, words) in zip(axes, SHOWN.items(), strict=True):
        grouped = table.groupby(["policy", "week"], sort=False)[outcome]
        part = grouped.agg(
            mean="mean", low=lambda v: v.quantile(0.1), high=lambda v: v.quantile(0.9)
        ).reset_index()
        figures.lines_with_bands(ax, part, "week", "mean", "policy", names)
        ax.set_title(words[language])
        ax.set_xlabel(WEEK[language])
        ax.set_ylim(bottom=0)
        figures.number_format(ax, language)
    figure.supxlabel(BAND[language], fontsize=9, color=figures.GREY)
    handles, labels = axes[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside upper center", ncols=min(len(names), 3))
    return figure
