"""Charts of studies: policies as dots, a lever as lines; drawn from tables, in two languages."""

from textwrap import fill

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.ticker import MaxNLocator

from experiments.analysis.pairs import reference
from experiments.measures import measure
from experiments.reporting import figures
from experiments.reporting.quantity_words import UNITS_NL as QUANTITY_UNITS_NL
from experiments.reporting.quantity_words import name_of
from experiments.reporting.report_words import say
from experiments.study.file import KINDS, Study, Value

SHOWN = 6  # outcomes in figures and readings; the tables have all
DOTS = {
    "en": "{when}; dots: means; bars: 95% interval of the difference from the first policy, on the "
    "same people; dotted: the first policy",
    "nl": "{when}; stippen: gemiddelden; balken: 95%-interval van het verschil met het eerste "
    "beleid, bij dezelfde mensen; gestippeld: het eerste beleid",
}
LETTERS = 13  # of a caption to an inch
TITLE = 38  # letters on a line above a panel
SHOWN_LINES = 3  # of these in a figure of lines
OWN = {
    "en": "{when}; dotted, upright: the value compared with; bands: 95% of the difference from "
    "it, on the same people",
    "nl": "{when}; staande stippellijn: de waarde waarmee is vergeleken; banden: 95% van het "
    "verschil daarmee, bij dezelfde mensen",
}
OTHERS = {
    "en": "{when}; bands: 95% of the difference from the first line, on the same people",
    "nl": "{when}; banden: 95% van het verschil met de eerste lijn, bij dezelfde mensen",
}


def after(weeks: int, language: str) -> str:
    """How long was lived, in words."""
    if weeks % 52:
        return {"en": f"after {weeks} weeks", "nl": f"na {weeks} weken"}[language]
    years = weeks // 52
    return {"en": f"after {years} year{'s' * (years > 1)}", "nl": f"na {years} jaar"}[language]


def lived(study: Study, language: str) -> str:
    """After how long outcomes are looked at, where policies may have weeks of their own."""
    weeks = {policy.weeks or study.weeks for policy in study.policies}
    if len(weeks) == 1:
        return after(weeks.pop(), language)
    return {"en": "at the end of each run", "nl": "aan het eind van elke run"}[language]


def title(name: str, language: str, width: int = TITLE) -> str:
    """An outcome and its unit, on lines of so many letters."""
    found = measure(name)
    return fill(f"{found.words(language)} ({found.unit_in(language)})", width)


def shown_of(shown: int, every: int, language: str, table: str = "differences") -> str:
    """What a caption adds where a figure leaves outcomes out: `; 3 of 5 outcomes; all in ...`."""
    if shown >= every:
        return ""
    return "; " + say("outcomes_of", language, k=shown, n=every, table=f"{table}.csv")


def in_lines(text: str, figure: plt.Figure) -> str:
    """A caption on as many lines as the width of its figure asks."""
    return fill(text, int(figure.get_size_inches()[0] * LETTERS))


def panel(ax: plt.Axes, part: pd.DataFrame, name: str, labels: list[str], language: str) -> None:
    """One outcome: a dot a policy, from the first at the top."""
    y = np.arange(len(part))
    errors = np.nan_to_num([part["difference"] - part["low"], part["high"] - part["difference"]])
    ax.axvline(part["value"].iloc[0], color=figures.GREY, linestyle=":", linewidth=1)
    for i in range(len(part)):
        ax.errorbar(
            part["value"].iloc[i], y[i], xerr=np.maximum(errors[:, i : i + 1], 0), fmt="o",
            color=figures.VERMILION if i else figures.BLUE, capsize=3,
        )  # fmt: skip
    ax.set_title(title(name, language), fontsize=10.5)
    ax.set_yticks(y, labels)
    ax.set_ylim(len(part) - 0.5, -0.5)
    ax.grid(axis="y", visible=False)
    ax.grid(axis="x", color="#E5E5E5")
    ax.locator_params(axis="x", nbins=5)
    figures.plain_numbers(ax.xaxis, language)


def policy_chart(study: Study, table: pd.DataFrame, language: str) -> plt.Figure:
    """A panel for each outcome, three beside each other, a dot for each policy."""
    shown = study.outcomes[:SHOWN]
    labels = list(study.called(language).values())
    across = min(3, len(shown))
    down = -(-len(shown) // across)
    figure, axes = plt.subplots(
        down, across, figsize=(12, 0.9 + down * (0.9 + 0.36 * len(labels))), sharey=True,
        squeeze=False, layout="constrained",
    )  # fmt: skip
    for ax, name in zip(axes.flat, shown, strict=False):
        part = table[table["outcome"] == name].set_index("policy")
        part = part.reindex([policy.name for policy in study.policies])
        panel(ax, part, name, labels, language)
    for ax in axes.flat[len(shown) :]:
        ax.set_visible(False)
    note = DOTS[language].format(when=lived(study, language))
    note += shown_of(len(shown), len(study.outcomes), language)
    figure.supxlabel(in_lines(note, figure), fontsize=9, color=figures.GREY)
    return figure


def axis_words(factor: str, language: str) -> str:
    """What varies along a line, in words, with its unit."""
    kind, _, quantity = factor.partition(".")
    unit = KINDS[kind].note(quantity).get("unit", "")
    if language == "nl":
        return f"{name_of(kind, quantity, language)} ({QUANTITY_UNITS_NL.get(unit, unit)})"
    does = KINDS[kind].model_fields[quantity].description.partition(". ")[0].rstrip(".")
    return f"{does[0].lower()}{does[1:]} ({unit})"


def values_now(study: Study, factor: str) -> list[Value]:
    """The values that lines are compared with, each line with itself; empty if not with itself."""
    levels = study.vary.factors()[factor]
    found = {reference(study, i, len(levels) - 1) for i in range(len(study.policies))}
    own = {policy for policy, _ in found} == set(range(len(study.policies)))
    return sorted({levels[point] for _, point in found}) if own else []


def line_chart(study: Study, table: pd.DataFrame, factor: str, language: str) -> plt.Figure:
    """A panel for each of three outcomes by the value of what varies, a line for each policy."""
    shown = study.outcomes[:SHOWN_LINES]
    chart, axes = plt.subplots(1, len(shown), figsize=(4 * len(shown), 4.8), squeeze=False)
    names = study.called(language)
    now = values_now(study, factor)
    for ax, name in zip(axes.flat, shown, strict=True):
        part = table[table["outcome"] == name].sort_values(factor).copy()
        # The band is that of the paired difference, laid around the value.
        part["low"] = part["value"] - part["difference"] + part["low"]
        part["high"] = part["value"] - part["difference"] + part["high"]
        figures.lines_with_bands(ax, part, factor, "value", "policy", names)
        for value in now:
            ax.axvline(value, color=figures.GREY, linestyle=":", linewidth=1)
        ax.set_title(title(name, language), fontsize=11)
        ax.set_ylim(bottom=min(0, part[["low", "value"]].min().min()))
        for axis in (ax.xaxis, ax.yaxis):
            figures.plain_numbers(axis, language)
        ax.xaxis.set_major_locator(MaxNLocator(7, steps=[1, 2, 5, 10]))
    if len(names) > 1:
        handles, labels = axes[0, 0].get_legend_handles_labels()
        chart.legend(handles, labels, loc="outside upper center", ncols=min(len(names), 2))
    note = (OWN if now else OTHERS)[language].format(when=lived(study, language))
    note += shown_of(len(shown), len(study.outcomes), language)
    words = axis_words(factor, language)
    chart.supxlabel(f"{words}\n{in_lines(note, chart)}", fontsize=9.5)
    return chart
