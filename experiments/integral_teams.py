"""Integral teams: what do one team and one plan cost and bring, against agencies each with its own?

What integral teams cost against the old way has been published (E41). It stands beside what is
simulated, and nothing is fitted to it.
"""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from experiments import figures
from experiments.arms import Question, arm, arms
from experiments.experiment import Setting, Tables
from experiments.measures import Measure
from experiments.measures.base import hours_for, mean_of
from simulation.comparison import interval
from simulation.evidence import figure
from simulation.result import Result
from simulation.rows import GUIDED

LITERATURE = (
    "one household, one plan and one coordinating professional, against several agencies each "
    "with its own (M25), which refuse or pass on the heaviest cases (M23). In 2019 46% of "
    "municipalities had broad teams, 10% broad teams for complex cases only, 23% teams by domain, "
    "the rest a generalist front with specialists behind it (E61). Help by integral teams cost a "
    "quarter less than the old system for families with problems (E41). The evidence has no figure "
    "for what contradicting plans, tuning and an agency's intake cost, for the places agencies "
    "have, or for the share of calls that leaves the team in each form, for which halves are "
    "taken."
)
PUBLISHED = figure("E41")
INTEGRAL = "broad team, one plan"
COSTS = {
    "cost": {"en": "all clients", "nl": "alle cliënten"},
    "cost_families": {"en": "families with problems", "nl": "gezinnen met problemen"},
}
WORDS = {
    "en": "cost of help per client, against agencies each with a plan",
    "nl": "kosten van hulp per cliënt, tegenover instellingen met elk een plan",
    "published": {"en": "published for families (E41)", "nl": "gepubliceerd, gezinnen (E41)"},
    "simulated": {"en": "simulated, 95% interval", "nl": "gesimuleerd, 95%-interval"},
}


def plans_beside(result: Result) -> float:
    """Plans beside each other in the household of a client who is guided now."""
    rows = result.client_rows[result.client_rows["stage"] == GUIDED]
    further = np.bitwise_count(rows["at_agency"].astype(np.uint8))
    return float((1 + np.where(rows["one_plan"], 0, further)).mean()) if len(rows) else float("nan")


def families(result: Result) -> np.ndarray:
    """Households with children whose need has arisen."""
    rows = result.client_rows
    return rows[(rows["stage"] > 0) & (rows["children"] > 0)]


OWN = {
    "plans_beside": Measure("plans", "plans beside each other in a home",
                            "plannen naast elkaar in een huishouden", plans_beside),
    "tuning": Measure("hours", "tuning per full-time worker a week",
                      "afstemming per voltijds werker per week", hours_for("plans")),
    "cost_families": Measure("EUR", "cost so far: households with children",
                             "kosten tot nu: huishoudens met kinderen", mean_of("cost", families)),
    "problems_families": Measure("problems", "problems: households with children",
                                 "problemen: huishoudens met kinderen",
                                 mean_of("problems", families)),
}  # fmt: skip
QUESTION = Question(
    name="integral_teams",
    question="What do an integral team and one plan cost and bring, against agencies that each "
    "have a plan, and where do other forms of teams stand?",
    arms=(
        arm("agencies, each with a plan", "instellingen, elk een plan", agencies=1),
        arm("agencies, four times the places", "instellingen, vier keer de plekken", agencies=1,
            agency_places=4),
        arm("agencies, one plan", "instellingen, één plan", agencies=1, one_plan=1),
        arm("generalist front", "generalisten voorop", agencies=1, one_plan=1, accept_duty=1),
        arm("teams by domain", "teams per domein", agencies=0.5),
        arm("broad for complex cases", "breed voor complexe zaken", agencies=0.5, one_plan=0.5),
        arm(INTEGRAL, "breed team, één plan", one_plan=1),
    ),
    measures=("spent", "cost_families", "plans_beside", "professionals", "problems", "tuning",
              "problems_families", "refused", "cost"),
    own=OWN,
    literature=LITERATURE,
)  # fmt: skip
BASE = arms(QUESTION)


def relative_costs(runs: pd.DataFrame) -> pd.DataFrame:
    """Cost of each arm against the first, seed by seed: `who, arm, value, low, high`."""
    rows = []
    first = QUESTION.arms[0].en
    for name, who in COSTS.items():
        wide = runs[runs["measure"] == name].pivot(index="seed", columns="arm", values="value")
        for one in QUESTION.arms[1:]:
            relative = (wide[one.en] / wide[first] - 1).to_numpy()
            rows.append((who["en"], one.en, *interval(relative)))
    return pd.DataFrame(rows, columns=["who", "arm", "value", "low", "high"])


def compute(setting: Setting, progress: Callable[[int], Any]) -> Tables:
    """Run the arms; compare their costs with those of the first."""
    tables = BASE.compute(setting, progress)
    return {**tables, "relative_costs": relative_costs(tables["runs"])}


def chart(table: pd.DataFrame, language: str) -> plt.Figure:
    """Relative costs of all arms, and the published one."""
    drawn, axes = plt.subplots(
        1, len(COSTS), figsize=(11, 3.6), sharey=True, sharex=True, layout="constrained"
    )
    y = np.arange(len(QUESTION.arms) - 1)
    for ax, who in zip(axes, COSTS.values(), strict=True):
        part = table[table["who"] == who["en"]]
        errors = np.nan_to_num([part["value"] - part["low"], part["high"] - part["value"]])
        ax.axvline(0, color=figures.GREY, linestyle=":", linewidth=1)
        simulated = ax.errorbar(
            part["value"], y, xerr=errors, fmt="o", color=figures.VERMILION, capsize=3
        )
        if who is COSTS["cost_families"]:
            (published,) = ax.plot(
                PUBLISHED, y[-1], "D", color=figures.BLUE, fillstyle="none", markersize=9
            )
        ax.set_title(who[language])
        ax.set_yticks(y, [one.en if language == "en" else one.nl for one in QUESTION.arms[1:]])
        ax.set_ylim(len(y) - 0.5, -0.5)
        ax.grid(axis="y", visible=False)
        ax.xaxis.set_major_formatter(lambda x, _: f"{100 * x:+.0f}%".replace("+0%", "0%"))
    drawn.supxlabel(WORDS[language], fontsize=10)
    names = [WORDS["simulated"][language], WORDS["published"][language]]
    drawn.legend([simulated, published], names, loc="outside upper right", ncols=2)
    return drawn


def draw(tables: Tables, folder: Path) -> None:
    """Draw the arms, and their costs beside the published figure."""
    BASE.draw(tables, folder)
    table = tables["relative_costs"]
    figures.in_both_languages(lambda language: chart(table, language), folder, "relative_costs")


def misfit(table: pd.DataFrame) -> Iterable[str]:
    """What the integral team costs against the old way, beside what was published."""
    families = COSTS["cost_families"]["en"]
    for row in table[table["arm"] == INTEGRAL].itertuples():
        span = "no interval"
        if np.isfinite(row.low):
            span = f"{row.low:+.0%} to {row.high:+.0%}"
        text = f"- {row.who}: '{INTEGRAL}' costs {row.value:+.0%} ({span}) per client"
        if row.who == families:
            points = 100 * (row.value - PUBLISHED)
            inside = row.low <= PUBLISHED <= row.high
            text += f"; published {PUBLISHED:+.0%} (E41), a misfit of {points:+.0f} points"
            text += ", the published figure " + ("within" if inside else "outside")
            text += " the interval"
        yield text + "."


def reading(tables: Tables) -> str:
    """The arms in words, then the cost of integral teams beside what was published."""
    head = f"Cost against '{QUESTION.arms[0].en}' (nothing is fitted to the published figure):"
    lines = misfit(tables["relative_costs"])
    return "\n".join([BASE.reading(tables), "", head, *lines])


EXPERIMENT = BASE._replace(compute=compute, draw=draw, reading=reading)
