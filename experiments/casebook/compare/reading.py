"""Comparison by `kring compare`: what is printed, the weeks as a figure, who is better off.

Every outcome of every week is kept, of all clients and by route of entry.
"""

from collections.abc import Iterable
from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd

from experiments.measures import measure
from experiments.reporting import figures
from experiments.reporting.amounts import Amounts
from experiments.reporting.answers import amount, join, listed
from experiments.reporting.charts import after
from experiments.reporting.findings import Findings
from experiments.reporting.general import Tables
from experiments.study.file import Study
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
MAIN = ("problems", "supporters", "network", "alone", "professionals", "cost")
NAMED = 2  # policies in the answer; the table has all
ANSWER = {
    "first": {
        "en": "{when}, against ‘{first}’, {policies}.",
        "nl": "{when} geeft, tegenover ‘{first}’, {policies}.",
    },
    "policy": {"en": "‘{policy}’ gives {parts}", "nl": "‘{policy}’ {parts}"},
    "fate": {
        "en": "with ‘{policy}’ {better} of clients end with fewer problems than with ‘{first}’ "
        "and {worse} with more",
        "nl": "met ‘{policy}’ heeft {better} van de cliënten aan het eind minder problemen dan "
        "met ‘{first}’ en {worse} meer",
    },
    "next_fate": {
        "en": "with ‘{policy}’ {better} and {worse}",
        "nl": "met ‘{policy}’ {better} en {worse}",
    },
}
TABLES = {
    "main": {
        "en": "The main outcomes, {when} (between brackets: difference on the same people; ○: "
        "could be none)",
        "nl": "De belangrijkste uitkomsten, {when} (tussen haakjes: verschil bij dezelfde mensen; "
        "○: kan ook nul zijn)",
    },
    "outcome": {"en": "Outcome", "nl": "Uitkomst"},
    "fates": {
        "en": "Clients who end with fewer and with more problems than under ‘{first}’",
        "nl": "Cliënten die minder en die meer problemen overhouden dan met ‘{first}’",
    },
    "fates_head": {
        "en": ("Policy", "Fewer", "As many", "More"),
        "nl": ("Beleid", "Minder", "Evenveel", "Meer"),
    },
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
        part = part.sort_values("week")  # towns differ in the first
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


def answer(study: Study, tables: Tables, language: str) -> str:
    """What the first policies change in problems, supporters and cost, and who is better off."""
    found, changes, fates = Findings(study, tables, language), [], []
    shares = tables["fates"].groupby("policy", sort=False)[["better", "worse"]].mean()
    percent, first = Amounts("share", 0, language), study.policies[0].called(language)
    for policy in study.policies[1 : NAMED + 1]:
        name = policy.called(language)
        parts = [amount(found, policy.name, outcome) for outcome in SHOWN]
        part = ANSWER["policy"][language]
        changes.append(part.format(policy=name, parts=listed(parts, language)))
        better, worse = (percent.value(share) for share in shares.loc[policy.name])
        fate = ANSWER["next_fate" if fates else "fate"][language]
        fates.append(fate.format(policy=name, first=first, better=better, worse=worse))
    sentence = ANSWER["first"][language]
    return join(
        sentence.format(
            when=after(study.weeks, language), first=first, policies="; ".join(changes)
        ),
        "; ".join(fates) + ".",
    )


def page_tables(study: Study, tables: Tables, language: str) -> list[tuple[str, pd.DataFrame]]:
    """The main outcomes by policy, and who is better and worse off."""
    found = Findings(study, tables, language)
    shown = [name for name in MAIN if name in found.outcomes()]
    columns = {TABLES["outcome"][language]: [titled(name, language) for name in shown]}
    for policy in study.policies:
        said = []
        for name in shown:
            row, amounts = found.row(policy.name, name), found.amounts(name)
            change = amounts.marked(row.difference, row.low, row.high)
            said.append(amounts.value(row.value) + (f" ({change})" if row.is_compared else ""))
        columns[policy.called(language)] = said
    return [
        (TABLES["main"][language].format(when=after(study.weeks, language)), pd.DataFrame(columns)),
        fates_in_words(study, tables["fates"], language),
    ]


def titled(outcome: str, language: str) -> str:
    """An outcome and its unit, where its values do not carry it."""
    about = measure(outcome)
    unit = "" if about.unit in ("share", "EUR") else f" ({about.unit_in(language)})"
    return about.words(language) + unit


def fates_in_words(study: Study, table: pd.DataFrame, language: str) -> tuple[str, pd.DataFrame]:
    """Shares of clients who end better and worse off, by policy."""
    first, *others = study.policies
    shares = table.groupby("policy", sort=False)[["better", "same", "worse"]].mean()
    percent = Amounts("share", 0, language)
    rows = [
        (policy.called(language), *(percent.value(v) for v in shares.loc[policy.name]))
        for policy in others
    ]
    title = TABLES["fates"][language].format(first=first.called(language))
    return title, pd.DataFrame(rows, columns=TABLES["fates_head"][language])
