"""Charts of the analyses: sensitivity, regret and Shapley values, in two languages."""

from collections.abc import Sequence
from textwrap import fill

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from experiments.analysis.sensitivity import MAIN
from experiments.analysis.shapley import WHOLE
from experiments.measures import measure
from experiments.reporting import figures
from experiments.reporting.charts import lived, title
from experiments.reporting.quantity_words import name_of
from experiments.study.file import Study

ACROSS = 3  # panels beside each other
WIDTH = 26  # letters of a label
BARS = {"sobol": ("first order", "total"), "morris": ("mu_star",),
        "latin hypercube": ("rank correlation",)}  # fmt: skip
BOUNDS = {"sobol": (-0.3, 1.3), "latin hypercube": (-1.05, 1.05)}  # of what is drawn
COLOURS = {"first order": figures.BLUE, "total": figures.VERMILION}
INDEX_WORDS = {
    "first order": {"en": "by itself", "nl": "op zichzelf"},
    "total": {"en": "with all it has a part in", "nl": "met al waar het deel aan heeft"},
}
SENSITIVITY = {
    "sobol": {
        "en": "share of the variance between futures, {when}; bars: 95% interval; "
        "dotted: what luck of the towns would give at most",
        "nl": "deel van de variantie tussen toekomsten, {when}; balken: 95%-interval; "
        "gestippeld: wat toeval van de steden hooguit zou geven",
    },
    "morris": {
        "en": "mean absolute change from low to high, {when}; bars: 95% interval; "
        "dotted: what luck of the towns would give at most",
        "nl": "gemiddelde absolute verandering van laag naar hoog, {when}; balken: 95%-interval; "
        "gestippeld: wat toeval van de steden hooguit zou geven",
    },
    "latin hypercube": {
        "en": "rank correlation with the outcome, the others held, {when}; bars: 95% interval",
        "nl": "rangcorrelatie met de uitkomst, de andere gelijk gehouden, {when}; "
        "balken: 95%-interval",
    },
}
UNDER = {"en": "under '{policy}'", "nl": "onder '{policy}'"}
DIFFERENCE = {"en": "difference that '{policy}' makes", "nl": "verschil dat '{policy}' maakt"}
REGRET = {
    "en": "regret: how far behind the best policy in the same future, {when}; "
    "dot: mean, line: 90% of futures, cross: worst",
    "nl": "spijt: hoe ver achter het beste beleid in dezelfde toekomst, {when}; "
    "stip: gemiddeld, lijn: 90% van de toekomsten, kruis: slechtst",
}
PLAYERS = {
    "en": "what each part of the policy brings of the difference between '{one}' and '{other}', "
    "{when}; bars: 95% interval",
    "nl": "wat elk deel van het beleid bijdraagt aan het verschil tussen '{one}' en '{other}', "
    "{when}; balken: 95%-interval",
}
WHOLE_WORDS = {"en": WHOLE, "nl": "alles samen"}


def named(factors: Sequence[str], language: str) -> list[str]:
    """What factors are called along an axis: `town.sick_leave`, or a lever by itself."""
    parts = [("policy." + name).rsplit(".", 2)[-2:] for name in factors]
    return [fill(name_of(kind, quantity, language), WIDTH) for kind, quantity in parts]


def grid(rows: int, across: int, bars: int) -> tuple[plt.Figure, np.ndarray]:
    """Panels that share what stands along the left, each with room for so many bars."""
    return plt.subplots(
        rows, across, figsize=(2.4 + 3.3 * across, 1.2 + rows * (0.9 + 0.42 * bars)),
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
    """What is seen, under the figure; in two lines where it is long for its width."""
    parts, most = text.split("; "), figure.get_size_inches()[0] * 15
    rows = [parts[0]]
    for part in parts[1:]:
        fits = len(rows[-1]) + len(part) < most
        rows[-1:] = [f"{rows[-1]}; {part}"] if fits else [rows[-1] + ";", part]
    figure.supxlabel("\n".join(rows), fontsize=9, color=figures.GREY)


def sensitivity_chart(study: Study, table: pd.DataFrame, language: str) -> plt.Figure:
    """A panel for each of three outcomes; first values, then differences."""
    names, factors = study.called(language), list(study.vary.factors())
    asked = [(study.policies[0].name, "value")]
    asked += [(policy.name, "difference") for policy in study.policies[1:3]]
    bars, shown = BARS[study.vary.design], study.outcomes[:ACROSS]
    figure, axes = grid(len(asked), len(shown), len(factors) * len(bars) // 2 + 1)
    main = table[(table["index"] == MAIN[study.vary.design]) & (table["of"] == "value")]
    size = main.drop_duplicates("factor").set_index("factor")["value"].abs().fillna(0)
    order = sorted(factors, key=lambda factor: -size[factor])  # as counts for the first outcome
    for row, (policy, of) in zip(axes, asked, strict=True):
        for ax, outcome in zip(row, shown, strict=True):
            part = table[(table["policy"] == policy) & (table["of"] == of)]
            part = part[part["outcome"] == outcome]
            for i, index in enumerate(bars):
                one = part[part["index"] == index].set_index("factor").reindex(order)
                index_bars(ax, one, index, i, len(bars), language)
            heading = (DIFFERENCE if of == "difference" else UNDER)[language]
            words = measure(outcome).words(language)
            if study.vary.design == "morris":
                words = title(outcome, language)
            elif len(part):
                ax.set_xlim(*BOUNDS[study.vary.design])
            ax.set_title(f"{words}\n{heading.format(policy=names[policy])}", fontsize=9.5)
            finish(ax, named(order, language), language)
    if len(bars) > 1:
        handles, labels = axes[0, 0].get_legend_handles_labels()
        figure.legend(handles, labels, loc="outside upper center", ncols=len(bars))
    under(figure, SENSITIVITY[study.vary.design][language].format(when=lived(study, language)))
    return figure


def index_bars(ax: plt.Axes, one: pd.DataFrame, index: str, i: int, of: int, language: str) -> None:
    """Bars of one index, beside those of another, with what luck would give."""
    height = 0.75 / of
    y = np.arange(len(one)) + (i - (of - 1) / 2) * height
    errors = np.nan_to_num([one["value"] - one["low"], one["high"] - one["value"]])
    ax.barh(
        y, one["value"].fillna(0), height, color=COLOURS.get(index, figures.BLUE),
        label=INDEX_WORDS.get(index, {}).get(language), xerr=np.maximum(errors, 0),
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
    across = min(ACROSS, len(shown))
    figure, axes = grid(-(-len(shown) // across), across, len(names))
    for ax, outcome in zip(axes.flat, shown, strict=False):
        part = table[table["outcome"] == outcome].set_index("policy").reindex(names)
        y = np.arange(len(part))
        ax.hlines(y, 0, part["regret_90"], color=figures.BLUE, linewidth=4, alpha=0.35)
        ax.plot(part["mean_regret"], y, "o", color=figures.BLUE)
        ax.plot(part["worst_regret"], y, "x", color=figures.VERMILION, markersize=8)
        ax.set_title(title(outcome, language), fontsize=10.5)
        finish(ax, list(names.values()), language)
        ax.set_xlim(left=-0.03 * max(part["worst_regret"].max(), 1e-9))
    for ax in axes.flat[len(shown) :]:
        ax.set_visible(False)
    under(figure, REGRET[language].format(when=lived(study, language)))
    return figure


def shapley_chart(study: Study, table: pd.DataFrame, language: str) -> plt.Figure:
    """A panel for each outcome: what each lever brings, and below it the whole."""
    shown, players = study.outcomes[: 2 * ACROSS], list(table["player"].unique())
    across = min(ACROSS, len(shown))
    figure, axes = grid(-(-len(shown) // across), across, len(players))
    colours = [figures.BLUE] * (len(players) - 1) + [figures.GREY]
    for ax, outcome in zip(axes.flat, shown, strict=False):
        part = table[table["outcome"] == outcome].set_index("player").reindex(players)
        errors = np.nan_to_num([part["value"] - part["low"], part["high"] - part["value"]])
        ax.barh(
            range(len(part)), part["value"], 0.6, color=colours, xerr=errors,
            error_kw={"ecolor": "#333333", "capsize": 3, "linewidth": 1},
        )  # fmt: skip
        ax.axvline(0, color="#333333", linewidth=0.8)
        ax.set_title(title(outcome, language), fontsize=10.5)
        finish(ax, [*named(players[:-1], language), WHOLE_WORDS[language]], language)
    for ax in axes.flat[len(shown) :]:
        ax.set_visible(False)
    one, other = study.called(language).values()
    when = lived(study, language)
    under(figure, PLAYERS[language].format(one=one, other=other, when=when))
    return figure
