"""The figure of regret: how far each policy stays behind the best one, outcome by outcome."""

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from kring.experiments.charts import style
from kring.experiments.charts.panels import DARK, SHOWN, TITLE, labelled, wrapped
from kring.experiments.study.plan import Plan
from kring.experiments.text.language import _
from kring.experiments.text.names import policy_names
from kring.experiments.text.periods import looked_at


def regret_chart(plan: Plan, table: pd.DataFrame) -> Figure:
    """A panel for each outcome: mean, 90% and worst regret of each policy."""
    names, every = policy_names(plan), list(table["outcome"].unique())
    shown, labels = every[:SHOWN], wrapped(names.values())
    figure, axes = labelled([style.panel_title(name, TITLE) for name in shown], labels)
    for ax, outcome in zip(axes, shown, strict=True):
        style.numbers_of(outcome, ax.xaxis)
        part = table[table["outcome"] == outcome].set_index("policy").reindex(names)
        y = np.arange(len(part))
        ax.hlines(y, 0, part["regret_90"], color=style.BLUE, linewidth=4, alpha=0.35)
        ax.plot(part["mean_regret"], y, "o", color=style.BLUE)
        ax.plot(part["worst_regret"], y, "x", color=DARK, markersize=8)
        ax.set_xlim(left=-0.03 * max(part["worst_regret"].max(), 1e-9))
    note = _(
        "regret: how far behind the best policy in the same future, {when}; dot: mean, line: 90% "
        "of futures, cross: worst"
    ).format(when=looked_at(plan))
    style.under(figure, note + style.left_out(len(shown), len(every), "regret"))
    return figure
