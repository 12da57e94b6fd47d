"""The figure of Shapley values: what each part of a policy brings, outcome by outcome."""

import pandas as pd
from matplotlib.figure import Figure

from kring.experiments.charts import style
from kring.experiments.charts.panels import (
    DARK,
    SHOWN,
    TITLE,
    half_intervals,
    labelled,
    wrapped,
)  # fmt: skip
from kring.experiments.study.plan import Plan
from kring.experiments.text.language import _
from kring.experiments.text.names import player_name, policy_names
from kring.experiments.text.periods import looked_at


def shapley_chart(plan: Plan, table: pd.DataFrame) -> Figure:
    """A panel for each outcome: what each lever brings, and below it the whole."""
    shown, players = plan.outcomes[:SHOWN], list(table["player"].unique())
    labels = wrapped(player_name(plan, player) for player in players)
    figure, axes = labelled([style.panel_title(name, TITLE) for name in shown], labels)
    colours = [style.BLUE] * (len(players) - 1) + [style.GREY]
    for ax, outcome in zip(axes, shown, strict=True):
        style.numbers_of(outcome, ax.xaxis)
        part = table[table["outcome"] == outcome].set_index("player").reindex(players)
        ax.barh(
            range(len(part)), part["value"], 0.6, color=colours, xerr=half_intervals(part),
            error_kw={"ecolor": DARK, "capsize": 3, "linewidth": 1},
        )  # fmt: skip
        ax.axvline(0, color=DARK, linewidth=0.8)
    one, other = policy_names(plan).values()
    note = _(
        "what each part of the policy brings of the difference between ‘{one}’ and ‘{other}’, "
        "{when}; bars: 95% interval"
    ).format(one=one, other=other, when=looked_at(plan))
    style.under(figure, note + style.left_out(len(shown), len(plan.outcomes), "shapley"))
    return figure
