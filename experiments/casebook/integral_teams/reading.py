"""Reading of integral teams: what they cost against the old way, beside what was published.

What integral teams cost against the old way has been published (E41). It stands beside what is
simulated, and nothing is fitted to it.
"""

from collections.abc import Iterable
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from experiments.reporting import figures, general
from experiments.reporting.amounts import Amounts
from experiments.reporting.answers import join, sure, told
from experiments.reporting.charts import after
from experiments.reporting.findings import Findings
from experiments.reporting.general import Tables
from experiments.study.file import Study
from simulation.comparison import interval
from simulation.evidence import figure

PUBLISHED = figure("E41")
INTEGRAL = "broad team, one plan"
FAMILIES = "families with problems"
COSTS = {
    "cost": {"en": "all clients", "nl": "alle cliënten"},
    "cost_families": {"en": FAMILIES, "nl": "gezinnen met problemen"},
}
WORDS = {
    "en": "cost of help per client, against agencies each with a plan",
    "nl": "kosten van hulp per cliënt, tegenover instellingen met elk een plan",
    "published": {"en": "published for families (E41)", "nl": "gepubliceerd, gezinnen (E41)"},
    "simulated": {"en": "simulated, 95% interval", "nl": "gesimuleerd, 95%-interval"},
}
ANSWER = {
    "families": {
        "en": "{when}, ‘{integral}’ makes the cost of help {change} for families with problems "
        "than ‘{first}’ does{sure}; published is {published}, {place} that interval.",
        "nl": "{when} zijn de kosten van hulp voor gezinnen met problemen met ‘{integral}’ "
        "{change} dan met ‘{first}’{sure}; gepubliceerd is {published}, {place} dat interval.",
    },
    "families_one": {
        "en": "{when}, ‘{integral}’ makes the cost of help {change} for families with problems "
        "than ‘{first}’ does; published is {published}.",
        "nl": "{when} zijn de kosten van hulp voor gezinnen met problemen met ‘{integral}’ "
        "{change} dan met ‘{first}’; gepubliceerd is {published}.",
    },
    "inside": {"en": "within", "nl": "binnen"},
    "outside": {"en": "outside", "nl": "buiten"},
    "all": {
        "en": "for all clients together it is {change}, problems per client are {problems}, and "
        "of the forms compared ‘{cheapest}’ costs least: {least} for all clients.",
        "nl": "voor alle cliënten samen is dat {change}, het aantal problemen per cliënt is "
        "{problems}, en van de vergeleken vormen kost ‘{cheapest}’ het minst: {least} voor alle "
        "cliënten.",
    },
}


def tables(study: Study, found: Tables) -> Tables:
    """Cost of each policy against the first, seed by seed: `who, policy, value, low, high`."""
    first, *others = (policy.name for policy in study.policies)
    rows = []
    for outcome, who in COSTS.items():
        wide = found["runs"].pivot(index="seed", columns="policy", values=outcome)
        for name in others:
            relative = (wide[name] / wide[first] - 1).to_numpy()
            rows.append((who["en"], name, *interval(relative)))
    columns = ["who", "policy", "value", "low", "high"]
    return {"relative_costs": pd.DataFrame(rows, columns=columns)}


def chart(study: Study, table: pd.DataFrame, language: str) -> plt.Figure:
    """Relative costs of all policies but the first, and the published one."""
    drawn, axes = plt.subplots(
        1, len(COSTS), figsize=(11, 3.6), sharey=True, sharex=True, layout="constrained"
    )
    names = [policy.name for policy in study.policies[1:]]
    labels = [policy.called(language) for policy in study.policies[1:]]
    y = np.arange(len(names))
    for ax, who in zip(axes, COSTS.values(), strict=True):
        part = table[table["who"] == who["en"]]
        errors = np.nan_to_num([part["value"] - part["low"], part["high"] - part["value"]])
        ax.axvline(0, color=figures.GREY, linestyle=":", linewidth=1)
        simulated = ax.errorbar(
            part["value"], y, xerr=errors, fmt="o", color=figures.VERMILION, capsize=3
        )
        if who["en"] == FAMILIES:
            (published,) = ax.plot(
                PUBLISHED, names.index(INTEGRAL), "D", color=figures.BLUE, fillstyle="none",
                markersize=9,
            )  # fmt: skip
        ax.set_title(who[language])
        ax.set_yticks(y, labels)
        ax.set_ylim(len(y) - 0.5, -0.5)
        ax.grid(axis="y", visible=False)
        ax.xaxis.set_major_formatter(lambda x, _: f"{100 * x:+.0f}%".replace("+0%", "0%"))
    drawn.supxlabel(WORDS[language], fontsize=10)
    words = [WORDS["simulated"][language], WORDS["published"][language]]
    drawn.legend([simulated, published], words, loc="outside upper right", ncols=2)
    return drawn


def draw(study: Study, found: Tables, folder: Path) -> None:
    """Draw the policies, and their costs beside the published figure."""
    general.draw(study, found, folder)
    table = found["relative_costs"]
    figures.in_both_languages(
        lambda language: chart(study, table, language), folder, "relative_costs"
    )


def misfit(table: pd.DataFrame) -> Iterable[str]:
    """What the integral team costs against the old way, beside what was published."""
    for row in table[table["policy"] == INTEGRAL].itertuples():
        known = np.isfinite(row.low)  # one seed gives no interval
        span = f"{row.low:+.0%} to {row.high:+.0%}" if known else "no interval"
        text = f"- {row.who}: '{INTEGRAL}' costs {row.value:+.0%} ({span}) per client"
        if row.who == FAMILIES:
            points = round(100 * (row.value - PUBLISHED))
            text += f"; published {PUBLISHED:+.0%} (E41), a misfit of {points:+d} points"
            if known:
                place = "within" if row.low <= PUBLISHED <= row.high else "outside"
                text += f", the published figure {place} the interval"
        yield text + "."


def lines(study: Study, found: Tables) -> Iterable[str]:
    """The policies in words, then the cost of integral teams beside what was published."""
    yield from general.lines(study, found)
    yield ""
    yield f"Cost against '{study.policies[0].name}' (nothing is fitted to the published figure):"
    yield from misfit(found["relative_costs"])


def answer(study: Study, tables: Tables, language: str) -> str:
    """What integral teams cost families, beside what was published, and everybody; problems.

    Empty where the study has no such teams.
    """
    names, table = study.called(language), tables["relative_costs"].set_index(["who", "policy"])
    if INTEGRAL not in names:
        return ""
    amounts = Amounts("relative", 0, language)
    families = table.loc[(FAMILIES, INTEGRAL)]
    everybody = table.loc[COSTS["cost"]["en"]]
    is_inside = families["low"] <= PUBLISHED <= families["high"]
    problems = Findings(study, tables, language)
    row = problems.row(INTEGRAL, "problems")
    cheapest = everybody["value"].idxmin()
    return join(
        ANSWER["families" if np.isfinite(families["low"]) else "families_one"][language].format(
            when=after(study.weeks, language),
            integral=names[INTEGRAL],
            first=next(iter(names.values())),
            change=amounts.change(families["value"]),
            sure=sure(amounts, families["low"], families["high"]),
            published=amounts.change(PUBLISHED),
            place=ANSWER["inside" if is_inside else "outside"][language],
        ),
        ANSWER["all"][language].format(
            change=amounts.change(everybody.loc[INTEGRAL, "value"]),
            problems=told(problems.amounts("problems"), row.difference, row.low, row.high),
            cheapest=names[cheapest],
            least=amounts.change(everybody.loc[cheapest, "value"]),
        ),
    )
