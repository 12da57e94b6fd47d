"""Charts of the analyses: sensitivity, regret and Shapley values, in two languages."""

from collections.abc import Iterable, Sequence
from textwrap import fill

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from experiments.analysis.sensitivity import by_size
from experiments.measures import measure
from experiments.reporting import figures
from experiments.reporting.charts import in_lines, lived, shown_of, title
from experiments.reporting.quantity_words import factor_name, player_name
from experiments.reporting.report_words import say
from experiments.reporting.sensitivity_told import HEADINGS
from experiments.study.file import Study

ACROSS = 3  # panels beside each other
DOWN = 6  # policies: more cannot be taken in
WIDTH = 26  # letters of a label
TITLE = 36  # letters on a line above a panel
LINE, BAR, AROUND = 0.19, 0.42, 0.6  # inches of a line of a label, a bar at least, and a panel
BARS = {"sobol": ("first order", "total"), "morris": ("mu_star",),
        "latin hypercube": ("rank correlation",)}  # fmt: skip
BOUNDS = {"sobol": (-0.3, 1.3), "latin hypercube": (-1.05, 1.05)}  # of what is drawn
COLOURS = {"first order": figures.BLUE, "total": figures.VERMILION}


def wrapped(names: Iterable[str]) -> list[str]:
    """Labels along an axis, on as many lines as they take."""
    return [fill(name, WIDTH) for name in names]


def grid(
    down: int, across: int, labels: Sequence[str], titles: Sequence[str]
) -> tuple[plt.Figure, np.ndarray]:
    """Panels that share labels along the left, with room for these and for titles above."""
    lines = max(label.count("\n") + 1 for label in labels)
    above = max(text.count("\n") + 1 for text in titles)
    height = AROUND + LINE * above + len(labels) * max(BAR, LINE * (lines + 0.5))
    return plt.subplots(
        down, across, figsize=(2.4 + 3.3 * across, 1.2 + down * height),
        sharey=True, squeeze=False, layout="constrained",
    )  # fmt: skip


def finish(ax: plt.Axes, labels: Sequence[str], language: str) -> None:
    """Labels from the top, and numbers as the language has them."""
    ax.set_yticks(range(len(labels)), labels)
    ax.set_ylim(len(labels) - 0.5, -0.5)
    ax.grid(axis="y", visible=False)
    ax.grid(axis="x", color="#E5E5E5")
    ax.set_axisbelow(True)
    ax.locator_params(axis="x", nbins=5)
    figures.plain_numbers(ax.xaxis, language)


def under(figure: plt.Figure, text: str) -> None:
    """What is seen, under the figure."""
    figure.supxlabel(in_lines(text, figure), fontsize=9, color=figures.GREY)


def sensitivity_chart(study: Study, table: pd.DataFrame, language: str) -> plt.Figure:
    """A panel for each of three outcomes; first values, then a row for each difference."""
    first, *others = (policy.name for policy in study.policies)
    asked = [(first, "value"), *((name, "difference") for name in others)][:DOWN]
    bars, shown, order = BARS[study.vary.design], study.outcomes[:ACROSS], by_size(study, table)
    labels = wrapped(factor_name(factor, language) for factor in order)
    heads = {(*at, name): heading(study, *at, name, language) for at in asked for name in shown}
    figure, axes = grid(len(asked), len(shown), labels, [*heads.values()])
    for ax, ((policy, of, outcome), head) in zip(axes.flat, heads.items(), strict=True):
        part = table[(table["policy"] == policy) & (table["of"] == of)]
        part = part[part["outcome"] == outcome]
        for i, index in enumerate(bars):
            one = part[part["index"] == index].set_index("factor").reindex(order)
            index_bars(ax, one, index, i, len(bars), language)
        if len(part) and study.vary.design in BOUNDS:
            ax.set_xlim(*BOUNDS[study.vary.design])
        ax.set_title(head, fontsize=9.5)
        finish(ax, labels, language)
    if len(bars) > 1:
        handles, names = axes[0, 0].get_legend_handles_labels()
        figure.legend(handles, names, loc="outside upper center", ncols=len(bars))
    note = say(f"{study.vary.design}_figure", language, when=lived(study, language))
    note += shown_of(len(shown), len(study.outcomes), language, "sensitivity")
    if len(asked) < len(study.policies):
        n, csv = len(study.policies), "sensitivity.csv"
        note += "; " + say("policies_of", language, k=len(asked), n=n, table=csv)
    under(figure, note)
    return figure


def heading(study: Study, policy: str, of: str, outcome: str, language: str) -> str:
    """What a panel is about: an outcome, and under which policy or of which difference."""
    words = fill(measure(outcome).words(language), TITLE)
    if study.vary.design == "morris":
        words = title(outcome, language, TITLE)
    about = say(HEADINGS[of], language, policy=study.called(language)[policy])
    return f"{words}\n{fill(about, TITLE)}"


def index_bars(ax: plt.Axes, one: pd.DataFrame, index: str, i: int, of: int, language: str) -> None:
    """Bars of one index, beside those of another, with what luck would give."""
    height = 0.75 / of
    y = np.arange(len(one)) + (i - (of - 1) / 2) * height
    errors = np.nan_to_num([one["value"] - one["low"], one["high"] - one["value"]])
    ax.barh(
        y, one["value"].fillna(0), height, color=COLOURS.get(index, figures.BLUE),
        label=say(index, language) if of > 1 else None, xerr=np.maximum(errors, 0),
        error_kw={"ecolor": "#333333", "capsize": 2, "linewidth": 1},
    )  # fmt: skip
    if one["by_luck"].notna().any():
        ax.axvline(one["by_luck"].max(), color=figures.GREY, linestyle=":", linewidth=1.2)
    if one["value"].lt(0).any():
        ax.axvline(0, color="#333333", linewidth=0.8)


def regret_chart(study: Study, table: pd.DataFrame, language: str) -> plt.Figure:
    """A panel for each outcome: mean, 90% and worst regret of each policy."""
    names = study.called(language)
    shown = list(table["outcome"].unique())[: 2 * ACROSS]
    across, labels = min(ACROSS, len(shown)), wrapped(names.values())
    heads = [title(outcome, language, TITLE) for outcome in shown]
    figure, axes = grid(-(-len(shown) // across), across, labels, heads)
    for ax, outcome, head in zip(axes.flat, shown, heads, strict=False):
        part = table[table["outcome"] == outcome].set_index("policy").reindex(names)
        y = np.arange(len(part))
        ax.hlines(y, 0, part["regret_90"], color=figures.BLUE, linewidth=4, alpha=0.35)
        ax.plot(part["mean_regret"], y, "o", color=figures.BLUE)
        ax.plot(part["worst_regret"], y, "x", color=figures.VERMILION, markersize=8)
        ax.set_title(head, fontsize=9.5)
        finish(ax, labels, language)
        ax.set_xlim(left=-0.03 * max(part["worst_regret"].max(), 1e-9))
    for ax in axes.flat[len(shown) :]:
        ax.set_visible(False)
    note = say("regret_figure", language, when=lived(study, language))
    every = table["outcome"].nunique()
    under(figure, note + shown_of(len(shown), every, language, "regret"))
    return figure


def shapley_chart(study: Study, table: pd.DataFrame, language: str) -> plt.Figure:
    """A panel for each outcome: what each lever brings, and below it the whole."""
    shown, players = study.outcomes[: 2 * ACROSS], list(table["player"].unique())
    across = min(ACROSS, len(shown))
    labels = wrapped(player_name(study, player, language) for player in players)
    heads = [title(outcome, language, TITLE) for outcome in shown]
    figure, axes = grid(-(-len(shown) // across), across, labels, heads)
    colours = [figures.BLUE] * (len(players) - 1) + [figures.GREY]
    for ax, outcome, head in zip(axes.flat, shown, heads, strict=False):
        part = table[table["outcome"] == outcome].set_index("player").reindex(players)
        errors = np.nan_to_num([part["value"] - part["low"], part["high"] - part["value"]])
        ax.barh(
            range(len(part)), part["value"], 0.6, color=colours, xerr=errors,
            error_kw={"ecolor": "#333333", "capsize": 3, "linewidth": 1},
        )  # fmt: skip
        ax.axvline(0, color="#333333", linewidth=0.8)
        ax.set_title(head, fontsize=9.5)
        finish(ax, labels, language)
    for ax in axes.flat[len(shown) :]:
        ax.set_visible(False)
    one, other = study.called(language).values()
    note = say("shapley_figure", language, one=one, other=other, when=lived(study, language))
    under(figure, note + shown_of(len(shown), len(study.outcomes), language, "shapley"))
    return figure
